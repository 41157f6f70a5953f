"""`sigctl send rota`: to everybody their own part of the rota, and later what has changed in it."""

from dataclasses import replace
from typing import Annotated

import typer

from sigctl.checks import ABOUT_ROTAS
from sigctl.cluster import Cluster
from sigctl.commands import console, options
from sigctl.commands.clock import moment_in
from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.messages import counted
from sigctl.commands.opening import opened
from sigctl.commands.rota.choosing import cycle_with_visits
from sigctl.commands.send.attaching import AttachedAs
from sigctl.commands.send.marking import mark_those_told
from sigctl.commands.send.news import RotaRun, Standing, batch_of, standing_of
from sigctl.commands.send.telling import Manner, ToFolder, Yes, carry_out, interrupted, tell_of_the_stuck, tell_of_the_unreached
from sigctl.commands.texts import TextLang, written, written_among
from sigctl.words import Words, same


def rota(
    why: Annotated[
        str | None, typer.Option("--why", metavar="TEXT", help='Why it has changed, as "cy: … | en: …"; told to those whom it concerns.')
    ] = None,
    lang: TextLang = None,
    cycle: options.Cycle = None,
    format: AttachedAs = None,
    to_folder: ToFolder = None,
    yes: Yes = False,
    workspace: options.Workspace = None,
    today: options.Today = None,
    dry_run: options.DryRun = False,
) -> None:
    """Send the published rota: to everybody their own part, and later only what has changed in it, to those whom it concerns.

    The first time, each host school and everybody in a team, in reserve or leading a stage is told of their own visits, with their
    page of the rota attached and an entry for their calendar. After that, only those are written to whose part is not what they were
    last told: before, now, and why. The calendar entry is changed in their calendar, or taken out of it. What is over is told to nobody.

    A visit is marked as `told` in the rota's file when everybody whom it concerns has been told and the mail server has taken the
    messages; `sigctl rota` leaves it where it is from then on. An edit that changes nothing for anybody sends nothing.

    Exit code: 0 also where there is nothing to send or nobody could be asked; 5 where not everybody could be reached.

    For example:

        sigctl send rota -n                       who would get what; nothing is sent
        sigctl send rota                          show it, ask, and send it
        sigctl send rota --why "cy: Arolwg Estyn yn Nhreorci | en: Estyn inspects Treorchy"
        sigctl send rota --to-folder letters      write the messages as files that a mail program opens
    """
    manner = Manner(dry_run, to_folder, yes)
    cluster = opened(workspace, besides=ABOUT_ROTAS, changing=False if manner.only_looks else "sigctl send rota")
    moment = moment_in(cluster, today)
    chosen = cycle_with_visits(cluster, cycle, moment.date())
    if cluster.rota(chosen.id, "published") is None:
        advice = "`sigctl rota publish` publishes the draft" if cluster.rota(chosen.id, "draft") else "`sigctl rota` plans one"
        raise CommandError(f"{chosen.id} has no published rota", advice, ExitCode.PROBLEMS)
    reason = _reason(cluster, why, lang, is_sure=yes)
    raise typer.Exit(_send(RotaRun(cluster, chosen, moment, reason, format), manner))


def _reason(cluster: Cluster, why: str | None, lang: options.Lang | None, *, is_sure: bool) -> Words:
    """Why it has changed, in both languages, as far as that was given.

    Raises CommandError where nobody is asked and some would read it in another language than their own.
    """
    if why is None:
        return Words()
    if is_sure and lang is None and len(cluster.settings.cluster.languages) > 1 and isinstance(written(why), str):
        advice = 'write --why "cy: … | en: …"; --lang cy, en or both sends it to everybody as it is'
        raise CommandError(f"`{why}` is in one language, and people are written to in two, so nothing was sent", advice)
    said = written_among(why, cluster.settings.cluster.languages, lang)
    return same(said) if isinstance(said, str) else Words(said.get("cy", ""), said.get("en", ""))


def _send(run: RotaRun, manner: Manner) -> ExitCode:
    from sigctl.deliver.outbox import Outbox
    from sigctl.deliver.state import glance, state

    with (glance if manner.only_looks else state)(run.cluster.folder) as connection:
        outbox = Outbox(connection)
        lost = interrupted(outbox, manner, run.moment)
        stand = standing_of(run, outbox)
        _tell_of_the_rest(stand)
        code = max(lost, tell_of_the_unreached(stand.unreached))
        run = _with_reason(run, stand, manner)
        if stand.changes or stand.waiting or stand.stale:
            batch = batch_of(run, stand, connection)
            code = max(code, carry_out(run.cluster, connection, batch, manner, run.moment))
        if not manner.only_looks:
            code = max(code, mark_those_told(run, outbox))
    return code


def _with_reason(run: RotaRun, stand: Standing, manner: Manner) -> RotaRun:
    """The run with a reason for what has changed: asked for where somebody is there, else it is said that none is told."""
    if run.why != Words() or all(each.is_first for each in stand.changes.values()):
        return run
    if manner.yes or manner.only_looks:
        console.say("no reason is told for the change; --why gives one")
        return run
    question = "Why has it changed? It is told to those concerned; nothing for no reason"
    said = typer.prompt(question, default="", show_default=False, err=True)
    return replace(run, why=_reason(run.cluster, said.strip() or None, None, is_sure=False))


def _tell_of_the_rest(stand: Standing) -> None:
    """Say where there is nothing to do, and whom it did not reach for sure."""
    if not (stand.changes or stand.waiting or stand.unreached or stand.stuck):
        console.say(f"nothing to do: {counted(stand.knowing, 'person')} {'knows' if stand.knowing == 1 else 'know'} the rota as it is")
    tell_of_the_stuck(stand.stuck)
