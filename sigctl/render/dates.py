"""Days as people write them: "Tuesday 10 November 2026", "Dydd Mawrth 10 Tachwedd 2026". No comma, no ordinal."""

from datetime import date

from sigctl.render.labels import catalogue
from sigctl.words import Language


def day(value: date, language: Language) -> str:
    """A day with its weekday and year, in full."""
    words = catalogue(language)["dates"]
    weekday = words["weekday_prefix"] + words["weekdays"][value.weekday()]
    return f"{weekday} {value.day} {words['months'][value.month - 1]} {value.year}"


def plain_day(value: date, language: Language) -> str:
    """A day without its weekday, in full."""
    return f"{value.day} {catalogue(language)['dates']['months'][value.month - 1]} {value.year}"


def short_day(value: date, language: Language) -> str:
    """A day without its year, as short as it can be said: "Tue 10 Nov"."""
    words = catalogue(language)["dates"]
    return f"{words['weekdays_short'][value.weekday()]} {value.day} {words['months_short'][value.month - 1]}"


def short_days(first: date, last: date, language: Language) -> str:
    """A run of days, as short as it can be said: "Tue 10 to Wed 11 Nov"."""
    if first == last:
        return short_day(first, language)
    words = catalogue(language)["dates"]
    start = short_day(first, language)
    if (first.year, first.month) == (last.year, last.month):
        start = f"{words['weekdays_short'][first.weekday()]} {first.day}"
    return f"{start} {words['to']} {short_day(last, language)}"


def plain_days(first: date, last: date, language: Language) -> str:
    """A run of days without weekdays and years: "10–11 Nov"."""
    months = catalogue(language)["dates"]["months_short"]
    end = f"{last.day} {months[last.month - 1]}"
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}\u2013{end}"
    return f"{first.day} {months[first.month - 1]} \u2013 {end}"
