"""What could not be filled, in sentences: stages without a day or without people, visits without reserves."""

from collections.abc import Iterator, Sequence
from datetime import date

from sigctl.rota.duties.ground import Ground
from sigctl.rota.duties.standing_in import StandIn
from sigctl.rota.duties.steps import Step


def told_of_step(ground: Ground, step: Step, led: int) -> Iterator[str]:
    """What a step lacks, when so many people lead it."""
    called = f"`{step.stage.id}` of `{ground.host(step.visit)}`"
    if not step.days:
        count = abs(step.stage.within or step.stage.due or 0)
        when = "before" if step.stage.within is None and (step.stage.due or 0) < 0 else "after"
        yield f"{called} has no date: there is no calendar {count} pupil days {when} the visit; write that of the school year {when}"
    elif led < step.wanted + len(step.kept):
        few = f"only {led} of {step.wanted + len(step.kept)} facilitators were" if led else "no facilitator was"
        yield f"{few} found for {called}, {_span(step.days)}; see who could be out then, or hold it within more days"


def _span(days: Sequence[date]) -> str:
    return f"on {days[0]}" if len(days) == 1 else f"on any day from {days[0]} to {days[-1]}"


def told_of_reserves(ground: Ground, visit: int, found: Sequence[StandIn]) -> Iterator[str]:
    """What the reserves of a visit that is still to come lack."""
    wanted, host = ground.case.rules.reserves, ground.host(visit)
    if not ground.wants_reserves(visit):
        return
    if len(found) < wanted:
        few = f"only {len(found)} of {wanted} reserves were" if found else "no reserve was"
        yield f"{few} found for `{host}`, on {ground.dates(visit)[0]}; see who could be out then, or train another reviewer"
    placed = ground.placed[visit]
    served = {member for each in found for member in each.places}
    for member in placed.team if found else ():
        if member not in served:
            leads = ", who leads" if member == placed.lead else ""
            yield f"no reserve of `{host}` could take the place of `{ground.case.reviewers[member].id}`{leads}"
