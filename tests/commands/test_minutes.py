"""`sigctl minutes`: a form into the file, the paper, and what the next meeting makes of it; only the lines meant change."""

import json
from pathlib import Path

import pytest
from agendas import FILES as AGENDAS
from minuted import FILES
from workspaces import told, write

from sigctl.cluster import load
from sigctl.reports.minutes.page import minutes_page
from tests.commands.conftest import Run

TODAY = ("--today", "2026-12-04")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "cynon", FILES)


def lines(folder: Path, name: str = "meetings.yaml") -> list[str]:
    return (folder / name).read_bytes().decode().splitlines()


def added(before: list[str], after: list[str]) -> list[str]:
    """The lines that are new; fails where one that was there is gone or has moved behind another."""
    rest = iter(after)
    new = []
    for line in before:
        for each in rest:
            if each == line:
                break
            new.append(each)
        else:
            pytest.fail(f"this line is gone: {line}")
    return [*new, *rest]


# new


def test_a_form_is_added_to_the_meeting_and_no_other_line_changes(sigctl: Run, folder: Path) -> None:
    before = lines(folder)
    assert sigctl("minutes", "new", "strategic-2026-12", "-w", folder, *TODAY).code == 0
    new = added(before, lines(folder))
    assert "      present:" in new
    listed = [line.split("#")[0].strip() for line in new if line.strip().startswith("- ")]
    assert listed == ["- aberdare-head", "- porth-head", "- treorchy-head", "- porth"]
    assert any("R Jones, Treorchy School" in line for line in new)
    assert "      status: draft" in new
    assert "      taken_by: aberdare-office" in new
    assert any(line.strip().startswith("matters-arising:") for line in new)
    assert told(folder) == ()


def test_a_form_is_for_the_last_meeting_of_a_group(sigctl: Run, folder: Path) -> None:
    outcome = sigctl("minutes", "new", "strategic", "-w", folder, *TODAY)
    assert "sigctl minutes show strategic-2026-12" in outcome.err
    meeting = load(folder).cluster.meetings["strategic-2026-12"]
    assert meeting.minutes is not None
    assert meeting.minutes.notes == {}


def test_a_meeting_in_braces_becomes_held_and_gets_its_form(sigctl: Run, folder: Path) -> None:
    assert sigctl("minutes", "new", "strategic-2027-01", "-w", folder, "--today", "2027-01-22").code == 0
    after = lines(folder)
    at = after.index("  - id: strategic-2027-01   # next")
    assert '    items: [{title: "A: b"}]' in after[at : at + 8]
    assert "    status: held" in after[at : at + 9]
    assert "# A: b (the meeting's own item 1)" in "\n".join(after)
    assert told(folder) == ()


def test_apologies_that_came_before_the_meeting_stay_where_they_are(sigctl: Run, folder: Path) -> None:
    text = FILES["meetings.yaml"].replace("status: held   # last night", "attendance: {apologies: [porth-head]}   # by telephone")
    write(folder, {"meetings.yaml": text})
    assert sigctl("minutes", "new", "strategic-2026-12", "-w", folder, *TODAY).code == 0
    attendance = load(folder).cluster.meetings["strategic-2026-12"].attendance
    assert attendance is not None
    assert (attendance.present, attendance.apologies) == (("aberdare-head", "treorchy-head"), ("porth-head",))
    assert "# by telephone" in "\n".join(lines(folder))


def test_a_group_of_one_language_whose_members_nobody_wrote_down(sigctl: Run, folder: Path) -> None:
    later = "\n  - {id: attendance-2026-12, group: attendance, date: 2026-12-02}   # short\n"
    settings = FILES["sigctl.yaml"].replace("languages: [cy, en]", "languages: [en]")
    write(folder, {"meetings.yaml": FILES["meetings.yaml"].rstrip("\n") + later, "sigctl.yaml": settings})
    assert sigctl("minutes", "new", "attendance", "-w", folder, *TODAY).code == 0
    after = "\n".join(lines(folder)).partition("  - id: attendance-2026-12   # short\n")[2]
    assert "      present:\n      apologies:\n      absent:\n" in after
    assert "          en:" not in after
    text = "\n".join(lines(folder)).replace("        any-other-business:    ", "        any-other-business: Thanks.")
    write(folder, {"meetings.yaml": text + "\n"})
    assert "Thanks." in sigctl("minutes", "show", "attendance", "-w", folder, *TODAY).out


@pytest.mark.parametrize("change", [lambda text: text.replace("\n", "\r\n"), lambda text: "\ufeff" + text, str.rstrip])
def test_line_ends_marks_and_a_missing_last_newline_stay(change, sigctl: Run, folder: Path) -> None:  # type: ignore[no-untyped-def]
    write(folder, {"meetings.yaml": change(FILES["meetings.yaml"])})
    assert sigctl("minutes", "new", "strategic-2026-12", "-w", folder, *TODAY).code == 0
    text = (folder / "meetings.yaml").read_bytes().decode()
    ends = {line[-2:] == "\r\n" for line in text.splitlines(keepends=True)[:-1]}
    assert ends == {"\r\n" in change("\n\n")}
    assert text.startswith("\ufeff") == change("x").startswith("\ufeff")
    assert told(folder) == ()


def test_what_is_filled_in_comes_out_on_the_paper(sigctl: Run, folder: Path) -> None:
    sigctl("minutes", "new", "strategic-2026-12", "-w", folder, *TODAY)
    text = (folder / "meetings.yaml").read_text()
    line = next(each for each in text.splitlines() if each.strip().startswith("- porth-head "))
    text = text.replace(f"{line}\n", "").replace("      apologies:\n", f"      apologies:\n{line}\n", 1)
    head, _, tail = text.partition("        matters-arising:")
    text = (
        head
        + "        matters-arising:"
        + tail.replace("          cy:\n          en:\n", "          cy: Dim.\n          en: None, thank you.\n", 1)
    )
    text = text.replace(
        "      # - id: strategic-2026-12-d1\n      #   text: {cy: …, en: …}\n      #   item: …",
        "      - id: strategic-2026-12-d1\n        text: {cy: Ie, en: Yes}\n        item: actions",
    )
    write(folder, {"meetings.yaml": text})
    assert told(folder) == ()
    out = sigctl("minutes", "show", "strategic", "-w", folder, "--lang", "en", *TODAY).out
    assert "None, thank you." in out
    assert "Decision 2026-27/6: Yes" in out
    assert "- R Jones (Headteacher), Ysgol [/foo] | *Porth* & <i>" in out


@pytest.mark.parametrize(
    ("meeting", "message"),
    [
        ("strategic-2026-11", "has minutes already, at meetings.yaml:"),
        ("strategic-2027-01", "is on 2027-01-21, so it has not taken place"),
        ("strategic-2026-21", "there is no meeting and no group"),
    ],
)
def test_what_has_no_form(meeting: str, message: str, sigctl: Run, folder: Path) -> None:
    before = lines(folder)
    outcome = sigctl("minutes", "new", meeting, "-w", folder, *TODAY)
    assert outcome.code in (1, 2)
    assert message in outcome.err
    assert lines(folder) == before


def test_a_dry_run_writes_nothing(sigctl: Run, folder: Path) -> None:
    before = lines(folder)
    outcome = sigctl("minutes", "new", "strategic-2026-12", "-n", "-w", folder, *TODAY)
    assert (outcome.code, lines(folder)) == (0, before)
    assert "would write" in outcome.err


def test_a_form_on_paper_is_for_the_next_meeting_and_changes_no_file(sigctl: Run, folder: Path) -> None:
    before = lines(folder)
    outcome = sigctl("minutes", "new", "strategic", "--format", "md", "--lang", "en", "-w", folder, *TODAY)
    assert "Thursday 21 January 2027" in outcome.out
    assert "A: b" in outcome.out
    assert lines(folder) == before


# show


def test_the_paper_of_the_last_meeting(sigctl: Run, folder: Path) -> None:
    outcome = sigctl("minutes", "show", "strategic-2026-11", "-w", folder, "--lang", "cy", *TODAY)
    assert outcome.out.startswith("Clwstwr Cynon\n\nCofnodion: Grŵp Strategol\n")
    assert "Penderfyniad 2026-27/3: Anfon y ffigurau." in outcome.out


@pytest.mark.parametrize("format", ["text", "md", "html"])
def test_only_the_confidential_part_tells_what_is_confidential(format: str, sigctl: Run, folder: Path) -> None:
    call = ("minutes", "show", "strategic-2026-11", "-w", folder, "--lang", "both", "--format", format, *TODAY)
    assert "secret" not in sigctl(*call).out.casefold()
    assert "A secret rise." in sigctl(*call, "--confidential").out


def test_the_parts_have_files_of_their_own(sigctl: Run, folder: Path, tmp_path: Path) -> None:
    for more in ((), ("--confidential",)):
        sigctl("minutes", "show", "strategic-2026-11", "--format", "html", "-o", f"{tmp_path}/papers/", "-w", folder, *more, *TODAY)
    assert sorted(file.name for file in (tmp_path / "papers").iterdir()) == [
        "2026-11-12-strategic-minutes-confidential.cy-en.html",
        "2026-11-12-strategic-minutes.cy-en.html",
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("strategic",), "`strategic-2026-12` has no minutes yet"),
        (("attendance", "--confidential"), "nothing at `attendance-2026-11` was confidential"),
        (("attendence",), "there is no meeting and no group"),
    ],
)
def test_what_cannot_be_shown(arguments: tuple[str, ...], message: str, sigctl: Run, folder: Path) -> None:
    outcome = sigctl("minutes", "show", *arguments, "-w", folder, *TODAY)
    assert outcome.code in (1, 2)
    assert message in outcome.err


def test_two_meetings_of_a_group_on_a_day_have_papers_of_their_own(sigctl: Run, folder: Path, tmp_path: Path) -> None:
    evening = "  - {id: evening, group: strategic, date: 2026-11-12, start: 18:00, status: held, minutes: {status: draft}}\n"
    write(folder, {"meetings.yaml": FILES["meetings.yaml"] + evening})
    for meeting in ("strategic-2026-11", "evening"):
        where = ("--lang", "en", "-o", f"{tmp_path}/papers/", "-w", folder, *TODAY)
        sigctl("minutes", "show", meeting, "--format", "html", *where)
        sigctl("minutes", "new", meeting, "--format", "html", *where)
        sigctl("agenda", "--meeting", meeting, "--format", "html", *where)
    assert sorted(file.name for file in (tmp_path / "papers").iterdir()) == [
        f"2026-11-12-{meeting}-{kind}.en.html"
        for meeting in ("evening", "strategic-2026-11")
        for kind in ("agenda", "minutes-form", "minutes")
    ]


def test_minutes_are_agreed_at_a_later_meeting_of_the_same_day(sigctl: Run, folder: Path) -> None:
    two = "".join(
        f"  - {{id: {id}, group: attendance, date: 2026-11-20, start: {start}, status: held, minutes: {{status: draft}}}}\n"
        for id, start in (("a-late", "18:00"), ("early", "15:30"))
    )
    write(folder, {"meetings.yaml": FILES["meetings.yaml"] + two})
    assert sigctl("minutes", "agree", "attendance", "-w", folder).code == 0
    minutes = load(folder).cluster.meetings["early"].minutes
    assert minutes is not None
    assert minutes.agreed_at == "a-late"
    assert told(folder) == ()


def test_a_correction_of_a_confidential_item_is_for_members_alone(sigctl: Run, folder: Path) -> None:
    call = ("minutes", "show", "strategic-2026-11", "-w", folder, "--lang", "en", *TODAY)
    assert "Still secret." not in sigctl(*call).out
    assert "Still secret." in sigctl(*call, "--confidential").out


# agree


def test_a_draft_is_agreed_at_the_next_meeting_that_was_held(sigctl: Run, folder: Path) -> None:
    later = "\n  - {id: attendance-2026-12, group: attendance, date: 2026-12-02, status: held}\n"
    write(folder, {"meetings.yaml": FILES["meetings.yaml"].rstrip("\n") + later})
    before = lines(folder)
    outcome = sigctl(
        "minutes",
        "agree",
        "attendance",
        "-w",
        folder,
        "--correction",
        "cy: Roedd Siân yno | en: Siân was there",
        "--correction",
        "Item 3: yes",
    )
    assert outcome.code == 0
    assert "    minutes: {status: draft}" not in lines(folder)
    assert len(lines(folder)) == len(before)
    minutes = load(folder).cluster.meetings["attendance-2026-11"].minutes
    assert minutes is not None
    assert (minutes.status, minutes.agreed_at) == ("agreed", "attendance-2026-12")
    assert [each.text.words for each in minutes.corrections] == [("Roedd Siân yno", "Siân was there"), ("Item 3: yes", "Item 3: yes")]


def test_agreed_minutes_are_signed_later_and_corrected_once_more(sigctl: Run, folder: Path) -> None:
    text = (
        FILES["meetings.yaml"]
        .replace("status: signed", "status: agreed")
        .replace("      signed_by: aberdare-head\n      signed_on: 2026-12-03\n", "")
    )
    write(folder, {"meetings.yaml": text})
    assert sigctl("minutes", "agree", "strategic-2026-11", "--signed-by", "porth-head", "-w", folder).code == 0
    outcome = sigctl("minutes", "agree", "strategic-2026-11", "--correction", "The correction was wrong", "-w", folder)
    assert outcome.code == 0
    assert "a confidential item needs `item:`" in outcome.err
    cluster = load(folder).cluster
    standing = minutes_page(cluster, cluster.meetings["strategic-2026-11"], cluster.meetings["strategic-2026-12"].date).state
    assert (standing.status, standing.signed_by and standing.signed_by.id, str(standing.signed_on)) == (
        "signed",
        "porth-head",
        "2026-12-03",
    )
    assert len(standing.corrections) == 3
    assert told(folder) == ()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("attendance",), "has held no meeting since `attendance-2026-11`"),
        (("attendance", "--at", "strategic-2026-12"), "is no later meeting of `attendance`"),
        (("attendance", "--at", "nowhere"), "there is no meeting `nowhere`"),
        (("strategic-2026-11",), "are signed already, at meetings.yaml:"),
        (("strategic-2026-12",), "has no minutes yet"),
        (("strategic-2026-11", "--signed-by", "nobody"), "there is no person `nobody`"),
        (("strategic-2026-09", "--at", "strategic-2027-01"), "`strategic-2027-01` is planned, so it agreed nothing"),
        (("strategic-2026-09", "--signed-by", "gone-head"), "`gone-head` did not belong to `strategic` on 2026-11-12"),
        (("strategic-2026-11", "--correction", "cy: a cy: b"), "is not clear about its languages"),
        (("strategic-2026-11", "--correction", " "), "there is no text"),
    ],
)
def test_what_cannot_be_agreed(arguments: tuple[str, ...], message: str, sigctl: Run, folder: Path) -> None:
    early = "    decisions:\n      - {id: s1,"
    write(folder, {"meetings.yaml": FILES["meetings.yaml"].replace(early, f"    minutes: {{status: draft}}\n{early}")})
    before = lines(folder)
    outcome = sigctl("minutes", "agree", *arguments, "-w", folder)
    assert outcome.code in (1, 2)
    assert message in outcome.err
    assert lines(folder) == before


def test_a_change_that_would_make_the_files_invalid_is_not_written(sigctl: Run, folder: Path) -> None:
    before = lines(folder)
    outcome = sigctl("minutes", "agree", "strategic-2026-11", "--correction", "x" * 20_001, "-w", folder)
    assert outcome.code == 1
    assert "so nothing was changed" in outcome.err
    assert lines(folder) == before


def test_templates_are_tried_with_minutes_of_the_workspace(sigctl: Run, folder: Path) -> None:
    (folder / "templates").mkdir()
    (folder / "templates" / "minutes.md.j2").write_text(
        '{% extends "sigctl/minutes.md.j2" %}\n{% block title %}# {{ page.nothing }}\n{% endblock %}\n'
    )
    found = json.loads(sigctl("check", "--format", "json", "-w", folder).out)["problems"]
    assert [(each["file"], each["line"]) for each in found] == [("templates/minutes.md.j2", 2)]


def test_what_was_carried_over_becomes_an_item_and_comes_again(sigctl: Run, tmp_path: Path) -> None:
    folder = write(tmp_path / "carried", AGENDAS)
    outcome = sigctl("minutes", "new", "strategic-2026-12", "-w", folder, "--today", "2026-12-02")
    assert "1 item under `items:`" in outcome.err
    cluster = load(folder).cluster
    *own, travel = cluster.meetings["strategic-2026-12"].items
    assert (travel.id, travel.title.en, travel.lead, travel.carried) == ("travel", "Travel costs", "dan-head", True)
    assert [item.id for item in own] == ["budget", None, None, None]
    assert "        travel:" in (folder / "meetings.yaml").read_text()
    later = sigctl("agenda", "--meeting", "strategic-2027-01", "-w", folder, "--today", "2026-12-03", "--lang", "en").out
    assert "Travel costs" in later
