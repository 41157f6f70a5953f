"""A record's refusal of what somebody wrote, put in plain words and at its place."""

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, Final, NamedTuple

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from sigctl.cluster.mistakes import BY_TYPE, WRONG_KIND
from sigctl.nearest import did_you_mean, nearest
from sigctl.problem import Place, Problem
from sigctl.records import Record, Text
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
    refusals = [_refusal(each, model, tuple(each["loc"])) for each in islice(refused.errors(include_url=False), MOST)]
    for each in _without_echoes(refusals):
        if not _is_spoilt((*at, *each.path), document):
            told = _told(each)
            mistake = BY_TYPE.get(each.kind, WRONG_KIND)
            yield Problem(mistake, told.message, _place(each, document, (*at, *each.path)), told.advice)
    if refused.error_count() > MOST:
        message = f"there are {refused.error_count() - MOST} more mistakes here"
        yield Problem(TOO_MANY, message, document.place(at), "mend the first ones and check again")


def _without_echoes(refusals: list[_Refusal]) -> Iterator[_Refusal]:
    """The refusals without those that only repeat another: the lack of a field that is misspelt, the end of a day that is none."""
    misspelt = {(*each.path[:-1], nearest(str(each.path[-1]), parts(each.model))) for each in refusals if each.kind == "extra_forbidden"}
    seen: set[tuple[str, str, Path]] = set()
    for each in refusals:
        key = (each.kind, each.value if isinstance(each.value, str) else "", each.path[:-1])
        lacks_only_the_refused = each.kind == "too_short" and any(
            other.path[: len(each.path)] == each.path != other.path for other in refusals
        )
        if lacks_only_the_refused or (each.kind == "missing" and each.path in misspelt) or (each.kind == "date" and key in seen):
            continue
        seen.add(key)
        yield each


def short(text: str) -> str:
    """A text as it stands in a message: on one line, and not too long."""
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


_NAMES: Final = {"Days": "stretch of days", "RotaVisit": "visit", "VisitDefaults": "visit", "ClusterSettings": "cluster"}


def named(model: type[Record]) -> str:
    """What a record is called in a message: the words of its class."""
    name = model.__name__
    return _NAMES.get(name) or re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()


def _is_spoilt(path: Path, document: Document) -> bool:
    """Whether the parser has complained already of a value, of what holds it or of what it holds."""
    return any(path[: len(spoilt)] == spoilt or spoilt[: len(path)] == path for spoilt in document.spoilt)


def _place(each: _Refusal, document: Document, path: Path) -> Place:
    """Where the refused value stands; of a whole record, the field in it that the refusal names."""
    named_field = each.context.get("key")
    return document.place((*path, named_field) if named_field else path, on_key=each.kind in ("missing", "extra_forbidden"))


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
    if each.value is None and (" " in each.key or "why" in parts(each.model)):
        return Told("this is read as a field of its own, because of the comma before it", "put a text with a comma in double quotes")
    message = f"`{each.key}` is not a field of {named(each.model)}"
    key = str(each.path[-1])
    inside = next((part.key for part in parts(each.model).values() if part.inner and key in parts(part.inner)), None)
    if inside and len(key) > 1:
        return Told(message, f"it belongs in `{inside}:`, set in two spaces further")
    outside = model_at(each.root, each.path[:-1])
    if outside is not each.model and key in parts(outside):
        return Told(message, f"it is a field of {named(outside)}: set it in two spaces less")
    fields = f"the fields of {named(each.model)} are {', '.join(parts(each.model))}"
    guess = nearest(key, parts(each.model))
    return Told(message, did_you_mean(key, parts(each.model), fields) + (_value_of(each, guess) if guess else ""))


def _value_of(each: _Refusal, guess: str) -> str:
    """What is wrong with the value of a misspelt field as well, so that it need not be found at the next run."""
    try:
        each.model.model_validate({guess: each.value})
    except ValidationError as refused:
        wrong = next((error for error in refused.errors() if error["loc"] == (guess,)), None)
        if wrong and wrong["type"] == "literal_error":
            told = _told(_refusal(wrong, each.model, (guess,)))
            return f" And {told.message}" + (f": {told.advice}" if told.advice else "")
    return ""


def _missing(each: _Refusal) -> Told:
    part = parts(each.model).get(str(each.path[-1]))
    meaning = (part.info.description or "").rstrip(".") if part else ""
    advice = f"write `{each.key}:`, {meaning[:1].lower()}{meaning[1:]}" if meaning else f"write `{each.key}:`"
    return Told(f"`{each.key}` is missing from this {named(each.model)}", advice)


def _unknown_value(each: _Refusal) -> Told:
    allowed = str(each.context["expected"]).replace(" or ", ", ").replace("'", "").split(", ")
    return Told(f"`{short(each.value)}` is not one of {', '.join(allowed)}", did_you_mean(each.value, allowed))


def _number(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _too_little(each: _Refusal) -> Told:
    return Told(f"`{_number(each.value)}` is less than {each.context['ge']:g}", f"write {each.context['ge']:g} or more")


def _too_much(each: _Refusal) -> Told:
    return Told(f"`{_number(each.value)}` is more than {each.context['le']:g}", f"write {each.context['le']:g} or less")


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
        return _fields_wanted(each, given)
    return Told(f"one value belongs here, but this is {given}", "write it behind the colon")


def _fields_wanted(each: _Refusal, given: str) -> Told:
    keys = [key for key in reversed(each.path) if isinstance(key, str)]
    part = parts(each.model).get(keys[0]) if keys else None
    wanted = part.inner if part and part.inner else each.model
    if wanted is Text:
        return Told(f"a text belongs here, but this is {given}", "write it behind the colon, or `{cy: …, en: …}`")
    needed = ", ".join(f"{key}: …" for key, each_part in parts(wanted).items() if each_part.info.is_required())
    return Told(
        f"fields belong here, but this is {given}", f"write `{{{needed}}}`" if needed else "write `key: value` lines, set in further"
    )
