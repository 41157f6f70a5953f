"""From a published rota that no longer holds to the ways out that change the least.

What is done, or fixed by hand, never moves. The fewest visits change; of those ways, the fewest people are put to trouble, those
who were told of a visit, or have confirmed it, counting more; then the goals of the cycle decide. All of it is proved.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from sigctl.cluster import Cluster
from sigctl.records import Cycle, Rota
from sigctl.rota.case import Case
from sigctl.rota.duties import with_duties
from sigctl.rota.gathering import case_of, without_departed
from sigctl.rota.goals import UNITS
from sigctl.rota.life.differences import Difference, differences
from sigctl.rota.life.draft import visits_of
from sigctl.rota.plan import GoalResult, Plan, PlannedVisit, Status
from sigctl.rota.planning import UnsoundRotaError, as_before, confirm, goal_results, visits_by_id
from sigctl.rota.progress import Listener
from sigctl.rota.puzzle import Puzzle, Row, Solution
from sigctl.rota.puzzling import puzzle_of, roster_of
from sigctl.rota.replan.least_change import LEAST, must_change, start_as_it_stands, with_changes
from sigctl.rota.replan.request import Request, asked
from sigctl.rota.rules import Breach, Roster, rules_of
from sigctl.rota.search.measured import Treatment, measured
from sigctl.rota.search.quiet import quiet
from sigctl.rota.search.staged import Stages
from sigctl.rota.search.watch import Stopped, Watch
from sigctl.rota.standing import Standing, standing
from sigctl.rota.verify import breaches, scores
from sigctl.rota.why.explaining import with_reasons
from sigctl.rota.why.obstacles import obstacles
from sigctl.rota.why.surroundings import Surroundings, surroundings
from sigctl.rota.wording import words
from sigctl.term_dates import Span


@dataclass(frozen=True, slots=True)
class Way:
    """A way out: the whole rota, what of it is not as it was published, and the first goal in which it is better than the first way.

    That is `least` for the first way itself, and `other` for one that is better in nothing, but has other days or other people.
    Bounds of a later way are those that the first one proved, or 0.
    """

    plan: Plan
    changes: tuple[Difference, ...]
    better: str = "least"


@dataclass(frozen=True, slots=True)
class Replan:
    """What of the published rota breaks a rule now, and the ways out, the one of least change first.

    `broken` says it in a sentence each; `before` is what the published rota scores on each goal, in days, kilometres and so on. Where it is
    proved that there is no way out, `no_way` says why; without it and without ways, the search was stopped.
    """

    cycle: str
    broken: tuple[str, ...]
    before: Mapping[str, float]
    ways: tuple[Way, ...] = ()
    no_way: Plan | None = None


@dataclass(frozen=True, slots=True)
class _Task:
    """All that a search for ways out needs: the case as it is now, the rota that stands, and the visits that are in breach.

    Of those the `forced` ones break a rule all by themselves, so they change in every way out.
    """

    case: Case
    stands: Standing
    before: tuple[PlannedVisit, ...]
    puzzle: Puzzle
    in_breach: frozenset[int]
    forced: frozenset[int]


def replan_rota(cluster: Cluster, cycle: Cycle, request: Request, today: date, progress: Listener | None = None) -> Replan:
    """The ways out of what keeps the published rota of a cycle from standing as it is.

    The cycle must have a published rota. `progress` can stop the search; the ways found until then are kept. A visit at a school
    that has left the cluster, and can be host no more, is cancelled.
    """
    rota = cluster.rota(cycle.id, "published")
    assert rota
    own = case_of(cluster, cycle, today, rota)
    request = replace(request, cancelled=tuple(_cancelled(cycle, rota)))
    off = {host for host, _ in request.cancelled}
    told = (*broken_words(own, standing(own, rota.visits), off), *request.sentences())
    case = asked(own, standing(own, rota.visits), request, today)
    case = without_departed(cluster, cycle, case)
    with quiet():
        around = Surroundings if request.is_asked else partial(surroundings, cluster, cycle, case, today)
        found = replan_case(case, standing(case, rota.visits), visits_of(rota), progress, around)
        ways = tuple(_with_duties(way, visits_of(rota), with_duties(cluster, cycle, case, way.plan, today)) for way in found.ways)
    return replace(found, broken=told, ways=ways)


def _with_duties(way: Way, before: Sequence[PlannedVisit], plan: Plan) -> Way:
    """A way with the reserves and the stages of its visits."""
    return replace(way, plan=plan, changes=differences(before, plan.visits))


def _cancelled(cycle: Cycle, rota: Rota) -> Iterator[tuple[str, Span]]:
    """The visits of a rota that were cancelled, although the cycle still wants them."""
    wanted = {visit.host for visit in cycle.visits}
    yield from (
        (visit.host, Span(min(visit.dates), max(visit.dates)))
        for visit in rota.visits
        if visit.state == "cancelled" and visit.host in wanted
    )


def broken_words(case: Case, stands: Standing, off: AbstractSet[str] = frozenset()) -> tuple[str, ...]:
    """What of a rota breaks a rule, in a sentence each; that some hosts have no visit is told elsewhere."""
    broken = (*stands.breaches(), *breaches(case, rules_of(case.rules), stands.roster))
    return tuple(words(case, breach) for breach in broken if breach.rule != "visits" or not off & set(breach.hosts))


def replan_case(
    case: Case,
    stands: Standing,
    before: Sequence[PlannedVisit],
    progress: Listener | None = None,
    around: Callable[[], Surroundings] = Surroundings,
) -> Replan:
    """The ways out for a case, from the rota that stands: by its numbers, and as it was published.

    `around` tells what else could change, where there is no way out.
    """
    rules = rules_of(case.rules)
    broken = (*stands.breaches(), *breaches(case, rules, stands.roster))
    told = broken_words(case, stands)
    now = {goal: value / UNITS[goal] for goal, value in scores(case, stands.roster).items()}
    puzzle = with_changes(case, stands, puzzle_of(case, rules))
    in_the_way = obstacles(case, rules, puzzle)
    watch = Watch(progress)
    none = Plan(case.cycle, Status.INFEASIBLE, conflicts=in_the_way)
    if in_the_way:
        return Replan(case.cycle, told, now, (), with_reasons(none, case, around(), watch, 0))
    in_breach, forced = _in_breach(case, stands, broken), must_change(case, stands, puzzle)
    found, is_proved = _solutions(_Task(case, stands, tuple(before), puzzle, in_breach | forced, forced), watch)
    if not found and is_proved:
        return Replan(case.cycle, told, now, (), with_reasons(none, case, around(), watch, 0))
    return Replan(case.cycle, told, now, found)


def _in_breach(case: Case, stands: Standing, broken: Iterable[Breach]) -> frozenset[int]:
    """The visits that have part in a breach, and those that have no place at all; what is settled is as it is."""
    hosts = {host for breach in broken for host in breach.hosts}
    placed = {each.visit for each in stands.roster}
    every = ((index, visit) for index, visit in enumerate(case.visits) if not visit.settled)
    return frozenset(index for index, visit in every if case.schools[visit.host].id in hosts or index not in placed)


def _solutions(task: _Task, watch: Watch) -> tuple[tuple[Way, ...], bool]:
    """The ways out, and whether the search for the first ended by proof."""
    found: list[Way] = []
    unlike: list[Treatment] = []
    for order in _orders(task.case):
        stages = _searched(task, watch, order, tuple(unlike), _changes_of(task, found[0]) if found else None)
        if stages.best is None:
            return tuple(found), bool(found) or stages.is_proved
        way = _way(task, stages, found[0] if found else None)
        if not found or way.better != "other" or _changes_of(task, way) == _changes_of(task, found[0]):
            found.append(way)
        different = list(_treatments(task, stages.best, way))
        if not different or not stages.is_proved:
            break
        unlike += different
    return tuple(found), True


def _changes_of(task: _Task, way: Way) -> int:
    """How many visits a way changes, of those that are in the case and were published."""
    return round(way.plan.goals[0].value) - _come_and_gone(task)


def _come_and_gone(task: _Task) -> int:
    """The visits that are new, or no longer wanted: they change in every way."""
    hosts = {task.case.schools[visit.host].id for visit in task.case.visits}
    held = {visit.host for visit in task.before if visit.state != "cancelled"}
    return len(hosts ^ held)


def _orders(case: Case) -> Iterator[tuple[tuple[str, int], ...]]:
    """In which order each way makes its goals small: always the changes first; then people, or nearness, or what the cycle wants."""
    own = tuple((goal.goal, int(goal.slack * UNITS[goal.goal])) for goal in case.goals)
    changes, people, weeks = ((goal, 0) for goal in LEAST)
    yield (changes, people, weeks, *own)
    yield (changes, weeks, people, *own)
    if own:
        yield (changes, *own, people, weeks)


def _searched(task: _Task, watch: Watch, goals: tuple[tuple[str, int], ...], unlike: tuple[Treatment, ...], least: int | None) -> Stages:
    """The search for a way out unlike others; with one more change than the `least`, where that is known.

    It looks first at the ways in which only the forced visits change. Where there is one, no way changes fewer visits, and none
    that changes as few changes another visit.
    """
    for puzzle in (_but_for(task, task.forced | _unplaced(task)), task.puzzle):
        stages = Stages(puzzle, watch, unlike=unlike, near=_as_it_stands(task))
        if least is not None:
            stages.holds["changes"] = least + 1
        stages.bounds["changes"] = len(task.forced)
        try:
            stages.improve(goals)
        except Stopped:
            stages.is_proved = False
            break
        if stages.best:
            break
    return stages


def _unplaced(task: _Task) -> frozenset[int]:
    """The visits that have no place in the rota as it stands."""
    return frozenset(range(len(task.case.visits))) - {placed.visit for placed in task.stands.roster}


def _but_for(task: _Task, free: Collection[int]) -> Puzzle:
    """The puzzle in which all visits stay as they stand but for some."""
    stays = {placed.visit: placed for placed in task.stands.roster if placed.visit not in free}
    starts = [
        mask & start_as_it_stands(task.case, visit, stays[visit].days) if visit in stays else mask
        for visit, mask in enumerate(task.puzzle.starts)
    ]
    candidates = task.puzzle.candidates
    out = (index for index, each in enumerate(candidates) if each.visit in stays and each.reviewer not in stays[each.visit].team)
    return replace(task.puzzle, starts=tuple(starts), rows=(*task.puzzle.rows, Row(0, 0, tuple(out))))


def _as_it_stands(task: _Task) -> Solution | None:
    """The rota as it stands, to begin with, broken as it may be; None where some visit has no place in it."""
    starts = {placed.visit: placed.days[0] for placed in task.stands.roster}
    if len(starts) < len(task.case.visits):
        return None
    members = {(placed.visit, member) for placed in task.stands.roster for member in placed.team}
    chosen = (index for index, each in enumerate(task.puzzle.candidates) if (each.visit, each.reviewer) in members)
    return Solution(tuple(chosen), tuple(starts[visit] for visit in range(len(task.case.visits))))


def _treatments(task: _Task, solution: Solution, way: Way) -> Iterator[Treatment]:
    """How a way treats the visits that had to change: the week to which each moved, or the people who came into its team."""
    changed = {each.host: each for each in way.changes}
    for visit in sorted(task.in_breach):
        difference = changed.get(task.case.schools[task.case.visits[visit].host].id)
        if difference is None or task.case.visits[visit].settled:
            continue
        start = solution.starts[visit]
        if difference.what in ("moved", "new"):
            monday = start - (start + task.puzzle.weekday) % 7
            yield Treatment(visit, 127 << monday if monday >= 0 else 127 >> -monday, ())
        else:
            newcomers = {task.case.reviewers[each].id: each for each in range(len(task.case.reviewers))}
            joined = {newcomers[each] for each in difference.joins}
            among = (each for each in solution.chosen if task.puzzle.candidates[each].visit == visit)
            yield Treatment(visit, 1 << start, tuple(each for each in among if task.puzzle.candidates[each].reviewer in joined))


def _way(task: _Task, stages: Stages, first: Way | None) -> Way:
    """A solution as a whole rota, checked, and what changes."""
    assert stages.best
    roster = roster_of(task.case, task.puzzle, stages.best)
    broken = list(breaches(task.case, rules_of(task.case.rules), roster))
    if broken:
        raise UnsoundRotaError(f"the search broke {broken[0]}")
    visits = as_before(task.case, visits_by_id(task.case, roster), task.before)
    confirm(task.case, visits)
    changes = tuple(each for each in differences(task.before, visits) if each.what != "details")
    status = Status.OPTIMAL if stages.is_proved else Status.FEASIBLE
    plan = Plan(task.case.cycle, status, tuple(_results(task, stages, roster, first)), visits)
    if plan.goals[0].value != len(changes):
        raise UnsoundRotaError(f"{len(changes)} visits change, not {plan.goals[0].value}")
    return Way(plan, changes, "least" if first is None else _better(plan, first.plan))


def _results(task: _Task, stages: Stages, roster: Roster, first: Way | None) -> Iterator[GoalResult]:
    """How many visits change, how much trouble that is to people, the weeks, and the goals of the cycle, with what was proved."""
    assert stages.best
    constant = {"changes": _come_and_gone(task)}
    proved = {goal.name: goal.bound for goal in first.plan.goals[:1]} if first else {}
    least = []
    for goal in LEAST:
        more = constant.get(goal, 0)
        bound = proved.get(goal, 0.0) if first else stages.bounds.get(goal, 0) + more
        least.append(GoalResult(goal, measured(task.puzzle, goal, stages.best) + more, bound))
    is_least = first is None and all(goal.value <= goal.bound for goal in least)
    yield from least
    yield from goal_results(task.case, roster, stages.bounds if is_least else {}, is_proved=stages.is_proved and is_least)


def _better(plan: Plan, first: Plan) -> str:
    """The first goal in which a plan is better than the first one."""
    return next((mine.name for mine, its in zip(plan.goals, first.goals, strict=True) if mine.value < its.value), "other")
