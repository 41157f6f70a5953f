"""Groups: who belongs to them, who holds which office, what they want to reach."""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from sigctl.records.fields import Date, GroupId, Id, Line, Means, NotNegative, Number, PersonId, Positive, SchoolId, wrong
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


AgendaBlock = Annotated[
    Literal[
        "welcome", "apologies", "interests", "urgent", "minutes", "matters-arising", "actions", "feedback", "rota", "carried", "items",
        "standing", "training", "offices", "reviews", "accounts", "dates", "any-other-business", "next-meeting",
    ],
    Means(
        {
            "welcome": "The chair welcomes those present.",
            "apologies": "Who sent word that they cannot come.",
            "interests": "Declarations of interest.",
            "urgent": "Matters that cannot wait for the next meeting.",
            "minutes": "The minutes of the last meeting are agreed, with corrections.",
            "matters-arising": "What there is to say of the last meeting's items, by their numbers.",
            "actions": "Actions that are due or overdue, of the group and of those that report to it.",
            "feedback": "A presentation by each working group whose turn it is.",
            "rota": "The visits of this half term and of the next.",
            "carried": "Items for which there was no time at the last meeting.",
            "items": "The meeting's own items, those asked for among them.",
            "standing": "The group's `standing_items`.",
            "training": "Reviewers whose training ends before the meeting after this one.",
            "offices": "Offices whose term ends.",
            "reviews": "Groups for which `review_by` has come.",
            "accounts": "The treasurer's report.",
            "dates": "INSET days, examinations and other groups' meetings of the half term.",
            "any-other-business": "Whatever else there is.",
            "next-meeting": "When and where the group meets next.",
        }
    ),
]  # fmt: skip


class AgendaEntry(Record):
    """One block of a group's agendas: what it is, and how long it may take."""

    alone: ClassVar[str] = "block"
    block: AgendaBlock = Field(description="Which block it is.")
    title: Text | None = Field(None, description="What it is called on your agendas.", examples=["{cy: Croeso, en: Welcome}"])
    lead: PersonId | None = Field(None, description="The person who leads it; the chair, where left out.")
    minutes: Positive | None = Field(None, le=600, description="How many minutes it may take.", examples=["10"])


Recommendation = Annotated[
    Literal["continue", "refresh", "merge", "close"],
    Means(
        {
            "continue": "The group goes on as it is.",
            "refresh": "The group goes on with another purpose, other members or another chair.",
            "merge": "The group becomes part of another one.",
            "close": "The group has reached the end of its usefulness.",
        }
    ),
]


class GroupReview(Record):
    """What was asked and decided about whether a group is still needed."""

    on: Date = Field(description="The day on which it was looked at.")
    costs: Text | None = Field(
        None, description="What the group costs, in time and money.", examples=["{cy: 12 diwrnod, en: 12 days of cover}"]
    )
    benefits: Text | None = Field(None, description="What the schools have of it.")
    recommendation: Recommendation | None = Field(None, description="What is proposed.")
    decision: Recommendation | None = Field(None, description="What was decided.")
    decided_on: Date | None = Field(None, description="The day of the decision.")
    into: GroupId | None = Field(None, description="The group into which it merges.")


class Output(Record):
    """Something that a group has made or done."""

    on: Date = Field(description="The day on which it was there.")
    text: Text = Field(description="What it is.", examples=["{cy: Pecyn safoni, en: A pack for standardising}"])


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
    agenda: tuple[AgendaEntry, ...] = Field(
        (),
        description="The blocks of the group's agendas, in order; the usual ones for its kind, where left out.",
        examples=["[welcome, minutes, {block: actions, minutes: 10}, items, next-meeting]"],
    )
    presentations: NotNegative = Field(2, le=20, description="How many working groups report back at each meeting.")
    quorum: Positive | None = Field(None, description="How many members must be there so that the meeting can decide.", examples=["8"])
    criteria: tuple[Criterion, ...] = Field((), description="By what the group will know that it has succeeded.")
    outputs: tuple[Output, ...] = Field((), description="What the group has made or done.")
    reviews: tuple[GroupReview, ...] = Field((), description="What was asked and decided about whether the group is still needed.")
    started: Date | None = Field(None, description="The day on which the group began.")
    review_by: Date | None = Field(None, description="The day by which to ask whether the group is still needed.")
    ended: Date | None = Field(None, description="The day on which the group ended.")
    note: Line | None = Field(None, description="A remark for those who keep the files.", examples=["checked with the clerk"])
