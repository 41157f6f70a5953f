"""`sigctl help`: topics that belong to no single command."""

import sys
from importlib.resources import files
from typing import Annotated, Final

import typer

from sigctl.commands import console
from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.manual import paragraphs, rows
from sigctl.commands.table import COMMANDS
from sigctl.nearest import did_you_mean

TOPICS: Final = {
    "begin": "the first ten minutes",
    "dates": "how days, times, texts and ids are written",
    "editor": "completion and explanations while you type",
    "exit-codes": "what sigctl tells the program that called it",
    "messages": "how to read a message about a file",
    "templates": "how to make the papers your own",
    "terminal": "colours, quiet runs, pipes, and completion in the shell",
    "workspace": "which files are read, and where they are looked for",
}
"""What there is to be read about, each in a line."""


def topics(
    topic: Annotated[str | None, typer.Argument(metavar="TOPIC", help=f"One of {', '.join(TOPICS)}; or the name of a command.")] = None,
) -> None:
    """Tell about exit codes, files, dates and other topics.

    Without a topic, lists what there is to be read about.

    Exit code: 1 where there is no such topic.

    For example:

        sigctl help exit-codes
        sigctl help workspace
        sigctl help check                     the same as `sigctl check --help`
    """
    if topic is None:
        console.result(_contents())
    elif topic == "exit-codes":
        console.result(exit_codes())
    elif topic in TOPICS:
        console.result(_text(topic))
    elif topic in COMMANDS:
        console.result(_manual(topic))
    else:
        advice = did_you_mean(topic, (*TOPICS, *COMMANDS), "`sigctl help` lists what there is")
        raise CommandError(f"there is no topic `{topic}`", advice, ExitCode.PROBLEMS)


def exit_codes() -> str:
    """Every exit code and what it means."""
    return "\n".join(("How a command ended, by the number that it hands back:", "", *rows((str(int(c)), c.meaning) for c in ExitCode)))


def _contents() -> str:
    paint, width = console.paint_for(sys.stdout), console.width_of(sys.stdout)
    listed = ((f"sigctl help {name}", line) for name, line in TOPICS.items())
    commands = ((f"sigctl help {name}", entry.summary) for name, entry in COMMANDS.items() if name != "help")
    return "\n".join((paint("Topics:", "strong"), *rows(listed, width), "", paint("Commands:", "strong"), *rows(commands, width)))


def _text(topic: str) -> str:
    text = files("sigctl.commands").joinpath("topics", f"{topic}.txt").read_text(encoding="utf-8")
    return paragraphs(text.strip(), console.width_of(sys.stdout))


def _manual(command: str) -> str:
    from sigctl.commands.app import command_line

    line = command_line()
    with line.make_context("sigctl", [command, "--help"], resilient_parsing=True) as around:
        found = line.get_command(around, command)
        with found.make_context(command, [], parent=around, resilient_parsing=True) as context:
            return str(found.get_help(context))
