"""What follows once a rota stands: the stages of each review with their days and facilitators, and who is held in reserve.

The rota itself is never changed by it. What stands in the published rota for a visit that has not changed stays, where it still can.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sigctl.cluster import Cluster
from sigctl.records import Cycle
from sigctl.rota.case import Case
from sigctl.rota.duties.diary import Diary
from sigctl.rota.duties.ground import Ground
from sigctl.rota.duties.keeping import Kept, called, kept_reserves, kept_steps
from sigctl.rota.duties.leading import Leaders
from sigctl.rota.duties.sharing import Offers, Shares, shared
from sigctl.rota.duties.standing_in import StandIns, widest
from sigctl.rota.duties.steps import middle
from sigctl.rota.duties.telling import Lack, lacks_of_reserves, lacks_of_step, sentences
from sigctl.rota.plan import Plan, PlannedStage
from sigctl.rota.rules import rules_of


def with_duties(cluster: Cluster, cycle: Cycle, case: Case, plan: Plan, today: date | None = None) -> Plan:
    """A plan with the stages and the reserves of its visits, and a sentence on each that could not be filled.

    The case must be that of the plan, and hold all of its days. What is done, or before today, is left as it was published; of
    a visit that stands as it was published, so is everything that can be, whether the cycle asks for as much or not.
    """
    ground = Ground(cluster, cycle, case, plan, today)
    if not plan.visits or ground.is_bare:
        return plan
    diary, stand_ins = Diary(cluster, case, ground.roster), StandIns(case, rules_of(case.rules), ground.roster)
    steps = kept_steps(ground, diary)
    kept = kept_reserves(ground, diary, stand_ins, steps)
    offers = _offers(ground, diary, stand_ins, kept)
    return _filled(ground, kept, offers, shared(offers))


def _offers(ground: Ground, diary: Diary, stand_ins: StandIns, kept: Kept) -> Offers:
    """What is left to be shared out, and who could do it."""
    leaders = Leaders(ground, diary)
    asked = tuple(step for step in kept.steps if step.wanted and step.days)
    leading = [(step.visit, ground.number[person]) for step in kept.steps for person in step.kept if person in ground.number]
    wanted = ground.case.rules.reserves
    lacking = {visit: max(0, wanted - len(kept.at(visit))) for visit in ground.placed if ground.wants_reserves(visit)}
    return Offers(
        case=ground.case,
        roster=ground.roster,
        diary=diary,
        steps=asked,
        leading=tuple(
            each for index, step in enumerate(asked) for each in leaders.of(index, step, [one.reviewer for one in kept.at(step.visit)])
        ),
        stand_ins=tuple(
            found
            for visit, number in lacking.items()
            for each in (stand_ins.of(ground.placed[visit]) if number else ())
            if (visit, each.reviewer) not in leading and (found := called(diary, each, ground.dates(visit)))
        ),
        reserves=lacking,
        served=frozenset((each.visit, member) for each in kept.reserves for member in each.places),
        kept=(*(who for _, who in leading), *(each.reviewer for each in kept.reserves)),
    )


def _filled(ground: Ground, kept: Kept, offers: Offers, shares: Shares) -> Plan:
    """The plan with everything in it."""
    asked = {(step.visit, step.stage.id): index for index, step in enumerate(offers.steps)}
    stages: dict[str, list[PlannedStage]] = {}
    lacks: list[Lack] = []
    for step in kept.steps:
        index = asked.get((step.visit, step.stage.id), -1)
        people = (*step.kept, *sorted(ground.case.reviewers[each].id for each in shares.leaders.get(index, ())))
        lacks += lacks_of_step(ground, step, len(people))
        if step.days:
            day = shares.days.get(index) or middle(step)
            stages.setdefault(ground.host(step.visit), []).append(PlannedStage(step.stage.id, day, people))
    reserves: dict[str, tuple[str, ...]] = {}
    for visit in ground.placed:
        found = (*kept.at(visit), *sorted(shares.reserves.get(visit, ()), key=widest))
        lacks += lacks_of_reserves(ground, visit, found)
        ids = tuple(ground.case.reviewers[each.reviewer].id for each in found)
        is_closed = visit in ground.published and ground.is_over(visit)
        reserves[ground.host(visit)] = ground.published[visit].reserves if is_closed else ids
        stages[ground.host(visit)] = _in_order(ground, visit, stages.get(ground.host(visit), []))
    visits = (replace(visit, reserves=reserves[visit.host], stages=tuple(stages[visit.host])) for visit in ground.plan.visits)
    return replace(ground.plan, visits=tuple(visits), notes=(*ground.plan.notes, *sentences(lacks)))


def _in_order(ground: Ground, visit: int, stages: Sequence[PlannedStage]) -> list[PlannedStage]:
    """The stages of a visit in the order in which they are published; in that of the cycle where some are new."""
    order = [stage.id for stage in ground.stages(visit)]
    is_known = all(stage.id in order for stage in stages)
    return sorted(stages, key=lambda each: order.index(each.id)) if is_known else list(stages)
