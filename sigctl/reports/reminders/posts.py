"""What people hold for a time: their training as reviewers, and their offices."""

from collections.abc import Iterator
from datetime import date

from sigctl.cluster.membership import leader_on
from sigctl.records import Group
from sigctl.records.group import Officer
from sigctl.reports.dates import is_alive
from sigctl.reports.reminders.about import AboutOffice, AboutTraining
from sigctl.reports.reminders.asof import AsOf
from sigctl.reports.reminders.occurrence import Occurrence
from sigctl.reports.who import who


def training(now: AsOf) -> Iterator[Occurrence]:
    """The reviewers whose training has a last day."""
    for person in now.cluster.people.values():
        ends = person.reviewer.expires if person.reviewer else None
        if ends and now.is_there(person.id) and now.school_of(person.id):
            yield _training(now, person.id, ends)


def _training(now: AsOf, person: str, ends: date) -> Occurrence:
    opens, what = now.opening(person, "training", ends), f"the training of `{person}` as a reviewer {_ends(now, ends)}"
    return Occurrence(person, "training", person, ends, opens, date.max, what, lambda: AboutTraining(ends))


def offices(now: AsOf) -> Iterator[Occurrence]:
    """The offices whose term ends: for whoever holds them, and whoever leads the group."""
    for group in now.cluster.groups.values():
        for officer in group.officers:
            if officer.last and is_alive(group, officer.last) and is_alive(group, now.day):
                leader = leader_on(group, now.day)
                for person in dict.fromkeys((officer.person, *((leader.person,) if leader else ()))):
                    if now.is_there(person):
                        yield _office(now, group, officer, officer.last, person)


def _office(now: AsOf, group: Group, officer: Officer, until: date, person: str) -> Occurrence:
    return Occurrence(
        person=person,
        kind="office",
        subject=f"{group.id}/{officer.office}/{officer.person}",
        due=until,
        opens=now.opening(person, "office", until),
        last=date.max,
        what=f"the term of `{officer.person}` as {officer.office} of `{group.id}` {_ends(now, until)}",
        about=lambda: AboutOffice(group.name.words, group.id, officer.office, until, who(now.cluster, officer.person, now.day)),
        done="somebody follows" if _is_followed(group, officer, until) else "",
    )


def _ends(now: AsOf, day: date) -> str:
    return f"{'ends' if day >= now.day else 'ended'} on {day}, {{when}}"


def _is_followed(group: Group, officer: Officer, until: date) -> bool:
    return any(each.office == officer.office and (each.last or date.max) > until for each in group.officers)
