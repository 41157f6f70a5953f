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
    "minutes": Entry("sigctl.commands.minutes", "Take, show and agree the minutes of meetings."),
    "actions": Entry("sigctl.commands.actions", "Say who is to do what by when, of all groups, what is overdue first."),
    "template": Entry("sigctl.commands.template", "Make your papers your own: list, show, copy and check their templates."),
    "words": Entry("sigctl.commands.words", "Show the words of the papers in Welsh and English, and which nobody has confirmed."),
    "agenda": Entry("sigctl.commands.agenda", "Make the agenda of a meeting, ready to send, out of what the files hold."),
    "groups": Entry("sigctl.commands.groups", "Show the groups, as at any day: all in a table, or one in full."),
    "report": Entry("sigctl.commands.report", "Report on a cycle of visits, or on the working groups."),
    "explain": Entry("sigctl.commands.explain", "Say what a field or a message's code means."),
    "schema": Entry("sigctl.commands.schema", "Let your editor complete and explain the files."),
    "help": Entry("sigctl.commands.help:topics", "Tell about exit codes, files, dates and other topics."),
}
