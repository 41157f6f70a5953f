"""The rota of a cycle, as a file: which days each school is visited, and by whom."""

from typing import Annotated, Literal

from pydantic import Field

from sigctl.records.fields import CycleId, Date, Id, Means, PersonId, SchoolId
from sigctl.records.record import Record

State = Annotated[
    Literal["planned", "told", "confirmed", "done", "cancelled"],
    Means(
        {
            "planned": "Nobody has been told yet.",
            "told": "The school and the team have been told.",
            "confirmed": "The school and the team have agreed.",
            "done": "The visit has taken place.",
            "cancelled": "The visit does not take place.",
        }
    ),
]
Status = Annotated[Literal["draft", "published"], Means({"draft": "It may still change.", "published": "People know it and rely on it."})]


class StageDate(Record):
    """When a stage of a review is due or held, and who leads it."""

    id: Id = Field(description="The stage of the cycle.", examples=["workshop"])
    date: Date = Field(description="The day by which it is due, or on which it is held.", examples=["2026-11-26"])
    facilitators: tuple[PersonId, ...] = Field((), description="Who leads it, where the cycle asks for facilitators.")
    done_on: Date | None = Field(
        None,
        description="The day on which it was done, or what was due came in; nobody is reminded of it after that.",
        examples=["2026-11-24"],
    )


class RotaVisit(Record):
    """A visit as it was planned: days, lead and team."""

    host: SchoolId = Field(description="The school that is visited.")
    dates: Annotated[tuple[Date, ...], Field(min_length=1)] = Field(
        description="The days of the visit.", examples=["[2026-11-12, 2026-11-13]"]
    )
    lead: PersonId = Field(description="The member of the team who leads it.")
    team: Annotated[tuple[PersonId, ...], Field(min_length=1)] = Field(description="The members of the team, the lead among them.")
    reserves: tuple[PersonId, ...] = Field((), description="Who stands in for a member that cannot come.")
    stages: tuple[StageDate, ...] = Field((), description="The steps of the review before and after the visit, each with its day.")
    state: State = Field("planned", description="How far the visit has come.")


class Rota(Record):
    """All visits of a cycle, drafted or published."""

    cycle: CycleId = Field(description="The cycle of which this is the rota.")
    status: Status = Field(description="Whether people can rely on it.")
    visits: tuple[RotaVisit, ...] = Field((), description="The visits, by date.")
