"""Markdown into the tree: headings, paragraphs, lists, tables, terms, quotes, pictures and new pages; nothing else is markup.

Knows the one flavour that our templates are written in. HTML is text, addresses of scripts are no links, and pictures come from
the page alone.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Final, cast

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode as Node
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.deflist import deflist_plugin

from sigctl.render.document.tree import (
    Align,
    Block,
    Figure,
    Heading,
    Line,
    Lines,
    Listing,
    NewPage,
    Paragraph,
    Quote,
    Run,
    Table,
    Terms,
)
from sigctl.words import LANGUAGES, Language

_OFF: Final = ("code", "fence", "html_block", "html_inline", "reference", "lheading", "backticks")
_PICTURE: Final = "picture:"
_SAFE: Final = re.compile(r"(https?://|mailto:)", re.IGNORECASE)
_ALIGN: Final[Mapping[str, Align]] = {"text-align:right": "right", "text-align:center": "centre"}


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable(list(_OFF))
    return parser.use(deflist_plugin).use(attrs_plugin, spans=True, after=("span_close",), allowed=("lang",))


def read_markdown(markdown: str) -> tuple[Block, ...]:
    """The blocks of a page that is written in one language; whatever its author wrote, one title comes first and no level is left out."""
    return tuple(_levelled(_blocks(Node(_parser().parse(markdown)).children)))


def _levelled(blocks: Iterator[Block]) -> Iterator[Block]:
    """The blocks with the levels of headings put right: each lies one below the last that was written above it, all below the first."""
    above: list[int] = []
    for block in blocks:
        if not isinstance(block, Heading):
            yield block
            continue
        while len(above) > 1 and above[-1] >= block.level:
            above.pop()
        above.append(block.level if above else 0)
        yield replace(block, level=min(len(above), 6))


def _blocks(nodes: Sequence[Node]) -> Iterator[Block]:
    for node in nodes:
        yield from _block(node)


def _block(node: Node) -> Iterator[Block]:
    match node.type:
        case "heading":
            yield Heading(int(node.tag[1]), _lines(node))
        case "paragraph":
            yield from _paragraph(node)
        case "bullet_list":
            yield Listing(_items(node))
        case "ordered_list":
            yield Listing(_items(node), int(node.attrs.get("start", 1)))
        case "table":
            yield _table(node)
        case "dl":
            yield Terms(tuple(_entries(node)))
        case "blockquote":
            yield Quote(tuple(_blocks(node.children)))
        case "hr" if node.markup.startswith("-"):
            yield NewPage()


def _paragraph(node: Node) -> Iterator[Block]:
    """A paragraph; a picture in it stands by itself."""
    runs: list[Run] = []
    for run in _runs_of(node):
        if isinstance(run, Run):
            runs.append(run)
            continue
        yield from _spoken(runs)
        runs = []
        yield run
    yield from _spoken(runs)


def _spoken(runs: list[Run]) -> Iterator[Block]:
    line = _tidied(runs)
    if line.runs:
        yield Paragraph(line)


def _items(node: Node) -> tuple[tuple[Block, ...], ...]:
    return tuple(tuple(_blocks(item.children)) for item in node.children)


def _table(node: Node) -> Table:
    rows = [list(row.children) for part in node.children for row in part.children]
    head, *body = ([_lines(cell) for cell in row] for row in rows)
    align = tuple(_ALIGN.get(str(cell.attrs.get("style", "")), "left") for cell in rows[0])
    return Table(tuple(head), tuple(map(tuple, body)), align)


def _entries(node: Node) -> Iterator[tuple[Lines, Lines]]:
    """The labels of a list of terms, each with all that stands behind it in one line, broken where a new paragraph begins."""
    term: Lines = ()
    told: list[Run] = []
    for child in (*node.children, None):
        if child is not None and child.type == "dd":
            for inner in child.children:
                told += [Run("\n"), *_texts(inner)] if told else _texts(inner)
            continue
        if term:
            yield term, (_tidied(told),)
        term, told = (_lines(child), []) if child is not None else ((), [])


def _lines(node: Node) -> Lines:
    return (_tidied(_texts(node)),)


def _texts(node: Node) -> list[Run]:
    """The runs of whatever holds text; of a picture in a line there is left what it shows."""
    return [run if isinstance(run, Run) else Run(run.alt.text) for run in _runs_of(node)]


def _runs_of(node: Node) -> Iterator[Run | Figure]:
    for child in node.children:
        yield from _inline(child, Run(""))


def _inline(node: Node, manner: Run) -> Iterator[Run | Figure]:
    """The runs of an inline part, in the manner of what stands around it."""
    match node.type:
        case "text" | "text_special":
            yield replace(manner, text=node.content)
        case "softbreak":
            yield replace(manner, text=" ")
        case "hardbreak":
            yield replace(manner, text="\n")
        case "image":
            yield from _picture(node, manner)
        case _:
            within = _manner(node, manner)
            for child in node.children:
                yield from _inline(child, within)


def _manner(node: Node, manner: Run) -> Run:
    match node.type:
        case "strong":
            return replace(manner, bold=True)
        case "em":
            return replace(manner, italic=True)
        case "link":
            address = str(node.attrs.get("href", ""))
            return replace(manner, link=address if _SAFE.match(address) else "")
        case "span" if node.attrs.get("lang") in LANGUAGES:
            return replace(manner, language=cast("Language", node.attrs["lang"]))
    return manner


def _picture(node: Node, manner: Run) -> Iterator[Run | Figure]:
    alt = "".join(run.text for child in node.children for run in _inline(child, Run("")) if isinstance(run, Run))
    source = str(node.attrs.get("src", ""))
    if source.startswith(_PICTURE):
        yield Figure(source.removeprefix(_PICTURE), Line((Run(alt),)))
    else:
        yield replace(manner, text=alt)


def _tidied(runs: Sequence[Run]) -> Line:
    """A line in which neighbours that look alike are one, and nothing is empty."""
    tidy: list[Run] = []
    for run in runs:
        if not run.text:
            continue
        alike = tidy and run.text != "\n" != tidy[-1].text and replace(tidy[-1], text="") == replace(run, text="")
        if alike:
            tidy[-1] = replace(run, text=tidy[-1].text + run.text)
        else:
            tidy.append(run)
    return Line(tuple(tidy))
