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
    "calendar": Entry("sigctl.commands.calendar", "Write calendars to subscribe to: of each person, school and group, and of the cluster."),
    "report": Entry("sigctl.commands.report", "Report on a cycle of visits, or on the working groups."),
    "remind": Entry("sigctl.commands.remind", "Send everybody what is due and not done, once."),
    "run": Entry("sigctl.commands.daily:run", "Do all that is due today: reminders, calendars, papers."),
    "cron": Entry("sigctl.commands.cron", "Print what makes `sigctl run` run every day: for cron, systemd or Windows."),
    "doctor": Entry("sigctl.commands.doctor", "Look whether everything works: files, mail, clock, jobs, disk."),
    "send": Entry("sigctl.commands.send", "Send an agenda, minutes or the rota to those concerned, once."),
    "outbox": Entry("sigctl.commands.outbox", "Show the messages: what waits, what has left, and what nobody is sure of."),
    "forget": Entry("sigctl.commands.forget", "Forget a person: take out of the files all that tells who they are."),
    "migrate": Entry("sigctl.commands.migrate", "Bring the files up to date with the newest sigctl."),
    "availability": Entry("sigctl.commands.availability", "Ask people when they are free, and read their answers into the files."),
    "explain": Entry("sigctl.commands.explain", "Say what a field or a message's code means."),
    "schema": Entry("sigctl.commands.schema", "Let your editor complete and explain the files."),
    "help": Entry("sigctl.commands.help:topics", "Tell about exit codes, files, dates and other topics."),
}
