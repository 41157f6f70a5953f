"""When each step is held, once it is known who leads it: a small model of days, and what to cut off where no days go together."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import inf

from sigctl.rota.case import Case
from sigctl.rota.duties.diary import Diary
from sigctl.rota.duties.steps import Step
from sigctl.rota.search.linear import Effort, Linear


@dataclass(frozen=True)
class Holding:
    """Steps, who leads each, and the days on which people may be called away as stand-ins.

    `days` are those of each step on which all who lead it could be out, were this all that they did.
    """

    case: Case
    diary: Diary
    steps: Sequence[Step]
    leaders: Mapping[int, tuple[int, ...]]
    days: Mapping[int, tuple[date, ...]]
    called: Mapping[int, frozenset[date]]

    def held(self) -> dict[int, date] | None:
        """A day for each step that somebody leads, as near to the middle of its days as can be; None where none go together."""
        return self._held(tuple(self.leaders))

    def _held(self, among: Collection[int]) -> dict[int, date] | None:
        model, columns = Linear(), dict[tuple[int, date], int]()
        for step in among:
            days = self.steps[step].days
            own = {(step, day): model.column(abs(days.index(day) - len(days) // 2)) for day in self._open(step)}
            model.row(1, 1, list(own.values()))
            columns |= own
        self._limit(model, columns)
        found = model.best((), [0.0] * len(model.costs), Effort(gap=0.5))
        if found.x is None:
            return None
        return {step: day for (step, day), column in columns.items() if found.x[column] > 0.5}

    def _open(self, step: int) -> list[date]:
        away = frozenset[date]().union(*(self.called.get(each, frozenset()) for each in self.leaders[step]))
        return [day for day in self.days[step] if day not in away]

    def _limit(self, model: Linear, columns: Mapping[tuple[int, date], int]) -> None:
        """A person is out once a day, and a school has no more people out than it can spare."""
        people, schools = defaultdict[tuple[int, date], list[int]](list), defaultdict[tuple[int, date], list[int]](list)
        for (step, day), column in columns.items():
            for who in self.leaders[step]:
                people[who, day].append(column)
                schools[self.case.reviewers[who].school, day].append(column)
        for of_person in people.values():
            if len(of_person) > 1:
                model.row(-inf, 1, of_person)
        for (school, day), of_school in schools.items():
            room = self._room(school, day)
            if len(of_school) > room:
                counted = {column: of_school.count(column) for column in of_school}
                model.row(-inf, room, list(counted), list(counted.values()))

    def _room(self, school: int, day: date) -> int:
        """How many of a school can lead something on a day, beside those who may be called away."""
        return max(0, self.diary.room(school, day) - self._waiting[school, day])

    @cached_property
    def _waiting(self) -> Counter[tuple[int, date]]:
        return Counter((self.case.reviewers[who].school, day) for who, days in self.called.items() for day in days)

    def core(self) -> tuple[int, ...]:
        """Steps of which no days go together, and none of which can be left out for that."""
        left = list(self.leaders)
        for step in self.leaders:
            without = [each for each in left if each != step]
            if self._held(without) is None:
                left = without
        return tuple(left)
