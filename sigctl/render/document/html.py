"""A document as one web page that needs nothing else: accessible, printable, without scripts; each text marked with its language."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from html import escape
from importlib.resources import files
from typing import Final

from sigctl.render.document.tree import (
    Block,
    Columns,
    Document,
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

_HEAD: Final = '<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
_POLICY: Final = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n"
_ID: Final = re.compile(r"""(\sid="|url\(#|href="#)([\w-]+)""")


def html_of(document: Document) -> str:
    """The document as a page of HTML, in UTF-8."""
    return _html(document, _HEAD + _POLICY, _style("page.css") + _counter(document))


def mail_html_of(document: Document) -> str:
    """The document as the HTML of a mail: the same, in a style so plain that old mail programs understand it, and nothing for a printer."""
    return _html(document, _HEAD, _style("mail.css"))


def _html(document: Document, head: str, style: str) -> str:
    page = _Page(document)
    language = document.languages[0] if document.languages else "en"
    title = " / ".join(escape(_bare(line)) for line in document.title) or "sigctl"
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n{head}<title>{title}</title>\n'
        f"<style>\n{style}</style>\n</head>\n<body>\n"
        f"{page.header()}<main>\n{page.blocks(document.blocks)}</main>\n{page.footer()}</body>\n</html>\n"
    )


@cache
def _style(name: str) -> str:
    return (files("sigctl.render.document") / name).read_text(encoding="utf-8")


def _counter(document: Document) -> str:
    """What a printer puts below each page: "Page 2 of 5"."""
    page, of = (_css_text(text) for text in (document.margins.page, document.margins.of))
    text = f'content: {page} " " counter(page) " " {of} " " counter(pages); font: 9pt sans-serif; color: #4a5a66'
    return f"@page {{ @bottom-right {{ {text} }} }}\n"


def _css_text(text: str) -> str:
    """A text as CSS quotes it; no letter of it can end the quotation or the style."""
    return '"' + "".join(each if each.isalnum() or each in " ./" else f"\\{ord(each):x} " for each in text) + '"'


def _bare(line: Line) -> str:
    return " ".join(line.text.split("\n"))


class _Page:
    """The page as it is written: each kind of block has a way of its own."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.section = ""
        self.names: Counter[str] = Counter()

    def header(self) -> str:
        """Whose paper it is."""
        head = self.document.margins.head
        return f"<header>{_lines(head, 'p')}</header>\n" if head else ""

    def footer(self) -> str:
        """Whom to ask, when and from what it was made."""
        foot = self.document.margins.foot
        return f"<footer>{_lines(foot, 'p')}</footer>\n" if foot else ""

    def blocks(self, blocks: Sequence[Block]) -> str:
        """Blocks, one below the other; what follows a new page stands in a part of its own."""
        return "".join(self.block(block) for block in blocks)

    def block(self, block: Block) -> str:
        """One block as HTML."""
        match block:
            case Heading():
                self.section = _told(block.lines)
                return f"<h{block.level}>{_lines(block.lines, 'span')}</h{block.level}>\n"
            case Paragraph(line=line):
                return f"<p{_lang(line)}>{_runs(line)}</p>\n"
            case Listing():
                return self._listing(block)
            case Table():
                return self._table(block)
            case Terms(entries=entries):
                rows = "".join(f"<div><dt>{_lines(label, 'span')}</dt><dd>{_lines(value, 'span')}</dd></div>\n" for label, value in entries)
                return f"<dl>\n{rows}</dl>\n"
            case Figure():
                return self._figure(block)
            case Quote(blocks=blocks):
                return f"<blockquote>\n{self.blocks(blocks)}</blockquote>\n"
            case NewPage():
                return '<hr class="new-page">\n'
            case Columns():
                return self._columns(block)

    def _listing(self, listing: Listing) -> str:
        items = "".join(f"<li>{self._item(item)}</li>\n" for item in listing.items)
        if listing.first is None:
            return f"<ul>\n{items}</ul>\n"
        start = f' start="{listing.first}"' if listing.first != 1 else ""
        return f"<ol{start}>\n{items}</ol>\n"

    def _item(self, blocks: Sequence[Block]) -> str:
        """An item; one that is but a line needs no paragraph."""
        if len(blocks) == 1 and isinstance(blocks[0], Paragraph) and not blocks[0].line.language:
            return _runs(blocks[0].line)
        return "\n" + self.blocks(blocks)

    def _table(self, table: Table) -> str:
        """A table whose first row heads its columns; it can be scrolled by keyboard where the window is too narrow."""
        name = self._name(self.section or " / ".join(filter(None, map(_told, table.head))))
        ways = [f' class="{each}"' if each != "left" else "" for each in table.align]
        head = "".join(
            f'<th scope="col"{way}>{_lines(cell, "span")}</th>' if cell and _told(cell) else f"<td{way}></td>"
            for cell, way in zip(table.head, ways, strict=True)
        )
        rows = "".join(
            "<tr>" + "".join(f"<td{way}>{_lines(cell, 'span')}</td>" for cell, way in zip(row, ways, strict=False)) + "</tr>\n"
            for row in table.rows
        )
        around = f'<div class="wide" role="region" tabindex="0" aria-label="{escape(name, quote=True)}">'
        return f"{around}\n<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n</div>\n"

    def _name(self, wanted: str) -> str:
        """A name that no other table of the page has."""
        self.names[wanted] += 1
        return wanted if self.names[wanted] == 1 else f"{wanted} ({self.names[wanted]})"

    def _figure(self, figure: Figure) -> str:
        """A picture in the page itself, with what it shows in words."""
        drawn = self.document.pictures.get(figure.name)
        if drawn is None:
            return f"<p{_lang(figure.alt)}>{_runs(figure.alt)}</p>\n"
        alt = escape(figure.alt.text, quote=True)
        inline = _apart(drawn[drawn.index("<svg") :], f"picture-{figure.name}-")
        named = re.sub(r'\s(role|aria-label|aria-labelledby|(xml:)?lang)="[^"]*"', "", inline[: inline.index(">")])
        return f'<figure{_lang(figure.alt)}>{named} role="img" aria-label="{alt}"{inline[inline.index(">") :]}</figure>\n'

    def _columns(self, columns: Columns) -> str:
        rows = "".join(
            "".join(f'<div lang="{language}">\n{self.blocks(side)}</div>\n' for language, side in zip(columns.languages, row, strict=True))
            for row in columns.rows
        )
        return f'<div class="columns">\n{rows}</div>\n'


def _apart(drawn: str, prefix: str) -> str:
    """A picture whose names inside are its own on this page."""
    return _ID.sub(lambda found: f"{found[1]}{prefix}{found[2]}", drawn)


def _told(lines: Lines) -> str:
    return " / ".join(filter(None, map(_bare, lines)))


def _lines(lines: Lines, tag: str) -> str:
    """The same in each language, one below the other; a line that belongs to no language stands by itself."""
    if len(lines) == 1 and not lines[0].language and tag == "span":
        return _runs(lines[0])
    return "".join(f"<{tag}{_lang(line)}>{_runs(line)}</{tag}>" for line in lines)


def _lang(line: Line) -> str:
    return f' lang="{line.language}"' if line.language else ""


def _runs(line: Line) -> str:
    return "".join(map(_run, line.runs))


def _run(run: Run) -> str:
    if run.text == "\n":
        return "<br>"
    text = escape(run.text, quote=False)
    text = f"<em>{text}</em>" if run.italic else text
    text = f"<strong>{text}</strong>" if run.bold else text
    text = f'<span lang="{run.language}">{text}</span>' if run.language else text
    safe = run.link.lower().startswith(("https://", "http://", "mailto:"))
    return f'<a href="{escape(run.link, quote=True)}">{text}</a>' if safe else text
