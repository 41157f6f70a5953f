"""The day on which it is asked what is due: with what was told before, the rules that hold, and everybody's working days."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Final

from sigctl.cluster import Cluster
from sigctl.cluster.membership import has_gone
from sigctl.cluster.mergers import school_on
from sigctl.notice import Notice
from sigctl.records import all_dates
from sigctl.records.reminders import ReminderKind
from sigctl.reports.reminders.heard import News, heard
from sigctl.reports.reminders.rules import Rule, rules_of
from sigctl.reports.reminders.values import CALL, FIRST, SECOND, Told
from sigctl.reports.reminders.whom import SCHOOL, caller_of, is_there, reached, speaks_for
from sigctl.reports.reminders.working import WorkingDays

_DAY: Final = timedelta(1)


def is_or_was(now: "AsOf", day: date) -> str:
    """The word for something that is still to come, or is over."""
    return "is" if day >= now.day else "was"


@dataclass(frozen=True, eq=False)
class AsOf:
    """A cluster on a day, and what people were told before.

    Where `history` leaves something out, as if it had not been told, `whole` is what people know.
    """

    cluster: Cluster
    day: date
    history: Mapping[Notice, Told]
    whole: Mapping[Notice, Told] | None = None
    _working: dict[tuple[str, ...], WorkingDays] = field(default_factory=dict)
    _people: dict[str, WorkingDays] = field(default_factory=dict)
    _there: dict[str, bool] = field(default_factory=dict)
    _spoken: dict[str, str] = field(default_factory=dict)

    @cached_property
    def rules(self) -> Mapping[ReminderKind, Rule]:
        """When each kind goes."""
        return rules_of(self.cluster.settings)

    @property
    def catch_up(self) -> int:
        """How many working days something may come late."""
        return self.cluster.settings.reminders.catch_up

    @cached_property
    def _days_told(self) -> tuple[date, ...]:
        return tuple(sorted({told.day for notice, told in self.history.items() if notice.kind in self.rules and notice.stage >= FIRST}))

    @property
    def began(self) -> date:
        """The day on which anybody was reminded of anything for the first time: what was to go before, nobody has missed."""
        return self._days_told[0] if self._days_told else self.day

    @property
    def latest(self) -> date:
        """The day on which anybody was reminded of anything for the last time."""
        return self._days_told[-1] if self._days_told else date.min

    @cached_property
    def heard(self) -> Mapping[str, Mapping[str, News]]:
        """What each person was told of a meeting, by the meeting."""
        return heard(self.history if self.whole is None else self.whole)

    @cached_property
    def caller(self) -> str | None:
        """Who makes the calls."""
        return caller_of(self.cluster, self.day)

    @cached_property
    def anybody(self) -> WorkingDays:
        """The working days of somebody at no school: those of any calendar."""
        return self._days(tuple(self.cluster.calendars))

    def days_of(self, person: str) -> WorkingDays:
        """The working days of somebody."""
        if person not in self._people:
            school = self.school_of(person)
            kept = self.cluster.calendars_of(self.cluster.schools[school]) if school in self.cluster.schools else ()
            self._people[person] = self._days(tuple(each.id for each in kept)) if kept else self.anybody
        return self._people[person]

    def _days(self, calendars: tuple[str, ...]) -> WorkingDays:
        if calendars not in self._working:
            known, settings = self.cluster.calendars, self.cluster.settings
            own = tuple(known[each] for each in calendars)
            quiet = all_dates(settings.reminders.quiet)
            self._working[calendars] = WorkingDays(own, tuple(known.values()), settings.cluster.nation, quiet)
        return self._working[calendars]

    def school_of(self, person: str) -> str:
        """The school at which somebody is today; empty where there is none."""
        if person.startswith(SCHOOL):
            return person.removeprefix(SCHOOL)
        return school_on(self.cluster, person, self.day) or ""

    def speaks_for(self, school: str) -> str:
        """Who is told today what a school is told."""
        if school not in self._spoken:
            self._spoken[school] = speaks_for(self.cluster, school, self.day)
        return self._spoken[school]

    def is_there(self, person: str) -> bool:
        """Whether somebody is there today."""
        if person not in self._there:
            school = person.removeprefix(SCHOOL) if person.startswith(SCHOOL) else ""
            is_here = not has_gone(self.cluster, school, self.day) if school else is_there(self.cluster, person, self.day)
            self._there[person] = is_here
        return self._there[person]

    def has_address(self, person: str) -> bool:
        """Whether somebody can be written to."""
        return bool(reached(self.cluster, person)[0])

    def told(self, notice: Notice) -> dict[int, date]:
        """On which day somebody was told of a thing, stage by stage."""
        stages = {stage: self.history.get(notice._replace(stage=stage)) for stage in (FIRST, SECOND, CALL)}
        return {stage: told.day for stage, told in stages.items() if told}

    def opening(self, person: str, kind: ReminderKind, due: date) -> date:
        """The day on which somebody is first told of something: before its due day, or after it.

        For 0 days before, the day itself, or the last working day before it.
        """
        rule, days = self.rules[kind], self.days_of(person)
        if rule.before is not None:
            return days.counted(due, -rule.before) if rule.before else days.counted(due + _DAY, -1)
        return days.counted(due, max(rule.after or 0, 1))
