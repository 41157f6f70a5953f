"""Our own form and our own mail, as they come back."""

from datetime import date
from email.message import EmailMessage

import pytest
from exports import TUE, WED, asked, filled, ods

from sigctl.intake import Answer, Gathered, Kind, Unreadable, kind_of, read_answers
from sigctl.render.availability_form import AvailabilityForm, availability_form
from sigctl.words import Words

FORM = AvailabilityForm(
    "round-4", Words("Rownd 4", "Round 4"), "aberdare-head", "", Words("Siân", "Siân"), date(2026, 10, 9), (TUE, WED), date(2026, 9, 20)
)
FIRST = 8
"""The row of the form's first day, as Excel counts."""


def read(content: bytes) -> Gathered:
    return read_answers(asked("form.xlsx"), content, kind_of(content))


@pytest.mark.parametrize("shared", [True, False])
@pytest.mark.parametrize(("languages", "yes", "no"), [(("cy", "en"), "Ie / Yes", "Na / No"), (("cy",), "Ie", "Na"), (("en",), "Yes", "No")])
def test_a_filled_form(languages: tuple[str, ...], yes: str, no: str, shared: bool) -> None:
    content = filled(availability_form(FORM, languages), {FIRST + len(languages) - 2: yes, FIRST + len(languages) - 1: no}, shared=shared)  # type: ignore[arg-type]
    found = read(content)
    (reply,) = found.replies
    assert found.kind is Kind.FORM
    assert (reply.who.person, reply.who.cycle) == ("aberdare-head", "round-4")
    assert dict(reply.days) == {TUE: Answer.YES, WED: Answer.NO}


def test_days_left_open_are_counted_and_are_no_answer() -> None:
    (reply,) = read(filled(availability_form(FORM, ("en",)), {FIRST: "No"})).replies
    assert (dict(reply.days), reply.unanswered) == ({WED: Answer.NO}, 1)


def test_a_form_saved_in_another_format() -> None:
    about = [["sigctl availability", "1"], ["cycle", "round-4"], ["school", "porth"]]
    text = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = "".join(f"<table:table-row>{''.join(map(text.format, row))}</table:table-row>" for row in about)
    content = ods([[TUE, "na"]], extra=f'</table:table><table:table table:name="sigctl">{rows}')
    (reply,) = read(content).replies
    assert (reply.who.school, dict(reply.days)) == ("porth", {TUE: Answer.NO})


def test_a_form_that_came_back_as_it_was_is_no_answer() -> None:
    with pytest.raises(Unreadable, match="no day is filled in"):
        read(availability_form(FORM, ("cy", "en")))


# the mail

TEXT = """\
Your answer

sigctl-availability: round-4 person:aberdare-head

I cannot be out on:{answer}

sigctl-availability-end
"""


def reply_of(text: str) -> Gathered:
    return read(text.encode())


def no_days(found: Gathered) -> dict[str, list[str]]:
    return {each.who.person or each.who.school: [day.isoformat() for day in each.said(Answer.NO)] for each in found.replies}


def test_a_reply_with_days() -> None:
    assert no_days(reply_of(TEXT.format(answer=" 24 Nov, 3-4 Dec"))) == {"aberdare-head": ["2026-11-24", "2026-12-03", "2026-12-04"]}


@pytest.mark.parametrize("none", [" none", "\n\nDim\n", " every day suits"])
def test_a_reply_that_every_day_suits(none: str) -> None:
    assert no_days(reply_of(TEXT.format(answer=none))) == {"aberdare-head": []}


def test_a_quoted_reply_whose_lines_were_broken() -> None:
    text = "".join(f"> {line}\n" for line in TEXT.format(answer=" 2026-11-24,\n2026-11-25").splitlines())
    assert no_days(reply_of("Helo,\n\nSee below.\n\nOn 21 Sept 2026 at 9:00 we wrote:\n" + text)) == {
        "aberdare-head": ["2026-11-24", "2026-11-25"]
    }


def test_filled_in_above_and_quoted_below_as_it_was() -> None:
    both = TEXT.format(answer=" 24 Nov") + "\n" + "".join(f"> {line}\n" for line in TEXT.format(answer="").splitlines())
    assert no_days(reply_of(both)) == {"aberdare-head": ["2026-11-24"]}


def test_one_reply_for_oneself_and_for_a_school() -> None:
    both = TEXT.format(answer=" none") + TEXT.format(answer=" 24 Nov").replace("person:aberdare-head", "school:aberdare")
    assert no_days(reply_of(both)) == {"aberdare-head": [], "aberdare": ["2026-11-24"]}


@pytest.mark.parametrize("answer", ["", " any day but 24 Nov", " 24 Nov, I am in hospital"])
def test_an_answer_that_is_not_only_days_is_told_and_not_guessed(answer: str) -> None:
    found = reply_of(TEXT.format(answer=answer))
    assert found.replies == ()
    assert "aberdare-head" in str(found.faults[0])
    assert "hospital" not in str(found.faults[0])


def message(text: str, *, html: str = "", form: bytes = b"") -> bytes:
    mail = EmailMessage()
    mail["From"] = "Siân Llŷr <Sian@example.org>"
    mail["Subject"] = "RE: Pryd ydych chi'n rhydd?"
    mail.set_content(text or "-")
    if html:
        mail = EmailMessage()
        mail["From"] = "sian@example.org"
        mail["Subject"] = "RE:"
        mail.set_content(html, subtype="html")
    if form:
        mail.add_attachment(form, maintype="application", subtype="octet-stream", filename="availability.xlsx")
    return mail.as_bytes()


def test_a_whole_mail_in_text_or_as_a_page() -> None:
    text = TEXT.format(answer=" 24 Tachwedd")
    page = "".join(f"<p>{line}</p>" for line in text.splitlines() if line)
    for content in (message(text), message("", html=f"<html><body>{page}</body></html>")):
        found = read(content)
        assert found.kind is Kind.REPLY
        assert no_days(found) == {"aberdare-head": ["2026-11-24"]}


def test_a_mail_with_the_form_attached() -> None:
    found = read(message("Diolch!", form=filled(availability_form(FORM, ("en",)), {FIRST: "No"})))
    assert found.kind is Kind.FORM
    assert no_days(found) == {"aberdare-head": ["2026-11-25"]}


def test_a_mail_of_something_else_is_refused() -> None:
    with pytest.raises(Unreadable, match="is not in this text"):
        read(message("See you on 24 November"))


# days left open, and replies in somebody's own words

REST = FIRST - 2
"""The row that asks whether all other days suit; a form in one language has a line less above it, as `FIRST` of one is 7."""


def both(answers: dict[int, str]) -> Gathered:
    return read(filled(availability_form(FORM, ("cy", "en")), answers))


def test_all_other_days_suit_by_one_cell() -> None:
    (reply,) = both({REST: "Ie / Yes", FIRST + 1: "Na / No"}).replies
    assert (dict(reply.days), reply.unanswered) == ({WED: Answer.NO}, 0)
    (reply,) = both({REST: "Ie / Yes"}).replies
    assert (reply.days, reply.unanswered) == ((), 0), "everything suits"
    (reply,) = both({REST: "Na / No", FIRST: "Na / No"}).replies
    assert reply.unanswered == 1


def test_a_day_that_cannot_be_read_is_left_open_too() -> None:
    (reply,) = both({FIRST: "Na / No", FIRST + 1: "x"}).replies
    assert reply.unanswered == 1
    (reply,) = both({REST: "Ie / Yes", FIRST + 1: "x"}).replies
    assert reply.unanswered == 1


def test_the_words_of_days_that_stopped_a_reply_are_told_and_no_others() -> None:
    (fault,) = reply_of(TEXT.format(answer=" w/c 11 January, every Friday")).faults
    assert "line 5: the answer of `aberdare-head` is not only days (`w c every`)" in str(fault)
    (fault,) = reply_of(TEXT.format(answer=" 24 Nov, oncology")).faults
    assert "oncology" not in str(fault)


@pytest.mark.parametrize("rest", ["all other days suit", "Mae pob diwrnod arall yn addas"])
def test_a_reply_may_say_that_all_other_days_suit(rest: str) -> None:
    assert no_days(reply_of(TEXT.format(answer=f" 24 Nov. {rest}."))) == {"aberdare-head": ["2026-11-24"]}


def bare(text: str) -> Gathered:
    return read_answers(asked("r3.txt")._replace(is_of_one=True), text.encode(), Kind.REPLY)


@pytest.mark.parametrize(
    ("text", "days", "is_part"),
    [
        ("24 Nov, 3-4 Dec\n", {"24": "no", "3": "no", "4": "no"}, False),
        ("Helo Ann,\n\nNi allaf ar 24 Tachwedd\n\nDiolch\nHuw 24/7\n", {"24": "no"}, False),
        ("I can't do 24 Nov\n25 Nov: yes\n", {"24": "no", "25": "yes"}, True),
        ("24 Nov no\nAll other days suit.\n", {"24": "no"}, False),
        ("24 Nov yes\nall other days suit\n", {"24": "yes"}, False),
        ("Dear all,\n\nDim\n", {}, False),
        ("24 Nov no\n\nOn Mon, 23 Nov 2026 at 09:00, Cynon <sig@example.org>\nwrote:\n> 25 Nov\n", {"24": "no"}, False),
        ("24 Nov no\n\n-----Original Message-----\nFrom: x\n25 Nov\n", {"24": "no"}, False),
        ("24 Nov\n\n" + TEXT.format(answer=""), {"24": "no"}, False),
    ],
)
def test_a_reply_in_their_own_words_where_it_is_known_whose_it_is(text: str, days: dict[str, str], is_part: bool) -> None:
    (reply,) = bare(text).replies
    assert {str(each.day.day): each.answer.value for each in reply.days} == days
    assert reply.is_part is is_part


@pytest.mark.parametrize(
    "line",
    [
        "not Fridays",
        "w/c 11 January",
        "25 Nov yes, 26 Nov no",
        "24 Nov, I am in hospital",
        "25 Nov?",
        "none",
        "Hi not Fridays",
        "Diolch\n25 Nov too",
    ],
)
def test_nothing_of_a_reply_is_taken_where_a_line_is_not_understood(line: str) -> None:
    found = bare(f"24 Nov no\n{line}\n")
    assert found.replies == ()
    assert "hospital" not in str(found.faults[0])
    assert line == "none" or f"line {2 + line.count(chr(10))} is not understood" in str(found.faults[0])


def test_a_reply_that_says_nothing_of_days_is_no_answer() -> None:
    with pytest.raises(Unreadable, match="nothing is said about days"):
        bare("Diolch\n")
