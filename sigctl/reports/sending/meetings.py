"""Who is sent the papers of a meeting, and the few lines above the paper."""

from dataclasses import dataclass
from datetime import date, time
from typing import Literal

from sigctl.cluster import Cluster
from sigctl.cluster.membership import chair_of, officers_on, seats_on
from sigctl.records import Meeting
from sigctl.reports.imprint import Imprint, imprint
from sigctl.reports.reminders.whom import is_there, speaks_for
from sigctl.words import Language, Words

PaperKind = Literal["agenda", "minutes"]


@dataclass(frozen=True, slots=True)
class PaperNews:
    """The lines above an agenda or minutes. It `is_again` for those who had it before it changed."""

    imprint: Imprint
    kind: PaperKind
    group: Words
    day: date
    start: time | None
    end: time | None
    venue: Words
    link: str
    languages: tuple[Language, ...]
    is_again: bool = False
    is_apart: bool = False


def concerned(cluster: Cluster, meeting: Meeting, today: date) -> tuple[str, ...]:
    """Who is sent the papers of a meeting: the group's members, officers and the chair on its day, as far as they are still there.

    A school that is a member is told through whoever speaks for it; `school:` stands before its id where it is written to itself.
    """
    group = cluster.groups[meeting.group]
    seats = seats_on(cluster, group, meeting.date)
    chair = chair_of(cluster, meeting)
    people = [
        *(seat.id for seat in seats if seat.kind == "person"),
        *officers_on(group, meeting.date).values(),
        *([chair] if chair else []),
    ]
    here = [each for each in people if is_there(cluster, each, today)]
    schools = [speaks_for(cluster, seat.id, today) for seat in seats if seat.kind == "school"]
    return tuple(dict.fromkeys((*here, *schools)))


def paper_news(cluster: Cluster, meeting: Meeting, kind: PaperKind, languages: tuple[Language, ...], today: date) -> PaperNews:
    """The lines above a paper of a meeting, for somebody who has it for the first time; signed as all mail is, by whose it is."""
    group = cluster.groups[meeting.group]
    return PaperNews(
        imprint=imprint(cluster, today),
        kind=kind,
        group=group.name.words,
        day=meeting.date,
        start=meeting.start,
        end=meeting.end,
        venue=meeting.venue.words if meeting.venue else Words(),
        link=meeting.link or "",
        languages=languages,
    )
