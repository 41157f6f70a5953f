"""From a cluster and a cycle to a plan: gather, search, verify, and say what was proved."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from sigctl.cluster import Cluster
from sigctl.records import Cycle, RotaVisit
from sigctl.rota.case import Case
from sigctl.rota.gathering import case_of
from sigctl.rota.goals import UNITS
from sigctl.rota.obstacles import obstacles
from sigctl.rota.plan import GoalResult, Plan, PlannedVisit, Status
from sigctl.rota.progress import Listener
from sigctl.rota.puzzling import puzzle_of, roster_of
from sigctl.rota.relaxing import culprits, unexplained
from sigctl.rota.rules import Roster, rules_of
from sigctl.rota.search.lexicographic import optimised
from sigctl.rota.search.quiet import quiet
from sigctl.rota.search.scout import Scout
from sigctl.rota.search.watch import Stopped, Watch
from sigctl.rota.verify import breaches, scores


class UnsoundRotaError(AssertionError):
    """The search made a rota that breaks a rule, which is a fault of ours; nobody is shown such a rota."""


def plan_rota(cluster: Cluster, cycle: Cycle, *, seed: int = 0, progress: Listener | None = None, today: date | None = None) -> Plan:
    """The best rota of a cycle, by its goals in their order, and the proof of it.

    `progress` is told how far the search is, several times a second, and stops it by answering True; the best rota found until
    then is kept. Without a stop, the same cluster and seed give the same plan on every machine. `today` ends what is fixed
    `until` an earlier day.
    """
    case = case_of(cluster, cycle, today)
    with quiet():
        plan = plan_case(case, seed, progress)
    before = cluster.rota(cycle.id, "published") or cluster.rota(cycle.id, "draft")
    known = {visit.host: visit for visit in before.visits} if before else {}
    return replace(plan, visits=tuple(_as_before(cluster, visit, known.get(visit.host)) for visit in plan.visits))


def _as_before(cluster: Cluster, visit: PlannedVisit, known: RotaVisit | None) -> PlannedVisit:
    """A visit with the state, and the lead, that it has in the rota before, where that has it with the same days and team."""
    if known is None or known.state == "cancelled":
        return visit
    if known.state == "done":
        return PlannedVisit(visit.host, tuple(sorted(known.dates)), known.lead, tuple(sorted(known.team)), known.state)
    lead = cluster.people[known.lead].reviewer if known.lead in cluster.people else None
    if visit.dates != tuple(sorted(known.dates)) or set(visit.team) != set(known.team) or lead is None or lead.level != "lead":
        return visit
    return replace(visit, lead=known.lead, state=known.state)


def plan_case(case: Case, seed: int = 0, progress: Listener | None = None) -> Plan:
    """The best rota of a case."""
    rules = rules_of(case.rules)
    goals = [(goal.goal, int(goal.slack * UNITS[goal.goal])) for goal in case.goals]
    puzzle = puzzle_of(case, rules)
    conflicts = obstacles(case, rules, puzzle)
    if conflicts:
        return Plan(case.cycle, Status.INFEASIBLE, conflicts=conflicts)
    watch = Watch(progress)
    with Scout(puzzle, [goal for goal, _ in goals], watch, seed) as scout:
        outcome = optimised(puzzle, goals, watch, seed)
    solutions = outcome.solutions if outcome.ended else (*outcome.solutions, *scout.solutions)
    if not solutions:
        return _none(case, watch, seed) if outcome.ended else Plan(case.cycle, Status.UNKNOWN)
    rosters = [roster_of(case, puzzle, solution) for solution in solutions]
    best = rosters[-1] if outcome.ended else min(rosters, key=lambda roster: list(scores(case, roster).values()))
    broken = list(breaches(case, rules, best))
    if broken:
        raise UnsoundRotaError(f"the search broke {broken[0]}")
    return _plan(case, best, outcome.bounds, ended=outcome.ended)


def _none(case: Case, watch: Watch, seed: int) -> Plan:
    """No rota exists; and, unless somebody stops it, which rule would have to give way."""
    try:
        return Plan(case.cycle, Status.INFEASIBLE, conflicts=culprits(case, watch, seed))
    except Stopped:
        return Plan(case.cycle, Status.INFEASIBLE, conflicts=(unexplained(case),))


def _plan(case: Case, roster: Roster, bounds: Mapping[str, int], *, ended: bool) -> Plan:
    visits = [
        PlannedVisit(
            case.schools[case.visits[placed.visit].host].id,
            tuple(case.day(day) for day in placed.days),
            case.reviewers[placed.lead].id,
            tuple(case.reviewers[member].id for member in placed.team),
        )
        for placed in roster
    ]
    status = Status.OPTIMAL if ended else Status.FEASIBLE
    visits.sort(key=lambda visit: (visit.dates, visit.host))
    return Plan(case.cycle, status, tuple(_results(case, roster, bounds)), tuple(visits))


def _results(case: Case, roster: Roster, bounds: Mapping[str, int]) -> Iterator[GoalResult]:
    """What is reached and proved of each goal. A bound supposes that the goals before are reached; else it says nothing."""
    reached = True
    values = scores(case, roster)
    for goal in case.goals:
        score, unit = values[goal.goal], UNITS[goal.goal]
        bound = min(score, bounds[goal.goal]) if reached else 0
        reached = reached and score <= bound + int(goal.slack * unit)
        yield GoalResult(goal.goal, score / unit, bound / unit)
