"""The values of an agenda: what stands at its top, its numbered items, and what there is to say under each."""

from dataclasses import dataclass, replace
from datetime import date, time

from sigctl.reports.actions import ActionLine
from sigctl.reports.dates import Happening, Proposal
from sigctl.reports.groups.criteria import CriterionLine
from sigctl.reports.imprint import Imprint
from sigctl.reports.visit import VisitLine
from sigctl.reports.who import Member
from sigctl.words import Words

NOTHING = Words()
TOO_OFTEN = 3
"""After being carried over so many times an item is decided or dropped."""


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper that goes with an item, by its file name, and whether the workspace has it."""

    name: str
    is_here: bool = True


@dataclass(frozen=True, slots=True)
class Apologies:
    """Who has sent apologies so far, people and schools; how many belong to the group, and how many must be there."""

    received: tuple[Member, ...]
    members: int
    quorum: int | None
    schools: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class EarlierMinutes:
    """The minutes of an earlier meeting, and what is to be put right in them.

    Their status is that of the files, or `none` where nobody took any, or `to-come` where the meeting is still to come.
    """

    meeting: str
    day: date
    status: str
    corrections: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class ToAgree:
    """The minutes of the last meeting, and of earlier ones that nobody has agreed yet; the last first."""

    minutes: tuple[EarlierMinutes, ...]


@dataclass(frozen=True, slots=True)
class DueAction:
    """An open action: `overdue`, `due` by the meeting, or `undated`; and whether it is the group's own or of one that reports to it."""

    line: ActionLine
    state: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class Matter:
    """What came of an item of the last meeting: its number and title in the minutes (0 for none), what was decided, what was done."""

    number: int
    title: Words
    decisions: tuple[Words, ...]
    actions: tuple[ActionLine, ...]


@dataclass(frozen=True, slots=True)
class LastTime:
    """Matters arising: the meeting from which they arise, and the matters by their numbers there."""

    day: date
    matters: tuple[Matter, ...]


@dataclass(frozen=True, slots=True)
class ActionList:
    """The actions that are due or overdue; how many are open with a later date; how many are confidential and not told."""

    actions: tuple[DueAction, ...]
    later: int = 0
    withheld: int = 0

    @property
    def overdue(self) -> int:
        """How many are overdue."""
        return sum(each.state == "overdue" for each in self.actions)


@dataclass(frozen=True, slots=True)
class Presentation:
    """A working group that reports back: who chairs it since when, when it last did, how often it met since, how far it has come."""

    id: str
    group: Words
    purpose: Words
    chair: Member | None
    since: date | None
    last: date | None
    met: int
    criteria: tuple[CriterionLine, ...]


@dataclass(frozen=True, slots=True)
class HalfTermVisits:
    """The visits of a half term, by date, as at a day."""

    name: Words
    visits: tuple[VisitLine, ...]
    as_at: date

    def is_unmarked(self, visit: VisitLine) -> bool:
        """Whether the days of a visit have passed and nobody has marked it as done."""
        return visit.state != "done" and visit.last < self.as_at


@dataclass(frozen=True, slots=True)
class RotaNews:
    """The visits of this half term and of the next."""

    half_terms: tuple[HalfTermVisits, ...]


@dataclass(frozen=True, slots=True)
class TrainingLine:
    """A reviewer whose training ends, and on which day."""

    who: Member
    last: date


@dataclass(frozen=True, slots=True)
class OfficeLine:
    """An office whose term ends with nobody to follow yet."""

    group: Words
    office: Words
    who: Member
    last: date


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A group of which is to be asked whether it is still needed, and what was last recommended."""

    id: str
    group: Words
    by: date
    chair: Member | None
    recommendation: str
    criteria: tuple[CriterionLine, ...]


@dataclass(frozen=True, slots=True)
class DiaryDates:
    """What is on from the day of this meeting to the end of the half term, or somewhat longer."""

    first: date
    last: date
    dates: tuple[Happening, ...]


@dataclass(frozen=True, slots=True)
class NextTime:
    """When and where the group meets next, or else the days that are proposed."""

    day: date | None
    start: time | None = None
    end: time | None = None
    venue: Words = NOTHING
    proposals: tuple[Proposal, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportLines:
    """Reviewers whose training ends, offices whose term ends, or groups to be reviewed."""

    lines: tuple[TrainingLine | OfficeLine | ReviewLine, ...]


Content = Apologies | ToAgree | LastTime | ActionList | Presentation | RotaNews | ReportLines | DiaryDates | NextTime


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One item. `minutes` is 0 where it takes none; `start` and `end` follow from the beginning of the meeting, where that is known.

    `block` says where it comes from, by the words of a group's `agenda:`. `carried` is how often it was put off already. `matters`
    are what notes, decisions and actions under it belong to: the position of an item of the meeting, and blocks; no two items
    share one. Of a confidential item that is withheld, there is the number and the time, and nothing else.
    """

    block: str
    title: Words
    content: Content | None = None
    number: int = 0
    lead: Member | None = None
    minutes: int = 0
    start: time | None = None
    end: time | None = None
    purpose: str = ""
    papers: tuple[PaperLine, ...] = ()
    asked_by: Member | None = None
    carried: int = 0
    is_confidential: bool = False
    id: str = ""
    matters: tuple[int | str, ...] = ()
    is_withheld: bool = False

    @property
    def is_overdue(self) -> bool:
        """Whether it was put off so often that it is time to decide on it or to drop it."""
        return self.carried >= TOO_OFTEN


@dataclass(frozen=True, slots=True)
class AgendaPage:
    """The agenda of a meeting, or of one that is proposed: then `proposals` are the days, the first of them that of the agenda.

    It withholds what is confidential; the confidential part is a page of its own, for members, and holds nothing else.
    """

    imprint: Imprint
    group_id: str
    group: Words
    meeting_id: str
    half_term: Words
    day: date
    start: time | None
    end: time | None
    venue: Words
    link: str
    chair: Member | None
    items: tuple[AgendaItem, ...]
    proposals: tuple[Proposal, ...] = ()
    is_confidential: bool = False
    is_for_readers: bool = False

    @property
    def for_readers(self) -> "AgendaPage":
        """The same without what only whoever makes it has to know: that time is short, that nobody has marked a visit as done."""
        items = tuple(replace(item, content=_for_readers(item.content)) for item in self.items)
        return replace(self, items=items, is_for_readers=True)

    @property
    def is_proposed(self) -> bool:
        """Whether nobody has settled the day yet."""
        return bool(self.proposals)

    @property
    def minutes(self) -> int:
        """How many minutes the items take."""
        return sum(item.minutes for item in self.items)

    @property
    def is_too_long(self) -> bool:
        """Whether the items take longer than the meeting has; of the confidential part alone nobody can tell, and readers are not told."""
        return not (self.is_confidential or self.is_for_readers) and self.length is not None and self.minutes > self.length

    @property
    def length(self) -> int | None:
        """How many minutes the meeting has; None where its times are not known."""
        if self.start is None or self.end is None:
            return None
        return (self.end.hour - self.start.hour) * 60 + self.end.minute - self.start.minute


def _for_readers(content: Content | None) -> Content | None:
    """What there is to say under an item, with no visit seen as past."""
    if not isinstance(content, RotaNews):
        return content
    return replace(content, half_terms=tuple(replace(each, as_at=date.min) for each in content.half_terms))
