"""From changes that somebody asks for to the files that hold them: written only where the workspace stays as sound as it was."""

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from sigctl.checks import problems_of
from sigctl.cluster import Cluster, load
from sigctl.cluster.edit import Edit, EditError, edited
from sigctl.commands import console
from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode
from sigctl.deliver import write
from sigctl.problem import Problem, in_file_order


class ToMeeting(NamedTuple):
    """A change to make in a meeting, whose path counts from there."""

    meeting: str
    edit: Edit


def change_meetings(cluster: Cluster, changes: Sequence[ToMeeting], by_hand: str, *, dry_run: bool) -> Cluster:
    """Make changes in the files of meetings; tell what they bring with them that is worth a look. Returns the cluster as it is then.

    Refuses what cannot be done line by line, and says what to write `by_hand`; refuses as well what would leave the files invalid.
    Nothing is written before all of it has been looked at.
    """
    edits: dict[str, list[Edit]] = {}
    for meeting, edit in changes:
        origin = cluster.origins["meetings", meeting]
        edits.setdefault(origin.document.file, []).append(edit._replace(path=(*origin.path, *edit.path)))
    texts = {file: _changed(cluster.folder / file, file, found, by_hand) for file, found in edits.items()}
    changed, new = _changed_cluster(cluster.folder, texts)
    errors = [each for each in new if each.is_error]
    console.list_problems(errors or new, sys.stderr)
    if errors:
        raise CommandError("this would leave the files invalid, so nothing was changed", by_hand, ExitCode.PROBLEMS)
    for file, text in texts.items() if not dry_run else ():
        write(cluster.folder / file, text)
    return changed


def _changed(target: Path, file: str, edits: Sequence[Edit], by_hand: str) -> str:
    try:
        return edited(target.read_bytes().decode("utf-8"), edits)
    except (EditError, UnicodeDecodeError) as trouble:
        raise CommandError(f"{file} could not be changed line by line: {trouble}", by_hand, ExitCode.PROBLEMS) from None


def _changed_cluster(folder: Path, texts: Mapping[str, str]) -> tuple[Cluster, list[Problem]]:
    """The workspace once the files hold the texts, and what is wrong with it then that was not wrong before."""
    changed, after = _told(folder, texts)
    if not after:
        return changed, []
    before, new = Counter(map(_sign, _told(folder, {})[1])), []
    for problem in after:
        before[_sign(problem)] -= 1
        if before[_sign(problem)] < 0:
            new.append(problem)
    return changed, new


def _told(folder: Path, instead: Mapping[str, str]) -> tuple[Cluster, tuple[Problem, ...]]:
    loaded, problems = load(folder, instead)
    return loaded, in_file_order([*problems, *problems_of(loaded)])


def _sign(problem: Problem) -> tuple[str, str, str]:
    """What a problem is known by though its line has moved."""
    return problem.code, problem.place.file, problem.message


def place_of(cluster: Cluster, meeting: str, *path: str | int) -> str:
    """Where something of a meeting stands, as `meetings.yaml:12`."""
    place = cluster.place("meetings", meeting, *path)
    return f"{place.file}:{place.line}" if place.line else place.file
