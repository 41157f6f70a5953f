"""What belongs into each field of the files, read off the records: for the schema and for `sigctl explain`.

Knows how records are built, and nothing of what they are for.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from functools import cache
from inspect import cleandoc
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from sigctl.records import KINDS, Days, Record, Settings, Text
from sigctl.records.fields import Email, Id, Means, Refers, Times, Unlimited, Web
from sigctl.records.structure import Part, parts


class Kind(StrEnum):
    """What sort of value a field holds."""

    DATE = "date"
    TIME = "time"
    COUNT = "count"
    LIMIT = "limit"
    TIMES = "times"
    NUMBER = "number"
    MONEY = "money"
    FLAG = "flag"
    CHOICE = "choice"
    ID = "id"
    EMAIL = "email"
    WEB = "web"
    LINE = "line"
    TEXT = "text"
    DAYS = "days"
    EITHER = "either"
    FIELDS = "fields"
    LIST = "list"
    NAMED = "named"


@dataclass(frozen=True)
class Shape:
    """What a value looks like: its sort, its bounds, what it may be, and what is inside."""

    kind: Kind
    least: float | None = None
    most: float | None = None
    shortest: int | None = None
    longest: int | None = None
    pattern: str | None = None
    choices: tuple[str, ...] = ()
    meanings: Mapping[str, str] = field(default_factory=dict)
    refers: str | None = None
    inner: "Shape | None" = None
    record: type[Record] | None = None

    @property
    def words(self) -> Mapping[str, str]:
        """What each word means that it takes, as its value, in its list, or as the name of what is inside."""
        return self.meanings or (self.inner.meanings if self.inner else {})


@dataclass(frozen=True)
class Field:
    """A field of the files: the keys that lead to it, what it means, what belongs into it, and an example as it stands in a file."""

    path: tuple[str, ...]
    description: str
    shape: Shape
    required: bool
    default: Any = None
    example: str = ""

    @property
    def key(self) -> str:
        """The name of the field itself."""
        return self.path[-1]

    @property
    def name(self) -> str:
        """The field as `sigctl explain` takes it: `people.reviewer.level`."""
        return ".".join(self.path)


_PLAIN: Final = {date: Kind.DATE, time: Kind.TIME, int: Kind.COUNT, float: Kind.NUMBER, Decimal: Kind.MONEY, bool: Kind.FLAG}
_RECORDS: Final[dict[type, Kind]] = {Text: Kind.TEXT, Days: Kind.DAYS}
_MARKED: Final = tuple((get_args(each)[1], kind) for each, kind in ((Id, Kind.ID), (Email, Kind.EMAIL), (Web, Kind.WEB)))


def shape_of(part: Part) -> Shape:
    """What belongs into a field of a record."""
    return _shape(part.info.annotation, tuple(_flat([*part.info.metadata, part.info])))


def _shape(annotation: Any, marks: tuple[Any, ...]) -> Shape:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _shape(arguments[0], (*marks, *_flat(arguments[1:])))
    if get_args(Unlimited)[1] in marks:
        return Shape(Kind.LIMIT, least=1)
    if get_args(Times)[1] in marks:
        return Shape(Kind.TIMES, least=1)
    if origin in (Union, UnionType):
        return _shape(next(each for each in arguments if each is not NoneType), marks)
    if origin is Literal:
        return Shape(Kind.CHOICE, choices=arguments, meanings=next((each.words for each in marks if isinstance(each, Means)), {}))
    if origin is tuple:
        return _bounded(Kind.LIST, marks, inner=_shape(arguments[0], ()))
    if origin is not None and issubclass(origin, Mapping):
        names = _shape(arguments[0], ())
        return Shape(Kind.NAMED, inner=_shape(arguments[1], ()), choices=names.choices, meanings=names.meanings)
    if issubclass(annotation, Record):
        return Shape(_RECORDS.get(annotation, Kind.EITHER if annotation.alone else Kind.FIELDS), record=annotation)
    if annotation is str:
        kind = next((kind for mark, kind in _MARKED if mark in marks), Kind.LINE)
        return _bounded(kind, marks, refers=next((each.kind for each in marks if isinstance(each, Refers)), None))
    return _bounded(_PLAIN[annotation], marks)


def _bounded(kind: Kind, marks: tuple[Any, ...], **more: Any) -> Shape:
    """A shape with the bounds that its marks set; the narrowest of each."""
    return Shape(
        kind,
        least=max(_found(marks, "ge"), default=None),
        most=min(_found(marks, "le"), default=None),
        shortest=max(_found(marks, "min_length"), default=None),
        longest=min(_found(marks, "max_length"), default=None),
        pattern=next(iter(_found(marks, "pattern")), None),
        **more,
    )


def _found(marks: tuple[Any, ...], name: str) -> list[Any]:
    return [value for mark in marks if (value := getattr(mark, name, None)) is not None]


def _flat(marks: Any) -> Iterator[Any]:
    """Marks with those that hide inside of others."""
    for mark in marks:
        yield mark
        if isinstance(mark, FieldInfo):
            yield from _flat(mark.metadata)


def about(record: type[Record]) -> str:
    """What a record is, in a sentence."""
    return cleandoc(record.__doc__ or "")


@cache
def sections() -> Mapping[str, Field]:
    """What stands at the top of a file, by key."""
    lists = {
        key: Field((key,), about(record), Shape(Kind.LIST, inner=Shape(Kind.FIELDS, record=record)), required=False)
        for key, record in KINDS.items()
    }
    return {**{key: _field((), part) for key, part in parts(Settings).items()}, **lists}


def fields_in(field: Field) -> tuple[Field, ...]:
    """The fields one step further in; none where there is a plain value."""
    shape = field.shape.inner or field.shape
    if shape.record is None or shape.kind in (Kind.TEXT, Kind.DAYS):
        return ()
    return tuple(_field(field.path, part) for part in parts(shape.record).values())


def _field(path: tuple[str, ...], part: Part) -> Field:
    info = part.info
    default = None if info.default is PydanticUndefined else info.default
    example = str(next(iter(info.examples or ()), ""))
    return Field((*path, part.key), info.description or "", shape_of(part), info.is_required(), default, example)


@cache
def all_fields() -> tuple[Field, ...]:
    """Every field of the files, at any depth, in the order in which it is declared."""
    return tuple(each for section in sections().values() for each in _with_inner(section))


@cache
def choices() -> Mapping[str, tuple[tuple[Field, str], ...]]:
    """Every word that a field takes as its value, with the fields that do and what the word means there."""
    found: defaultdict[str, list[tuple[Field, str]]] = defaultdict(list)
    for each in all_fields():
        for word, meaning in each.shape.words.items():
            found[word].append((each, meaning))
    return {word: tuple(pairs) for word, pairs in found.items()}


def _with_inner(field: Field) -> Iterator[Field]:
    yield field
    for inner in fields_in(field):
        yield from _with_inner(inner)
