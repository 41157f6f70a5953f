"""Cycles: rounds of peer review, their rules, goals and visits."""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from sigctl.records.by_hand import Weights
from sigctl.records.fields import (
    Count,
    Date,
    Flag,
    Id,
    Line,
    Means,
    NotNegative,
    Number,
    PersonId,
    Positive,
    ProgrammeId,
    SchoolId,
    Times,
    Unlimited,
    wrong,
)
from sigctl.records.record import Record, Text, in_order
from sigctl.records.wish import Wish

GoalName = Annotated[
    Literal["fairness", "travel", "spread", "preferences"],
    Means(
        {
            "fairness": "Give and take are even between schools. Each school has a balance: the reviewer-days that it `carried` "
            "over and gives in this cycle, less those that it receives. The highest balance and the lowest lie as close together "
            "as can be. `slack` counts days.",
            "travel": "As few kilometres as can be, counted there and back for each member of a team on each day. Schools need "
            "a `location` for it. `slack` counts kilometres.",
            "spread": "The visits lie evenly over the weeks: as few pairs of visits as can be begin in the same week (Monday to "
            "Sunday). Three in one week are three pairs. `slack` counts pairs.",
            "preferences": "As many wishes as can be are met. A host's wish is not met where a day of its visit is not as the visit "
            "`prefers`; a reviewer's, for each visit that they are on, where its days or its school are not as they would have them. "
            "`slack` counts wishes that are not met.",
        }
    ),
]


class VisitDefaults(Record):
    """What holds for each visit of a cycle that says nothing else."""

    days: Positive = Field(2, le=5, description="How many days a visit takes.")
    team: Positive = Field(3, le=12, description="How many reviewers a team has, the lead among them.")
    programme: ProgrammeId | None = Field(
        None, description="What happens on the days of a visit; a programme of as many days, where left out.", examples=["two-days"]
    )


class Stage(Record):
    """A step of each review, before or after the visit, counted in the host's pupil days."""

    id: Id = Field(description="The short name of the stage.", examples=["workshop"])
    name: Text | None = Field(None, description="The stage's name as it is shown.", examples=["{cy: Gweithdy, en: Workshop}"])
    due: Count | None = Field(None, description="Due so many pupil days after the visit; before it, where negative.", examples=["-10"])
    within: Positive | None = Field(
        None, description="To be held within so many pupil days after the visit; the rota chooses the day.", examples=["15"]
    )
    facilitators: NotNegative = Field(
        0, le=12, description="How many reviewers lead it: no trainee, nobody of the visit's team, nobody from the host.", examples=["1"]
    )

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.due is None) == (self.within is None):
            raise wrong("stage", "a stage is either `due` on a day or held `within` some days", "write one of the two")
        return self


class Rules(Record):
    """What every rota of a cycle has to keep to."""

    leads: NotNegative = Field(1, description="At least so many members of a team are of level lead.")
    trainees: NotNegative = Field(1, description="At most so many members of a team are trainees.")
    one_per_school: Flag = Field(True, description="No two members of a team come from the same school.")
    swaps: Flag = Field(False, description="Whether two schools may send people to each other in the same cycle.")
    return_after: NotNegative = Field(0, description="Cycles that must pass before a person reviews the same school again.")
    visits_per_reviewer: NotNegative = Field(2, description="How many visits of a cycle one person does at the most.")
    days_between: NotNegative = Field(
        3, description="Calendar days, at the least, between the end of one visit of a person and the start of the next."
    )
    visits_per_week: Unlimited = Field(None, description="Visits in one week, in the whole cluster, at the most; or none for no limit.")
    visits_per_day: Unlimited = Field(None, description="Visits on one day, in the whole cluster, at the most; or none for no limit.")
    out_per_school: NotNegative = Field(1, description="People of one school who are out on one day, at the most.")
    host_stays_home: Flag = Field(True, description="A school sends nobody out on a day on which it is host.")
    welsh_speakers: NotNegative = Field(1, description="Members who speak Welsh, at the least, where the host's language is welsh.")
    cover_focus: Flag = Field(True, description="Each focus of a visit is among the expertise of some member.")
    avoid_same_trust: Flag = Field(False, description="No member comes from a school of the host's trust.")
    other_authority: Flag = Field(False, description="No member comes from a school of the host's `local_authority`.")
    same_phase: Flag = Field(
        False, description="Members come from schools of the host's phase; an all-through school goes with primary and secondary."
    )
    similar_size: Times = Field(
        None,
        description="A member's school and the host differ in size at most so many times, by their `pupils`; or none for no limit.",
        examples=["1.5"],
    )
    new_triads: Flag = Field(
        False, description="At least one member of each team comes from a school that did not review the host the last time."
    )
    shadowing: Flag = Field(
        False, description="A trainee who was never in a team before goes only where a lead is there for them: one lead for each."
    )
    reserves: NotNegative = Field(
        0,
        le=12,
        description="How many people, for each visit, are held in reserve to stand in for a member that cannot come.",
        examples=["1"],
    )


class Goal(Record):
    """Something that a rota should make as good as it can be."""

    alone: ClassVar[str] = "goal"
    goal: GoalName = Field(description="What the rota makes as good as it can be, such as `fairness` or `travel`.")
    slack: Number = Field(
        0, ge=0, description="By how much later goals may make this one worse: days, kilometres, pairs or wishes.", examples=["1"]
    )


class Fixed(Record):
    """What somebody has settled about a visit beforehand, and why."""

    start: Date | None = Field(None, description="The day on which the visit begins.", examples=["2026-11-24"])
    team: tuple[PersonId, ...] = Field((), description="People who are in the team; others fill it up.")
    by: Line | None = Field(None, description="Who settled it.", examples=["secretary"])
    why: Line | None = Field(None, description="Why it is settled.", examples=["the hall is booked"])
    until: Date | None = Field(None, description="The last day on which it binds; for good, where left out.")


class Answered(Record):
    """That somebody has said when they are free: who, when, and how."""

    person: PersonId | None = Field(None, description="The reviewer who answered for themselves.")
    school: SchoolId | None = Field(None, description="The school that answered as host.")
    on: Date = Field(description="The day on which the answer was read.", examples=["2026-10-02"])
    source: Line | None = Field(None, description="What it was read from.", examples=["form by mail"])

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.person is None) == (self.school is None):
            raise wrong("answered", "an answer is of a person or of a school", "write exactly one of `person:` and `school:`")
        return self


class Availability(Record):
    """By when people are to say on which days they are free, before the rota is planned, and who has."""

    wanted_by: Date = Field(description="The day by which answers are wanted; those who are silent are reminded.", examples=["2026-10-09"])
    answered: tuple[Answered, ...] = Field((), description="Who has answered; `sigctl availability read` adds to it.")


class Visit(Record):
    """A school that is to be visited in a cycle."""

    host: SchoolId = Field(description="The school that is visited.")
    days: Positive | None = Field(None, le=5, description="How many days the visit takes, where it differs from the cycle's.")
    team: Positive | None = Field(None, le=12, description="How many reviewers the team has, where it differs from the cycle's.")
    focus: tuple[Id, ...] | None = Field(
        None, description="What the review looks at, where it differs from the cycle's.", examples=["[attendance, welsh-language]"]
    )
    programme: ProgrammeId | None = Field(
        None, description="What happens on its days, where that differs from the cycle's.", examples=["two-days"]
    )
    fixed: Fixed | None = Field(None, description="What is settled about the visit beforehand.")
    prefers: Wish | None = Field(
        None, description="When the host would like the visit to be, or not to be; the goal `preferences` counts it."
    )
    host_said: Text | None = Field(
        None,
        description="What the host said of the review afterwards; the report of the cycle tells it.",
        examples=["{cy: Roedd yr adborth yn glir, en: The feedback was clear}"],
    )


class Cycle(Record):
    """A round of peer review: each school is visited once by a team from the others."""

    id: Id = Field(description="The name by which other places in the files call this cycle.", examples=["round-4"])
    name: Text = Field(description="The cycle's name as it is shown.", examples=["{cy: Rownd 4, en: Round 4}"])
    first: Date = Field(alias="from", description="The first day on which a visit may take place.", examples=["2026-11-02"])
    last: Date = Field(alias="to", description="The last day on which a visit may take place.", examples=["2027-03-19"])
    focus: tuple[Id, ...] = Field((), description="What the reviews look at.", examples=["[attendance, welsh-language]"])
    visit: VisitDefaults = Field(VisitDefaults(), description="What holds for each visit that says nothing else.")
    stages: tuple[Stage, ...] = Field((), description="The steps of each review, before and after the visit.")
    rules: Rules = Field(Rules(), description="What the rota has to keep to.")
    goals: tuple[Goal, ...] = Field(
        (Goal(goal="fairness"), Goal(goal="travel")),
        description="What the rota should make best, the most important first.",
        examples=["[fairness, travel]"],
    )
    visits: tuple[Visit, ...] = Field((), description="The schools to be visited.")
    availability: Availability | None = Field(None, description="By when people are to say on which days they are free, and who has.")
    by_hand: Weights = Field(
        Weights(),
        description="What is done about a rule that a rota edited by hand breaks: block, warn or allow.",
        examples=["{days_between: warn, swaps: allow}"],
    )

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if (self.last - self.first).days > 800:
            raise wrong("span", f"this cycle runs from {self.first} to {self.last}, more than two years", "check the years", "to")
        return in_order(self, self.first, self.last)

    def days_of(self, visit: Visit) -> int:
        """How many days a visit takes."""
        return visit.days or self.visit.days

    def team_of(self, visit: Visit) -> int:
        """How many reviewers a visit's team has."""
        return visit.team or self.visit.team

    def focus_of(self, visit: Visit) -> tuple[str, ...]:
        """What a visit looks at."""
        return self.focus if visit.focus is None else visit.focus
