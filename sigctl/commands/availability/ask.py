"""`sigctl availability ask`: the question to those who have not answered."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sigctl.checks import ABOUT_ROTAS
from sigctl.cluster import Cluster
from sigctl.commands import console, options
from sigctl.commands.availability.choosing import cycle_meant, refuse_unasked
from sigctl.commands.availability.forms import forms, question
from sigctl.commands.clock import moment_in
from sigctl.commands.delivering import deliver_waiting
from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.known import check_known
from sigctl.commands.mailing import addressee, languages_for, mail_settings, put_in_folder
from sigctl.commands.messages import counted, listed
from sigctl.commands.opening import opened
from sigctl.notice import Notice
from sigctl.records import Cycle
from sigctl.records.settings import Mail as MailSettings
from sigctl.reports.availability import AskLetter, letters

if TYPE_CHECKING:
    from sigctl.deliver.outbox import Draft, Outbox


def ask(
    cycle: options.Cycle = None,
    person: Annotated[str | None, typer.Option("--person", metavar="PERSON", help="Ask this person alone.")] = None,
    school: Annotated[str | None, typer.Option("--school", metavar="SCHOOL", help="Ask this host alone.")] = None,
    to_folder: Annotated[
        Path | None, typer.Option("--to-folder", metavar="FOLDER", help="Write the messages and the forms into this folder; send nothing.")
    ] = None,
    workspace: options.Workspace = None,
    today: options.Today = None,
    dry_run: options.DryRun = False,
) -> None:
    """Ask the reviewers and hosts of a cycle who have not answered on which days they are free.

    Each gets one message, in their language, with a form to fill in (an Excel workbook that needs nothing else) and a place to write
    the days into a reply. Nobody is asked twice: whoever was asked and is silent is reminded by `sigctl remind`. With --to-folder
    all who are silent get a file each, whether they were asked or not, and nothing is remembered.

    For example:

        sigctl availability ask -n                     whom it would ask
        sigctl availability ask                        ask them
        sigctl availability ask --person aberdare-head
        sigctl availability ask --to-folder forms      messages and forms as files, to send by hand
    """
    if dry_run and to_folder is not None:
        raise CommandError("-n and --to-folder are two ways of looking at what would be sent", "leave one of them out")
    sends = not dry_run and to_folder is None
    cluster = opened(workspace, besides=ABOUT_ROTAS, changing="sigctl availability ask" if sends else False)
    check_known(cluster, "people", person)
    check_known(cluster, "schools", school)
    moment = moment_in(cluster, today)
    chosen = cycle_meant(cluster, cycle, moment.date())
    refuse_unasked(chosen)
    if (cluster.rota(chosen.id, "published") or moment.date() >= chosen.first) and not (person or school):
        console.say(f"nothing to do: `{chosen.id}` is planned or has begun; --person or --school asks somebody all the same")
        return
    silent = _wanted(letters(cluster, chosen, moment.date()), person, school)
    if (person or school) and not silent:
        console.say(f"nothing to do: `{person or school}` has answered for `{chosen.id}`, or is not asked")
        return
    code = _tell_of_unreachable(cluster, silent)
    able = [each for each in silent if addressee(cluster, each.to.id).address]
    if to_folder is not None:
        code = max(code, _write(cluster, silent, able, to_folder, today))
    elif dry_run:
        _preview(cluster, chosen, able)
    else:
        code = max(code, _send(cluster, chosen, able, today))
    if code:
        raise typer.Exit(code)


def _wanted(found: Sequence[AskLetter], person: str | None, school: str | None) -> list[AskLetter]:
    """The letters that are asked for, each with the questions that are."""
    chosen = []
    for letter in found:
        requests = tuple(
            each for each in letter.requests if (person is None or letter.to.id == person) and (school is None or each.school_id == school)
        )
        if requests:
            chosen.append(replace(letter, requests=requests))
    return chosen


def _tell_of_unreachable(cluster: Cluster, silent: Sequence[AskLetter]) -> ExitCode:
    without = [f"`{each.to.id}`" for each in silent if not addressee(cluster, each.to.id).address]
    if not without:
        return ExitCode.DONE
    advice = "write `email:` for them, or hand them the form that --to-folder writes"
    console.complain(f"{counted(len(without), 'person')} cannot be asked by mail, having no address: {listed(without)}", advice)
    return ExitCode.PARTLY


def _unasked(found: Sequence[AskLetter], known: Collection[Notice]) -> list[AskLetter]:
    """The letters without what was asked before, early or late."""
    told = {notice._replace(stage=0) for notice in known}
    fresh = []
    for letter in found:
        requests = tuple(each for each in letter.requests if each.notice._replace(stage=0) not in told)
        if requests:
            fresh.append(replace(letter, requests=requests))
    return fresh


def _preview(cluster: Cluster, cycle: Cycle, able: Sequence[AskLetter]) -> None:
    from sigctl.deliver.outbox import Outbox
    from sigctl.deliver.state import glance

    with glance(cluster.folder) as connection:
        fresh = _unasked(able, Outbox(connection).known())
    for letter in fresh:
        parts = listed([f"as host `{each.school_id}`" if each.role == "host" else "as reviewer" for each in letter.requests])
        days = listed([f"{counted(len(each.days), 'day')}" for each in letter.requests])
        tongues = listed([{"cy": "Welsh", "en": "English"}[each] for each in languages_for(cluster, letter.to.id)])
        console.result(f"{letter.to.id}: {parts}; asks about {days}; in {tongues}")
    _tell_of_rest(cycle, able, fresh)


def _tell_of_rest(cycle: Cycle, able: Sequence[AskLetter], fresh: Sequence[AskLetter]) -> None:
    if not able:
        console.say(f"nothing to do: everybody has answered for `{cycle.id}`")
    elif asked := len({each.to.id for each in able} - {each.to.id for each in fresh}):
        console.say(f"{counted(asked, 'person')} asked before and silent; `sigctl remind` reminds them")


def _send(cluster: Cluster, cycle: Cycle, able: Sequence[AskLetter], today: date | None) -> ExitCode:
    from sigctl.deliver.outbox import Outbox
    from sigctl.deliver.state import state

    moment = moment_in(cluster, today)
    with state(cluster.folder) as connection:
        outbox = Outbox(connection)
        fresh = _unasked(able, outbox.known())
        if fresh:
            mail_settings(cluster)
        drafts, code = _drafts(cluster, fresh, today)
        outbox.plan(drafts, moment)
        code = max(code, deliver_waiting(cluster, connection, moment=moment))
        if left := _left(outbox, drafts):
            console.say(f"asked {counted(left, 'person')} about `{cycle.id}`")
    _tell_of_rest(cycle, able, fresh)
    return code


def _left(outbox: "Outbox", drafts: Sequence["Draft"]) -> int:
    """How many of the messages the mail server has taken."""
    from sigctl.deliver.outbox import State

    ours = {each.message_id for each in drafts}
    return sum(entry.message_id in ours for entry in outbox.entries([State.ACCEPTED]))


def _drafts(cluster: Cluster, found: Sequence[AskLetter], today: date | None) -> tuple[list["Draft"], ExitCode]:
    """The messages; an address that no server takes is told, and keeps nobody else from being asked."""
    moment, made, code = moment_in(cluster, today), list["Draft"](), ExitCode.DONE
    for letter in found:
        try:
            made.append(question(cluster, letter, moment))
        except CommandError as wrong:
            if wrong.code is not ExitCode.PROBLEMS:
                raise
            console.complain(wrong.message, wrong.advice)
            code = ExitCode.PARTLY
    return made, code


def _write(cluster: Cluster, silent: Sequence[AskLetter], able: Sequence[AskLetter], folder: Path, today: date | None) -> ExitCode:
    """The messages as files, and beside them the forms, also of those who have no address."""
    from sigctl.deliver import write

    sending = _with_sender(cluster, able)
    drafts, code = _drafts(sending, able, today) if sending else ([], ExitCode.PARTLY)
    put_in_folder(folder, drafts)
    day, number = moment_in(cluster, today).date(), 0
    for letter in silent:
        for each in forms(letter, languages_for(cluster, letter.to.id), day):
            write(folder / each.name, each.content)
            number += 1
    console.say(f"wrote {counted(number, 'form')} beside them")
    if not sending:
        advice = "write `mail: {from: NAME@YOUR-DOMAIN}` into sigctl.yaml, or `email:` of the secretary into the files"
        console.complain("the messages were not written: nobody knows from whom they would be", advice)
    return code


def _with_sender(cluster: Cluster, able: Sequence[AskLetter]) -> Cluster | None:
    """The cluster with a sender for files that are sent by hand: that of `mail:`, or else the secretary. None where there is neither."""
    if cluster.settings.mail or not able:
        return cluster
    address = able[0].imprint.email
    if not address:
        return None
    mail = MailSettings.model_validate({"from": address})
    return replace(cluster, settings=cluster.settings.model_copy(update={"mail": mail}))
