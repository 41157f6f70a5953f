"""What belongs into a field, in plain words and as an example. Text alone; prints nothing."""

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Final

from sigctl.commands.messages import listed
from sigctl.commands.shapes import Field, Kind, Shape, fields_in, sections, shape_of
from sigctl.records import Record
from sigctl.records.structure import noun, parts

_WORDS: Final[Mapping[Kind, str]] = {
    Kind.DATE: "a day, written year-month-day, such as 2026-11-12",
    Kind.TIME: "a time of day, such as 15:30",
    Kind.COUNT: "a whole number",
    Kind.LIMIT: "a whole number from 1, or `none` for no limit",
    Kind.TIMES: "a number from 1, or `none` for no limit",
    Kind.NUMBER: "a number",
    Kind.MONEY: "pounds, with at most two decimals",
    Kind.FLAG: "true or false",
    Kind.ID: "an id: lower-case letters, digits and hyphens",
    Kind.EMAIL: "an e-mail address",
    Kind.WEB: "a web address that begins with https://",
    Kind.LINE: "a text",
    Kind.TEXT: "a text, the same in both languages, or {cy: …, en: …}",
    Kind.DAYS: "a day, or a range {from: 2026-11-12, to: 2026-11-13, why: …}",
}
_BRIEF: Final[Mapping[Kind, str]] = {
    Kind.DATE: "a day", Kind.TIME: "a time", Kind.TEXT: "a text in one or both languages", Kind.ID: "an id", Kind.WEB: "a web address",
}  # fmt: skip
_NOUNS: Final[Mapping[str, str]] = {
    "fixed": "what is settled beforehand", "reviewerwish": "a wish", "byhand": "what becomes of broken rules",
    "agendaentry": "a block of the agenda", "groupreview": "a review of a group", "visitor": "somebody in attendance",
    "rules": "the rules", "minutes": "the minutes", "mail": "the mail", "attendance": "an attendance list",
    "rotavisit": "a visit in a rota", "visitdefaults": "all visits", "criterion": "a success criterion",
    "programmeday": "a day of the programme", "task": "a task of the host",
}  # fmt: skip
_BESIDE: Final[Mapping[str, tuple[str, ...]]] = {
    "groups.members.from": ("person",), "groups.members.to": ("person",), "groups.members.organisation": ("guest",),
    "programmes.checklist.due": ("title",), "programmes.checklist.stage": ("title",),
    "cycles.availability.answered.on": ("person",), "cycles.availability.answered.source": ("person",),
    "cycles.stages.id": ("due",), "cycles.stages.name": ("id", "due"), "cycles.stages.facilitators": ("id", "within"),
}  # fmt: skip
_SHOWN: Final = ("cycles.stages.due", "cycles.availability.answered.person")
"""What an example of a whole record shows, though each alone could be left out."""
_NAMES: Final[Mapping[str, str]] = {"reminders.kinds": "action-due", "reminders.kinds.after": "action-overdue"}
"""Under which name an example stands of something that has one."""
_IDS: Final[Mapping[str, str]] = {
    "schools": "pen-y-dre", "people": "pen-y-dre-head", "groups": "attendance", "cycles": "round-4", "calendars": "conwy-2026-27",
    "programmes": "two-days",
}  # fmt: skip


def brief(shape: Shape) -> str:
    """What belongs into a field, in the fewest words."""
    inner = shape.inner or shape
    if inner.kind is Kind.DAYS:
        return "days" if shape.inner else "a day or a range"
    words = _BRIEF.get(inner.kind) or kind_of(inner)
    return f"a list: {words}" if shape.kind is Kind.LIST else words


def kind_of(shape: Shape) -> str:
    """What belongs into a field: `a whole number from 0`, `a list of days`."""
    match shape.kind:
        case Kind.LIST:
            assert shape.inner
            return f"a list; each entry is {kind_of(shape.inner)}"
        case Kind.NAMED:
            assert shape.inner
            return f"{listed(shape.choices, 'or') if shape.choices else 'names'}, each with {kind_of(shape.inner)}"
        case Kind.FIELDS:
            assert shape.record
            return f"the fields of {_with_article(shape.record)}"
        case Kind.EITHER:
            assert shape.record
            return f"{kind_of(shape_of(parts(shape.record)[shape.record.alone]))}; or the fields of {_with_article(shape.record)}"
        case Kind.CHOICE:
            return listed(shape.choices, "or")
        case Kind.ID if shape.refers:
            return f"the id of one of the {shape.refers}"
    return _WORDS[shape.kind] + _limits(shape)


def _with_article(record: type[Record]) -> str:
    name = noun(record)
    return _NOUNS.get(name, f"{'an' if name[0] in 'aeiou' else 'a'} {name}")


def _limits(shape: Shape) -> str:
    """The bounds of a number in words."""
    if shape.kind not in (Kind.COUNT, Kind.NUMBER):
        return ""
    least = "" if shape.least is None else f" from {shape.least:g}"
    return least + ("" if shape.most is None else f" to {shape.most:g}")


def default_of(field: Field) -> str:
    """What holds where a field is left out; nothing where that needs no words."""
    value = field.default
    if field.shape.kind in (Kind.LIMIT, Kind.TIMES) and value is None:
        return "none"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Enum | str | int | float):
        return str(value)
    if isinstance(value, tuple) and value and not isinstance(value[0], Record):
        return f"[{', '.join(map(str, value))}]"
    return ""


def example_of(field: Field) -> Iterator[str]:
    """Lines of YAML with the field in its place, and what stands around it left out."""
    indent, path = "", field.path
    step = sections()[path[0]]
    for key in path[1:]:
        is_list = step.shape.kind is Kind.LIST
        yield f"{indent}{step.key}:"
        indent = indent.replace("- ", "  ") + "  " + ("- " if is_list else "")
        if step.shape.kind is Kind.NAMED:
            yield f"{indent}{_NAMES.get(field.name) or _NAMES.get(step.name, 'attendance')}:"
            indent += "  "
        inner = {each.key: each for each in fields_in(step)}
        for beside in _beside(inner, inner[key]) if is_list else ():
            yield f"{indent}{beside}: {_sample(inner[beside])}"
            indent = indent.replace("- ", "  ")
        step = inner[key]
    yield from _whole(step, indent)


def _beside(inner: Mapping[str, Field], field: Field) -> tuple[str, ...]:
    """What has to stand beside a field for the example to make sense: the id, most often."""
    return _BESIDE.get(field.name, ("id",) if "id" in inner and field.key != "id" else ())


def _whole(field: Field, indent: str) -> Iterator[str]:
    """A field with an example value; one that holds fields with those that cannot be left out."""
    inner = fields_in(field)
    if not inner or (field.shape.inner or field.shape).kind is Kind.EITHER:
        yield f"{indent}{field.key}: {_sample(field)}"
        return
    yield f"{indent}{field.key}:"
    deeper = indent.replace("- ", "  ") + "  "
    shown = [each for each in inner if each.required or each.name in _SHOWN] or list(inner[:3])
    bullet = "- " if field.shape.kind is Kind.LIST else ""
    for index, each in enumerate(shown):
        lead = bullet if index == 0 else " " * len(bullet)
        yield from _whole(each, deeper + lead)


def _sample(field: Field) -> str:
    """An example of a plain value."""
    return field.example or _made_up(field.shape, field)


def _made_up(shape: Shape, field: Field) -> str:
    match shape.kind:
        case Kind.LIST:
            assert shape.inner
            return f"[{_made_up(shape.inner, field)}]"
        case Kind.NAMED | Kind.FIELDS | Kind.TEXT:
            return "{cy: …, en: …}"
        case Kind.CHOICE:
            return next((each for each in shape.choices if each != field.default), shape.choices[0])
        case Kind.FLAG:
            return "false" if field.default else "true"
        case Kind.COUNT:
            return str(int(field.default or max(shape.least or 0, 2)))
        case Kind.ID:
            return _IDS.get(shape.refers or "", "attendance")
        case Kind.EITHER:
            assert shape.record
            return _made_up(shape_of(parts(shape.record)[shape.record.alone]), field)
    return _BY_KIND[shape.kind]


_BY_KIND: Final[Mapping[Kind, str]] = {
    Kind.DATE: "2026-11-12",
    Kind.TIME: "15:30",
    Kind.LIMIT: "2",
    Kind.TIMES: "1.5",
    Kind.NUMBER: "51.7345",
    Kind.MONEY: "1250.50",
    Kind.EMAIL: "pennaeth@example.org",
    Kind.WEB: "https://www.example.org",
    Kind.LINE: "a text",
    Kind.DAYS: "{from: 2026-11-12, to: 2026-11-13}",
}
