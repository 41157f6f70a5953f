"""From a published rota that no longer holds to the ways out that change the least.

What is done, or fixed by hand, never moves. The fewest visits change; of those ways, the fewest people are put to trouble, those
who were told of a visit, or have confirmed it, counting more; then the goals of the cycle decide. All of it is proved.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from sigctl.cluster import Cluster
from sigctl.records import Cycle
from sigctl.rota.case import Case
from sigctl.rota.duties import with_duties
from sigctl.rota.gathering import case_of
from sigctl.rota.goals import UNITS
from sigctl.rota.life.differences import Difference, differences
from sigctl.rota.life.draft import visits_of
from sigctl.rota.plan import GoalResult, Plan, PlannedVisit, Status
from sigctl.rota.planning import UnsoundRotaError, as_before, goal_results, visits_by_id
from sigctl.rota.progress import Listener
from sigctl.rota.puzzle import Puzzle, Row, Solution
from sigctl.rota.puzzling import puzzle_of, roster_of
from sigctl.rota.replan.least_change import LEAST, start_as_it_stands, with_changes
from sigctl.rota.replan.request import Request, asked
from sigctl.rota.rules import Breach, rules_of
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


@dataclass(frozen=True, slots=True)
class Way:
    """A way out: the whole rota, what of it is not as it was published, and what it puts first among the ways with the fewest changes.

    That is `people`, `weeks` or the first goal of the cycle. Bounds of the goals hold where those before them are reached, in the
    order in which the way was looked for; they are told in the order of all ways.
    """

    plan: Plan
    changes: tuple[Difference, ...]
    first: str = "people"


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
    told = (*broken_words(own, standing(own, rota.visits)), *request.sentences())
    case = asked(own, standing(own, rota.visits), request, today)
    gone = {host for host in (visit.host for visit in cycle.visits) if (cluster.schools[host].left or date.max) < cycle.last}
    staying = (visit for visit in case.visits if visit.settled or case.starts(visit) or case.schools[visit.host].id not in gone)
    case = replace(case, visits=tuple(staying))
    with quiet():
        around = partial(surroundings, cluster, cycle, case, today)
        found = replan_case(case, standing(case, rota.visits), visits_of(rota), progress, around)
        ways = tuple(_with_duties(way, visits_of(rota), with_duties(cluster, cycle, case, way.plan, today)) for way in found.ways)
    return replace(found, broken=told, ways=ways)


def _with_duties(way: Way, before: Sequence[PlannedVisit], plan: Plan) -> Way:
    """A way with the reserves and the stages of its visits."""
    return replace(way, plan=plan, changes=differences(before, plan.visits))


def broken_words(case: Case, stands: Standing) -> tuple[str, ...]:
    """What of a rota breaks a rule, in a sentence each."""
    return tuple(words(case, breach) for breach in (*stands.breaches(), *breaches(case, rules_of(case.rules), stands.roster)))


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
    in_breach, forced = (_visits_of(case, stands, broken, most) for most in (None, 1))
    found, is_proved = _solutions(_Task(case, stands, tuple(before), puzzle, in_breach, forced), watch)
    if not found and is_proved:
        return Replan(case.cycle, told, now, (), with_reasons(none, case, around(), watch, 0))
    return Replan(case.cycle, told, now, found)


def _visits_of(case: Case, stands: Standing, broken: Iterable[Breach], most: int | None = None) -> frozenset[int]:
    """The visits that break a rule as they stand, with so many others at the most, and those that have no place at all."""
    hosts = {host for breach in broken if most is None or len(breach.hosts) <= most for host in breach.hosts}
    placed = {each.visit for each in stands.roster}
    every = enumerate(case.visits)
    return frozenset(index for index, visit in every if case.schools[visit.host].id in hosts or index not in placed)


def _solutions(task: _Task, watch: Watch) -> tuple[tuple[Way, ...], bool]:
    """The ways out, and whether the search for the first ended by proof."""
    found: list[Way] = []
    unlike: list[Treatment] = []
    for order in _orders(task.case):
        stages = _searched(task, watch, order, tuple(unlike), round(found[0].plan.goals[0].value) if found else None)
        if stages.best is None:
            return tuple(found), bool(found) or stages.is_proved
        if found:
            stages.bounds["changes"] = round(found[0].plan.goals[0].bound)
        found.append(_way(task, stages, order[1][0]))
        different = list(_treatments(task, stages.best, found[-1]))
        if not different or not stages.is_proved:
            break
        unlike += different
    return tuple(found), True


def _orders(case: Case) -> Iterator[tuple[tuple[str, int], ...]]:
    """In which order each way makes its goals small: always the changes first; then people, or nearness, or what the cycle wants."""
    own = tuple((goal.goal, int(goal.slack * UNITS[goal.goal])) for goal in case.goals)
    changes, people, weeks = ((goal, 0) for goal in LEAST)
    yield (changes, people, weeks, *own)
    yield (changes, weeks, people, *own)
    if own:
        yield (changes, *own, people, weeks)


def _searched(
    task: _Task, watch: Watch, goals: tuple[tuple[str, int], ...], unlike: tuple[Treatment, ...], least: int | None
) -> Stages:
    """The search for a way out unlike others; with one more change than the `least`, where that is known.

    It looks first at the ways in which only the forced visits change. Where there is one, no way changes fewer visits, and none
    that changes as few changes another visit.
    """
    for puzzle in (_but_for(task, task.forced), task.puzzle):
        stages = Stages(puzzle, watch, unlike=unlike, near=_as_it_stands(task))
        if least is not None:
            stages.holds["changes"] = least + 1
        stages.bounds["changes"] = len(task.forced & {placed.visit for placed in task.stands.roster})
        try:
            stages.improve(goals)
        except Stopped:
            stages.is_proved = False
            break
        if stages.best:
            break
    return stages


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


def _way(task: _Task, stages: Stages, first: str) -> Way:
    """A solution as a whole rota, checked, and what changes."""
    assert stages.best
    roster = roster_of(task.case, task.puzzle, stages.best)
    broken = list(breaches(task.case, rules_of(task.case.rules), roster))
    if broken:
        raise UnsoundRotaError(f"the search broke {broken[0]}")
    visits = as_before(task.case, visits_by_id(task.case, roster), task.before)
    status = Status.OPTIMAL if stages.is_proved else Status.FEASIBLE
    least = tuple(_least_change(task, stages))
    goals = goal_results(task.case, roster, stages.bounds if all(goal.value <= goal.bound for goal in least) else {})
    plan = Plan(task.case.cycle, status, (*least, *goals), visits)
    return Way(plan, differences(task.before, visits), first)


def _least_change(task: _Task, stages: Stages) -> Iterator[GoalResult]:
    """How many visits change, and how much trouble that is to people, each with what was proved."""
    assert stages.best
    for goal in LEAST:
        yield GoalResult(goal, measured(task.puzzle, goal, stages.best), stages.bounds.get(goal, 0))
