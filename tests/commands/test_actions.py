"""`sigctl actions`: the list, the paper, the tables; ticking off, dropping and adding, by which only the lines meant change."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from minuted import FILES
from python_calamine import load_workbook
from workspaces import told, write

from sigctl.cluster import load
from sigctl.records.meeting import Action
from tests.commands.conftest import Run

TODAY = ("--today", "2026-12-04")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "cynon", FILES)


def lines(folder: Path) -> list[str]:
    return (folder / "meetings.yaml").read_bytes().decode().splitlines()


def changed(folder: Path, before: list[str]) -> tuple[list[str], list[str]]:
    """The lines that are gone, and those that are new."""
    after = lines(folder)
    return [line for line in before if line not in after], [line for line in after if line not in before]


def action(folder: Path, meeting: str, id: str) -> Action:
    return next(each for each in load(folder).cluster.meetings[meeting].actions if each.id == id)


# the list


def test_what_is_not_done_is_listed_overdue_first(sigctl: Run, folder: Path) -> None:
    out = sigctl("actions", "-w", folder, "--lang", "en", *TODAY).out
    refs = [line.split()[0] for line in out.splitlines()[3:] if line.strip()]
    assert refs == ["a2", "strategic-2026-11/a1", "a4", "a5", "attendance-2026-11/a1", "a3"]
    assert "nobody yet" in out
    assert "(has left)" in out
    assert "overdue   Fri 27 Nov 2026" in out


def test_the_list_is_in_both_languages_by_default(sigctl: Run, folder: Path) -> None:
    out = sigctl("actions", "-w", folder, *TODAY).out
    assert out.index("hwyr") < out.index("overdue")
    assert "neb eto" in out


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("--owner", "porth-head"), ["strategic-2026-11/a1", "attendance-2026-11/a1"]),
        (("--school", "treorchy"), ["a4"]),
        (("--group", "attendance"), ["attendance-2026-11/a1"]),
        (("--state", "overdue"), ["a2", "strategic-2026-11/a1"]),
        (("--state", "due"), ["a2", "strategic-2026-11/a1", "a4"]),
        (("--state", "done"), ["a6"]),
        (("--state", "dropped"), ["a7"]),
        (("--state", "all", "--group", "strategic"), ["a2", "strategic-2026-11/a1", "a4", "a5", "a3", "a6", "a7"]),
    ],
)
def test_a_choice_of_them(arguments: tuple[str, ...], expected: list[str], sigctl: Run, folder: Path) -> None:
    found = json.loads(sigctl("actions", *arguments, "--format", "json", "-w", folder, *TODAY).out)
    assert [each["ref"] for each in found["actions"]] == expected


def test_for_another_program(sigctl: Run, folder: Path) -> None:
    found = json.loads(sigctl("actions", "--format", "json", "-w", folder, *TODAY).out)
    assert (found["format"], found["version"], found["today"]) == ("sigctl-actions", 1, "2026-12-04")
    assert found["actions"][4] == {
        "ref": "attendance-2026-11/a1", "id": "a1", "meeting": "attendance-2026-11", "met": "2026-11-05", "group": "attendance",
        "text": {"cy": "Count again", "en": "Count again"}, "owner": "porth-head", "school": "porth", "due": None, "done_on": None,
        "state": "open", "has_left": False, "confidential": False, "note": "Mam & Dad: 01685 000000",
    }  # fmt: skip


@pytest.mark.parametrize("format", ["text", "md", "html", "csv", "json"])
def test_the_text_of_a_confidential_action_is_told_nowhere(format: str, sigctl: Run, folder: Path) -> None:
    out = sigctl("actions", "--state", "all", "--lang", "both", "--format", format, "-w", folder, *TODAY).out
    assert "secret" not in out
    assert "Book the hall" in out


def test_as_rows_for_a_spreadsheet(sigctl: Run, folder: Path, tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(sigctl("actions", "--format", "csv", "--lang", "cy", "-w", folder, *TODAY).out)))
    assert (rows[1]["ref"], rows[1]["text_cy"], rows[1]["owner_name_cy"], rows[1]["due"]) == (
        "strategic-2026-11/a1", "Anfon y ffigurau", "R Jones", "2026-11-27",
    )  # fmt: skip
    assert rows[0]["text_cy"] == "Eitem gyfrinachol"
    assert rows[0]["owner_name_cy"] == "'=1+1"
    assert "text_en" not in rows[0]
    sigctl("actions", "--format", "csv", "-o", tmp_path / "a.csv", "-w", folder, *TODAY)
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_rows_hold_both_languages_of_the_cluster_and_the_state_by_its_id(sigctl: Run, folder: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(sigctl("actions", "--format", "csv", "-w", folder, *TODAY).out)))
    found = [rows[1][name] for name in ("text_cy", "text_en", "group_name_cy", "group_name_en", "state")]
    assert found == ["Anfon y ffigurau", "Send the figures", "Grŵp Strategol", "Strategic Group", "overdue"]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("--group", "attendance", "--state", "dropped"), "No actions (State: dropped; Group: Attendance)."),
        (("--owner", "aberdare-head", "--state", "all"), "No actions (Owner: Headteacher)."),
        (("--school", "aberdare"), "There are no open actions (School: Aberdare School)."),
    ],
)
def test_where_there_is_nothing_it_says_of_what(arguments: tuple[str, ...], expected: str, sigctl: Run, folder: Path) -> None:
    assert sigctl("actions", *arguments, "--lang", "en", "-w", folder, *TODAY).out == expected + "\n"


@pytest.mark.parametrize("language", ["cy", "en"])
def test_the_agenda_and_the_list_say_alike_how_an_action_stands(language: str, sigctl: Run, folder: Path) -> None:
    listed = sigctl("actions", "--group", "strategic", "--lang", language, "-w", folder, *TODAY).out.split()
    agenda = sigctl("agenda", "--meeting", "strategic-2027-01", "--format", "md", "--lang", language, "-w", folder, *TODAY).out
    for word in {"cy": ("Erbyn", "Sefyllfa", "hwyr", "chwblhau"), "en": ("Due", "State", "overdue", "due")}[language]:
        assert word in listed
        assert word in agenda


def test_as_a_workbook_with_real_dates(sigctl: Run, folder: Path, tmp_path: Path) -> None:
    sigctl("actions", "--format", "xlsx", "--lang", "en", "-o", tmp_path / "a.xlsx", "-w", folder, *TODAY)
    (head, *rows) = load_workbook(tmp_path / "a.xlsx").get_sheet_by_index(0).to_python()
    assert head[:5] == ["ID", "State", "Due", "Done on", "Action"]
    assert rows[1][:5] == ["strategic-2026-11/a1", "overdue", date(2026, 11, 27), "", "Send the figures"]
    assert rows[0][4] == "Confidential item"


def test_the_paper_tells_what_was_done_lately(sigctl: Run, folder: Path) -> None:
    out = sigctl("actions", "--format", "md", "--lang", "en", "-w", folder, *TODAY).out
    assert "## Done since the last meeting" in out
    assert "Ring them" in out
    assert "01685" not in out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--owner", "porth-haed"), "there is no person `porth-haed`"),
        (("--group", "strategc"), "there is no group `strategc`"),
        (("--school", "nowhere"), "there is no school `nowhere`"),
    ],
)
def test_names_that_are_none(arguments: tuple[str, ...], message: str, sigctl: Run, folder: Path) -> None:
    outcome = sigctl("actions", *arguments, "-w", folder, *TODAY)
    assert outcome.code == 2
    assert message in outcome.err


@pytest.mark.parametrize(("state", "told"), [("dropped", "No actions."), ("open", "There are no open actions.")])
def test_the_paper_says_of_what_there_is_none(sigctl: Run, folder: Path, state: str, told: str) -> None:
    done = sigctl("actions", "--school", "aberdare", "--state", state, "--format", "md", "--lang", "en", "-w", folder)
    assert told in done.out


# done and drop


def test_ticking_off_changes_one_line(sigctl: Run, folder: Path) -> None:
    before = lines(folder)
    outcome = sigctl("actions", "done", "a4", "-w", folder, *TODAY)
    assert outcome.code == 0
    assert "ticked off `a4` at meetings.yaml:" in outcome.err
    assert changed(folder, before) == (
        ["      - {id: a4, text: Book the hall, school: treorchy, due: 2027-01-21}"],
        ["      - {id: a4, text: Book the hall, school: treorchy, due: 2027-01-21, status: done, done_on: 2026-12-04}"],
    )
    assert told(folder) == ()


def test_ticking_off_what_is_confidential_does_not_tell_it(sigctl: Run, folder: Path) -> None:
    outcome = sigctl("actions", "done", "a2", "-w", folder, *TODAY)
    assert outcome.code == 0
    assert "secret" not in outcome.out + outcome.err


def test_several_in_one_go_with_the_day_and_a_note(sigctl: Run, folder: Path) -> None:
    assert sigctl("actions", "done", "a4", "a5", "--on", "2026-12-01", "--note", "Yes: #1", "-w", folder, *TODAY).code == 0
    for id in ("a4", "a5"):
        found = action(folder, "strategic-2026-11", id)
        assert (found.status, found.done_on, found.note) == ("done", date(2026, 12, 1), "Yes: #1")


def test_letters_that_come_in_parts_are_written_as_whole_ones(sigctl: Run, folder: Path) -> None:
    assert sigctl("actions", "done", "a4", "--note", "Gw\u0302yl", "-w", folder, *TODAY).code == 0
    assert sigctl("actions", "add", "strategic-2026-11", "cy: Dw\u0302r | en: Water", "-w", folder).code == 0
    assert sigctl("minutes", "agree", "strategic-2026-11", "--correction", "Sio\u0302n", "-w", folder).code == 0
    text = "\n".join(lines(folder))
    assert "\u0302" not in text
    assert all(each in text for each in ("G\u0175yl", "D\u0175r", "Si\u00f4n"))


@pytest.mark.parametrize("command", ["done", "drop"])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("by telephone", "by telephone; Settled."),
        ("Rung twice.", "Rung twice. Settled."),
        ('"Un\\nDau"', "Un\nDau\nSettled."),
        ("Settled.", "Settled."),
    ],
)
def test_a_note_is_added_to_the_one_that_is_there(command: str, before: str, after: str, sigctl: Run, folder: Path) -> None:
    text = FILES["meetings.yaml"].replace("due: 2027-01-21}\n", f"due: 2027-01-21, note: {before}}}   # kept\n")
    write(folder, {"meetings.yaml": text})
    assert sigctl("actions", command, "a4", "a5", "--note", "Settled.", "-w", folder).code == 0
    assert [action(folder, "strategic-2026-11", id).note for id in ("a4", "a5")] == [after, "Settled."]
    assert "   # kept" in "\n".join(lines(folder))


def test_a_note_of_several_lines_is_added_to(sigctl: Run, folder: Path) -> None:
    text = FILES["meetings.yaml"].replace(
        "      - {id: a4, text: Book the hall, school: treorchy, due: 2027-01-21}\n",
        "      - id: a4\n        text: Book the hall\n        note: |\n          Un.\n\n          Dau.\n        # about a4\n",
    )
    write(folder, {"meetings.yaml": text})
    assert sigctl("actions", "done", "a4", "--note", "Tri.", "-w", folder, *TODAY).code == 0
    assert action(folder, "strategic-2026-11", "a4").note == "Un.\n\nDau.\nTri."
    assert "        # about a4" in lines(folder)


def test_an_action_by_lines_keeps_its_comments_and_line_ends(sigctl: Run, folder: Path) -> None:
    text = FILES["meetings.yaml"].replace(
        "      - {id: a4, text: Book the hall, school: treorchy, due: 2027-01-21}\n",
        "      # the hall\n      - id: a4   # by telephone\n        text: Book the hall\n"
        "        status: open   # still\n        due: 2027-01-21\n",
    )
    write(folder, {"meetings.yaml": "\ufeff" + text.replace("\n", "\r\n")})
    before = lines(folder)
    assert sigctl("actions", "done", "a4", "-w", folder, *TODAY).code == 0
    assert changed(folder, before) == (
        ["        status: open   # still"],
        ["        status: done   # still", "        done_on: 2026-12-04"],
    )
    content = (folder / "meetings.yaml").read_bytes()
    assert content.startswith("\ufeff".encode())
    assert content.count(b"\n") == content.count(b"\r\n")


def test_an_id_of_two_meetings_has_to_be_told_with_its_meeting(sigctl: Run, folder: Path) -> None:
    before = lines(folder)
    outcome = sigctl("actions", "done", "a1", "-w", folder, *TODAY)
    assert outcome.code == 1
    assert "write `attendance-2026-11/a1` or `strategic-2026-11/a1`" in outcome.err
    assert lines(folder) == before
    assert sigctl("actions", "done", "attendance-2026-11/a1", "-w", folder, *TODAY).code == 0
    assert action(folder, "attendance-2026-11", "a1").status == "done"
    assert action(folder, "strategic-2026-11", "a1").status == "open"


def test_what_is_done_already_is_told_and_nothing_is_written(sigctl: Run, folder: Path) -> None:
    before = lines(folder)
    outcome = sigctl("actions", "done", "a6", "-w", folder, *TODAY)
    assert (outcome.code, lines(folder)) == (0, before)
    assert "`a6` is done already since 2026-12-03" in outcome.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("done", "a44"), "there is no action `a44`"),
        (("done", "a4", "--on", "2026-12-05"), "2026-12-05 is still to come"),
        (("done", "a4", "--on", "2026-11-11"), "`a4` was agreed on 2026-11-12"),
        (("done", "a4", "nothing"), "there is no action `nothing`"),
        (("done", "strategic-2026-12/a4"), "there is no action `strategic-2026-12/a4`"),
        (("drop", "a6"), "`a6` is done already"),
    ],
)
def test_what_cannot_be_ticked_off(arguments: tuple[str, ...], message: str, sigctl: Run, folder: Path) -> None:
    before = lines(folder)
    outcome = sigctl("actions", *arguments, "-w", folder, *(TODAY if arguments[0] == "done" else ()))
    assert outcome.code in (1, 2)
    assert message in outcome.err
    assert lines(folder) == before


def test_dropping_changes_one_line(sigctl: Run, folder: Path) -> None:
    before = lines(folder)
    assert sigctl("actions", "drop", "a5", "-w", folder).code == 0
    gone, new = changed(folder, before)
    assert (len(gone), new) == (1, ["      - {id: a5, text: Tell the paper, owner: moved, due: 2027-07-01, status: dropped}"])


def test_a_dry_run_writes_nothing(sigctl: Run, folder: Path) -> None:
    before = lines(folder)
    for call in (("done", "a4", *TODAY), ("drop", "a4"), ("add", "strategic", "x")):
        assert sigctl("actions", *call, "-n", "-w", folder).code == 0
    assert lines(folder) == before


# add


def test_an_action_is_added_in_the_way_of_those_before_it(sigctl: Run, folder: Path) -> None:
    before = lines(folder)
    text = "cy: Archebu'r neuadd | en: Book the hall: now"
    outcome = sigctl(
        "actions", "add", "strategic-2026-11", text, "--owner", "porth-head", "--due", "2027-01-08", "--item", "budget", "-w", folder
    )
    assert outcome.code == 0
    gone, new = changed(folder, before)
    assert gone == []
    words = """{cy: "Archebu'r neuadd", en: 'Book the hall: now'}"""
    assert new == [f"      - {{id: a8, text: {words}, owner: porth-head, item: budget, due: 2027-01-08}}"]
    added = action(folder, "strategic-2026-11", "a8")
    assert added.text.words == ("Archebu'r neuadd", "Book the hall: now")
    assert (added.owner, added.item, added.due) == ("porth-head", "budget", date(2027, 1, 8))
    assert told(folder) == ()


def test_the_first_action_of_a_meeting_that_is_nobodys(sigctl: Run, folder: Path) -> None:
    before = lines(folder)
    assert sigctl("actions", "add", "strategic", "Further information", "--due", "next", "-w", folder).code == 0
    gone, new = changed(folder, before)
    assert gone == []
    assert new == ["      - id: strategic-2026-12-a1", "        text: Further information", "        due: 2027-01-21"]
    assert len(lines(folder)) == len(before) + 4
    added = action(folder, "strategic-2026-12", "strategic-2026-12-a1")
    assert (added.owner, added.due) == (None, date(2027, 1, 21))


def test_a_due_day_before_the_meeting_is_added_with_a_warning(sigctl: Run, folder: Path) -> None:
    outcome = sigctl("actions", "add", "strategic-2026-11", "x", "--due", "2026-10-01", "-w", folder)
    assert outcome.code == 0
    assert "this is before the meeting" in outcome.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("strategic-2026-11", "x", "--owner", "nobody"), "there is no person `nobody`"),
        (("strategic-2026-11", "x", "--school", "nowhere"), "there is no school `nowhere`"),
        (("strategic-2026-11", "x", "--item", "9"), "`strategic-2026-11` has no item `9`"),
        (("strategic-2026-11", "x", "--due", "soon"), "`soon` is not a date"),
        (("strategic-2027-01", "x", "--due", "next"), "has no meeting after `strategic-2027-01`"),
        (("strategic-2026-11", "cy:"), "is not clear about its languages"),
        (("strategic-2026-11", "x", "--id", "a1"), "so nothing was changed"),
        (("strategic-2026-11", "x", "--id", "Not An Id"), "so nothing was changed"),
        (("nothing", "x"), "there is no meeting and no group `nothing`"),
    ],
)
def test_what_cannot_be_added(arguments: tuple[str, ...], message: str, sigctl: Run, folder: Path) -> None:
    before = lines(folder)
    outcome = sigctl("actions", "add", *arguments, "-w", folder)
    assert outcome.code in (1, 2)
    assert message in outcome.err
    assert lines(folder) == before
