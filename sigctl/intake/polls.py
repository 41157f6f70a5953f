"""Polls about days: a table of people and days, as Doodle, Rallly, Microsoft Forms, Google Forms or a school office makes it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, NamedTuple

from sigctl.intake.answers import (
    Answer,
    Asked,
    DayAnswer,
    Fault,
    Gathered,
    Kind,
    Participant,
    Reply,
    Unreadable,
    answer_of,
    folded,
    shown,
    worst,
)
from sigctl.intake.days import day_in, day_of_month, has_clock, month_in, written_days
from sigctl.intake.listed import Question, listed_answers, questions, says_nothing
from sigctl.intake.sheets import Cell, Row, Sheet, letters

_NAMES: Final = {
    "name", "your name", "full name", "participant", "participants", "participant name", "who", "person", "attendee", "enw", "eich enw",
    "enw llawn", "cyfranogwr", "cyfranogwyr", "enw / name", "name / enw", "what is your name?", "beth ywch enw?", "reviewer", "adolygydd",
}  # fmt: skip
_GIVEN: Final = {"first name", "given name", "forename", "enw cyntaf"}
_FAMILY: Final = {"last name", "surname", "family name", "cyfenw"}
_EMAILS: Final = {
    "email",
    "e mail",
    "email address",
    "e mail address",
    "ebost",
    "e bost",
    "cyfeiriad ebost",
    "cyfeiriad e bost",
    "username",
}
_TOTALS: Final = {"count", "counts", "total", "totals", "sum", "yes", "cyfanswm", "number of participants", "ok", "votes"}
_ANONYMOUS: Final = {"anonymous", "dienw"}
_ADDRESS: Final = re.compile(r"[^\s<>()\[\],;:]+@[^\s<>()\[\],;:]+\.[^\s<>()\[\],;:]+")
_ABOVE: Final = 40
"""A header begins within so many rows."""


@dataclass(frozen=True, slots=True)
class Header:
    """Where a table's rows begin, which column asks about which day, and where the names stand."""

    titles: tuple[str, ...]
    first: int
    days: Mapping[int, date]
    timed: bool = False


class _Columns(NamedTuple):
    """The columns that say who answers: names, which are joined, and an e-mail address."""

    names: tuple[int, ...]
    email: int | None


def poll(asked: Asked, found: Sequence[Sheet]) -> Gathered:
    """The answers of a poll, out of the first sheet that asks about days. Raises Unreadable where none does."""
    for sheet in found:
        header = _header(sheet.rows, asked)
        if header:
            faults = tuple(_wrong_days(sheet.rows, header, asked))
            return _grid(asked, sheet, header, faults)
    for sheet in found:
        rows = [row for row in sheet.rows if not row.is_blank]
        if len(rows) > 1 and (asks := questions(rows[0], rows[1:], asked.window)):
            return _by_lists(asked, rows, asks)
    advice = "days are read as 2026-11-24, 24/11/2026, `Tue 24 November 2026` or `24 Tachwedd 2026`"
    raise Unreadable("no day is found in this table, neither in its header nor in the answers", advice)


# a column a day


def _header(rows: Sequence[Row], asked: Asked) -> Header | None:
    """The header of a table with a column a day: in one row, or in two or three as Doodle has it."""
    for index, row in enumerate(rows[:_ABOVE]):
        below = rows[index + 1] if index + 1 < len(rows) else Row(0, ())
        if any(map(month_in, row.cells)) and (days := _days_below(row, below)):
            return _with_times(rows, index + 2, days)
        days = {column: day for column, cell in enumerate(row.cells) if (day := _day_of_title(cell, asked))}
        if days and not _is_an_answer(row, days):
            return _with_times(rows, index + 1, days)
        if not days and any(_is_title(cell) for cell in row.cells):
            return None
    return None


def _is_title(cell: Cell) -> bool:
    """Whether a cell is the title of a column with names, addresses or moments, and so begins a table."""
    return isinstance(cell, str) and folded(cell) in _NAMES | _EMAILS | _GIVEN | {"timestamp", "completion time", "start time"}


def _day_of_title(cell: Cell, asked: Asked) -> date | None:
    """The day about which a column asks; in a form's `Which days? [Tue 10 November]` that in the brackets."""
    if isinstance(cell, str) and (inside := re.search(r"\[([^\]]+)\]\s*$", cell)):
        return day_in(inside[1], asked.window)
    return day_in(cell, asked.window)


def _is_an_answer(row: Row, days: Mapping[int, date]) -> bool:
    """Whether this is somebody's row after all: there is an address or an answer in it."""
    others = [cell for column, cell in enumerate(row.cells) if column not in days and cell != ""]
    return any(isinstance(cell, str) and ("@" in cell or answer_of(cell) is Answer.NO) for cell in others)


def _days_below(months: Row, days: Row) -> dict[int, date]:
    """The days of a header whose first row names each month once and whose second row the days of it."""
    found, month = {}, None
    for column in range(max(len(months.cells), len(days.cells))):
        month = month_in(months.at(column)) or month
        day = day_of_month(days.at(column), *month) if month and days.at(column) != "" else None
        if day:
            found[column] = day
    return found


def _with_times(rows: Sequence[Row], first: int, days: dict[int, date]) -> Header:
    """A header, with the row of times below it where there is one; a day that stands over several times holds for each."""
    times = rows[first] if first < len(rows) else Row(0, ())
    clocks = [column for column, cell in enumerate(times.cells) if column >= min(days) and has_clock(cell)]
    timed = bool(clocks) and times.at(0) == ""
    if timed:
        last: date | None = None
        for column in range(min(days), max(clocks) + 1):
            last = days.get(column, last)
            if last and column in clocks:
                days[column] = last
        first += 1
    titles = tuple(_title([row.at(column) for row in rows[:first]]) for column in range(max(len(row.cells) for row in rows[:first])))
    return Header(titles, first, days, timed or len(set(days.values())) < len(days))


def _title(cells: Sequence[Cell]) -> str:
    """What stands over a column: the lowest of the header's cells that is not empty."""
    return next((str(cell) for cell in reversed(cells) if cell != ""), "")


def _wrong_days(rows: Sequence[Row], header: Header, asked: Asked) -> Iterator[Fault]:
    """The columns that seem to ask about a day that there is not: their weekday does not fit."""
    for row in rows[max(0, header.first - 2) : header.first]:
        for column, cell in enumerate(row.cells):
            wrong = (
                isinstance(cell, str) and column not in header.days and any(each.day is None for each in written_days(cell, asked.window))
            )
            if wrong:
                message = f"column {letters(column)} asks about no day of the calendar, or its weekday does not fit; it is left out"
                yield Fault(asked.file, row.number, message)


def _grid(asked: Asked, sheet: Sheet, header: Header, faults: tuple[Fault, ...]) -> Gathered:
    rows = [row for row in sheet.rows[header.first :] if not row.is_blank]
    columns = _who(header, rows)
    if columns is None:
        raise Unreadable("this table has no column with names or e-mail addresses", "give it one, called `Name` or `Email`")
    people = [row for row in rows if not _is_total(row, columns)]
    says_no = any(answer_of(str(row.at(column))) is Answer.NO for row in people for column in header.days if row.at(column) != "")
    replies, wrong = list[Reply](), list(faults)
    for row in people:
        who = _participant(row, columns)
        if who is None:
            wrong.append(Fault(asked.file, row.number, "nobody's name stands in this row, so its answers are left out"))
            continue
        said, unread = _answers(row, header, says_no=says_no)
        wrong += [Fault(asked.file, row.number, message) for message in unread]
        days = worst(said)
        replies.append(Reply(who, days, len(set(header.days.values())) - len(days)))
    notes = (_TIMED,) if header.timed else ()
    return _last_of_each(Gathered(Kind.POLL, tuple(replies), tuple(wrong), notes))


_TIMED: Final = "days with several times count as free only where somebody can at each of them, since a visit takes the whole day"


def _answers(row: Row, header: Header, *, says_no: bool) -> tuple[list[DayAnswer], list[str]]:
    """What a row says, and what of it cannot be understood. Where nobody wrote `no`, as in Doodle, an empty cell means it."""
    said, unread = [], []
    for column, day in header.days.items():
        text = str(row.at(column))
        answer = answer_of(text) if text else None if says_no else Answer.NO
        if answer:
            said.append(DayAnswer(day, answer))
        elif text:
            unread.append(f"{shown(text)} under {day} says neither yes nor no")
    return said, unread


def _who(header: Header, rows: Sequence[Row]) -> _Columns | None:
    """The columns that tell who answers: by their titles, or else the first with texts that are no answers."""
    titles = {column: re.sub(r"\s*\(\d+\)|\s*\d+$|^\d+\s*", "", folded(title)) for column, title in enumerate(header.titles)}
    free = [column for column in titles if column not in header.days]
    names = [column for column in free if titles[column] in _NAMES]
    parts = [column for group in (_GIVEN, _FAMILY) for column in free if titles[column] in group]
    email = next((column for column in free if titles[column] in _EMAILS), None)
    if not names and not parts and email is None:
        texts = (column for column in free if any(isinstance(row.at(column), str) and row.at(column) for row in rows))
        names = [column for column in texts if not any(has_clock(row.at(column)) or str(row.at(column)).isdecimal() for row in rows)][:1]
    found = tuple(names[:1] or parts)
    return _Columns(found, email) if found or email is not None else None


def _participant(row: Row, columns: _Columns) -> Participant | None:
    name = " ".join(str(row.at(column)) for column in columns.names if row.at(column) != "")
    email = str(row.at(columns.email)) if columns.email is not None else ""
    name, email = ("" if folded(name) in _ANONYMOUS else name), ("" if folded(email) in _ANONYMOUS else email)
    column = letters(columns.names[0] if name else columns.email or 0)
    if not email and (address := _ADDRESS.search(name)):
        name, email = name.replace(address[0], "").strip(" <>()[],;"), address[0]
    return Participant(row.number, name, email.lower(), column=column) if name or email else None


def _is_total(row: Row, columns: _Columns) -> bool:
    at = columns.names[0] if columns.names else columns.email or 0
    return folded(str(row.at(at))).rstrip(":") in _TOTALS or folded(str(row.at(0))).rstrip(":") in _TOTALS


# a list of days an answer


def _by_lists(asked: Asked, rows: Sequence[Row], asks: Sequence[Question]) -> Gathered:
    """The answers of a form in which one question lists the days."""
    header = Header(tuple(map(str, rows[0].cells)), 1, {each.column: date.min for each in asks})
    columns = _who(header, rows[1:])
    if columns is None:
        raise Unreadable("this table has no column with names or e-mail addresses", "give it one, called `Name` or `Email`")
    replies, faults = [], []
    for row in rows[1:]:
        who = _participant(row, columns)
        if who is None:
            faults.append(Fault(asked.file, row.number, "nobody's name stands in this row, so its answers are left out"))
        elif says_nothing(row, asks):
            faults.append(Fault(asked.file, row.number, "no day is listed in this row: can they on none, or did they not answer? Ask them"))
        else:
            replies.append(Reply(who, worst(listed_answers(row, asks, asked.window))))
    notes = tuple(f"column {letters(each.column)} was read as the days on which they can{'' if each.means_yes else 'not'}" for each in asks)
    return _last_of_each(Gathered(Kind.POLL, tuple(replies), tuple(faults), notes))


def _last_of_each(gathered: Gathered) -> Gathered:
    """The same with one reply of each participant, the last one, as people correct what they said."""
    last: dict[str, Reply] = {}
    notes = []
    for reply in gathered.replies:
        key = reply.who.email or folded(reply.who.name)
        if key in last:
            notes.append(f"rows {last[key].who.row} and {reply.who.row} are of the same participant; the later one counts")
            del last[key]
        last[key] = reply
    return replace(gathered, replies=tuple(last.values()), notes=(*gathered.notes, *notes))
