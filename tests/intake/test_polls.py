"""Polls of every make: who answered, yes, no or if need be, day by day."""

import pytest
from exports import DOODLE, DOODLE_TIMES, GOOGLE, MICROSOFT, RALLLY, THU, TUE, WED, asked, ods, xlsx

from sigctl.intake import Answer, Gathered, Kind, Unreadable, kind_of, read_answers

YES, MAYBE, NO = Answer.YES, Answer.MAYBE, Answer.NO


def read(content: bytes | str) -> Gathered:
    raw = content.encode() if isinstance(content, str) else content
    return read_answers(asked(), raw, kind_of(raw))


def said(found: Gathered) -> dict[str, dict[object, Answer]]:
    return {each.who.name or each.who.email: dict(each.days) for each in found.replies}


def test_doodle() -> None:
    found = read(xlsx(DOODLE))
    assert found.kind is Kind.POLL
    assert said(found) == {"Siân Llŷr": {TUE: YES, WED: NO, THU: MAYBE}, "Huw Prys": {TUE: NO, WED: YES, THU: YES}}
    assert found.faults == ()


def test_doodle_in_welsh_and_as_csv() -> None:
    rows = [["", "Tachwedd 2026", "", "Rhagfyr 2026"], ["", "Maw 24", "Mer 25", "Iau 3"], *DOODLE[6:]]
    text = "\n".join(";".join(map(str, row)) for row in rows)
    assert said(read(text)) == said(read(xlsx(DOODLE)))


def test_a_day_with_times_is_free_only_where_all_of_it_is() -> None:
    found = read(xlsx(DOODLE_TIMES))
    assert said(found) == {"Huw Prys": {TUE: NO, WED: YES}}
    assert any("several times" in note for note in found.notes)


def test_rallly() -> None:
    found = read(RALLLY)
    assert said(found) == {"Siân Llŷr": {TUE: YES, WED: NO, THU: MAYBE}, "Huw Prys": {TUE: NO, WED: YES, THU: YES}}
    assert found.replies[0].who.email == "sian@example.org"


def test_microsoft_forms_with_a_list_of_days_and_a_correction() -> None:
    found = read(xlsx(MICROSOFT))
    assert said(found) == {"Huw Prys": {TUE: NO, WED: YES, THU: NO}, "Siân Llŷr": {TUE: NO, WED: NO, THU: YES}}
    assert found.replies[0].who.email == "", "an anonymous answer has no address"
    assert any("rows 2 and 4" in note for note in found.notes)


@pytest.mark.parametrize(
    "question", ["On which days can you NOT come?", "Days when you are unavailable", "Ar ba ddiwrnodau na allwch fod allan?"]
)
def test_a_question_for_the_days_that_do_not_suit(question: str) -> None:
    rows = [[*MICROSOFT[0][:6], question], *MICROSOFT[1:3]]
    assert said(read(xlsx(rows)))["Huw Prys"] == {TUE: YES, WED: NO, THU: YES}


def test_google_forms_with_a_grid() -> None:
    found = read(GOOGLE)
    assert said(found) == {"Siân Llŷr": {TUE: YES, WED: NO}, "Huw Prys": {WED: MAYBE}}
    assert [each.unanswered for each in found.replies] == [0, 1]


def test_date_cells_in_a_header_and_ticks() -> None:
    assert said(read(xlsx([["Enw", TUE, WED], ["Siân", "✓", "✗"], ["Huw", 1, 0]]))) == {
        "Siân": {TUE: YES, WED: NO},
        "Huw": {TUE: YES, WED: NO},
    }
    assert said(read(ods([["Enw", TUE, WED], ["Siân", "Gallaf", "Na allaf"]]))) == {"Siân": {TUE: YES, WED: NO}}


def test_first_name_and_surname_in_two_columns() -> None:
    assert said(read("First name,Surname,2026-11-24\nSiân,Llŷr,no\n")) == {"Siân Llŷr": {TUE: NO}}


def test_everything_wrong_is_told_at_once_with_its_row_and_the_rest_is_read() -> None:
    found = read("Name,2026-11-24,Wed 26 November 2026\nSiân,x,yes\n,no,no\nHuw,in hospital,no\nGwyn,no,yes\n")
    told = [str(fault) for fault in found.faults]
    assert [fault.row for fault in found.faults] == [1, 2, 3, 4]
    assert "`x` under 2026-11-24 says neither yes nor no" in told[1]
    assert "nobody's name" in told[2]
    assert "hospital" not in told[3], "what somebody wrote may be a reason, which is nobody's business"
    assert said(found)["Gwyn"] == {TUE: NO}


def test_whoever_listed_nothing_is_not_guessed() -> None:
    rows = [*MICROSOFT[:2], [2, "", "", "huw@example.org", "Huw Prys", "", ""]]
    found = read(xlsx(rows))
    assert "Huw Prys" not in said(found)
    assert found.faults[0].row == 3


@pytest.mark.parametrize("content", ["Name,Colour\nSiân,blue\n", "just a line of text", "2026-11-24,2026-11-25\nyes,no\n"])
def test_a_table_that_asks_about_no_days_or_nobody_is_refused_with_advice(content: str) -> None:
    with pytest.raises(Unreadable) as told:
        read(content)
    assert told.value.advice


@pytest.mark.parametrize("content", [b"", b"  \n", b"%PDF-1.7 ..."])
def test_what_holds_no_answers_is_refused(content: bytes) -> None:
    with pytest.raises(Unreadable):
        read_answers(asked(), content, kind_of(content))
