"""What went wrong, told in the way that it deserves, and the exit code that it means."""

import os
import sys
import traceback
from pathlib import Path

import typer
from typer.exceptions import TyperException

from sigctl.commands import console
from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.usage import complaint


def complained(wrong: Exception) -> int:
    """Say what went wrong and what to do, and give the exit code. A mistake of our own shows nothing that stands in the files."""
    if isinstance(wrong, typer.Exit):
        return wrong.exit_code
    if isinstance(wrong, CommandError):
        console.complain(wrong.message, wrong.advice)
        return wrong.code
    if isinstance(wrong, TyperException):
        message, advice, command = complaint(wrong)
        console.complain(message, advice, who=command)
        return ExitCode.USAGE
    if isinstance(wrong, OSError):
        console.complain(*system_words(wrong))
        return ExitCode.SYSTEM
    return _trouble_with_state(wrong) or _fault_of_template(wrong) or _confessed(wrong)


def system_words(trouble: OSError) -> tuple[str, str]:
    """What the operating system refused, and what may help. The file is named where it is known."""
    what = trouble.strerror or str(trouble)
    if trouble.filename is None:
        return f"the result cannot be written: {what}", ""
    name = os.fsdecode(trouble.filename)
    is_kept = isinstance(trouble, PermissionError)
    advice = "it may be open in another program, such as Excel, or you may not be allowed to change it" if is_kept else ""
    return f"{name}: {what}", advice


def _trouble_with_state(wrong: Exception) -> int:
    """Tell why what sigctl remembers cannot be used, if that is what it is; else 0."""
    state = sys.modules.get("sigctl.deliver.state")
    if state is None or not isinstance(wrong, state.StateError):
        return 0
    console.complain(wrong.message, wrong.advice)
    return ExitCode.SYSTEM


def _fault_of_template(mistake: Exception) -> int:
    """Tell where a template is wrong, if that is what it is; else 0."""
    from sigctl.render.faults import TemplateFault

    if not isinstance(mistake, TemplateFault):
        return 0
    console.complain(f"{mistake.place}: {mistake.message}", mistake.advice)
    return ExitCode.INVALID


def _confessed(mistake: Exception) -> int:
    """Own up to a mistake of ours, without showing anything that stands in the files."""
    if console.is_verbose():
        traceback.print_exception(mistake)
    frames = traceback.extract_tb(mistake.__traceback__)
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "an unknown place"
    console.complain(
        f"sigctl made a mistake of its own: {type(mistake).__name__} in {place}",
        "the fault is not in your files, and none is half written: each is replaced whole or left as it was",
        "" if console.is_verbose() else "run it again with -v, and send what it prints to the authors",
    )
    return ExitCode.INTERNAL
