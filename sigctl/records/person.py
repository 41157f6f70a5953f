"""People: their posts, what they can review, and when they can be out of school."""

from typing import Annotated, Literal

from pydantic import Field

from sigctl.records.fields import Date, Email, Id, Line, NotNegative, SchoolId
from sigctl.records.record import Dated, Days, Record, Text

Weekday = Literal["mon", "tue", "wed", "thu", "fri"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri")


class Post(Dated):
    """A post that somebody held or holds at a school, with its dates."""

    post: Text = Field(description="The post, such as Headteacher.")
    school: SchoolId = Field(description="The school at which the post is held.")


class Reviewer(Record):
    """What somebody may do in a review team, and since when."""

    level: Literal["lead", "reviewer", "trainee"] = Field(description="What the person may be in a team.")
    trained: Date = Field(description="The day of the training; the person can be out from that day on.")
    expires: Date | None = Field(None, description="The last day on which the training holds.")
    max_visits: NotNegative | None = Field(
        None, description="How many visits of a cycle the person can do; the cycle's `visits_per_reviewer`, where left out."
    )


class Offer(Record):
    """Help that somebody offers to other schools."""

    subject: Text = Field(description="What the help is about.")
    kinds: Annotated[tuple[Id, ...], Field(min_length=1)] = Field(description="The ways of helping, such as coaching, visit, advice.")
    until: Date | None = Field(None, description="The last day of the offer.")


class Person(Record):
    """Somebody at a school of the cluster, or who works with it."""

    id: Id = Field(description="The name by which other places in the files call this person.")
    name: Line | None = Field(None, description="The person's name; without it, the post and the school are shown.")
    post: Text | None = Field(None, description="What the person is at the school, such as Headteacher.")
    school: SchoolId | None = Field(None, description="The school at which the person works.")
    posts: tuple[Post, ...] = Field((), description="Posts with dates, where they have changed.")
    email: Email | None = Field(None, description="The address for mail.")
    phone: Line | None = Field(None, description="The telephone number.")
    writes_in: Literal["cy", "en", "both"] = Field("both", description="The language in which the person is written to.")
    speaks: tuple[Literal["cy", "en"], ...] = Field((), description="The languages in which the person can review.")
    publish: Literal["none", "post", "name", "contact"] = Field("post", description="What a public page may show of the person.")
    expertise: tuple[Id, ...] = Field((), description="What the person knows well, in the words that cycles use for a focus.")
    weekdays: Annotated[tuple[Weekday, ...], Field(min_length=1)] = Field(
        WEEKDAYS, description="The days of the week on which the person can be out of school."
    )
    unavailable: tuple[Days, ...] = Field((), description="Days on which the person cannot be out of school.")
    conflicts: tuple[SchoolId, ...] = Field((), description="Schools that the person may not review.")
    reviewer: Reviewer | None = Field(None, description="What the person may do in a review team.")
    offers: tuple[Offer, ...] = Field((), description="Help that the person offers to other schools.")
