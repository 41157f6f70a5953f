"""Groups: who belongs to them, who holds which office, what they want to reach."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from sigctl.records.fields import Date, GroupId, Id, Line, Means, Number, PersonId, SchoolId, wrong
from sigctl.records.record import Dated, Record, Text

GroupKind = Annotated[
    Literal["strategic", "working", "seminar", "board", "steering"],
    Means(
        {
            "strategic": "The group that leads the cluster: most often all headteachers.",
            "working": "A group with one task, which ends when that is done.",
            "seminar": "A group that meets to learn from each other.",
            "board": "A group that others account to, with members from outside as well.",
            "steering": "A small group that prepares the work of the strategic one, or guides a project.",
        }
    ),
]
Meets = Annotated[
    Literal["weekly", "fortnightly", "monthly", "half-termly", "termly", "yearly", "as-needed"],
    Means(
        {
            "weekly": "Once a week.",
            "fortnightly": "Once in two weeks.",
            "monthly": "Once a month.",
            "half-termly": "Once in each half term.",
            "termly": "Once a term.",
            "yearly": "Once a year.",
            "as-needed": "Whenever there is something to talk about.",
        }
    ),
]


class Member(Dated):
    """A member of a group: a person, a school that sends whom it likes, or a guest of another cluster."""

    person: PersonId | None = Field(None, description="The person who is a member.")
    school: SchoolId | None = Field(None, description="The school that is a member and sends whom it likes.")
    guest: Text | None = Field(None, description="Somebody of another cluster, by name or post.", examples=["Headteacher"])
    organisation: Text | None = Field(None, description="Where the guest comes from.", examples=["Cardiff cluster"])

    @model_validator(mode="after")
    def _one_of_three(self) -> Self:
        if sum(each is not None for each in (self.person, self.school, self.guest)) != 1:
            raise wrong("member", "a member is a person, a school or a guest", "write exactly one of `person:`, `school:`, `guest:`")
        return self


class Officer(Dated):
    """Somebody who holds an office in a group."""

    office: Id = Field(description="The office: chair, vice-chair, convenor, secretary, treasurer, …", examples=["chair"])
    person: PersonId = Field(description="The person who holds it.")


class Reading(Record):
    """What a success criterion measured on a day."""

    on: Date = Field(description="The day of the reading.")
    value: Number | None = Field(None, description="The figure that was read.", examples=["93.1"])
    note: str = Field("", description="What there is to say about it.", max_length=2000, examples=["checked with the clerk"])


class Criterion(Record):
    """By what a group will know that it has succeeded."""

    id: Id = Field(description="The short name of the criterion.", examples=["attendance-95"])
    text: Text = Field(description="The criterion in a sentence.", examples=["{cy: Presenoldeb dros 95%, en: Attendance above 95%}"])
    measure: Text | None = Field(None, description="What is measured.", examples=["{cy: Presenoldeb, en: Attendance}"])
    baseline: Number | None = Field(None, description="The figure at the start.", examples=["92.4"])
    target: Number | None = Field(None, description="The figure to be reached.", examples=["95"])
    by: Date | None = Field(None, description="The day by which it is to be reached.", examples=["2027-07-16"])
    readings: tuple[Reading, ...] = Field((), description="What was measured since, by date.")


class Group(Record):
    """A group of the cluster: the strategic one, a working group, a seminar, a board."""

    id: Id = Field(description="The name by which other places in the files call this group.", examples=["attendance"])
    name: Text = Field(description="The group's name.", examples=["{cy: Presenoldeb, en: Attendance}"])
    kind: GroupKind = Field(description="What kind of group it is.")
    purpose: Text | None = Field(
        None, description="What the group is there for.", examples=["{cy: Codi presenoldeb, en: To raise attendance}"]
    )
    members: tuple[Member, ...] = Field((), description="Who belongs to the group, with dates where they changed.")
    officers: tuple[Officer, ...] = Field((), description="Who holds which office, with dates where they changed.")
    reports_to: GroupId | None = Field(None, description="The group to which this one gives account.")
    meets: Meets | None = Field(None, description="How often the group meets.")
    standing_items: tuple[Text, ...] = Field(
        (),
        description="What stands on every agenda of the group.",
        examples=["[{cy: Diogelu, en: Safeguarding}, {cy: Cofnodion, en: Minutes of the last meeting}]"],
    )
    criteria: tuple[Criterion, ...] = Field((), description="By what the group will know that it has succeeded.")
    started: Date | None = Field(None, description="The day on which the group began.")
    review_by: Date | None = Field(None, description="The day by which to ask whether the group is still needed.")
    ended: Date | None = Field(None, description="The day on which the group ended.")
    note: Line | None = Field(None, description="A remark for those who keep the files.", examples=["checked with the clerk"])
