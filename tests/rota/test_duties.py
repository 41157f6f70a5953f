"""Stages and reserves of whole rotas: on the right days, by the right people, fairly, and kept once they are published."""

import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from workspaces import base_files, laid_over, write

from sigctl.cluster import Cluster, load
from sigctl.records import Cycle, Days
from sigctl.rota.case import Case
from sigctl.rota.gathering import case_of
from sigctl.rota.life.draft import rota_text
from sigctl.rota.plan import Plan, PlannedVisit
from sigctl.rota.planning import plan_rota
from sigctl.rota.rules import rules_of
from sigctl.rota.standing import standing
from sigctl.rota.verify import breaches

EXAMPLES = Path(__file__).parents[2] / "examples"


class Made:
    """A workspace with its only cycle, and the rota of it."""

    def __init__(self, files: Path | Cluster, today: date | None = None) -> None:
        self.cluster: Cluster = load(files).cluster if isinstance(files, Path) else files
        self.cycle: Cycle = max(self.cluster.cycles.values(), key=lambda each: each.first)
        self.plan: Plan = plan_rota(self.cluster, self.cycle, today=today)
        self.case: Case = case_of(self.cluster, self.cycle, today)

    def home(self, person: str) -> str:
        return self.cluster.people[person].school or ""


@pytest.fixture(scope="module")
def conwy() -> Made:
    return Made(EXAMPLES / "conwy-seven")


def stages_of(plan: Plan, stage: str) -> Iterator[tuple[PlannedVisit, date, tuple[str, ...]]]:
    for visit in plan.visits:
        yield from ((visit, each.day, each.facilitators) for each in visit.stages if each.id == stage)


def pupil_days_between(made: Made, host: str, first: date, last: date) -> int:
    """How many pupil days of a school come after the first day, up to the last."""
    return sum(first < day <= last for day in made.cluster.pupil_days(host))


def test_stages_are_counted_in_the_pupil_days_of_the_host(conwy: Made) -> None:
    for visit, day, _ in stages_of(conwy.plan, "self-evaluation"):
        assert pupil_days_between(conwy, visit.host, day, visit.dates[0]) == 10
    for visit, day, _ in stages_of(conwy.plan, "impact-review"):
        assert pupil_days_between(conwy, visit.host, visit.dates[-1], day) == 60
    for visit, day, _ in stages_of(conwy.plan, "workshop"):
        assert 1 <= pupil_days_between(conwy, visit.host, visit.dates[-1], day) <= 15
    assert all([each.id for each in visit.stages] == [each.id for each in conwy.cycle.stages] for visit in conwy.plan.visits)


def test_each_workshop_is_led_by_somebody_who_may(conwy: Made) -> None:
    for visit, day, people in stages_of(conwy.plan, "workshop"):
        (leader,) = people
        person = conwy.cluster.people[leader]
        assert leader not in visit.team
        assert leader not in visit.reserves
        assert conwy.home(leader) != visit.host
        assert visit.host not in person.conflicts
        assert person.reviewer
        assert person.reviewer.level != "trainee"
        assert day in conwy.cluster.pupil_days(conwy.home(leader))
        assert ("mon", "tue", "wed", "thu", "fri")[day.weekday()] in person.weekdays
        assert not any(day in each.dates() for each in person.unavailable)


def test_nobody_has_two_things_on_a_day_and_schools_can_spare_them(conwy: Made) -> None:
    out = [(member, day) for visit in conwy.plan.visits for member in visit.team for day in visit.dates]
    out += [(leader, day) for _, day, people in stages_of(conwy.plan, "workshop") for leader in people]
    called = [(person, day) for visit in conwy.plan.visits for person in visit.reserves for day in visit.dates]
    assert max(Counter(out + called).values()) == 1
    hosts = {(visit.host, day) for visit in conwy.plan.visits for day in visit.dates}
    for (school, day), number in Counter((conwy.home(person), day) for person, day in out).items():
        limit = conwy.cluster.schools[school].max_out
        assert number <= (conwy.cycle.rules.out_per_school if limit is None else limit)
        assert (school, day) not in hosts


def test_duties_are_even_between_schools(conwy: Made) -> None:
    duties = [person for visit in conwy.plan.visits for person in visit.reserves]
    duties += [leader for _, _, people in stages_of(conwy.plan, "workshop") for leader in people]
    assert len(duties) == 14
    assert set(Counter(map(conwy.home, duties)).values()) == {2}


def replaced(made: Made, visit: PlannedVisit, member: str, by: str) -> list[str]:
    """The rules that a rota breaks with somebody in the place of a member, led by a lead if it has one."""
    team = tuple(sorted(by if each == member else each for each in visit.team))
    levels = {each.id: each.level for each in made.case.reviewers}
    lead = visit.lead if member != visit.lead else next((each for each in team if levels[each] == "lead"), team[0])
    visits = [replace(each, team=team, lead=lead) if each is visit else each for each in made.plan.visits]
    return [breach.rule for breach in breaches(made.case, rules_of(made.case.rules), standing(made.case, visits).roster)]


def test_a_reserve_can_take_every_place_but_those_that_are_told(conwy: Made) -> None:
    """And where they cannot, nobody else could have taken more."""
    for visit in conwy.plan.visits:
        (reserve,) = visit.reserves
        barred = [member for member in visit.team if replaced(conwy, visit, member, reserve)]
        assert barred == [member for member in visit.team if any(told(note, visit, member) for note in conwy.plan.notes)]


def told(note: str, visit: PlannedVisit, member: str) -> bool:
    return f"`{visit.host}`" in note and f"`{member}`" in note


def test_two_reserves_at_once(tmp_path: Path) -> None:
    folder = changed(tmp_path, "reserves: 1 ", "reserves: 2 ")
    made = Made(folder)
    for visit in made.plan.visits:
        assert len(set(visit.reserves)) == 2
        for member in visit.team:
            could = [each for each in visit.reserves if not replaced(made, visit, member, each)]
            assert could or any(told(note, visit, member) for note in made.plan.notes)


def changed(folder: Path, old: str, new: str) -> Path:
    """The example of seven schools with its cycle changed."""
    shutil.copytree(EXAMPLES / "conwy-seven", folder, dirs_exist_ok=True)
    file = folder / "round-4.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    return folder


def published(folder: Path, plan: Plan, *changes: PlannedVisit) -> Path:
    """The workspace with a plan published in it, some of its visits changed."""
    by_host = {each.host: each for each in changes}
    visits = [by_host.get(each.host, each) for each in plan.visits]
    path = folder / "rotas" / "round-4.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(rota_text("round-4", "published", visits), encoding="utf-8")
    return folder


def idle(made: Made, host: str, day: date) -> str:
    """Somebody who has nothing to do in the whole plan, and could be out on a day for a host."""
    busy = {person for visit in made.plan.visits for person in (*visit.team, *visit.reserves)}
    busy |= {leader for _, _, people in stages_of(made.plan, "workshop") for leader in people}
    for person in made.cluster.reviewers():
        home = made.home(person.id)
        is_shut = any(day in visit.dates and home in (visit.host, *map(made.home, visit.team)) for visit in made.plan.visits)
        is_free = day in made.cluster.pupil_days(home) and not any(day in each.dates() for each in person.unavailable)
        is_free = is_free and ("mon", "tue", "wed", "thu", "fri")[day.weekday()] in person.weekdays
        may = person.reviewer and person.reviewer.level != "trainee" and home != host and host not in person.conflicts
        if person.id not in busy and is_free and not is_shut and may:
            return person.id
    raise AssertionError


def test_what_is_published_stays(tmp_path: Path, conwy: Made) -> None:
    """A workshop on another day, led by somebody else than the program chose, stays when it plans again; so does all the rest."""
    first = conwy.plan.visits[0]
    workshop = next(each for each in first.stages if each.id == "workshop")
    day = next(each for each in sorted(conwy.cluster.pupil_days(first.host)) if each > first.dates[-1])
    other = idle(conwy, first.host, day)
    stages = tuple(replace(each, day=day, facilitators=(other,)) if each is workshop else each for each in first.stages)
    moved = replace(first, stages=stages)
    folder = published(changed(tmp_path, "round-4", "round-4"), conwy.plan, moved)
    assert day != workshop.day
    assert Made(folder).plan.visits == (moved, *conwy.plan.visits[1:])


def test_what_can_no_longer_be_does_not_stay(tmp_path: Path, conwy: Made) -> None:
    """A published facilitator and a reserve who are ill on the day are replaced, and the workshop keeps its day."""
    first = conwy.plan.visits[0]
    workshop = next(each for each in first.stages if each.id == "workshop")
    ill = {workshop.facilitators[0]: workshop.day, first.reserves[0]: first.dates[1]}
    cluster = load(published(changed(tmp_path, "round-4", "round-4"), conwy.plan)).cluster
    away = {id: (*cluster.people[id].unavailable, Days(first=day, last=day)) for id, day in ill.items()}
    people = {id: person.model_copy(update={"unavailable": away.get(id, person.unavailable)}) for id, person in cluster.people.items()}
    now = next(each for each in Made(replace(cluster, people=people)).plan.visits if each.host == first.host)
    assert now.team == first.team
    assert len(now.reserves) == 1
    assert ill.keys().isdisjoint(now.reserves)
    (stage,) = [each for each in now.stages if each.id == "workshop"]
    assert len(stage.facilitators) == 1
    assert ill.keys().isdisjoint(stage.facilitators)
    assert stage.day == workshop.day


def test_what_is_past_stays_as_it_was(tmp_path: Path, conwy: Made) -> None:
    first = conwy.plan.visits[0]
    stages = tuple(replace(each, day=each.day - timedelta(1)) for each in first.stages)
    folder = published(changed(tmp_path, "round-4", "round-4"), conwy.plan, replace(first, state="done", stages=stages, reserves=()))
    now = next(each for each in Made(folder, today=date(2026, 11, 6)).plan.visits if each.host == first.host)
    days = {each.id: each.day for each in now.stages}
    assert [days[each.id] == each.day for each in stages] == [each.day < date(2026, 11, 6) or each.id == "workshop" for each in stages]
    assert now.reserves == ()


BLOCK = """\
cycles:
  - id: round-4
    name: {cy: Rownd 4, en: Round 4}
    from: 2026-11-02
    to: 2027-03-19
    visit: {days: 1, team: 2}
    rules: {swaps: true, welsh_speakers: 0%s}
    goals: [fairness]
    stages: [%s]
    visits: [{host: aberdare}, {host: porth}]
"""


def small(folder: Path, stages: str, rules: str = "", today: date | None = None) -> Made:
    base = base_files()
    return Made(write(folder, base | laid_over(base, BLOCK % (rules, stages))), today)


def test_a_stage_beyond_the_calendar_has_no_date_and_is_told(tmp_path: Path) -> None:
    made = small(tmp_path, "{id: impact-review, due: 300}, {id: report, due: 5}")
    assert [[each.id for each in visit.stages] for visit in made.plan.visits] == [["report"], ["report"]]
    (note,) = made.plan.notes
    assert note.startswith("no date for `impact-review` of `aberdare` and `porth`")


def test_whatever_nobody_can_do_is_told(tmp_path: Path) -> None:
    """Four reviewers: two go to each school, so that one is left to stand in or lead, and none to do both."""
    made = small(tmp_path, "{id: workshop, within: 15, facilitators: 2}", ", reserves: 2")
    for visit in made.plan.visits:
        free = {"aberdare-head", "porth-head", "rhydywaun-head", "treorchy-head"} - {*visit.team, f"{visit.host}-head"}
        duties = [*visit.reserves, *(leader for each in visit.stages for leader in each.facilitators)]
        assert sorted(duties) == sorted(free)
        assert any("facilitator" in note and f"`{visit.host}`" in note for note in made.plan.notes)
        assert any("reserve" in note and f"`{visit.host}`" in note for note in made.plan.notes)


def test_a_workshop_keeps_to_the_order_of_the_stages_and_off_busy_days(tmp_path: Path) -> None:
    made = small(tmp_path / "one", "{id: report, due: 10}, {id: workshop, within: 20}, {id: review, due: 30}")
    for visit in made.plan.visits:
        assert all(before.day <= after.day for before, after in pairwise(visit.stages))
    busy = {each.host: next(stage.day for stage in each.stages if stage.id == "workshop") for each in made.plan.visits}
    text = "".join(f"  - {{id: {host}, name: X, busy: [{day}]}}\n" for host, day in busy.items())
    base = base_files()
    stages = "{id: report, due: 10}, {id: workshop, within: 20}, {id: review, due: 30}"
    base |= laid_over(base, BLOCK % ("", stages))
    again = Made(write(tmp_path / "two", base | laid_over(base, "schools:\n" + text)))
    for visit in again.plan.visits:
        assert next(each.day for each in visit.stages if each.id == "workshop") != busy[visit.host]


def test_without_stages_and_reserves_nothing_is_added(tmp_path: Path) -> None:
    made = small(tmp_path, "")
    assert all(visit.stages == () and visit.reserves == () for visit in made.plan.visits)
    assert made.plan.notes == ()


def test_the_same_files_give_the_same_duties(conwy: Made) -> None:
    assert Made(EXAMPLES / "conwy-seven").plan == conwy.plan
