"""A rota of the files, by the numbers of a case: for whatever judges, explains or changes what stands in a file."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sigctl.records import RotaVisit, State
from sigctl.rota.case import Case, Visit
from sigctl.rota.plan import PlannedVisit
from sigctl.rota.rules import Breach, Placed, Roster


@dataclass(frozen=True, slots=True)
class Standing:
    """The visits of a rota file that the case knows, each with its state, and what the case does not know.

    `strangers` are members who are no reviewers of a school that takes part, each with the host; `elsewhere` are hosts that the
    cycle does not visit. Cancelled visits are left out, and so are strangers who were there when a settled visit took place;
    where they are left out of it, it is `altered`.
    """

    roster: Roster
    states: Mapping[int, State]
    strangers: tuple[tuple[str, str], ...] = ()
    elsewhere: tuple[str, ...] = ()
    altered: tuple[tuple[str, str], ...] = ()

    def placed(self, visit: int) -> Placed | None:
        """How a visit stands."""
        return next((each for each in self.roster if each.visit == visit), None)

    def breaches(self) -> Iterator[Breach]:
        """What no rule can judge, because the case does not know who or what it is."""
        for host in self.elsewhere:
            yield Breach("visits", (host,))
        for host, person in self.strangers:
            yield Breach("reviewers", (host,), (person,))
        for host, person in self.altered:
            yield Breach("fixed", (host,), (person,))


def standing(case: Case, visits: Iterable[RotaVisit | PlannedVisit]) -> Standing:
    """The visits of a rota, by the case's numbers. The case's origin must not lie after any of their days."""
    hosts = {case.schools[visit.host].id: index for index, visit in enumerate(case.visits)}
    reviewers = {reviewer.id: index for index, reviewer in enumerate(case.reviewers)}
    held = [visit for visit in visits if visit.state != "cancelled"]
    known = [visit for visit in held if visit.host in hosts]
    return Standing(
        tuple(sorted((_placed(case, hosts[each.host], reviewers, each) for each in known), key=lambda placed: placed.visit)),
        {hosts[each.host]: each.state for each in known},
        tuple((each.host, member) for each in known for member in _strangers(case.visits[hosts[each.host]], each, reviewers)),
        tuple(each.host for each in held if each.host not in hosts),
        tuple((each.host, member) for each in known for member in case.visits[hosts[each.host]].gone if member not in each.team),
    )


def _strangers(visit: Visit, stands: RotaVisit | PlannedVisit, reviewers: Mapping[str, int]) -> Iterator[str]:
    """Members who cannot be in the team of a visit, for the case does not know them, nor were they there when it took place."""
    members = dict.fromkeys(stands.team if visit.settled else (*stands.team, stands.lead))
    return (member for member in members if member not in reviewers and member not in visit.gone)


def _placed(case: Case, visit: int, reviewers: Mapping[str, int], stands: RotaVisit | PlannedVisit) -> Placed:
    """A visit by numbers; where its lead is a stranger, the first member stands for the lead."""
    team = tuple(sorted(reviewers[each] for each in stands.team if each in reviewers))
    lead = reviewers.get(stands.lead, team[0] if team else 0)
    return Placed(visit, tuple(sorted((day - case.origin).days for day in stands.dates)), lead, team)
