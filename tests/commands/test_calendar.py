"""`sigctl calendar`: files to subscribe to, under names that nobody guesses; what is as it was is not touched."""

import re
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import icalendar
import pytest
from calendar_judges import by_icalendar, by_libical, by_node

from .conftest import ROOT, Run, process

EXAMPLES = ("conwy-seven", "cynon-taf", "gwynedd-fourteen")
TODAY = ("--today", "2023-11-22")
WORKSPACE = """\
sigctl: 1
cluster: {id: sig-3, name: {cy: Clwstwr, en: Cluster}, languages: [cy, en]}
schools:
  - {id: aber, name: Ysgol Aber, contact: {phone: "01685 222222"}}
  - {id: pen, name: Ysgol Pen}
people:
  - {id: aber-head, name: Siân Lewis, post: Headteacher, school: aber, phone: "01685 111111", email: sian@example.org, writes_in: en,
     conflicts: [pen], unavailable: [{from: 2023-12-07, to: 2023-12-09, why: jury service}]}
  - {id: aber-deputy, post: {cy: Dirprwy, en: Deputy}, school: aber}
groups:
  - {id: aber, name: {cy: Grŵp Aber, en: Aber Group}, kind: strategic, members: [{person: aber-head}]}
meetings:
  - {id: m-12, group: aber, date: 2023-12-03, start: 15:45, end: 17:00, venue: Y Llyfrgell,
     items: [{title: {cy: Cyfrinach, en: A secret}, confidential: true, asked_by: aber-deputy}]}
  - {id: m-01, group: aber, date: 2024-01-14}
"""


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "cluster"
    folder.mkdir()
    (folder / "sigctl.yaml").write_text(WORKSPACE, encoding="utf-8")
    return folder


def change(workspace: Path, before: str, after: str) -> None:
    path = workspace / "sigctl.yaml"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def files_of(sigctl: Run, workspace: Path) -> dict[str, str]:
    """Whose is which file, as `list` tells it."""
    lines = sigctl("calendar", "list", "-w", workspace).out.splitlines()
    return dict(line.split(None, 1) for line in lines)


def events_in(path: Path) -> dict[str, icalendar.Event]:
    return {str(event["UID"]): event for event in icalendar.Calendar.from_ical(path.read_bytes()).events}


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}


def test_each_reader_has_a_file_and_nothing_is_printed_where_nobody_watches(sigctl: Run, workspace: Path) -> None:
    done = sigctl("calendar", "-w", workspace)
    assert (done.code, done.out, done.err) == (0, "", "")
    files = files_of(sigctl, workspace)
    assert list(files) == ["cluster", "group:aber", "person:aber-head"]
    assert {path.name for path in (workspace / "calendars").iterdir()} == set(files.values())
    assert all(re.fullmatch(r"[0-9a-f]{32}\.ics", name) for name in files.values())
    (event, other) = events_in(workspace / "calendars" / files["person:aber-head"]).values()
    assert (event["SUMMARY"], event["UID"]) == ("Meeting: Aber Group", "m-12.meeting@sig-3")
    assert other["DTSTART"].dt == date(2024, 1, 14)


def test_a_second_run_touches_nothing_even_on_another_day(sigctl: Run, workspace: Path) -> None:
    sigctl("calendar", "-w", workspace, *TODAY)
    before = contents(workspace / "calendars")
    done = sigctl("calendar", "-w", workspace, "-v", "--today", "2024-01-02")
    assert contents(workspace / "calendars") == before
    assert "nothing to do: 3 calendars in" in done.err


def test_a_file_that_is_lost_comes_back_as_it_was(sigctl: Run, workspace: Path) -> None:
    sigctl("calendar", "-w", workspace, *TODAY)
    before = {name: content for name, (content, _) in contents(workspace / "calendars").items()}
    shutil.rmtree(workspace / "calendars")
    sigctl("calendar", "-w", workspace, "--today", "2023-12-01")
    assert {name: content for name, (content, _) in contents(workspace / "calendars").items()} == before


def test_a_change_is_told_with_a_higher_number_and_only_there(sigctl: Run, workspace: Path) -> None:
    sigctl("calendar", "-w", workspace, *TODAY)
    files = files_of(sigctl, workspace)
    change(workspace, "start: 15:45", "start: 16:00")
    assert "wrote 3 calendars in" in sigctl("calendar", "-w", workspace, "-v", "--today", "2023-11-24").err
    assert files_of(sigctl, workspace) == files
    events = events_in(workspace / "calendars" / files["cluster"])
    moved, same = events["m-12.meeting@sig-3"], events["m-01.meeting@sig-3"]
    assert (moved["SEQUENCE"], moved["LAST-MODIFIED"].dt.date()) == (1, date(2023, 11, 24))
    assert (same["SEQUENCE"], same["LAST-MODIFIED"].dt.date()) == (0, date(2023, 11, 22))


def test_what_is_gone_is_cancelled_for_a_year_then_its_calendar_goes_as_well(sigctl: Run, workspace: Path) -> None:
    sigctl("calendar", "-w", workspace, *TODAY)
    files = files_of(sigctl, workspace)
    path = workspace / "calendars" / files["person:aber-head"]
    change(workspace, "members: [{person: aber-head}]", "members: [{person: aber-deputy}]")
    sigctl("calendar", "-w", workspace, *TODAY)
    assert [(event["STATUS"], event["SEQUENCE"]) for event in events_in(path).values()] == [("CANCELLED", 1)] * 2
    sigctl("calendar", "-w", workspace, "--today", "2024-12-04")
    assert list(events_in(path)) == ["m-01.meeting@sig-3"]
    assert (
        "would write 2 calendars and would remove 1 calendar" not in sigctl("calendar", "-n", "-w", workspace, "--today", "2025-01-13").err
    )
    sigctl("calendar", "-w", workspace, "--today", "2025-01-14")
    assert not path.exists()
    assert "person:aber-head" not in files_of(sigctl, workspace)


def test_the_file_of_somebody_who_is_gone_from_the_files_goes_at_once_and_no_other(sigctl: Run, workspace: Path) -> None:
    sigctl("calendar", "-w", workspace, *TODAY)
    files = files_of(sigctl, workspace)
    folder = workspace / "calendars"
    strange = {"own.ics": "BEGIN:VCALENDAR\r\nPRODID:-//other//EN\r\nEND:VCALENDAR\r\n", "index.html": "<p>"}
    for name, text in strange.items():
        (folder / name).write_text(text, encoding="utf-8")
    text = (workspace / "sigctl.yaml").read_text(encoding="utf-8").replace("aber-head", "new-head")
    (workspace / "sigctl.yaml").write_text(text, encoding="utf-8")
    sigctl("calendar", "-w", workspace, *TODAY)
    assert not (folder / files["person:aber-head"]).exists()
    assert set(strange) < {path.name for path in folder.iterdir()}
    assert "aber-head" not in sigctl("calendar", "list", "-w", workspace).out


def test_a_file_that_another_program_wrote_under_our_name_is_left_alone(sigctl: Run, workspace: Path) -> None:
    sigctl("calendar", "-w", workspace, *TODAY)
    path = workspace / "calendars" / files_of(sigctl, workspace)["group:aber"]
    path.write_text("my own notes", encoding="utf-8")
    sigctl("calendar", "rotate", "group:aber", "-w", workspace)
    assert path.read_text(encoding="utf-8") == "my own notes"


def test_another_name_takes_the_old_file_away_everywhere(sigctl: Run, workspace: Path, tmp_path: Path) -> None:
    web = tmp_path / "web"
    sigctl("calendar", "-w", workspace, *TODAY)
    sigctl("calendar", "-w", workspace, "-o", web, *TODAY)
    before = files_of(sigctl, workspace)
    assert "another name" in sigctl("calendar", "rotate", "aber-head", "-n", "-w", workspace).err
    done = sigctl("calendar", "rotate", "aber-head", "-w", workspace)
    after = files_of(sigctl, workspace)
    assert done.out.strip() == after["person:aber-head"] != before["person:aber-head"]
    assert {**after, "person:aber-head": ""} == {**before, "person:aber-head": ""}
    assert {path.name for path in (workspace / "calendars").iterdir()} == set(after.values())
    sigctl("calendar", "-w", workspace, "-o", web, *TODAY)
    assert {path.name for path in web.iterdir()} == set(after.values())


def test_another_name_is_given_where_the_file_lies_and_no_other_calendar_is_written(sigctl: Run, workspace: Path, tmp_path: Path) -> None:
    web = tmp_path / "web"
    sigctl("calendar", "-w", workspace, "-o", web, *TODAY)
    before, old = contents(web), files_of(sigctl, workspace)["person:aber-head"]
    change(workspace, "start: 15:45", "start: 16:00")
    done = sigctl("calendar", "rotate", "aber-head", "-w", workspace)
    new = done.out.strip()
    assert done.code == 0
    assert not (workspace / "calendars").exists()
    after = contents(web)
    assert {name: after[name] for name in after if name != new} == {name: before[name] for name in before if name != old}
    assert events_in(web / new)["m-12.meeting@sig-3"]["SEQUENCE"] == 1
    moved = workspace.rename(tmp_path / "moved")
    assert sigctl("calendar", "rotate", "aber-head", "-w", moved).code == 0
    assert not (web / new).exists()


def test_folders_within_the_workspace_are_known_when_it_has_moved(sigctl: Run, workspace: Path, tmp_path: Path) -> None:
    sigctl("calendar", "-w", workspace, "-o", workspace / "www", *TODAY)
    moved = workspace.rename(tmp_path / "moved")
    done = sigctl("calendar", "rotate", "aber-head", "-w", moved)
    assert (done.code, (moved / "www" / done.out.strip()).is_file()) == (0, True)
    assert len(contents(moved / "www")) == 3


def test_where_the_old_file_may_still_be_is_told(sigctl: Run, workspace: Path, tmp_path: Path) -> None:
    web = tmp_path / "web"
    sigctl("calendar", "-w", workspace, *TODAY)
    sigctl("calendar", "-w", workspace, "-o", web, *TODAY)
    web.rename(tmp_path / "elsewhere")
    old = files_of(sigctl, workspace)["person:aber-head"]
    done = sigctl("calendar", "rotate", "aber-head", "-w", workspace)
    assert done.code == 5
    assert f"{web}, into which calendars were written, is not there: take {old} out of it yourself" in done.err
    assert not (workspace / "calendars" / old).exists()
    assert sigctl("calendar", "rotate", "aber-head", "-w", workspace).code == 0  # said once
    shutil.rmtree(workspace / "calendars")
    old = files_of(sigctl, workspace)["person:aber-head"]
    lost = sigctl("calendar", "rotate", "aber-head", "-w", workspace)
    assert (lost.code, lost.out.strip()) == (5, files_of(sigctl, workspace)["person:aber-head"])
    assert f"take {old} away from wherever it lies" in lost.err
    assert not (workspace / "calendars").exists()


def test_a_folder_that_is_there_again_is_tidied_by_the_next_run(sigctl: Run, workspace: Path, tmp_path: Path) -> None:
    web = tmp_path / "web"
    sigctl("calendar", "-w", workspace, "-o", web, *TODAY)
    old = files_of(sigctl, workspace)["person:aber-head"]
    web.rename(tmp_path / "away")
    assert sigctl("calendar", "rotate", "aber-head", "-w", workspace).code == 5
    (tmp_path / "away").rename(web)
    assert sigctl("calendar", "-w", workspace, "-o", web, *TODAY).code == 0
    assert not (web / old).exists()


def test_meetings_that_were_held_are_not_cancelled_when_their_file_is_put_away(sigctl: Run, workspace: Path) -> None:
    sigctl("calendar", "-w", workspace, *TODAY)
    path = workspace / "calendars" / files_of(sigctl, workspace)["group:aber"]
    text = (workspace / "sigctl.yaml").read_text(encoding="utf-8")
    held, coming = text.index("  - {id: m-12"), text.index("  - {id: m-01")
    (workspace / "sigctl.yaml").write_text(text[:held] + text[coming:], encoding="utf-8")
    sigctl("calendar", "-w", workspace, "--today", "2023-12-20")
    assert [(uid, event["STATUS"]) for uid, event in events_in(path).items()] == [("m-01.meeting@sig-3", "CONFIRMED")]


def test_who_is_no_longer_asked_is_not_told_that_the_meeting_is_cancelled(sigctl: Run, workspace: Path) -> None:
    sigctl("calendar", "-w", workspace, *TODAY)
    files = files_of(sigctl, workspace)
    change(workspace, "members: [{person: aber-head}]", "members: []")
    change(workspace, "date: 2024-01-14}", "date: 2024-01-14, status: cancelled}")
    sigctl("calendar", "-w", workspace, *TODAY)
    told = events_in(workspace / "calendars" / files["person:aber-head"])
    assert {event["SUMMARY"] for event in told.values()} == {"Taken out of this calendar: Meeting: Aber Group"}
    group = events_in(workspace / "calendars" / files["group:aber"])
    assert [event["STATUS"] for event in group.values()] == ["CONFIRMED", "CANCELLED"]
    assert "Wedi'i ganslo / Cancelled" in group["m-01.meeting@sig-3"]["SUMMARY"]


def test_a_state_that_was_lost_is_told_once_with_the_files_that_nobody_renews(sigctl: Run, workspace: Path) -> None:
    sigctl("calendar", "-w", workspace, *TODAY)
    older = {path.name for path in (workspace / "calendars").iterdir()}
    shutil.rmtree(workspace / ".sigctl")
    lost = sigctl("calendar", "-w", workspace, *TODAY)
    assert lost.code == 5
    assert "3 older calendars of this cluster lie in" in lost.err
    again = sigctl("calendar", "-w", workspace, *TODAY)
    assert (again.code, again.err) == (0, "")
    listed = sigctl("calendar", "list", "-w", workspace)
    assert all(name in listed.err and name not in listed.out for name in older)
    for name in older:
        (workspace / "calendars" / name).unlink()
    assert "nothing is known" not in sigctl("calendar", "list", "-w", workspace).err


def test_calendars_of_another_cluster_in_the_same_folder_are_its_own(sigctl: Run, workspace: Path, tmp_path: Path) -> None:
    web, other = tmp_path / "web", tmp_path / "other"
    shutil.copytree(workspace, other)
    change(other, "id: sig-3", "id: sig-4")
    assert sigctl("calendar", "-w", workspace, "-o", web, *TODAY).code == 0
    assert sigctl("calendar", "-w", other, "-o", web, *TODAY).code == 0
    assert len(contents(web)) == 6


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("writes_in: en", "writes_in: cy"),
        ("languages: [cy, en]}", "languages: [cy, en], time_zone: Europe/Berlin}"),
        ("\nschools:", "\nwords: {calendar.meeting: {cy: Cwrdd, en: Get-together}}\nschools:"),
    ],
)
def test_what_reads_differently_has_a_higher_number(sigctl: Run, workspace: Path, before: str, after: str) -> None:
    sigctl("calendar", "-w", workspace, *TODAY)
    path = workspace / "calendars" / files_of(sigctl, workspace)["person:aber-head"]
    text = path.read_text(encoding="utf-8")
    change(workspace, before, after)
    sigctl("calendar", "-w", workspace, "--today", "2023-11-24")
    assert path.read_text(encoding="utf-8") != text
    event = events_in(path)["m-12.meeting@sig-3"]
    assert (event["SEQUENCE"], event["DTSTAMP"].dt.date()) == (1, date(2023, 11, 24))


def test_a_day_to_come_forgets_nothing_and_is_noted_nowhere(sigctl: Run, workspace: Path) -> None:
    change(workspace, "date: 2023-12-03", "date: 2190-12-03")
    sigctl("calendar", "-w", workspace, "--today", "2199-01-01")
    path = workspace / "calendars" / files_of(sigctl, workspace)["person:aber-head"]
    assert events_in(path)["m-12.meeting@sig-3"]["DTSTAMP"].dt < datetime.now(UTC) + timedelta(minutes=1)
    change(workspace, "{person: aber-head}", "{person: aber-deputy}")
    for day in ("2189-01-01", "2199-01-01"):
        sigctl("calendar", "-w", workspace, "--today", day)
        assert [event["STATUS"] for event in events_in(path).values()] == ["CANCELLED"]
    assert "remove 1 calendar" in sigctl("calendar", "-n", "-w", workspace, "--today", "2199-01-01").err


def test_a_file_that_somebody_changed_is_put_right(sigctl: Run, workspace: Path) -> None:
    sigctl("calendar", "-w", workspace, *TODAY)
    before = {name: content for name, (content, _) in contents(workspace / "calendars").items()}
    path = workspace / "calendars" / files_of(sigctl, workspace)["cluster"]
    path.write_bytes(path.read_bytes().replace(b"Grp", b"Pgr").replace(b"CONFIRMED", b"CONFUSED"))
    assert "wrote 1 calendar in" in sigctl("calendar", "-v", "-w", workspace, *TODAY).err
    assert {name: content for name, (content, _) in contents(workspace / "calendars").items()} == before


def test_a_dry_run_tells_what_would_be_and_leaves_no_trace(sigctl: Run, workspace: Path) -> None:
    assert "would write 3 calendars in" in sigctl("calendar", "-n", "-w", workspace).err
    assert [path.name for path in workspace.iterdir()] == ["sigctl.yaml"]
    sigctl("calendar", "-w", workspace, *TODAY)
    before = contents(workspace / "calendars")
    assert "nothing to do" in sigctl("calendar", "-n", "-w", workspace).err
    change(workspace, "{person: aber-head}", "{person: aber-deputy}")
    assert "would write 2 calendars in" in sigctl("calendar", "-n", "-w", workspace, *TODAY).err
    assert contents(workspace / "calendars") == before


def test_one_calendar_on_the_screen_notes_nothing(sigctl: Run, workspace: Path, tmp_path: Path) -> None:
    shown = sigctl("calendar", "show", "aber-head", "-w", workspace, *TODAY)
    assert list(events_in_text(shown.out)) == ["m-12.meeting@sig-3", "m-01.meeting@sig-3"]
    assert not (workspace / ".sigctl").exists()
    sigctl("calendar", "show", "cluster", "-w", workspace, "-o", tmp_path / "all.ics", *TODAY)
    assert (tmp_path / "all.ics").read_bytes().endswith(b"END:VCALENDAR\r\n")


def events_in_text(text: str) -> dict[str, icalendar.Event]:
    return {str(event["UID"]): event for event in icalendar.Calendar.from_ical(text).events}


@pytest.mark.parametrize(
    ("arguments", "message", "advice"),
    [
        (["show", "aber-haed"], "there is no person, school or group `aber-haed`", "did you mean `aber-head`?"),
        (["show", "aber"], "both a school and group have the id `aber`", "write `school:aber` or `group:aber`"),
        (["rotate", "aber-deputy"], "`aber-deputy` has no calendar yet", "`sigctl calendar` writes them"),
        (["-o", "sigctl.yaml"], "sigctl.yaml is a file", "name a folder for the calendars"),
    ],
)
def test_mistakes_are_told_plainly(
    sigctl: Run, workspace: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str, advice: str
) -> None:
    monkeypatch.chdir(workspace)
    done = sigctl("calendar", *arguments)
    assert done.code in (1, 2)
    assert message in done.err
    assert advice in done.err


def test_no_calendar_tells_what_is_nobody_else_s_business(sigctl: Run, workspace: Path) -> None:
    done = sigctl("calendar", "-v", "-w", workspace)
    everything = done.err + done.out + "".join(path.read_text(encoding="utf-8") for path in (workspace / "calendars").iterdir())
    canaries = ("01685", "111111", "jury", "Cyfrinach", "secret", "sian@", "2023-12-07", "20231207", "Dirprwy", "Deputy")
    assert not [canary for canary in canaries if canary in everything]
    assert not [name for name in files_of(sigctl, workspace).values() if name in done.err + done.out]


def test_what_is_locked_is_left_alone(sigctl: Run, workspace: Path) -> None:
    from sigctl.deliver.lock import locked

    with locked(workspace, "sigctl run"):
        done = process("calendar", "-w", workspace)
    assert done.code == 75
    assert not (workspace / "calendars").exists()


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_calendar_of_the_examples_is_read_alike_by_four_programs(sigctl: Run, tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    shutil.copytree(ROOT / "examples" / name, folder, ignore=shutil.ignore_patterns(".sigctl", "calendars"))
    assert sigctl("calendar", "-w", folder, *TODAY).code == 0
    files = sorted((folder / "calendars").iterdir())
    assert len(files) > 5
    for file, found in by_node(files).items():
        assert by_icalendar(file) == by_libical(file) == found["ical.js"] == found["node-ical"]
        assert b"ATTENDEE" not in file.read_bytes()
