"""`sigctl doctor`: what is well, what is not, and what to do about it. Each test makes one thing wrong."""

import json
import os
import shutil
import socket
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from postbox import Postbox, Talk, login, mail_server, played

from sigctl.deliver.jobs import began, failed, succeeded
from sigctl.deliver.lock import locked
from sigctl.deliver.outbox import Draft, Outbox
from sigctl.deliver.state import state
from sigctl.deliver.witness import hold

from .conftest import Run
from .unattended import SECRETS, by_mail, confirmed, workspace

NOW = datetime.now(UTC)
POSIX = pytest.mark.skipif(os.name == "nt", reason="needs file modes")


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))


class Findings(Mapping[str, tuple[str, str]]):
    """What the doctor said, as verdict and words, by what it is about."""

    def __init__(self, sigctl: Run, folder: Path) -> None:
        done = sigctl("doctor", "--format", "json", "-w", folder)
        self.code, self.told = done.code, json.loads(done.out)
        assert not any(secret in done.out + done.err for secret in SECRETS)
        self._found = {each["about"]: (each["verdict"], f"{each['message']}; {each['advice']}") for each in self.told["findings"]}
        bad = [about for about, (verdict, _) in self._found.items() if verdict == "bad"]
        assert self.code == (1 if bad else 0)

    def __getitem__(self, about: str) -> tuple[str, str]:
        return self._found[about]

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


def note(folder: Path, name: str, when: datetime, outcome: str = "") -> None:
    """Let the state know of a job that ran then."""
    with state(folder) as connection:
        began(connection, name, when)
        if outcome:
            failed(connection, name, when, outcome)
        else:
            succeeded(connection, name, when)


def test_a_workspace_in_which_all_is_well(sigctl: Run, tmp_path: Path) -> None:
    folder = workspace(tmp_path / "w")
    assert sigctl("run", "-w", folder).code == 0
    found = Findings(sigctl, folder)
    assert {verdict for about, (verdict, _) in found.items() if about != "disk"} == {"good"}
    assert (found.told["format"], found.told["version"]) == ("sigctl-doctor", 1)
    text = sigctl("doctor", "-w", folder)
    assert (text.code, text.err) == (0, "")
    assert "good    job papers" in text.out
    assert "bad" not in sigctl("doctor", "-q", "-w", folder).out


def test_looking_changes_nothing(sigctl: Run, tmp_path: Path) -> None:
    folder = workspace(tmp_path / "w")
    before = sorted(tmp_path.rglob("*"))
    found = Findings(sigctl, folder)
    assert sorted(tmp_path.rglob("*")) == before
    assert found["state"][0] == "good"
    assert found["job papers"] == ("warning", "has never run; `sigctl run` runs it; `sigctl cron` tells how it runs every day by itself")


def test_mistakes_in_the_files_are_counted_and_not_listed(sigctl: Run, tmp_path: Path) -> None:
    folder = workspace(tmp_path / "w")
    (folder / "more.yaml").write_text('people:\n  - {id: x, phone: "01443 000001", emial: head@example.org}\n', encoding="utf-8")
    found = Findings(sigctl, folder)
    assert found["files"][0] == "bad"
    assert "sigctl check" in found["files"][1]


def test_a_template_that_does_not_work(sigctl: Run, tmp_path: Path) -> None:
    folder = workspace(tmp_path / "w")
    (folder / "templates").mkdir()
    (folder / "templates" / "agenda.md.j2").write_text("# {{ oops }}\n", encoding="utf-8")
    assert Findings(sigctl, folder)["templates"][0] == "bad"
    (folder / "templates" / "agenda.md.j2").write_text('{% extends "sigctl/agenda.md.j2" %}\n', encoding="utf-8")
    assert Findings(sigctl, folder)["templates"][0] == "good"


def test_who_holds_the_lock(sigctl: Run, tmp_path: Path) -> None:
    folder = workspace(tmp_path / "w")
    with locked(folder, "sigctl rota"):
        verdict, told = Findings(sigctl, folder)["lock"]
    assert verdict == "warning"
    assert f"`sigctl rota` (process {os.getpid()}) has been at work since" in told
    assert Findings(sigctl, folder)["lock"][0] == "good"


def test_jobs_that_do_not_succeed_any_more(sigctl: Run, tmp_path: Path) -> None:
    folder = workspace(tmp_path / "w", jobs="calendars, papers")
    note(folder, "calendars", NOW - timedelta(days=3))
    note(folder, "papers", NOW - timedelta(hours=30))
    note(folder, "papers", NOW - timedelta(hours=6), "exit code 74")
    found = Findings(sigctl, folder)
    assert found["job calendars"][0] == "bad"
    assert "last succeeded at" in found["job calendars"][1]
    assert found["job papers"][0] == "warning"
    assert "the last run ended with exit code 74" in found["job papers"][1]


def test_a_run_that_was_killed_is_told_from_one_that_is_at_work(sigctl: Run, tmp_path: Path) -> None:
    folder = workspace(tmp_path / "w")
    note(folder, "papers", NOW - timedelta(hours=30))
    with state(folder) as connection:
        began(connection, "papers", NOW - timedelta(hours=6))
    assert "was killed" in Findings(sigctl, folder)["job papers"][1]
    with locked(folder, "sigctl run"):
        assert Findings(sigctl, folder)["job papers"][0] == "good"


def test_a_clock_that_was_put_back(sigctl: Run, tmp_path: Path) -> None:
    folder = workspace(tmp_path / "w")
    note(folder, "papers", NOW + timedelta(days=1))
    assert Findings(sigctl, folder)["clock"][0] == "bad"


def test_the_clock_is_told_in_the_zone_of_the_workspace(sigctl: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = workspace(tmp_path / "w", zone="Pacific/Kiritimati")
    note(folder, "papers", datetime.now(UTC) - timedelta(hours=1))
    verdict, told = Findings(sigctl, folder)["clock"]
    assert verdict == "good"
    assert "in Pacific/Kiritimati" in told


def test_a_state_that_is_damaged(sigctl: Run, tmp_path: Path) -> None:
    folder = workspace(tmp_path / "w")
    note(folder, "papers", NOW)
    file = folder / ".sigctl" / "state.sqlite"
    with file.open("r+b") as broken:
        broken.seek(100)
        broken.write(b"\xff" * 4000)
    assert Findings(sigctl, folder)["state"][0] == "bad"
    file.write_bytes(b"this is no state" * 500)
    assert Findings(sigctl, folder)["state"][0] == "bad"


@POSIX
def test_a_state_that_others_can_read(sigctl: Run, tmp_path: Path) -> None:
    folder = workspace(tmp_path / "w")
    note(folder, "papers", NOW)
    (folder / ".sigctl" / "state.sqlite").chmod(0o644)
    verdict, told = Findings(sigctl, folder)["state"]
    assert verdict == "bad"
    assert "chmod 600" in told


def test_what_waits_what_is_unknown_and_what_was_refused(sigctl: Run, tmp_path: Path) -> None:
    folder = workspace(tmp_path / "w")
    with state(folder) as connection:
        outbox = Outbox(connection)
        drafts = [Draft("send", "coch-head", "head@example.org", "Dear head@example.org", (), b"text", f"<{n}@x>") for n in range(3)]
        one, two, _ = outbox.plan(drafts, NOW - timedelta(days=3))
        for number in (one, two):
            assert outbox.begin(number, NOW)
        outbox.refused(one, "550 no such head@example.org", NOW)
        outbox.unknown(two, "gone", NOW)
    verdict, told = Findings(sigctl, folder)["outbox"]
    assert verdict == "warning"
    assert "of 3 messages, 1 may or may not have arrived, 1 not taken by the mail server and 1 waiting for more than two days" in told


def test_a_message_in_doubt_is_said_to_be_repeated_until_it_is_settled(sigctl: Run, tmp_path: Path) -> None:
    folder = workspace(tmp_path / "w")
    with state(folder) as connection:
        outbox = Outbox(connection)
        (number,) = outbox.plan([Draft("send", "coch-head", "head@example.org", "Dear", (), b"text", "<1@x>")], NOW)
        assert outbox.begin(number, NOW)
        outbox.unknown(number, "gone", NOW)
    verdict, told = Findings(sigctl, folder)["outbox"]
    assert verdict == "warning"
    assert "1 may or may not have arrived" in told
    assert "each run repeats it until `sigctl outbox retry` or `forget` settles it" in told


def test_calendars_that_nobody_keeps_any_more(sigctl: Run, tmp_path: Path) -> None:
    """Lost with the state; a calendar of somebody else's is none of ours."""
    folder = workspace(tmp_path / "w", jobs="calendars")
    assert "calendars" not in Findings(sigctl, folder)
    assert sigctl("run", "-w", folder).code == 0
    assert Findings(sigctl, folder)["calendars"][0] == "good"
    number = len(list((folder / "calendars").glob("*.ics")))
    (folder / "calendars" / "holidays.ics").write_text("BEGIN:VCALENDAR\nPRODID:somebody else\n", encoding="utf-8")
    shutil.rmtree(folder / ".sigctl")
    sigctl("run", "-w", folder)
    verdict, told = Findings(sigctl, folder)["calendars"]
    assert verdict == "warning"
    assert f"{number} calendar files" in told
    assert not any(path.stem in told for path in (folder / "calendars").iterdir()), "a whole name opens a calendar"


def test_the_folder_of_whoever_runs_it_is_not_named(sigctl: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "rhian.davies"
    monkeypatch.setenv("HOME", str(home))
    with mail_server(Postbox()) as server:
        folder = workspace(home / "a b", more=with_login(server.port))
        (folder / ".sigctl").mkdir()
        (folder / ".sigctl" / "password").write_text("s3cret\n", encoding="utf-8")
        (folder / ".sigctl" / "password").chmod(0o644)
        done = sigctl("doctor", "-w", folder)
    assert "rhian" not in done.out + done.err
    assert f"~{os.sep}a b can be written" in done.out
    if os.name == "posix":
        assert "chmod 600 ~/'a b/.sigctl/password'" in done.out


def test_the_packages_are_those_that_sigctl_says_it_needs(sigctl: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By what it brings along where it is installed; what is for another system, or for an extra, is not missed."""
    told = ["typer>=0.29,<0.30", "no-such-package >=1", "nor-this ; sys_platform == 'win32'", "nor-that>=1 ; extra == 'pdf'"]
    wheel = tmp_path / "site" / "sigctl-9.dist-info"
    wheel.mkdir(parents=True)
    wanted = "".join(f"Requires-Dist: {each}\n" for each in told)
    (wheel / "METADATA").write_text(f"Metadata-Version: 2.1\nName: sigctl\nVersion: 9\n{wanted}", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path / "site")
    folder = workspace(tmp_path / "w")
    assert Findings(sigctl, folder)["packages"] == ("bad", "not installed: no-such-package; `pip install sigctl` brings them")
    (wheel / "METADATA").write_text("Metadata-Version: 2.1\nName: sigctl\nVersion: 9\nRequires-Dist: typer>=0.29\n", encoding="utf-8")
    verdict, told_of = Findings(sigctl, folder)["packages"]
    assert verdict == "good"
    assert told_of.startswith("typer 0.")


def test_a_copy_is_told_apart_from_the_workspace_that_sends(sigctl: Run, tmp_path: Path) -> None:
    folder = workspace(tmp_path / "w", jobs="reminders")
    assert Findings(sigctl, folder)["sending"][0] == "warning"
    confirmed(folder)
    assert Findings(sigctl, folder)["sending"][0] == "good"
    shutil.copytree(folder, tmp_path / "copy")
    verdict, told = Findings(sigctl, tmp_path / "copy")["sending"]
    assert verdict == "bad"
    assert "sigctl outbox confirm" in told


def test_that_somebody_keeps_everything_from_leaving(sigctl: Run, tmp_path: Path) -> None:
    folder = confirmed(workspace(tmp_path / "w", jobs="reminders"))
    with state(folder) as connection:
        hold(connection)
    verdict, told = Findings(sigctl, folder)["sending"]
    assert verdict == "warning"
    assert "`sigctl outbox hold`" in told
    assert "`sigctl outbox confirm`" in told


def test_what_a_killed_run_left_is_taken_away_and_what_is_at_work_is_not(sigctl: Run, tmp_path: Path) -> None:
    folder = workspace(tmp_path / "w")
    (folder / "out").mkdir()
    old, new, mine = folder / "out" / ".a.pdf.abcd1234.part", folder / ".people.yaml.x_y_z123.part", folder / "out" / "notes.part"
    for each in (old, new, mine):
        each.write_text("half", encoding="utf-8")
    hours_ago = NOW.timestamp() - 7200
    os.utime(old, (hours_ago, hours_ago))
    os.utime(mine, (hours_ago, hours_ago))
    assert "took away 1 file" in Findings(sigctl, folder)["leftovers"][1]
    assert (old.exists(), new.exists(), mine.exists()) == (False, True, True)


def test_no_mail_where_reminders_are_to_be_sent(sigctl: Run, tmp_path: Path) -> None:
    assert Findings(sigctl, workspace(tmp_path / "w", jobs="reminders"))["mail"][0] == "warning"
    assert "mail" not in Findings(sigctl, workspace(tmp_path / "v"))


def with_login(port: int) -> str:
    return f"{by_mail(port)[:-1]}, user: office, password_file: .sigctl/password}}"


def test_the_server_is_asked_and_nothing_is_sent(sigctl: Run, tmp_path: Path) -> None:
    box = Postbox()
    with mail_server(box, **login("office", "s3cret")) as server:
        folder = workspace(tmp_path / "w", more=with_login(server.port))
        (folder / ".sigctl").mkdir()
        password = folder / ".sigctl" / "password"
        password.write_text("s3cret\n", encoding="utf-8")
        password.chmod(0o600)
        found = Findings(sigctl, folder)
        assert (found["mail"][0], found["password"][0]) == ("good", "good")
        assert "lets us in" in found["mail"][1]
        password.write_text("wrong\n", encoding="utf-8")
        found = Findings(sigctl, folder)
        assert found["mail"][0] == "bad"
        assert not any("s3cret" in str(each) or "wrong" in str(each) for each in found.values())
        if os.name == "posix":
            password.chmod(0o644)
            found = Findings(sigctl, folder)
            assert found["password"][0] == "bad"
            assert "chmod 600" in found["password"][1]
    assert not box.taken


def test_a_server_that_is_not_there_and_one_that_says_nothing(sigctl: Run, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    folder = workspace(tmp_path / "w", more=by_mail(port))
    assert Findings(sigctl, folder)["mail"][0] == "bad"
    with played(Talk.hang) as silent:
        folder = workspace(tmp_path / "v", more=by_mail(silent.port).replace("timeout: 5", "timeout: 1"))
        verdict, told = Findings(sigctl, folder)["mail"]
    assert verdict == "bad"
    assert "did not answer within 1 seconds" in told


def test_a_pdf_that_cannot_be_made_is_worth_a_word_only_where_it_is_wanted(
    sigctl: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sigctl.commands.doctor import software

    monkeypatch.setattr(software, "_version", lambda package: "" if package == "typst" else "1.0")
    assert Findings(sigctl, workspace(tmp_path / "w", jobs="papers"))["extras"][0] == "warning"
    assert Findings(sigctl, workspace(tmp_path / "v", jobs="calendars"))["extras"][0] == "good"
