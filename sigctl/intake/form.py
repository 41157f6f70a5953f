"""Our own form, an Excel workbook that came back filled in, whichever program filled it in."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from sigctl.intake.answers import Answer, Asked, DayAnswer, Fault, Gathered, Kind, Participant, Reply, Unreadable, answer_of, shown, worst
from sigctl.intake.days import day_in
from sigctl.intake.sheets import Sheet

HIDDEN: Final = "sigctl"
"""The name of the sheet that nobody sees, in which the form says what it is about."""
VERSION: Final = "1"
REST: Final = "all other days"
"""What stands in that sheet before the number of the row that asks whether all other days suit."""


_ID: Final = re.compile(r"[a-z0-9:-]{1,64}")


def is_form(found: Sequence[Sheet]) -> bool:
    """Whether a workbook is our form."""
    return any(sheet.name == HIDDEN for sheet in found)


def filled_form(asked: Asked, found: Sequence[Sheet]) -> Gathered:
    """What a form says. Raises Unreadable where it is of a newer sigctl, or nothing is filled in."""
    about = {str(row.at(0)): str(row.at(1)) for sheet in found if sheet.name == HIDDEN for row in sheet.rows if not row.is_blank}
    if about.get("sigctl availability") != VERSION:
        raise Unreadable("this form was made by another version of sigctl", "install the newest sigctl, and read it with that")
    person, school, cycle = (_id(about.get(name, "")) for name in ("person", "school", "cycle"))
    who = Participant(0, "", "", person, school, cycle)
    said, faults, empty, unread = list[DayAnswer](), list[Fault](), set[date](), set[date]()
    rest = _rest(found, about.get(REST, ""))
    for row in (row for sheet in found if sheet.name != HIDDEN for row in sheet.rows):
        day = day_in(row.at(0), asked.window) if isinstance(row.at(0), date) else None
        text = str(row.at(1))
        answer = answer_of(text)
        if day and answer:
            said.append(DayAnswer(day, answer))
        elif day and text:
            faults.append(Fault(asked.file, row.number, f"{shown(text)} for {day} says neither yes nor no"))
            unread.add(day)
        elif day:
            empty.add(day)
    if not said and not faults and not rest:
        raise Unreadable("no day is filled in in this form", "ask for it again: somebody sent it back as it was")
    left = unread if rest else empty | unread
    return Gathered(Kind.FORM, (Reply(who, worst(said), len(left)),), tuple(faults))


def _rest(found: Sequence[Sheet], number: str) -> bool:
    """Whether the one cell says that all days suit that are left empty. Older forms have none."""
    cells = [str(row.at(1)) for sheet in found if sheet.name != HIDDEN for row in sheet.rows if str(row.number) == number.split(".")[0]]
    return any(answer_of(text) is Answer.YES for text in cells)


def _id(text: str) -> str:
    """An id as it stands in the hidden sheet; nothing where somebody has written something else there."""
    return text if _ID.fullmatch(text) else ""
