"""Who can be out on which day, once the rota stands: people, their schools' limits, and what they have promised already."""

from collections import Counter
from datetime import date

from sigctl.cluster import Cluster
from sigctl.rota.case import Case
from sigctl.rota.gathering import free_dates
from sigctl.rota.rules import Roster
from sigctl.rota.rules.dates import OutPerSchool


class Diary:
    """The days of a cycle's reviewers and schools, with the visits of a rota in them; duties are written in one by one."""

    def __init__(self, cluster: Cluster, case: Case, roster: Roster) -> None:
        self._cluster = cluster
        self._case = case
        self._limits = OutPerSchool(case.rules.out_per_school)
        self._free: dict[int, frozenset[date]] = {}
        self._taken: set[tuple[int, date]] = set()
        self._out: Counter[tuple[int, date]] = Counter()
        self._hosts: set[tuple[int, date]] = set()
        for placed in roster:
            for day in map(case.day, placed.days):
                self._hosts.add((case.visits[placed.visit].host, day))
                for member in placed.team:
                    self.take(member, day)

    def take(self, reviewer: int, day: date, *, needs_room: bool = True) -> None:
        """Write in that somebody is out on a day, or may be called; in the place of a colleague, if it `needs_room` for nobody."""
        self._taken.add((reviewer, day))
        self._out[self._case.reviewers[reviewer].school, day] += needs_room

    def room(self, school: int, day: date) -> int:
        """How many more people of a school can be out on a day."""
        if self._case.rules.host_stays_home and (school, day) in self._hosts:
            return 0
        return self._limits.limit(self._case, school) - self._out[school, day]

    def is_open(self, reviewer: int, day: date) -> bool:
        """Whether nothing is asked of somebody on a day."""
        return (reviewer, day) not in self._taken

    def can_be_out(self, reviewer: int, day: date) -> bool:
        """Whether somebody could be out on a day as things stand."""
        return self.is_open(reviewer, day) and self._is_free(reviewer, day) and self.has_room(reviewer, day)

    def has_room(self, reviewer: int, day: date) -> bool:
        """Whether somebody's school can spare one more on a day."""
        return self.room(self._case.reviewers[reviewer].school, day) > 0

    def _is_free(self, reviewer: int, day: date) -> bool:
        """Whether somebody can be out on a day at all: as the case has it, which may know more than the files, but for earlier days."""
        if day >= self._case.origin:
            return bool(self._case.reviewers[reviewer].free >> (day - self._case.origin).days & 1)
        return day in self._free_days(reviewer)

    def _free_days(self, reviewer: int) -> frozenset[date]:
        if reviewer not in self._free:
            who = self._case.reviewers[reviewer]
            person, home = self._cluster.people[who.id], self._case.schools[who.school].id
            self._free[reviewer] = frozenset(free_dates(self._cluster, person, home))
        return self._free[reviewer]
