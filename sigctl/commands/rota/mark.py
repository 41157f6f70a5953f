"""`sigctl rota mark`: say how far the visits of the published rota have come."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, get_args

import typer

from sigctl.checks import ABOUT_ROTAS
from sigctl.cluster.edit import Change, EditError, edited
from sigctl.commands import console, options
from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.messages import listed
from sigctl.commands.opening import opened
from sigctl.commands.rota.choosing import cycle_with_visits, host_of
from sigctl.deliver import write
from sigctl.nearest import did_you_mean
from sigctl.records import Rota, RotaVisit, State

STATES: tuple[State, ...] = get_args(get_args(State)[0])


def mark(
    school: Annotated[str, typer.Argument(metavar="SCHOOL", help="The host of the visit.")],
    state: Annotated[str, typer.Argument(metavar="planned|told|confirmed|done|cancelled", help="How far the visit has come.")],
    more: Annotated[list[str] | None, typer.Argument(metavar="SCHOOL", help="Other hosts whose visits have come as far.")] = None,
    workspace: options.Workspace = None,
    cycle: options.Cycle = None,
    today: options.Today = None,
    dry_run: options.DryRun = False,
) -> None:
    """Say how far visits of the published rota have come.

    A visit is planned, then the school and the team are told, and confirm it; it is done when it has taken place, or
    cancelled. `sigctl rota` leaves visits that are told, confirmed or done where they are. Changes only the lines of these
    visits in the rota's file; comments stay. A visit that has not begun cannot be done; one that was done can be taken back,
    with a warning.

    For example:

        sigctl rota mark eirias told                    one visit
        sigctl rota mark eirias confirmed creuddyn      two visits
        sigctl rota mark eirias cancelled               it does not take place; `sigctl rota replan` finds other days
        sigctl rota mark eirias planned                 nobody knows of it after all, so planning again may move it
    """
    wanted, hosts = _understood([school, state, *(more or ())])
    cluster = opened(workspace, besides=ABOUT_ROTAS, changing=not dry_run and "sigctl rota mark")
    day = options.today_in(cluster.settings.cluster.time_zone, today)
    chosen = cycle_with_visits(cluster, cycle, day)
    rota = cluster.rota(chosen.id, "published")
    if rota is None:
        advice = "`sigctl rota publish` publishes the draft" if cluster.rota(chosen.id, "draft") else "`sigctl rota` plans one"
        raise CommandError(f"{chosen.id} has no published rota", advice, ExitCode.PROBLEMS)
    origin = cluster.origins["rotas", f"{chosen.id} published"]
    paths = _paths(rota, hosts, wanted)
    _check_order([rota.visits[index] for _, index in paths], wanted, day)
    changes = [Change((*origin.path, *path, "state"), wanted) for path in paths]
    if not changes:
        console.say(f"nothing to do: {_named(hosts)} {'is' if len(hosts) == 1 else 'are'} {wanted} already")
        return
    file = cluster.folder / origin.document.file
    try:
        text = edited(file.read_bytes().decode("utf-8"), changes)
    except (EditError, UnicodeDecodeError) as trouble:
        message = f"{origin.document.file} could not be changed line by line: {trouble}"
        raise CommandError(message, f"write `state: {wanted}` there yourself", ExitCode.PROBLEMS) from None
    if not dry_run:
        write(file, text)
    console.say(f"{'would mark' if dry_run else 'marked'} {_named(hosts)} as {wanted} in {origin.document.file}")


def _understood(words: Sequence[str]) -> tuple[State, list[str]]:
    """The state and the schools among the words, which may stand in any order."""
    states = [state for state in STATES for word in words if word == state]
    if len(states) != 1:
        meant = f"`{words[1]}` is no state of a visit" if not states else f"{_named(states)} cannot all be true"
        raise CommandError(meant, did_you_mean(words[1], STATES, f"the states are {listed(STATES)}") if not states else "name one state")
    return states[0], list(dict.fromkeys(word for word in words if word != states[0]))


def _paths(rota: Rota, hosts: Sequence[str], state: State) -> list[tuple[str, int]]:
    """Where the visits stand whose state is another one; of a host's visits the one that is held, where there is one."""
    found = []
    for host in hosts:
        host_of(rota, host)
        own = [index for index, visit in enumerate(rota.visits) if visit.host == host]
        held = next((index for index in own if rota.visits[index].state != "cancelled"), own[-1])
        if rota.visits[held].state != state:
            found.append(("visits", held))
    return found


def _check_order(visits: Sequence[RotaVisit], state: State, today: date) -> None:
    """Refuse to call a visit done that has not begun, since one that is done never moves; warn where one is done no longer."""
    early = [visit for visit in visits if state == "done" and min(visit.dates) > today]
    if early:
        first = min(early[0].dates)
        message = f"the visit at `{early[0].host}` begins on {first:%a} {first.day} {first:%b %Y}, so it cannot be done on {today}"
        raise CommandError(message, "mark it when it has taken place; or correct its days in the rota's file", ExitCode.USAGE)
    undone = [visit.host for visit in visits if visit.state == "done"]
    if undone:
        console.say(f"warning: {_named(undone)} {'was' if len(undone) == 1 else 'were'} done; planning and a replan may move it now")


def _named(words: Sequence[str]) -> str:
    return listed([f"`{word}`" for word in words])
