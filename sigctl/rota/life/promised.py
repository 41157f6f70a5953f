"""What a rota of the files promises besides its teams, judged: reserves who could not stand in, and steps that cannot be so.

Whatever planning would not let stay of these is told. That a visit has fewer reserves or facilitators than the cycle asks for
breaks nothing: there may be nobody.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

from sigctl.cluster import Cluster
from sigctl.records import Rota, RotaVisit, StageDate
from sigctl.rota.case import Case
from sigctl.rota.duties.diary import Diary
from sigctl.rota.duties.leading import barring, may_lead
from sigctl.rota.duties.standing_in import StandIns
from sigctl.rota.gathering import free_dates
from sigctl.rota.rules import Breach, Placed, rules_of
from sigctl.rota.standing import Standing


def broken_duties(cluster: Cluster, case: Case, rota: Rota, stands: Standing, today: date | None) -> Iterator[Breach]:
    """Each reserve and each step of a review that cannot be as the rota has it. What is done or past is let be."""
    judge = _Judge(cluster, case, stands)
    placed = {case.schools[case.visits[each.visit].host].id: each for each in stands.roster}
    visits = [visit for visit in rota.visits if visit.host in placed and visit.state not in ("done", "cancelled")]
    for visit in visits:
        for stage in visit.stages:
            if today is None or stage.date >= today:
                yield from judge.stage(visit, placed[visit.host], stage)
    for visit in visits:
        if today is None or visit.dates[-1] >= today:
            yield from judge.reserves(visit, placed[visit.host])
    yield from _at_once(rota, today)


class _Judge:
    """Judges duties in the order in which planning keeps them: first who leads stages, then who stands in."""

    def __init__(self, cluster: Cluster, case: Case, stands: Standing) -> None:
        self._cluster = cluster
        self._case = case
        self._stands = stands
        self._number = {reviewer.id: index for index, reviewer in enumerate(case.reviewers)}
        self._barring = barring(case)

    @cached_property
    def _diary(self) -> Diary:
        return Diary(self._cluster, self._case, self._stands.roster)

    @cached_property
    def _stand_ins(self) -> StandIns:
        return StandIns(self._case, rules_of(self._case.rules), self._stands.roster)

    def stage(self, visit: RotaVisit, placed: Placed, stage: StageDate) -> Iterator[Breach]:
        """A stage on a day that is none at its host, and whoever cannot lead it."""
        if stage.date not in self._cluster.pupil_days(visit.host):
            yield Breach("stages", (visit.host,), (), (stage.date,))
        for person in dict.fromkeys(stage.facilitators):
            who = self._number.get(person)
            if who is None or not may_lead(self._case, self._barring, placed, who) or not self._can_be_out(who, stage.date):
                yield Breach("stages", (visit.host,), (person,), (stage.date,))
            if who is not None and self._diary.is_open(who, stage.date):
                self._diary.take(who, stage.date)

    def _can_be_out(self, reviewer: int, day: date) -> bool:
        who = self._case.reviewers[reviewer]
        is_free = day in free_dates(self._cluster, self._cluster.people[who.id], self._case.schools[who.school].id)
        return is_free and (self._diary.has_room(reviewer, day) or not self._diary.is_open(reviewer, day))

    def reserves(self, visit: RotaVisit, placed: Placed) -> Iterator[Breach]:
        """Whoever could stand in for nobody, or leads a stage of the same review, or cannot be spared as well."""
        leading = {person for stage in visit.stages for person in stage.facilitators}
        for person in dict.fromkeys(visit.reserves):
            who = self._number.get(person)
            stand_in = None if who is None else self._stand_ins.one(placed, who)
            if stand_in is None:
                yield Breach("reserves", (visit.host,), (person,))
                continue
            open_days = [day for day in visit.dates if self._diary.is_open(stand_in.reviewer, day)]
            full = tuple(day for day in open_days if not self._diary.has_room(stand_in.reviewer, day))
            if person in leading:
                yield Breach("reserves", (visit.host, visit.host), (person,))
            elif full and not stand_in.without_room().places:
                yield Breach("reserves", (visit.host,), (person,), full)
            for day in open_days:
                self._diary.take(stand_in.reviewer, day, needs_room=stand_in.needs_room and not full)


class _Duty(NamedTuple):
    """Something that somebody has to do on a day at a host: to be in its team, to stand in, or to lead a stage of its review."""

    what: str
    host: str
    is_over: bool


def _at_once(rota: Rota, today: date | None) -> Iterator[Breach]:
    """Each two things of one person on one day that planning would keep apart, the stage of a review or the later visit last."""
    diary = defaultdict[tuple[str, date], list[_Duty]](list)
    for visit in rota.visits:
        for person, day, what in _duties(visit):
            is_over = visit.state == "done" or (today is not None and day < today)
            diary[person, day].append(_Duty(what, visit.host, is_over))
    for (person, day), duties in diary.items():
        for one, other in _clashes(duties):
            yield Breach(other.what, (one.host, other.host), (person,), (day,))


def _clashes(duties: Sequence[_Duty]) -> Iterator[tuple[_Duty, _Duty]]:
    """What cannot be done at once, without what is judged already: what teams do, and reserves and leaders who are in a team."""
    for one, other in combinations(sorted(duties, key=lambda each: each.what == "stages"), 2):
        is_judged = "team" in (one.what, other.what) and (other.what != "stages" or one.host == other.host)
        is_judged = is_judged or (one.host == other.host and "reserves" in (one.what, other.what))
        if not is_judged and not (one.is_over and other.is_over):
            yield one, other


def _duties(visit: RotaVisit) -> Iterator[tuple[str, date, str]]:
    """Who has what to do at a visit, or for its review, on which day."""
    if visit.state != "cancelled":
        yield from ((person, day, "team") for day in visit.dates for person in dict.fromkeys(visit.team))
        yield from ((person, day, "reserves") for day in visit.dates for person in dict.fromkeys(visit.reserves))
        yield from ((person, stage.date, "stages") for stage in visit.stages for person in dict.fromkeys(stage.facilitators))
