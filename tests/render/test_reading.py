"""What the data says is never markup: any text goes through Markdown into the tree and comes out as it was, wherever it stands."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sigctl.render.document.reading import read_markdown
from sigctl.render.document.tree import (
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
from sigctl.render.environment import page_of
from sigctl.render.literal import cleaned
from sigctl.words import Words, same

NAUGHTY = (
    "Ysgol [/foo]",
    "A & B <i>",
    "*x*|y",
    "{{ 7*7 }}",
    "=1+1",
    "w\u0302 y\u0302 Llŷr",
    "\u200fשלום\u200e (abc)",
    "🏫 👩🏽‍🏫",
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "![x](http://example.org/x.png)",
    "http://example.org/",
    "1. 2) - + # > : ~ = | \\ ` _ $",
)
STARTS = ("- x", "+ x", "* x", "# x", "> x", "1. x", "1) x", "12. ", ": x", "~ x", "---", "***", "===", "-", "+", ":", "    x", "\tx")
ENDS = ("x\\", "x #", "x**", "[x", "x]", "x]: y", "x`", "&amp;", "&#42;", "\\*", "\\\\|", "{lang=en}", "x{lang=cy}", "![", "~~~", "```")

PLACES = {
    "paragraph": "{{ page.text }}",
    "within": "before {{ page.text }} after",
    "heading": "# {{ page.text }}",
    "bullet": "- {{ page.text }}",
    "number": "1. {{ page.text }}",
    "nested": "- a\n  - {{ page.text }}",
    "head": "| {{ page.text }} |\n| --- |\n| x |",
    "cell": "| a | b |\n| --- | --- |\n| x | {{ page.text }} |",
    "term": "{{ page.text }}\n:   x",
    "value": "x\n:   {{ page.text }}",
    "quote": "> {{ page.text }}",
    "bold": "**{{ page.text }}** x",
    "said": "{{ said(page.words) }}",
    "macro": "{% macro m(x) %}{{ x }}{% endmacro %}{{ m(page.text) }}",
    "joined": "{{ [page.text, page.text] | join(', ') }}",
    "in a row": '{{ "x: " ~ page.text }}',
    "macro in a row": "{% macro m(x) %}{{ x }}{% endmacro %}{{ m(page.text) ~ page.text }}",
    "by hand": "{{ page.text | e }}",
    "changed": "{{ page.text | replace('QQQQ', '') | indent }}",
    "set": "{% set x %}{{ page.text }}{% endset %}{{ x }}",
    "link": '{{ link(page.text, "https://example.org/") }}',
    "prose": "{{ page.text | prose }}",
    "prose in an item": "1. x\n\n   {{ page.text | prose | indent(3) }}",
}


@dataclass(frozen=True)
class Paper:
    text: str

    @property
    def words(self) -> Words:
        return same(self.text)


def read(source: str, text: str) -> str:
    """The text of a page that a template makes of one value."""
    own = {"try.md.j2": source + "\n"}
    return "".join(texts(read_markdown(page_of("try", "en", Paper(text), own).spans)))


def texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        yield from texts_of(block)


def texts_of(block: Block) -> Iterator[str]:
    match block:
        case Heading(lines=lines):
            yield from lines_text(lines)
        case Paragraph(line=line):
            yield line.text
        case Listing(items=items):
            yield from (text for item in items for text in texts(item))
        case Table(head=head, rows=rows):
            yield from (text for cells in (head, *rows) for cell in cells for text in lines_text(cell))
        case Terms(entries=entries):
            yield from (text for label, value in entries for text in lines_text((*label, *value)))
        case Quote(blocks=inner):
            yield from texts(inner)
        case _:
            yield f"<{block}>"


def lines_text(lines: Lines) -> Iterator[str]:
    return (line.text for line in lines)


def bare(text: str) -> str:
    """A text without white space, which Markdown may change."""
    return "".join(cleaned(text).split())


def around(place: str) -> str:
    """What a place holds besides the text."""
    return bare(read(PLACES[place], "QQQ"))


@pytest.mark.parametrize("place", PLACES)
def test_a_naughty_text_stays_itself_wherever_it_stands(place: str) -> None:
    wanted = {text: around(place).replace("QQQ", bare(text)) for text in (*NAUGHTY, *STARTS, *ENDS) if not _is_list(place, text)}
    assert {text: bare(read(PLACES[place], text)) for text in wanted} == wanted


def _is_list(place: str, text: str) -> bool:
    return place.startswith("prose") and text.startswith(("- ", "* "))


LETTERS = st.text(st.one_of(st.sampled_from("\\`*_[]<>#|~&!{}$-+=:.)1 ()\"'/aŵ\n"), st.characters(exclude_categories=["Cs"])), max_size=20)


@settings(max_examples=60, deadline=None)
@example("\\", "cell")
@example("a  \nb", "heading")
@given(LETTERS, st.sampled_from([each for each in PLACES if not each.startswith("prose")]))
def test_any_text_stays_itself_wherever_it_stands(text: str, place: str) -> None:
    text = f"{text}x" if not bare(text) else text
    assert bare(read(PLACES[place], text)) == around(place).replace("QQQ", bare(text))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text("-+*#>1.): \n|\\[]ab", max_size=12), min_size=2, max_size=4))
def test_texts_that_meet_make_no_markup_together(parts: list[str]) -> None:
    @dataclass(frozen=True)
    class Parts:
        parts: tuple[str, ...]

    own = {"try.md.j2": "{% for each in page.parts %}{{ each }}{% endfor %}x\n"}
    blocks = read_markdown(page_of("try", "en", Parts(tuple(parts)), own).spans)
    assert bare("".join(texts(blocks))) == bare("".join(map(cleaned, parts)) + "x")
    assert [type(block) for block in blocks] == [Paragraph]


def test_letters_are_composed_and_what_cannot_be_seen_is_shown() -> None:
    assert read("{{ page.text }}", "w\u0302\x00\x1b[31m\u202egnirts\u200f\u2069") == "ŵ\ufffd\ufffd[31m\ufffdgnirts\u200f\ufffd"


def test_spaces_that_a_template_writes_stay() -> None:
    listed = '{% for each in [1, 2] %}{{ page.text }}{{ "; " if not loop.last }}{% endfor %}'
    own = {"try.md.j2": listed + '{{ " (" ~ page.text ~ ")" }}{{ " - x" if page.text }}\n'}
    assert page_of("try", "en", Paper(" a* "), own).text == "a\\*; a\\* (a\\*) - x\n"


def test_prose_keeps_paragraphs_and_lists_and_nothing_else() -> None:
    blocks = read_markdown(
        page_of("try", "en", Paper("One *two*\ngoes on.\n\n- a # b\n- c\n  d\n\n## No"), {"try.md.j2": "{{ page.text | prose }}\n"}).spans
    )
    assert blocks == (
        Paragraph(Line((Run("One *two* goes on."),))),
        Listing(((Paragraph(Line((Run("a # b"),))),), (Paragraph(Line((Run("c d"),))),))),
        Paragraph(Line((Run("## No"),))),
    )


def test_prose_in_an_item_stays_in_it() -> None:
    own = {"try.md.j2": "1. Item\n\n   {{ page.text | prose | indent(3) }}\n\n2. Next\n"}
    (listing,) = read_markdown(page_of("try", "en", Paper("One\n\n- a\n- b"), own).spans)
    assert isinstance(listing, Listing)
    assert [[type(block) for block in item] for item in listing.items] == [[Paragraph, Paragraph, Listing], [Paragraph]]


def test_all_that_templates_write_is_read() -> None:
    page = (
        '# Title **bold** *italic* [web](https://example.org/ "t")\n\nLabel\n:   Value\n\nOther\n:   A\n\n    B\n\n'
        "3. c\n4. d\n   - e\n\n| L | R | C |\n| --- | ---: | :-: |\n| 1 | 2 | 3 |\n\n> Note\n\n---\n\n![What it shows](picture:1-map-cy)\n"
    )
    heading, terms, listing, table, quote, new_page, figure = read_markdown(page)
    assert heading == Heading(
        1,
        (
            Line(
                (
                    Run("Title "),
                    Run("bold", bold=True),
                    Run(" "),
                    Run("italic", italic=True),
                    Run(" "),
                    Run("web", link="https://example.org/"),
                )
            ),
        ),
    )
    assert terms == Terms(((said("Label"), said("Value")), (said("Other"), (Line((Run("A"), Run("\n"), Run("B"))),))))
    assert isinstance(listing, Listing)
    assert listing.first == 3
    assert isinstance(listing.items[1][1], Listing)
    assert table == Table((said("L"), said("R"), said("C")), ((said("1"), said("2"), said("3")),), ("left", "right", "centre"))
    assert quote == Quote((Paragraph(Line((Run("Note"),))),))
    assert new_page == NewPage()
    assert figure == Figure("1-map-cy", Line((Run("What it shows"),)))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("# a\n\n## b\n\n### c\n\n## d", [1, 2, 3, 2]),
        ("## a\n\n#### b\n\n## c", [1, 2, 2]),
        ("# a\n\n## b\n\n# c\n\n## d\n\n### e", [1, 2, 2, 3, 4]),
        ("# a\n\n###### b\n\n###### c\n\n### d", [1, 2, 2, 2]),
    ],
)
def test_one_title_comes_first_and_no_level_is_left_out(written: str, read: list[int]) -> None:
    assert [block.level for block in read_markdown(written) if isinstance(block, Heading)] == read


def said(text: str) -> Lines:
    return (Line((Run(text),)),)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "vbscript:x", "//example.org"])
def test_a_dangerous_address_is_no_link(address: str) -> None:
    own = {"try.md.j2": "{{ link('text', page.text) }} [more](%s)\n" % address}  # noqa: UP031
    (paragraph,) = read_markdown(page_of("try", "en", Paper(address), own).spans)
    assert isinstance(paragraph, Paragraph)
    assert not [run for run in paragraph.line.runs if run.link]


def test_what_lacks_a_language_is_marked_with_the_one_that_it_has() -> None:
    @dataclass(frozen=True)
    class Chair:
        words: Words = Words(en="Chair *of* governors")  # noqa: RUF009

    page = page_of("try", "cy", Chair(), {"try.md.j2": "Pwy: {{ said(page.words) }}; **{{ said(page.words) }}**\n"})
    (paragraph,) = read_markdown(page.spans)
    assert isinstance(paragraph, Paragraph)
    assert [(run.text, run.language) for run in paragraph.line.runs if run.language] == [("Chair *of* governors", "en")] * 2
    assert "[heb ei gyfieithu eto]" in paragraph.line.text
    assert page.missing == (("Chair *of* governors", "cy"),)
    assert "lang=" not in page.text


@pytest.mark.parametrize("text", STARTS)
def test_what_lacks_a_language_is_no_markup_where_people_read_the_page_as_it_is(text: str) -> None:
    @dataclass(frozen=True)
    class Lacking:
        words: Words

    page = page_of("try", "cy", Lacking(Words(en=text)), {"try.md.j2": "{{ said(page.words) }}\n"})
    (paragraph,) = read_markdown(page.text)
    assert isinstance(paragraph, Paragraph)
    assert bare(paragraph.line.text) == bare(f"{text} [heb ei gyfieithu eto]")
