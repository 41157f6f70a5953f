"""The settings of a workspace: `sigctl.yaml`."""

from collections.abc import Mapping
from typing import Annotated, Final, Literal

from pydantic import Field, field_validator

from sigctl.records.fields import Email, Id, Line, Means, PersonId, Positive, wrong
from sigctl.records.record import Days, Record, Text
from sigctl.records.reminders import Reminder, ReminderKind
from sigctl.words import Language

LANGUAGE_NAMES: Final = {"cy": "Welsh.", "en": "English."}
"""The two languages of the papers, in words."""
Nation = Annotated[
    Literal["wales", "england", "scotland", "northern-ireland"],
    Means(
        {
            "wales": "The bank holidays of England and Wales.",
            "england": "The bank holidays of England and Wales.",
            "scotland": "The bank holidays of Scotland.",
            "northern-ireland": "The bank holidays of Northern Ireland.",
        }
    ),
]
Security = Annotated[
    Literal["starttls", "tls", "none"],
    Means(
        {
            "starttls": "The connection begins openly and is then made private; most often on port 587.",
            "tls": "The connection is private from the beginning; most often on port 465.",
            "none": "The connection is open: only for a mail server on this machine.",
        }
    ),
]
FORMAT = 1
"""The newest version of the workspace format that this program knows."""


class ClusterSettings(Record):
    """The cluster itself: what it is called, in which languages it works, in which nation it is."""

    id: Id = Field(description="The short name of the cluster, used in file names and addresses.", examples=["sig-3"])
    name: Text = Field(
        description="The name of the cluster as it stands on its papers.",
        examples=["{cy: Grŵp Gwella Ysgolion 3, en: School Improvement Group 3}"],
    )
    languages: Annotated[tuple[Annotated[Language, Means(LANGUAGE_NAMES)], ...], Field(min_length=1, max_length=2)] = Field(
        ("cy", "en"), description="The languages of the papers; the first comes first on a bilingual page.", examples=["[cy, en]"]
    )
    nation: Nation = Field("wales", description="The nation whose bank holidays the schools keep.")
    time_zone: Line = Field("Europe/London", description="The time zone in which times of day are meant.", examples=["Europe/London"])

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        from zoneinfo import ZoneInfo

        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            raise wrong("time-zone", f"`{value}` is not a known time zone", "write Europe/London") from None
        return value


class Mail(Record):
    """How mail leaves: the sender and the server that takes it."""

    sender: Email = Field(alias="from", description="The address from which mail is sent.")
    reply_to: Email | None = Field(None, description="The address to which answers go; the sender, where left out.")
    server: Line | None = Field(None, description="The name of the mail server.", examples=["smtp.example.org"])
    port: Positive = Field(587, le=65535, description="The port of the mail server.", examples=["587"])
    security: Security = Field("starttls", description="How the connection is kept private; `none` only for a server on this machine.")
    timeout: Positive = Field(30, le=600, description="How many seconds to wait for the mail server before giving up.", examples=["30"])
    at_most: Positive = Field(
        200, le=100_000, description="How many messages leave in one run at the most; the rest waits for the next run.", examples=["200"]
    )
    user: Line | None = Field(None, description="The name with which to log in.", examples=["ysgrifennydd@example.org"])
    password_file: Line | None = Field(
        None,
        description="The file that holds the password, readable by its owner alone; the computer's keyring, where left out.",
        examples=["/home/ysgrifennydd/mail-password"],
    )


class Reminders(Record):
    """Who is reminded of what, how early and how often; `sigctl explain reminders.kinds` says what holds where nothing is written."""

    caller: PersonId | None = Field(
        None, description="Who makes the calls when two messages did not help; the strategic group's secretary, where left out."
    )
    catch_up: Positive = Field(
        10,
        le=100,
        description="How many working days a reminder may come late, once its day is over; one that is later is listed as missed. What is "
        "still to come, or still to be done, is never too late.",
        examples=["10"],
    )
    quiet: tuple[Days, ...] = Field((), description="Days on which nobody is reminded, besides weekends and holidays.")
    kinds: Mapping[ReminderKind, Reminder] = Field(
        {}, description="What is different about a kind of reminder.", examples=["{action-due: {before: 3}, office: false}"]
    )


Job = Annotated[
    Literal["reminders", "calendars", "papers"],
    Means(
        {
            "reminders": "Reminders that are due go out, and messages that wait.",
            "calendars": "The calendar feeds are written.",
            "papers": "The papers of the published rota and the agendas of meetings within two weeks are written into `out/`.",
        }
    ),
]


class Daily(Record):
    """What `sigctl run` does, by hand or from cron."""

    jobs: tuple[Job, ...] = Field(
        ("reminders", "calendars"), description="The jobs, in their order.", examples=["[reminders, calendars, papers]"]
    )
    calendars_in: Line = Field(
        "calendars", description="The folder for the calendar feeds, within the workspace or elsewhere.", examples=["calendars"]
    )


class Settings(Record):
    """Everything that `sigctl.yaml` says about the workspace as a whole."""

    sigctl: Positive = Field(description="The version of the workspace format; 1 at present.", examples=["1"])
    cluster: ClusterSettings = Field(description="The cluster itself.")
    mail: Mail | None = Field(None, description="How mail leaves.")
    reminders: Reminders = Field(Reminders(), description="Who is reminded of what.")
    daily: Daily = Field(Daily(), description="What `sigctl run` does.", examples=["{jobs: [reminders, calendars]}"])
    words: Mapping[str, Text] = Field(
        {},
        description="What your papers say instead of sigctl's own words, by key; `sigctl words` lists the keys.",
        examples=["{rota.host: {cy: Ysgol letyol, en: Host school}}"],
    )

    @field_validator("sigctl")
    @classmethod
    def _not_newer(cls, value: int) -> int:
        if value > FORMAT:
            raise wrong("newer-format", f"version {value} is newer than this sigctl, which knows {FORMAT}", "install the newest sigctl")
        return value
