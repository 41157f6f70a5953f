"""Who is out when: a puzzle by candidate and by visit, and a calendar in which visits with their teams are written and erased."""

from collections.abc import Iterator, Mapping, Sequence

from sigctl.rota.puzzle import Puzzle, Resource

_TRIES = 12
"""How often it is tried to find days for some visits, each time first for those that were left over before."""


class Lists:
    """A puzzle by candidate and by visit: the rows, resources and accounts that each has to do with."""

    def __init__(self, puzzle: Puzzle) -> None:
        self.puzzle = puzzle
        count, visits = len(puzzle.candidates), len(puzzle.days)
        self.rows: list[list[tuple[int, int]]] = [[] for _ in range(count)]
        self.needs: list[list[int]] = [[] for _ in range(visits)]
        self.claims: list[list[int]] = [[] for _ in range(count)]
        self.always: list[list[int]] = [[] for _ in range(visits)]
        self.keeps: list[list[int]] = [[] for _ in range(visits)]
        self.account = [0] * count
        self._write_rows()
        for index, resource in enumerate(puzzle.resources):
            self._write_resource(index, resource)
        for index, account in enumerate(puzzle.accounts):
            for each in account.candidates:
                self.account[each] = index

    def _write_rows(self) -> None:
        rows, candidates = self.puzzle.rows, self.puzzle.candidates
        for index, row in enumerate(rows):
            for each, weight in zip(row.candidates, row.weights or (1,) * len(row.candidates), strict=True):
                self.rows[each].append((index, weight))
            if row.low is not None:
                for visit in sorted({candidates[each].visit for each in row.candidates}):
                    self.needs[visit].append(index)
        for needs in self.needs:
            needs.sort(key=lambda index: (len(rows[index].candidates), index))

    def _write_resource(self, index: int, resource: Resource) -> None:
        for claim in resource.claims:
            if claim.candidates is None or resource.weekly:
                self.always[claim.visit].append(index)
            else:
                for each in claim.candidates:
                    self.claims[each].append(index)
        if resource.keeper is not None:
            self.keeps[resource.keeper].append(index)


class _Use:
    """What is claimed of a resource, as sets of days (or weeks): on which anything is, on which no more can be, and what is kept."""

    def __init__(self, resource: Resource, weekday: int) -> None:
        self._resource = resource
        self._weekday = weekday
        self._times: dict[int, int] = {}
        self.some = 0
        self.full = 0
        self.kept = 0

    def span(self, first: int, days: int) -> int:
        """The days, or weeks, that a claim takes."""
        if self._resource.weekly:
            weeks = range((first + self._weekday) // 7, (first + days - 1 + self._weekday) // 7 + 1)
            return sum(1 << week for week in weeks)
        return ((1 << days + self._resource.gap) - 1) << first

    def claim(self, span: int, times: int) -> None:
        """Claim it so many times more, or less."""
        capacity = self._resource.capacity
        for each in bits(span):
            count = self._times[each] = self._times.get(each, 0) + times
            self.some = self.some | 1 << each if count else self.some & ~(1 << each)
            if capacity is not None:
                self.full = self.full | 1 << each if count >= capacity else self.full & ~(1 << each)

    def has(self, number: int, span: int) -> bool:
        """Whether so many more can claim it."""
        capacity = self._resource.capacity
        return not self.kept & span and (capacity is None or all(self._times.get(each, 0) + number <= capacity for each in bits(span)))


class Calendar:
    """The days of visits and their teams."""

    def __init__(self, lists: Lists) -> None:
        puzzle = lists.puzzle
        self.teams: list[list[int]] = [[] for _ in puzzle.days]
        self.starts = [0] * len(puzzle.days)
        self._lists = lists
        self._puzzle = puzzle
        self._uses = [_Use(each, puzzle.weekday) for each in puzzle.resources]

    def is_open(self, visit: int, first: int) -> bool:
        """Whether the cluster, and the host's own people, leave room for a visit from a day on."""
        days, uses = self._puzzle.days[visit], self._uses
        return all(uses[each].has(1, uses[each].span(first, days)) for each in self._lists.always[visit]) and not any(
            uses[each].some & uses[each].span(first, days) for each in self._lists.keeps[visit]
        )

    def can_go(self, candidate: int, first: int) -> bool:
        """Whether nothing else of that day keeps somebody from going."""
        days, uses = self._puzzle.days[self._puzzle.candidates[candidate].visit], self._uses
        return not any((uses[each].full | uses[each].kept) & uses[each].span(first, days) for each in self._lists.claims[candidate])

    def can_share(self, team: Sequence[int], first: int) -> bool:
        """Whether a team, each of whom could go, together claims no more of anything than there is."""
        times: dict[int, int] = {}
        for member in team:
            for index in self._lists.claims[member]:
                times[index] = times.get(index, 0) + 1
        days = self._puzzle.days[self._puzzle.candidates[team[0]].visit] if team else 0
        return all(number == 1 or self._uses[index].has(number, self._uses[index].span(first, days)) for index, number in times.items())

    def write(self, visit: int, first: int, team: Sequence[int]) -> None:
        """Write a visit into the calendar."""
        self.teams[visit], self.starts[visit] = list(team), first
        self._mark(visit, 1)

    def erase(self, visit: int) -> None:
        """Take a visit out of the calendar."""
        self._mark(visit, -1)
        self.teams[visit] = []

    def change(self, teams: Mapping[int, Sequence[int]]) -> bool:
        """Give other teams to some visits, and days to these, if such days are found; else all stays. Whether they are."""
        old = {visit: (self.starts[visit], self.teams[visit]) for visit in teams}
        for visit in teams:
            self.erase(visit)
        order = sorted(teams, key=lambda visit: (self._common(visit, teams[visit]).bit_count(), visit))
        for _ in range(_TRIES):
            late = [visit for visit in order if not self._place(visit, teams[visit])]
            if not late:
                return True
            for visit in order:
                if visit not in late:
                    self.erase(visit)
            order = [*late, *(visit for visit in order if visit not in late)]
        for visit, (first, team) in old.items():
            self.write(visit, first, team)
        return False

    def fill(self, teams: Mapping[int, Sequence[int]]) -> list[int]:
        """Give days to visits, which are not written yet, with their teams; the fewest that were left over in some tries."""
        order = sorted(teams, key=lambda visit: (self._common(visit, teams[visit]).bit_count(), visit))
        fewest = order
        for _ in range(_TRIES):
            late = [visit for visit in order if not self._place(visit, teams[visit])]
            fewest = min(fewest, late, key=len)
            if not late:
                break
            for visit in order:
                if visit not in late:
                    self.erase(visit)
            order = [*late, *(visit for visit in order if visit not in late)]
        return fewest

    def _place(self, visit: int, team: Sequence[int]) -> bool:
        for first in bits(self._common(visit, team)):
            if self.is_open(visit, first) and all(self.can_go(each, first) for each in team) and self.can_share(team, first):
                self.write(visit, first, team)
                return True
        return False

    def _common(self, visit: int, team: Sequence[int]) -> int:
        common = self._puzzle.starts[visit]
        for each in team:
            common &= self._puzzle.candidates[each].starts
        return common

    def _mark(self, visit: int, times: int) -> None:
        days, first, lists, uses = self._puzzle.days[visit], self.starts[visit], self._lists, self._uses
        for each in lists.always[visit]:
            uses[each].claim(uses[each].span(first, days), times)
        for each in lists.keeps[visit]:
            uses[each].kept = uses[each].span(first, days) if times > 0 else 0
        for member in self.teams[visit]:
            for each in lists.claims[member]:
                uses[each].claim(uses[each].span(first, days), times)


def bits(mask: int) -> Iterator[int]:
    """The days of a set of days."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
