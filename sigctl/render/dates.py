"""Days and times of day as people write them: "Tuesday 10 November 2026", "Dydd Mawrth 10 Tachwedd 2026"; "3.30pm", "3.30y.h.".

No comma, no ordinal; hours from 1 to 12.
"""

from datetime import date, time

from sigctl.render.labels import catalogue, label
from sigctl.words import Language


def day(value: date, language: Language) -> str:
    """A day with its weekday and year, in full."""
    words = catalogue(language)["dates"]
    weekday = words["weekday_prefix"] + words["weekdays"][value.weekday()]
    return f"{weekday} {value.day} {words['months'][value.month - 1]} {value.year}"


def day_within(value: date, language: Language) -> str:
    """A day in full, within a sentence or after a noun, where Welsh has no capital: "Cyfarfod dydd Iau 8 Hydref 2026"."""
    prefix: str = catalogue(language)["dates"]["weekday_prefix"]
    return prefix.lower() + day(value, language).removeprefix(prefix)


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


def clock(value: time, language: Language) -> str:
    """A time of day: "3.30pm", "3pm", "12 noon"; "3.30y.h.", "3y.h.", "12 canol dydd"."""
    if (value.hour, value.minute) == (12, 0):
        return label("page.noon", language)
    return _figures(value) + _half(value, language)


def clocks(start: time, end: time | None, language: Language) -> str:
    """From one time of day to another, as short as it can be said: "3.30\u20135pm"; the start alone where the end is open."""
    if end is None:
        return clock(start, language)
    in_one_half = (start.hour < 12) == (end.hour < 12) and not {(start.hour, start.minute), (end.hour, end.minute)} & {(12, 0)}
    first = _figures(start) if in_one_half else clock(start, language)
    return f"{first}\u2013{clock(end, language)}"


def _figures(value: time) -> str:
    hour = value.hour % 12 or 12
    return f"{hour}.{value.minute:02d}" if value.minute else str(hour)


def _half(value: time, language: Language) -> str:
    return label("page.time_am" if value.hour < 12 else "page.time_pm", language)
