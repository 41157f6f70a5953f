"""`sigctl remind why`: why somebody gets, got or does not get something."""

from typing import Annotated

import typer

from sigctl.checks import ABOUT_ROTAS
from sigctl.commands import console, options
from sigctl.commands.clock import moment_in
from sigctl.commands.known import check_known
from sigctl.commands.messages import visible
from sigctl.commands.opening import opened
from sigctl.commands.remind.looking import history_of
from sigctl.reports.reminders import Explanation
from sigctl.reports.reminders import why as explanations
from sigctl.reports.reminders.whom import SCHOOL, speaks_for


def why(
    person: Annotated[str, typer.Argument(metavar="PERSON", help="The id of the person, or of a school, as school:ID.")],
    workspace: options.Workspace = None,
    today: options.Today = None,
) -> None:
    """Tell why somebody is reminded of something, was, or is not.

    Everything that concerns the person some weeks before and after today: what goes today and why, what went and when, what is to
    come, and what does not go, for it is done, cancelled, switched off, or came too late.

    For example:

        sigctl remind why aberdare-head
        sigctl remind why aberdare-head --today 2026-11-20
        sigctl remind why school:aberdare
    """
    from sigctl.deliver.state import glance

    cluster = opened(workspace, besides=ABOUT_ROTAS)
    is_school = person.startswith(SCHOOL)
    check_known(cluster, "schools" if is_school else "people", person.removeprefix(SCHOOL))
    day = moment_in(cluster, today).date()
    with glance(cluster.folder) as connection:
        found = explanations(cluster, day, history_of(connection), person)
    for each in found:
        console.result(_line(each))
    if not found:
        console.say(f"nothing concerns `{person}` around {day}")
    speaker = speaks_for(cluster, person.removeprefix(SCHOOL), day) if is_school else person
    if speaker != person:
        console.say(f"what is for the school goes to `{speaker}`: see `sigctl remind why {speaker}`")


def _line(each: Explanation) -> str:
    return visible(f"{each.notice.kind} ({each.outcome.replace('-', ' ')}): {each.sentence}")
