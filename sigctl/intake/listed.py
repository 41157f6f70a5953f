"""Questions of forms that are answered by a list of days: `2026-11-10;2026-11-12;`."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

from sigctl.intake.answers import Answer, DayAnswer, folded
from sigctl.intake.days import is_only_days, written_days
from sigctl.intake.sheets import Cell, Row
from sigctl.term_dates import Span

_NOT_A_QUESTION: Final = re.compile(
    r"^(timestamp|stamp amser|amser|start time|completion time|last modified time|created.*|submitted.*|date|dyddiad|amser .*|time)$"
)
_NEGATIVE: Final = re.compile(
    r"\b(not|cannot|cant|unable|unavailable|busy|away|except|methu|ddim|nid|na allwch|na ellwch|nad|anghyfleus|prysur|heb fod)\b"
)


class Question(NamedTuple):
    """A column that is answered by days: whether they are the days on which somebody can, and all days that anybody named."""

    column: int
    title: str
    means_yes: bool
    offered: tuple[date, ...]


def questions(header: Row, rows: Sequence[Row], window: Span) -> tuple[Question, ...]:
    """The questions of a form that are answered by days and nothing else."""
    found = []
    for column, title in enumerate(header.cells):
        answers = [row.at(column) for row in rows if row.at(column) != ""]
        if answers and not _NOT_A_QUESTION.match(folded(str(title))) and all(_is_list(each, window) for each in answers):
            offered = tuple(sorted({day for each in answers for day in _days(each, window)}))
            found.append(Question(column, str(title), not _NEGATIVE.search(folded(str(title))), offered))
    return tuple(found)


def says_nothing(row: Row, asks: Sequence[Question]) -> bool:
    """Whether somebody listed no day on which they can, so that nobody knows what they meant."""
    return any(ask.means_yes for ask in asks) and all(row.at(ask.column) == "" for ask in asks)


def listed_answers(row: Row, asks: Sequence[Question], window: Span) -> Iterator[DayAnswer]:
    """What a row says by the days that it lists, and by those that others listed and it does not.

    Days that nobody named are not known.
    """
    for ask in asks:
        named = set(_days(row.at(ask.column), window))
        for day in ask.offered:
            yield DayAnswer(day, Answer.YES if (day in named) == ask.means_yes else Answer.NO)


def _is_list(cell: Cell, window: Span) -> bool:
    return not hasattr(cell, "hour") and (isinstance(cell, date) or is_only_days(cell, window))


def _days(cell: Cell, window: Span) -> tuple[date, ...]:
    if isinstance(cell, date):
        return (date(cell.year, cell.month, cell.day),)
    return tuple(each.day for each in written_days(cell, window) if each.day)
