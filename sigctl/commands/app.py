"""The command line: a group that loads a command only when it is called, and knows all of them by a bare table."""

import sys
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from typing import Annotated, Any, Final

import typer
from typer.core import TyperCommand, TyperGroup

from sigctl import __version__
from sigctl.commands import console
from sigctl.commands.endings import follow_ending
from sigctl.commands.errors import CommandError
from sigctl.commands.manual import argument_rows, option_rows, paragraphs, section
from sigctl.commands.options import Workspace, manners
from sigctl.commands.table import COMMANDS, Entry
from sigctl.nearest import did_you_mean

_PLAIN: Final[dict[str, Any]] = {"add_completion": False, "rich_markup_mode": None}


@cache
def _manners() -> tuple[Any, ...]:
    app = typer.Typer(**_PLAIN)
    app.command()(manners)
    return tuple(typer.main.get_command(app).params)


def _with_manners(parameters: Sequence[Any] | None) -> list[Any]:
    own = list(parameters or ())
    names = {each.name for each in own}
    return [*own, *(each for each in _manners() if each.name not in names)]


def _help_of(command: Any, context: Any, commands: Sequence[tuple[str, str]] = ()) -> str:
    """The whole help page of a command, with its subcommands where it has any."""
    paint, width = console.paint_for(sys.stdout), console.width_of(sys.stdout)
    parameters = command.get_params(context)
    pieces = " ".join(command.collect_usage_pieces(context))
    blocks = (
        f"{paint('Usage:', 'strong')} {context.command_path} {pieces}",
        paragraphs(command.help or "", width),
        section("Arguments", argument_rows(parameters), paint, width),
        section("Commands", commands, paint, width),
        section("Options", option_rows(parameters), paint, width),
        paragraphs(command.epilog or "", width),
    )
    return "\n\n".join(block for block in blocks if block)


class Command(TyperCommand):
    """A command with our help page, which takes -q, -v and --no-color without naming them."""

    def __init__(self, name: str | None, *, params: Any = None, **settings: Any) -> None:
        super().__init__(name, params=_with_manners(params), **settings)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """What was given; where only the file for the result is named, its ending tells the format."""
        rest = super().parse_args(ctx, args)
        follow_ending(self, ctx)
        return rest

    def get_help(self, ctx: Any) -> str:
        """The help page."""
        return _help_of(self, ctx)


class Group(TyperGroup):
    """A command with subcommands."""

    def __init__(self, *, params: Any = None, **settings: Any) -> None:
        super().__init__(params=_with_manners(params), **settings)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """What was given; where only the file for the result is named, its ending tells the format."""
        rest = super().parse_args(ctx, args)
        follow_ending(self, ctx)
        return rest

    def get_help(self, ctx: Any) -> str:
        """The help page."""
        return _help_of(self, ctx, self.summaries(ctx))

    def summaries(self, ctx: Any) -> list[tuple[str, str]]:
        """Each subcommand and what it does in a line."""
        found = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        return [(name, (each.help or "").partition("\n\n")[0].replace("\n", " ")) for name, each in found if each and not each.hidden]

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The subcommand that was meant."""
        name = args[0]
        if not name.startswith("-") and name not in self.list_commands(ctx):
            advice = did_you_mean(name, self.list_commands(ctx), f"`{ctx.command_path} --help` lists the commands")
            raise CommandError(f"there is no command `{ctx.command_path} {name}`", advice)
        return super().resolve_command(ctx, args)


class LazyGroup(Group):
    """All commands, each loaded only when it is called."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        """The names of the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        """A command, loaded now."""
        return loaded(cmd_name, COMMANDS[cmd_name]) if cmd_name in COMMANDS else None

    def summaries(self, ctx: Any) -> list[tuple[str, str]]:  # noqa: ARG002
        """Each command and what it does, without loading any."""
        return [(name, entry.summary) for name, entry in COMMANDS.items()]


def loaded(name: str, entry: Entry) -> Any:
    """A command out of its module, which holds either a function or a Typer app."""
    found = _target(entry.target)
    around = typer.Typer(**_PLAIN)
    around.callback()(lambda: None)
    if isinstance(found, typer.Typer):
        _dress(found)
        around.add_typer(found, name=name, cls=Group)
    else:
        around.command(name, cls=Command)(found)
    group = typer.main.get_command(around)
    assert isinstance(group, TyperGroup)
    return group.commands[name]


def _target(target: str) -> Any:
    name, _, attribute = target.partition(":")
    module = import_module(name)
    return getattr(module, attribute) if attribute else getattr(module, "app", None) or getattr(module, name.rpartition(".")[2])


def _dress(app: typer.Typer) -> None:
    """Give all commands of an app our help page and manners."""
    for command in app.registered_commands:
        command.cls = Command
    for group in app.registered_groups:
        group.cls = Group
        if group.typer_instance:
            _dress(group.typer_instance)


def _print_version(value: bool) -> None:
    if value:
        console.result(f"sigctl {__version__}")
        raise typer.Exit


app = typer.Typer(cls=LazyGroup, rich_markup_mode=None, epilog="`sigctl COMMAND --help` tells more of each, with examples.")


@app.callback(invoke_without_command=True)
def sigctl(
    ctx: typer.Context,
    workspace: Workspace = None,  # noqa: ARG001
    version: Annotated[bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")] = False,  # noqa: ARG001
) -> None:
    """Runs a cluster of schools from YAML files: who reviews whom, on which days, and what is wrong in the files.

    To begin, make a workspace, look for mistakes in it, and plan its visits:

        sigctl init our-cluster
        cd our-cluster
        sigctl check
        sigctl rota
    """
    if ctx.invoked_subcommand is None:
        console.result(ctx.get_help())


def command_line() -> Any:
    """The whole command line, as something that can be run."""
    return typer.main.get_command(app)
