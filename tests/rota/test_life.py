"""What the life of a rota rests upon: differences, digests, history, locks and the words for what is broken."""

from dataclasses import replace
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest
from workspaces import base_files, write

from sigctl.cluster import Cluster, load
from sigctl.records import Cycle, Goal, Rota, RotaVisit
from sigctl.records.by_hand import Weights
from sigctl.reports.fairness import fairness_page
from sigctl.rota.gathering import case_of, without_departed
from sigctl.rota.goals import SCORES
from sigctl.rota.life.differences import differences
from sigctl.rota.life.digest import digest
from sigctl.rota.life.draft import draft_text, head_of, is_edited, without_head
from sigctl.rota.life.judging import judged
from sigctl.rota.life.locks import ByHand, ByPublishing, locks
from sigctl.rota.past.balances import balances, openings
from sigctl.rota.plan import GoalResult, Plan, PlannedVisit, Status
from sigctl.rota.planning import UnsoundRotaError, confirm, goal_results, plan_case, plan_rota
from sigctl.rota.rules import RULES, Breach
from sigctl.rota.standing import standing
from sigctl.rota.wording import advice, words

from .tiny import WEEK, case, person, placed, visit

TUESDAY, WEDNESDAY, THURSDAY = date(2026, 11, 10), date(2026, 11, 11), date(2026, 11, 12)
FIRST = PlannedVisit("porth", (TUESDAY, WEDNESDAY), "a", ("a", "b"))


def what(before: PlannedVisit | None, after: PlannedVisit | None) -> list[str]:
    return [each.what for each in differences([before] if before else [], [after] if after else [])]


def test_a_visit_is_new_moved_changed_or_cancelled() -> None:
    assert what(None, FIRST) == ["new"]
    assert what(FIRST, None) == ["cancelled"]
    assert what(FIRST, replace(FIRST, state="cancelled")) == ["cancelled"]
    assert what(replace(FIRST, state="cancelled"), FIRST) == ["new"]
    assert what(FIRST, replace(FIRST, dates=(WEDNESDAY, THURSDAY))) == ["moved"]
    assert what(FIRST, replace(FIRST, team=("a", "c"))) == ["team"]
    assert what(FIRST, replace(FIRST, lead="b")) == ["team"]
    assert what(FIRST, replace(FIRST, reserves=("c",))) == ["details"]


def test_states_and_the_order_of_names_are_no_difference() -> None:
    assert not what(FIRST, replace(FIRST, team=("b", "a"), dates=(WEDNESDAY, TUESDAY), state="told"))
    assert not what(replace(FIRST, state="cancelled"), None)


def test_a_visit_that_moves_may_change_its_team_as_well() -> None:
    [found] = differences([FIRST], [replace(FIRST, dates=(THURSDAY,), team=("a", "c"))])
    assert found.has_moved
    assert (found.joins, found.leaves, found.stays) == (("c",), ("b",), ("a",))


def test_differences_stand_by_date_then_host() -> None:
    visits = [FIRST, replace(FIRST, host="aberdare"), replace(FIRST, host="treorchy", dates=(date(2026, 11, 2),))]
    orders = {tuple(each.host for each in differences([], order)) for order in permutations(visits)}
    assert orders == {("treorchy", "aberdare", "porth")}


CYCLE = """\
cycles:
  - id: round-4
    name: Round 4
    from: 2026-11-02
    to: 2027-03-19
    visit: {days: 2, team: 2}
    visits:
      - {host: aberdare}
      - {host: porth, fixed: {start: 2026-12-01, team: [treorchy-head], by: secretary, why: hall booked, until: 2026-11-20}}
"""
ROTA = """\
rotas:
  - cycle: round-4
    status: published
    visits:
      - {host: aberdare, dates: [2026-11-10, 2026-11-11], lead: treorchy-head, team: [treorchy-head, porth-head], state: told}
      - {host: porth, dates: [2026-12-01, 2026-12-02], lead: treorchy-head, team: [treorchy-head, aberdare-head], state: confirmed}
"""


def cluster_of(folder: Path, **files: str) -> tuple[Cluster, Cycle]:
    write(folder, base_files() | {"cycles.yaml": CYCLE} | {f"{name}.yaml": text for name, text in files.items()})
    cluster, problems = load(folder)
    assert not problems
    return cluster, cluster.cycles["round-4"]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("people", "expertise: [attendance], reviewer: {level: lead", "unavailable: [2026-11-12], reviewer: {level: lead"),
        ("people", "level: reviewer", "level: lead"),
        ("schools", "id: porth,", "id: porth, max_out: 2,"),
        ("schools", "id: porth,", "id: porth, carried: 2,"),
        ("cycles", "to: 2027-03-19", "to: 2027-03-12"),
        ("cycles", "    visits:\n", "    rules: {days_between: 4}\n    visits:\n"),
        ("cycles", "- {host: aberdare}", "- {host: aberdare, days: 1}"),
        ("calendars", "end: 2026-12-18", "end: 2026-12-17"),
    ],
)
def test_the_digest_changes_with_what_a_rota_hangs_on(tmp_path: Path, file: str, old: str, new: str) -> None:
    before = base_files() | {"cycles.yaml": CYCLE}
    assert old in before[f"{file}.yaml"]
    first, other = (
        digest(*cluster_of(tmp_path / name, **({file: before[f"{file}.yaml"].replace(old, new)} if name == "other" else {})))
        for name in ("first", "other")
    )
    assert first != other


def test_the_digest_does_not_change_with_what_was_published_of_the_cycle(tmp_path: Path) -> None:
    assert digest(*cluster_of(tmp_path / "one")) == digest(*cluster_of(tmp_path / "two", rotas=ROTA))


TRAINEE = "  - {id: t, post: Teacher, school: rhydywaun, expertise: [attendance], reviewer: {level: trainee, trained: 2025-09-12}}\n"


def test_the_digest_does_not_change_when_the_first_visit_of_a_trainee_is_done(tmp_path: Path) -> None:
    people = base_files()["people.yaml"] + TRAINEE
    told, done = (
        cluster_of(tmp_path / state, people=people, rotas=ROTA.replace("porth-head], state: told", f"t], state: {state}"))
        for state in ("told", "done")
    )
    assert digest(*told) == digest(*done)
    assert [[each.novice for each in case_of(*some).reviewers if each.id == "t"] for some in (told, done)] == [[True], [False]]


def test_the_digest_does_not_change_with_the_order_of_an_earlier_rota(tmp_path: Path) -> None:
    earlier = EARLIER_ROTAS.replace("state: cancelled", "state: done")
    lines = earlier.splitlines(keepends=True)
    other = "".join([*lines[:8], lines[9], lines[8], *lines[10:]])
    assert other != earlier
    one, two = (cluster_of(tmp_path / name, cycles=CYCLE + EARLIER, rotas=text) for name, text in (("one", earlier), ("two", other)))
    assert digest(*one) == digest(*two)


def test_only_the_latest_review_of_a_school_counts(tmp_path: Path) -> None:
    again = EARLIER_ROTAS.replace("- {host: porth, dates: [2026-09-22], lead", "- {host: aberdare, dates: [2026-09-24], lead")
    cluster, cycle = cluster_of(tmp_path, cycles=CYCLE + EARLIER.replace("visits: [{host: porth}]", "visits: [{host: aberdare}]"),
                                rotas=again)  # fmt: skip
    some = case_of(cluster, cycle)
    reviewed = {each.id: each.reviewed for each in some.reviewers}
    aberdare = next(index for index, each in enumerate(some.schools) if each.id == "aberdare")
    assert (reviewed["treorchy-head"], reviewed["porth-head"]) == (((aberdare, 1),), ((aberdare, 2),))


RETIRED = base_files()["people.yaml"] + "  - {id: retired, post: Headteacher, school: rhydywaun}\n"
DONE = ROTA.replace("treorchy-head, porth-head], state: told", "treorchy-head, retired], state: done")


def test_what_somebody_gave_who_is_no_reviewer_any_more_counts_as_in_the_report(tmp_path: Path) -> None:
    cluster, cycle = cluster_of(tmp_path, people=RETIRED, rotas=DONE)
    rota = cluster.rota("round-4", "published")
    some = case_of(cluster, cycle)
    [result] = [SCORES["fairness"](some, standing(some, rota.visits if rota else ()).roster)]
    assert result == fairness_page(cluster, cycle, rota).spread
    plan = plan_rota(cluster, cycle, today=date(2026, 11, 20))
    assert plan.goals[0].value == fairness_page(cluster, cycle, rota).spread
    assert plan.visits[0].team == ("retired", "treorchy-head")


def test_a_done_visit_of_which_nobody_is_left_is_kept_whole(tmp_path: Path) -> None:
    rota = ROTA.replace(
        "lead: treorchy-head, team: [treorchy-head, porth-head], state: told", "lead: retired, team: [retired], state: done"
    )
    cluster, cycle = cluster_of(tmp_path, people=RETIRED, rotas=rota)
    visit = plan_rota(cluster, cycle, today=date(2026, 11, 20)).visits[0]
    assert (visit.host, visit.lead, visit.team, visit.state) == ("aberdare", "retired", ("retired",), "done")


def test_the_days_of_a_done_visit_with_a_gap_are_taken(tmp_path: Path) -> None:
    """Treorchy's head was at Aberdare on the Tuesday and the Friday: the days to the Friday are theirs, and Aberdare's people stayed."""
    cycle = CYCLE.replace("  visit: {days: 2, team: 2}", "  visit: {days: 1, team: 1}\n    rules: {days_between: 0}").replace(
        "2027-03-19", "2026-11-13"
    )
    cycle = cycle.replace("    from: 2026-11-02", "    from: 2026-11-10").partition("      - {host: porth")[0] + "      - {host: porth}\n"
    rota = ROTA.partition("      - {host: porth")[0].replace("[2026-11-10, 2026-11-11]", "[2026-11-10, 2026-11-13]")
    rota = rota.replace("[treorchy-head, porth-head], state: told", "[treorchy-head], state: done")
    others = base_files()["people.yaml"].splitlines(keepends=True)
    cluster, found = cluster_of(tmp_path, people="".join(others[:3]), rotas=rota, cycles=cycle)
    plan = plan_rota(cluster, found, today=date(2026, 11, 9))
    porth = next(visit for visit in plan.visits if visit.host == "porth")
    assert porth.team == ("aberdare-head",)
    assert porth.dates[0] in (WEDNESDAY, THURSDAY)
    assert plan.visits[0].dates == (TUESDAY, date(2026, 11, 13))
    standing_now = cluster.rota("round-4", "published")
    assert standing_now
    assert not judged(cluster, found, standing_now.model_copy(update={"visits": tuple(_as_rota(each) for each in plan.visits)})).problems


def _as_rota(visit: PlannedVisit) -> RotaVisit:
    return RotaVisit(host=visit.host, dates=visit.dates, lead=visit.lead, team=visit.team, state=visit.state)


@pytest.mark.parametrize("rules", [{}, {"out_per_school": 2}, {"visits_per_day": 1}, {"visits_per_day": 2}, {"visits_per_week": 2}])
def test_no_rule_is_broken_by_the_late_days_of_a_done_visit(rules: dict[str, int]) -> None:
    """It was on the first Thursday and the Monday after; the search checks what it finds by the days as they were."""
    done = visit(0, days=2, team=1, free=3 << 3, start=3, members=(0,), settled=True, held=1 << 3 | 1 << 7)
    some = case([done, visit(1), visit(2)], [person(1), person(1), person(0), person(2), person(3)], days_between=1, swaps=True, **rules)
    plan = plan_case(some)
    assert plan.status is Status.OPTIMAL
    assert next(each for each in plan.visits if each.host == "school-0").dates == (date(2026, 11, 5), date(2026, 11, 9))


def test_where_late_days_fill_a_week_no_more_is_claimed_than_was_proved() -> None:
    """The search cannot count a late day in its week, of which two may be visits: it keeps out of the week, and calls nothing the best."""
    second, later = WEEK << 7, WEEK << 7 | WEEK << 14
    done = visit(0, days=2, team=1, free=3 << 3, start=3, members=(0,), settled=True, held=1 << 3 | 1 << 7)
    always = (1 << 21) - 1
    people = [person(school, free=always) for school in (4, 4, 3, 5)]
    goals = (Goal(goal="preferences"),)
    some = case([done, *(visit(host, free=later, wished=second) for host in (1, 2))], people, goals, visits_per_week=2)
    plan = plan_case(some)
    assert plan.status is Status.FEASIBLE
    assert plan.goals[0].bound == 0
    confirm(some, plan.visits)
    none = replace(some, visits=(done, *(visit(host, free=second) for host in (1, 2))))
    assert plan_case(none).status is Status.UNKNOWN


def test_a_bound_above_what_was_reached_is_a_fault_of_the_search() -> None:
    some = case([visit(0)], [person(1)])
    roster = (placed(0, 0, 0),)
    reached = SCORES["fairness"](some, roster)
    with pytest.raises(UnsoundRotaError):
        list(goal_results(some, roster, {"fairness": reached + 1}, is_proved=True))
    assert next(goal_results(some, roster, {"fairness": reached + 1})).bound == reached
    loose = replace(some, goals=(Goal(goal="fairness", slack=1), Goal(goal="travel")))
    travel = SCORES["travel"](some, roster)
    assert [each.bound for each in goal_results(loose, roster, {"fairness": reached, "travel": travel + 9}, is_proved=True)][
        1
    ] == travel / 10


def test_a_visit_that_only_a_draft_calls_done_is_planned(tmp_path: Path) -> None:
    """What a draft calls done has not been: it may neither stand where it breaks a rule nor be called so."""
    draft = ROTA.replace("published", "draft").replace("[2026-11-10, 2026-11-11]", "[2026-12-01, 2026-12-02]")
    cluster, cycle = cluster_of(tmp_path, rotas=draft.replace("told", "done").replace("confirmed", "done"))
    plan = plan_rota(cluster, cycle, today=date(2026, 9, 20))
    assert {visit.state for visit in plan.visits} == {"planned"}
    assert not [each for each in judged(cluster, cycle, _drafted(cluster, plan)).problems if each.is_error]


def _drafted(cluster: Cluster, plan: Plan) -> Rota:
    draft = cluster.rota("round-4", "draft")
    assert draft
    return draft.model_copy(update={"visits": tuple(map(_as_rota, plan.visits))})


def test_visits_that_break_a_rule_are_never_written() -> None:
    some = case([visit(0)], [person(0), person(1)])
    with pytest.raises(UnsoundRotaError):
        confirm(some, [PlannedVisit("school-0", (date(2026, 11, 2),), "person-0", ("person-0",))])
    confirm(some, [PlannedVisit("school-0", (date(2026, 11, 2),), "person-1", ("person-1",))])


@pytest.mark.parametrize(
    ("left", "today", "asked"), [("2026-11-09", None, 1), ("2026-11-20", date(2026, 11, 20), 1), ("2026-11-20", None, 2)]
)
def test_a_school_that_has_left_need_not_be_visited(tmp_path: Path, left: str, today: date | None, asked: int) -> None:
    schools = base_files()["schools.yaml"].replace("id: aberdare,", f"id: aberdare, left: {left},")
    cycles = CYCLE.replace("from: 2026-11-02", "from: 2026-11-09").partition(", fixed")[0] + "}\n"
    cluster, cycle = cluster_of(tmp_path, schools=schools, cycles=cycles)
    some = case_of(cluster, cycle, today)
    assert len(without_departed(cluster, cycle, some, (), today).visits) == asked
    assert len(without_departed(cluster, cycle, some, ("aberdare",), today).visits) == 2


def test_the_head_of_a_draft_tells_the_digest_and_what_was_proved() -> None:
    goals = (GoalResult("fairness", 2, 1), GoalResult("travel", 1317.4, 1317.4))
    text = draft_text(Plan("round-4", Status.OPTIMAL, goals, (FIRST,)), "0123456789abcdef")
    for each in (text, text.replace("\n", "\r\n")):
        assert head_of(each).files == "0123456789abcdef"
        assert head_of(each).goals == {"fairness": (2, 1), "travel": (1317.4, 1317.4)}
        assert not is_edited(each)
    assert is_edited(text.replace("planned\n", "told\n"))
    assert without_head("# mine\n" + text).startswith("# mine\nrotas:\n")


def test_locks_by_hand_and_by_publishing_stay_apart(tmp_path: Path) -> None:
    cluster, cycle = cluster_of(tmp_path, rotas=ROTA)
    fixed = ByHand(date(2026, 12, 1), ("treorchy-head",), "secretary", "hall booked", date(2026, 11, 20))
    assert locks(cluster, cycle) == {"aberdare": (ByPublishing("told"),), "porth": (fixed, ByPublishing("confirmed"))}
    assert locks(cluster, cycle, date(2026, 11, 21))["porth"] == (ByPublishing("confirmed"),)


def test_a_locked_visit_is_whole_in_the_case_and_free_where_a_rota_is_judged(tmp_path: Path) -> None:
    cluster, cycle = cluster_of(tmp_path, rotas=ROTA)
    locked = case_of(cluster, cycle)
    aberdare = locked.visits[0]
    assert aberdare.locked
    assert aberdare.start == 8
    assert [locked.reviewers[each].id for each in aberdare.members] == ["porth-head", "treorchy-head"]
    assert not any(each.locked for each in case_of(cluster, cycle, None, cluster.rota("round-4", "published")).visits)


def test_what_is_fixed_by_hand_to_something_else_is_not_locked(tmp_path: Path) -> None:
    cluster, cycle = cluster_of(tmp_path, rotas=ROTA, cycles=CYCLE.replace("start: 2026-12-01", "start: 2027-01-12"))
    assert not case_of(cluster, cycle).visits[1].locked
    assert case_of(cluster, cycle, date(2026, 12, 24)).visits[1].locked, "what was fixed by hand no longer binds"


EARLIER = """\
  - {id: round-2, name: Round 2, from: 2026-09-01, to: 2026-09-18, visits: [{host: aberdare}]}
  - {id: round-3, name: Round 3, from: 2026-09-21, to: 2026-10-23, visits: [{host: porth}]}
"""
EARLIER_ROTAS = """\
rotas:
  - cycle: round-2
    status: published
    visits:
      - {host: aberdare, dates: [2026-09-15, 2026-09-16], lead: treorchy-head, team: [treorchy-head, porth-head], state: done}
  - cycle: round-3
    status: published
    visits:
      - {host: porth, dates: [2026-09-22], lead: treorchy-head, team: [treorchy-head, aberdare-head], state: done}
      - {host: treorchy, dates: [2026-09-29], lead: aberdare-head, team: [aberdare-head], state: cancelled}
  - cycle: round-3
    status: draft
    visits:
      - {host: porth, dates: [2026-09-22, 2026-09-23], lead: treorchy-head, team: [treorchy-head], state: planned}
"""


def test_balances_go_on_from_cycle_to_cycle(tmp_path: Path) -> None:
    schools = base_files()["schools.yaml"].replace("id: aberdare,", "id: aberdare, carried: 3,")
    schools = schools.replace("id: rhydywaun,", "id: rhydywaun, joined: 2026-09-21,")
    cluster, cycle = cluster_of(tmp_path, cycles=CYCLE + EARLIER, rotas=EARLIER_ROTAS, schools=schools)
    found = balances(cluster, cycle)
    assert [(turn.cycle, turn.given, turn.received, turn.balance) for turn in found["aberdare"]] == [
        ("round-2", 0, 4, -1), ("round-3", 1, 0, 0),
    ]  # fmt: skip
    assert [turn.balance for turn in found["treorchy"]] == [2, 3]
    assert [turn.cycle for turn in found["rhydywaun"]] == ["round-3"]
    assert openings(cluster, cycle) == {"aberdare": 0, "treorchy": 3, "rhydywaun": 0, "porth": 0}
    assert openings(cluster, cluster.cycles["round-3"])["aberdare"] == -1
    assert openings(cluster, cluster.cycles["round-2"])["aberdare"] == 3
    assert [school.carried for school in case_of(cluster, cycle).schools] == [0, 0, 0, 3]


def test_somebody_who_has_changed_schools_counts_for_where_they_were(tmp_path: Path) -> None:
    people = base_files()["people.yaml"].replace(
        "post: Headteacher, school: treorchy,",
        "posts: [{post: Head, school: porth, to: 2026-09-18}, {post: Head, school: treorchy, from: 2026-09-19}],",
    )
    cluster, cycle = cluster_of(tmp_path, cycles=CYCLE + EARLIER, rotas=EARLIER_ROTAS, people=people)
    found = balances(cluster, cycle)
    assert [turn.given for turn in found["porth"]] == [4, 0]
    assert [turn.given for turn in found["treorchy"]] == [0, 1]


def test_the_cycle_can_weigh_every_rule() -> None:
    """Whoever adds a rule adds what becomes of it in a rota edited by hand."""
    assert {rule.name for rule in RULES} <= set(Weights.model_fields)


@pytest.mark.parametrize("rule", [rule.name for rule in RULES])
def test_every_rule_has_words_for_its_breach(rule: str) -> None:
    """In plain words: with the ids that it is about, and without the name of the rule, which stands behind them."""
    some = case(
        [visit(0, days=2, team=2, focus=("attendance",), members=(1,)), visit(1)],
        [person(1, reviewed=((0, 1),)), person(2), person(2)],
        return_after=2, similar_size=1.5,
    )  # fmt: skip
    people = ("person-0",) if rule != "out_per_school" else ("person-1", "person-2")
    breach = Breach(rule, ("school-0", "school-1"), people, (date(2026, 11, 3), date(2026, 11, 5)))
    told = words(some, breach)
    assert "`school-0`" in told or "`person-" in told
    assert not told.startswith("the rule")


@pytest.mark.parametrize("rule", [rule.name for rule in RULES])
def test_every_rule_has_advice_of_its_own(rule: str) -> None:
    assert advice(Breach(rule)) != advice(Breach("tea"))


def test_a_rule_that_has_no_words_yet_is_told_by_what_it_asks_for() -> None:
    told = words(case([visit(0)], [person(1)]), Breach("tea", ("school-0",), ("person-0",), (TUESDAY,)))
    assert told == "the rule `tea` is broken at `school-0` by `person-0` on 2026-11-10"
