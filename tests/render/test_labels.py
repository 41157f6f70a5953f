"""Both languages have every word, what nobody has confirmed is marked, and words follow their numbers."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pytest

from sigctl.render.labels import catalogue, counted, keys, label, speak, unverified
from sigctl.render.visit_words import focus_words
from sigctl.words import Words

LANGUAGES = ("cy", "en")


def texts(language: str) -> Iterator[tuple[str, str]]:
    """Every text of a catalogue, with its key."""
    for section, words in catalogue(language).items():  # type: ignore[arg-type]
        for name, value in words.items():
            if isinstance(value, str):
                yield f"{section}.{name}", value
            elif isinstance(value, dict):
                yield from ((f"{section}.{name}.{form}", text) for form, text in value.items())


def test_every_key_stands_in_both_languages() -> None:
    assert keys("cy") == keys("en")


def test_no_word_is_empty_but_the_prefix_that_english_does_not_have() -> None:
    for language in LANGUAGES:
        assert {key for key, value in texts(language) if not value} <= {"dates.weekday_prefix"}


def test_only_words_that_exist_are_marked_as_unverified() -> None:
    assert unverified("cy") <= keys("cy")


def test_welsh_has_no_ampersand() -> None:
    assert not [key for key, value in texts("cy") if "&" in value]


def test_weeks_and_years_are_whole() -> None:
    for language in LANGUAGES:
        words = catalogue(language)["dates"]
        assert [len(words[key]) for key in ("weekdays", "weekdays_short", "months", "months_short")] == [7, 7, 12, 12]


def test_whatever_is_counted_has_a_form_for_all_other_numbers() -> None:
    counting = {language: {key for key, words in _counting(language)} for language in LANGUAGES}
    assert counting["cy"] == counting["en"]
    assert all("other" in words for language in LANGUAGES for _, words in _counting(language))


def _counting(language: str) -> Iterator[tuple[str, dict[str, str]]]:
    for section, words in catalogue(language).items():  # type: ignore[arg-type]
        yield from ((f"{section}.{name}", value) for name, value in words.items() if isinstance(value, dict))


@pytest.mark.parametrize(
    ("number", "cy", "en"),
    [(0, "0 munud", "0 minutes"), (1, "1 munud", "1 minute"), (2, "2 funud", "2 minutes"), (15, "15 munud", "15 minutes")],
)
def test_a_word_follows_its_number(number: int, cy: str, en: str) -> None:
    assert (counted("page.minutes", number, "cy"), counted("page.minutes", number, "en")) == (cy, en)


@contextmanager
def own_words(words: Mapping[str, Words]) -> Iterator[None]:
    """The words of a cluster, as a run of a command has them."""
    speak(words)
    try:
        yield
    finally:
        speak({})


def test_a_cluster_says_its_own_words_for_as_long_as_it_is_at_hand() -> None:
    with own_words({"rota.host": Words(cy="Ysgol letyol"), "page.minutes.two": Words(cy="dwy funud")}):
        assert label("rota.host", "cy") == "Ysgol letyol"
        assert label("rota.host", "en") == "Host school"
        assert counted("page.minutes", 2, "cy") == "dwy funud"
    assert label("rota.host", "cy") == "Ysgol sy'n croesawu"


def test_what_a_review_looks_at_is_said_in_words_of_the_cluster_or_ours_or_by_its_short_name() -> None:
    own = {"focus.literacy": Words("Llên", "Reading and writing"), "focus.forest-school": Words("Ysgol goedwig", "")}
    with own_words(own):
        assert [focus_words("literacy", "cy"), focus_words("attendance", "cy")] == ["Llên", "presenoldeb"]
        assert [focus_words("literacy", "en"), focus_words("attendance", "en")] == ["Reading and writing", "attendance"]
        assert [focus_words("forest-school", "cy"), focus_words("sea-school", "cy")] == ["Ysgol goedwig", "sea school"]
        assert focus_words("forest-school", "en").endswith(" [not translated yet]")
    assert focus_words("literacy", "cy") == "llythrennedd"


def test_what_a_review_looks_at_is_marked_where_nobody_has_confirmed_it() -> None:
    confirmed = {key for key in keys("cy") - unverified("cy") if key.startswith("focus.")}
    assert confirmed == {"focus.attendance", "focus.pupil-voice", "focus.self-evaluation"}
