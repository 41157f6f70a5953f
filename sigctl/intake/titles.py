"""What the titles in a school's own calendar say about a day: training of staff, closed, examinations.

Only a school's calendar is read like this, which parents read as well; nothing of a title is kept.
"""

import re
from enum import StrEnum
from typing import Final

from sigctl.intake.answers import folded


class Said(StrEnum):
    """What a title says of its day."""

    STAFF = "staff"
    CLOSED = "closed"
    OPEN = "open"
    TAKEN = "taken"
    NOTHING = "nothing"


_STAFF: Final = re.compile(
    r"\b(inset|hms|staff training|staff development day|training day|in service|diwrnod hyfforddi|hyfforddiant (?:staff|mewn swydd))\b"
)
_AFTER_SCHOOL: Final = re.compile(r"\b(twilight|cyfnos|after school|ar ol ysgol)\b")
_CLOSED: Final = re.compile(
    r"\b(school (?:is )?(?:closed|shut|closure)|closed (?:to|for) pupils|school holidays?|half term|bank holiday|holidays?|ysgol ar gau|"
    r"ar gau(?: i ddisgyblion)?|gwyliaur?|hanner tymor|gwyl (?:y )?banc|polling (?:day|station))\b|^closed$"
)
_EDGE: Final = re.compile(
    r"\b(re ?opens?|opens?|back|begins?|starts?|ends?|end of|break up|early|club|camp|ail ?agor|dechrau|diwedd|cynnar|clwb|first day|"
    r"last day|diwrnod cyntaf|diwrnod olaf|before|after|cyn|ar ol|homework|reading)\b"
)
_TAKEN: Final = re.compile(
    r"\b(mocks?|mock exams?|exams?|examinations?|arholiad(?:au)?|ffug arholiad(?:au)?|estyn|ofsted|inspection|arolygiad)\b"
)


def said_by(title: str) -> Said:
    """What a title says; whatever is not known says nothing."""
    plain = folded(title)
    if _STAFF.search(plain):
        return Said.NOTHING if _AFTER_SCHOOL.search(plain) else Said.STAFF
    if _CLOSED.search(plain):
        return Said.OPEN if _EDGE.search(plain) else Said.CLOSED
    return Said.TAKEN if _TAKEN.search(plain) else Said.NOTHING
