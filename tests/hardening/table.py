"""Every command as it is typed, and how it ends in a workspace where a lot waits to be told: see `busy` in conftest.py."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sigctl.commands.app import command_line

COMMANDS: dict[str, dict[str, int]] = {
    "init": {"OUT/new --name Us --nation wales --lang en": 0, "": 2, "HERE/new": 2},
    "check": {"": 0, "--format json": 0, "--format github": 0, "--strict": 0},
    "rota": {"--replace": 0, "--format json -n": 0, "--format md -n": 0, "--cycle nothing": 2, "-n --time-limit 1": 0},
    "rota check": {"": 0, "--format json": 0, "--draft": 0},
    "rota diff": {"": 1, "--format json": 1},
    "rota publish": {"": 0},
    "rota replan": {
        "--away sian-llwyd=2026-11-10..2026-11-12 --replace --format json": 0,
        "--away nobody=2026-11-10": 2,
        "--postpone aberdare -n": 0,
    },
    "rota fairness": {"": 0, "--format json": 0},
    "rota mark": {"aberdare told": 0, "nowhere told": 2},
    "rota done": {
        "aberdare self-evaluation --on 2026-09-20": 0,
        "aberdare report --on 2026-09-20": 2,
        "aberdare nothing": 2,
        "nowhere report": 2,
    },
    "rota swap": {"treorchy porth-head sian-llwyd": 0, "porth treorchy-head sian-llwyd": 1, "aberdare nobody sian-llwyd": 2},
    "rota show": {
        "": 0,
        "--format json": 0,
        "--format md": 0,
        "--format csv -o HERE/out.csv": 0,
        "--view people": 0,
        "--view loads --format json": 0,
        "--view nothing": 2,
    },
    "rota papers": {"--format html": 0, "--format md": 0},
    "rota why": {"porth": 0, "aberdare --format json": 0, "nowhere": 2},
    "minutes new": {"strategic-2026-09": 0, "strategic-2026-10 --format md": 0, "strategic-2026-06": 1},
    "minutes show": {
        "strategic-2026-06 --format md": 0,
        "strategic-2026-06 --confidential": 0,
        "strategic-2026-06 --format html -o HERE/m.html": 0,
        "nothing": 2,
    },
    "minutes agree": {"strategic-2026-06 --at strategic-2026-09": 0, "strategic-2026-09": 1},
    "actions": {"": 0, "--format json": 0, "--format csv": 0},
    "actions done": {"a1": 0, "a2": 0, "a3": 2},
    "actions drop": {"a1": 0, "a2": 0},
    "actions add": {"strategic-2026-06 Something --lang en": 0, "strategic-2026-06 Something --lang en --owner nobody": 2},
    "template list": {"": 0},
    "template show": {"agenda": 0},
    "template copy": {"agenda": 0},
    "template check": {"": 0},
    "words": {"": 0},
    "agenda": {"strategic --format md": 0, "strategic --format json": 0, "strategic --format html -o HERE/a.html": 0},
    "groups": {"": 0, "strategic": 0, "strategic --format json": 0, "nothing": 2},
    "calendar": {"-o HERE/more": 0, "": 0},
    "calendar list": {"": 0},
    "calendar show": {"person:sian-llwyd": 0, "sian-llwyd": 0, "cluster": 0},
    "calendar rotate": {"person:sian-llwyd": 0, "sian-llwyd": 0, "nobody": 2},
    "report cycle": {"": 0, "--format md": 0},
    "report groups": {"": 0, "--format md": 0},
    "remind": {"-n": 0, "-n --format json": 0, "--to-folder HERE/mail": 0, "": 5},
    "remind calls": {"": 0},
    "remind why": {"sian-llwyd": 0, "nobody": 2},
    "run": {"-n": 0, "": 5},
    "cron": {"": 0},
    "doctor": {"": 1, "--format json": 1},
    "send agenda": {"strategic-2026-10 -n": 0, "strategic-2026-10 --yes": 5, "strategic-2026-10 --format html --to-folder HERE/mail": 0},
    "send minutes": {"strategic-2026-06 -n": 0, "strategic-2026-06 --yes": 5, "strategic-2026-06 --format html --to-folder HERE/mail": 0},
    "send rota": {"-n": 0, "--yes": 5, "--format html --to-folder HERE/mail": 0},
    "outbox": {"": 0, "--format json": 0},
    "outbox list": {"": 0, "--format json": 0},
    "outbox show": {"1": 0, "2": 0, "3": 0, "99": 1},
    "outbox retry": {"1": 0, "2": 0, "3": 1},
    "outbox forget": {"1": 0, "2": 0, "3": 0},
    "outbox confirm": {"-n": 0, "": 0},
    "outbox hold": {"": 0},
    "forget": {"sian-llwyd -n": 0, "sian-llwyd --yes": 0, "aberdare-head --yes": 0, "nobody": 2},
    "migrate": {"": 0},
    "availability": {"": 0},
    "availability list": {"": 0},
    "availability ask": {
        "--person aberdare-head": 5,
        "--person aberdare-head -n": 0,
        "--person aberdare-head --to-folder HERE/mail": 0,
        "": 0,
    },
    "availability read": {
        "HERE/nothing.csv": 1,
        "OUT/poll.csv -n": 5,
        "OUT/poll.csv --yes": 5,
        "HERE/people.yaml -n": 5,
        "HERE/people.yaml HERE/cycles.yaml --as poll --yes": 5,
    },
    "explain": {"people": 0, "reviewer": 0},
    "schema": {"": 0, "--add": 0},
    "help": {"": 0, "workspace": 0},
}
"""The commands, each with what may stand behind it, and the exit code; among it what fails. There is no mail server."""
SENDING = (
    "remind",
    "run",
    "send agenda strategic-2026-10 --yes",
    "send minutes strategic-2026-06 --yes",
    "send rota --yes",
    "availability ask --person porth-head",
)
"""What lets messages leave."""


def commands(command: Any = None, path: tuple[str, ...] = ()) -> Iterator[str]:
    """Every command that can be run, by its words, but for the one that only sigctl itself runs."""
    command = command or command_line()
    below = getattr(command, "list_commands", None)
    if below and path and command.invoke_without_command:
        yield " ".join(path)
    if not below and path != ("rota", "engine"):
        yield " ".join(path)
    if not below:
        return
    with command.make_context("sigctl", [], resilient_parsing=True) as context:
        for name in below(context):
            yield from commands(command.get_command(context, name), (*path, name))


def typed(command: str, folder: Path) -> list[str]:
    """The words of a command; HERE is the workspace, and OUT the folder that holds it."""
    return command.replace("HERE", str(folder)).replace("OUT", str(folder.parent)).split()


def takes(name: str, option: str) -> bool:
    """Whether a command has an option."""
    command: Any = command_line()
    for word in name.split():
        with command.make_context("sigctl", [], resilient_parsing=True) as context:
            command = command.get_command(context, word)
    return any(option in each.opts for each in command.params)
