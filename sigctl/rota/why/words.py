"""Sets of days in words."""

from collections.abc import Iterator

from sigctl.rota.case import Case, Days


def spans(case: Case, days: Days) -> Iterator[Days]:
    """The stretches of a set of days: days in a row, where Friday and Monday are in a row."""
    stretch, before = 0, None
    for day in range(days.bit_length()):
        if days >> day & 1:
            weekend = case.day(day).weekday() == 0 and before == day - 3
            if before is not None and before != day - 1 and not weekend:
                yield stretch
                stretch = 0
            stretch |= 1 << day
            before = day
    if stretch:
        yield stretch


def span_words(case: Case, days: Days) -> str:
    """A stretch by its first and last day: `2026-11-02`, or `2026-11-02 to 2026-11-06`."""
    first, last = (days & -days).bit_length() - 1, days.bit_length() - 1
    return str(case.day(first)) if first == last else f"{case.day(first)} to {case.day(last)}"


def days_words(case: Case, days: Days, most: int = 5) -> str:
    """A set of days as its stretches, the first few of many."""
    found = [span_words(case, each) for each in spans(case, days)]
    shown = found if len(found) <= most + 1 else [*found[:most], f"{len(found) - most} more times"]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}" if shown else "no day"
