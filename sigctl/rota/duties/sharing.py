"""Who leads which stage, and who stands in where: one small model of people, settled level by level.

As much as possible is filled; then stand-ins can take as many places as possible; then duties are even between schools; then travel is
short; then few people have two. When steps are held is asked afterwards, as the rota's own search does it: where no days go
together, that is cut off, and people are shared out anew. So it ends with the best, or at its limit with the best so far.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from math import inf
from typing import Final

from sigctl.rota.case import Case
from sigctl.rota.duties.diary import Diary
from sigctl.rota.duties.holding import Holding
from sigctl.rota.duties.leading import Leading
from sigctl.rota.duties.standing_in import StandIn
from sigctl.rota.duties.steps import Step
from sigctl.rota.rules import Roster
from sigctl.rota.search.linear import Effort, Linear

_CUTS: Final = 200
"""Sharings without days that go together, before some steps are left without people."""
_NODES: Final = 2000
"""Nodes of one search for whole numbers."""

_Part = tuple[int, list[tuple[int, int]]]
"""Columns that count together, each with its worth; and what they can be worth at the most."""


@dataclass(frozen=True)
class Offers:
    """Everything that is to be shared out: steps, who could lead them, who could stand in, and what everybody does already.

    `reserves` is how many stand-ins each visit still wants; `served` are places of visits that somebody can take already; `kept`
    names everybody who has a duty already, once for each.
    """

    case: Case
    roster: Roster
    diary: Diary
    steps: tuple[Step, ...]
    leading: tuple[Leading, ...]
    stand_ins: tuple[StandIn, ...]
    reserves: Mapping[int, int]
    served: frozenset[tuple[int, int]] = frozenset()
    kept: tuple[int, ...] = ()

    def school(self, reviewer: int) -> int:
        """The school of a reviewer."""
        return self.case.reviewers[reviewer].school

    def dates(self, visit: int) -> tuple[date, ...]:
        """The days of a visit."""
        return self._dates[visit]

    @cached_property
    def _dates(self) -> dict[int, tuple[date, ...]]:
        return {placed.visit: tuple(map(self.case.day, placed.days)) for placed in self.roster}


@dataclass(frozen=True, slots=True)
class Shares:
    """The day of each step that is led, who leads it, and the stand-ins of each visit."""

    days: Mapping[int, date] = field(default_factory=dict)
    leaders: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    reserves: Mapping[int, tuple[StandIn, ...]] = field(default_factory=dict)


def shared(offers: Offers) -> Shares:
    """The best way to share out the duties."""
    return _Sharing(offers).solved() if offers.leading or offers.stand_ins else Shares()


class _Sharing:
    """A column for each who could lead a step, for each stand-in, and for each place of a team that somebody can take."""

    def __init__(self, offers: Offers) -> None:
        self._offers = offers
        self._model = Linear()
        self._leads = [self._model.column() for _ in offers.leading]
        self._stands = [self._model.column() for _ in offers.stand_ins]
        self._cuts = 0
        self._best: Shares = Shares()
        self._steps()
        self._visits()
        self._days()

    def _limit(self, most: float, groups: Iterator[list[int]]) -> None:
        for columns in groups:
            if len(columns) > most:
                self._model.row(-inf, most, columns)

    def _steps(self) -> None:
        """A step is led by as many as it wants, no two of one school."""
        among, of_school = defaultdict[int, list[int]](list), defaultdict[tuple[int, int], list[int]](list)
        for each, column in zip(self._offers.leading, self._leads, strict=True):
            among[each.step].append(column)
            of_school[each.step, self._offers.school(each.reviewer)].append(column)
        for step, columns in among.items():
            self._limit(self._offers.steps[step].wanted, iter([columns]))
        if self._offers.case.rules.one_per_school:
            self._limit(1, iter(of_school.values()))

    def _visits(self) -> None:
        """A visit wants so many stand-ins, and none of them leads a stage of its review."""
        waiting = defaultdict[int, list[int]](list)
        stands = dict[tuple[int, int], int]()
        for stand_in, column in zip(self._offers.stand_ins, self._stands, strict=True):
            waiting[stand_in.visit].append(column)
            stands[stand_in.visit, stand_in.reviewer] = column
        for visit, columns in waiting.items():
            self._limit(self._offers.reserves.get(visit, 0), iter([columns]))
        for each, column in zip(self._offers.leading, self._leads, strict=True):
            other = stands.get((self._offers.steps[each.step].visit, each.reviewer))
            if other is not None:
                self._model.row(-inf, 1, [column, other])

    def _days(self) -> None:
        """On days that are settled nobody has two things to do, and no school has too many people away."""
        people, schools = defaultdict[tuple[int, date], list[int]](list), defaultdict[tuple[int, date], list[int]](list)
        for reviewer, days, column, needs_room in self._settled():
            for day in days:
                people[reviewer, day].append(column)
                if needs_room:
                    schools[self._offers.school(reviewer), day].append(column)
        self._limit(1, iter(people.values()))
        for (school, day), columns in schools.items():
            self._limit(self._offers.diary.room(school, day), iter([columns]))

    def _settled(self) -> Iterator[tuple[int, tuple[date, ...], int, bool]]:
        for each, column in zip(self._offers.leading, self._leads, strict=True):
            if len(self._offers.steps[each.step].days) == 1:
                yield each.reviewer, each.days, column, True
        for stand_in, column in zip(self._offers.stand_ins, self._stands, strict=True):
            yield stand_in.reviewer, self._offers.dates(stand_in.visit), column, stand_in.needs_room

    def solved(self) -> Shares:
        """Level by level; each is held while the next is made better."""
        self._hold(self._slots())
        if max(self._offers.reserves.values(), default=0) > 1:
            self._hold([(1, [(column, 1)]) for column in self._served()])
        if self._stands:
            self._hold(self._widths())
        self._even_and_near()
        return self._best

    def _slots(self) -> list[_Part]:
        """How many people each step and each visit wants, and who could fill them."""
        slots = defaultdict[tuple[bool, int], list[tuple[int, int]]](list)
        for each, column in zip(self._offers.leading, self._leads, strict=True):
            slots[True, each.step].append((column, 1))
        for stand_in, column in zip(self._offers.stand_ins, self._stands, strict=True):
            slots[False, stand_in.visit].append((column, 1))
        return [
            (min(len(columns), self._offers.steps[of].wanted if is_step else self._offers.reserves[of]), columns)
            for (is_step, of), columns in slots.items()
        ]

    def _widths(self) -> list[_Part]:
        """How many places the stand-ins of each visit can take, at the most and each of them."""
        found = defaultdict[int, list[tuple[int, int]]](list)
        for stand_in, column in zip(self._offers.stand_ins, self._stands, strict=True):
            found[stand_in.visit].append((column, len(stand_in.places)))
        return [
            (sum(sorted((width for _, width in columns), reverse=True)[: self._offers.reserves[visit]]), columns)
            for visit, columns in found.items()
        ]

    def _served(self) -> list[int]:
        """A column for each member whose place somebody can take, of those where nobody can so far."""
        able = defaultdict[tuple[int, int], list[int]](list)
        for stand_in, column in zip(self._offers.stand_ins, self._stands, strict=True):
            for member in stand_in.places:
                able[stand_in.visit, member].append(column)
        found = []
        for place, columns in able.items():
            if place not in self._offers.served:
                found.append(self._model.column())
                self._model.row(0, inf, [*columns, found[-1]], [*(1 for _ in columns), -1])
        return found

    def _hold(self, parts: Sequence[_Part]) -> None:
        """Choose columns of as much worth as can be, and hold that: part by part if every part is at its most, else the sum."""
        worth = [each for _, columns in parts for each in columns]
        costs = [0.0] * len(self._model.costs)
        for column, value in worth:
            costs[column] = -float(value)
        found = self._chosen(self._model, costs)
        if found is None:
            return
        reached = sum(value for column, value in worth if column in found)
        whole = reached == sum(most for most, _ in parts)
        for most, columns in parts if whole else [(reached, worth)]:
            self._model.row(most, inf, [column for column, _ in columns], [value for _, value in columns])

    def _even_and_near(self) -> None:
        """The narrowest band in which the duties of all schools can lie, and in it the least travel."""
        duties = self._duties()
        if not duties:
            return
        kept = Counter(self._offers.school(who) for who in self._offers.kept)
        total = sum(map(len, self._best.leaders.values())) + sum(map(len, self._best.reserves.values())) + sum(kept.values())
        for width in range(total + 1):
            lows = range(max(0, -(-total // len(duties)) - width), total // len(duties) + 1)
            found = [near for low in lows if (near := self._near(duties, kept, low, low + width))]
            if found:
                self._best = min(found, key=lambda each: each[0])[1]
                return

    def _duties(self) -> dict[int, list[int]]:
        """The columns of each school whose people can have duties, or have some."""
        found: dict[int, list[int]] = {self._offers.school(who): [] for who in sorted(set(self._offers.kept))}
        for who, column in self._asked():
            found.setdefault(self._offers.school(who), []).append(column)
        return found

    def _asked(self) -> Iterator[tuple[int, int]]:
        yield from ((each.reviewer, column) for each, column in zip(self._offers.leading, self._leads, strict=True))
        yield from ((each.reviewer, column) for each, column in zip(self._offers.stand_ins, self._stands, strict=True))

    def _near(self, duties: Mapping[int, list[int]], kept: Mapping[int, int], low: int, high: int) -> tuple[float, Shares] | None:
        """The least travel with every school's duties between two numbers; None where they cannot be."""
        band = self._model.copy()
        for school, columns in duties.items():
            band.row(low - kept.get(school, 0), high - kept.get(school, 0), columns)
        again = self._again(band, high)
        costs = [0.0] * len(band.costs)
        travel = [each.cost for each in self._offers.leading] + [each.cost for each in self._offers.stand_ins]
        for column, cost in zip([*self._leads, *self._stands], travel, strict=True):
            costs[column] = float(cost * (1 + len(again)))
        for column in again:
            costs[column] = 1.0
        before = self._best
        found = self._chosen(band, costs)
        shares, self._best = self._best, before
        return None if found is None else (sum(costs[column] for column in found), shares)

    def _again(self, band: Linear, most: int) -> list[int]:
        """A column for each further duty of somebody who has one."""
        own, kept = defaultdict[int, list[int]](list), Counter(self._offers.kept)
        for who, column in self._asked():
            own[who].append(column)
        found: list[int] = []
        for who, columns in own.items():
            further = [band.column() for _ in range(min(most, len(columns) + kept[who]) - 1)]
            if further:
                band.row(-inf, 1 - kept[who], [*columns, *further], [*(1 for _ in columns), *(-1 for _ in further)])
                found += further
        return found

    def _chosen(self, model: Linear, costs: Sequence[float]) -> frozenset[int] | None:
        """The cheapest columns whose steps have days that go together; None where there are none, or none was found."""
        while True:
            found = model.best((), costs, Effort(gap=0.5, nodes=_NODES))
            if found.x is None:
                return None
            chosen = frozenset(column for column, value in enumerate(found.x) if value > 0.5)
            cut = self._keep(chosen)
            if cut is None:
                return chosen
            self._cuts += 1
            if self._cuts > _CUTS:
                return None
            for each in {id(model): model, id(self._model): self._model}.values():
                each.row(-inf, len(cut) - 1, cut)

    def _keep(self, chosen: frozenset[int]) -> list[int] | None:
        """Keep the shares of chosen columns, if their steps have days that go together; else columns that cannot all be chosen."""
        leaders, days = dict[int, list[int]](), dict[int, frozenset[date]]()
        for each, column in zip(self._offers.leading, self._leads, strict=True):
            if column in chosen:
                leaders.setdefault(each.step, []).append(each.reviewer)
                days[each.step] = days.get(each.step, frozenset(each.days)) & frozenset(each.days)
        reserves = defaultdict[int, list[StandIn]](list)
        called = defaultdict[int, frozenset[date]](frozenset)
        for stand_in, column in zip(self._offers.stand_ins, self._stands, strict=True):
            if column in chosen:
                reserves[stand_in.visit].append(stand_in)
                called[stand_in.reviewer] |= frozenset(self._offers.dates(stand_in.visit))
        ordered = {step: tuple(sorted(days[step])) for step in leaders}
        led = {step: tuple(sorted(people)) for step, people in leaders.items()}
        waiting = {visit: tuple(found) for visit, found in reserves.items()}
        holding = Holding(self._offers.case, self._offers.diary, self._offers.steps, led, ordered, called)
        held = holding.held()
        if held is not None:
            self._best = Shares(held, led, waiting)
            return None
        core = holding.core()
        if self._cuts == _CUTS and not self._best.leaders:
            self._best = self._without(holding, waiting)
        return self._columns(chosen, led, core)

    def _without(self, holding: Holding, waiting: Mapping[int, tuple[StandIn, ...]]) -> Shares:
        """The shares without the steps for which no days are left."""
        led = dict(holding.leaders)
        while (held := replace(holding, leaders=led).held()) is None:
            del led[replace(holding, leaders=led).core()[-1]]
        return Shares(held, led, waiting)

    def _columns(self, chosen: frozenset[int], led: Mapping[int, tuple[int, ...]], core: Sequence[int]) -> list[int]:
        """The chosen columns that have part in a core: those who lead its steps, and those of their schools who may be called away."""
        schools = {self._offers.school(who) for step in core for who in led[step]}
        leads = [column for each, column in zip(self._offers.leading, self._leads, strict=True) if each.step in core and column in chosen]
        stands = zip(self._offers.stand_ins, self._stands, strict=True)
        return leads + [column for each, column in stands if column in chosen and self._offers.school(each.reviewer) in schools]
