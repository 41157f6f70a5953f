"""Reminders: which kinds there are, and what a cluster can say about each."""

from typing import Annotated, ClassVar, Final, Literal, get_args

from pydantic import Field

from sigctl.records.fields import Flag, Means, NotNegative, Positive
from sigctl.records.record import Record

ReminderKind = Annotated[
    Literal[
        "availability", "agenda-items", "meeting", "minutes-due", "minutes-out", "action-due", "action-overdue", "visit-soon",
        "visit-next-week", "visit-held", "host-documents", "workshop", "training", "office",
    ],
    Means(
        {
            "availability": "Reviewers and hosts who have not said when they are free: 5 working days before `wanted_by` of the cycle; "
            "again 3 after it, a call 3 after that.",
            "agenda-items": "Members are asked for items, 10 working days before a meeting, once.",
            "meeting": "Members are told of a meeting, 5 working days before it, once: when, where, which items, which papers.",
            "minutes-due": "Whoever takes the minutes, where none are in the files 5 working days after a meeting; again 5 later, a call 5 "
            "after that.",
            "minutes-out": "Members are told that minutes are there to be read, once, 3 working days after the meeting at the earliest.",
            "action-due": "Whoever took on an action, 5 working days before it is due, once.",
            "action-overdue": "Whoever took on an action, 1 working day after it was due; again 5 later, a call 5 after that.",
            "visit-soon": "The team, its reserves and the host, 10 working days before a visit, once.",
            "visit-next-week": "The team and the host, 5 working days before a visit, once: team, programme, travel.",
            "visit-held": "Whoever makes the calls is asked, 1 working day after a visit, once, whether it took place: only then is "
            "what is due after it asked for.",
            "host-documents": "The host, 5 working days before something of it is due, such as the self-evaluation; what is due after the "
            "visit, the team's lead; again 3 after the day, a call 3 after that.",
            "workshop": "The host and those who lead it, 5 working days before a workshop or another stage that is held, once.",
            "training": "Reviewers, 40 working days before their training ends, once.",
            "office": "Officers, and whoever leads the group, 30 working days before a term ends with nobody to follow, once.",
        }
    ),
]  # fmt: skip
REMINDER_KINDS: Final[tuple[ReminderKind, ...]] = get_args(get_args(ReminderKind)[0])
AFTER: Final[tuple[ReminderKind, ...]] = ("minutes-due", "minutes-out", "action-overdue", "visit-held")
"""The kinds that go so many working days after their day; the others go before it."""


class Reminder(Record):
    """What is different about one kind of reminder; `false` alone stops it."""

    alone: ClassVar[str] = "on"
    on: Flag = Field(True, description="Whether it is sent at all.")
    before: NotNegative | None = Field(
        None, le=200, description="How many working days before the due day the first message goes.", examples=["10"]
    )
    after: Positive | None = Field(
        None, le=200, description="How many working days after the due day the first message goes.", examples=["1"]
    )
    again: NotNegative | None = Field(
        None,
        le=200,
        description="How many working days after the first message the second one goes, or after the due day where that is later; 0 for no "
        "second message.",
        examples=["3"],
    )
    call: NotNegative | None = Field(
        None,
        le=200,
        description="How many working days after the second message the name goes on the list for calls; 0 for no call.",
        examples=["3"],
    )
