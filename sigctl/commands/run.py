"""One run of sigctl, from the arguments to the exit code: every way in which it can end is here."""

import contextlib
import os
import signal
import sys
import traceback
from collections.abc import Sequence
from contextvars import copy_context
from pathlib import Path
from types import FrameType
from typing import NoReturn

import typer
from typer.exceptions import TyperException

from sigctl.commands import console
from sigctl.commands.app import command_line
from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.usage import complaint


def run(arguments: Sequence[str]) -> int:
    """Run a command line to its end. Nothing that goes wrong leaves here but as a message and a number."""
    console.start()
    signal.signal(signal.SIGTERM, _terminated)
    try:
        code = _finished(arguments)
        _flush()
    except BrokenPipeError:
        _silence()
        return ExitCode.PIPE
    except OSError as trouble:
        with contextlib.suppress(OSError):
            console.complain(*_system_words(trouble))
        _silence()
        return ExitCode.SYSTEM
    return code


def _terminated(number: int, frame: FrameType | None) -> NoReturn:  # noqa: ARG001
    raise SystemExit(ExitCode.TERMINATED)


def _finished(arguments: Sequence[str]) -> int:
    try:
        return copy_context().run(_invoked, arguments)
    except (KeyboardInterrupt, typer.Abort):
        console.say("stopped")
        return ExitCode.INTERRUPTED
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else ExitCode.DONE
    except CommandError as wrong:
        console.complain(wrong.message, wrong.advice)
        return wrong.code
    except TyperException as wrong:
        message, advice, command = complaint(wrong)
        console.complain(message, advice, who=command)
        return ExitCode.USAGE
    except OSError:
        raise
    except Exception as mistake:
        return _fault_of_template(mistake) or _confessed(mistake)


def _invoked(arguments: Sequence[str]) -> int:
    command = command_line()
    try:
        with command.make_context("sigctl", list(arguments)) as context:
            command.invoke(context)
    except typer.Exit as ended:
        return ended.exit_code
    return ExitCode.DONE


def _system_words(trouble: OSError) -> tuple[str, str]:
    """What the operating system refused, and what may help. The file is named where it is known."""
    what = trouble.strerror or str(trouble)
    if trouble.filename is None:
        return f"the result cannot be written: {what}", ""
    name = os.fsdecode(trouble.filename)
    advice = "it may be open in another program, or you may not be allowed to change it" if isinstance(trouble, PermissionError) else ""
    return f"{name}: {what}", advice


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


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and not stream.closed:
            stream.flush()


def _silence() -> None:
    """Point the output to nowhere, so that Python does not complain about it at the very end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for number in (1, 2):
        with contextlib.suppress(OSError):
            os.dup2(nowhere, number)
