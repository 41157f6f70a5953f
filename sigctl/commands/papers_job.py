"""The job `papers` of `sigctl run`: written into `out/` where anything that they are made of has changed since they last were."""

import hashlib
import json
from datetime import date
from importlib.util import find_spec
from typing import Final

from sigctl import __version__
from sigctl.cluster import Cluster
from sigctl.commands import console
from sigctl.commands.clock import moment_in
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.papers import letterhead, own_templates
from sigctl.source import OUT

_NAME: Final = "papers"


def papers_now(cluster: Cluster, today: date | None, dry_run: bool) -> int:
    """Write the papers as they are to be today, unless they were written from the same files on the same day."""
    day = moment_in(cluster, today).date()
    key = _key(cluster, day)
    if not dry_run and _are_written(cluster, key):
        console.say("nothing to do: the papers are as they should be")
        return ExitCode.DONE
    from sigctl.commands.papers_due import write_papers  # not before now: it brings half of sigctl with it

    files = write_papers(cluster, day, dry_run=dry_run)
    if not dry_run:
        _remember(cluster, key, files)
    return ExitCode.DONE


def _key(cluster: Cluster, day: date) -> str:
    """What the papers are made of: the files, the templates, the papers to be sent with agendas, the day and the program."""
    paths = (each.relative_to(cluster.folder) for each in cluster.folder.rglob("*"))
    names = sorted(each.as_posix() for each in paths if each.parts[0] != OUT and not any(part.startswith(".") for part in each.parts))
    own = sorted(own_templates(cluster).items())
    word = hashlib.sha256(letterhead(cluster) or b"").hexdigest()
    told = (__version__, day.isoformat(), cluster.state, own, word, names, bool(find_spec("typst")))
    return hashlib.sha256(json.dumps(told).encode("utf-8")).hexdigest()


def _are_written(cluster: Cluster, key: str) -> bool:
    """Whether the papers were written from the same things, and are all still there."""
    from sigctl.deliver import jobs
    from sigctl.deliver.state import state

    with state(cluster.folder) as connection:
        known, _, files = jobs.fingerprint(connection, _NAME).partition("\n")
    return known == key and all((cluster.folder / each).is_file() for each in filter(None, files.split("\n")))


def _remember(cluster: Cluster, key: str, files: list[str]) -> None:
    from sigctl.deliver import jobs
    from sigctl.deliver.state import state

    with state(cluster.folder) as connection:
        jobs.remember(connection, _NAME, "\n".join((key, *files)))
