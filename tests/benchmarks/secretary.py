"""The rival on paper: a rota as a secretary makes it, host by host, on the earliest open days, with the nearest people who owe most.

Where a host is left over, she begins again with that host first; where none is, she tries other orders for as long as there is
time, and keeps the best. She leaves nothing to a solver and can prove nothing.
"""

import random
import time
from collections.abc import Iterable
from itertools import islice
from typing import Any, Final

from eligible import Placed, Rota, bits, eligible, most_out, most_visits, openings, scores

from sigctl.rota.case import Case

_NEXT_FEW: Final = 10
"""Of how many people the fittest is taken."""


class Diary:
    """A rota in the making: who is out when, and what each school has given."""

    def __init__(self, case: Case, nearness: float) -> None:
        self.case = case
        self.rota: Rota = {}
        self.balance = openings(case)
        self.nearness = nearness
        self._own: dict[int, list[tuple[int, int]]] = {}
        self._out: dict[tuple[int, int], int] = {}
        self._hosting: set[tuple[int, int]] = set()
        self._per_week: dict[Any, int] = {}
        self._per_day: dict[int, int] = {}
        self._sends: set[tuple[int, int]] = set()

    def is_open(self, number: int, first: int) -> bool:
        """Whether the cluster, and the host's own people, leave room for a visit from a day on."""
        rules, visit = self.case.rules, self.case.visits[number]
        days = range(first, first + visit.days)
        week = self.case.day(first).isocalendar()[:2]
        return (
            (rules.visits_per_week is None or self._per_week.get(week, 0) < rules.visits_per_week)
            and (rules.visits_per_day is None or all(self._per_day.get(day, 0) < rules.visits_per_day for day in days))
            and not (rules.host_stays_home and any(self._out.get((visit.host, day)) for day in days))
        )

    def can_go(self, person: int, number: int, first: int) -> bool:
        """Whether somebody can be out on these days, by what is written in the diary."""
        case, visit = self.case, self.case.visits[number]
        home, days = case.reviewers[person].school, range(first, first + visit.days)
        own = self._own.get(person, [])
        gap = case.rules.days_between
        return (
            len(own) < most_visits(case, case.reviewers[person])
            and all(first - last > gap or start - days[-1] > gap for start, last in own)
            and all(self._out.get((home, day), 0) < most_out(case, home) for day in days)
            and not (case.rules.host_stays_home and any((home, day) in self._hosting for day in days))
            and (case.rules.swaps or (visit.host, home) not in self._sends)
        )

    def team(self, number: int, first: int, who: list[int]) -> tuple[int, ...] | None:
        """A team for a visit from a day on: whoever's turn it is, of the next few the one who has the most of what is lacking.

        `who` are those who could go, in the order of their turn.
        """
        visit = self.case.visits[number]
        chosen: list[int] = list(visit.members)
        if not all(member in who and self.can_go(member, number, first) for member in chosen):
            return None
        while len(chosen) < visit.team:
            lacking = self._lacking(chosen, number)
            fit = (each for each in who if not lacking or self._has(each, lacking[0]))
            able = (each for each in fit if self._goes_with(each, chosen) and self.can_go(each, number, first))
            next_few = list(islice(able, _NEXT_FEW))
            if not next_few:
                return None
            chosen.append(max(next_few, key=lambda each: sum(self._has(each, need) for need in lacking)))
        if self._lacking(chosen, number):
            return None
        return tuple(sorted(chosen, key=lambda each: (self.case.reviewers[each].level != "lead", each)))

    def in_turn(self, number: int, who: Iterable[int]) -> list[int]:
        """People in the order of their turn."""
        return sorted(who, key=lambda each: self._turn(each, number))

    def _turn(self, person: int, number: int) -> tuple[float, int]:
        """The less a school has given, and the nearer it is, the sooner it is its people's turn."""
        home = self.case.reviewers[person].school
        return self.balance[home] + self.nearness * self.case.tenths[home][self.case.visits[number].host], person

    def _goes_with(self, person: int, chosen: list[int]) -> bool:
        people, rules = self.case.reviewers, self.case.rules
        is_one_too_many = people[person].level == "trainee" and sum(people[each].level == "trainee" for each in chosen) >= rules.trainees
        home = people[person].school
        return (
            person not in chosen
            and not is_one_too_many
            and not (rules.one_per_school and home in {people[each].school for each in chosen})
            and sum(people[each].school == home for each in chosen) < most_out(self.case, home)
        )

    def _lacking(self, chosen: list[int], number: int) -> list[str]:
        """What a team still needs, one word for each person or subject."""
        case, visit = self.case, self.case.visits[number]
        rules = case.rules
        team = [case.reviewers[each] for each in chosen]
        leads = max(1, rules.leads) - sum(each.level == "lead" for each in team)
        welsh = rules.welsh_speakers - sum(each.welsh for each in team) if case.schools[visit.host].welsh else 0
        known = frozenset[str]().union(*(each.expertise for each in team))
        return ["lead"] * leads + ["welsh"] * welsh + [each for each in visit.focus if rules.cover_focus and each not in known]

    def _has(self, person: int, need: str) -> bool:
        who = self.case.reviewers[person]
        return who.level == "lead" if need == "lead" else who.welsh if need == "welsh" else need in who.expertise

    def write(self, number: int, first: int, team: tuple[int, ...]) -> None:
        """Put a visit into the diary."""
        case, visit = self.case, self.case.visits[number]
        self.rota[number] = Placed(first, team)
        week = case.day(first).isocalendar()[:2]
        self._per_week[week] = self._per_week.get(week, 0) + 1
        for day in range(first, first + visit.days):
            self._per_day[day] = self._per_day.get(day, 0) + 1
            self._hosting.add((visit.host, day))
        for person in team:
            home = case.reviewers[person].school
            self._own.setdefault(person, []).append((first, first + visit.days - 1))
            self._sends.add((home, visit.host))
            self.balance[home] += visit.days
            for day in range(first, first + visit.days):
                self._out[home, day] = self._out.get((home, day), 0) + 1


def plan(case: Case, limit: float, began: float) -> dict[str, Any]:
    """The best rota of as many tries as there is time for."""
    draw = random.Random(0)
    who = [eligible(case, visit) for visit in case.visits]
    order = list(range(len(case.visits)))
    answer: dict[str, Any] = {}
    best: tuple[int, float] | None = None
    nearness = (0.01, 0.003, 0.03, 0.001)
    tries = 0
    while time.monotonic() - began < limit or not tries:
        diary, left_over = _tried(case, who, order, nearness[tries % len(nearness)], began + limit)
        tries += 1
        if left_over:
            order = [*left_over, *(each for each in order if each not in left_over)]
            if tries % 10 == 0:
                draw.shuffle(order)
            continue
        answer.setdefault("first", time.monotonic() - began)
        found = scores(case, diary.rota)
        if best is None or found < best:
            best, answer["rota"] = found, diary.rota
        draw.shuffle(order)
    return answer | {"tries": tries}


def _tried(case: Case, who: list[dict[int, int]], order: list[int], nearness: float, until: float) -> tuple[Diary, list[int]]:
    diary = Diary(case, nearness)
    left_over = [number for number in order if time.monotonic() > until or not _placed(case, who[number], diary, number)]
    return diary, left_over


def _placed(case: Case, who: dict[int, int], diary: Diary, number: int) -> bool:
    """Put a host on its earliest days that have a team."""
    in_turn = diary.in_turn(number, who)
    for first in bits(case.starts(case.visits[number])):
        if diary.is_open(number, first):
            team = diary.team(number, first, [person for person in in_turn if who[person] >> first & 1])
            if team:
                diary.write(number, first, team)
                return True
    return False
