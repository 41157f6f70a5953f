"""How the records are built: which fields each has, and which of them name or hold other records.

For those that walk records without knowing them: messages, references between records, schema and explanations.
"""

import types
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from sigctl.records.fields import Refers
from sigctl.records.record import Record


class Part(NamedTuple):
    """A field of a record: its name in the files and in Python, the records in it, the kind of record that it names."""

    key: str
    attribute: str
    info: FieldInfo
    inner: type[Record] | None
    refers: str | None


@cache
def parts(model: type[Record]) -> Mapping[str, Part]:
    """The fields of a record, by their names in the files."""
    found = {}
    for attribute, info in model.model_fields.items():
        key = info.alias or attribute
        marks = [*info.metadata, *_marks(info.annotation)]
        refers = next((mark.kind for mark in marks if isinstance(mark, Refers)), None)
        found[key] = Part(key, attribute, info, _inner(info.annotation), refers)
    return found


def _arguments(annotation: Any) -> tuple[Any, ...]:
    if get_origin(annotation) is Annotated:
        return get_args(annotation)[:1]
    if get_origin(annotation) in (Union, types.UnionType, tuple, Mapping) or str(annotation).startswith("collections.abc.Mapping"):
        return get_args(annotation)
    return ()


def _marks(annotation: Any) -> Iterator[Any]:
    if get_origin(annotation) is Annotated:
        yield from get_args(annotation)[1:]
    for argument in _arguments(annotation):
        yield from _marks(argument)


def _inner(annotation: Any) -> type[Record] | None:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    return next((found for argument in _arguments(annotation) if (found := _inner(argument))), None)


def noun(model: type[Record]) -> str:
    """What a record is called in a message: its class in lower case."""
    return model.__name__.removesuffix("Settings").lower()


def model_at(model: type[Record], path: tuple[str | int, ...]) -> type[Record]:
    """The record that holds what a path leads to."""
    for key in path[:-1]:
        if isinstance(key, str):
            part = parts(model).get(key)
            model = (part and part.inner) or model
    return model


class Reference(NamedTuple):
    """A place in a record that names another one."""

    path: tuple[str | int, ...]
    kind: str
    id: str


@cache
def _telling(model: type[Record]) -> tuple[Part, ...]:
    return tuple(p for p in parts(model).values() if p.refers or (p.inner and _tells(p.inner)))


@cache
def _tells(model: type[Record]) -> bool:
    return any(p.refers or (p.inner and _tells(p.inner)) for p in parts(model).values())


def references(record: Record) -> Iterator[Reference]:
    """Every place in a record, at any depth, that names another record."""
    for part in _telling(type(record)):
        value = getattr(record, part.attribute)
        if not value:
            continue
        pairs = enumerate(value) if isinstance(value, tuple) else ((None, value),)
        for index, each in pairs:
            path: tuple[str | int, ...] = (part.key,) if index is None else (part.key, index)
            if part.refers and isinstance(each, str):
                yield Reference(path, part.refers, each)
            elif isinstance(each, Record):
                yield from (Reference((*path, *inner.path), inner.kind, inner.id) for inner in references(each))
