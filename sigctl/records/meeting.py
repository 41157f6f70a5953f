"""Meetings: what was on the agenda, who was there, what was decided, who does what."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, field_validator

from sigctl.records.fields import Date, Flag, GroupId, Id, Line, Means, MeetingId, PersonId, Positive, Prose, SchoolId, Time, Web
from sigctl.records.record import Record, Text

Purpose = Annotated[
    Literal["information", "discussion", "decision"],
    Means(
        {
            "information": "The group is told something.",
            "discussion": "The group talks it over, and decides nothing yet.",
            "decision": "The group is to decide.",
        }
    ),
]
MinutesStatus = Annotated[
    Literal["draft", "agreed", "signed"],
    Means(
        {
            "draft": "No meeting has agreed them yet.",
            "agreed": "A later meeting has agreed them.",
            "signed": "A later meeting has agreed them, and its chair has signed them.",
        }
    ),
]
ActionStatus = Annotated[
    Literal["open", "done", "dropped"],
    Means({"open": "It is still to be done.", "done": "It is done.", "dropped": "It is no longer wanted."}),
]
MeetingStatus = Annotated[
    Literal["planned", "held", "cancelled"],
    Means({"planned": "It is still to come.", "held": "It has taken place.", "cancelled": "It does not take place."}),
]


class Item(Record):
    """One item of an agenda."""

    id: Id | None = Field(None, description="The short name of the item, where the minutes refer to it.", examples=["paper"])
    title: Text = Field(description="What the item is called.", examples=["{cy: Cynnydd, en: Progress}"])
    lead: PersonId | None = Field(None, description="The person who leads the item.")
    minutes: Positive | None = Field(None, le=600, description="How many minutes it may take.", examples=["20"])
    purpose: Purpose | None = Field(None, description="What the item is for.", examples=["decision"])
    paper: Line | None = Field(None, description="The paper that goes with it, by its file name.", examples=["progress.pdf"])
    confidential: Flag = Field(
        False,
        description="Whether it is minuted in a separate part that is not passed on; for an item carried over, as the time before.",
    )
    feedback: GroupId | None = Field(None, description="The working group that reports back under this item.")
    asked_by: PersonId | None = Field(None, description="The person who asked for the item.")
    carried: Flag = Field(False, description="Whether there was no time for it, so that it stands on the next agenda as well.")


class Substitute(Record):
    """Somebody who came in the place of another."""

    instead_of: PersonId = Field(alias="for", description="The member who could not come.")
    by: PersonId = Field(description="The person who came instead.", examples=["pen-y-dre-deputy"])


class Visitor(Record):
    """Somebody who was there without being a member, for one item or for all."""

    alone: ClassVar[str] = "who"
    who: Text = Field(description="Who it was.", examples=["{cy: Clerc, en: Clerk}"])
    item: Line | None = Field(None, description="The item for which they came, by its number or its id; all, where left out.")


class SchoolAttendance(Record):
    """Which of the schools that are members sent somebody, where those who came are not in these files."""

    present: tuple[SchoolId, ...] = Field((), description="Schools that somebody came from.")
    apologies: tuple[SchoolId, ...] = Field((), description="Schools that sent word that nobody could come.")
    absent: tuple[SchoolId, ...] = Field((), description="Schools from which nobody came, without a word.")


class Attendance(Record):
    """Who was there, and who was not."""

    present: tuple[PersonId, ...] = Field((), description="Members who were there.")
    apologies: tuple[PersonId, ...] = Field((), description="Members who sent word that they could not come.")
    absent: tuple[PersonId, ...] = Field((), description="Members who were not there and sent no word.")
    schools: SchoolAttendance = Field(
        SchoolAttendance(),
        description="The same of schools that are members and send whom they like.",
        examples=["{present: [pen-y-dre], absent: [treorchy]}"],
    )
    substitutes: tuple[Substitute, ...] = Field((), description="People who came in the place of members.")
    in_attendance: tuple[Visitor, ...] = Field((), description="Others who were there, for one item or for all.", examples=["[Clerk]"])


class Correction(Record):
    """Something that the meeting that agreed the minutes put right."""

    alone: ClassVar[str] = "text"
    text: Text = Field(description="What was put right.", examples=["{cy: Roedd Mair Jones yn bresennol, en: Mair Jones was present}"])
    item: Line | None = Field(
        None, description="The item that it is about, by its number or its id; needed where that is confidential.", examples=['"3"']
    )


class Minutes(Record):
    """The minutes of a meeting and how far they have come."""

    status: MinutesStatus = Field("draft", description="Whether a later meeting has agreed them.")
    taken_by: PersonId | None = Field(None, description="The person who took them.")
    agreed_at: MeetingId | None = Field(None, description="The meeting that agreed them.", examples=["attendance-2027-01"])
    corrections: tuple[Correction, ...] = Field(
        (),
        description="What the meeting that agreed them put right; the notes stay as they were.",
        examples=['[{text: {cy: Roedd Mair Jones yn bresennol, en: Mair Jones was present}, item: "3"}]'],
    )
    signed_by: PersonId | None = Field(None, description="The person who signed them, as chair of the meeting that agreed them.")
    signed_on: Date | None = Field(None, description="The day on which they were signed.")
    notes: Mapping[str, Text] = Field(
        {},
        description="What was said under each item, by its number or its id, or by a part that the agenda makes of itself.",
        examples=["{1: {cy: Nodwyd yr adroddiad, en: The report was noted}}"],
    )

    @field_validator("notes", mode="before")
    @classmethod
    def _without_empty_notes(cls, value: Any) -> Any:
        """A note with nothing in it, as in a form that is half filled in, is a note left out."""
        if not isinstance(value, dict):
            return value
        return {key: note for key, note in value.items() if note is not None and not (isinstance(note, dict) and _is_blank(note))}


def _is_blank(fields: Mapping[str, object]) -> bool:
    return bool(fields) and fields.keys() <= {"cy", "en"} and not any(fields.values())


class Decision(Record):
    """Something that a meeting decided."""

    id: Id = Field(description="The short name of the decision.", examples=["d1"])
    text: Text = Field(description="What was decided.", examples=["{cy: Cwrdd bob mis, en: To meet every month}"])
    item: Line | None = Field(None, description="The item under which it was decided, by its number or its id.", examples=['"3"'])


class Action(Record):
    """Something that somebody is to do."""

    id: Id = Field(description="The short name of the action.", examples=["a1"])
    text: Text = Field(description="What is to be done.", examples=["{cy: Anfon y ffigurau, en: Send the figures}"])
    owner: PersonId | None = Field(None, description="The person who does it.")
    school: SchoolId | None = Field(None, description="The school that does it, where no person is named.")
    item: Line | None = Field(None, description="The item under which it was agreed, by its number or its id.", examples=['"3"'])
    due: Date | None = Field(None, description="The day by which it is to be done.", examples=["2026-12-18"])
    status: ActionStatus = Field("open", description="How far it has come.")
    done_on: Date | None = Field(None, description="The day on which it was done.")
    note: Prose | None = Field(None, description="What there is to say about it.", examples=["checked with the clerk"])


class Meeting(Record):
    """A meeting of a group."""

    id: Id = Field(description="The name by which other places in the files call this meeting.", examples=["attendance-2026-11"])
    group: GroupId = Field(description="The group that meets.")
    date: Date = Field(description="The day of the meeting.")
    start: Time | None = Field(None, description="The time at which it begins.")
    end: Time | None = Field(None, description="The time at which it ends.", examples=["17:00"])
    venue: Text | None = Field(None, description="Where it is held.", examples=["{cy: Y llyfrgell, en: The library}"])
    link: Web | None = Field(None, description="The address at which to join it from afar.")
    status: MeetingStatus = Field("planned", description="Whether it is still to come, was held or was cancelled.")
    chair: PersonId | None = Field(None, description="The person who chairs it; the group's chair, where left out.")
    items: tuple[Item, ...] = Field((), description="The items of the agenda, in order.")
    attendance: Attendance | None = Field(None, description="Who was there.")
    minutes: Minutes | None = Field(None, description="The minutes.")
    decisions: tuple[Decision, ...] = Field((), description="What was decided.")
    actions: tuple[Action, ...] = Field((), description="What somebody is to do.")
