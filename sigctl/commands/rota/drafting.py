"""The draft of a rota as a file: whether it may be written, writing it, and saying what was written."""

from pathlib import Path

from sigctl.cluster import Cluster
from sigctl.commands import console
from sigctl.commands.editor import SCHEMA_FILE, schema_text, with_schema_line
from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode
from sigctl.deliver import Written, try_writing, write
from sigctl.records import Cycle
from sigctl.rota.life.digest import digest
from sigctl.rota.life.draft import draft_file, draft_text, is_edited
from sigctl.rota.plan import Plan


def guard(cluster: Cluster, cycle: Cycle, target: Path, replace: bool) -> None:
    """Refuse, before any long work, to write over what a person has made, outside the workspace, or where it cannot be done."""
    file = draft_file(cycle.id)
    if cluster.rota(cycle.id, "draft"):
        place = cluster.place("rotas", f"{cycle.id} draft")
        if place.file != file:
            raise CommandError(f"{place.file} holds a draft of {cycle.id} already", "take it out there, or only look with --dry-run")
    if not target.resolve().is_relative_to(cluster.folder.resolve()):
        raise CommandError(f"{file} lies outside the workspace: `rotas` is a link", "make a folder of it, or only look with --dry-run")
    if target.exists() and not replace and is_edited(target.read_text(encoding="utf-8-sig", errors="replace")):
        advice = "--replace writes a new draft over it; --dry-run only shows what that would be"
        raise CommandError(f"{file} was edited by hand, so it is left alone", advice, ExitCode.PROBLEMS)
    try_writing(target)


def keep(plan: Plan, cluster: Cluster) -> Written:
    """Write the draft, which says from which state of the files it was made; and the schema to which its first line points."""
    text = draft_text(plan, digest(cluster, cluster.cycles[plan.cycle]))
    return write_rota(cluster.folder, draft_file(plan.cycle), text)


def write_rota(folder: Path, file: str, text: str) -> Written:
    """Write the file of a rota, and beside it, where it is missing, the schema to which its first line points."""
    written = write(folder / file, with_schema_line(text, file))
    if not (folder / SCHEMA_FILE).exists():
        write(folder / SCHEMA_FILE, schema_text())
    return written


def say_what_was_written(cycle: Cycle, written: Written | None) -> None:
    """Tell what became of the draft; nothing was written, where that is None."""
    file = draft_file(cycle.id)
    did = {Written.NEW: f"wrote {file}", Written.CHANGED: f"replaced {file}", Written.UNCHANGED: f"{file} is as it was"}
    console.say(did[written] if written else f"would write {file}")


def say_notes(plan: Plan) -> None:
    """Tell what of the stages and reserves could not be filled."""
    for note in plan.notes:
        console.say(f"note: {note}")
