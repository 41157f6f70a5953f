"""`sigctl doctor`: whether everything works that the daily run relies on."""

import re
import sys
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from sigctl.commands import console, options
from sigctl.commands.as_json import json_text
from sigctl.commands.clock import moment_in
from sigctl.commands.complaints import system_words
from sigctl.commands.doctor.calendars import of_calendars
from sigctl.commands.doctor.finding import Finding, Patient, Verdict, bad
from sigctl.commands.doctor.mail import of_mail
from sigctl.commands.doctor.runs import of_lock, of_state
from sigctl.commands.doctor.software import of_versions
from sigctl.commands.doctor.workspace import of_files, of_folder, of_leftovers, of_templates
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.opening import inspected

Look = Callable[[Patient], Iterator[Finding]]

LOOKS: Final[tuple[Look, ...]] = (of_files, of_templates, of_folder, of_leftovers, of_lock, of_state, of_calendars, of_mail, of_versions)
"""What is looked at, in this order."""
_STYLES: Final = {Verdict.GOOD: "good", Verdict.WARNING: "warning", Verdict.BAD: "error"}


class Format(StrEnum):
    """How the findings are printed."""

    TEXT = "text"
    JSON = "json"


def doctor(
    workspace: options.Workspace = None,
    format: Annotated[Format, typer.Option("--format", help="How to print what was found.")] = Format.TEXT,
) -> None:
    """Look whether everything works: files, mail, clock, jobs, disk.

    Looks at the files and templates, at the folder and its disk, at what waits to be sent and whether this workspace may send it, at
    the lock and the clock, and at when each job of `sigctl run` last succeeded. It logs in to the mail server and sends nothing. Each
    line is good, a warning, or bad, with what to do. It changes nothing but that it takes away what a run that was killed has left
    half written.

    No name, address or telephone number out of the files is shown, and your own folder is written `~`, so what it prints can be
    sent to whoever helps you. Only the names of folders are as they are.

    Exit code: 0 where nothing is bad, 1 where something is.

    For example:

        sigctl doctor
        sigctl doctor -q                      only what is not good
        sigctl doctor --format json           for another program: `format` ("sigctl-doctor"), `version` (1), `worst`, and `findings`,
                                              each with `about`, `verdict` ("good", "warning" or "bad"), `message` and `advice`
    """
    cluster, problems = inspected(workspace)
    patient = Patient(cluster, problems, moment_in(cluster))
    found = [_without_home(finding) for look in LOOKS for finding in _looked(look, patient)]
    if format is Format.JSON:
        console.deliver(_as_json(found), None)
    else:
        for each in found:
            if not console.is_quiet() or each.verdict is not Verdict.GOOD:
                console.result(_as_text(each))
    if any(each.verdict is Verdict.BAD for each in found):
        raise typer.Exit(ExitCode.PROBLEMS)


def _looked(look: Look, patient: Patient) -> Iterator[Finding]:
    """What a look finds; where the system refuses it, that is what it finds."""
    try:
        yield from look(patient)
    except OSError as trouble:
        message, advice = system_words(trouble)
        yield bad(look.__name__.removeprefix("of_"), message, advice or "see whether the drive is there and can be read")


def _without_home(finding: Finding) -> Finding:
    """The finding with `~` for the folder of whoever runs sigctl, which is often called after them.

    A quoted path keeps its quotes behind the `~`, since a shell does not look into them.
    """
    try:
        homes = {str(Path.home()), str(Path.home().resolve())} - {Path.home().anchor}
    except RuntimeError:
        return finding
    for home in sorted(homes, key=len, reverse=True):
        quoted, plain = re.compile(rf"'{re.escape(home)}([/\\])"), re.compile(rf"(?<![\w/\\]){re.escape(home)}(?![\w.-])")
        message, advice = (plain.sub("~", quoted.sub(r"~\1'", text)) for text in (finding.message, finding.advice))
        finding = finding._replace(message=message, advice=advice)
    return finding


def _as_text(finding: Finding) -> str:
    paint = console.paint_for(sys.stdout)
    head = f"{paint(f'{finding.verdict:<7}', _STYLES[finding.verdict])} {finding.about:<14} {finding.message}"
    return f"{head}\n{'':<22} {paint('=', 'gutter')} {finding.advice}" if finding.advice else head


def _as_json(found: list[Finding]) -> str:
    worst = max((each.verdict for each in found), key=list(Verdict).index)
    told = [{"about": each.about, "verdict": each.verdict.value, "message": each.message, "advice": each.advice} for each in found]
    return json_text("sigctl-doctor", {"worst": worst.value, "findings": told})
