"""Two rotas of a cycle, compared: which visits are new, moved, with another team, or no longer held.

Pure: knows visits and no files. What it says of people and schools is worked out from these values elsewhere.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from sigctl.rota.plan import PlannedVisit

What = Literal["new", "moved", "team", "cancelled", "details"]
"""How a visit differs; `details` are its reserves and the steps of its review, where nothing else differs."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A visit that is not as it was. One that moved may have another team as well; a new one has no before, a cancelled one no after."""

    host: str
    what: What
    before: PlannedVisit | None
    after: PlannedVisit | None

    @property
    def joins(self) -> tuple[str, ...]:
        """Who is in the team now, and was not before."""
        return _without(self.after, self.before)

    @property
    def leaves(self) -> tuple[str, ...]:
        """Who was in the team before, and is no longer."""
        return _without(self.before, self.after)

    @property
    def stays(self) -> tuple[str, ...]:
        """Who was in the team, and still is."""
        return tuple(each for each in self.after.team if self.before and each in self.before.team) if self.after else ()

    @property
    def has_moved(self) -> bool:
        """Whether the visit is held before and after, on other days."""
        return self.what == "moved"

    @property
    def has_other_lead(self) -> bool:
        """Whether the visit is held before and after, and somebody else leads it."""
        return bool(self.before and self.after and self.before.lead != self.after.lead)


def differences(before: Iterable[PlannedVisit], after: Iterable[PlannedVisit]) -> tuple[Difference, ...]:
    """What changes from one rota to the other, by the new date of each visit, or the old one where there is none.

    A cancelled visit counts as not held. A visit's state, and the order of days and of names, are no difference.
    """
    old, new = _held(before), _held(after)
    found = [each for host in sorted({*old, *new}) for each in _difference(host, old.get(host), new.get(host))]
    return tuple(sorted(found, key=_in_order))


def _held(visits: Iterable[PlannedVisit]) -> dict[str, PlannedVisit]:
    return {visit.host: visit for visit in visits if visit.state != "cancelled"}


def _difference(host: str, before: PlannedVisit | None, after: PlannedVisit | None) -> Iterator[Difference]:
    if before is None or after is None:
        yield Difference(host, "new" if after else "cancelled", before, after)
    elif sorted(before.dates) != sorted(after.dates):
        yield Difference(host, "moved", before, after)
    elif not is_same_team(before, after):
        yield Difference(host, "team", before, after)
    elif (sorted(before.reserves), before.stages) != (sorted(after.reserves), after.stages):
        yield Difference(host, "details", before, after)


def is_same_team(one: PlannedVisit, other: PlannedVisit) -> bool:
    """Whether two visits have the same people in their teams, and the same lead."""
    return sorted(one.team) == sorted(other.team) and one.lead == other.lead


def is_same_visit(one: PlannedVisit, other: PlannedVisit) -> bool:
    """Whether a visit stands unchanged, as far as those who were told of it would notice: its days and its team."""
    return one.host == other.host and sorted(one.dates) == sorted(other.dates) and is_same_team(one, other)


def _without(some: PlannedVisit | None, others: PlannedVisit | None) -> tuple[str, ...]:
    among = others.team if others else ()
    return tuple(each for each in dict.fromkeys(some.team) if each not in among) if some else ()


def _in_order(difference: Difference) -> tuple[object, ...]:
    visit = difference.after or difference.before
    return (sorted(visit.dates) if visit else [], difference.host)
