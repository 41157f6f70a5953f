"""The views of a rota: what each counts, from a small published rota with one of everything."""

from datetime import date
from pathlib import Path

import pytest
from viewed import FILES, shown

from sigctl.commands.rota.shown import Shown
from sigctl.reports.visits import SchoolLine


@pytest.fixture
def small(tmp_path: Path) -> Shown:
    return shown(tmp_path)


def test_each_visit_has_its_state_and_both_kinds_of_lock_apart(small: Shown) -> None:
    visits = {visit.host_id: visit for visit in small.page.visits}
    assert {id: (visit.state, visit.is_announced, visit.settled is not None) for id, visit in visits.items()} == {
        "bryn": ("done", True, False),
        "dan": ("confirmed", True, True),
        "mor": ("planned", False, False),
        "pen": ("cancelled", False, False),
    }
    settled = visits["dan"].settled
    assert settled
    assert (settled.start, settled.by, settled.why, settled.until) == (
        date(2026, 11, 24), "secretary", "the hall is booked", date(2026, 12, 1),
    )  # fmt: skip


def test_reserves_stages_and_who_leads_them_are_there(small: Shown) -> None:
    bryn = small.page.visits[0]
    assert [member.id for member in bryn.reserves] == ["dan-head"]
    told = [(stage.name.en, stage.day, stage.is_due, [each.id for each in stage.facilitators]) for stage in bryn.stages]
    assert told == [("Self-evaluation", date(2026, 10, 20), True, []), ("Workshop", date(2026, 12, 2), False, ["mor-head"])]


def test_a_cancelled_visit_is_listed_and_counts_for_nothing(small: Shown) -> None:
    assert [visit.host_id for visit in small.page.visits] == ["bryn", "dan", "mor", "pen"]
    schools = {school.id: school for school in small.page.schools}
    assert _share(schools["pen"]) == (4, 0, 0)
    assert _share(schools["dan"]) == (1, 4, 0)
    assert _share(schools["bryn"]) == (1, 4, -2)
    assert schools["pen"].visit is None
    assert {each.given.visit.host_id for each in small.travel().journeys} <= {"bryn", "dan", "mor"}


def _share(school: SchoolLine) -> tuple[int, int, int]:
    return school.gives, school.receives, school.carried


def test_scores_are_those_of_the_rota_and_nothing_is_proved(small: Shown) -> None:
    scores = {proof.goal: (proof.value, proof.bound) for proof in small.page.proofs}
    balances = [school.balance for school in small.page.schools]
    assert scores == {"fairness": (max(balances) - min(balances), 0)}


def test_the_map_counts_the_kilometres_that_the_goal_counts(tmp_path: Path) -> None:
    round_4 = FILES["round.yaml"].replace("[fairness]", "[travel]")
    schools = FILES["schools.yaml"].replace("name: Tal-y-bont School", "name: Tal-y-bont School, location: {lat: 51.6, lon: -4.1}")
    all_placed = shown(tmp_path, {**FILES, "round.yaml": round_4, "schools.yaml": schools})
    assert all_placed.page.proofs[0].value == pytest.approx(all_placed.travel().kilometres)


def test_the_calendar_has_a_sheet_for_each_half_term_and_knows_why_a_school_is_shut(small: Shown) -> None:
    sheets = {sheet.id: sheet for sheet in small.calendar().sheets}
    assert list(sheets) == ["autumn-2", "spring-1", "spring-2"]
    assert [str(sheet.days[0]) for sheet in sheets.values()] == ["2026-11-09", "2027-01-04", "2027-02-15"]
    rows = {row.id: row for row in sheets["autumn-2"].rows}

    def at(sheet: str, day: str) -> int:
        return [str(each) for each in sheets[sheet].days].index(day)

    assert rows["dan"].shut[at("autumn-2", "2026-11-20")] == "staff_day"
    assert rows["mor"].shut[at("autumn-2", "2026-12-03")] == "closed"
    assert rows["bryn"].shut[at("autumn-2", "2026-11-20")] == ""
    spring = sheets["spring-1"]
    assert {row.shut[at("spring-1", "2027-01-04")] for row in spring.rows} == {"staff_day"}
    assert {row.shut[at("spring-1", "2027-02-10")] for row in spring.rows} == {"break"}


def test_the_calendar_says_who_is_host_and_who_is_out(small: Shown) -> None:
    sheet = small.calendar().sheets[0]
    tuesday = [str(day) for day in sheet.days].index("2026-11-10")
    rows = {row.id: row for row in sheet.rows}
    assert rows["bryn"].hosts(tuesday)
    assert [person.id for person in rows["pen"].out(tuesday)] == ["pen-head", "pen-deputy"]
    assert not rows["dan"].out(tuesday)
    assert sheet.out[tuesday] == 2
    assert [visit.host_id for visit in small.calendar().visits] == ["bryn", "dan", "mor"]


def test_two_visits_on_one_day_lie_side_by_side(tmp_path: Path) -> None:
    rota = (
        FILES["rotas/round-4.yaml"]
        .replace("[2026-12-08]", "[2026-11-11]")
        .replace("team: [bryn-head, dan-head]}", "team: [pen-head, dan-head]}")
    )
    pen = next(row for row in shown(tmp_path, {**FILES, "rotas/round-4.yaml": rota}).calendar().sheets[0].rows if row.id == "pen")
    assert (pen.lanes, [stay.lane for stay in pen.stays]) == (2, [0, 1])


def test_days_given_add_up_to_what_schools_give_and_receive(small: Shown) -> None:
    page = small.exchange()
    for place, school in enumerate(page.schools):
        assert sum(given.days for given in page.rows[place] if given) == school.gives
        assert sum(row[place].days for row in page.rows if row[place]) == school.receives
    assert page.most == 4


def test_the_map_is_true_to_scale_and_says_which_schools_it_lacks(small: Shown) -> None:
    page = small.travel()
    assert [name.en for name in page.unplaced] == ["Tal-y-bont School"]
    spots = {spot.school.id: (spot.east, spot.south) for spot in page.spots}
    assert (min(east for east, _ in spots.values()), min(south for _, south in spots.values())) == (0, 0)
    for journey in page.journeys:
        start, end = page.spots[journey.start], page.spots[journey.end]
        drawn = ((start.east - end.east) ** 2 + (start.south - end.south) ** 2) ** 0.5
        assert drawn == pytest.approx(journey.distance, abs=0.06)


def test_each_person_has_visits_days_reserves_and_stages(small: Shown) -> None:
    people = {person.who.id: person for person in small.people().people}
    assert list(people) == ["bryn-head", "dan-head", "mor-head", "pen-deputy", "pen-head", "tal-head"]
    dan = people["dan-head"]
    assert ([visit.host_id for visit in dan.visits], dan.days, [visit.host_id for visit in dan.reserve]) == (["mor"], 1, ["bryn"])
    assert [(led.visit.host_id, led.stage.id) for led in people["mor-head"].stages] == [("bryn", "workshop")]
    assert people["pen-head"].leads(small.page.visits[0])
    assert not people["pen-deputy"].leads(small.page.visits[0])


def test_steps_stand_by_date_with_the_visits_among_them(small: Shown) -> None:
    steps = [(str(step.day), step.visit.host_id, step.stage.id if step.stage else "") for step in small.stages().steps]
    assert steps == sorted(steps)
    assert ("2026-10-20", "bryn", "self-evaluation") in steps
    assert ("2026-11-10", "bryn", "") in steps
    assert "pen" not in {host for _, host, _ in steps}
