"""The templates that there are, ours and a cluster's own: their texts, their blocks, and which blocks of ours a cluster replaces."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jinja2 import nodes

from sigctl.nearest import did_you_mean
from sigctl.render.environment import environment
from sigctl.render.faults import TemplateFault, telling_where
from sigctl.render.loading import BUILT_IN, in_order
from sigctl.source import TEMPLATES

ENDING = ".j2"


@dataclass(frozen=True, slots=True)
class Shape:
    """How a template is built: the one that it builds upon, its blocks in their order, and those that it opens at the top."""

    extends: str | None
    blocks: tuple[str, ...]
    outermost: tuple[tuple[str, int], ...]


@cache
def built_in() -> Mapping[str, str]:
    """Our templates by file name, such as `agenda.md.j2`."""
    folder = files("sigctl.render") / "templates"
    found = sorted((each for each in folder.iterdir() if each.name.endswith(ENDING)), key=lambda each: each.name)
    return {each.name: each.read_text(encoding="utf-8") for each in found}


def shape(file: str, text: str, own: Mapping[str, str]) -> Shape:
    """How a template is built. Raises TemplateFault where it cannot be read."""
    with telling_where(file):
        tree = environment(in_order(own)).parse(text, file, file)
    base = tree.find(nodes.Extends)
    named = base.template.value if base and isinstance(base.template, nodes.Const) else None
    outermost = tuple((each.name, each.lineno) for each in tree.body if isinstance(each, nodes.Block))
    return Shape(named, tuple(each.name for each in tree.find_all(nodes.Block)), outermost)


def blocks_of(name: str) -> tuple[str, ...]:
    """The blocks of one of our templates, and of those that it builds upon."""
    texts = built_in()
    found = shape(name, texts[name], {})
    base = (found.extends or "").removeprefix(f"{BUILT_IN}/")
    return (*found.blocks, *(each for each in (blocks_of(base) if base in texts else ()) if each not in found.blocks))


def touched(own: Mapping[str, str]) -> frozenset[str]:
    """The papers that look otherwise for a cluster's own templates: those of the same name, and those that take one of them in."""
    texts = {**{f"{BUILT_IN}/{name}": text for name, text in built_in().items()}, **built_in(), **own}
    reached = set(own)
    while more := {name for name, text in texts.items() if name not in reached and any(_names(text, each) for each in reached)}:
        reached |= more
    pages = {name.removesuffix(".md.j2") for name in reached if name.endswith(".md.j2") and "/" not in name}
    drawn = any(name.endswith(".svg.j2") for name in own)
    return frozenset({name.removesuffix(".md.j2") for name in texts if name.endswith(".md.j2")} if drawn else pages)


def papers() -> tuple[str, ...]:
    """The file names that a cluster's own template may have: those of our papers and pictures."""
    return tuple(name for name in built_in() if not name.startswith("_"))


def unused(own: Mapping[str, str]) -> tuple[str, ...]:
    """The cluster's own templates that have the name of none of ours, and that no other takes in. Parts, which begin with `_`, may."""
    strange = (name for name in own if name not in built_in() and not name.startswith("_"))
    return tuple(name for name in strange if not any(_names(text, name) for text in own.values()))


def _names(text: str, name: str) -> bool:
    """Whether a template takes in another one."""
    return f'"{name}"' in text or f"'{name}'" in text


def faults(own: Mapping[str, str]) -> Iterator[TemplateFault]:
    """What is wrong with a cluster's templates before anything is shown by them: what cannot be read, and blocks that nobody asks for."""
    for name, text in own.items():
        try:
            yield from _idle_blocks(name, text, own)
        except TemplateFault as wrong:
            yield wrong


def _idle_blocks(name: str, text: str, own: Mapping[str, str]) -> Iterator[TemplateFault]:
    """Blocks that would never be shown, for the template below has none of that name."""
    found = shape(f"{TEMPLATES}/{name}", text, own)
    if found.extends is None:
        return
    known = _known_blocks(found.extends, own, (name,))
    if known is None:
        near = did_you_mean(found.extends, [f"{BUILT_IN}/{each}" for each in built_in()], "`sigctl template list` tells which there are")
        yield TemplateFault(f"{TEMPLATES}/{name}", _line_of(text, found.extends), f"there is no template `{found.extends}`", near)
        return
    for block, line in found.outermost:
        if block not in known:
            advice = did_you_mean(block, known, f"its blocks are {', '.join(known)}")
            yield TemplateFault(f"{TEMPLATES}/{name}", line, f"`{found.extends}` has no block `{block}`, so this is never shown", advice)


def _known_blocks(name: str, own: Mapping[str, str], passed: tuple[str, ...]) -> tuple[str, ...] | None:
    """The blocks of a template that another builds upon; None where there is no such template."""
    ours = name.removeprefix(f"{BUILT_IN}/")
    if ours != name or name not in own:
        return blocks_of(ours) if ours in built_in() else None
    if name in passed:
        advice = f'to build upon the one of sigctl, write {{% extends "{BUILT_IN}/{name}" %}}'
        raise TemplateFault(f"{TEMPLATES}/{passed[0]}", 1, "the template goes round in a circle", advice)
    found = shape(f"{TEMPLATES}/{name}", own[name], own)
    below = _known_blocks(found.extends, own, (*passed, name)) if found.extends else ()
    return (*found.blocks, *(below or ()))


def _line_of(text: str, what: str) -> int:
    return next((number for number, line in enumerate(text.splitlines(), 1) if what in line), 1)


def block_text(text: str, name: str) -> str:
    """A block of a template as it stands there, with what belongs to it; empty where it has none of that name."""
    opened = re.search(r"\{%-? *block +" + re.escape(name) + r"\b.*?%\}", text)
    if opened is None:
        return ""
    depth = 0
    for tag in re.finditer(r"\{%-? *(block|endblock)\b.*?%\}", text[opened.start() :]):
        depth += 1 if tag[1] == "block" else -1
        if depth == 0:
            return text[opened.start() : opened.start() + tag.end()]
    return ""
