"""The one door: a folder in, the joined picture and every problem out.

Each stage takes what the one before left and adds its problems to one list; none raises. What is broken is left out,
and the rest is still joined. The order of files and of keys never matters.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path as Folder
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from pydantic import ValidationError

from sigctl.cluster import mistakes
from sigctl.cluster.cluster import Cluster, Origin
from sigctl.cluster.format import SETTINGS_FILE, lifted_documents
from sigctl.cluster.links import dangling
from sigctl.cluster.sweeping import without_sweeping
from sigctl.cluster.unread import Unread
from sigctl.cluster.wording import complaints, named
from sigctl.nearest import did_you_mean, nearest
from sigctl.problem import Place, Problem, in_file_order
from sigctl.records import KINDS, ClusterSettings, Record, Rota, Settings, Text
from sigctl.source import Document, Path, Value, decoded, read, workspace_files

_SETTINGS_KEYS: Final = ("sigctl", "cluster", "mail", "reminders", "daily", "words")


class Loaded(NamedTuple):
    """What a workspace says, and everything that is wrong with how it says it, in file order."""

    cluster: Cluster
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    """One record as it is written: its kind, its raw fields and where it stands."""

    kind: str
    raw: Value
    document: Document
    path: Path

    @property
    def id(self) -> str:
        found = self.raw.get("id") if isinstance(self.raw, dict) else None
        return found if isinstance(found, str) else ""

    def place(self, *path: str | int) -> Place:
        return self.document.place((*self.path, *path))


@dataclass(frozen=True)
class _Tally:
    """What the stages have found: the problems, and what could not be read."""

    problems: list[Problem] = field(default_factory=list)
    settings_meant: set[str] = field(default_factory=set)
    unread: Unread = field(default_factory=Unread)


def find_workspace(start: Folder) -> Folder | None:
    """The nearest folder upwards from `start` that holds a `sigctl.yaml`."""
    return next((folder for folder in (start, *start.parents) if (folder / SETTINGS_FILE).is_file()), None)


def load(folder: Folder, instead: Mapping[str, str] = MappingProxyType({})) -> Loaded:
    """Read a workspace: every file below the folder, joined into one picture.

    `instead` holds texts by file that are read in the place of what the folder has, to see what would be wrong with them.
    """
    with without_sweeping():
        return _load(folder, instead)


def _load(folder: Folder, instead: Mapping[str, str]) -> Loaded:
    tally = _Tally()
    documents = lifted_documents([_document(folder, path, instead) for path in workspace_files(folder)])
    for document in documents:
        tally.problems.extend(document.problems)
        tally.unread.note_document(document)
    entries = [entry for document in documents for entry in _entries(document, tally)]
    settings = _settings(documents, [e for e in entries if e.kind in _SETTINGS_KEYS], tally)
    read_records = [(e, record) for e in entries if e.kind in KINDS and (record := _record(e, tally))]
    home = next((document for document in documents if document.file == SETTINGS_FILE), None)
    origins = {("settings", ""): Origin(home, ())} if home else {}
    cluster = replace(_joined(folder, settings, origins, read_records, tally), files=tuple(document.file for document in documents))
    tally.problems.extend(dangling(cluster, tally.unread))
    newer = [problem for problem in tally.problems if problem.mistake is mistakes.NEWER_FORMAT]
    return Loaded(cluster, in_file_order(newer or tally.problems))


def _document(folder: Folder, path: Folder, instead: Mapping[str, str]) -> Document:
    file = path.relative_to(folder).as_posix()
    return decoded(file, instead[file].encode("utf-8")) if file in instead else read(folder, path)


def _entries(document: Document, tally: _Tally) -> Iterator[_Entry]:
    data = document.data
    if data is None:
        return
    if not isinstance(data, dict):
        tally.unread.note_values(data, KINDS)
        if () in document.spoilt:
            return
        message = "a file begins with a key such as `schools:`, but this one does not"
        advice = "write the key, and below it the entries, each after a hyphen and a space"
        tally.problems.append(Problem(mistakes.WRONG_KIND, message, document.place(()), advice))
        return
    for key, value in data.items():
        if key in _SETTINGS_KEYS:
            yield _Entry(key, value, document, (key,))
        elif key not in KINDS or (value is not None and not isinstance(value, list)):
            _refuse_section(key, value, document, tally)
        elif isinstance(value, list):
            yield from (_Entry(key, each, document, (key, index)) for index, each in enumerate(value))


def _refuse_section(key: str, value: Value, document: Document, tally: _Tally) -> None:
    place = document.place((key,), on_key=True)
    known = (*KINDS, *_SETTINGS_KEYS)
    meant = key if key in KINDS else nearest(key, known)
    tally.unread.note_values(value, (meant,) if meant and meant in KINDS else ())
    if meant and meant in _SETTINGS_KEYS:
        tally.settings_meant.add(meant)
    if (key,) in document.spoilt:
        return
    if key in KINDS:
        message, advice = f"a list belongs below `{key}:`", "begin each entry with a hyphen and a space: `- id: …`"
        tally.problems.append(Problem(mistakes.WRONG_KIND, message, place, advice))
        return
    advice = did_you_mean(key, known, f"known are {', '.join(known)}")
    short = key if len(key) <= 40 else key[:40] + "…"
    tally.problems.append(Problem(mistakes.UNKNOWN_SECTION, f"`{short}` is not a part of a workspace", place, advice))


def _settings(documents: list[Document], entries: list[_Entry], tally: _Tally) -> Settings:
    """The settings, or a stand-in where they cannot be read, so that the rest is still checked."""
    given = {entry.kind: entry for entry in entries if entry.document.file == SETTINGS_FILE}
    _complain_of_settings(documents, entries, given, tally)
    if {"sigctl", "cluster"} <= set(given) and all(each.is_whole for each in documents if each.file == SETTINGS_FILE):
        try:
            return Settings.model_validate({key: entry.raw for key, entry in given.items()}, by_alias=True, by_name=False)
        except ValidationError as refused:
            tally.problems.extend(complaints(refused, Settings, given["cluster"].document, ()))
    tally.unread.kinds.add("settings")
    return Settings(sigctl=1, cluster=ClusterSettings(id="cluster", name=Text(cy="Clwstwr", en="Cluster")))


def _complain_of_settings(documents: list[Document], entries: list[_Entry], given: dict[str, _Entry], tally: _Tally) -> None:
    """Say which settings stand in a wrong file, and which stand nowhere."""
    for entry in entries:
        if entry.document.file != SETTINGS_FILE:
            place = entry.document.place(entry.path, on_key=True)
            message = f"`{entry.kind}:` belongs in {SETTINGS_FILE}"
            advice = f"move it there, into the topmost folder, beside `{'cluster:' if 'cluster' in given else 'sigctl: 1'}`"
            tally.problems.append(Problem(mistakes.MISPLACED, message, place, advice))
    somewhere = {entry.kind for entry in entries} | tally.settings_meant
    missing = [key for key in ("sigctl", "cluster") if key not in somewhere]
    if missing and all(each.is_whole for each in documents if each.file == SETTINGS_FILE):
        message = f"there is no {' and no '.join(f'`{key}:`' for key in missing)} in {SETTINGS_FILE}"
        tally.problems.append(Problem(mistakes.NO_SETTINGS, message, Place(SETTINGS_FILE), "`sigctl init` writes one to start from"))


def _record(entry: _Entry, tally: _Tally) -> Record | None:
    model = KINDS[entry.kind]
    try:
        return model.model_validate(entry.raw, by_alias=True, by_name=False)
    except ValidationError as refused:
        tally.problems.extend(complaints(refused, model, entry.document, entry.path))
        tally.unread.note_record(entry.kind, entry.raw, entry.document, entry.path)
        return None


def _joined(
    folder: Folder, settings: Settings, origins: dict[tuple[str, str], Origin], records: list[tuple[_Entry, Record]], tally: _Tally
) -> Cluster:
    by_kind: dict[str, dict[str, Any]] = {kind: {} for kind in KINDS}
    for entry, record in records:
        name = f"{record.cycle} {record.status}" if isinstance(record, Rota) else entry.id
        if name in by_kind[entry.kind]:
            tally.problems.append(_second(entry, record, name, origins[entry.kind, name]))
            continue
        by_kind[entry.kind][name] = record
        origins[entry.kind, name] = Origin(entry.document, entry.path)
    found = {kind: dict(sorted(records.items())) for kind, records in by_kind.items()}
    return Cluster(
        folder,
        settings,
        calendars=found["calendars"],
        schools=found["schools"],
        people=found["people"],
        groups=found["groups"],
        cycles=found["cycles"],
        rotas=found["rotas"],
        meetings=found["meetings"],
        programmes=found["programmes"],
        origins=origins,
        broken=frozenset(tally.unread.ids),
        incomplete=frozenset(tally.unread.kinds),
    )


def _second(entry: _Entry, record: Record, name: str, origin: Origin) -> Problem:
    """What to say of a record whose id is taken."""
    first = origin.document.place((*origin.path, "id"))
    where = f"line {first.line}" if first.file == entry.document.file else f"{first.file}:{first.line}"
    if isinstance(record, Rota):
        message = f"there is a {record.status} rota of {record.cycle} already, at {where}"
        return Problem(mistakes.DUPLICATE_ID, message, entry.place("cycle"), "keep one of the two")
    message = f"`{name}` is the id of another {named(type(record))} already, at {where}"
    return Problem(mistakes.DUPLICATE_ID, message, entry.place("id"), "give one of the two another id, or take it out")
