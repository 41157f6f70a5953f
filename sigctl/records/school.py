"""Schools: what they are, where they are, and on which days they can take part."""

from typing import Literal

from pydantic import Field

from sigctl.records.fields import CalendarId, Count, Date, Email, Flag, Id, Line, NotNegative, Number, Web
from sigctl.records.record import Days, Record, Text

Phase = Literal["nursery", "primary", "secondary", "all-through", "special", "pru"]


class Location(Record):
    """A point on the map, in degrees."""

    lat: Number = Field(ge=-90, le=90, description="Degrees north, such as 51.7345.")
    lon: Number = Field(ge=-180, le=180, description="Degrees east; negative in Wales.")


class Contact(Record):
    """How the school itself is reached."""

    email: Email | None = Field(None, description="The school's own address for mail.")
    phone: Line | None = Field(None, description="The school's telephone number.")
    website: Web | None = Field(None, description="The school's web site.")
    publish: Flag = Field(False, description="Whether a public page may show these.")


class School(Record):
    """A school of the cluster."""

    id: Id = Field(description="The name by which other places in the files call this school.")
    name: Text = Field(description="The school's name.")
    number: Line | None = Field(None, description="The Welsh school number, or LAESTAB in England: seven digits.")
    urn: Line | None = Field(None, description="The unique reference number in England: six digits.")
    local_authority: Text | None = Field(None, description="The council that maintains the school, or in whose area it is.")
    trust: Text | None = Field(None, description="The multi-academy trust to which the school belongs.")
    phase: Phase | None = Field(None, description="The ages that the school teaches.")
    language: Literal["welsh", "dual", "english"] | None = Field(
        None, description="The language of the school; where it is welsh, review teams hold Welsh speakers."
    )
    pupils: NotNegative | None = Field(None, description="How many pupils the school has.")
    postcode: Line | None = Field(None, description="The school's postcode.")
    location: Location | None = Field(None, description="Where the school is, so that travel can be counted.")
    calendar: CalendarId | None = Field(None, description="The calendar that the school keeps; the only one, where left out.")
    staff_days: tuple[Days, ...] = Field((), description="The school's own INSET days, on which no pupils come.")
    closed: tuple[Days, ...] = Field((), description="Days on which the school is shut, as for an election.")
    busy: tuple[Days, ...] = Field((), description="Days on which the school can be host to nobody, as in mock examinations.")
    max_out: NotNegative | None = Field(
        None, description="How many of its people may be out on one day; the cycle's `out_per_school`, where left out."
    )
    carried: Count = Field(0, description="Reviewer-days that the school gave in earlier cycles, less those that it received.")
    joined: Date | None = Field(None, description="The day on which the school joined the cluster.")
    left: Date | None = Field(None, description="The last day on which the school belonged to the cluster.")
    contact: Contact | None = Field(None, description="How the school itself is reached.")
