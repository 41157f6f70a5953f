"""`sigctl groups`: all groups or one, as at any day, for people and for other programs. It changes no file."""

import csv
import io
import json
from pathlib import Path

import pytest
from lived import FILES, MINIMAL
from workspaces import write

from .conftest import Run

TODAY = ("--today", "2026-11-20")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "cluster", FILES)


def test_all_groups_stand_in_a_table_in_the_languages_of_the_cluster(folder: Path, sigctl: Run) -> None:
    done = sigctl("groups", "-w", folder, *TODAY)
    assert (done.code, done.err) == (0, "")
    for told in (
        "Presenoldeb (gweithgor)",
        "i'w adolygu",
        "Attendance (working group)",
        "due for review",
        "5 + 1 guest",
        "19 January 2027",
    ):
        assert told in done.out
    assert sigctl("groups", "-w", folder, *TODAY, "--lang", "en").out.count("Attendance (working group)") == 1


@pytest.mark.parametrize("format", ["text", "md"])
def test_where_there_are_no_groups_it_says_so_and_shows_no_table(format: str, tmp_path: Path, sigctl: Run) -> None:
    empty = write(tmp_path / "empty", {"sigctl.yaml": "sigctl: 1\ncluster: {id: c, name: C}\n"})
    done = sigctl("groups", "-w", empty, *TODAY, "--lang", "en", "--format", format)
    assert done.code == 0
    assert "The files name no group." in done.out
    assert "Chair or convenor" not in done.out


def test_below_the_table_stands_who_has_gone_quiet_in_which_group(folder: Path, sigctl: Run) -> None:
    lines = [" ".join(line.split()) for line in sigctl("groups", "-w", folder, *TODAY, "--lang", "en").out.splitlines()]
    assert "Attendance Tal-y-bont School 2 no word: somebody should call not in these files" in lines
    assert "Who has gone quiet" not in sigctl("groups", "-w", folder, *TODAY, "--lang", "en", "--missed", "5").out


def test_one_group_is_told_in_full(folder: Path, sigctl: Run) -> None:
    done = sigctl("groups", "presence", "-w", folder, *TODAY, "--lang", "en", "--format", "md")
    text = " ".join(done.out.split())
    assert done.code == 0
    for told in ("Siân Ŵyn, Seaside School", "no word: somebody should call", "apologies each time", "Loughor Cluster", "partly met"):
        assert told in text
    assert "vacant since 21 July 2026" in " ".join(sigctl("groups", "strategic", "-w", folder, *TODAY, "--lang", "en").out.split())


def test_it_is_told_as_at_any_day(folder: Path, sigctl: Run) -> None:
    before = sigctl("groups", "presence", "-w", folder, *TODAY, "--as-at", "2026-08-31", "--lang", "en").out
    assert "31 August 2026" in before
    assert "Ysgol yr Hen Bont (sends whom it likes)" in " ".join(before.split())
    rows = sigctl("groups", "-w", folder, *TODAY, "--as-at", "2026-07-01", "--format", "json").out
    assert {row["group"]: row["state"] for row in json.loads(rows)["groups"]}["digital"] != "ended"


def test_how_many_meetings_are_too_many_can_be_said(folder: Path, sigctl: Run) -> None:
    found = {}
    for missed in (1, 2, 3, 5):
        told = sigctl("groups", "presence", "-w", folder, *TODAY, "--missed", missed, "--format", "json").out
        found[missed] = [line["id"] for line in json.loads(told)["quiet"]]
    assert found == {1: ["tal", "dan"], 2: ["tal", "dan"], 3: ["dan"], 5: []}
    assert sigctl("groups", "presence", "-w", folder, "--missed", "0").code == 2


def test_json_is_a_promise(folder: Path, sigctl: Run) -> None:
    all_told = json.loads(sigctl("groups", "-w", folder, *TODAY, "--format", "json").out)
    assert (all_told["format"], all_told["version"], all_told["as_at"]) == ("sigctl-groups", 1, "2026-11-20")
    assert set(all_told["groups"][0]) == {
        "group", "name", "kind", "state", "head", "members", "guests", "meets", "last", "next", "review_by", "quiet",
    }  # fmt: skip
    told = json.loads(sigctl("groups", "presence", "-w", folder, *TODAY, "--format", "json").out)
    assert (told["format"], told["version"], told["group"], told["state"]) == ("sigctl-group", 1, "presence", "due")
    assert told["quiet"][0] == {"kind": "school", "id": "tal", "missed": 2, "how": "no_word", "last_seen": None}
    assert [(each["criterion"], each["state"]) for each in told["criteria"]][:2] == [("present", "partly"), ("absent", "met")]
    assert told["members"][0]["marks"] == ["present", "present", "substitute", "present"]
    help_text = sigctl("groups", "--help").out
    assert all(f"`{key}`" in help_text for key in ("officers", "members", "marks", "quiet", "criteria", "reviews", "groups"))


def test_csv_has_a_line_for_each_group_or_for_each_member_and_meeting(folder: Path, sigctl: Run, tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(sigctl("groups", "-w", folder, *TODAY, "--format", "csv").out)))
    assert [row["group"] for row in rows] == ["strategic", "still", "presence", "digital", "new"]
    file = tmp_path / "marks.csv"
    assert sigctl("groups", "presence", "-w", folder, *TODAY, "--format", "csv", "-o", file).code == 0
    marks = list(csv.DictReader(io.StringIO(file.read_bytes().decode("utf-8-sig"))))
    assert [(row["date"], row["mark"]) for row in marks if row["member"] == "tal"] == [
        ("2026-09-22", "not_noted"),
        ("2026-11-10", "absent"),
    ]


@pytest.mark.parametrize("format", ["md", "html"])
@pytest.mark.parametrize("group", ["", "presence"])
def test_it_is_printed_as_a_paper(folder: Path, sigctl: Run, tmp_path: Path, format: str, group: str) -> None:
    file = tmp_path / f"groups.{format}"
    done = sigctl("groups", *([group] if group else []), "-w", folder, *TODAY, "--format", format, "-o", file)
    assert done.code == 0, done.err
    assert "Siân Ŵyn" in file.read_text(encoding="utf-8")


def test_nothing_is_written_into_the_workspace(folder: Path, sigctl: Run) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    for arguments in ((), ("presence",), ("--format", "json"), ("presence", "--format", "csv"), ("--format", "md")):
        assert sigctl("groups", *arguments, "-w", folder, *TODAY).code == 0
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_an_unknown_group_is_told_with_the_nearest(folder: Path, sigctl: Run) -> None:
    done = sigctl("groups", "presense", "-w", folder)
    assert done.code == 2
    assert "`presence`" in done.err


def test_a_workspace_without_groups_says_so_without_a_crash(tmp_path: Path, sigctl: Run) -> None:
    folder = write(tmp_path / "empty", {"sigctl.yaml": MINIMAL["sigctl.yaml"]})
    assert sigctl("groups", "-w", folder).code == 0
    assert sigctl("groups", "any", "-w", folder).code == 2
