"""A record's refusal of what somebody wrote, put in plain words and at its place."""

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, Final, NamedTuple

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from sigctl.cluster.mistakes import BY_TYPE, WRONG_KIND
from sigctl.cluster.nearest import did_you_mean
from sigctl.problem import Place, Problem
from sigctl.records import Record
from sigctl.records.structure import model_at, parts
from sigctl.source import Document, Path
from sigctl.source.mistakes import TOO_MANY

MOST: Final = 50
"""So many mistakes of one record are told; more come from one slip."""
LONGEST: Final = 60


class Told(NamedTuple):
    """What is wrong, and what to do."""

    message: str
    advice: str = ""


class _Refusal(NamedTuple):
    """One thing that a record did not accept, with the record that holds it and the one around that."""

    kind: str
    value: Any
    context: dict[str, Any]
    path: Path
    model: type[Record]
    root: type[Record]

    @property
    def key(self) -> str:
        return short(str(self.path[-1])) if self.path else ""


def complaints(refused: ValidationError, model: type[Record], document: Document, at: Path) -> Iterator[Problem]:
    """Each thing that a record did not accept; `at` leads to the record in its document."""
    for each in islice(refused.errors(include_url=False), MOST):
        path = tuple(each["loc"])
        if not _is_spoilt((*at, *path), document):
            refusal = _refusal(each, model, path)
            told = _told(refusal)
            mistake = BY_TYPE.get(refusal.kind, WRONG_KIND)
            yield Problem(mistake, told.message, _place(refusal.kind, document, (*at, *path)), told.advice)
    if refused.error_count() > MOST:
        message = f"there are {refused.error_count() - MOST} more mistakes here"
        yield Problem(TOO_MANY, message, document.place(at), "mend the first ones and check again")


def short(text: str) -> str:
    """A text as it stands in a message: on one line, and not too long."""
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def named(model: type[Record]) -> str:
    """What a record is called in a message: the words of its class."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", model.__name__.removesuffix("Settings").removesuffix("Defaults") or "Workspace").lower()


def _is_spoilt(path: Path, document: Document) -> bool:
    """Whether the parser has complained already of a value, of what holds it or of what it holds."""
    return any(path[: len(spoilt)] == spoilt or spoilt[: len(path)] == path for spoilt in document.spoilt)


def _place(kind: str, document: Document, path: Path) -> Place:
    return document.place(path, on_key=kind in ("missing", "extra_forbidden"))


def _refusal(each: ErrorDetails, root: type[Record], path: Path) -> _Refusal:
    context: dict[str, Any] = dict(each.get("ctx") or {})
    return _Refusal(each["type"], each["input"], context, path, model_at(root, path), root)


def _told(each: _Refusal) -> Told:
    if each.kind == "date" and "unavailable" in each.path:
        return Told("this is not a date", each.context["advice"])
    if "message" in each.context:
        message: str = each.context["message"]
        if isinstance(each.value, str) and len(each.value) > LONGEST:
            message = message.replace(each.value.strip(), short(each.value))
        return Told(short_lines(message), each.context["advice"])
    tell = _TELL.get(each.kind)
    if tell is None or (each.kind == "literal_error" and not isinstance(each.value, str)):
        return _wrong_kind(each)
    return tell(each)


def short_lines(text: str) -> str:
    """A message on one line."""
    return " ".join(text.split())


def _unknown_field(each: _Refusal) -> Told:
    message = f"`{each.key}` is not a field of {named(each.model)}"
    key = str(each.path[-1])
    inside = next((part.key for part in parts(each.model).values() if part.inner and key in parts(part.inner)), None)
    if inside and len(key) > 1:
        return Told(message, f"it belongs into `{inside}:`, set in two spaces further")
    outside = model_at(each.root, each.path[:-1])
    if outside is not each.model and key in parts(outside):
        return Told(message, f"it is a field of {named(outside)}: set it in two spaces less")
    fields = f"the fields of {named(each.model)} are {', '.join(parts(each.model))}"
    return Told(message, did_you_mean(key, parts(each.model), fields))


def _missing(each: _Refusal) -> Told:
    part = parts(each.model).get(str(each.path[-1]))
    advice = f"write `{each.key}:` and behind it what is meant. {part.info.description}" if part else ""
    return Told(f"`{each.key}` is missing from this {named(each.model)}", advice)


def _unknown_value(each: _Refusal) -> Told:
    allowed = str(each.context["expected"]).replace(" or ", ", ").replace("'", "").split(", ")
    return Told(f"`{short(each.value)}` is not one of {', '.join(allowed)}", did_you_mean(each.value, allowed))


def _too_little(each: _Refusal) -> Told:
    return Told(f"`{each.value}` is less than {each.context['ge']:g}", f"write {each.context['ge']:g} or more")


def _too_much(each: _Refusal) -> Told:
    return Told(f"`{each.value}` is more than {each.context['le']:g}", f"write {each.context['le']:g} or less")


def _empty(each: _Refusal) -> Told:
    what = "at least one entry" if each.kind == "too_short" else "something"
    return Told("there is nothing here", f"write {what}, or leave the key out if it is not needed")


def _too_long(each: _Refusal) -> Told:
    most = each.context["max_length"]
    return Told(f"this text is longer than {most} characters", "shorten it")


def _too_many(each: _Refusal) -> Told:
    return Told(f"there are more than {each.context['max_length']} entries here", "take some out")


def _pattern(each: _Refusal) -> Told:
    part = parts(each.model).get(str(each.path[-1]))
    return Told(f"`{short(str(each.value))}` is not written as it should be", part.info.description or "" if part else "")


_TELL: Final[dict[str, Callable[[_Refusal], Told]]] = {
    "extra_forbidden": _unknown_field,
    "missing": _missing,
    "literal_error": _unknown_value,
    "greater_than_equal": _too_little,
    "less_than_equal": _too_much,
    "string_too_short": _empty,
    "too_short": _empty,
    "string_too_long": _too_long,
    "too_long": _too_many,
    "string_pattern_mismatch": _pattern,
}


def _wrong_kind(each: _Refusal) -> Told:
    given = {"list": "a list", "dict": "a set of fields", "str": "a text"}.get(type(each.value).__name__, "nothing")
    if each.kind == "tuple_type":
        return Told(f"a list belongs here, but this is {given}", "write one entry a line, each after a hyphen and a space")
    if each.kind in ("model_type", "model_attributes_type", "mapping_type", "dict_type"):
        return Told(f"fields belong here, but this is {given}", "write `key: value` lines, set in two spaces further")
    return Told(f"one value belongs here, but this is {given}", "write it behind the colon")
