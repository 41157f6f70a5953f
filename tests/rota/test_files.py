"""What files say of people and visits, and what the rota makes of it: posts, schools that left, earlier rotas, states."""

from datetime import date
from pathlib import Path

import pytest
from workspaces import base_files, write

from sigctl.cluster import Cluster, load
from sigctl.records import Cycle
from sigctl.rota.life.draft import draft_text
from sigctl.rota.plan import Plan, PlannedVisit, Status
from sigctl.rota.planning import plan_rota

CYCLE = """\
cycles:
  - id: round-4
    name: {cy: Rownd 4, en: Round 4}
    from: 2026-11-02
    to: 2027-03-19
    focus: [attendance]
    visit: {days: 2, team: 2}
    rules: {swaps: true, RULES}
    goals: [fairness, travel]
    visits: [{host: aberdare}, {host: treorchy}, {host: rhydywaun}, {host: porth}]
"""
BEFORE = """\
  - {id: round-3, name: {cy: Rownd 3, en: Round 3}, from: 2026-09-07, to: 2026-10-23, visits: [{host: aberdare}]}
"""


def cluster_of(folder: Path, **files: str) -> tuple[Cluster, Cycle]:
    changed = {f"{name}.yaml": text for name, text in files.items()}
    write(folder, base_files() | {"cycles.yaml": CYCLE.replace("RULES", "leads: 1")} | changed)
    cluster, problems = load(folder)
    assert not problems
    return cluster, cluster.cycles["round-4"]


def planned(folder: Path, **files: str) -> Plan:
    return plan_rota(*cluster_of(folder, **files))


def at(plan: Plan, host: str) -> PlannedVisit:
    return next(visit for visit in plan.visits if visit.host == host)


def rota(status: str, visits: str, cycle: str = "round-4") -> str:
    return f"rotas:\n  - cycle: {cycle}\n    status: {status}\n    visits:\n{visits}"


def test_a_done_visit_stays_as_it_was(tmp_path: Path) -> None:
    """Its lead, its days, which are no days that could be planned, and its state."""
    done = (
        "      - {host: porth, dates: [2026-10-22, 2026-10-23], lead: treorchy-head, team: [aberdare-head, treorchy-head], state: done}\n"
    )
    plan = planned(tmp_path, rotas=rota("published", done))
    assert plan.status is Status.OPTIMAL
    visit = at(plan, "porth")
    assert visit == PlannedVisit(
        "porth", (date(2026, 10, 22), date(2026, 10, 23)), "treorchy-head", ("aberdare-head", "treorchy-head"), "done"
    )
    assert "state: done" in draft_text(plan)
    assert sum("treorchy-head" in each.team for each in plan.visits) == 2


@pytest.mark.parametrize("status", ["draft", "published"])
def test_a_visit_that_comes_out_as_before_keeps_its_state(tmp_path: Path, status: str) -> None:
    first = at(planned(tmp_path / "one"), "aberdare")
    days = ", ".join(map(str, first.dates))
    other = "2027-03-01, 2027-03-02" if first.dates[0] != date(2027, 3, 1) else "2027-03-03, 2027-03-04"
    told = f"      - {{host: aberdare, dates: [{days}], lead: {first.lead}, team: [{', '.join(first.team)}], state: told}}\n"
    moved = f"      - {{host: porth, dates: [{other}], lead: treorchy-head, team: [aberdare-head, treorchy-head], state: confirmed}}\n"
    plan = planned(tmp_path / "two", rotas=rota(status, told + moved))
    assert {each.host: each.state for each in plan.visits}["aberdare"] == "told"
    assert at(plan, "porth").state == "planned" or at(plan, "porth").dates[0].month == 3


def test_nobody_returns_too_early(tmp_path: Path) -> None:
    """Two of the three who could go to Aberdare were there in the round before."""
    was = "      - {host: aberdare, dates: [2026-10-05, 2026-10-06], lead: treorchy-head, team: [treorchy-head, porth-head], state: done}\n"
    cycles = CYCLE.replace("RULES", "return_after: 1") + BEFORE
    plan = planned(tmp_path, cycles=cycles, rotas=rota("published", was, "round-3"))
    assert plan.status is Status.INFEASIBLE
    cycles = cycles.replace("{host: aberdare}, {host: treorchy}", "{host: aberdare, team: 1}, {host: treorchy}")
    plan = planned(tmp_path / "one", cycles=cycles, rotas=rota("published", was, "round-3"))
    assert at(plan, "aberdare").team == ("rhydywaun-head",)


def with_posts(*posts: str) -> str:
    people = base_files()["people.yaml"]
    return people.replace("post: Headteacher, school: porth,", f"posts: [{', '.join(posts)}],")


def test_somebody_who_moves_is_at_one_school_and_reviews_neither(tmp_path: Path) -> None:
    """At Porth until the end of 2026, and then at Treorchy, where most of the cycle is."""
    people = with_posts("{post: Deputy, school: porth, to: 2026-12-31}", "{post: Head, school: treorchy, from: 2027-01-01}")
    cycles = (
        CYCLE.replace("RULES", "leads: 1")
        .replace("{host: aberdare}", "{host: aberdare, fixed: {team: [porth-head]}}")
        .replace("{host: porth}", "{host: porth, team: 1}")
    )
    cluster, cycle = cluster_of(tmp_path, people=people, cycles=cycles)
    home = cluster.home_in(cluster.people["porth-head"], cycle)
    assert home
    assert home.school == "treorchy"
    assert home.post
    assert home.post.words.en == "Head"
    plan = plan_rota(cluster, cycle)
    mine = [visit for visit in plan.visits if "porth-head" in visit.team]
    assert mine
    assert {visit.host for visit in mine} <= {"aberdare", "rhydywaun"}
    assert all(visit.dates[0] >= date(2027, 1, 1) for visit in mine)


def test_without_dated_posts_home_is_where_the_person_says(tmp_path: Path) -> None:
    cluster, cycle = cluster_of(tmp_path)
    home = cluster.home_in(cluster.people["porth-head"], cycle)
    assert home
    assert (home.school, home.post) == ("porth", cluster.people["porth-head"].post)


def test_a_school_that_has_left_is_not_counted(tmp_path: Path) -> None:
    """Its people are no reviewers, and what it carried weighs with nobody."""
    schools = base_files()["schools.yaml"].replace("{id: porth,", "{id: porth, carried: 90, left: 2026-10-30,")
    cycles = CYCLE.replace("RULES", "leads: 1").replace(", {host: porth}", "").replace("team: 2", "team: 1")
    plan = planned(tmp_path, schools=schools, cycles=cycles)
    assert plan.status is Status.OPTIMAL
    assert plan.goals[0].value == 0
    assert not any("porth-head" in visit.team for visit in plan.visits)


def test_the_head_of_a_draft_says_what_was_proved(tmp_path: Path) -> None:
    plan = planned(tmp_path)
    text = draft_text(plan)
    assert f"fairness {plan.goals[0].value:g}, the best possible; travel " in text
    assert "the best possible without giving up the goal before it." in text
