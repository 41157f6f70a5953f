"""From a cluster and a cycle to a plan: gather, search, verify, and say what was proved."""

from collections.abc import Mapping
from datetime import date

from sigctl.cluster import Cluster
from sigctl.records import Cycle
from sigctl.rota.case import Case
from sigctl.rota.drafting import puzzle_of, roster_of
from sigctl.rota.gathering import case_of
from sigctl.rota.goals import UNITS
from sigctl.rota.obstacles import obstacles
from sigctl.rota.plan import GoalResult, Plan, PlannedVisit, Status
from sigctl.rota.progress import Listener
from sigctl.rota.relaxing import culprits, unexplained
from sigctl.rota.rules import Roster, rules_of
from sigctl.rota.search.lexicographic import optimised
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
    return plan_case(case_of(cluster, cycle, today), seed, progress)


def plan_case(case: Case, seed: int = 0, progress: Listener | None = None) -> Plan:
    """The best rota of a case."""
    rules = rules_of(case.rules)
    goals = [(goal.goal, int(goal.slack * UNITS[goal.goal])) for goal in case.goals]
    puzzle = puzzle_of(case, rules)
    conflicts = obstacles(case, rules, puzzle)
    if conflicts:
        return Plan(case.cycle, Status.INFEASIBLE, conflicts=conflicts)
    watch = Watch(progress)
    outcome = optimised(puzzle, goals, watch, seed)
    if not outcome.solutions:
        return _none(case, watch, seed) if outcome.ended else Plan(case.cycle, Status.UNKNOWN)
    rosters = [roster_of(case, puzzle, solution) for solution in outcome.solutions]
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
    results = tuple(
        GoalResult(name, score / UNITS[name], min(score, bounds[name]) / UNITS[name]) for name, score in scores(case, roster).items()
    )
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
    return Plan(case.cycle, status, results, tuple(sorted(visits, key=lambda visit: (visit.dates, visit.host))))
