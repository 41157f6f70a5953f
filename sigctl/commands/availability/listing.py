"""`sigctl availability`: who has answered, and who has not."""

from datetime import date

import typer

from sigctl.checks import ABOUT_ROTAS
from sigctl.cluster import Cluster
from sigctl.commands import console, options
from sigctl.commands.availability.choosing import cycle_meant, refuse_unasked
from sigctl.commands.messages import counted, visible
from sigctl.commands.opening import opened
from sigctl.records import Cycle
from sigctl.reports.availability import Standing, standings


def availability(
    ctx: typer.Context,
    cycle: options.Cycle = None,
    today: options.Today = None,
    workspace: options.Workspace = None,
) -> None:
    """Ask people when they are free, and read their answers into the files.

    Without more, tells who of the reviewers and hosts of a cycle has answered, when and how, and who has not. The cycle says by when
    answers are wanted: `availability: {wanted_by: 2026-10-09}`. Whoever is silent is reminded by `sigctl remind`, if `ask` asked them
    or not.

    For example:

        sigctl availability                           who has answered
        sigctl availability ask -n                    whom it would ask
        sigctl availability ask                       send the question and the form to those who have not answered
        sigctl availability read poll.csv -n          what the answers of a poll would change
        sigctl availability read form1.xlsx form2.xlsx
        sigctl availability read inset.ics --school aberdare
    """
    if ctx.invoked_subcommand is None:
        _list(cycle, today, workspace)


def list_(cycle: options.Cycle = None, today: options.Today = None, workspace: options.Workspace = None) -> None:
    """Tell who has answered, and who has not.

    For example:

        sigctl availability list --cycle round-4
    """
    _list(cycle, today, workspace)


def _list(cycle: str | None, today: date | None, workspace: options.Workspace) -> None:
    cluster = opened(workspace, besides=ABOUT_ROTAS)
    day = options.today_in(cluster.settings.cluster.time_zone, today)
    chosen = cycle_meant(cluster, cycle, day)
    refuse_unasked(chosen)
    console.result("\n".join(_lines(cluster, chosen, standings(cluster, chosen, day))))


def _lines(cluster: Cluster, cycle: Cycle, found: tuple[Standing, ...]) -> list[str]:
    """Those who are silent first, then those who have answered."""
    assert cycle.availability
    silent, answered = [each for each in found if each.on is None], [each for each in found if each.on]
    lines = [f"{cycle.id}: answers are wanted by {cycle.availability.wanted_by}; {len(answered)} of {len(found)} have come"]
    if silent:
        lines += ["", f"silent ({counted(len(silent), 'answer')} to come)", *(f"  {_who(each)}{_reach(cluster, each)}" for each in silent)]
    if answered:
        lines += ["", "answered"]
        lines += [f"  {_who(each)}, on {each.on}{f', {visible(each.source)}' if each.source else ''}" for each in answered]
    return lines


def _who(standing: Standing) -> str:
    """Who it is, by id, and for whom they answer."""
    return f"{standing.school_id} (host; `{standing.to.id}`)" if standing.role == "host" else standing.to.id


def _reach(cluster: Cluster, standing: Standing) -> str:
    """A remark where somebody cannot be written to."""
    person = cluster.people.get(standing.to.id)
    contact = None if person else cluster.schools[standing.to.school_id].contact
    return "" if (person and person.email) or (contact and contact.email) else ", no `email:` in the files"
