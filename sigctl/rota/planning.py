"""From a cluster and a cycle to a plan: gather, search, verify, and say what was proved."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from sigctl.cluster import Cluster
from sigctl.records import Cycle, RotaVisit
from sigctl.rota.case import Case
from sigctl.rota.duties import with_duties
from sigctl.rota.gathering import case_of
from sigctl.rota.goals import UNITS
from sigctl.rota.partial import left_out
from sigctl.rota.plan import GoalResult, Plan, PlannedVisit, Status
from sigctl.rota.progress import Listener
from sigctl.rota.puzzling import puzzle_of, roster_of
from sigctl.rota.rules import Roster, rules_of
from sigctl.rota.search.lexicographic import Outcome
from sigctl.rota.search.placing import most_visits
from sigctl.rota.search.quiet import quiet
from sigctl.rota.search.scout import Scout
from sigctl.rota.search.staged import staged
from sigctl.rota.search.watch import Stopped, Watch
from sigctl.rota.standing import standing
from sigctl.rota.verify import breaches, scores
from sigctl.rota.why.explaining import with_reasons
from sigctl.rota.why.obstacles import obstacles
from sigctl.rota.why.oracle import narrowed
from sigctl.rota.why.surroundings import Surroundings, surroundings


class UnsoundRotaError(AssertionError):
    """The search made a rota that breaks a rule, which is a fault of ours; nobody is shown such a rota."""


def plan_rota(
    cluster: Cluster, cycle: Cycle, *, seed: int = 0, progress: Listener | None = None, today: date | None = None, partly: bool = False
) -> Plan:
    """The best rota of a cycle, by its goals in their order, and the proof of it.

    `progress` is told how far the search is, several times a second, and stops it by answering True; the best rota found until
    then is kept. Without a stop, the same cluster and seed give the same plan on every machine. `today` ends what is fixed
    `until` an earlier day. Where no rota exists, the plan says why; `partly`, it holds as many visits as can be.
    """
    case = case_of(cluster, cycle, today)
    with quiet():
        if partly:
            plan = part_case(case, seed, progress)
        else:
            plan = plan_case(case, seed, progress, lambda: surroundings(cluster, cycle, case, today))
    before = cluster.rota(cycle.id, "published") or cluster.rota(cycle.id, "draft")
    plan = replace(plan, visits=as_before(case, plan.visits, before.visits if before else ()))
    confirm(case, plan.visits)
    with quiet():
        return with_duties(cluster, cycle, case, plan, today)


def as_before(case: Case, visits: Iterable[PlannedVisit], before: Iterable[RotaVisit | PlannedVisit]) -> tuple[PlannedVisit, ...]:
    """Visits with the state, and the lead, that they have in the rota before, where that has them with the same days and team.

    Those that are settled in the case stand as they do there; whatever else is called done has not been.
    """
    held = [visit for visit in before if visit.state != "cancelled"]
    settled = {case.schools[visit.host].id for visit in case.visits if visit.settled}
    leads = {reviewer.id for reviewer in case.reviewers if reviewer.level == "lead"}
    known = {visit.host: visit for visit in held}
    done = {visit.host: _as_it_was(visit) for visit in held if visit.state == "done" and visit.host in settled}
    stood = (_as_before(visit, known[visit.host], leads) if visit.host in known else visit for visit in visits)
    return tuple(done.get(visit.host, visit) for visit in stood)


def _as_before(visit: PlannedVisit, known: RotaVisit | PlannedVisit, leads: Collection[str]) -> PlannedVisit:
    lead = known.lead if known.lead in leads and known.lead in visit.team else visit.lead
    is_same = visit.dates == tuple(sorted(known.dates)) and set(visit.team) == set(known.team) and lead == known.lead
    return replace(visit, lead=lead, state=known.state if is_same and known.state != "done" else "planned")


def _as_it_was(done: RotaVisit | PlannedVisit) -> PlannedVisit:
    return PlannedVisit(done.host, tuple(sorted(done.dates)), done.lead, tuple(sorted(done.team)), done.state)


def confirm(case: Case, visits: Sequence[PlannedVisit]) -> None:
    """Look at the visits once more as they will be written.

    UnsoundRotaError: they break a rule; that some visits of the case are not among them breaks none.
    """
    if not visits:
        return
    stands, held = standing(case, visits), {visit.host for visit in visits}
    for breach in (*stands.breaches(), *breaches(case, rules_of(case.rules), stands.roster)):
        if breach.rule != "visits" or not held.isdisjoint(breach.hosts):
            raise UnsoundRotaError(f"the visits to be written break {breach}")


def plan_case(case: Case, seed: int = 0, progress: Listener | None = None, around: Callable[[], Surroundings] = Surroundings) -> Plan:
    """The best rota of a case; without one, what stands in the way and what would help."""
    watch = Watch(progress)
    plan = searched(case, seed, watch)
    return with_reasons(plan, case, around(), watch, seed) if plan.status is Status.INFEASIBLE else plan


def part_case(case: Case, seed: int = 0, progress: Listener | None = None) -> Plan:
    """The best rota of a case; without one, the best of the most visits that can be placed, and who is nearest to the others."""
    plan = searched(case, seed, Watch(progress))
    if plan.status is not Status.INFEASIBLE:
        return plan
    watch = Watch(progress)
    watch.stage("placing visits")
    try:
        visits, is_most = most_visits(case, watch, seed)
    except Stopped:
        return Plan(case.cycle, Status.UNKNOWN)
    part = searched(narrowed(case, visits), seed, Watch(progress))
    return replace(part, left_out=left_out(case, part), most_visits=is_most)


def searched(case: Case, seed: int, watch: Watch) -> Plan:
    """The best rota of a case; without one, what can be seen by counting to stand in the way."""
    rules = rules_of(case.rules)
    goals = [(goal.goal, int(goal.slack * UNITS[goal.goal])) for goal in case.goals]
    puzzle = puzzle_of(case, rules)
    conflicts = obstacles(case, rules, puzzle)
    if conflicts:
        return Plan(case.cycle, Status.INFEASIBLE, conflicts=conflicts)
    with Scout(puzzle, [goal for goal, _ in goals], watch, seed) as scout:
        outcome = staged(puzzle, goals, watch, seed)
    solutions = outcome.solutions if outcome.ended else (*outcome.solutions, *scout.solutions)
    if not solutions:
        return Plan(case.cycle, Status.INFEASIBLE if outcome.ended else Status.UNKNOWN)
    rosters = [roster_of(case, puzzle, solution) for solution in solutions]
    best = rosters[-1] if outcome.ended else min(rosters, key=lambda roster: list(scores(case, roster).values()))
    broken = list(breaches(case, rules, best))
    if broken and case.broken_up and not case.wary:
        return _warily(case, outcome, seed, watch)
    if broken:
        raise UnsoundRotaError(f"the search broke {broken[0]}")
    return _plan(case, best, outcome.bounds, ended=outcome.ended)


def _warily(case: Case, outcome: Outcome, seed: int, watch: Watch) -> Plan:
    """A rota that keeps clear of the late days of settled visits, for the search could not count them; what it proved still holds."""
    watch.solutions.clear()
    plan = searched(replace(case, wary=True), seed, watch)
    if not plan.visits:
        return replace(plan, status=Status.UNKNOWN, conflicts=())
    roster = standing(case, plan.visits).roster
    goals = tuple(goal_results(case, roster, outcome.bounds))
    is_best = outcome.ended and all(goal.value <= goal.bound for goal in goals)
    return replace(plan, status=Status.OPTIMAL if is_best else Status.FEASIBLE, goals=goals)


def _plan(case: Case, roster: Roster, bounds: Mapping[str, int], *, ended: bool) -> Plan:
    status = Status.OPTIMAL if ended else Status.FEASIBLE
    return Plan(case.cycle, status, tuple(goal_results(case, roster, bounds, is_proved=ended)), visits_by_id(case, roster))


def visits_by_id(case: Case, roster: Roster) -> tuple[PlannedVisit, ...]:
    """A rota by the ids of the files, its visits by date."""
    visits = [
        PlannedVisit(
            case.schools[case.visits[placed.visit].host].id,
            tuple(case.day(day) for day in placed.days),
            case.reviewers[placed.lead].id if placed.team else case.visits[placed.visit].gone[0],
            tuple(sorted((*(case.reviewers[member].id for member in placed.team), *case.visits[placed.visit].gone))),
        )
        for placed in roster
    ]
    return tuple(sorted(visits, key=lambda visit: (visit.dates, visit.host)))


def _least(case: Case, goal: str) -> int:
    """What no rota of a case goes below on a goal; travel alone is worth the sums."""
    if goal != "travel":
        return 0
    from sigctl.rota.least import least

    return least(case)


def goal_results(case: Case, roster: Roster, bounds: Mapping[str, int], *, is_proved: bool = False) -> Iterator[GoalResult]:
    """What is reached and proved of each goal. A bound supposes that the goals before are reached; else it is one of all rotas.

    UnsoundRotaError: it `is_proved` that no rota is as good as this one. Where a goal before has slack, a bound may say no more than
    that no rota is better than one that is known, and lie above it.
    """
    reached = strict = True
    values = scores(case, roster)
    for goal in case.goals:
        score, unit = values[goal.goal], UNITS[goal.goal]
        bound = bounds.get(goal.goal, 0) if reached else 0
        if bound > score and strict and is_proved:
            raise UnsoundRotaError(f"{goal.goal} is {score}, which the search proved impossible: at best {bound}")
        bound = min(score, bound) if bound >= score else max(bound, _least(case, goal.goal))
        slack = int(goal.slack * unit)
        reached, strict = reached and score <= bound + slack, strict and not slack
        yield GoalResult(goal.goal, score / unit, bound / unit)
