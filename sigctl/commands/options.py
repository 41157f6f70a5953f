"""The options that commands share. A metavar in capitals (CYCLE, SCHOOL, FILE, …) also tells completion what to offer."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from sigctl.commands import console
from sigctl.commands.clock import now_in
from sigctl.words import LANGUAGES
from sigctl.words import Language as Tongue

if TYPE_CHECKING:
    from sigctl.cluster import Cluster

_EXAMPLE: Final = "write year-month-day, such as 2026-11-12"


class Lang(StrEnum):
    """In which language something is to be."""

    CY = "cy"
    EN = "en"
    BOTH = "both"

    @property
    def languages(self) -> tuple[Tongue, ...]:
        """The languages that are meant."""
        return tuple(each for each in LANGUAGES if self in (each, Lang.BOTH))


def languages_of(cluster: "Cluster", lang: Lang | None) -> tuple[Tongue, ...]:
    """The languages of a page: those of the cluster, in its order, or the one that was asked for, or both."""
    own = cluster.settings.cluster.languages
    if lang is None:
        return own
    return lang.languages if lang is not Lang.BOTH else (*own, *(each for each in LANGUAGES if each not in own))


def day(text: str) -> date:
    """A day as it is written on the command line: 2026-11-12 and in no other way."""
    if not (len(text) == 10 and text[4] + text[7] == "--" and text.replace("-", "").isdecimal() and text.isascii()):
        raise typer.BadParameter(f"`{text}` is not a date; {_EXAMPLE}")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"there is no day {text} in the calendar; {_EXAMPLE}") from None


def today_in(time_zone: str, today: date | None) -> date:
    """The day that --today names, or else the one that it is in a time zone."""
    return today or now_in(time_zone).date()


def _workspace(ctx: typer.Context, value: Path | None) -> Path | None:
    """The folder given here, or else in front of the command."""
    around = ctx.parent
    while value is None and around is not None:
        value = around.params.get("workspace")
        around = around.parent
    return value


def _quiet(value: bool) -> None:
    if value:
        console.behave(quiet=True)


def _verbose(value: bool) -> None:
    if value:
        console.behave(verbose=True)


def _no_color(value: bool) -> None:
    if value:
        console.behave(no_color=True)


Workspace = Annotated[
    Path | None,
    typer.Option(
        "-w",
        "--workspace",
        metavar="FOLDER",
        callback=_workspace,
        help="The folder with sigctl.yaml in it. Without this option it is looked for from the current folder upwards.",
    ),
]
Today = Annotated[
    date | None, typer.Option("--today", metavar="DATE", parser=day, help="Act as if today were this day, such as 2026-11-12.")
]
DryRun = Annotated[bool, typer.Option("-n", "--dry-run", help="Say what would be written, and write nothing.")]
AsAt = Annotated[
    date | None, typer.Option("--as-at", metavar="DATE", parser=day, help="Tell it as at this day, such as 2026-07-20; today by default.")
]
Output = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        help="Write the result into this file; its ending tells the format, without --format. `-` means the terminal.",
    ),
]
Language = Annotated[Lang | None, typer.Option("--lang", metavar="cy|en|both", help="The language of the result.")]
Strict = Annotated[bool, typer.Option("--strict", help="Let warnings count as errors.")]

Cycle = Annotated[str | None, typer.Option("--cycle", metavar="CYCLE", help="The id of the cycle; the current one by default.")]

Quiet = Annotated[bool, typer.Option("-q", "--quiet", callback=_quiet, expose_value=False, help="Say nothing but what is wrong.")]
Verbose = Annotated[bool, typer.Option("-v", "--verbose", callback=_verbose, expose_value=False, help="Say more on the way.")]
NoColor = Annotated[bool, typer.Option("--no-color", callback=_no_color, expose_value=False, help="Use no colours.")]


def manners(quiet: Quiet = False, verbose: Verbose = False, no_color: NoColor = False) -> None:
    """What every command takes without naming it: how much is said, and in what colours."""
