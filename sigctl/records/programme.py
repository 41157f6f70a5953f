"""Programmes: what happens on the days of a visit, session by session, and what the host has to see to beforehand and afterwards."""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from sigctl.records.fields import Count, Id, Means, Time, wrong
from sigctl.records.record import Record, Text

Reviewing = Annotated[
    Literal["lead", "one", "pair", "all"],
    Means(
        {
            "lead": "The lead reviewer.",
            "one": "One member of the team; such sessions are shared out evenly.",
            "pair": "Two members of the team together, where there are so many; such sessions are shared out evenly.",
            "all": "The whole team.",
        }
    ),
]


class Session(Record):
    """A stretch of a visit's day: from when to when, what happens, and who takes part."""

    start: Time = Field(description="When it begins.", examples=["09:30"])
    end: Time = Field(description="When it ends.", examples=["10:30"])
    title: Text = Field(description="What happens.", examples=["{cy: Taith ddysgu, en: Learning walk}"])
    host: Text | None = Field(
        None, alias="with", description="Who takes part for the host school.", examples=["{cy: Dirprwy Bennaeth, en: Deputy headteacher}"]
    )
    reviewer: Reviewing = Field("all", description="Who takes part for the team.")

    @model_validator(mode="after")
    def _begins_before_it_ends(self) -> Self:
        if self.end <= self.start:
            told = f"this session begins at {self.start:%H:%M}, so it cannot end at {self.end:%H:%M}"
            raise wrong("order", told, "write times of the afternoon as 15:30", "end")
        return self


class ProgrammeDay(Record):
    """A day of a visit."""

    sessions: Annotated[tuple[Session, ...], Field(min_length=1)] = Field(description="What happens on the day, in order.")


class Task(Record):
    """Something that the host sees to, so many pupil days before or after the visit."""

    alone: ClassVar[str] = "title"
    title: Text = Field(description="What is to be done.", examples=["{cy: Cadw lle parcio, en: Keep parking spaces}"])
    due: Count = Field(
        0,
        ge=-200,
        le=200,
        description="Due so many of the host's pupil days before the first day of the visit, where negative, or after the last day; "
        "0 is the visit itself.",
        examples=["-5"],
    )
    stage: Id | None = Field(
        None,
        description="The stage of the cycle with which it is done; where the rota gives the visit that stage, its day counts instead.",
        examples=["self-evaluation"],
    )


class Programme(Record):
    """A pattern for visits of so many days, which a cycle or a visit names; visits of as many days keep to it by themselves."""

    id: Id = Field(description="The name by which cycles and visits call this programme.", examples=["two-days"])
    name: Text = Field(description="The programme's name as it is shown.", examples=["{cy: Dau ddiwrnod, en: Two days}"])
    days: Annotated[tuple[ProgrammeDay, ...], Field(min_length=1, max_length=5)] = Field(description="The days of the visit, in order.")
    checklist: tuple[Task, ...] | None = Field(
        None,
        description="What the host sees to before the visit, on its days and after it; the usual list, where left out.",
        examples=["[{due: -5, title: {cy: Cadw lle parcio, en: Keep parking spaces}}]"],
    )
