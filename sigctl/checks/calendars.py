"""What is wrong with school years: terms, breaks, staff days, and who keeps which calendar."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import pairwise

from sigctl import term_dates
from sigctl.checks.check import Finding, check
from sigctl.checks.questions import DAY, belongs, current_cycles, has_school_day, is_whole, said, taking_part, year_span
from sigctl.cluster import Cluster, terms_of
from sigctl.problem import Severity
from sigctl.records import Calendar, Cycle, Days, School

_NEAR = 7 * DAY


@check("half-term-outside", Severity.ERROR)
def half_term_outside(cluster: Cluster) -> Iterator[Finding]:
    """A term's half-term break does not lie inside the term.

    The break divides the term in two, so it begins after the term's first day and ends before its last. Most often a month
    or a year is mistyped.

    Right:

        calendars:
          - id: wales-2026-27
            year: 2026-27
            terms:
              - {id: autumn, start: 2026-09-01, end: 2026-12-18, half_term: {from: 2026-10-26, to: 2026-10-30}}

    Wrong:

        calendars:
          - id: wales-2026-27
            year: 2026-27
            terms:
              - {id: autumn, start: 2026-09-01, end: 2026-12-18, half_term: {from: 2027-10-26, to: 2027-10-30}}
    """
    for calendar in cluster.calendars.values():
        for index, term in enumerate(calendar.terms):
            rest = term.half_term
            if rest and not term.start < rest.first <= rest.last < term.end:
                place = cluster.place("calendars", calendar.id, "terms", index, "half_term")
                yield Finding(
                    place, f"this break is not inside the term, {said(term.start)} to {said(term.end)}", "check the month and the year"
                )


@check("terms-overlap", Severity.ERROR)
def terms_overlap(cluster: Cluster) -> Iterator[Finding]:
    """A term begins before another one of the same year has ended.

    Days in two terms would be counted twice. Check the dates of both.

    Right:

        calendars:
          - id: wales-2026-27
            year: 2026-27
            terms:
              - {id: autumn, start: 2026-09-01, end: 2026-12-18}
              - {id: spring, start: 2027-01-04, end: 2027-03-19}

    Wrong:

        calendars:
          - id: wales-2026-27
            year: 2026-27
            terms:
              - {id: autumn, start: 2026-09-01, end: 2027-01-18}
              - {id: spring, start: 2027-01-04, end: 2027-03-19}
    """
    for calendar in cluster.calendars.values():
        in_order = sorted(enumerate(calendar.terms), key=lambda pair: (pair[1].start, pair[1].end, pair[1].id))
        for (_, before), (index, term) in pairwise(in_order):
            if term.start <= before.end:
                place = cluster.place("calendars", calendar.id, "terms", index, "start")
                yield Finding(place, f"`{term.id}` begins before `{before.id}` ends, on {said(before.end)}", "check both dates")


@check("terms-out-of-order", Severity.WARNING)
def terms_out_of_order(cluster: Cluster) -> Iterator[Finding]:
    """The terms of a year do not stand in the order of their dates.

    They are read in the order of their dates whatever their order in the file, so nothing is lost; but where the order was meant,
    a year is mistyped.

    Right:

        calendars:
          - id: wales-2026-27
            year: 2026-27
            terms:
              - {id: autumn, start: 2026-09-01, end: 2026-12-18}
              - {id: spring, start: 2027-01-04, end: 2027-03-19}

    Wrong:

        calendars:
          - id: wales-2026-27
            year: 2026-27
            terms:
              - {id: spring, start: 2027-01-04, end: 2027-03-19}
              - {id: autumn, start: 2026-09-01, end: 2026-12-18}
    """
    for calendar in cluster.calendars.values():
        for index, (before, term) in enumerate(pairwise(calendar.terms), start=1):
            if term.start < before.start:
                place = cluster.place("calendars", calendar.id, "terms", index, "start")
                yield Finding(
                    place, f"`{term.id}` stands after `{before.id}`, but begins before it", "check the years, or change the order"
                )


@check("school-year", Severity.ERROR)
def school_year(cluster: Cluster) -> Iterator[Finding]:
    """A calendar's `year` does not name two years that follow each other, such as 2026-27.

    The second part is the last two digits of the year after the first.

    Right:

        calendars:
          - {id: wales-2026-27, year: 2026-27, terms: [{id: autumn, start: 2026-09-01, end: 2026-12-18}]}

    Wrong:

        calendars:
          - {id: wales-2026-27, year: 2026-28, terms: [{id: autumn, start: 2026-09-01, end: 2026-12-18}]}
    """
    for calendar in cluster.calendars.values():
        if year_span(calendar) is None:
            first = int(calendar.year[:4])
            place = cluster.place("calendars", calendar.id, "year")
            yield Finding(place, f"`{calendar.year}` is no school year", f"did you mean `{first}-{(first + 1) % 100:02}`?")


@check("term-outside-year", Severity.ERROR)
def term_outside_year(cluster: Cluster) -> Iterator[Finding]:
    """A term lies outside the school year that its calendar names.

    The school year 2026-27 runs from August 2026 to August 2027. Check the years of the term's dates, or the calendar's `year`.

    Right:

        calendars:
          - {id: wales-2026-27, year: 2026-27, terms: [{id: autumn, start: 2026-09-01, end: 2026-12-18}]}

    Wrong:

        calendars:
          - {id: wales-2026-27, year: 2026-27, terms: [{id: autumn, start: 2025-09-01, end: 2025-12-18}]}
    """
    for calendar in cluster.calendars.values():
        span = year_span(calendar)
        for index, term in enumerate(calendar.terms):
            if span and not span[0] <= term.start <= term.end <= span[1]:
                key = "start" if not span[0] <= term.start <= span[1] else "end"
                place = cluster.place("calendars", calendar.id, "terms", index, key)
                yield Finding(
                    place, f"`{term.id}` is not in the school year {calendar.year}", "check the year of this date, or the calendar's `year`"
                )


@check("half-term-names", Severity.ERROR)
def half_term_names(cluster: Cluster) -> Iterator[Finding]:
    """A calendar names more or fewer half terms than it has.

    A term with a half-term break has two, one without has one; the names stand in the order of the dates. With a name too few or
    too many, papers would call a half term by another's name.

    Right:

        calendars:
          - id: wales-2026-27
            year: 2026-27
            terms:
              - {id: autumn, start: 2026-09-01, end: 2026-12-18, half_term: {from: 2026-10-26, to: 2026-10-30}}
            half_terms: [Term 1, Term 2]

    Wrong:

        calendars:
          - id: wales-2026-27
            year: 2026-27
            terms:
              - {id: autumn, start: 2026-09-01, end: 2026-12-18, half_term: {from: 2026-10-26, to: 2026-10-30}}
            half_terms: [Term 1, Term 2, Term 3]
    """
    for calendar in cluster.calendars.values():
        there_are = len(term_dates.half_terms(terms_of(calendar)))
        if calendar.half_terms and len(calendar.half_terms) != there_are:
            place = cluster.place("calendars", calendar.id, "half_terms", on_key=True)
            told = f"{len(calendar.half_terms)} names stand here, but the terms have {there_are} halves"
            yield Finding(place, told, "write one name for each half term, in the order of the dates")


@check("no-school-day", Severity.WARNING)
def no_school_day(cluster: Cluster) -> Iterator[Finding]:
    """A staff day or a closure falls where there is no school anyway: at a weekend, in a break, or far from any term.

    It does no harm, but most often the day or the year is mistyped, and the day that was meant still counts as open. Bank holidays
    and the days just before and after a term are not told.

    Right:

        schools:
          - {id: aberdare, name: Aberdare Community School, staff_days: [2026-11-13]}

    Wrong:

        schools:
          - {id: aberdare, name: Aberdare Community School, staff_days: [2026-11-14]}
    """
    for calendar in cluster.calendars.values():
        yield from _idle(cluster, "calendars", calendar, "staff_days", (calendar,))
    for school in cluster.schools.values():
        if school.staff_days or school.closed:
            calendars = cluster.calendars_of(school)
            yield from _idle(cluster, "schools", school, "staff_days", calendars)
            yield from _idle(cluster, "schools", school, "closed", calendars)


def _idle(cluster: Cluster, kind: str, record: Calendar | School, key: str, calendars: tuple[Calendar, ...]) -> Iterator[Finding]:
    stretches: tuple[Days, ...] = getattr(record, key)
    for index, stretch in enumerate(stretches):
        day = stretch.first
        if (stretch.last - day).days < 3 and all(_is_idle(each, calendars) for each in stretch.dates()):
            why = "is at the weekend" if day.weekday() >= term_dates.SATURDAY else "is in no term"
            yield Finding(cluster.place(kind, record.id, key, index), f"{said(day)} {why}", "check the day, the month and the year")


def _is_idle(day: date, calendars: tuple[Calendar, ...]) -> bool:
    if day.weekday() >= term_dates.SATURDAY:
        return True
    for calendar in calendars:
        for term in calendar.terms:
            if term.start - _NEAR <= day <= term.end + _NEAR:
                return bool(term.half_term and term.half_term.first <= day <= term.half_term.last)
    return bool(calendars)


@check("unclear-calendar", Severity.ERROR)
def unclear_calendar(cluster: Cluster) -> Iterator[Finding]:
    """A school does not say which calendar it keeps, though there are several for one year.

    `calendar:` may be left out only where each year has one calendar. Otherwise the days of all of them would count as open.

    Right:

        calendars:
          - {id: wales-2026-27, year: 2026-27, terms: [{id: autumn, start: 2026-09-01, end: 2026-12-18}]}
          - {id: trust-2026-27, year: 2026-27, terms: [{id: autumn, start: 2026-09-07, end: 2026-12-18}]}
        schools:
          - {id: aberdare, name: Aberdare Community School, calendar: wales-2026-27}
          - {id: treorchy, name: Treorchy Comprehensive School, calendar: wales-2026-27}
          - {id: rhydywaun, name: Ysgol Gyfun Rhydywaun, language: welsh, calendar: wales-2026-27}
          - {id: porth, name: Porth Community School, calendar: trust-2026-27}

    Wrong:

        calendars:
          - {id: wales-2026-27, year: 2026-27, terms: [{id: autumn, start: 2026-09-01, end: 2026-12-18}]}
          - {id: trust-2026-27, year: 2026-27, terms: [{id: autumn, start: 2026-09-07, end: 2026-12-18}]}
        schools:
          - {id: aberdare, name: Aberdare Community School}
    """
    years = [calendar.year for calendar in cluster.calendars.values()]
    twice = sorted({year for year in years if years.count(year) > 1})
    for school in cluster.schools.values() if twice else ():
        if school.calendar is None:
            known = ", ".join(f"`{each.id}`" for each in cluster.calendars.values() if each.year in twice)
            told = f"there are several calendars for {twice[0]}, and this school names none"
            yield Finding(cluster.place("schools", school.id), told, f"write `calendar:` with one of {known}")


@check("no-calendar", Severity.ERROR)
def no_calendar(cluster: Cluster) -> Iterator[Finding]:
    """A cycle lies in a school year for which there is no calendar, so no day of it is known to be a school day.

    Write a calendar for that year below `calendars:`, or check the cycle's dates.

    Right:

        cycles:
          - {id: round-4, name: Round 4, from: 2026-11-02, to: 2027-03-19, visits: [{host: aberdare}]}

    Wrong:

        cycles:
          - {id: round-4, name: Round 4, from: 2028-11-02, to: 2029-03-19, visits: [{host: aberdare}]}
    """
    terms = [(term.start, term.end) for calendar in cluster.calendars.values() for term in calendar.terms]
    if any(term_outside_year.find(cluster)):
        return
    for cycle in current_cycles(cluster) if is_whole(cluster, "calendars") else ():
        if not any(first <= cycle.last and last >= cycle.first for first, last in terms):
            told = f"no term of any calendar lies between {said(cycle.first)} and {said(cycle.last)}"
            yield Finding(cluster.place("cycles", cycle.id, "from"), told, "write the calendar of that year, or check the cycle's dates")


@check("cycle-beyond-calendar", Severity.WARNING)
def cycle_beyond_calendar(cluster: Cluster) -> Iterator[Finding]:
    """A cycle reaches into a school year for which there is no calendar.

    No visit can be planned there, because no day is known to be a school day. Write that year's calendar as soon as its dates are
    published; until then the rota uses the part that is known.

    Right:

        cycles:
          - {id: round-4, name: Round 4, from: 2026-11-02, to: 2027-07-30, visits: [{host: aberdare}]}

    Wrong:

        cycles:
          - {id: round-4, name: Round 4, from: 2026-11-02, to: 2027-12-17, visits: [{host: aberdare}]}
    """
    spans = [span for calendar in cluster.calendars.values() if (span := year_span(calendar))]
    for cycle in current_cycles(cluster) if is_whole(cluster, "calendars") else ():
        if not any(first <= cycle.last and last >= cycle.first for first, last in spans):
            continue
        for key, day in (("from", cycle.first), ("to", cycle.last)):
            if not any(first <= day <= last for first, last in spans):
                told = f"no calendar holds {said(day)}"
                yield Finding(cluster.place("cycles", cycle.id, key), told, "write the calendar of that school year, or check the date")


@check("no-pupil-days", Severity.ERROR)
def no_pupil_days(cluster: Cluster) -> Iterator[Finding]:
    """A school that takes part in a cycle has no school day in the whole of it.

    Either it keeps a calendar of another year, or it is closed. It can be visited on no day, and its people can go out on none.

    Right:

        calendars:
          - {id: wales-2026-27, year: 2026-27, terms: [{id: autumn, start: 2026-09-01, end: 2026-12-18}]}
          - {id: wales-2025-26, year: 2025-26, terms: [{id: autumn, start: 2025-09-01, end: 2025-12-19}]}
        schools:
          - {id: aberdare, name: Aberdare Community School, calendar: wales-2026-27}

    Wrong:

        calendars:
          - {id: wales-2026-27, year: 2026-27, terms: [{id: autumn, start: 2026-09-01, end: 2026-12-18}]}
          - {id: wales-2025-26, year: 2025-26, terms: [{id: autumn, start: 2025-09-01, end: 2025-12-19}]}
        schools:
          - {id: aberdare, name: Aberdare Community School, calendar: wales-2025-26}
    """
    for school, cycle in sorted(without_days(cluster).items()):
        told = f"`{school}` has no school day between {said(cycle.first)} and {said(cycle.last)}"
        place = cluster.place("schools", school, "calendar")
        yield Finding(place, told, "check which calendar it keeps, and on which days it is closed")


@lru_cache(maxsize=1)
def without_days(cluster: Cluster) -> dict[str, Cycle]:
    """The schools that have no day in a cycle although they take part, belong to the cluster, and the year has a calendar."""
    if not days_are_known(cluster):
        return {}
    return {
        school: cycle
        for cycle in current_cycles(cluster)
        for school in taking_part(cluster, cycle)
        if belongs(cluster, cycle, school) and not has_school_day(cluster, cycle, school)
    }


@lru_cache(maxsize=1)
def days_are_known(cluster: Cluster) -> bool:
    """Whether the calendars are sound, so that a day which is no school day by them is none indeed."""
    doubts = (school_year, term_outside_year, terms_overlap, half_term_outside, unclear_calendar, no_calendar)
    return is_whole(cluster, "calendars", "settings") and not any(any(doubt.find(cluster)) for doubt in doubts)
