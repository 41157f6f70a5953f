"""How the columns of a table share a page."""

import pytest
from one_of_everything import line

from sigctl.render.document.advances import width_of
from sigctl.render.document.measures import Room, broken, fits, fitting, is_joined, label_width, row_heights, shares
from sigctl.render.document.tree import Lines, Table, Terms
from sigctl.render.widths import text_width

PAGE = 50.0


def table(*columns: list[str]) -> Table:
    cells: list[list[Lines]] = [[(line(text),) for text in column] for column in columns]
    head, *rows = zip(*cells, strict=True)
    return Table(head, tuple(rows), ("left",) * len(columns))


def widths(*columns: list[str]) -> list[float]:
    return [share * PAGE for share in shares(table(*columns), PAGE)]


def test_columns_fill_the_page() -> None:
    for columns in (["a", "b"], ["No.", "1"], ["Action", "word " * 50]), (["x" * 90, "y"], ["z", "z" * 90]), (["a", "b"],):
        assert abs(sum(widths(*columns)) - PAGE) < 0.1
    assert shares(Table((), (), ()), PAGE) == ()


def test_a_date_is_not_broken_for_a_long_text_beside_it() -> None:
    date, action = widths(["Due", "13 November 2026", "4 May 2027"], ["Action", "Send the draft rota to every school " * 4, "Telephone"])
    assert date > text_width("13 November 2026", 1)
    assert action > 2 * date


def test_no_word_is_broken_while_there_is_room() -> None:
    for column, width in zip(
        ["Llythrennedd", "Comprehensive", "Curriculum"],
        widths(["Llythrennedd"], ["Comprehensive " * 20], ["Curriculum " * 40]),
        strict=True,
    ):
        assert width > text_width(column, 1)


def test_who_has_more_to_say_gets_more_room() -> None:
    short, middle, long = widths(["words here " * 3] * 9, ["words here " * 9] * 9, ["words here " * 27] * 9)
    assert short < middle < long


def test_one_long_cell_does_not_squeeze_a_column_of_many() -> None:
    """Twenty dates in one line each are worth more than one row that is a line shorter."""
    dates = ["Tue 24 to Wed 25 November"] * 20
    schools = ["Ysgol Garth Olwg"] * 19 + ["Aberdare Community School; " * 8]
    date, _ = widths(["When", *dates], ["Who", *schools])
    assert date > text_width(dates[0], 1)


@pytest.mark.parametrize("width", [228.0, 300.0, 481.0])
@pytest.mark.parametrize("letters", [9.5, 11.0, 13.0])
def test_no_column_is_narrower_than_its_longest_word_where_the_page_allows(width: float, letters: float) -> None:
    columns = [["When", "Thu 10 Dec, 1.30pm"], ["What", "Cyfarfod"], ["Who or where", "Ysgol Garth Olwg; Comprehensive school " * 6]]
    fit = fitting(table(*columns), Room(width, letters, 10.0))
    for column, room in zip(columns, fit.rooms, strict=True):
        longest = max((word for text in column for word in text.split()), key=width_of)
        assert room >= width_of(longest), longest
        assert broken((line(column[1]),), room)[0].text == column[1]


def test_letters_become_smaller_before_words_are_broken() -> None:
    columns = [["Comprehensive"]] * 8
    assert fitting(table(*columns), Room(700, 9.5, 10.0)).scale == 1
    assert fitting(table(*columns), Room(530, 9.5, 10.0)).scale < 1


def test_a_word_that_has_no_room_at_all_may_be_broken() -> None:
    fit = fitting(table(["x" * 200, "y"], ["Beth", "Cyfarfod"]), Room(228, 9.5, 10.0))
    text = broken((line("x" * 200),), fit.rooms[0])[0].text
    assert text.replace("\u200b", "") == "x" * 200
    assert max(map(width_of, text.split("\u200b"))) < fit.rooms[0]
    assert fit.rooms[1] >= width_of("Cyfarfod")
    address = broken((line("ysgrifennydd@ysgolgyfun.example.org"),), 12)[0].text
    assert [each for each in address.split("\u200b") if "@" in each] == ["ysgrifennydd@"], "an address is broken at its signs"


def test_a_table_is_as_short_as_its_columns_can_make_it() -> None:
    """A few words in a narrow column do not take four lines beside one that has room to spare."""
    state = ["State", *["i'w cwblhau nawr"] * 6]
    action = ["Action", *["Send it"] * 6]
    where = ["Agreed by", *["Strategic Group, 8 October 2026"] * 6]
    fit = fitting(table(state, action, where), Room(200, 9.5, 10.0))
    assert max(row_heights(table(state, action, where), fit)) <= 2


def test_a_label_stands_beside_its_value_unless_it_is_too_long() -> None:
    place, long = (line("Lleoliad"), line("Place")), (line("Nifer y diwrnodau a aeth heibio heb eu nodi"),)
    value = (line("Aberdâr"),)
    width = label_width(Terms(((place, value), (long, value))))
    assert is_joined(place, value)
    assert not is_joined(place, (line("heddiw"), line("today")))
    assert fits(place, value, width)
    assert not fits(long, value, width)
