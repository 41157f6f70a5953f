"""What a reminder is about, as its text tells of it. What is confidential is never here: of such an action there is the meeting alone."""

from dataclasses import dataclass
from datetime import date, time
from typing import Literal

from sigctl.reports.actions import ActionLine
from sigctl.reports.visit import StageLine, VisitLine
from sigctl.reports.who import Member
from sigctl.words import Words

VisitRole = Literal["host", "lead", "member", "reserve", "caller"]
StageRole = Literal["host", "facilitator", "team"]
AvailabilityRole = Literal["reviewer", "host"]
MeetingChange = Literal["moved", "cancelled"]

_UNSAID = Words()


@dataclass(frozen=True, slots=True)
class AboutMeeting:
    """A meeting: of which group, when and where, with the titles of its open items and the names of their papers.

    The reader `may_pass_on` what is meant for whoever goes for their school; or `keeps_files`, and does what others would send them.
    Where they were told of it and it has moved, or is cancelled, that is the `change`, and `before` the day that they know.
    """

    group: Words
    group_id: str
    meeting_id: str
    day: date
    start: time | None
    end: time | None
    venue: Words
    link: str
    items: tuple[Words, ...] = ()
    papers: tuple[str, ...] = ()
    may_pass_on: bool = False
    keeps_files: bool = False
    change: MeetingChange | None = None
    before: date | None = None


@dataclass(frozen=True, slots=True)
class AboutAction:
    """Something that somebody took on. Of a confidential one, `line` holds neither the text nor the note.

    Where whoever took it on has `left`, the reader is to see who does it.
    """

    line: ActionLine
    left: Member | None = None


@dataclass(frozen=True, slots=True)
class AboutVisit:
    """A visit, and what the reader is in it, or that they are the `caller` alone.

    `km` is the way there as the crow flies, where the files say where both places are.
    """

    visit: VisitLine
    cycle: Words
    role: VisitRole
    km: float | None = None


@dataclass(frozen=True, slots=True)
class AboutStage:
    """A step of a review that is due or held, and what the reader is in it."""

    stage: StageLine
    visit: VisitLine
    cycle: Words
    role: StageRole


@dataclass(frozen=True, slots=True)
class AboutTraining:
    """The reader's training as a reviewer, and the last day on which it holds."""

    expires: date


@dataclass(frozen=True, slots=True)
class AboutOffice:
    """An office of a group whose term ends with nobody to follow: which one, by its id, until when, and who holds it."""

    group: Words
    group_id: str
    office: str
    until: date
    holder: Member


@dataclass(frozen=True, slots=True)
class AboutAvailability:
    """Days that are wanted before a rota is planned: of which cycle, from when to when, by which day, and as what the reader is asked.

    `school` is the host, where the reader answers for one.
    """

    cycle: Words
    cycle_id: str
    first: date
    last: date
    wanted_by: date
    role: AvailabilityRole
    school: Words = _UNSAID


About = AboutMeeting | AboutAction | AboutVisit | AboutStage | AboutTraining | AboutOffice | AboutAvailability
