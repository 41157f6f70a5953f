"""People: their posts, what they can review, and when they can be out of school."""

from typing import Annotated, Literal

from pydantic import Field

from sigctl.records.fields import Date, Email, Id, Line, Means, NotNegative, SchoolId
from sigctl.records.record import Dated, Days, Record, Text
from sigctl.records.wish import ReviewerWish

Weekday = Annotated[
    Literal["mon", "tue", "wed", "thu", "fri"],
    Means({"mon": "Monday.", "tue": "Tuesday.", "wed": "Wednesday.", "thu": "Thursday.", "fri": "Friday."}),
]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri")

Level = Annotated[
    Literal["lead", "reviewer", "trainee"],
    Means(
        {
            "lead": "Can lead a team. Each team has at least as many leads as the rule `leads` says, and one of them leads it.",
            "reviewer": "A full member of a team, who does not lead one.",
            "trainee": "Somebody who is learning. Each team has at most as many trainees as the rule `trainees` says.",
        }
    ),
]
Publish = Annotated[
    Literal["none", "post", "name", "contact"],
    Means(
        {
            "none": "Nothing: a public page does not mention the person.",
            "post": "The post and the school alone.",
            "name": "The name as well.",
            "contact": "The name, and how the person is reached.",
        }
    ),
]
WritesIn = Annotated[
    Literal["cy", "en", "both"], Means({"cy": "In Welsh alone.", "en": "In English alone.", "both": "In both, one below the other."})
]
Speaks = Annotated[Literal["cy", "en"], Means({"cy": "Can review in Welsh.", "en": "Can review in English."})]


class Post(Dated):
    """A post that somebody held or holds at a school, with its dates."""

    post: Text = Field(description="The post, such as Headteacher.", examples=["{cy: Pennaeth, en: Headteacher}"])
    school: SchoolId = Field(description="The school at which the post is held.")


class Reviewer(Record):
    """What somebody may do in a review team, and since when."""

    level: Level = Field(description="What the person may be in a team.")
    trained: Date = Field(description="The day of the training; the person can be out from that day on.")
    expires: Date | None = Field(None, description="The last day on which the training holds.")
    max_visits: NotNegative | None = Field(
        None, description="How many visits of a cycle the person can do; the cycle's `visits_per_reviewer`, where left out.", examples=["1"]
    )
    prefers: ReviewerWish | None = Field(
        None, description="When and where the person would like to go, or rather not; the goal `preferences` counts it."
    )


class Offer(Record):
    """Help that somebody offers to other schools."""

    subject: Text = Field(description="What the help is about.", examples=["{cy: Presenoldeb, en: Attendance}"])
    kinds: Annotated[tuple[Id, ...], Field(min_length=1)] = Field(
        description="The ways of helping, such as coaching, visit, advice.", examples=["[coaching, visit]"]
    )
    until: Date | None = Field(None, description="The last day of the offer.")


class Person(Record):
    """Somebody at a school of the cluster, or who works with it."""

    id: Id = Field(description="The name by which other places in the files call this person.", examples=["pen-y-dre-head"])
    name: Line | None = Field(
        None, description="The person's name; without it, the post and the school are shown.", examples=["Siân Enghraifft"]
    )
    post: Text | None = Field(
        None, description="What the person is at the school, such as Headteacher.", examples=["{cy: Pennaeth, en: Headteacher}"]
    )
    school: SchoolId | None = Field(None, description="The school at which the person works.")
    posts: tuple[Post, ...] = Field((), description="Posts with dates, where they have changed.")
    email: Email | None = Field(None, description="The address for mail.")
    phone: Line | None = Field(None, description="The telephone number.", examples=['"01685 000000"'])
    writes_in: WritesIn = Field("both", description="The language in which the person is written to.")
    speaks: tuple[Speaks, ...] = Field((), description="The languages in which the person can review.", examples=["[cy, en]"])
    publish: Publish = Field("post", description="What a public page may show of the person.")
    expertise: tuple[Id, ...] = Field(
        (), description="What the person knows well, in the words that cycles use for a focus.", examples=["[attendance, welsh-language]"]
    )
    weekdays: Annotated[tuple[Weekday, ...], Field(min_length=1)] = Field(
        WEEKDAYS, description="The days of the week on which the person can be out of school.", examples=["[tue, wed, thu]"]
    )
    unavailable: tuple[Days, ...] = Field((), description="Days on which the person cannot be out of school.")
    conflicts: tuple[SchoolId, ...] = Field((), description="Schools that the person may not review.")
    reviewer: Reviewer | None = Field(None, description="What the person may do in a review team.")
    offers: tuple[Offer, ...] = Field((), description="Help that the person offers to other schools.")
