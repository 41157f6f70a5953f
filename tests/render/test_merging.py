"""Two languages on one page: neither is lost, none comes before the other in weight, and what both say alike stands once."""

from dataclasses import dataclass, replace

import pytest

from sigctl.render.document import document, markdown_of, text_of
from sigctl.render.document.merging import in_columns, merged, separated
from sigctl.render.document.reading import read_markdown
from sigctl.render.document.tree import (
    Block,
    Columns,
    Document,
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
from sigctl.words import Words, same

BOTH = ("cy", "en")


def both(cy: str, en: str) -> tuple[Block, ...]:
    return merged(read_markdown(cy), read_markdown(en), BOTH)


def line(text: str, language: str | None = None) -> Line:
    return Line((Run(text),), language)  # type: ignore[arg-type]


def lines(cy: str, en: str) -> Lines:
    return (line(cy, "cy"), line(en, "en"))


def test_a_heading_has_a_line_in_each_language() -> None:
    assert both("# Agenda\n\n## Eitem", "# Agenda\n\n## Item") == (Heading(1, (line("Agenda"),)), Heading(2, lines("Eitem", "Item")))


def test_a_paragraph_is_followed_by_its_like() -> None:
    assert both("Bore da\n\nYsgol X", "Good morning\n\nYsgol X") == (
        Paragraph(line("Bore da", "cy")),
        Paragraph(line("Good morning", "en")),
        Paragraph(line("Ysgol X")),
    )


def test_cells_and_terms_say_both_and_what_is_alike_once() -> None:
    cy = "| Ysgol | Dyddiad |\n| --- | ---: |\n| X | Iau |\n\nMan\n:   X"
    en = "| School | Date |\n| --- | ---: |\n| X | Thu |\n\nPlace\n:   X"
    assert both(cy, en) == (
        Table((lines("Ysgol", "School"), lines("Dyddiad", "Date")), (((line("X"),), lines("Iau", "Thu")),), ("left", "right")),
        Terms(((lines("Man", "Place"), (line("X"),)),)),
    )


def test_items_of_a_list_hold_both_at_any_depth() -> None:
    (listing,) = both("1. Un\n   - Dau\n2. Tri", "1. One\n   - Two\n2. Three")
    inner = Listing(((Paragraph(line("Dau", "cy")), Paragraph(line("Two", "en"))),))
    first = (Paragraph(line("Un", "cy")), Paragraph(line("One", "en")), inner)
    assert listing == Listing((first, (Paragraph(line("Tri", "cy")), Paragraph(line("Three", "en")))), 1)


def test_a_quote_holds_both() -> None:
    assert both("> Sylwer", "> Note") == (Quote((Paragraph(line("Sylwer", "cy")), Paragraph(line("Note", "en")))),)


def test_an_empty_cell_says_nothing_in_either_language() -> None:
    (table,) = both("| a |  |\n| --- | --- |\n| b |  |", "| a |  |\n| --- | --- |\n| c | d |")
    assert isinstance(table, Table)
    assert table.rows == ((lines("b", "c"), (line("d", "en"),)),)


def test_where_shapes_differ_that_section_alone_stands_one_below_the_other() -> None:
    cy, en = "# T\n\n## A\n\n- un\n\n## B\n\nBore da", "# T\n\n## A\n\nNothing to do.\n\n## B\n\nGood morning"
    assert both(cy, en) == (
        Heading(1, (line("T"),)),
        Heading(2, (line("A"),)),
        Listing(((Paragraph(line("un", "cy")),),)),
        Paragraph(line("Nothing to do.", "en")),
        Heading(2, (line("B"),)),
        Paragraph(line("Bore da", "cy")),
        Paragraph(line("Good morning", "en")),
    )


def test_where_headings_differ_one_page_follows_the_other() -> None:
    blocks = both("# T\n\n## A\n\nun", "# T\n\none")
    assert blocks == (
        Heading(1, (line("T", "cy"),)),
        Heading(2, (line("A", "cy"),)),
        Paragraph(line("un", "cy")),
        NewPage(),
        Heading(1, (line("T", "en"),)),
        Paragraph(line("one", "en")),
    )


def test_columns_have_a_row_for_each_block_below_the_title_and_new_pages_go_through_both() -> None:
    cy, en = "# Teitl\n\nun\n\n---\n\n- dau", "# Title\n\none\n\n---\n\n- two"
    blocks = in_columns(read_markdown(cy), read_markdown(en), BOTH)
    assert blocks == (
        Heading(1, lines("Teitl", "Title")),
        Columns(BOTH, (((Paragraph(line("un", "cy")),), (Paragraph(line("one", "en")),)),)),
        NewPage(),
        Columns(BOTH, (((Listing(((Paragraph(line("dau", "cy")),),)),), (Listing(((Paragraph(line("two", "en")),),)),)),)),
    )


@pytest.mark.parametrize("columns", [1, 2, 7])
def test_every_table_goes_across_both_columns_with_the_headings_above_it(columns: int) -> None:
    page = "# {0}\n\n## {0} 2\n\n### {0} 3\n\n" + "| {0} " * columns + "|\n" + "| --- " * columns + "|\n\n## {0} 4\n\n{0} 5"
    *above, table, columns_ = in_columns(read_markdown(page.format("un")), read_markdown(page.format("one")), BOTH)
    assert above == [
        Heading(1, lines("un", "one")),
        Heading(2, lines("un 2", "one 2"), is_stacked=True),
        Heading(3, lines("un 3", "one 3"), is_stacked=True),
    ]
    assert isinstance(table, Table)
    assert table.head[-1] == lines("un", "one")
    assert isinstance(columns_, Columns), "what stands above a paragraph stands in its column"
    assert len(columns_.rows) == 2


def test_tables_of_different_shapes_stand_side_by_side() -> None:
    (columns,) = in_columns(read_markdown("| a |\n| --- |"), read_markdown("| a | b |\n| --- | --- |"), BOTH)
    assert isinstance(columns, Columns)


def test_separate_pages_have_each_their_own_title() -> None:
    blocks = separated(read_markdown("# Teitl\n\nun"), read_markdown("# Title\n\none"), BOTH)
    assert [block for block in blocks if isinstance(block, Heading | NewPage)] == [
        Heading(1, (line("Teitl", "cy"),)),
        NewPage(),
        Heading(1, (line("Title", "en"),)),
    ]


@dataclass(frozen=True)
class Imprint:
    body: Words = Words("Grŵp Gwella Ysgolion 3", "School Improvement Group 3")  # noqa: RUF009
    contact: Words = Words("Ysgrifennydd", "Secretary")  # noqa: RUF009
    email: str = "a_b@example.org"
    state: str = "1a2b3c4d"

    @property
    def made(self) -> object:
        from datetime import date

        return date(2026, 11, 12)


@dataclass(frozen=True)
class Paper:
    title: Words
    text: Words
    imprint: Imprint = Imprint()


OWN = {"note.md.j2": "# {{ said(page.title) }}\n\n{{ said(page.text) }}\n"}
NOTE = Paper(Words("Nodyn", "Note"), Words("Bore da", "Good morning"))


def made(*languages: str, layout: str = "blocks", paper: Paper = NOTE) -> Document:
    return document("note", languages, paper, layout, OWN)  # type: ignore[arg-type]


def test_a_document_in_one_language_says_so_once_and_not_at_each_line() -> None:
    found = made("cy")
    assert found.languages == ("cy",)
    assert found.title == (line("Nodyn"),)
    assert found.blocks == (Heading(1, (line("Nodyn"),)), Paragraph(line("Bore da")))
    assert (found.margins.page, found.margins.of) == ("Tudalen", "o")


def test_every_page_says_whose_it_is_whom_to_ask_and_when_it_was_made() -> None:
    margins = made("cy", "en").margins
    assert margins.head == lines("Grŵp Gwella Ysgolion 3", "School Improvement Group 3")
    assert [each.language for each in margins.foot] == ["cy", "en"]
    assert margins.foot[1].text == "Contact: Secretary, a_b@example.org · Made on: 12 November 2026 · state of the files: 1a2b3c4d"
    assert (margins.page, margins.of) == ("Tudalen / Page", "o / of")


def test_the_first_language_comes_first() -> None:
    assert [each.text for each in made("en", "cy").title] == ["Note", "Nodyn"]
    assert markdown_of("note", ("en", "cy"), NOTE, OWN).index("Note") < markdown_of("note", ("en", "cy"), NOTE, OWN).index("Nodyn")


@pytest.mark.parametrize("layout", ["blocks", "columns", "separate"])
def test_no_layout_loses_anything(layout: str) -> None:
    told = text_of(made("cy", "en", layout=layout))
    assert all(each in told for each in ("Nodyn", "Note", "Bore da", "Good morning", "Ysgrifennydd", "Secretary"))


def test_what_awaits_translation_is_told_with_the_language_that_it_lacks() -> None:
    found = made("cy", "en", paper=Paper(Words("Nodyn", "Note"), Words("", "Good morning")))
    assert [(each.text, each.language) for each in found.missing] == [("Good morning", "cy")]
    assert not made("cy", "en", paper=Paper(same("X"), same("Y"))).missing


def test_a_contact_without_translation_is_marked_and_told_too() -> None:
    found = made("cy", "en", paper=replace(NOTE, imprint=replace(NOTE.imprint, contact=Words("", "Chair"))))
    assert [run.text for run in found.margins.foot[0].runs if run.language == "en"] == ["Chair"]
    assert [(each.text, each.language) for each in found.missing] == [("Chair", "cy")]


def test_markdown_ends_with_the_imprint() -> None:
    assert markdown_of("note", ("en",), NOTE, OWN) == (
        "# Note\n\nGood morning\n\nSchool Improvement Group 3 · Contact: Secretary, a\\_b@example.org · "
        "Made on: 12 November 2026 · state of the files: 1a2b3c4d\n"
    )
