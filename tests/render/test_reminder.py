"""Every letter of reminders: each kind of thing, for each role, the first time and again, in each language, compared whole.

`python -m pytest tests/render/test_reminder.py --update` writes them anew; look at the difference before you commit it.
"""

from dataclasses import replace
from pathlib import Path

import pytest
from remindful import AGAIN, ATTACHED, BARE, CALLED, CALLS, IMPRINT, LONG, ONE_OF_EACH, PASSED_ON, letter

from sigctl.records.reminders import REMINDER_KINDS
from sigctl.render import label, markdown
from sigctl.render.document import document, mail_html_of, text_of
from sigctl.reports.letters import CallsPage, LetterPage
from sigctl.words import LANGUAGES, Language

FOLDER = Path(__file__).parent / "letters"

PAGES = {
    "several": [("reminder", LONG)],
    "several-again": [("reminder", AGAIN)],
    "attached": [("reminder", ATTACHED)],
    "passed-on": [("reminder", PASSED_ON)],
    "minimal": [("reminder", letter("training", imprint=BARE)), ("calls", CallsPage(BARE, ()))],
    "calls": [("calls", CALLS)],
    **{
        kind: [("reminder", letter(topic, stage)) for topic, (of, _) in ONE_OF_EACH.items() for stage in (1, 2) if of == kind]
        for kind in REMINDER_KINDS
    },
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_letter(name: str, language: str, request: pytest.FixtureRequest) -> None:
    file = FOLDER / f"{name}.{language}.md"
    text = "\n---\n\n".join(markdown(template, language, page) for template, page in PAGES[name])  # type: ignore[arg-type]
    if request.config.getoption("--update"):
        file.write_text(text, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == text


def test_no_letter_is_left_over_and_every_kind_has_one() -> None:
    assert {file.name for file in FOLDER.iterdir()} == {f"{name}.{language}.md" for name in PAGES for language in LANGUAGES}
    assert all(PAGES[kind] for kind in REMINDER_KINDS)


def said(page: LetterPage | CallsPage, *languages: Language, template: str = "reminder") -> str:
    return text_of(document(template, languages, page, "separate"))


@pytest.mark.parametrize("topic", ONE_OF_EACH)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_second_message_says_it_shorter_and_says_that_it_is_a_reminder(topic: str, language: Language) -> None:
    first, second = (label(f"reminders.{topic}_{stage}", language) for stage in (1, 2))
    assert len(second) <= len(first)
    assert label("reminders.reminder", language) in said(letter(topic, 2), language)
    assert label("reminders.reminder", language) not in said(letter(topic), language)


def test_two_languages_stand_one_below_the_other_and_each_says_that_the_other_is_there() -> None:
    text = said(letter("action-due"), "cy", "en")
    places = [
        text.index(part)
        for part in ("The English text is below.", "Annwyl gydweithiwr,", "Gyda diolch,", "Dear colleague,", "With thanks,")
    ]
    assert places == sorted(places)
    english_first = replace(letter("action-due"), languages=("en", "cy"))
    text = said(english_first, "en", "cy")
    assert text.index("Mae'r testun Cymraeg isod.") < text.index("Dear colleague,") < text.index("Annwyl gydweithiwr,")
    alone = replace(letter("action-due"), languages=("cy",))
    assert "English" not in said(alone, "cy")


def test_the_line_for_those_who_read_the_other_language_is_in_that_language() -> None:
    page = mail_html_of(document("reminder", ("cy", "en"), letter("action-due"), "separate"))
    assert '<span lang="en">The English text is below.</span>' in page


def test_every_letter_says_whose_it_is_and_whom_to_ask() -> None:
    for topic in ONE_OF_EACH:
        text = said(letter(topic), "en")
        assert "School Improvement Group 3" in text
        assert "Contact: Siân Enghraifft, swyddfa@example.org" in text


def test_what_is_confidential_is_named_as_that_and_no_more() -> None:
    text = said(letter("action-overdue"), "en")
    assert "confidential part" in text
    assert "Send the figures" not in text


def test_a_name_in_the_files_is_no_markup() -> None:
    page = mail_html_of(document("reminder", ("en",), letter("visit-next-week_lead"), "separate"))
    assert "Ysgol [/foo] &amp; *Tŷ* | `Coch`" in page


def test_a_programme_is_read_on_a_phone() -> None:
    """No table, so that nothing has to be scrolled sideways."""
    for topic in ONE_OF_EACH:
        assert "<table" not in mail_html_of(document("reminder", ("cy", "en"), letter(topic), "separate"))


def test_of_several_visits_it_is_asked_once_whether_they_took_place() -> None:
    held = letter("visit-held")
    three = replace(held, sections=held.sections * 3)
    text = " ".join(said(three, "en").split())
    assert text.count("the files do not say whether it took place") == 1
    assert text.count("If it did, type the command above.") == 1
    assert text.count("sigctl rota mark coch done") == 3


def test_under_a_call_stands_the_command_that_ticks_it_off_and_people_are_counted() -> None:
    text = said(CALLS, "en", template="calls")
    assert "2 people to call." in text
    assert "3 people of earlier lists are still to be called as well." in text
    assert "Once it is done: sigctl actions done a1" in text


def test_one_person_is_told_of_in_the_singular() -> None:
    page = CallsPage(IMPRINT, tuple(CALLED[:2]), older=1)
    text = said(page, "en", template="calls")
    assert "1 person to call. A call is wanted here: there was no answer" in text
    assert "1 person of an earlier list is still to be called as well." in text
    assert "these people" not in text


def test_the_numbers_for_calls_stand_once_a_person() -> None:
    text = said(CALLS, "en", template="calls")
    assert text.count("01685 000000") == 1
    assert "Telephone: not in the files" in text
    assert "Headteacher, Treorchy Comprehensive School" in text


def test_what_the_caller_is_reminded_of_stands_below_the_calls() -> None:
    text = said(CALLS, "en", template="calls")
    assert text.index("Whatever you learn") < text.index("For you: A term of office ends")
