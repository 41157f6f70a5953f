"""Schools: what they are, where they are, and on which days they can take part."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from sigctl.records.fields import CalendarId, Count, Date, Email, Flag, Id, Line, Means, NotNegative, Number, SchoolId, Web
from sigctl.records.record import Days, Record, Text

Phase = Annotated[
    Literal["nursery", "primary", "secondary", "all-through", "special", "pru"],
    Means(
        {
            "nursery": "A nursery school: up to the age of 5.",
            "primary": "A primary, infant or junior school: about 4 to 11.",
            "secondary": "A secondary school: from 11 on.",
            "all-through": "One school for all ages, about 3 to 16 or 19.",
            "special": "A special school, whatever the ages.",
            "pru": "A pupil referral unit.",
        }
    ),
]
SchoolLanguage = Annotated[
    Literal["welsh", "dual", "english"],
    Means(
        {
            "welsh": "Most is taught in Welsh. Review teams hold as many Welsh speakers as the rule `welsh_speakers` says.",
            "dual": "Much is taught in both languages. Teams need no Welsh speaker.",
            "english": "Most is taught in English. Teams need no Welsh speaker.",
        }
    ),
]


class Location(Record):
    """A point on the map, in degrees."""

    lat: Number = Field(ge=-90, le=90, description="Degrees north, such as 51.7345.", examples=["51.7345"])
    lon: Number = Field(ge=-180, le=180, description="Degrees east; negative in Wales.", examples=["-3.3842"])


class Contact(Record):
    """How the school itself is reached."""

    email: Email | None = Field(None, description="The school's own address for mail.")
    phone: Line | None = Field(None, description="The school's telephone number.", examples=['"01685 000000"'])
    website: Web | None = Field(None, description="The school's web site.")
    publish: Flag = Field(False, description="Whether a public page may show these.")


class School(Record):
    """A school of the cluster."""

    id: Id = Field(description="The name by which other places in the files call this school.", examples=["pen-y-dre"])
    name: Text = Field(description="The school's name.", examples=["{cy: Ysgol Pen-y-Dre, en: Pen-y-Dre School}"])
    number: Line | None = Field(None, description="The Welsh school number, or LAESTAB in England: seven digits.", examples=['"6744105"'])
    urn: Line | None = Field(None, description="The unique reference number in England: six digits.", examples=['"401872"'])
    local_authority: Text | None = Field(
        None, description="The council that maintains the school, or in whose area it is.", examples=["Rhondda Cynon Taf"]
    )
    trust: Text | None = Field(
        None, description="The multi-academy trust to which the school belongs.", examples=["Example Learning Trust"]
    )
    phase: Phase | None = Field(None, description="The ages that the school teaches.")
    language: SchoolLanguage | None = Field(
        None, description="The language of the school; where it is welsh, review teams hold Welsh speakers."
    )
    pupils: NotNegative | None = Field(None, description="How many pupils the school has.", examples=["812"])
    postcode: Line | None = Field(None, description="The school's postcode.", examples=["CF48 9AB"])
    location: Location | None = Field(None, description="Where the school is, so that travel can be counted.")
    calendar: CalendarId | None = Field(None, description="The calendar that the school keeps; the only one, where left out.")
    staff_days: tuple[Days, ...] = Field((), description="The school's own INSET days, on which no pupils come.")
    closed: tuple[Days, ...] = Field((), description="Days on which the school is shut, as for an election.")
    busy: tuple[Days, ...] = Field((), description="Days on which the school can be host to nobody, as in mock examinations.")
    max_out: NotNegative | None = Field(
        None, description="How many of its people may be out on one day; the cycle's `out_per_school`, where left out.", examples=["2"]
    )
    carried: Count = Field(
        0,
        description="Reviewer-days that the school gave, less those that it received, before the first cycle of which a published "
        "rota is in the workspace; what it gave and received since then is counted from those rotas.",
        examples=["-2"],
    )
    joined: Date | None = Field(None, description="The day on which the school joined the cluster.")
    left: Date | None = Field(None, description="The last day on which the school belonged to the cluster.")
    merged_into: SchoolId | None = Field(None, description="The school of which it became a part when it left.")
    contact: Contact | None = Field(None, description="How the school itself is reached.")

    def belongs(self, day: date) -> bool:
        """Whether the school belongs to the cluster on a day."""
        return (self.joined or date.min) <= day <= (self.left or date.max)
