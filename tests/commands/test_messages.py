"""The form of a message: experience.md, to the letter."""

import unicodedata

import pytest

from sigctl.commands.messages import cells, counted, listed, message, summary, visible
from sigctl.problem import Place, Problem, error, warning

UNKNOWN = error("unknown-field", "A key that sigctl does not know.")
OLD = warning("old", "Something is old.")


def problem(text: str = "    trianed: 2025-09-12", column: int = 5, length: int = 7, line: int = 41) -> Problem:
    place = Place("people.yaml", line, column, length, text)
    return Problem(UNKNOWN, "`trianed` is not a field of reviewer", place, "did you mean `trained`?")


def test_a_message_looks_as_promised() -> None:
    assert message(problem()) == (
        "people.yaml:41:5: error: `trianed` is not a field of reviewer [unknown-field]\n"
        "   |\n"
        "41 |     trianed: 2025-09-12\n"
        "   |     ^^^^^^^\n"
        "   = did you mean `trained`?"
    )


def test_the_gutter_is_as_wide_as_the_number() -> None:
    assert message(problem(line=1041)).splitlines()[1:4] == ["     |", "1041 |     trianed: 2025-09-12", "     |     ^^^^^^^"]


def test_a_place_without_a_line_has_no_picture() -> None:
    whole = Problem(OLD, "this file is old", Place("a b.yaml"), "renew it")
    assert message(whole) == "a b.yaml: warning: this file is old [old]\n  = renew it"


def test_no_advice_leaves_no_line() -> None:
    assert message(Problem(OLD, "old", Place("a.yaml"))) == "a.yaml: warning: old [old]"


@pytest.mark.parametrize("mark", ["\u200e", "\u200f", "\u061c", "\u202e", "\u2066"])
def test_what_turns_the_direction_of_reading_is_seen_in_messages(mark: str) -> None:
    assert mark not in message(Problem(OLD, f"`a{mark}b` is old", Place("a.yaml", 1, 1, 1, f"a{mark}b"), f"renew a{mark}b"))
    assert visible(f"a{mark}b") == "a\ufffdb"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_the_caret_stands_under_its_word_behind_accents(form: str) -> None:
    line = unicodedata.normalize(form, "    name: Ysgol y Môr ŵŷ, wrng: x")
    under = message(problem(line, line.index("wrng") + 1, 4)).splitlines()[3]
    before = unicodedata.normalize("NFC", line)
    assert under == "   | " + " " * before.index("wrng") + "^^^^"


def test_the_caret_stands_under_its_word_behind_wide_letters() -> None:
    assert message(problem("名前 x", 4, 1)).splitlines()[3] == "   |      ^"


def test_a_long_line_is_shown_around_the_caret() -> None:
    line = "x" * 5000 + " wrong " + "y" * 5000
    shown = message(problem(line, 5002, 5), width=80).splitlines()
    assert all(len(each) <= 80 for each in shown[1:4])
    text, caret = shown[2][5:], shown[3][5:]
    assert text[caret.index("^") :].startswith("wrong")
    assert caret.count("^") == 5
    assert text.startswith("…")
    assert text.endswith("…")


@pytest.mark.parametrize(("column", "start", "end"), [(1, False, True), (10_003, True, False)])
def test_a_long_line_is_marked_where_it_goes_on(column: int, start: bool, end: bool) -> None:
    text = message(problem("x" * 10_007, column, 5), width=80).splitlines()[2][5:]
    assert text.startswith("…") == start
    assert text.endswith("…") == end


def test_a_caret_never_runs_past_the_line() -> None:
    assert message(problem("ab", 2, 50)).splitlines()[3] == "   |  ^"
    assert message(problem("ab", 3, 1)).splitlines()[3] == "   |   ^"


def test_signs_that_steer_a_terminal_are_made_visible() -> None:
    assert visible("a\x1b[31m\u202eb\x07\u2066\x9b\ud800\tc") == "a\ufffd[31m\ufffdb\ufffd\ufffd\ufffd\ufffd c"
    bad = Problem(UNKNOWN, "`\x1b]0;x\x07`", Place("\x1b.yaml", 1, 1, 1, "\x1b[2J"), "\u202e")
    assert not {"\x1b", "\x07", "\u202e"} & set(message(bad))


def test_welsh_letters_take_one_cell() -> None:
    assert cells("Gŵyr") == cells(unicodedata.normalize("NFD", "Gŵyr")) == 4


def test_the_summary_counts() -> None:
    errors = [Problem(UNKNOWN, "m", Place(file)) for file in ("a", "b")]
    warnings = [Problem(OLD, "m", Place("c"))]
    assert summary(errors + warnings) == "2 errors and 1 warning in 3 files"
    assert summary(errors[:1]) == "1 error in 1 file"
    assert summary(warnings * 2) == "2 warnings in 1 file"


def test_words_of_a_sentence() -> None:
    assert [listed([]), listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"], "or")] == ["", "a", "a and b", "a, b or c"]
    assert [counted(1, "person"), counted(2, "person"), counted(1500, "school")] == ["1 person", "2 people", "1,500 schools"]
