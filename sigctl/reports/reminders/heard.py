"""What people were told of a meeting, by a reminder or with its agenda, and whether the files say something else by now."""

from collections.abc import Mapping
from datetime import date
from typing import Final, NamedTuple

from sigctl.notice import Notice
from sigctl.records import Meeting
from sigctl.reports.reminders.about import MeetingChange
from sigctl.reports.reminders.values import Told

_KINDS: Final = ("meeting", "agenda")
"""The kinds of notices that tell of a meeting: its reminder, and its agenda as it was sent."""


class News(NamedTuple):
    """What somebody was told of a meeting, and when: that it is on a `day`; where that was a change, on which it was `before`."""

    told: date
    day: date
    before: date | None = None


class Change(NamedTuple):
    """That a meeting is not on the day `before`, as somebody knows it, but on `day`, or not at all.

    They know of the former `since` a day, and where they were told that it moved, it was `told` on one.
    """

    what: MeetingChange
    before: date
    day: date
    since: date
    told: date | None = None

    @property
    def last(self) -> date:
        """The last day on which it is worth telling."""
        return min(self.before, self.day)

    def subject(self, meeting: str) -> str:
        """What a notice of it is about."""
        return f"{meeting}/moved/{self.day}" if self.what == "moved" else f"{meeting}/cancelled"


Heard = Mapping[str, Mapping[str, News]]
"""The latest that somebody was told, by meeting and person."""


def heard(history: Mapping[Notice, Told]) -> Heard:
    """The latest that everybody was told of each meeting. Of a cancelled one, still the day on which it was to be."""
    found: dict[str, dict[str, News]] = {}
    for notice, told in history.items():
        meeting, _, change = notice.subject.partition("/")
        if notice.kind not in _KINDS or change == "cancelled":
            continue
        day = date.fromisoformat(change.removeprefix("moved/")) if change else notice.due
        news = News(told.day, day, notice.due if change else None)
        known = found.setdefault(meeting, {})
        known[notice.person] = max(known.get(notice.person, news), news, key=_when)
    return found


def _when(news: News) -> tuple[date, bool, date]:
    return news.told, news.before is not None, news.day


def change_of(meeting: Meeting, news: News | None) -> Change | None:
    """What became of a meeting of which somebody was told; None where it is as they know it, or where they know nothing."""
    if news is None:
        return None
    if meeting.status == "cancelled":
        return Change("cancelled", news.day, news.day, news.told)
    if news.day != meeting.date:
        return Change("moved", news.day, meeting.date, news.told)
    return Change("moved", news.before, meeting.date, news.told, news.told) if news.before else None
