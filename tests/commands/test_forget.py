"""The right to be forgotten: nothing tells who somebody was, and everything that was counted still is."""

import base64
import contextlib
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hardened import CANARIES, TODAY, hardened

from sigctl.cluster import load
from sigctl.deliver.events import feed_name, feed_names
from sigctl.deliver.outbox import Draft, Outbox
from sigctl.deliver.state import state
from sigctl.notice import Notice

from .conftest import ROOT, Run

WHO = "sian-llwyd"
NOW = datetime(2026, 9, 20, 6, tzinfo=UTC)


@pytest.fixture
def cluster(tmp_path: Path, sigctl: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cluster with a published rota, an earlier one, and a draft that changes it."""
    monkeypatch.setenv("HOME", str(tmp_path))
    folder = hardened(tmp_path / "cluster")
    for command in ("publish", "swap treorchy porth-head sian-llwyd", "publish", "swap treorchy sian-llwyd porth-deputy"):
        done = sigctl("rota", *command.split(), "-w", folder, *TODAY)
        assert done.code == 0, done.err
    return folder


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != "schema.json":
            yield path.relative_to(folder).as_posix(), path.read_bytes().decode("utf-8", "replace")


def test_nothing_in_the_files_tells_who_it_was(sigctl: Run, cluster: Path) -> None:
    done = sigctl("forget", WHO, "--yes", "-w", cluster, *TODAY)
    assert done.code == 0, done.err
    left = {(file, line.strip()) for file, text in texts(cluster) for line in text.splitlines() if re.search("llwyd|siân|sian", line, re.I)}
    assert left == {("meetings.yaml", "1: Siân Llwyd told of the progress.")}
    assert "  meetings.yaml:18\n" in done.err
    for canary in ("canary-address-3", "777003", "canary-unavailable", "canary-remark"):
        assert all(canary not in text for _, text in texts(cluster)), canary
    assert sum(text.count("forgotten-1") for file, text in texts(cluster) if file.startswith("rotas/earlier/")) == 1


def test_what_was_counted_still_is(sigctl: Run, cluster: Path) -> None:
    counted = [("rota", "fairness", "--format", "json"), ("rota", "check", "--format", "json")]
    before = [sigctl(*each, "-w", cluster, *TODAY).out.replace(WHO, "forgotten-1").replace("Siân Llwyd", "forgotten-1") for each in counted]
    assert all(before)
    assert sigctl("forget", WHO, "--yes", "-q", "-w", cluster, *TODAY).code == 0
    after = [sigctl(*each, "-w", cluster, *TODAY).out for each in counted]
    numbers = [sorted(re.findall(r"\b\d+(?:\.\d+)?\b", text)) for text in after]
    assert numbers == [sorted(re.findall(r"\b\d+(?:\.\d+)?\b", text)) for text in before]
    attendance = load(cluster).cluster.meetings["strategic-2026-06"].attendance
    assert attendance is not None
    assert [str(each) for each in attendance.present] == ["aberdare-head", "forgotten-1"]
    checked = sigctl("check", "-w", cluster)
    assert re.findall(r"\[([a-z-]+)\]$", checked.out + checked.err, re.MULTILINE) == ["caller-unreachable"]
    person = load(cluster).cluster.people["forgotten-1"]
    assert person.model_dump(exclude_unset=True, exclude={"reviewer"}) == {"id": "forgotten-1", "school": "rhydywaun"}
    assert person.reviewer is not None
    assert (person.reviewer.level, person.reviewer.expires) == ("lead", date(2026, 11, 25))


def test_who_is_in_no_rota_keeps_the_school_alone(sigctl: Run, cluster: Path) -> None:
    for path in (cluster / "rotas").rglob("*.yaml*"):
        path.unlink()
    before = dict(texts(cluster))
    refused = sigctl("forget", WHO, "--yes", "-w", cluster, *TODAY)
    assert (refused.code, dict(texts(cluster))) == (1, before)
    assert re.search(r"^cycles\.yaml:\d+:41: error: `forgotten-1` is no reviewer \[fixed-team\]$", refused.err, re.MULTILINE)
    cycles = before["cycles.yaml"].replace("fixed: {team: [sian-llwyd], by: secretary, why: canary-fixed}", "days: 2")
    (cluster / "cycles.yaml").write_text(cycles, encoding="utf-8")
    assert sigctl("forget", WHO, "--yes", "-q", "-w", cluster, *TODAY).code == 0
    assert "  - {id: forgotten-1, school: rhydywaun}\n" in (cluster / "people.yaml").read_text(encoding="utf-8")
    assert sigctl("forget", "porth-deputy", "--yes", "-q", "-w", cluster, *TODAY).code == 0
    assert "  - {id: forgotten-2, school: porth}\n" in (cluster / "people.yaml").read_text(encoding="utf-8")


def test_all_changes_are_shown_first_and_nothing_private_among_them(sigctl: Run, cluster: Path) -> None:
    before = dict(texts(cluster))
    done = sigctl("forget", WHO, "-n", "-w", cluster, *TODAY)
    assert done.code == 0
    assert dict(texts(cluster)) == before
    assert "  13: - forgotten-1\n" in done.out
    assert "meetings.yaml: 4 lines go; in their place\n" in done.out
    assert "would call `sian-llwyd` `forgotten-1` in 8 files" in done.err
    private = [word for what, word in CANARIES.items() if what not in ("why fixed", "why quiet")]
    assert not [word for word in private if word in done.out + done.err]


def test_without_a_terminal_and_without_yes_nothing_happens(sigctl: Run, cluster: Path) -> None:
    before = dict(texts(cluster))
    done = sigctl("forget", WHO, "-w", cluster, *TODAY)
    assert done.code == 2
    assert "nobody is there to say yes, so nothing was changed" in done.err
    assert dict(texts(cluster)) == before


def test_what_has_to_be_settled_is_told(sigctl: Run, cluster: Path) -> None:
    done = sigctl("forget", WHO, "--yes", "-w", cluster, *TODAY)
    settle = [line for line in done.err.splitlines() if line.startswith("still to be settled: ")]
    assert [line.removeprefix("still to be settled: ").partition(";")[0] for line in settle] == [
        "who goes on 2026-11-10, 2026-11-11, 2026-11-24 and 1 more day instead",
        "who is chair of `strategic`",
        "who does `a1` of `strategic-2026-06`, which nobody has now",
        "who chairs `strategic-2026-10` on 2026-10-01",
        "who makes the calls: `caller` in sigctl.yaml",
    ]
    assert "sigctl cannot reach: backups and copies of this folder, the history of git, mail that has been sent" in done.err


def test_what_the_person_holds_ends_and_nobody_has_their_open_actions(sigctl: Run, cluster: Path) -> None:
    more = """\
  - id: attendance
    name: {cy: Presenoldeb, en: Attendance}
    kind: working
    members:
      - {person: sian-llwyd, from: 2024-09-01, to: 2025-07-18}   # until another came
      - {person: sian-llwyd, from: 2026-10-05}
      - {person: porth-head}
    officers:
      - person: sian-llwyd
        office: chair
        from: 2026-09-21   # from today on
      - {office: convenor, person: sian-llwyd, from: 2025-09-01, to: 2027-07-16}
"""
    groups = cluster / "groups.yaml"
    groups.write_text(groups.read_text(encoding="utf-8") + more, encoding="utf-8")
    done = sigctl("forget", WHO, "--yes", "-w", cluster, *TODAY)
    assert done.code == 0, done.err
    found = load(cluster).cluster
    held = [
        (group.id, str(each.first), str(each.last))
        for group in found.groups.values()
        for each in (*group.members, *group.officers)
        if each.person == "forgotten-1"
    ]
    assert sorted(held) == [
        ("attendance", "2024-09-01", "2025-07-18"), ("attendance", "2025-09-01", "2026-09-20"),
        ("strategic", "2025-09-01", "2026-09-20"), ("strategic", "None", "2026-09-20"),
    ]  # fmt: skip
    assert {each.id: (each.owner, each.status) for each in found.meetings["strategic-2026-06"].actions}["a1"] == (None, "open")
    assert "to: 2026-09-20" in done.out
    listed = sigctl("actions", "-w", cluster, *TODAY).out
    assert "a1" in listed
    assert "forgotten-1" not in listed


def test_who_is_forgotten_is_due_nothing(sigctl: Run, cluster: Path) -> None:
    assert sigctl("forget", WHO, "--yes", "-q", "-w", cluster, *TODAY).code == 0
    for day in ("2026-09-22", "2026-10-20", "2026-11-09", "2027-01-04"):
        told = sigctl("remind", "-n", "-w", cluster, "--today", day)
        calls = sigctl("remind", "calls", "-w", cluster, "--today", day)
        assert "forgotten" not in told.out + told.err + calls.out, day


def test_the_only_place_in_a_group_may_go(sigctl: Run, cluster: Path) -> None:
    more = "  - {id: data, name: {cy: Data, en: Data}, kind: working, members: [{person: sian-llwyd, from: 2026-10-05}]}\n"
    more += "  - id: care\n    name: {cy: Gofal, en: Care}\n    kind: working\n"
    more += "    members:\n      - {person: sian-llwyd, from: 2026-10-05}\n"
    groups = cluster / "groups.yaml"
    groups.write_text(groups.read_text(encoding="utf-8") + more, encoding="utf-8")
    done = sigctl("forget", WHO, "--yes", "-w", cluster, *TODAY)
    assert done.code == 0, done.err
    found = load(cluster).cluster.groups
    assert (found["data"].members, found["care"].members) == ((), ())


def test_messages_and_the_feed_go_as_well(sigctl: Run, cluster: Path) -> None:
    with state(cluster) as connection:
        notices = [Notice(person, "meeting", "strategic-2026-10", date(2026, 10, 1), 1) for person in (WHO, "porth-head")]
        notices.append(Notice("porth-head", "office", f"strategic/chair/{WHO}", date(2026, 10, 1), 1))
        told = {each.key: '{"team": ["sian-llwyd", "sian-llwyd-hughes"]}' for each in notices[1:2]}
        drafts = [
            Draft("remind", person, "a@x.org", "Reminder", found, b"text", f"<{person}@x>", told)
            for person, found in ((WHO, tuple(notices[:1])), ("porth-head", tuple(notices[1:])))
        ]
        outbox = Outbox(connection)
        for number in outbox.plan(drafts, NOW):
            outbox.begin(number, NOW)
            outbox.accepted(number, "250 OK", NOW)
        agenda = (Notice("porth-head", "agenda", "strategic-2026-10", date(2026, 10, 1)),)
        outbox.plan([Draft("send", "porth-head", "a@x.org", "Agenda", agenda, WHO.encode(), "<agenda@x>")], NOW)
        feed, other = feed_name(connection, f"person:{WHO}"), feed_name(connection, "person:porth-head")
    (cluster / "calendars").mkdir()
    for name in (feed, other):
        (cluster / "calendars" / name).write_text("BEGIN:VCALENDAR\n")
    done = sigctl("forget", WHO, "--yes", "-w", cluster, *TODAY)
    assert done.code == 0
    assert "and not sent: what waited for `porth-head`; now type `sigctl send agenda strategic-2026-10` again" in done.err
    assert [path.name for path in (cluster / "calendars").iterdir()] == [other]
    with state(cluster) as connection:
        told, office = Outbox(connection).known()[notices[1]].told, [each.subject for each in Outbox(connection).known()]
        assert (told, sorted(office)) == (
            '{"team": ["forgotten-1", "sian-llwyd-hughes"]}',
            ["strategic-2026-10", "strategic/chair/forgotten-1"],
        )
        assert set(feed_names(connection)) == {"person:porth-head"}
        assert [each.person for each in Outbox(connection).entries()] == ["", "porth-head"]
    assert not re.search(rb"sian-llwyd(?!-hughes)", (cluster / ".sigctl" / "state.sqlite").read_bytes())


def test_papers_that_name_the_person_are_listed(sigctl: Run, cluster: Path) -> None:
    out = cluster / "out"
    out.mkdir()
    (out / "agenda.md").write_text("# Agenda\n\nMr S. LLWYD\n", encoding="utf-8")
    (out / "minutes.pdf").write_bytes(b"%PDF-1.7")
    (out / f"{WHO}.png").write_bytes(b"\x89PNG")
    with zipfile.ZipFile(out / "minutes.docx", "w") as word:
        word.writestr("word/document.xml", "<w:t>Siân</w:t><w:t> Llw</w:t><w:t>yd</w:t>")
    message = "To: a@x.org\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    (out / "1.eml").write_bytes(message.encode() + base64.b64encode("Annwyl Siân".encode()))
    done = sigctl("forget", WHO, "--yes", "-w", cluster, *TODAY)
    assert [line.strip() for line in done.err.splitlines() if "out/" in line] == [
        "out/1.eml:2",
        "out/agenda.md:3", "out/minutes.docx", f"out/{WHO}.png",
        "1 file cannot be looked into, such as out/minutes.pdf: make them again, or delete them",
    ]  # fmt: skip


def test_a_run_that_was_cut_short_is_completed(sigctl: Run, cluster: Path, tmp_path: Path) -> None:
    note = {"person": WHO, "name": "forgotten-1"}
    whole = hardened(tmp_path / "whole")
    assert sigctl("rota", "publish", "-q", "-w", whole, *TODAY).code == 0
    assert sigctl("forget", WHO, "--yes", "-q", "-w", whole, *TODAY).code == 0
    half = hardened(tmp_path / "half")
    assert sigctl("rota", "publish", "-q", "-w", half, *TODAY).code == 0
    for file in ("cycles.yaml", "groups.yaml", "rotas/round-4.yaml"):
        (half / file).write_bytes((whole / file).read_bytes())
    (half / ".sigctl").mkdir(exist_ok=True)
    (half / ".sigctl" / "forgetting.json").write_text(json.dumps(note))
    other = sigctl("forget", "porth-deputy", "--yes", "-w", half, *TODAY)
    assert (other.code, f"`sigctl forget {WHO}` completes it" in other.err) == (1, True)
    done = sigctl("forget", WHO, "-w", half, *TODAY)
    assert done.code == 0, done.err
    assert dict(texts(half)) == dict(texts(whole))


def test_an_unknown_person_is_refused(sigctl: Run, cluster: Path) -> None:
    done = sigctl("forget", "sian-lwyd", "--yes", "-w", cluster, *TODAY)
    assert (done.code, "did you mean `sian-llwyd`?" in done.err) == (2, True)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals")
@pytest.mark.parametrize(("answer", "code"), [(b"n\n", 1), (b"\n", 1), (b"y\n", 0)])
def test_on_a_terminal_it_asks_after_it_has_shown_what_changes(answer: bytes, code: int, cluster: Path) -> None:
    before = dict(texts(cluster))
    ours, theirs = os.openpty()
    os.write(ours, answer)
    command = [sys.executable, "-m", "sigctl", "forget", WHO, "-w", str(cluster), *TODAY]
    around = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "dumb"}
    done = subprocess.run(command, env=around, stdin=theirs, stdout=subprocess.PIPE, stderr=theirs, check=False, timeout=60)
    os.close(theirs)
    said = b""
    with contextlib.suppress(OSError):  # that is how the other end of a terminal says that there is no more
        while more := os.read(ours, 100_000):
            said += more
    os.close(ours)
    assert done.returncode == code
    assert b"13: - forgotten-1" in done.stdout
    assert "Forget `sian-llwyd`? It cannot be undone. [y/N]" in said.decode()
    assert (dict(texts(cluster)) == before) is (code == 1)
