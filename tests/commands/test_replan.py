"""`sigctl rota replan`, on fourteen schools with a published rota: least change, ways to choose from, nothing moved that may not."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from commands.conftest import ROOT, Run
from sigctl.commands.exit_codes import ExitCode

GWYNEDD = ROOT / "examples" / "gwynedd-fourteen"
TODAY = ("--today", "2026-11-22")


@pytest.fixture
def gwynedd(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GWYNEDD, tmp_path / "gwynedd"))


def told(sigctl: Run, folder: Path, *arguments: str) -> dict[str, Any]:
    done = sigctl("rota", "replan", "-w", folder, *TODAY, "--format", "json", *arguments)
    assert done.code == 0, done.err
    found: dict[str, Any] = json.loads(done.out)
    return found


def changed(folder: Path, name: str, old: str, new: str) -> None:
    file = folder / name
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old} stands {text.count(old)} times in {name}"
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_one_postponement_moves_one_visit_which_is_proven_least(sigctl: Run, gwynedd: Path) -> None:
    found = told(sigctl, gwynedd, "--postpone", "ardudwy")
    assert found["status"] == "optimal"
    assert found["goals"][0] == {"name": "changes", "value": 1, "bound": 1}
    assert [change["host"] for change in found["changes"]] == ["ardudwy"]
    before, after = found["changes"][0]["before"], found["changes"][0]["after"]
    assert after["dates"] > before["dates"]
    assert found["options"][0]["changes"] == found["changes"]
    assert all(way["goals"][0]["bound"] == 1 for way in found["options"])
    assert len({json.dumps(way["changes"]) for way in found["options"]}) == len(found["options"]) == 3


def test_the_draft_is_the_way_that_was_taken_and_can_be_published(sigctl: Run, gwynedd: Path) -> None:
    second = told(sigctl, gwynedd, "--postpone", "ardudwy", "-n")["options"][1]["changes"]
    assert not (gwynedd / "rotas" / "round-3.draft.yaml").exists()
    done = sigctl("rota", "replan", "-w", gwynedd, *TODAY, "--postpone", "ardudwy", "--take", "2")
    assert "wrote rotas/round-3.draft.yaml" in done.err
    differ = sigctl("rota", "diff", "-w", gwynedd, *TODAY, "--format", "json")
    assert json.loads(differ.out)["changes"] == second
    assert sigctl("rota", "publish", "-w", gwynedd, *TODAY).code == 0
    assert told(sigctl, gwynedd)["changes"] == []


def test_somebody_who_is_ill_is_replaced_and_all_dates_stay(sigctl: Run, gwynedd: Path) -> None:
    found = told(sigctl, gwynedd, "--away", "friars-deputy=2026-11-23..")
    assert {change["what"] for change in found["changes"]} == {"team"}
    assert all("friars-deputy" not in visit["team"] for visit in found["visits"] if visit["dates"][0] > "2026-11-22")
    assert found["goals"][0]["value"] == found["goals"][0]["bound"] == len(found["changes"]) == 2


def test_an_inspection_on_monday_for_the_next_two_days(sigctl: Run, gwynedd: Path) -> None:
    found = told(sigctl, gwynedd, "--inspection", "godrer-berwyn=2026-11-30..2026-12-01")
    assert [change["host"] for change in found["changes"]] == ["godrer-berwyn"]
    homes = "godrer-berwyn-"
    for visit in found["visits"]:
        if {"2026-11-30", "2026-12-01"} & set(visit["dates"]):
            assert visit["host"] != "godrer-berwyn"
            assert not any(member.startswith(homes) for member in visit["team"])


def test_what_the_files_say_is_read(sigctl: Run, gwynedd: Path) -> None:
    """A visit that is cancelled but still wanted gets other days; one that is wanted no more goes; done ones stay."""
    assert sigctl("rota", "mark", "cancelled", "ardudwy", "-w", gwynedd, *TODAY).code == 0
    found = told(sigctl, gwynedd)
    assert [(change["host"], change["what"]) for change in found["changes"] if change["what"] != "details"] == [("ardudwy", "new")]
    done = [visit for visit in found["visits"] if visit["dates"][0] < "2026-11-22"]
    assert {visit["host"] for visit in done} == {"bro-idris", "syr-hugh-owen", "dyffryn-nantlle"}
    assert all(visit["dates"][0] > "2026-11-22" for visit in found["visits"] if visit["host"] == "ardudwy")


@pytest.mark.parametrize(("left", "what"), [("2026-11-20", "cancelled"), ("2026-12-18", "moved")])
def test_a_school_that_leaves_is_visited_before_or_not_at_all(sigctl: Run, gwynedd: Path, left: str, what: str) -> None:
    changed(gwynedd, "schools.yaml", "  - id: eifionydd\n", f"  - id: eifionydd\n    left: {left}\n")
    found = told(sigctl, gwynedd)
    own = next(change for change in found["changes"] if change["host"] == "eifionydd")
    assert own["what"] == what
    assert own["after"] is None or own["after"]["dates"][-1] <= left
    later = [visit for visit in found["visits"] if visit["dates"][0] > left]
    assert later
    assert not any(member.startswith("eifionydd-") for visit in later for member in visit["team"])


def test_nothing_to_change_writes_nothing(sigctl: Run, gwynedd: Path) -> None:
    done = sigctl("rota", "replan", "-w", gwynedd, *TODAY, "--lang", "en")
    assert (done.code, done.out) == (0, "Nothing changes.\n")
    assert not (gwynedd / "rotas" / "round-3.draft.yaml").exists()


def test_the_ways_are_told_in_both_languages_with_their_price(sigctl: Run, gwynedd: Path) -> None:
    english = sigctl("rota", "replan", "-w", gwynedd, *TODAY, "--postpone", "ardudwy", "-n", "--lang", "en").out
    welsh = sigctl("rota", "replan", "-w", gwynedd, *TODAY, "--postpone", "ardudwy", "-n", "--lang", "cy").out
    assert english.count("Way ") == welsh.count("Ffordd ") == 3
    assert "Changes: 1 visit changed; fewest possible" in english
    assert "Mon 7 Dec" in english
    assert "Llun 7 Rhag" in welsh


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--postpone", "ardudwi"], ExitCode.USAGE, "there is no visit at `ardudwi`"),
        (["--away", "friars-depty=2026-11-23"], ExitCode.USAGE, "did you mean `friars-deputy`?"),
        (["--away", "friars-deputy"], ExitCode.USAGE, "write it as ID=2026-11-12..2026-11-20"),
        (["--inspection", "tywyn=2026-11-23..2026-11-20"], ExitCode.USAGE, "ends before it begins"),
        (["--cycle", "round-4"], ExitCode.USAGE, "there is no cycle `round-4`"),
    ],
)
def test_what_is_not_known_is_told(sigctl: Run, gwynedd: Path, arguments: list[str], code: int, message: str) -> None:
    done = sigctl("rota", "replan", "-w", gwynedd, *TODAY, *arguments)
    assert done.code == code
    assert message in done.err


def test_before_anything_is_published_there_is_nothing_to_change(sigctl: Run, gwynedd: Path) -> None:
    (gwynedd / "rotas" / "round-3.yaml").unlink()
    done = sigctl("rota", "replan", "-w", gwynedd, *TODAY)
    assert done.code == ExitCode.PROBLEMS
    assert "`sigctl rota publish`" in done.err


def test_where_there_is_no_way_out_it_says_why(sigctl: Run, gwynedd: Path) -> None:
    done = sigctl("rota", "replan", "-w", gwynedd, *TODAY, "--inspection", "tryfan=2026-11-23..")
    assert done.code == ExitCode.NO_ROTA
    assert "tryfan" in done.err
    assert not (gwynedd / "rotas" / "round-3.draft.yaml").exists()
