"""The joined picture: all records of a workspace by their ids, and what follows from several of them together.

Knows records and where they stand. It cannot read files, print, or plan.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path as Folder
from typing import NamedTuple

from sigctl import term_dates
from sigctl.problem import Place
from sigctl.records import Calendar, Cycle, Group, Meeting, Person, Programme, Record, Rota, School, Settings, all_dates
from sigctl.records.record import Text
from sigctl.source import Document, Path
from sigctl.words import Words


@dataclass(frozen=True)
class Origin:
    """Where a record stands: its document and the path in it."""

    document: Document
    path: Path


class Home(NamedTuple):
    """Where somebody is in a cycle: the school, by id, and the post there, where it is known."""

    school: str
    post: Text | None


@dataclass(frozen=True, eq=False)
class Cluster:
    """Everything that the files of a workspace say. Records stand by id, in the order of their ids.

    `rotas` stand by cycle and status, as in `round-4 draft`. `broken` holds the ids of records that could not be read, and
    `incomplete` the kinds to which they belong, so that nobody calls them missing. `files` are the names of all that were read.
    A cluster equals itself alone, so that what was worked out of it can be kept by it.
    """

    folder: Folder
    settings: Settings
    calendars: Mapping[str, Calendar] = field(default_factory=dict)
    schools: Mapping[str, School] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)
    cycles: Mapping[str, Cycle] = field(default_factory=dict)
    rotas: Mapping[str, Rota] = field(default_factory=dict)
    meetings: Mapping[str, Meeting] = field(default_factory=dict)
    programmes: Mapping[str, Programme] = field(default_factory=dict)
    origins: Mapping[tuple[str, str], Origin] = field(default_factory=dict)
    broken: frozenset[str] = frozenset()
    incomplete: frozenset[str] = frozenset()
    files: tuple[str, ...] = ()

    def records(self, kind: str) -> Mapping[str, Record]:
        """The records of a kind, such as `schools`, by id."""
        found: Mapping[str, Record] = getattr(self, kind)
        return found

    def place(self, kind: str, id: str, *path: str | int, on_key: bool = False) -> Place:
        """Where a record, or something in it, stands in the files."""
        origin = self.origins.get((kind, id))
        if origin is None:
            return Place("sigctl.yaml")
        return origin.document.place((*origin.path, *path), on_key=on_key)

    def setting_place(self, *path: str | int) -> Place:
        """Where something stands in `sigctl.yaml`."""
        origin = self.origins.get(("settings", ""))
        return origin.document.place((*origin.path, *path)) if origin else Place("sigctl.yaml")

    @cached_property
    def state(self) -> str:
        """Eight letters that change with whatever the files say."""
        texts = {origin.document.file: origin.document.text for origin in self.origins.values()}
        told = "\0".join(f"{file}\0{texts[file]}" for file in sorted(texts))
        return hashlib.sha256(told.encode("utf-8")).hexdigest()[:8]

    def rota(self, cycle: str, status: str) -> Rota | None:
        """The draft or published rota of a cycle."""
        return self.rotas.get(f"{cycle} {status}")

    def calendars_of(self, school: School) -> tuple[Calendar, ...]:
        """The calendars that a school keeps: the one that it names, or else all there are (one a year)."""
        if school.calendar is None:
            return tuple(self.calendars.values())
        found = self.calendars.get(school.calendar)
        return (found,) if found else ()

    @cached_property
    def _pupil_days(self) -> dict[str, frozenset[date]]:
        return {}

    @cached_property
    def _calendar_days(self) -> dict[str, frozenset[date]]:
        return {calendar.id: self._days_of(calendar) for calendar in self.calendars.values()}

    def _days_of(self, calendar: Calendar) -> frozenset[date]:
        terms = terms_of(calendar)
        first, last = min(t.first for t in terms), max(t.last for t in terms)
        holidays = term_dates.bank_holidays(self.settings.cluster.nation, first, last)
        return term_dates.pupil_days(terms, holidays | all_dates(calendar.staff_days))

    def pupil_days(self, school: str) -> frozenset[date]:
        """The days on which a school is open to pupils, while it belongs to the cluster."""
        if school not in self._pupil_days:
            record = self.schools[school]
            days = frozenset[date]().union(*(self._calendar_days[c.id] for c in self.calendars_of(record)))
            days -= all_dates(record.staff_days) | all_dates(record.closed)
            self._pupil_days[school] = frozenset(filter(record.belongs, days)) if record.joined or record.left else days
        return self._pupil_days[school]

    def half_terms(self) -> tuple[term_dates.HalfTerm, ...]:
        """The half terms of all calendars, by date; those that several calendars share stand once."""
        found = {half for calendar in self.calendars.values() for half in term_dates.half_terms(terms_of(calendar))}
        return tuple(sorted(found, key=lambda half: (half.first, half.last, half.id)))

    def half_term_of(self, school: str, day: date) -> Words:
        """What the half term of a school is called in which a day lies: as its calendar names it, or by the term and a number."""
        for calendar in self.calendars_of(self.schools[school]):
            halves = term_dates.half_terms(terms_of(calendar))
            for index, half in enumerate(halves):
                if half.first <= day <= half.last:
                    return calendar.half_terms[index].words if index < len(calendar.half_terms) else _called(calendar, half)
        return Words()

    def reviewers(self) -> Iterator[Person]:
        """Everybody who may be in a review team: trained, and at a school."""
        return (person for person in self.people.values() if person.reviewer and self.school_of(person))

    def school_of(self, person: Person, day: date | None = None) -> str | None:
        """The school at which somebody is on a day: by a dated post, or else the one that the person names."""
        for post in person.posts:
            if day is None or post.holds(day):
                return post.school
        return person.school

    def home_in(self, person: Person, cycle: Cycle) -> Home | None:
        """Where somebody is in a cycle: at the school of their dated posts on the most of its days, or else where the person says.

        Nobody has two homes in a cycle, so that what a person and a school give can be counted.
        """
        days = {post: post.days_within(cycle.first, cycle.last) for post in person.posts}
        at: Counter[str] = Counter()
        for post, number in days.items():
            at[post.school] += number
        if not any(at.values()):
            return Home(person.school, person.post) if person.school else None
        home = max(at, key=lambda school: at[school])
        return Home(home, max((post for post in days if post.school == home), key=lambda post: days[post]).post)

    def current_cycle(self, today: date) -> Cycle | None:
        """The cycle that holds today, or else the next to begin, or else the last to have ended."""
        cycles = sorted(self.cycles.values(), key=lambda cycle: (cycle.last, cycle.id))
        return next((cycle for cycle in cycles if cycle.last >= today), cycles[-1] if cycles else None)


def terms_of(calendar: Calendar) -> tuple[term_dates.Term, ...]:
    """The terms of a calendar as plain dates, in order."""
    terms = sorted(calendar.terms, key=lambda term: (term.start, term.id))
    return tuple(
        term_dates.Term(t.id, t.start, t.end, term_dates.Span(t.half_term.first, t.half_term.last) if t.half_term else None) for t in terms
    )


def _called(calendar: Calendar, half: term_dates.HalfTerm) -> Words:
    """A half term by the name of its term, and which half of it it is where there are two."""
    term = next(term for term in calendar.terms if term.start <= half.last and term.end >= half.first)
    name = term.name.words if term.name else Words(term.id, term.id)
    number = half.id.removeprefix(term.id).replace("-", " ")
    return Words(name.cy and name.cy + number, name.en and name.en + number)
