"""Changes of single values in a file that people own: only the lines meant change, and comments stay.

Whatever was changed is read again before anybody writes it: where the new text does not say exactly what was meant, it is refused.
"""

import copy
from collections.abc import Sequence
from typing import Any, NamedTuple

from yaml_edit import Document as Tree
from yaml_edit import YamlError

from sigctl.source import Path, Value, parse

_MARK = "\ufeff"


class Change(NamedTuple):
    """One value to write: the path to it, and the text that shall stand there. A key that is missing is added."""

    path: Path
    value: str


class EditError(Exception):
    """A text could not be changed so that it says what was meant, and nothing else."""


def edited(text: str, changes: Sequence[Change]) -> str:
    """The text with the values changed. Raises EditError where that cannot be done line by line."""
    mark, body = (_MARK, text.removeprefix(_MARK)) if text.startswith(_MARK) else ("", text)
    before = parse("", body)
    if not before.is_whole:
        raise EditError("the file cannot be read whole")
    try:
        meant = _meant(before.data, changes)
        after = _written(body, changes)
    except (YamlError, LookupError, TypeError, AttributeError) as trouble:
        raise EditError(str(trouble)) from trouble
    again = parse("", after)
    if again.problems != before.problems or again.data != meant:
        raise EditError("the change would have touched more than was meant")
    return mark + after


def _meant(value: Value, changes: Sequence[Change]) -> Value:
    """What the file shall say."""
    whole = copy.deepcopy(value)
    for change in changes:
        holder: Any = whole
        for key in change.path[:-1]:
            holder = holder[key]
        holder[change.path[-1]] = change.value
    return whole


def _written(text: str, changes: Sequence[Change]) -> str:
    tree = Tree.parse(text)
    for change in changes:
        holder: Any = tree
        for key in change.path[:-1]:
            node = holder[key]
            holder = node.as_sequence() if node.is_sequence() else node.as_mapping()
        holder[change.path[-1]] = change.value
    return str(tree)
