"""What each school gave and received over the cycles, and how it stands. Pure: cluster and rotas in, values out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sigctl.cluster import Cluster
from sigctl.records import Cycle, Rota, School
from sigctl.rota.past.balances import Turn, balances, earlier_cycles, given_and_received, is_member, openings
from sigctl.words import Words


@dataclass(frozen=True, slots=True)
class CycleHead:
    """A cycle that counts: its id and name, and whether its rota is a draft."""

    id: str
    name: Words
    is_draft: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """How one school stands: the balance that it brought, its turn in each cycle that counts, and its balance now.

    A turn is None where the school did not belong to the cluster. `joined` is given for a school that is new: one that joined
    after the first of the cycles had begun.
    """

    id: str
    name: Words
    carried: int
    turns: tuple[Turn | None, ...]
    joined: date | None = None
    left: date | None = None

    @property
    def balance(self) -> int:
        """The reviewer-days that the school has given beyond what it received."""
        return next((turn.balance for turn in reversed(self.turns) if turn), self.carried)

    @property
    def given(self) -> int:
        """What the school gave in all the cycles that count."""
        return sum(turn.given for turn in self.turns if turn)

    @property
    def received(self) -> int:
        """What the school received in all the cycles that count."""
        return sum(turn.received for turn in self.turns if turn)


@dataclass(frozen=True, slots=True)
class FairnessPage:
    """Give and take over the cycles of which a rota is in the workspace, the earliest first; schools in the order of their ids."""

    cluster: Words
    cycles: tuple[CycleHead, ...]
    schools: tuple[Standing, ...]

    @property
    def spread(self) -> int:
        """The largest balance less the smallest, over the schools that still belong."""
        found = [school.balance for school in self.schools if school.left is None]
        return max(found, default=0) - min(found, default=0)

    @property
    def has_draft(self) -> bool:
        """Whether one of the rotas is a draft, so that the last balances may still change."""
        return any(cycle.is_draft for cycle in self.cycles)


def fairness_page(cluster: Cluster, cycle: Cycle, rota: Rota | None) -> FairnessPage:
    """The page of a cycle and of those before it; without a rota of the cycle, of those before it alone."""
    counted = [each for each in earlier_cycles(cluster, cycle) if cluster.rota(each.id, "published")]
    heads = [CycleHead(each.id, each.name.words) for each in counted]
    if rota:
        heads.append(CycleHead(cycle.id, cycle.name.words, rota.status == "draft"))
    schools = tuple(
        _standing(cluster.schools[id], turns, cycle, tuple(head.id for head in heads), counted)
        for id, turns in _turns(cluster, cycle, rota).items()
        if turns or is_member(cluster.schools[id], cycle)
    )
    return FairnessPage(cluster.settings.cluster.name.words, tuple(heads), schools)


def _turns(cluster: Cluster, cycle: Cycle, rota: Rota | None) -> Mapping[str, tuple[Turn, ...]]:
    """Each school's turns in the earlier cycles, and in this one where it has a rota."""
    history = balances(cluster, cycle)
    if rota is None:
        return history
    shares, opening = given_and_received(cluster, cycle, rota.visits), openings(cluster, cycle)
    return {
        id: (*turns, Turn(cycle.id, *shares.get(id, (0, 0)), opening[id] + _gain(shares, id)))
        if id in shares or is_member(cluster.schools[id], cycle)
        else turns
        for id, turns in history.items()
    }


def _gain(shares: Mapping[str, tuple[int, int]], school: str) -> int:
    given, received = shares.get(school, (0, 0))
    return given - received


def _standing(school: School, turns: tuple[Turn, ...], cycle: Cycle, columns: tuple[str, ...], before: Sequence[Cycle]) -> Standing:
    known = {turn.cycle: turn for turn in turns}
    begin = min((each.first for each in before), default=cycle.first)
    return Standing(
        id=school.id,
        name=school.name.words,
        carried=school.carried,
        turns=tuple(known.get(column) for column in columns),
        joined=school.joined if school.joined and school.joined > begin else None,
        left=school.left if school.left and school.left < cycle.first else None,
    )
