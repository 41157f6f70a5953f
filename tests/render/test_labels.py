"""Both languages have every word, and what nobody has confirmed is marked."""

from sigctl.render.labels import catalogue, keys, unverified


def test_every_key_stands_in_both_languages() -> None:
    assert keys("cy") == keys("en")


def test_no_word_is_empty_but_the_prefix_that_english_does_not_have() -> None:
    for language in ("cy", "en"):
        empty = {f"{section}.{key}" for section in ("rota", "dates") for key, value in catalogue(language)[section].items() if not value}
        assert empty <= {"dates.weekday_prefix"}


def test_only_words_that_exist_are_marked_as_unverified() -> None:
    assert unverified("cy") <= keys("cy")


def test_welsh_has_no_ampersand() -> None:
    assert not [value for value in catalogue("cy")["rota"].values() if "&" in value]


def test_weeks_and_years_are_whole() -> None:
    for language in ("cy", "en"):
        words = catalogue(language)["dates"]
        assert [len(words[key]) for key in ("weekdays", "weekdays_short", "months", "months_short")] == [7, 7, 12, 12]
