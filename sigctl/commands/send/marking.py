"""Visits of which everybody was told are marked so in the rota's file, as `sigctl rota mark` does."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from sigctl.cluster import Cluster
from sigctl.cluster.edit import Change, EditError, edited
from sigctl.commands import console
from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.messages import listed
from sigctl.commands.send.news import KIND, RotaRun
from sigctl.commands.send.telling import latest_of
from sigctl.deliver import write
from sigctl.records import Cycle
from sigctl.reports.sending import Part, parts_told, told_text

if TYPE_CHECKING:
    from sigctl.deliver.outbox import Outbox

_MARK: Final = "\ufeff"
"""What some programs write at the beginning of a file."""
_NEXT: Final = "`sigctl send rota` tells what is different now, if anything, and marks then"


def hosts_told(run: RotaRun, outbox: "Outbox") -> tuple[str, ...]:
    """The hosts whose visits are planned and still to come, and of which everybody concerned has been told as they are now."""
    from sigctl.deliver.outbox import State

    rota = run.cluster.rota(run.cycle.id, "published")
    told = latest_of(outbox, KIND, run.cycle.id)
    knows: dict[str, dict[str, Part]] = {}
    for person, history in told.items():
        accepted = [known for _, known in history if known.state is State.ACCEPTED]
        parts = parts_told(run.cluster, run.cycle, accepted[-1].told) if accepted else ()
        knows[person] = {part.slot: part for part in parts}
    planned = [each for each in rota.visits if each.state == "planned"] if rota else []
    coming = [each.host for each in planned if max(each.dates) >= run.moment.date()]
    return tuple(host for host in dict.fromkeys(coming) if _all_know(run, host, knows))


def _all_know(run: RotaRun, host: str, knows: dict[str, dict[str, Part]]) -> bool:
    own = [(person, part) for person, parts in run.parts.items() for part in parts if part.host_id == host]
    return all(_same(knows.get(person, {}).get(part.slot), part) for person, part in own)


def _same(known: Part | None, part: Part) -> bool:
    return known is not None and told_text([known]) == told_text([part])


def mark_all_told(cluster: Cluster, outbox: "Outbox", moment: datetime) -> ExitCode:
    """Mark the visits of all published rotas of which everybody has been told by now, and say so; also where that cannot be done."""
    subjects = {notice.subject for notice in outbox.known() if notice.kind == KIND}
    cycles = [each for each in cluster.cycles.values() if each.id in subjects and cluster.rota(each.id, "published")]
    return max((mark_those_told(RotaRun(cluster, each, moment), outbox) for each in cycles), default=ExitCode.DONE)


def mark_those_told(run: RotaRun, outbox: "Outbox") -> ExitCode:
    """Mark the visits of a rota of which everybody has been told by now, and say so; also where that cannot be done."""
    hosts = hosts_told(run, outbox)
    if not hosts:
        return ExitCode.DONE
    try:
        file = _marked(run.cluster, run.cycle, hosts)
    except CommandError as trouble:
        console.complain(trouble.message, trouble.advice)
        return ExitCode.PARTLY
    if file:
        console.say(f"marked {listed([f'`{each}`' for each in hosts])} as told in {file}, since everybody concerned was sent it")
    return ExitCode.DONE


def _marked(cluster: Cluster, cycle: Cycle, hosts: Sequence[str]) -> str:
    """Mark the planned visits at some hosts as told, and give the name of the file; nothing where they are marked already.

    Raises CommandError where it cannot be done by line, or where the file is not the one of which people were told: somebody has
    changed it while the messages left.
    """
    rota, origin = cluster.rota(cycle.id, "published"), cluster.origins["rotas", f"{cycle.id} published"]
    assert rota is not None
    places = [number for number, visit in enumerate(rota.visits) if visit.host in hosts and visit.state == "planned"]
    changes = [Change((*origin.path, "visits", number, "state"), "told") for number in places]
    name = origin.document.file
    try:
        before, after = origin.document.text, edited(origin.document.text, changes)
        content = (cluster.folder / name).read_bytes().decode("utf-8")
    except (EditError, OSError, UnicodeDecodeError) as trouble:
        message = f"the messages have left, but {name} could not be changed line by line: {trouble}"
        raise CommandError(message, f"`sigctl rota mark {' '.join((hosts[0], 'told', *hosts[1:]))}` marks them") from None
    now = content.removeprefix(_MARK)
    if now == after:
        return ""
    if now != before:
        message = f"somebody changed {name} while the messages left, so no visit in it was marked as told"
        raise CommandError(message, _NEXT)
    try:
        write(cluster.folder / name, content[: len(content) - len(now)] + after)
    except OSError as trouble:
        raise CommandError(f"the messages have left, but {name} could not be written: {trouble.strerror}", _NEXT) from None
    return name
