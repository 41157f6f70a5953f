"""The settings of a workspace: `sigctl.yaml`."""

from collections.abc import Mapping
from typing import Annotated, Final, Literal

from pydantic import Field, field_validator

from sigctl.records.fields import Email, Id, Line, Means, Positive, wrong
from sigctl.records.record import Record, Text
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
    user: Line | None = Field(None, description="The name with which to log in.", examples=["ysgrifennydd@example.org"])
    password_file: Line | None = Field(
        None, description="The file that holds the password, readable by its owner alone.", examples=["/home/ysgrifennydd/mail-password"]
    )


class Settings(Record):
    """Everything that `sigctl.yaml` says about the workspace as a whole."""

    sigctl: Positive = Field(description="The version of the workspace format; 1 at present.", examples=["1"])
    cluster: ClusterSettings = Field(description="The cluster itself.")
    mail: Mail | None = Field(None, description="How mail leaves.")
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
