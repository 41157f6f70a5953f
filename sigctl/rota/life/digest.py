"""A digest of what the files say of a cycle, by which a draft can tell whether they have changed since it was made.

Two workspaces that ask for the same rota have the same digest, in whatever order their files and lists stand. What was
published of the cycle itself has no part in it, and names, addresses and whatever else no rota hangs on neither.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from typing import Any, Final

from sigctl.cluster import Cluster
from sigctl.records import Cycle, Record
from sigctl.rota.gathering import bare_case

_LEFT_OUT: Final = frozenset({"entry"})
"""Fields that say where something stands in the files, not what it is."""


def digest(cluster: Cluster, cycle: Cycle) -> str:
    """Sixteen letters that change with whatever a rota of the cycle hangs on."""
    told = json.dumps(_plain((bare_case(cluster, cycle), cycle.stages)), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(told.encode("utf-8")).hexdigest()[:16]


def _plain(value: Any) -> Any:
    """A value as JSON knows it. What stands at its default is left out, so that a new field changes no digest by itself."""
    if is_dataclass(value):
        return {each.name: _plain(inner) for each in fields(value) if not _is_default(each, inner := getattr(value, each.name))}
    if isinstance(value, Record):
        return {name: _plain(inner) for name, inner in value.model_dump(exclude_defaults=True).items()}
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, frozenset | set):
        return sorted((_plain(each) for each in value), key=lambda each: json.dumps(each, sort_keys=True))
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def _is_default(field: Any, value: object) -> bool:
    if field.name in _LEFT_OUT:
        return True
    default = field.default if field.default_factory is MISSING else field.default_factory()
    return bool(default == value)
