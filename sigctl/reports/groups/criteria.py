"""Whether a group reaches what it set out to reach: each criterion, its readings, and what may be said of it on a day."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sigctl.records import Group
from sigctl.records.group import Criterion, Reading
from sigctl.words import Words

CriterionState = Literal["met", "partly", "not_met", "unclear", "no_reading"]
"""Reached; nearer than at the start; no nearer; not to be told, because the target or the start is not in the files; nothing was read."""


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """A figure, or a remark alone, on a day."""

    on: date
    value: float | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """A criterion as it stands on a day, with the readings up to then, by date."""

    id: str
    name: Words
    measure: Words
    baseline: float | None
    target: float | None
    by: date | None
    readings: tuple[ReadingLine, ...]
    as_at: date
    started: date | None = None

    @property
    def figures(self) -> tuple[ReadingLine, ...]:
        """The readings that have a figure."""
        return tuple(reading for reading in self.readings if reading.value is not None)

    @property
    def latest(self) -> ReadingLine | None:
        """The last figure."""
        return self.figures[-1] if self.figures else None

    @property
    def standing(self) -> CriterionState:
        """What may be said of it; which way is up follows from the start and the target, and is never guessed."""
        value = self.latest.value if self.latest else None
        if value is None:
            return "no_reading"
        if self.target is None or (self.start is None and value != self.target):
            return "unclear"
        return _judged(value, self.target if self.start is None else self.start, self.target)

    @property
    def start(self) -> float | None:
        """The figure at the start: the baseline, or else the first of several readings."""
        if self.baseline is not None or len(self.figures) < 2:
            return self.baseline
        return self.figures[0].value

    @property
    def is_overdue(self) -> bool:
        """Whether the day has passed by which it was to be reached, and it is not known to be."""
        return self.by is not None and self.by < self.as_at and self.standing != "met"

    @property
    def days(self) -> tuple[date, date]:
        """From when until when there is something to draw."""
        days = [reading.on for reading in self.figures]
        begun = [self.started] if self.started and self.baseline is not None and self.started < days[0] else []
        return min(days + begun), max(days + ([self.by] if self.by else []))

    @property
    def marked_days(self) -> tuple[date, ...]:
        """The days that are written below: the last to be reached first, then that of the last figure, then the others."""
        return tuple(dict.fromkeys((*self.days, *(reading.on for reading in reversed(self.figures)))))

    @property
    def values(self) -> tuple[float, float]:
        """The lowest figure that is drawn and the highest."""
        found = [value for value in (self.baseline, self.target, *(reading.value for reading in self.figures)) if value is not None]
        return min(found), max(found)

    @property
    def can_be_drawn(self) -> bool:
        """Whether there is something to draw: a figure, and another one, a start or a target beside it."""
        return bool(self.figures) and (len(self.figures) > 1 or self.baseline is not None or self.target is not None)


def _judged(value: float, start: float, target: float) -> CriterionState:
    """A figure against the start and the target; where these are the same, the figure has to be so as well."""
    if value == target:
        return "met"
    if target == start:
        return "not_met"
    covered = (value - start) / (target - start)
    return "met" if covered >= 1 else "partly" if covered > 0 else "not_met"


def criteria_of(group: Group, as_at: date) -> tuple[CriterionLine, ...]:
    """The criteria of a group as they stand on a day, in the order of the file."""
    return tuple(_line(group, criterion, as_at) for criterion in group.criteria)


def _line(group: Group, criterion: Criterion, as_at: date) -> CriterionLine:
    known = sorted((reading for reading in criterion.readings if reading.on <= as_at), key=lambda reading: reading.on)
    return CriterionLine(
        id=criterion.id,
        name=criterion.text.words,
        measure=criterion.measure.words if criterion.measure else Words(),
        baseline=criterion.baseline,
        target=criterion.target,
        by=criterion.by,
        readings=tuple(map(_reading, known)),
        as_at=as_at,
        started=group.started,
    )


def _reading(reading: Reading) -> ReadingLine:
    return ReadingLine(reading.on, reading.value, reading.note)
