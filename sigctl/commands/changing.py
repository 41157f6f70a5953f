"""From changes that somebody asks for to the files that hold them: written only where the workspace stays as sound as it was."""

import sys
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from sigctl.checks import problems_of
from sigctl.cluster import Cluster, load
from sigctl.cluster.edit import Edit, EditError, edited
from sigctl.commands import console
from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode
from sigctl.deliver import write
from sigctl.problem import Mistake, Problem, in_file_order


class ToMeeting(NamedTuple):
    """A change to make in a meeting, whose path counts from there."""

    meeting: str
    edit: Edit


class ToRecord(NamedTuple):
    """A change to make in a record of any kind (`people`), whose path counts from there."""

    kind: str
    id: str
    edit: Edit


class Planned(NamedTuple):
    """Changes that can be made: the texts of the files before and after, and the cluster as it is then."""

    cluster: Cluster
    before: Mapping[str, str]
    after: Mapping[str, str]


def change_meetings(cluster: Cluster, changes: Sequence[ToMeeting], by_hand: str, *, dry_run: bool) -> Cluster:
    """Make changes in the files of meetings; tell what they bring with them that is worth a look. Returns the cluster as it is then.

    Refuses what cannot be done line by line, and says what to write `by_hand`; refuses as well what would leave the files invalid.
    Nothing is written before all of it has been looked at.
    """
    planned = planned_changes(cluster, [ToRecord("meetings", meeting, edit) for meeting, edit in changes], by_hand)
    if not dry_run:
        make_changes(cluster.folder, planned)
    return planned.cluster


def planned_changes(cluster: Cluster, changes: Sequence[ToRecord], by_hand: str, besides: Collection[Mistake] = ()) -> Planned:
    """Look at changes in the files of records, all of them together, and tell what they bring with them that is worth a look.

    Refuses what cannot be done line by line, and what would leave the files invalid, and says what to write `by_hand`. Mistakes
    `besides` are told, and stop nothing.
    """
    edits: dict[str, list[Edit]] = {}
    for kind, id, edit in changes:
        origin = cluster.origins[kind, id]
        edits.setdefault(origin.document.file, []).append(edit._replace(path=(*origin.path, *edit.path)))
    before = {file: _read(cluster.folder / file, file, by_hand) for file in edits}
    after = {file: _changed(before[file], file, found, by_hand) for file, found in edits.items()}
    changed, new = _changed_cluster(cluster.folder, after)
    errors = [each for each in new if each.is_error and each.mistake not in besides]
    console.list_problems(errors or new, sys.stderr)
    if errors:
        raise CommandError("this would leave the files invalid, so nothing was changed", by_hand, ExitCode.PROBLEMS)
    return Planned(changed, before, after)


def make_changes(folder: Path, planned: Planned) -> None:
    """Write the files of changes that were looked at."""
    for file, text in planned.after.items():
        write(folder / file, text)


def problems_with(folder: Path, instead: Mapping[str, str]) -> tuple[Problem, ...]:
    """Everything that is wrong in a workspace once its files hold these texts."""
    return _told(folder, instead)[1]


def _read(target: Path, file: str, by_hand: str) -> str:
    try:
        return target.read_bytes().decode("utf-8")
    except UnicodeDecodeError as trouble:
        raise CommandError(f"{file} could not be changed line by line: {trouble}", by_hand, ExitCode.PROBLEMS) from None


def _changed(text: str, file: str, edits: Sequence[Edit], by_hand: str) -> str:
    try:
        return edited(text, edits)
    except EditError as trouble:
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
