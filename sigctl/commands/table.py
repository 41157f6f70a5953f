"""The commands: name, where each lives, and its line in `sigctl --help`. A bare table, so that listing them loads none."""

from typing import Final, NamedTuple


class Entry(NamedTuple):
    """Where a command lives, and what it does in a line.

    The module holds a Typer app called `app`, or else a function of the module's own name; another name stands behind a colon.
    """

    target: str
    summary: str


COMMANDS: Final[dict[str, Entry]] = {
    "init": Entry("sigctl.commands.init", "Make a workspace to start from."),
    "check": Entry("sigctl.commands.check", "Say what is wrong in the files, all at once."),
    "rota": Entry("sigctl.commands.rota", "Plan the visits of a cycle: on which days each school is visited, and by which team."),
    "explain": Entry("sigctl.commands.explain", "Say what a field or a message's code means."),
    "schema": Entry("sigctl.commands.schema", "Let your editor complete and explain the files."),
    "help": Entry("sigctl.commands.help:topics", "Tell about exit codes, files, dates and other topics."),
}
