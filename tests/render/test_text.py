"""Plain text for mail and terminals: it fits, nothing is cut, and what the data says stands there as it was."""

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_reading import NAUGHTY

from sigctl.render.document import document, text_of
from sigctl.render.document.reading import read_markdown
from sigctl.render.document.text import columns
from sigctl.render.document.tree import Document, Margins
from sigctl.render.literal import cleaned


def told(markdown: str, width: int = 78) -> str:
    return text_of(Document((), ("en",), read_markdown(markdown), Margins((), (), "Page", "of")), width)


def test_headings_paragraphs_lists_and_terms() -> None:
    page = (
        "# Agenda\n\n## Items\n\nSome *words* [here](https://example.org/a)\n\n1. One\n2. Two\n   - in it\n\nDate\n:   12 November 2026\n"
    )
    assert told(page) == (
        "Agenda\n======\n\nItems\n-----\n\nSome words here <https://example.org/a>\n\n"
        "1. One\n2. Two\n   - in it\n\nDate: 12 November 2026\n"
    )


def test_numbers_of_a_list_stand_one_below_the_other() -> None:
    assert told("9. nine\n10. ten") == " 9. nine\n10. ten\n"


def test_lines_are_no_wider_than_asked_for_and_go_on_below_their_text() -> None:
    assert told("- one two three four", 12) == "- one two\n  three four\n"
    assert told("> one two three four", 12) == "| one two\n| three four\n"


def test_a_table_stands_in_columns_where_there_is_room() -> None:
    page = "| School | Days |\n| --- | ---: |\n| Ysgol Gyfun | 3 |\n| X | 12 |"
    assert told(page) == "School       Days\n-----------  ----\nYsgol Gyfun     3\nX              12\n"


def test_a_table_that_is_too_wide_folds_its_cells_and_parts_its_rows() -> None:
    page = "| Item | Lead |\n| --- | --- |\n| one two three four five | X |\n| six | Y |"
    assert told(page, 26) == (
        "Item                  Lead\n--------------------  ----\none two three four    X\nfive\n\nsix                   Y\n"
    )


def test_a_table_without_room_for_its_words_has_a_line_for_each_cell() -> None:
    page = "| School | Coordinator | Telephone |\n| --- | --- | --- |\n| Rhydywaun | Ann |  |\n| Aberdare | Bob | 01685 |"
    assert told(page, 28) == "School: Rhydywaun\nCoordinator: Ann\n\nSchool: Aberdare\nCoordinator: Bob\nTelephone: 01685\n"


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.text("ab ŵ漢", min_size=1, max_size=30).filter(str.strip), min_size=3, max_size=3), min_size=1, max_size=4))
def test_no_word_of_a_table_is_lost_or_cut(rows: list[list[str]]) -> None:
    page = "\n".join(["| H | I | J |", "| --- | --- | --- |", *(f"| {' | '.join(row)} |" for row in rows)])
    made = told(page, 40)
    assert sorted("".join(made.replace("H", "").split())) == sorted(
        "".join("".join(row) for row in rows).replace(" ", "") + made.replace("\n", " ").count("-") * "-" + _labels(made)
    )
    longest = max(columns(word) for row in rows for cell in row for word in cell.split())
    assert max(columns(each) for each in made.splitlines()) <= max(40, longest + 3)


def _labels(made: str) -> str:
    """The letters of the heads, as often as they stand there."""
    return "".join(letter * made.count(letter) for letter in "IJ:")


@dataclass(frozen=True)
class Paper:
    text: str


@pytest.mark.parametrize("text", NAUGHTY)
def test_a_naughty_text_stands_there_as_it_is(text: str) -> None:
    own = {"try.md.j2": "# {{ page.text }}\n\n{{ page.text }}\n\n| a |\n| --- |\n| {{ page.text }} |\n"}
    made = text_of(document("try", ("cy", "en"), Paper(text), "blocks", own))
    assert made.count(cleaned(text)) == 3


def test_wide_letters_and_marks_take_the_room_that_they_take() -> None:
    assert [columns(each) for each in ("abc", "ŵ", "w\u0302", "漢字", "\u200fא")] == [3, 1, 1, 4, 1]
