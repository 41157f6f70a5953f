"""What the first users of a published rota stumbled over: answers that were not true, or did not tell the reason."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from .conftest import CONWY, ROOT, Run

GWYNEDD = ROOT / "examples" / "gwynedd-fourteen"
TODAY = ("--today", "2026-11-22")
PUBLISHED = Path("rotas") / "round-3.yaml"


@pytest.fixture
def gwynedd(tmp_path: Path) -> Path:
    """A copy of the example in mid-round."""
    return Path(shutil.copytree(GWYNEDD, tmp_path / "gwynedd"))


@pytest.fixture
def conwy(tmp_path: Path) -> Path:
    """A copy of the example of seven schools."""
    return Path(shutil.copytree(CONWY, tmp_path / "conwy", ignore=shutil.ignore_patterns("rotas", "*.csv")))


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def _another_weekday(day: str) -> str:
    """A weekday that no visit of one or two days has that begins on a day."""
    return ("mon", "tue", "wed", "thu", "fri")[(date.fromisoformat(day).weekday() + 3) % 5]


def part(text: str, begin: str) -> str:
    """The lines that hold some words."""
    return "\n".join(line for line in text.splitlines() if begin in line)


def test_a_visit_that_is_done_is_not_called_fixed(sigctl: Run, gwynedd: Path) -> None:
    done = sigctl("rota", "why", "bro-idris", "-w", gwynedd, *TODAY)
    assert done.code == 0
    assert "fixed" not in done.out
    assert done.out.count("was there: the visit is done") == 3
    told = json.loads(sigctl("rota", "why", "bro-idris", "-w", gwynedd, *TODAY, "--format", "json").out)
    assert not any(member["fixed"] for member in told["members"])


def test_why_says_who_fixed_a_day_why_and_until_when_and_that_people_were_told(sigctl: Run, gwynedd: Path) -> None:
    out = sigctl("rota", "why", "tywyn", "-w", gwynedd, *TODAY).out
    assert "Its first day was fixed in the cycle by secretary (until 2027-01-31): the hall is booked for the feedback meeting." in out
    assert "It is told in the published rota" in out
    assert "Headteacher, Ysgol Godre'r Berwyn" in out


def test_why_names_the_visit_that_took_place_and_the_rule_that_follows(sigctl: Run, gwynedd: Path) -> None:
    line = part(sigctl("rota", "why", "tywyn", "-w", gwynedd, *TODAY).out, "  bro-idris-deputy (")
    assert "`swaps: false`" in line
    assert "the visit at `bro-idris` took place from 2026-11-03" in line


def test_why_names_the_fixed_visit_that_fills_a_week(sigctl: Run, gwynedd: Path) -> None:
    line = part(sigctl("rota", "why", "dyffryn-ogwen", "-w", gwynedd, *TODAY).out, "the week of 11 Jan:")
    assert "the week is full with the 1 visit at `tywyn`" in line
    assert "fixed by hand" in line


def test_a_member_of_a_told_visit_who_can_no_longer_come_is_not_called_fixed(sigctl: Run, gwynedd: Path) -> None:
    told = next(
        each
        for each in json.loads(sigctl("rota", "show", "-w", gwynedd, *TODAY, "--format", "json").out)["visits"]
        if each["state"] == "told"
    )
    person, day = told["lead"], told["dates"][0]
    change(gwynedd / "people.yaml", f"id: {person}\n", f"id: {person}\n    weekdays: [{_another_weekday(day)}]\n")
    done = sigctl("rota", "-w", gwynedd, "-n", *TODAY)
    assert done.code == 4, done.err
    told_of = part(done.err, f"`{person}` is in the team at ")
    assert f"`{told['host']}`" in told_of
    assert "in the published rota, and people have been told, but can no longer be there" in told_of
    assert "`sigctl rota replan`" in done.err
    assert "out of `fixed`" not in done.err


def test_a_rota_in_part_says_which_people_are_missing(sigctl: Run, conwy: Path) -> None:
    change(conwy / "round-4.yaml", "leads: 1 ", "leads: 2 ")
    change(conwy / "round-4.yaml", "visits_per_reviewer: 2", "visits_per_reviewer: 1")
    told = json.loads(sigctl("rota", "-w", conwy, "--partial", "-n", "--today", "2026-10-01", "--format", "json").out)
    (left,) = told["left_out"]
    (lack,) = left["lacks"]
    assert lack["rule"] == "leads"
    assert lack["text"].startswith("2 leads are needed, and ")
    assert "1 is the most" in lack["text"]


@pytest.mark.parametrize(
    "view", [(), ("--view", "schools"), ("--view", "people"), ("--format", "json"), ("--view", "dates", "--format", "xlsx")]
)
def test_a_half_term_is_refused_where_all_is_shown(sigctl: Run, gwynedd: Path, view: tuple[str, ...]) -> None:
    done = sigctl("rota", "show", "-w", gwynedd, *TODAY, "--half-term", "autumn-2", "-o", gwynedd / "out", *view)
    assert done.code == 2
    assert "add --view dates or --view calendar" in done.err


def test_the_dates_are_those_of_the_half_term(sigctl: Run, gwynedd: Path) -> None:
    shown = sigctl("rota", "show", "-w", gwynedd, *TODAY, "--half-term", "spring-2", "--view", "dates", "--lang", "en").out
    assert "Spring term 2" in shown
    assert "Autumn term 2" not in shown
    assert "Spring term 1" not in shown
    wrong = sigctl("rota", "show", "-w", gwynedd, *TODAY, "--half-term", "xx", "--view", "dates")
    assert (wrong.code, "no half term `xx`" in wrong.err) == (2, True)


def test_a_visit_that_has_not_begun_is_not_done(sigctl: Run, gwynedd: Path) -> None:
    before = (gwynedd / PUBLISHED).read_bytes()
    done = sigctl("rota", "mark", "tywyn", "done", "-w", gwynedd, *TODAY)
    assert done.code == 2
    assert "begins on Wed 13 Jan 2027" in done.err
    assert (gwynedd / PUBLISHED).read_bytes() == before
    assert sigctl("rota", "mark", "tywyn", "done", "-w", gwynedd, "--today", "2027-01-13").code == 0


def test_what_was_done_is_taken_back_with_a_warning(sigctl: Run, gwynedd: Path) -> None:
    done = sigctl("rota", "mark", "bro-idris", "planned", "-w", gwynedd, *TODAY)
    assert done.code == 0
    assert "warning: `bro-idris` was done" in done.err


def test_a_broken_cycle_is_reported_alone(sigctl: Run, gwynedd: Path) -> None:
    text = (gwynedd / "rounds.yaml").read_text(encoding="utf-8")
    text = text.replace("    goals: [fairness, travel]\n", "    by_hand: {one_per_scool: blok}\n    goals: [fairness, travel]\n", 1)
    (gwynedd / "rounds.yaml").write_text(text, encoding="utf-8")
    done = sigctl("check", "-w", gwynedd)
    assert done.code == 1
    assert "did you mean `one_per_school`? And `blok` is not one of block, warn, allow: did you mean `block`?" in done.out + done.err
    assert "warning" not in done.out + done.err


def test_what_is_fixed_until_a_day_is_a_warning_where_it_cannot_be(sigctl: Run, gwynedd: Path) -> None:
    change(gwynedd / "rounds.yaml", "start: 2027-01-13, by: secretary", "start: 2027-01-16, by: secretary")
    done = sigctl("check", "-w", gwynedd)
    assert done.code == 0
    assert "warning: Saturday 16 January 2027 is at the weekend [fixed-start-until]" in done.out + done.err
    assert "why: the hall is booked" in done.out + done.err


def test_slack_and_wishes_are_said_in_whole_sentences(sigctl: Run, conwy: Path) -> None:
    cycle = conwy / "round-4.yaml"
    change(cycle, "goals: [fairness, travel]", "goals: [{goal: fairness, slack: 2}, preferences, travel]")
    for host in ("john-bright", "bryn-elian"):
        change(cycle, f"- {{host: {host}}}", f"- {{host: {host}, prefers: {{dates: [{{from: 2026-11-09, to: 2026-11-13}}]}}}}")
    out = sigctl("rota", "-w", conwy, "--today", "2026-10-01", "--lang", "en").out
    assert "the best possible is 2, the slack allowed is 2" in out
    assert "1 wish not met" in out
    assert out.count("    wish not met: ") == 1
    shown = sigctl("rota", "show", "-w", conwy, "--today", "2026-10-01", "--lang", "cy").out
    assert shown.count("    dymuniad heb ei fodloni: ") == 1
