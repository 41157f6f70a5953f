"""`sigctl agenda`: which meetings it takes, what it says on the way, where the papers go."""

import json
from pathlib import Path

import pytest
from agendas import FILES, changed
from workspaces import write

from sigctl.reports.agenda.order import MINUTES

from .conftest import Run

TODAY = ("--today", "2026-11-20")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "cluster", FILES)


def test_the_next_meeting_of_a_group(sigctl: Run, folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    done = sigctl("agenda", "strategic", "-w", folder, "--lang", "en", *TODAY)
    assert done.code == 0
    assert "Agenda: Strategic Group" in done.out
    assert "Tuesday 1 December 2026" in done.out
    assert "warning: the items take 127 minutes, but the meeting has 90; 60 are for its own items and presentations" in done.err
    assert "warning: the paper `budget.pdf` of item 9 is not in the workspace" in done.err
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_paper_that_is_in_the_workspace_is_not_missed(sigctl: Run, folder: Path) -> None:
    (folder / "papers").mkdir()
    (folder / "papers" / "budget.pdf").write_bytes(b"")
    done = sigctl("agenda", "strategic", "-w", folder, "--lang", "en", *TODAY)
    assert "budget.pdf" not in done.err
    assert "to follow" not in done.out


def test_quiet_says_nothing_besides(sigctl: Run, folder: Path) -> None:
    assert sigctl("agenda", "strategic", "-w", folder, "-q", *TODAY).err == ""


def test_strict_prints_nothing_while_something_is_lacking(sigctl: Run, folder: Path) -> None:
    done = sigctl("agenda", "strategic", "-w", folder, "--strict", *TODAY)
    assert (done.code, done.out) == (1, "")
    assert "5 things lacking" in done.err
    more = "groups: [{id: new, name: N, kind: working}]\nmeetings: [{id: d, group: new, date: 2026-12-09, start: 15:00, chair: pen-head}]\n"
    (folder / "more.yaml").write_text(more, encoding="utf-8")
    ready = sigctl("agenda", "--meeting", "d", "-w", folder, "--strict", *TODAY)
    assert ready.code == 0, ready.err


def test_both_languages_by_default_and_the_clusters_own_words(sigctl: Run, folder: Path) -> None:
    (folder / "sigctl.yaml").write_text(FILES["sigctl.yaml"] + "words: {agenda.agenda: {cy: Rhaglen, en: Programme}}\n", encoding="utf-8")
    done = sigctl("agenda", "strategic", "-w", folder, *TODAY)
    assert "Rhaglen: Grŵp Strategol" in done.out
    assert "Programme: Strategic Group" in done.out


def test_every_meeting_of_a_half_term_a_file_each(sigctl: Run, folder: Path, tmp_path: Path) -> None:
    done = sigctl("agenda", "-w", folder, "--half-term", "autumn-2", "--lang", "cy", "--format", "html", "-o", tmp_path / "papers", *TODAY)
    assert done.code == 0, done.err
    assert sorted(path.name for path in (tmp_path / "papers").iterdir()) == [
        "2026-12-01-strategic-agenda.cy.html",
        "2026-12-04-literacy-agenda.cy.html",
        "2026-12-08-attendance-agenda.cy.html",
    ]
    literacy = (tmp_path / "papers" / "2026-12-04-literacy-agenda.cy.html").read_text(encoding="utf-8")
    assert "cynnig, heb ei gadarnhau eto" in literacy


def test_two_meetings_of_a_group_on_one_day_have_a_file_each(sigctl: Run, tmp_path: Path) -> None:
    more = "  - {id: attendance-late, group: attendance, date: 2026-12-08, start: 18:00}\n"
    files = {**FILES, "meetings.yaml": FILES["meetings.yaml"] + more}
    folder = write(tmp_path / "c", files)
    sigctl("agenda", "attendance", "-w", folder, "--half-term", "autumn-2", "--lang", "cy", "-o", tmp_path / "papers", *TODAY)
    assert sorted(path.name for path in (tmp_path / "papers").iterdir()) == [
        "2026-12-08-attendance-2026-12-agenda.cy.txt",
        "2026-12-08-attendance-late-agenda.cy.txt",
    ]


def test_meetings_that_took_place_are_left_out_of_a_half_term_and_told(sigctl: Run, folder: Path) -> None:
    done = sigctl("agenda", "-w", folder, "--half-term", "autumn-1", "--today", "2026-10-19")
    assert done.code == 1
    assert "left out, as held: 3 meetings of autumn-1" in done.err
    assert "there is no meeting to come in autumn-1 of 2026-27" in done.err


@pytest.mark.parametrize("name", ["spring-1", "Gwanwyn 1", "spring 1", "SPRING-1"])
def test_a_half_term_by_id_or_name(sigctl: Run, folder: Path, name: str) -> None:
    done = sigctl("agenda", "strategic", "-w", folder, "--half-term", name, "--lang", "en", *TODAY)
    assert "Thursday 28 January 2027" in done.out


def test_dates_are_proposed_where_none_is_set(sigctl: Run, folder: Path) -> None:
    done = sigctl("agenda", "literacy", "-w", folder, "--half-term", "spring-1", "--format", "json", *TODAY)
    agenda = json.loads(done.out)["agendas"][0]
    assert agenda["meeting"] is None
    assert len(agenda["proposals"]) == 3
    assert agenda["date"] == agenda["proposals"][0]["date"]
    assert all(each["free"] for each in agenda["proposals"])


def test_without_a_half_term_the_first_that_has_a_day(sigctl: Run, folder: Path) -> None:
    done = sigctl("agenda", "literacy", "-w", folder, "--lang", "en", "--today", "2026-12-18")
    assert done.code == 0
    assert "January 2027 (proposed, not yet settled)" in done.out


def test_one_meeting_even_if_it_was_held(sigctl: Run, folder: Path) -> None:
    done = sigctl("agenda", "--meeting", "strategic-2026-10", "-w", folder, "--lang", "en", *TODAY)
    assert "Thursday 8 October 2026" in done.out


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["strategc"], 2, "there is no group `strategc`\n   = did you mean `strategic`?"),
        (["--meeting", "strategic-2026-13"], 2, "did you mean `strategic-2026-1"),
        (["strategic", "--meeting", "attendance-2026-12"], 2, "`attendance-2026-12` is a meeting of `attendance`"),
        (["--meeting", "strategic-2026-12", "--half-term", "autumn-2"], 2, "exclude each other"),
        (["--half-term", "autum-2"], 2, "there is no half term `autum-2`\n   = did you mean `autumn-2`?"),
        (["old"], 1, "`old` has no meeting to come, and no day can be proposed"),
        (["old", "--half-term", "spring-1"], 1, "it has ended"),
        (["literacy", "--half-term", "autumn-1"], 1, "`literacy` has no meeting in autumn-1 of 2026-27, which is over"),
    ],
)
def test_what_cannot_be_made_is_told_with_what_to_do(sigctl: Run, folder: Path, arguments: list[str], code: int, told: str) -> None:
    done = sigctl("agenda", *arguments, "-w", folder, *TODAY)
    assert done.code == code
    assert told in done.err
    assert done.out == ""


def test_a_cancelled_meeting_has_no_agenda(sigctl: Run, tmp_path: Path) -> None:
    folder = write(tmp_path / "c", changed("group: attendance, date: 2026-12-08", "group: attendance, date: 2026-12-08, status: cancelled"))
    done = sigctl("agenda", "--meeting", "attendance-2026-12", "-w", folder, *TODAY)
    assert (done.code, "is cancelled" in done.err) == (1, True)


def test_without_calendars_a_half_term_cannot_be_meant(sigctl: Run, tmp_path: Path) -> None:
    files = {"sigctl.yaml": "sigctl: 1\ncluster: {id: c, name: C}\n", "g.yaml": "groups: [{id: g, name: G, kind: working}]\n"}
    done = sigctl("agenda", "-w", write(tmp_path / "c", files), *TODAY)
    assert done.code == 2
    assert "the workspace has no calendar" in done.err


def test_json_as_the_help_promises(sigctl: Run, folder: Path) -> None:
    told = json.loads(sigctl("agenda", "strategic", "-w", folder, "--format", "json", *TODAY).out)
    assert (told["format"], told["version"]) == ("sigctl-agenda", 1)
    agenda = told["agendas"][0]
    assert (agenda["group"], agenda["meeting"], agenda["date"], agenda["start"]) == (
        "strategic",
        "strategic-2026-12",
        "2026-12-01",
        "15:45",
    )
    items = {item["block"]: item for item in agenda["items"]}
    assert items["actions"]["actions"][0] == {"id": "data-2026-10/b1", "state": "overdue"}
    assert items["feedback"]["feedback"] == "attendance"
    assert items["carried"]["carried"] == 3
    assert items["next-meeting"]["next"]["date"] == "2027-01-28"
    assert next(item for item in agenda["items"] if item["id"] == "budget")["papers"] == [{"name": "budget.pdf", "here": False}]
    assert next(each["message"] for each in agenda["lacking"]).startswith("the items take")


def test_the_same_files_give_the_same_bytes(sigctl: Run, folder: Path) -> None:
    once = sigctl("agenda", "--half-term", "autumn-2", "-w", folder, *TODAY)
    assert once.out == sigctl("agenda", "--half-term", "autumn-2", "-w", folder, *TODAY).out


def test_the_help_tells_how_long_each_block_takes(sigctl: Run) -> None:
    told = " ".join(sigctl("agenda", "--help").out.split()).replace("carried and items 10 each", "carried 10, items 10")
    told = told.replace("welcome, interests and next-meeting none", "welcome 0, interests 0, next-meeting 0")
    for block, minutes in MINUTES.items():
        assert f"{block} {minutes}" in told, block


class TestConfidential:
    CALL = ("agenda", "--meeting", "strategic-2026-12", "--lang", "en", "--today", "2026-11-20")

    @pytest.mark.parametrize("format", ["text", "md", "html", "json"])
    def test_only_the_confidential_part_tells_what_it_is(self, format: str, sigctl: Run, folder: Path) -> None:
        text = "title: {cy: Staff, en: Staff}, lead: bryn-head, confidential: true"
        write(folder, {"meetings.yaml": FILES["meetings.yaml"].replace(text, "title: SECRET, paper: SECRET.pdf, confidential: true")})
        ordinary = sigctl(*self.CALL, "--format", format, "-w", folder)
        assert "SECRET" not in ordinary.out + ordinary.err
        part = sigctl(*self.CALL, "--format", format, "--confidential", "-w", folder).out
        assert "SECRET" in part
        assert "Budget" not in part

    def test_it_has_a_file_of_its_own(self, sigctl: Run, folder: Path, tmp_path: Path) -> None:
        sigctl(*self.CALL, "--confidential", "--format", "html", "-o", f"{tmp_path}/papers/", "-w", folder)
        assert [file.name for file in (tmp_path / "papers").iterdir()] == ["2026-12-01-strategic-agenda-confidential.en.html"]

    def test_where_nothing_is_confidential_there_is_none(self, sigctl: Run, folder: Path) -> None:
        outcome = sigctl("agenda", "attendance", "--confidential", "-w", folder, "--today", "2026-11-20")
        assert outcome.code == 1
        assert "nothing on this agenda is confidential" in outcome.err


def test_a_workspace_without_groups_says_what_to_write(sigctl: Run, tmp_path: Path) -> None:
    (tmp_path / "sigctl.yaml").write_text("sigctl: 1\ncluster: {id: a, name: A, languages: [en]}\n")
    outcome = sigctl("agenda", "-w", tmp_path)
    assert outcome.code == 1
    assert "sigctl explain groups" in outcome.err
