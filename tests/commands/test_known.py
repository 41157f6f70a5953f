"""An id that nothing has: every command refuses it alike, with what was meant or what there is."""

from pathlib import Path

import pytest
from minuted import FILES
from viewed import FILES as ROUND
from workspaces import write

from tests.commands.conftest import Run

TODAY = ("--today", "2026-12-04")
MEETING = "strategic-2026-11"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "cynon", FILES)


@pytest.mark.parametrize(
    ("arguments", "kind", "near"),
    [
        (("agenda", "strategik"), "group", "strategic"),
        (("groups", "strategik"), "group", "strategic"),
        (("report", "groups", "strategik"), "group", "strategic"),
        (("actions", "--group", "strategik"), "group", "strategic"),
        (("agenda", "--meeting", "strategic-2027-01x"), "meeting", "strategic-2027-01"),
        (("minutes", "agree", MEETING, "--at", "strategic-2026-12x"), "meeting", "strategic-2026-12"),
        (("minutes", "agree", MEETING, "--signed-by", "porth-haed"), "person", "porth-head"),
        (("actions", "--owner", "porth-haed"), "person", "porth-head"),
        (("actions", "add", MEETING, "x", "--owner", "porth-haed"), "person", "porth-head"),
        (("actions", "--school", "treorchi"), "school", "treorchy"),
        (("actions", "add", MEETING, "x", "--school", "treorchi"), "school", "treorchy"),
    ],
)
def test_an_id_that_nothing_has(arguments: tuple[str, ...], kind: str, near: str, sigctl: Run, folder: Path) -> None:
    told = sigctl(*arguments, "-w", folder)
    wrong = next(each for each in arguments if each in ("strategik", "strategic-2027-01x", "strategic-2026-12x", "porth-haed", "treorchi"))
    assert (told.code, told.out) == (2, "")
    assert told.err.endswith(f"error: there is no {kind} `{wrong}`\n   = did you mean `{near}`?\n")


def test_an_id_of_the_rota_that_nothing_has(sigctl: Run, tmp_path: Path) -> None:
    folder = write(tmp_path / "small", ROUND)
    told = sigctl("rota", "papers", "--school", "brynn", "-w", folder, *TODAY)
    assert (told.code, told.err) == (2, "sigctl: error: there is no school `brynn`\n   = did you mean `bryn`?\n")
    told = sigctl("rota", "papers", "--person", "bryn-haed", "-w", folder, *TODAY)
    assert (told.code, told.err) == (2, "sigctl: error: there is no person `bryn-haed`\n   = did you mean `bryn-head`?\n")


def test_a_person_of_a_swap_that_nobody_is(sigctl: Run, tmp_path: Path) -> None:
    folder = write(tmp_path / "small", ROUND)
    told = sigctl("rota", "swap", "mor", "dan-head", "bryn-haed", "-w", folder, "--today", "2026-11-20")
    assert (told.code, told.err) == (2, "sigctl: error: there is no person `bryn-haed`\n   = did you mean `bryn-head`?\n")


def test_where_nothing_is_near_it_is_said_what_there_is(sigctl: Run, folder: Path) -> None:
    assert "= the groups are attendance, strategic\n" in sigctl("groups", "zzz", "-w", folder).err
    assert "= the schools are aberdare, gone, porth, treorchy\n" in sigctl("actions", "--school", "zzz", "-w", folder).err
    (folder / "groups.yaml").write_text("groups: []\n")
    (folder / "meetings.yaml").unlink()
    assert "= `sigctl explain groups` shows how to write one\n" in sigctl("groups", "zzz", "-w", folder).err
