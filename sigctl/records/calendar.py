"""School calendars: terms, half-term breaks and staff days."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from sigctl.records.fields import Date, Id, wrong
from sigctl.records.record import Days, Record, Text, in_order


class Term(Record):
    """One term of a school year."""

    id: Id = Field(description="The short name of the term, such as autumn; half terms are called after it: autumn-1.", examples=["autumn"])
    name: Text | None = Field(None, description="The name of the term as it is shown.", examples=["{cy: Tymor yr hydref, en: Autumn term}"])
    start: Date = Field(description="The first day of the term, staff days included.", examples=["2026-09-01"])
    end: Date = Field(description="The last day of the term.", examples=["2026-12-18"])
    half_term: Days | None = Field(None, description="The break in the middle of the term.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if (self.end - self.start).days > 200:
            raise wrong("span", f"this term runs from {self.start} to {self.end}, more than half a year", "check the years", "end")
        return in_order(self, self.start, self.end, "end")


class Calendar(Record):
    """The school year of an authority or a trust: when its schools are open to pupils."""

    id: Id = Field(description="The name by which schools call this calendar.", examples=["conwy-2026-27"])
    year: str = Field(pattern=r"^\d{4}-\d{2}$", description="The school year, such as 2026-27.", examples=["2026-27"])
    terms: Annotated[tuple[Term, ...], Field(min_length=1)] = Field(description="The terms of the year, in order.")
    staff_days: tuple[Days, ...] = Field((), description="INSET days of the whole authority, on which no pupils come.")
    exams: tuple[Days, ...] = Field(
        (), description="Days of public examinations, on which no meeting is proposed.", examples=["[{from: 2027-05-10, to: 2027-06-25}]"]
    )
    half_terms: tuple[Text, ...] = Field(
        (),
        description="The names of the half terms in order, where `Term 1` to `Term 6` are wanted.",
        examples=["[Term 1, Term 2, Term 3]"],
    )
