"""One run of sigctl, from the arguments to the exit code: every way in which it can end is here."""

import contextlib
import os
import signal
import sys
from collections.abc import Sequence
from contextvars import copy_context
from types import FrameType
from typing import NoReturn

import typer

from sigctl.commands import console
from sigctl.commands.app import command_line
from sigctl.commands.complaints import complained, system_words
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.holding import let_go


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
            console.complain(*system_words(trouble))
        _silence()
        return ExitCode.SYSTEM
    finally:
        let_go()
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
    except OSError:
        raise
    except Exception as wrong:
        return complained(wrong)


def _invoked(arguments: Sequence[str]) -> int:
    command = command_line()
    try:
        with command.make_context("sigctl", list(arguments)) as context:
            command.invoke(context)
    except typer.Exit as ended:
        return ended.exit_code
    return ExitCode.DONE


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
