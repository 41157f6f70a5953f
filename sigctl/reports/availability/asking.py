"""Who is asked for their days in a cycle, and who has answered."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from sigctl.cluster import Cluster
from sigctl.notice import Notice
from sigctl.records import Cycle, all_dates
from sigctl.records.person import WEEKDAYS
from sigctl.reports.availability.days import days_that_matter, ranges
from sigctl.reports.imprint import Imprint, imprint
from sigctl.reports.reminders.about import AboutAvailability
from sigctl.reports.reminders.asof import AsOf
from sigctl.reports.reminders.availability import availability
from sigctl.reports.reminders.occurrence import Occurrence
from sigctl.reports.reminders.whom import SCHOOL, member_of
from sigctl.reports.who import Member
from sigctl.term_dates import Span
from sigctl.words import Language, Words

_EARLY: Final = timedelta(days=7)
"""Whoever is asked so long before the first reminder would go is reminded all the same; later, the question stands for the reminder."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody who is asked stands: as reviewer or, with the `school`, as host. `on` is the day of the answer, if there is one."""

    to: Member
    role: str
    school_id: str
    school: Words
    on: date | None
    source: str = ""
    notice: Notice | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """What one is asked: for themselves, or for a school that is host; on which days, and which of them are known to be impossible."""

    notice: Notice
    role: str
    cycle_id: str
    first: date
    last: date
    wanted_by: date
    school_id: str
    school: Words
    days: tuple[date, ...]
    known: tuple[date, ...]

    @property
    def known_spans(self) -> tuple[Span, ...]:
        """The days that are known already, in ranges."""
        return ranges(self.known, (*self.days, *self.known))

    @property
    def reference(self) -> str:
        """For whom the answer is, as the line says by which a reply is known."""
        return f"{self.cycle_id} {SCHOOL}{self.school_id}" if self.role == "host" else f"{self.cycle_id} person:{self.notice.person}"


@dataclass(frozen=True, slots=True)
class AskLetter:
    """All that one person is asked, in one message. It tells at its end in which form to reply, once for all languages."""

    imprint: Imprint
    to: Member
    cycle: Words
    requests: tuple[Request, ...]
    languages: tuple[Language, ...] = ()

    @property
    def role(self) -> str:
        """As what they are asked: `reviewer`, `host`, or `both`."""
        roles = {each.role for each in self.requests}
        return "both" if len(roles) > 1 else self.requests[0].role

    @property
    def is_in_both(self) -> bool:
        """Whether it is told in both languages, one below the other."""
        return len(self.languages) > 1


def standings(cluster: Cluster, cycle: Cycle, today: date) -> tuple[Standing, ...]:
    """Everybody who is asked in a cycle: reviewers first, then hosts, by id."""
    found = [_standing(cluster, cycle, it, today) for it in _occurrences(cluster, cycle, today)]
    return tuple(sorted(found, key=lambda each: (each.role == "host", each.school_id if each.role == "host" else each.to.id)))


def letters(cluster: Cluster, cycle: Cycle, today: date) -> tuple[AskLetter, ...]:
    """A letter to each who is asked and has not answered, by id."""
    by_person: dict[str, list[Request]] = {}
    for it in _occurrences(cluster, cycle, today):
        role, school = _part(it)
        if not _answer(cycle, it):
            by_person.setdefault(it.person, []).append(_request(cluster, cycle, it, today, role, school))
    made = imprint(cluster, today)
    return tuple(
        AskLetter(made, member_of(cluster, id, today), cycle.name.words, tuple(sorted(by_person[id], key=lambda each: each.reference)))
        for id in sorted(by_person)
    )


def _occurrences(cluster: Cluster, cycle: Cycle, today: date) -> Iterator[Occurrence]:
    """Whoever the reminders of this cycle are for, whether they have answered or not."""
    now = AsOf(cluster, today, {})
    return (it for it in availability(now) if it.subject.partition("/")[0] == cycle.id)


def _part(it: Occurrence) -> tuple[str, str]:
    """As what somebody is asked, and for which school as its host."""
    school = it.subject.partition("/")[2]
    return ("host", school) if school else ("reviewer", "")


def _answer(cycle: Cycle, it: Occurrence) -> tuple[date, str] | None:
    school = _part(it)[1]
    for each in cycle.availability.answered if cycle.availability else ():
        if (each.school == school) if school else (each.person == it.person):
            return each.on, each.source or ""
    return None


def _standing(cluster: Cluster, cycle: Cycle, it: Occurrence, today: date) -> Standing:
    role, school = _part(it)
    on, source = _answer(cycle, it) or (None, "")
    name = cluster.schools[school].name.words if school else Words()
    return Standing(member_of(cluster, it.person, today), role, school, name, on, source, _notice(it, today))


def _notice(it: Occurrence, today: date) -> Notice:
    """What the question is known by: early on, as something before the first reminder; later, as that itself."""
    return replace_stage(it.notice, 0 if today + _EARLY < it.opens else 1)


def replace_stage(notice: Notice, stage: int) -> Notice:
    """The same thing told for another time."""
    return notice._replace(stage=stage)


def _request(cluster: Cluster, cycle: Cycle, it: Occurrence, today: date, role: str, school: str) -> Request:
    about = it.about()
    assert isinstance(about, AboutAvailability)
    days = days_that_matter(cluster, cycle, school=school) if school else days_that_matter(cluster, cycle, person=it.person)
    if school:
        off = all_dates(cluster.schools[school].busy)
    else:
        person = cluster.people[it.person]
        weekdays = {WEEKDAYS.index(each) for each in person.weekdays}
        days = tuple(day for day in days if day.weekday() in weekdays)
        off = all_dates(person.unavailable)
    return Request(
        notice=_notice(it, today),
        role=role,
        cycle_id=cycle.id,
        first=cycle.first,
        last=cycle.last,
        wanted_by=about.wanted_by,
        school_id=school,
        school=about.school,
        days=tuple(day for day in days if day not in off),
        known=tuple(day for day in days if day in off),
    )


def in_languages(letter: AskLetter, languages: tuple[Language, ...]) -> AskLetter:
    """A letter for a page in these languages."""
    return replace(letter, languages=languages)
