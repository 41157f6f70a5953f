"""A round of reviews and its rota: what all papers of it are made from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sigctl.cluster import Cluster
from sigctl.records import Cycle, Rota
from sigctl.reports.imprint import Imprint, imprint
from sigctl.reports.visits import Proof, RotaPage, standing_page
from sigctl.rota.gathering import kilometres
from sigctl.rota.life.digest import digest
from sigctl.rota.life.draft import head_of
from sigctl.words import Words


@dataclass(frozen=True, slots=True)
class Round:
    """A cycle with its rota as a page, on the day on which its papers are made."""

    cluster: Cluster
    cycle: Cycle
    page: RotaPage
    on: date

    @property
    def imprint(self) -> Imprint:
        """What each of its papers carries."""
        return imprint(self.cluster, self.on)

    @property
    def name(self) -> Words:
        """What the cycle is called."""
        return self.cycle.name.words

    def focus(self, host: str) -> tuple[str, ...]:
        """What the review of a host looks at, by short names such as `literacy`."""
        visit = next((visit for visit in self.cycle.visits if visit.host == host), None)
        return tuple(self.cycle.focus_of(visit) if visit else self.cycle.focus)

    def way(self, school: str, host: str) -> float | None:
        """How far it is from a school to a host, in kilometres as the crow flies; None where the files do not say where they are."""
        places = [self.cluster.schools[each].location for each in (school, host) if each in self.cluster.schools]
        start, end = places if len(places) == 2 else (None, None)
        return round(kilometres(start, end), 1) if start and end else None


def round_of(cluster: Cluster, cycle: Cycle, rota: Rota, today: date) -> Round:
    """A round with one of its rotas. What its file says was proved counts, as long as the files ask for the same rota."""
    page = standing_page(cluster, cycle, rota, today)
    proofs = tuple(_proofs(cluster, cycle, rota, page.proofs))
    return Round(cluster, cycle, replace(page, proofs=proofs, stands=not any(proof.bound for proof in proofs)), today)


def _proofs(cluster: Cluster, cycle: Cycle, rota: Rota, scored: Sequence[Proof]) -> Iterator[Proof]:
    """Each score, with the bound that was found when the rota was planned."""
    origin = cluster.origins.get(("rotas", f"{rota.cycle} {rota.status}"))
    head = head_of(origin.document.text) if origin else None
    holds = bool(head and head.files and head.files == digest(cluster, cycle))
    slack: dict[str, float] = {goal.goal: goal.slack for goal in cycle.goals}
    for proof in scored:
        value, bound = head.goals.get(proof.goal, (None, 0)) if head and holds else (None, 0)
        yield replace(proof, bound=bound, slack=slack.get(proof.goal, 0)) if value == proof.value else proof
