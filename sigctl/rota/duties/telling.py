"""What could not be filled, in sentences: stages without a day or without people, visits without reserves; what is alike, once."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sigctl.rota.duties.ground import Ground
from sigctl.rota.duties.standing_in import StandIn
from sigctl.rota.duties.steps import Step
from sigctl.rota.wording import listed


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that could not be filled: where it is, and the words before and after it that others may share."""

    before: str
    where: str
    after: str = ""


def sentences(lacks: Iterable[Lack]) -> Iterator[str]:
    """Everything that could not be filled; what is said alike of several visits is said once, of all of them."""
    alike: dict[tuple[str, str], list[str]] = {}
    for lack in lacks:
        alike.setdefault((lack.before, lack.after), []).append(lack.where)
    yield from (f"{before} {listed(where)}{after}" for (before, after), where in alike.items())


def lacks_of_step(ground: Ground, step: Step, led: int) -> Iterator[Lack]:
    """What a step lacks, when so many people lead it."""
    host = f"`{ground.host(step.visit)}`"
    if not step.days:
        count = abs(step.stage.within or step.stage.due or 0)
        when = "before" if step.stage.within is None and (step.stage.due or 0) < 0 else "after"
        after = f": no calendar goes {count} pupil days {when} the visit; write that of the school year {when}"
        yield Lack(f"no date for `{step.stage.id}` of", host, after)
    elif led < step.wanted + len(step.kept):
        few, part = _few(led, step.wanted + len(step.kept), "facilitator")
        after = "; see who could be out then, or hold it within more days"
        yield Lack(f"{few} found for `{step.stage.id}` of", f"{host} ({part}{_span(step.days)})", after)


def _few(found: int, wanted: int, one: str) -> tuple[str, str]:
    """That nobody was found, or too few, and how many of how many."""
    return (f"too few {one}s were", f"{found} of {wanted}, ") if found else (f"no {one} was", "")


def _span(days: Sequence[date]) -> str:
    return f"{days[0]}" if len(days) == 1 else f"{days[0]} to {days[-1]}"


def lacks_of_reserves(ground: Ground, visit: int, found: Sequence[StandIn]) -> Iterator[Lack]:
    """What the reserves of a visit that is still to come lack."""
    wanted, host = ground.case.rules.reserves, f"`{ground.host(visit)}`"
    if not ground.wants_reserves(visit):
        return
    if len(found) < wanted:
        few, part = _few(len(found), wanted, "reserve")
        after = "; see who could be out then, or train another reviewer"
        yield Lack(f"{few} found for", f"{host} ({part}{_span(ground.dates(visit))})", after)
    placed = ground.placed[visit]
    served = {member for each in found for member in each.places}
    for member in placed.team if found else ():
        if member not in served:
            leads = " (who leads)" if member == placed.lead else ""
            yield Lack("no reserve could take the place of", f"`{ground.case.reviewers[member].id}`{leads} at {host}")
