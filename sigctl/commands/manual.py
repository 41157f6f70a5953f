"""The manual of a command, as `--help` prints it: its docstring, then its options. Examples in it are never wrapped."""

import textwrap
from collections.abc import Iterable, Iterator
from typing import Any, Final

from sigctl.commands.messages import Paint, cells

_MOST: Final = 100
_NAMES: Final = 26


def paragraphs(text: str, width: int | None = None) -> str:
    """A text with its paragraphs wrapped to a width; lines that are set in stay as they are."""
    width = min(width or _MOST, _MOST)
    blocks = (block if block.startswith(" ") else _wrapped(block, width) for block in text.split("\n\n"))
    return "\n\n".join(blocks)


def _wrapped(text: str, width: int) -> str:
    return textwrap.fill(" ".join(text.split()), width, break_on_hyphens=False)


def rows(pairs: Iterable[tuple[str, str]], width: int | None = None) -> Iterator[str]:
    """Names on the left, what they mean on the right."""
    pairs = list(pairs)
    left = min(_NAMES, max((cells(name) for name, _ in pairs), default=0))
    room = max(24, min(width or _MOST, _MOST) - left - 4)
    for name, meaning in pairs:
        lines = textwrap.wrap(meaning, room, break_on_hyphens=False) or [""]
        if cells(name) > left:
            yield f"  {name}"
            name = ""
        yield f"  {name}{' ' * (left - cells(name))}  {lines[0]}".rstrip()
        yield from (f"  {' ' * left}  {line}" for line in lines[1:])


def section(title: str, pairs: Iterable[tuple[str, str]], paint: Paint, width: int | None) -> str:
    """A headed list, or nothing where there is nothing to list."""
    lines = list(rows(pairs, width))
    return "\n".join((paint(f"{title}:", "strong"), *lines)) if lines else ""


def option_rows(parameters: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """The options among some parameters: `-o, --output FILE` and what each does."""
    for each in parameters:
        if each.param_type_name == "option" and not each.hidden:
            names = ", ".join(sorted(each.opts, key=len))
            yield (names if each.is_flag else f"{names} {value_of(each)}"), _meaning(each)


def argument_rows(parameters: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """The arguments among some parameters."""
    for each in parameters:
        if each.param_type_name == "argument" and each.help:
            yield each.metavar or each.name.upper(), each.help


def value_of(parameter: Any) -> str:
    """What stands behind an option: its metavar, or the values that it can have."""
    choices = parameter.type_descriptor.choices
    if parameter.metavar or not choices:
        return str(parameter.metavar or parameter.name.upper())
    return "|".join(str(getattr(choice, "value", choice)) for choice in choices)


def _meaning(option: Any) -> str:
    meaning: str = option.help or ""
    if option.is_flag or option.default is None or option.default == ():
        return meaning
    return f"{meaning} [default: {getattr(option.default, 'value', option.default)}]"
