"""`sigctl outbox`: what waits, what has left, what nobody is sure of; once more, let be, and the confirmation of a copy."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from postbox import Postbox, mail_server

from sigctl.deliver.lock import locked
from sigctl.deliver.mail import Mail, eml
from sigctl.deliver.outbox import Draft, Outbox, State
from sigctl.deliver.smtp import Server
from sigctl.deliver.state import state
from sigctl.deliver.witness import confirm, standing
from sigctl.notice import Notice

from .conftest import ROOT, Run, process

MADE = datetime.fromisoformat("2026-07-06T06:00:00+00:00")
PEOPLE = ("ann", "ben", "cat", "dan", "eve")
TEXT = "Annwyl Siân,\n\nDim ond gair i'ch atgoffa: y ffigurau.\n"


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "home"))


def written(folder: Path, port: int = 25, at_most: int = 200, address: str = "") -> Path:
    """A workspace of five people with an address, with a mail server on this machine."""
    people = "\n".join(f"  - {{id: {each}, name: {each.title()}, email: {each}{address}@example.org}}" for each in PEOPLE)
    mail = f"{{from: post@example.org, server: 127.0.0.1, port: {port}, security: none, at_most: {at_most}}}"
    folder.mkdir(exist_ok=True)
    text = f"sigctl: 1\ncluster: {{id: cynon, name: Cynon, languages: [en]}}\nmail: {mail}\npeople:\n{people}\n"
    (folder / "sigctl.yaml").write_text(text, encoding="utf-8")
    return folder


DOUBT = 5
"""How each run ends while nobody has looked into message 2."""


def draft(person: str, origin: str = "send") -> Draft:
    mail = Mail(
        "post@example.org", "Cynon", "", f"{person}@example.org", person.title(), "Ffigurau [/bold]", TEXT, f"<p>{TEXT}</p>", ("cy",)
    )
    id = f"<{person}-{origin}@example.org>"
    notices = (Notice(person, "agenda", "strategic", date(2026, 7, 9)),)
    return Draft(origin, person, mail.to, mail.title, notices, eml(mail, id, MADE), id)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace that may send, with a message in each of the states but two: 1 accepted, 2 unknown, 3 refused, 4 and 5 planned."""
    folder = written(tmp_path / "cynon")
    with state(folder) as connection:
        confirm(folder, connection)
        outbox = Outbox(connection)
        outbox.plan([draft(each) for each in PEOPLE], MADE)
        for number, end in enumerate((outbox.accepted, outbox.unknown, outbox.refused), 1):
            outbox.begin(number, MADE)
            end(number, ("250 OK", "the mail server ended the connection", "550 no such user")[number - 1], MADE)
        outbox.begin(4, MADE)
        outbox.deferred(4, "451 later", MADE)
    return folder


def states(folder: Path) -> list[State]:
    with state(folder) as connection:
        return [each.state for each in Outbox(connection).entries()]


@pytest.fixture
def box() -> Iterator[tuple[Postbox, Server]]:
    box = Postbox()
    with mail_server(box) as server:
        yield box, server


# looking


def test_what_there_is_to_look_into_comes_first_then_what_waits(sigctl: Run, folder: Path) -> None:
    done = sigctl("outbox", "-w", folder)
    assert done.code == 0
    rows = [line.split() for line in done.out.splitlines()[2:]]
    assert [(row[0], row[1], row[4]) for row in rows] == [
        ("2", "unknown", "ben"), ("3", "refused", "cat"), ("4", "planned", "dan"), ("5", "planned", "eve"), ("1", "accepted", "ann"),
    ]  # fmt: skip
    assert "Ffigurau [/bold]" in done.out
    assert "550 no such user" in done.out
    assert "451 later; tried 1 time, not again before 2026-07-06 07:15" in done.out
    assert "2 messages to look into: `sigctl outbox retry 2`" in done.err
    assert sigctl("outbox", "list", "-w", folder).out == done.out


def test_no_address_is_told_but_in_the_message_itself(sigctl: Run, folder: Path) -> None:
    for arguments in ((), ("--format", "json"), ("--state", "accepted")):
        done = sigctl("outbox", *arguments, "-w", folder)
        assert "@" not in done.out + done.err
    assert "ben@example.org" in sigctl("outbox", "show", "2", "-w", folder).out


def test_a_choice_of_states(sigctl: Run, folder: Path) -> None:
    done = sigctl("outbox", "list", "--state", "accepted", "--state", "refused", "-w", folder)
    assert [line.split()[0] for line in done.out.splitlines()[2:]] == ["1", "3"]
    assert "No such messages." in sigctl("outbox", "--state", "forgotten", "-w", folder).out


def test_for_another_program(sigctl: Run, folder: Path) -> None:
    found = json.loads(sigctl("outbox", "--format", "json", "-w", folder).out)
    assert (found["format"], found["version"], found["standing"]) == ("sigctl-outbox", 1, "confirmed")
    assert found["messages"][3] == {
        "number": 4, "origin": "send", "person": "dan", "title": "Ffigurau [/bold]", "state": "planned", "attempts": 1,
        "not_before": "2026-07-06T06:15:00+00:00", "answer": "451 later", "made": "2026-07-06T06:00:00+00:00",
        "changed": "2026-07-06T06:00:00+00:00",
        "notices": [{"person": "dan", "kind": "agenda", "subject": "strategic", "due": "2026-07-09", "stage": 1}],
    }  # fmt: skip


def test_whoever_looks_makes_nothing(sigctl: Run, tmp_path: Path) -> None:
    folder = written(tmp_path / "cynon")
    assert "nothing waits" in sigctl("outbox", "-w", folder).out
    assert json.loads(sigctl("outbox", "--format", "json", "-w", folder).out)["standing"] == "new"
    sigctl("outbox", "confirm", "-n", "-w", folder)
    assert sigctl("outbox", "show", "1", "-w", folder).code == 1
    assert [each.name for each in folder.iterdir()] == ["sigctl.yaml"]


def test_messages_are_looked_after_whatever_is_wrong_in_the_files(sigctl: Run, folder: Path) -> None:
    (folder / "more.yaml").write_text("people:\n  - {id: new, shcool: x}\n")
    assert sigctl("outbox", "-w", folder).code == 0
    assert sigctl("outbox", "forget", "3", "-w", folder).code == 0
    (folder / "sigctl.yaml").write_text("cluster: [\n")
    assert sigctl("outbox", "-w", folder).code == 0


def test_the_whole_of_a_message_decoded(sigctl: Run, folder: Path) -> None:
    out = sigctl("outbox", "show", "3", "-w", folder).out
    assert "Message 3 to `cat`: Ffigurau [/bold]\nRefused since 2026-07-06 07:00\n" in out
    assert "Tried 1 time: 550 no such user" in out
    assert "Subject: Ffigurau [/bold]" in out
    assert "Annwyl Siân,\n\nDim ond gair i'ch atgoffa: y ffigurau." in out
    assert "<p>" not in out


def test_a_message_that_is_none(sigctl: Run, folder: Path) -> None:
    for command in ("show", "retry", "forget"):
        done = sigctl("outbox", command, "99", "-w", folder)
        assert (done.code, done.out) == (1, "")
        assert "there is no message 99" in done.err


# once more, and let be


def test_once_more_it_leaves_with_the_next_run(sigctl: Run, folder: Path, box: tuple[Postbox, Server]) -> None:
    written(folder, box[1].port)
    assert sigctl("outbox", "retry", "2", "3", "-n", "-w", folder).code == 0
    assert states(folder)[1:3] == [State.UNKNOWN, State.REFUSED]
    done = sigctl("outbox", "retry", "2", "3", "-w", folder)
    assert (done.code, done.out) == (0, "")
    assert "will send 2 to `ben`" in done.err
    assert sigctl("remind", "-w", folder).code == 0
    assert sorted(box[0].to) == [f"{each}@example.org" for each in PEOPLE[1:]]
    assert states(folder) == [State.ACCEPTED] * 5


def test_once_more_to_the_address_that_the_files_have_now(sigctl: Run, folder: Path, box: tuple[Postbox, Server]) -> None:
    written(folder, box[1].port, address=".new")
    assert "to the address that the files have now" in sigctl("outbox", "retry", "3", "-w", folder).err
    sigctl("remind", "-w", folder)
    (message,) = [each for each in box[0].messages if each["Message-ID"] == "<cat-send@example.org>"]
    assert "cat.new@example.org" in message["To"]
    assert "cat.new@example.org" in box[0].to
    assert "cat@example.org" not in box[0].to


@pytest.mark.parametrize(
    ("number", "why"), [(1, "is with the mail server already"), (4, "waits to leave as it is"), (5, "waits to leave as it is")]
)
def test_what_cannot_leave_once_more(sigctl: Run, folder: Path, number: int, why: str) -> None:
    before = states(folder)
    done = sigctl("outbox", "retry", "2", number, "-w", folder)
    assert done.code == 1
    assert why in done.err
    assert states(folder) == before


def test_nobody_is_written_to_whom_the_files_do_not_know_any_more(sigctl: Run, folder: Path) -> None:
    text = (folder / "sigctl.yaml").read_text(encoding="utf-8")
    (folder / "sigctl.yaml").write_text(text.replace(", email: ben@example.org", ""), encoding="utf-8")
    done = sigctl("outbox", "retry", "2", "-w", folder)
    assert done.code == 1
    assert "`sigctl outbox forget 2`" in done.err
    assert states(folder)[1] is State.UNKNOWN


def test_let_be_it_never_leaves_and_is_no_worry(sigctl: Run, folder: Path, box: tuple[Postbox, Server]) -> None:
    written(folder, box[1].port)
    assert sigctl("outbox", "forget", "2", "3", "5", "-n", "-w", folder).code == 0
    assert states(folder)[4] is State.PLANNED
    done = sigctl("outbox", "forget", "2", "3", "5", "-w", folder)
    assert (done.code, done.out) == (0, "")
    assert "to look into" not in sigctl("outbox", "-w", folder).err
    sigctl("remind", "-w", folder)
    assert box[0].to == ["dan@example.org"]
    assert "nothing to do" in sigctl("outbox", "forget", "2", "-w", folder).err
    assert sigctl("outbox", "forget", "1", "-w", folder).code == 1


@pytest.mark.parametrize("command", [("retry", "2"), ("forget", "2"), ("confirm",)])
def test_nothing_is_changed_while_another_run_is_at_work(sigctl: Run, folder: Path, command: tuple[str, ...]) -> None:
    before = states(folder)
    with locked(folder, "sigctl run"):
        assert sigctl("outbox", *command, "-w", folder).code == 75
        assert sigctl("outbox", "-w", folder).code == 0
    assert states(folder) == before


# the confirmation


def test_a_new_workspace_sends_nothing_before_it_is_confirmed(sigctl: Run, tmp_path: Path, box: tuple[Postbox, Server]) -> None:
    folder = written(tmp_path / "cynon", box[1].port)
    with state(folder) as connection:
        Outbox(connection).plan([draft("ann")], MADE)
    done = sigctl("remind", "-w", folder)
    assert done.code != 0
    assert "`sigctl outbox confirm`" in done.err
    assert "`sigctl outbox confirm`" in sigctl("outbox", "-w", folder).err
    assert box[0].to == []
    looked = sigctl("outbox", "confirm", "-n", "-w", folder)
    assert "1 message waits to leave with the next run:\n    1 to `ann`: Ffigurau" in looked.out
    assert sigctl("remind", "-w", folder).code != 0
    assert sigctl("outbox", "confirm", "-w", folder).code == 0
    assert sigctl("remind", "-w", folder).code == 0
    assert box[0].to == ["ann@example.org"]
    assert "nothing to do" in sigctl("outbox", "confirm", "-w", folder).err


def test_a_copy_tells_what_left_last_and_what_would_leave(sigctl: Run, folder: Path, box: tuple[Postbox, Server]) -> None:
    written(folder, box[1].port)
    copy = shutil.copytree(folder, folder.parent / "copy")
    assert sigctl("remind", "-w", copy).code != 0
    assert box[0].to == []
    out = sigctl("outbox", "confirm", "-n", "-w", copy).out
    assert "copied or moved" in out
    assert "The last message left on 2026-07-06 07:00: 1 to `ann`" in out
    assert "2 messages wait to leave" in out
    assert "Of 1 message nobody knows" in out
    assert "@" not in out
    assert sigctl("remind", "-w", folder).code == DOUBT
    assert len(box[0].to) == 2


def test_a_restored_state_says_so(sigctl: Run, folder: Path, box: tuple[Postbox, Server]) -> None:
    written(folder, box[1].port)
    older = shutil.copytree(folder / ".sigctl", folder.parent / "backup")
    assert sigctl("remind", "-w", folder).code == DOUBT
    assert len(box[0].to) == 2
    shutil.rmtree(folder / ".sigctl")
    shutil.copytree(older, folder / ".sigctl")
    assert sigctl("remind", "-w", folder).code != 0
    assert len(box[0].to) == 2
    assert "would leave again" in sigctl("outbox", "confirm", "-n", "-w", folder).out


def test_nothing_is_asked_where_nobody_answers(tmp_path: Path) -> None:
    folder = written(tmp_path / "cynon")
    done = process("outbox", "confirm", "-w", folder)
    assert done.code == 0
    with state(folder) as connection:
        assert standing(folder, connection) == "confirmed"


# runs


def test_a_ceiling_is_told_and_the_rest_leaves_with_the_next_run(sigctl: Run, folder: Path, box: tuple[Postbox, Server]) -> None:
    written(folder, box[1].port, at_most=1)
    done = sigctl("remind", "-w", folder)
    assert (done.code, done.out) == (5, "")
    assert "1 waits for the next run" in done.err
    assert "at most 1 leave in one run" in done.err
    assert len(box[0].to) == 1
    assert sigctl("remind", "-w", folder).code == DOUBT
    assert len(box[0].to) == 2
    sigctl("outbox", "forget", 2, "-w", folder)
    done = sigctl("remind", "-w", folder)
    assert (done.code, done.out, done.err) == (0, "", "")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGTERM")
def test_asked_to_end_it_finishes_the_message_records_it_and_leaves_the_rest(folder: Path, sigctl: Run) -> None:
    box, running = Postbox(), []

    def end(address: str) -> str:
        running[0].send_signal(signal.SIGTERM)
        return "250 OK"

    box.data = end
    with mail_server(box) as server:
        written(folder, server.port)
        command = [sys.executable, "-m", "sigctl", "remind", "-w", str(folder)]
        running.append(subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT)}))
        assert running[0].wait(60) == 143
        assert len(box.to) == 1
        assert sorted(states(folder)[3:]) == [State.ACCEPTED, State.PLANNED]
        box.data = lambda address: "250 OK"
        assert sigctl("remind", "-w", folder).code == DOUBT
        assert sorted(box.to) == ["dan@example.org", "eve@example.org"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_killed_while_the_server_has_the_message_it_is_told_once_and_never_sent_again(folder: Path, sigctl: Run) -> None:
    box, running = Postbox(), []

    def kill(address: str) -> str:
        running[0].send_signal(signal.SIGKILL)
        running[0].wait(60)
        return "250 OK"

    box.data = kill
    with mail_server(box) as server:
        written(folder, server.port)
        command = [sys.executable, "-m", "sigctl", "remind", "-w", str(folder)]
        running.append(subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT)}))
        assert running[0].wait(60) == -signal.SIGKILL
        box.data = lambda address: "250 OK"
        done = sigctl("remind", "-w", folder)
        assert done.code == 5
        assert "may or may not have arrived" in done.err
        again = sigctl("remind", "-w", folder)
        assert again.code == DOUBT
        assert "2 messages of earlier runs" in again.err
        assert sorted(box.to) == ["dan@example.org", "eve@example.org"]
        assert states(folder).count(State.UNKNOWN) == 2


def test_a_doubt_is_told_though_the_mail_server_is_not_there(folder: Path, sigctl: Run) -> None:
    with mail_server(Postbox()) as server:
        written(folder, server.port)
    with state(folder) as connection:
        assert Outbox(connection).begin(5, MADE)
    done = sigctl("remind", "-w", folder)
    assert done.code == 5
    assert "so 1 message may or may not have arrived" in done.err
    assert "1 message waits" in done.err


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGTERM")
def test_asked_to_end_it_still_tells_what_did_not_go_well(folder: Path) -> None:
    box, running = Postbox(rcpt=lambda address: "550 no" if address.startswith("eve") else "250 OK"), []

    def end(address: str) -> str:
        running[0].send_signal(signal.SIGTERM)
        return "250 OK"

    box.data = end
    with mail_server(box) as server, state(folder) as connection:
        written(folder, server.port)
        Outbox(connection).plan(
            [draft("ann", "remind")._replace(notices=(Notice("ann", "x", "y", date(2026, 7, 9)),), origin="send")], MADE
        )
        command = [sys.executable, "-m", "sigctl", "remind", "-w", str(folder)]
        running.append(subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, stderr=subprocess.PIPE))
        err = running[0].communicate(timeout=60)[1].decode()
    assert running[0].returncode == 143
    assert "1 was refused" in err
    assert "1 waits for the next run" in err
    assert "sigctl was asked to end" in err


def test_what_waits_for_somebody_to_look_is_told_until_they_did(sigctl: Run, folder: Path, box: tuple[Postbox, Server]) -> None:
    written(folder, box[1].port)
    assert sigctl("outbox", "forget", "4", "5", "-w", folder).code == 0
    for _ in range(2):
        done = sigctl("remind", "-w", folder)
        assert done.code == 5
        assert "1 message of earlier runs may or may not have arrived" in done.err
        assert "refused" not in done.err
    assert sigctl("outbox", "forget", "2", "-w", folder).code == 0
    done = sigctl("remind", "-w", folder)
    assert (done.code, done.out, done.err) == (0, "", "")


def news(person: str, stage: int, title: str) -> Draft:
    notice = Notice(person, "rota", "round-4", date(2026, 7, 9), stage)
    return draft(person, f"rota-{stage}")._replace(notices=(notice,), title=title)


def test_stale_news_do_not_leave_after_newer_ones(sigctl: Run, folder: Path) -> None:
    with state(folder) as connection:
        outbox = Outbox(connection)
        old, new = outbox.plan([news("ann", 1, "You go on Monday"), news("ann", 2, "You go on Friday")], MADE)
        for number, end in ((old, outbox.refused), (new, outbox.accepted)):
            outbox.begin(number, MADE)
            end(number, "said", MADE)
    for manner in (("-n",), ()):
        done = sigctl("outbox", "retry", old, *manner, "-w", folder)
        assert done.code == 1
        assert f"message {old} is out of date: message {new}" in done.err
        assert f"`sigctl outbox show {new}` for the newer one; `sigctl outbox forget {old}`" in done.err
    assert states(folder)[old - 1] is State.REFUSED


def test_what_was_overtaken_in_part_leaves_and_it_is_said(sigctl: Run, folder: Path) -> None:
    both = news("ann", 1, "Both")._replace(notices=(*news("ann", 1, "").notices, Notice("ann", "office", "x", date(2026, 7, 9))))
    with state(folder) as connection:
        outbox = Outbox(connection)
        old, new = outbox.plan([both, news("ann", 2, "You go on Friday")], MADE)
        outbox.begin(old, MADE)
        outbox.refused(old, "550", MADE)
    done = sigctl("outbox", "retry", old, "-w", folder)
    assert done.code == 0
    assert f"stands anew in message {new}" in done.err
    assert states(folder)[old - 1] is State.PLANNED


def test_held_nothing_leaves_until_it_is_confirmed(sigctl: Run, folder: Path, box: tuple[Postbox, Server]) -> None:
    written(folder, box[1].port)
    assert sigctl("outbox", "hold", "-w", folder).code == 0
    done = sigctl("remind", "-w", folder)
    assert done.code == 1
    assert "`sigctl outbox confirm`" in done.err
    assert box[0].to == []
    assert "`sigctl outbox hold`" in sigctl("outbox", "confirm", "-w", folder).out
    sigctl("remind", "-w", folder)
    assert len(box[0].to) == 2


def test_a_text_that_was_erased_is_written_anew_where_it_is_to_leave_once_more(sigctl: Run, folder: Path) -> None:
    with state(folder) as connection:
        Outbox(connection).erase("zoe")
        assert Outbox(connection).content(2) == b""
    for manner, said in ((("-n",), "would write"), ((), "writes")):
        done = sigctl("outbox", "retry", "2", *manner, "-w", folder)
        assert done.code == 0
        assert f"the text of message 2 was erased: `sigctl send agenda strategic` {said} it anew" in done.err
    with state(folder) as connection:
        assert Outbox(connection).plan([draft("ben")], MADE)


def test_erased_its_text_is_told_to_be_gone(sigctl: Run, folder: Path) -> None:
    with state(folder) as connection:
        Outbox(connection).erase("ben")
    assert "was erased" in sigctl("outbox", "show", "2", "-w", folder).out
    assert "was forgotten" in sigctl("outbox", "retry", "2", "-w", folder).err
    assert sigctl("outbox", "-w", folder).code == 0


def test_a_new_workspace_counts_the_reminders_that_are_due(sigctl: Run, tmp_path: Path, box: tuple[Postbox, Server]) -> None:
    folder = written(tmp_path / "cynon", box[1].port)
    more = """\
groups: [{id: strategic, name: Strategic, kind: strategic, members: [{person: ann}, {person: ben}]}]
meetings: [{id: next, group: strategic, date: 2026-07-10, start: 15:30, end: 17:00}]
"""
    (folder / "groups.yaml").write_text(more, encoding="utf-8")
    seen = sigctl("outbox", "confirm", "-w", folder, "--today", "2026-07-05")
    assert "2 reminders are due on 2026-07-06 and would leave then" in seen.out
    sigctl("remind", "-w", folder, "--today", "2026-07-06")
    assert len(box[0].to) == 2


def test_reminders_that_are_written_anew_are_counted_and_not_numbered(sigctl: Run, tmp_path: Path) -> None:
    folder = written(tmp_path / "cynon")
    with state(folder) as connection:
        Outbox(connection).plan([draft("ann", "remind")], MADE)
    out = sigctl("outbox", "confirm", "-n", "-w", folder).out
    assert "0 messages wait to leave with the next run." in out
    assert "    1 to" not in out
