"""Wishes: when somebody would like to be visited or to be out, and when or where not."""

from pydantic import Field

from sigctl.records.fields import Id, SchoolId
from sigctl.records.record import Days, Record


class Wish(Record):
    """When somebody would like a visit to be, or rather not. The goal `preferences` meets as many wishes as it can; none binds."""

    half_terms: tuple[Id, ...] = Field(
        (), description="Half terms that would suit; with `dates`, a day in either suits.", examples=["[autumn-2, spring-1]"]
    )
    dates: tuple[Days, ...] = Field((), description="Days that would suit; all days of the visit are to be among them.")
    not_half_terms: tuple[Id, ...] = Field((), description="Half terms that would not suit.", examples=["[spring-2]"])
    not_dates: tuple[Days, ...] = Field((), description="Days that would not suit; unlike `busy` and `unavailable`, they do not bind.")


class ReviewerWish(Wish):
    """When, and to which schools, a reviewer would like to go, or rather not."""

    not_schools: tuple[SchoolId, ...] = Field(
        (), description="Schools to which the person would rather not go; unlike `conflicts`, they do not bind."
    )
