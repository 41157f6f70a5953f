"""The files of a workspace as a JSON Schema (2020-12), for editors.

It takes what the reader of the files takes: a number may be quoted, a text may look like a number, and a key with nothing behind
it is a key left out. What no schema can say (ids that exist, days in order) is left to `sigctl check`.
"""

from collections.abc import Mapping
from typing import Any, Final

from sigctl.commands.shapes import Field, Kind, Shape, about, fields_in, sections, shape_of
from sigctl.records import Record
from sigctl.records.structure import parts

Schema = dict[str, Any]

_ID: Final = "^[a-z0-9]+(-[a-z0-9]+)*$"
_MOST: Final = 999_999_999
_SCALAR: Final = ["string", "number", "boolean"]
_LEAVES: Final[Mapping[Kind, Schema]] = {
    Kind.DATE: {"type": "string", "pattern": "^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$", "examples": ["2026-11-12"]},
    Kind.TIME: {"type": "string", "pattern": "^([01]?\\d|2[0-3]):[0-5]\\d$", "examples": ["15:30"]},
    Kind.COUNT: {"type": ["integer", "string"], "pattern": "^-?\\d{1,9}$", "minimum": -_MOST, "maximum": _MOST},
    Kind.LIMIT: {
        "type": ["integer", "string"],
        "pattern": "^(0*[1-9]\\d{0,8}|[Nn][Oo][Nn][Ee])$",
        "maximum": _MOST,
        "examples": ["none"],
    },
    Kind.TIMES: {
        "type": ["number", "string"],
        "pattern": "^(0*[1-9]\\d{0,8}(\\.\\d{1,12})?|[Nn][Oo][Nn][Ee])$",
        "minimum": 1,
        "maximum": _MOST,
        "examples": ["none"],
    },
    Kind.NUMBER: {"type": ["number", "string"], "pattern": "^-?\\d{1,9}(\\.\\d{1,12})?$", "minimum": -_MOST, "maximum": _MOST},
    Kind.MONEY: {"type": ["number", "string"], "pattern": "^-?\\d{1,12}(\\.\\d{1,2})?$"},
    Kind.FLAG: {"type": ["boolean", "string"], "pattern": "^([Tt][Rr][Uu][Ee]|[Yy][Ee][Ss]|[Ff][Aa][Ll][Ss][Ee]|[Nn][Oo])$"},
    Kind.ID: {"type": ["string", "integer"], "pattern": _ID, "maxLength": 64, "minimum": 0},
    Kind.EMAIL: {"type": "string", "pattern": '^[^@\\s,;<>"()]+@[^@\\s,;<>"()]+\\.[^@\\s,;<>"().]+$'},
    Kind.WEB: {"type": "string", "pattern": '^https?://[^\\s<>"]+$'},
    Kind.LINE: {"type": _SCALAR},
}


def workspace_schema() -> Schema:
    """The schema of any file of a workspace."""
    records: dict[str, type[Record]] = {}
    properties = {key: _property(field, records) for key, field in sections().items()}
    definitions: dict[str, Schema] = {}
    while waiting := [name for name in records if name not in definitions]:
        for name in waiting:
            definitions[name] = _record(records[name], records)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A file of a sigctl workspace",
        "description": "Each key at the top says what stands below it; a workspace may spread them over any number of files.",
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "$defs": dict(sorted(definitions.items())),
    }


def _record(record: type[Record], records: dict[str, type[Record]]) -> Schema:
    """A record as an object; a list of days and a text have shorter forms, which `_value` adds."""
    outer = Field((), "", Shape(Kind.FIELDS, record=record), required=True)
    fields = fields_in(outer)
    required = [each.key for each in fields if each.required and not (record.__name__ == "Days" and each.key == "to")]
    schema: Schema = {
        "description": about(record),
        "type": "object",
        "additionalProperties": False,
        "properties": {each.key: _property(each, records) for each in fields},
    }
    if record.__name__ == "Text":
        schema["minProperties"] = 1
    return schema | ({"required": required} if required else {})


def _property(field: Field, records: dict[str, type[Record]]) -> Schema:
    schema = _value(field.shape, records)
    if not field.required:
        schema = _or_nothing(schema)
    default = {"default": field.default} if isinstance(field.default, str | int | float) and field.default != "" else {}
    return {"description": field.description, **schema, **default}


def _value(shape: Shape, records: dict[str, type[Record]]) -> Schema:
    if shape.record is not None:
        return _of_record(shape, shape.record, records)
    if shape.kind is Kind.CHOICE:
        return {"enum": list(shape.choices)}
    if shape.kind is Kind.LIST:
        assert shape.inner
        return {"type": "array", "items": _value(shape.inner, records), **_bounds(shape, "minItems", "maxItems")}
    if shape.kind is Kind.NAMED:
        assert shape.inner
        names = {"propertyNames": {"enum": list(shape.choices)}} if shape.choices else {}
        return {"type": "object", **names, "additionalProperties": _value(shape.inner, records)}
    only_text = {"type": "string"} if shape.pattern else {}
    return {**_LEAVES[shape.kind], **only_text, **_bounds(shape, "minLength", "maxLength")}


def _of_record(shape: Shape, record: type[Record], records: dict[str, type[Record]]) -> Schema:
    records[record.__name__] = record
    whole = {"$ref": f"#/$defs/{record.__name__}"}
    match shape.kind:
        case Kind.TEXT:
            return {"anyOf": [{"type": _SCALAR, "minLength": 1, "maxLength": 20_000}, whole]}
        case Kind.DAYS:
            return {"anyOf": [dict(_LEAVES[Kind.DATE]), whole]}
        case Kind.EITHER:
            return {"anyOf": [_value(shape_of(parts(record)[record.alone]), records), whole]}
    return whole


def _bounds(shape: Shape, shortest: str, longest: str) -> Schema:
    bounds = {"minimum": shape.least, "maximum": shape.most, shortest: shape.shortest, longest: shape.longest, "pattern": shape.pattern}
    return {key: value for key, value in bounds.items() if value is not None}


def _or_nothing(schema: Schema) -> Schema:
    """The same, or a key with nothing behind it."""
    if "type" in schema:
        types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        return {**schema, "type": [*types, "null"]}
    if "anyOf" in schema:
        return {**schema, "anyOf": [*schema["anyOf"], {"type": "null"}]}
    about = {key: value for key, value in schema.items() if key == "description"}
    return {**about, "anyOf": [{key: value for key, value in schema.items() if key != "description"}, {"type": "null"}]}
