"""Groups: who belongs to them, who holds which office, what they want to reach."""

from typing import Literal, Self

from pydantic import Field, model_validator

from sigctl.records.fields import Date, GroupId, Id, Line, Number, PersonId, SchoolId, wrong
from sigctl.records.record import Dated, Record, Text


class Member(Dated):
    """A member of a group: a person, a school that sends whom it likes, or a guest of another cluster."""

    person: PersonId | None = Field(None, description="The person who is a member.")
    school: SchoolId | None = Field(None, description="The school that is a member and sends whom it likes.")
    guest: Text | None = Field(None, description="Somebody of another cluster, by name or post.")
    organisation: Text | None = Field(None, description="Where the guest comes from.")

    @model_validator(mode="after")
    def _one_of_three(self) -> Self:
        if sum(each is not None for each in (self.person, self.school, self.guest)) != 1:
            raise wrong("member", "a member is a person, a school or a guest", "write exactly one of `person:`, `school:`, `guest:`")
        return self


class Officer(Dated):
    """Somebody who holds an office in a group."""

    office: Id = Field(description="The office: chair, vice-chair, convenor, secretary, treasurer, …")
    person: PersonId = Field(description="The person who holds it.")


class Reading(Record):
    """What a success criterion measured on a day."""

    on: Date = Field(description="The day of the reading.")
    value: Number | None = Field(None, description="The figure that was read.")
    note: str = Field("", description="What there is to say about it.", max_length=2000)


class Criterion(Record):
    """By what a group will know that it has succeeded."""

    id: Id = Field(description="The short name of the criterion.")
    text: Text = Field(description="The criterion in a sentence.")
    measure: Text | None = Field(None, description="What is measured.")
    baseline: Number | None = Field(None, description="The figure at the start.")
    target: Number | None = Field(None, description="The figure to be reached.")
    by: Date | None = Field(None, description="The day by which it is to be reached.")
    readings: tuple[Reading, ...] = Field((), description="What was measured since, by date.")


class Group(Record):
    """A group of the cluster: the strategic one, a working group, a seminar, a board."""

    id: Id = Field(description="The name by which other places in the files call this group.")
    name: Text = Field(description="The group's name.")
    kind: Literal["strategic", "working", "seminar", "board", "steering"] = Field(description="What kind of group it is.")
    purpose: Text | None = Field(None, description="What the group is there for.")
    members: tuple[Member, ...] = Field((), description="Who belongs to the group, with dates where they changed.")
    officers: tuple[Officer, ...] = Field((), description="Who holds which office, with dates where they changed.")
    reports_to: GroupId | None = Field(None, description="The group to which this one gives account.")
    meets: Literal["weekly", "fortnightly", "monthly", "half-termly", "termly", "yearly", "as-needed"] | None = Field(
        None, description="How often the group meets."
    )
    standing_items: tuple[Text, ...] = Field((), description="What stands on every agenda of the group.")
    criteria: tuple[Criterion, ...] = Field((), description="By what the group will know that it has succeeded.")
    started: Date | None = Field(None, description="The day on which the group began.")
    review_by: Date | None = Field(None, description="The day by which to ask whether the group is still needed.")
    ended: Date | None = Field(None, description="The day on which the group ended.")
    note: Line | None = Field(None, description="A remark for those who keep the files.")
