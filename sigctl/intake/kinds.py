"""What a file is, and its answers."""

import re
from pathlib import PurePath
from typing import Final

from sigctl.intake.answers import Asked, Gathered, Kind, Unreadable
from sigctl.intake.form import filled_form, is_form
from sigctl.intake.polls import poll
from sigctl.intake.reply import filled_reply, is_message, is_reply, message
from sigctl.intake.sheets import Sheet, decoded, is_workbook, sheets

_CALENDAR: Final = re.compile(r"^\s*BEGIN:V(?:CALENDAR|EVENT|FREEBUSY|TODO)\b", re.IGNORECASE | re.MULTILINE)
_READABLE: Final = (".xlsx", ".ods", ".xls", ".csv", ".ics", ".eml", ".txt")


def kind_of(content: bytes) -> Kind:
    """What a file is, by what is in it; whatever else it may be is taken for a poll. Raises Unreadable where it is empty."""
    if not content.strip():
        raise Unreadable("this file is empty", "save it again")
    if _CALENDAR.search(decoded(content[:4000])):
        return Kind.CALENDAR
    if is_workbook(content):
        return Kind.FORM if is_form(sheets(content)) else Kind.POLL
    return Kind.REPLY if is_message(content) or is_reply(decoded(content[:1_000_000])) else Kind.POLL


def read_answers(asked: Asked, content: bytes, kind: Kind) -> Gathered:
    """The answers of a form, a poll or a reply. Raises Unreadable where the file holds none."""
    if kind is Kind.REPLY:
        return _reply(asked, content)
    found = sheets(_text_checked(content))
    return filled_form(asked, found) if kind is Kind.FORM and is_form(found) else poll(asked, found)


def _text_checked(content: bytes) -> bytes:
    """The bytes of a table; a PDF, a picture or a Word file that is no workbook is refused by what it is."""
    if content.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff")):
        raise Unreadable("this is a PDF or a picture, which cannot be read", f"export the answers as one of {', '.join(_READABLE)}")
    return content


def _reply(asked: Asked, content: bytes) -> Gathered:
    """A reply, or the form that is attached to it."""
    if not is_message(content):
        return filled_reply(asked, decoded(content))
    mail = message(content)
    for name, attached in mail.attached:
        if PurePath(name).suffix.lower() in (".xlsx", ".ods", ".xls") and is_workbook(attached):
            found: tuple[Sheet, ...] = sheets(attached)
            if is_form(found):
                return filled_form(asked, found)
    return filled_reply(asked, mail.text, mail.sender)
