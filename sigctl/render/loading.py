"""Where templates are found: those of a cluster by file name, then ours, which stand under `sigctl/` as well."""

from collections.abc import Mapping
from typing import Any, Final

from jinja2 import BaseLoader, ChoiceLoader, FunctionLoader, PackageLoader, PrefixLoader
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from sigctl.source import TEMPLATES

BUILT_IN: Final = "sigctl"
"""What stands before the name of a template of ours, where a cluster has one of the same name."""
_MOST: Final = 1_000_000

Own = tuple[tuple[str, str], ...]
"""A cluster's own templates: file names and texts, in order."""


def in_order(own: Mapping[str, str]) -> Own:
    """A cluster's own templates as a value that can be compared."""
    return tuple(sorted(own.items()))


def loader(own: Own) -> BaseLoader:
    """What finds a template by its file name."""
    texts = dict(own)
    ours = PackageLoader("sigctl.render")
    theirs = FunctionLoader(lambda name: (texts[name], f"{TEMPLATES}/{name}", lambda: True) if name in texts else None)
    return ChoiceLoader([theirs, ours, PrefixLoader({BUILT_IN: ours})])


class Sandbox(ImmutableSandboxedEnvironment):
    """An environment for templates of strangers, without sums that fill the memory."""

    intercepted_binops = frozenset(("*", "**"))

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """A product, if it is not too large."""
        if operator == "**" or _size(left) * _size(right) > _MOST:
            raise SecurityError(f"`{operator}` makes too much here")
        return super().call_binop(context, operator, left, right)


def _size(value: Any) -> float:
    return abs(value) if isinstance(value, int | float) else len(value)
