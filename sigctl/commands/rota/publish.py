"""`sigctl rota publish`: make the draft the rota that people rely on."""

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from sigctl.checks import ABOUT_ROTAS
from sigctl.cluster import Cluster
from sigctl.cluster.edit import EditError
from sigctl.commands import console, options
from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.messages import counted
from sigctl.commands.opening import opened
from sigctl.commands.options import languages_of
from sigctl.commands.rota.changes import changes_text
from sigctl.commands.rota.choosing import cycle_with_visits
from sigctl.commands.rota.drafting import write_rota
from sigctl.deliver import remove, try_writing, write
from sigctl.records import Cycle, Rota
from sigctl.reports.differences import differences_page
from sigctl.rota.life.differences import Difference, differences
from sigctl.rota.life.digest import digest
from sigctl.rota.life.draft import draft_file, earlier_file, head_of, is_edited, published_file, published_head, rota_text, visits_of
from sigctl.rota.life.judging import judged
from sigctl.rota.life.publishing import holds_one_rota, lines_of, published_visits, says_the_same, with_ticks
from sigctl.rota.plan import PlannedVisit
from sigctl.source import Document


class Drafted(NamedTuple):
    """A draft that is to be published: the cycle, the draft and its file, and the published rota before it."""

    cycle: Cycle
    draft: Rota
    document: Document
    before: Rota | None


def publish(
    workspace: options.Workspace = None,
    cycle: options.Cycle = None,
    lang: options.Language = None,
    today: options.Today = None,
    dry_run: options.DryRun = False,
) -> None:
    """Make the draft the rota that people rely on.

    Shows what changes for whom against the rota that was published before, by school and by person, and writes
    `rotas/CYCLE.yaml`. The draft becomes this file, with every comment in it; the rota before it is kept as
    `rotas/earlier/CYCLE.DATE.yaml.txt`. A visit with the same days and team keeps its state; one that changed is planned
    again, since nobody has been told of it.

    A draft is not published where the files have changed since it was made, or where it was edited by hand and breaks a rule.
    `by_hand` of the cycle says for each rule whether it blocks, is told, or is let pass.

    Exit code: 0 also where there is nothing to publish, 1 where the draft is refused, 3 where the files are invalid.

    For example:

        sigctl rota publish -n                what would change for whom; write nothing
        sigctl rota publish                   the draft of the current cycle
        sigctl rota publish --cycle round-4   of another one
    """
    cluster = opened(workspace, besides=ABOUT_ROTAS, changing=not dry_run and "sigctl rota publish")
    day = options.today_in(cluster.settings.cluster.time_zone, today)
    chosen = cycle_with_visits(cluster, cycle, day)
    drafted = _drafted(cluster, chosen)
    visits = published_visits(drafted.draft, drafted.before) if drafted else ()
    if drafted is None or says_the_same(visits, drafted.before):
        which = "the draft says the same as" if drafted else "there is no draft, and"
        console.say(f"nothing to publish: {which} {published_file(chosen.id)}{'' if drafted else ' stands'}")
        return
    _guard(cluster, drafted)
    _refuse_stale(cluster, drafted)
    _refuse_broken(cluster, drafted, day)
    found = differences(visits_of(drafted.before), visits)
    page = differences_page(cluster, chosen, found, is_first=drafted.before is None)
    console.deliver(changes_text(page, languages_of(cluster, lang), None, console.paint_for(sys.stdout)), None)
    if dry_run:
        console.say(f"would write {published_file(chosen.id)}")
        return
    _write(cluster, drafted, visits, day)
    _say_whom_to_tell(found)


def _drafted(cluster: Cluster, cycle: Cycle) -> Drafted | None:
    """The draft of a cycle; None where there is none, and a rota was published already."""
    draft, before = cluster.rota(cycle.id, "draft"), cluster.rota(cycle.id, "published")
    if draft is None and before is None:
        raise CommandError(f"{cycle.id} has no draft to publish", "`sigctl rota` plans one", ExitCode.PROBLEMS)
    return Drafted(cycle, draft, cluster.origins["rotas", f"{cycle.id} draft"].document, before) if draft else None


def _guard(cluster: Cluster, drafted: Drafted) -> None:
    """Refuse to write over anything but the published rota of the cycle, alone in its file, and inside the workspace."""
    file = published_file(drafted.cycle.id)
    target = cluster.folder / file
    if drafted.before:
        document = cluster.origins["rotas", f"{drafted.cycle.id} published"].document
        if document.file != file:
            raise CommandError(f"{document.file} holds the published rota of {drafted.cycle.id}", f"move it into {file}, and publish again")
        if not holds_one_rota(document):
            raise CommandError(
                f"{file} holds more than the rota of {drafted.cycle.id}", "move the rest into another file, and publish again"
            )
    elif target.exists():
        raise CommandError(f"{file} is there already, and is not the published rota of {drafted.cycle.id}", "give that file another name")
    for each in (target, cluster.folder / earlier_file(drafted.cycle.id, date.min)):
        if not each.resolve().is_relative_to(cluster.folder.resolve()):
            where = each.parent.relative_to(cluster.folder).as_posix()
            raise CommandError(f"{where} leads out of the workspace: it is a link", "make a folder of it")
    try_writing(target)


def _refuse_stale(cluster: Cluster, drafted: Drafted) -> None:
    """Refuse a draft that was made from other files; one whose head does not say from which was made by hand."""
    made_from = head_of(drafted.document.text).files
    if made_from in ("", digest(cluster, drafted.cycle)):
        return
    edited = is_edited(drafted.document.text)
    again = "`sigctl rota` plans it again"
    if edited:
        again = (
            "`sigctl rota check` says which rules it breaks now; `sigctl rota --replace` plans it again, without what was edited "
            "(write what must stay as `fixed` into the cycle first)"
        )
    message = f"the files have changed since the draft of {drafted.cycle.id} was made, so it is not published"
    raise CommandError(message, again, ExitCode.PROBLEMS)


def _refuse_broken(cluster: Cluster, drafted: Drafted, today: date) -> None:
    verdict = judged(cluster, drafted.cycle, drafted.draft, today)
    console.list_problems(verdict.problems, sys.stderr)
    if verdict.blocks:
        message = f"the draft of {drafted.cycle.id} breaks the rules in {counted(len(verdict.blocking), 'place')}, so it is not published"
        advice = "mend it as told above, plan anew with `sigctl rota --replace`, or let the cycle's `by_hand` warn of the rule or allow it"
        raise CommandError(message, advice, ExitCode.PROBLEMS)


def _write(cluster: Cluster, drafted: Drafted, visits: tuple[PlannedVisit, ...], today: date) -> None:
    """Keep the rota before, write the new one, and take away the draft that has become it; in this order, so that nothing is lost."""
    file, folder = published_file(drafted.cycle.id), cluster.folder
    kept = _keep_earlier(folder, drafted.cycle.id, today) if drafted.before else None
    head = published_head(drafted.cycle.id, today, head_of(drafted.document.text))
    lines = lines_of(drafted.document, drafted.draft, visits, "published")
    write_rota(folder, file, head + _ticked(lines or rota_text(drafted.cycle.id, "published", visits), drafted))
    console.say(f"{'replaced' if kept else 'wrote'} {file}")
    if kept:
        console.say(f"kept the one before as {kept}")
    if lines and drafted.document.file == draft_file(drafted.cycle.id):
        remove(folder / drafted.document.file)
        console.say(f"removed {drafted.document.file}, which {file} now holds")
    else:
        console.say(f"{drafted.document.file} still holds the draft; take it out there when you no longer need it")


def _ticked(text: str, drafted: Drafted) -> str:
    """The text with what is ticked off in the rota before; where that cannot be written line by line, what to do is said."""
    try:
        return with_ticks(text, drafted.draft, drafted.before)
    except EditError:
        console.say(f"warning: what was ticked off is not in the new rota; `sigctl rota done` does it again (--cycle {drafted.cycle.id})")
        return text


def _keep_earlier(folder: Path, cycle: str, today: date) -> str:
    """Keep the published rota as it is, under a name that is free or holds the same."""
    text = (folder / published_file(cycle)).read_bytes().decode("utf-8")
    number = 1
    while (kept := folder / earlier_file(cycle, today, number)).exists() and kept.read_bytes() != text.encode("utf-8"):
        number += 1
    write(kept, text)
    return earlier_file(cycle, today, number)


def _say_whom_to_tell(found: Sequence[Difference]) -> None:
    """Say how those concerned come to know: by mail, or in another way, of which sigctl has to be told then."""
    hosts = [each.host for each in found if each.after and each.what != "details"]
    if found:
        console.say("`sigctl send rota -n` shows who has to know of it, and `sigctl send rota` writes to them")
    if hosts:
        words = " ".join((hosts[0], "told", *hosts[1:3])) + (" …" if len(hosts) > 3 else "")
        console.say(f"where they know of it in another way: `sigctl rota mark {words}`")
