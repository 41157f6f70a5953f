"""A page that anybody can read: with a screen reader, on paper, on a telephone; and in which nothing of the data is markup."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

import pytest
from test_reading import NAUGHTY

from sigctl.render.document import document, html_of
from sigctl.render.document.tree import (
    Block,
    Columns,
    Document,
    Figure,
    Heading,
    Line,
    Margins,
    NewPage,
    Paragraph,
    Run,
    Table,
)
from sigctl.words import Words, same

EMPTY = {"meta", "br", "hr", "link", "img"}
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" role="img" aria-label="x"><title>Loads</title>'
    '<g id="a"/><use href="#a"/><path fill="url(#a)"/></svg>\n'
)


class Reader(HTMLParser):
    """The elements of a page with their attributes, its text, and whether each element is closed in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.spoken: list[tuple[str, str]] = []
        self.tongues: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.elements.append((tag, told))
        if tag not in EMPTY:
            self.open.append(tag)
            self.tongues.append(told.get("lang") or (self.tongues[-1] if self.tongues else ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        self.tongues.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and self.open[-1] != "style":
            self.spoken.append((data, self.tongues[-1]))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [told for name, told in self.elements if name == tag]


def line(text: str, language: Any = None) -> Line:
    return Line((Run(text),), language)


def page(*blocks: Block, **more: Any) -> str:
    margins = Margins((line("Grŵp", "cy"), line("Group", "en")), (line("Contact: X"),), "Tudalen / Page", "o / of")
    title = (line("Teitl", "cy"), line("Title", "en"))
    return html_of(Document(title, ("cy", "en"), (Heading(1, title), *blocks), margins, **more))


def test_the_page_and_each_block_tell_their_language() -> None:
    read = Reader(page(Paragraph(line("Bore da", "cy")), Paragraph(line("Good morning", "en")), Paragraph(line("Ysgol X"))))
    assert read.open == []
    assert read.all("html") == [{"lang": "cy"}]
    assert read.spoken[-4:] == [("Bore da", "cy"), ("Good morning", "en"), ("Ysgol X", "cy"), ("Contact: X", "cy")]


def test_a_text_in_the_other_language_is_marked_within_its_line() -> None:
    read = Reader(page(Paragraph(Line((Run("Cadeirydd: "), Run("Chair", language="en")), "cy"))))
    assert ("Chair", "en") in read.spoken


def test_both_languages_look_alike() -> None:
    made = page(Paragraph(line("Bore da", "cy")), Paragraph(line("Good morning", "en")))
    assert re.findall(r"<p[^>]*>(?:Bore|Good)", made) == ['<p lang="cy">Bore', '<p lang="en">Good']
    assert ":lang(" not in made
    assert '[lang="' not in made.partition("</style>")[0]


def test_there_is_one_title_and_the_head_of_the_window_says_it() -> None:
    read = Reader(page())
    assert len(read.all("h1")) == 1
    assert "<title>Teitl / Title</title>" in page()


def test_the_page_needs_nothing_from_elsewhere_and_runs_nothing() -> None:
    read = Reader(page(Figure("loads", line("Who carries how much")), pictures={"loads": SVG}))
    assert not [each for tag in ("script", "link", "iframe", "object", "img", "form") for each in read.all(tag)]
    assert not [told for _, told in read.elements if any(name.startswith("on") for name in told)]
    assert "@import" not in page()
    assert "url(" not in page().partition("</style>")[0]
    assert len(page().partition("<style>")[2].partition("</style>")[0]) < 8_000


def test_tables_have_headings_for_their_columns_and_can_be_scrolled_by_keyboard() -> None:
    table = Table(((line("School"),), (line("Days"),), ()), (((line("X"),), (line("3"),), ()),), ("left", "right", "left"))
    read = Reader(page(Heading(2, (line("Loads"),)), table, table))
    assert [told["scope"] for told in read.all("th")] == ["col"] * 4
    assert [told.get("class") for told in read.all("th")] == [None, "right"] * 2
    regions = [told for told in read.all("div") if told.get("role") == "region"]
    assert [(each["tabindex"], each["aria-label"]) for each in regions] == [("0", "Loads"), ("0", "Loads (2)")]


def test_a_picture_stands_in_the_page_and_says_what_it_shows() -> None:
    figures = [Figure("1-loads-cy", line('Pwy "sy\'n" <cario>', "cy")), Figure("2-loads-en", line("Who", "en"))]
    made = page(*figures, pictures={"1-loads-cy": SVG, "2-loads-en": SVG})
    read = Reader(made)
    assert [(told["role"], told["aria-label"]) for told in read.all("svg")] == [("img", 'Pwy "sy\'n" <cario>'), ("img", "Who")]
    ids = [told["id"] for told in read.all("g")]
    assert len(set(ids)) == 2
    assert [told["href"] for told in read.all("use")] == [f"#{each}" for each in ids]
    assert [told["fill"] for told in read.all("path")] == [f"url(#{each})" for each in ids]


def test_a_picture_that_is_not_there_is_told_in_words() -> None:
    assert ("What it would show", "cy") in Reader(page(Figure("gone", line("What it would show")))).spoken


def test_paper_has_page_numbers_new_pages_and_heads_of_tables_that_repeat() -> None:
    made = page(NewPage())
    assert (
        '@bottom-right { content: "Tudalen \\2f  Page" " " counter(page)' in made or 'content: "Tudalen / Page" " " counter(page)' in made
    )
    assert "break-after: page" in made
    assert "table-header-group" in made


def test_columns_tell_the_language_of_each_side() -> None:
    rows = (((Paragraph(line("Bore da", "cy")),), (Paragraph(line("Good morning", "en")),)),)
    read = Reader(page(Columns(("cy", "en"), rows)))
    assert [told.get("lang") for told in read.all("div")] == [None, "cy", "en"]


@dataclass(frozen=True)
class Paper:
    text: str
    imprint: Any

    @property
    def words(self) -> Words:
        return same(self.text)


@dataclass(frozen=True)
class Imprint:
    text: str

    def __getattr__(self, name: str) -> Any:
        from datetime import date

        return {"body": same(self.text), "contact": same(self.text), "email": self.text, "made": date(2026, 11, 12), "state": self.text}[
            name
        ]


TEMPLATE = """\
# {{ page.text }}

- {{ page.text }}

{{ page.text }}
:   {{ said(page.words) }}

| {{ page.text }} | b |
| --- | --- |
| {{ page.text }} | {{ link(page.text, page.text) }} |

{{ page.text | prose }}
"""


@pytest.mark.parametrize(
    "text", [*NAUGHTY, '" onload="alert(1)', "</style><script>", "</title><script>", "javascript:alert(1)", "';}</style>"]
)
@pytest.mark.parametrize("layout", ["blocks", "columns", "separate"])
def test_nothing_of_the_data_is_markup(text: str, layout: str) -> None:
    made = html_of(document("try", ("cy", "en"), Paper(text, Imprint(text)), layout, {"try.md.j2": TEMPLATE}))  # type: ignore[arg-type]
    read, plain = Reader(made), Reader(html_of(document("try", ("cy", "en"), Paper("x", Imprint("x")), layout, {"try.md.j2": TEMPLATE})))  # type: ignore[arg-type]
    assert read.open == []
    assert [tag for tag, _ in read.elements if tag not in ("a",)] == [tag for tag, _ in plain.elements]
    assert all(str(told["href"]).startswith(("http://", "https://", "mailto:")) for told in read.all("a"))
    assert not [name for _, told in read.elements for name in told if name.startswith("on")]


def test_the_same_document_gives_the_same_page() -> None:
    assert page(Paragraph(line("x"))) == page(Paragraph(line("x")))
