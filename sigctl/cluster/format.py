"""The versions of the workspace format, and the steps from each to the next.

Older versions are read for ever: files are lifted in memory whenever they are read, and on disk by `sigctl migrate`. A step is made of
edits, so that comments stay. It finds nothing to do in a file that has it behind it already: a run that was cut short leaves files of
both kinds, and they are read all the same.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from sigctl.source import Document, parse

if TYPE_CHECKING:
    from sigctl.cluster.edit import Edit

SETTINGS_FILE: Final = "sigctl.yaml"
_VERSION: Final = re.compile(r"^(\ufeff?[\"']?sigctl[\"']?[ \t]*:[ \t]*)[\"']?\d+[\"']?", re.MULTILINE)


class Step(NamedTuple):
    """What lifts files from one version to the next: the version that it takes, what it does in a line, and the edits of a file."""

    version: int
    what: str
    edits: Callable[[Document], Iterable["Edit"]]


STEPS: Final[tuple[Step, ...]] = ()
"""Every step that there ever was, in order; the last one leads to the newest version."""


def version_of(text: str) -> int | None:
    """The version that the text of `sigctl.yaml` names; None where it names none that is a number."""
    data = parse(SETTINGS_FILE, text.removeprefix("\ufeff")).data
    told = data.get("sigctl") if isinstance(data, dict) else None
    return int(told) if isinstance(told, str) and told.isascii() and told.isdecimal() and len(told) < 6 else None


def steps_from(version: int | None, steps: Sequence[Step] | None = None) -> tuple[Step, ...]:
    """The steps from a version to the newest; none where it is the newest, or unknown."""
    known = STEPS if steps is None else steps
    found = tuple(each for each in known if version is not None and each.version >= version)
    return found if found and found[0].version == version else ()


def lifted(file: str, text: str, steps: Sequence[Step]) -> str:
    """The text of a file as it stands in the newest version. Raises EditError where that cannot be done line by line."""
    from sigctl.cluster.edit import edited

    for step in steps:
        edits = list(step.edits(parse(file, text.removeprefix("\ufeff"))))
        text = edited(text, edits) if edits else text
        if file == SETTINGS_FILE:
            text = _with_version(text, step.version + 1)
    return text


def _with_version(text: str, version: int) -> str:
    from sigctl.cluster.edit import EditError

    after = _VERSION.sub(rf"\g<1>{version}", text, count=1)
    if version_of(after) != version:
        raise EditError("there is no line `sigctl:` with the version")
    return after


def lifted_documents(documents: Sequence[Document]) -> list[Document]:
    """Documents as they stand in the newest version; one that cannot be lifted stays as it is, and is then told to be wrong."""
    home = next((each for each in documents if each.file == SETTINGS_FILE), None)
    steps = steps_from(version_of(home.text)) if home and STEPS else ()
    return [_lifted(each, steps) for each in documents] if steps else list(documents)


def _lifted(document: Document, steps: Sequence[Step]) -> Document:
    from sigctl.cluster.edit import EditError

    try:
        text = lifted(document.file, document.text, steps)
    except EditError:
        return document
    return document if text == document.text else parse(document.file, text)


def lifted_texts(texts: Mapping[str, str]) -> dict[str, str]:
    """The texts that change, by file, with `sigctl.yaml` last. Raises EditError where one cannot be changed line by line."""
    steps = steps_from(version_of(texts[SETTINGS_FILE]))
    found = {file: lifted(file, text, steps) for file, text in texts.items()} if steps else {}
    changed = {file: text for file, text in found.items() if text != texts[file]}
    return dict(sorted(changed.items(), key=lambda each: (each[0] == SETTINGS_FILE, each[0])))
