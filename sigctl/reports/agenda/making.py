"""The agenda of a meeting as a page: its items with the times of day at which they begin, and what is confidential apart."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from sigctl.records import Group, Meeting
from sigctl.reports.agenda.around import Around
from sigctl.reports.agenda.gathering import Known, items_of
from sigctl.reports.agenda.page import AgendaItem, AgendaPage
from sigctl.reports.dates import Proposal
from sigctl.reports.imprint import imprint
from sigctl.words import Words


def agenda_page(around: Around, known: Known, proposals: tuple[Proposal, ...] = (), *, confidential: bool = False) -> AgendaPage:
    """The agenda of a meeting without what is confidential, or else the confidential part; with the days that are proposed, if any."""
    meeting, items = around.meeting, _timed(items_of(around, known), around.meeting.start)
    apart = tuple(each for each in items if each.is_confidential)
    return AgendaPage(
        imprint=imprint(around.cluster, around.as_of, around.group),
        group_id=around.group.id,
        group=around.group.name.words,
        meeting_id=meeting.id,
        half_term=around.half.name if around.half else Words(),
        day=meeting.date,
        start=meeting.start,
        end=meeting.end,
        venue=meeting.venue.words if meeting.venue else Words(),
        link=meeting.link or "",
        chair=around.chair,
        items=apart if confidential else tuple(_withheld(each) if each.is_confidential else each for each in items),
        proposals=proposals,
        is_confidential=confidential,
    )


def proposed_meeting(group: Group, proposal: Proposal) -> Meeting:
    """A meeting as it would stand in the files on a proposed day."""
    name = f"{group.id[:56].rstrip('-')}-{proposal.day:%Y-%m}"
    return Meeting(id=name, group=group.id, date=proposal.day, start=proposal.start, end=proposal.end)


def _withheld(item: AgendaItem) -> AgendaItem:
    """Of a confidential item what everybody may know: that it is there, and when."""
    return AgendaItem(
        "items", Words(), number=item.number, minutes=item.minutes, start=item.start, end=item.end, is_confidential=True, is_withheld=True
    )


def _timed(items: tuple[AgendaItem, ...], start: time | None) -> tuple[AgendaItem, ...]:
    """The items with the time of day at which each begins and ends."""
    found, passed = [], 0
    for item in items:
        begins, passed = passed, passed + item.minutes
        found.append(replace(item, start=_later(start, begins), end=_later(start, passed)))
    return tuple(found)


def _later(start: time | None, minutes: int) -> time | None:
    """The time of day so many minutes later."""
    return (datetime.combine(date.min, start) + timedelta(minutes=minutes)).time() if start else None
