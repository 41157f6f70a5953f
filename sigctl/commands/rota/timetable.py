"""A rota as tables for the terminal. All text from files goes in as `Text`, so that nothing in it is markup."""

from collections.abc import Iterable, Iterator
from typing import Final

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from sigctl.render import details, label, plain_day, plain_days, proof_line, said, short_days, signed, state_words, unmet_line, who
from sigctl.reports.visits import RotaPage, SchoolLine, VisitLine
from sigctl.words import Language

NARROW: Final = 100
"""Columns below which a table would fold its words to pieces, so that blocks of lines are easier to read."""


def timetable(page: RotaPage, language: Language, width: int) -> RenderableType:
    """The whole page: by date, by school, and what it scores; as tables where there are columns enough."""
    is_narrow = width < NARROW
    parts = (heading(page, language), dates(page, language, is_narrow), Text(), schools(page, language, is_narrow), scores(page, language))
    return Group(*parts)


def heading(page: RotaPage, language: Language) -> RenderableType:
    """The cycle, whether it is a draft, the cluster, the window and how many visits there are."""
    title = f"{label('rota.rota', language)}: {said(page.cycle, language)}"
    window = f"{plain_day(page.first, language)} {label('dates.to', language)} {plain_day(page.last, language)}"
    return Group(
        Text.assemble((title, "bold"), f"  ({label(f'rota.{page.status}', language)})"),
        Text(f"{said(page.cluster, language)}\n{window}, {label('rota.visits', language).lower()}: {len(page.visits)}\n"),
    )


def dates(page: RotaPage, language: Language, is_narrow: bool) -> RenderableType:
    """The visits by date."""
    shown = _dates_in_blocks(page, language) if is_narrow else _by_date(page, language)
    return Group(Text(label("rota.by_date", language), style="bold"), shown)


def schools(page: RotaPage, language: Language, is_narrow: bool) -> RenderableType:
    """The schools, each with what it does and carries."""
    shown = _schools_in_blocks(page, language) if is_narrow else _by_school(page, language)
    explained = Text(label("rota.reviewer_days", language), style="dim")
    return Group(Text(label("rota.by_school", language), style="bold"), shown, explained)


def scores(page: RotaPage, language: Language) -> RenderableType:
    """What was reached for each goal, and what was proved; of a rota of the files nothing is."""
    parts: list[Text] = []
    if page.proofs:
        parts.append(Text("\n" + label("views.scores" if page.stands else "rota.proved", language), style="bold"))
    good, open_ = ("", "") if page.stands else ("green", "yellow")
    parts += [Text("  " + proof_line(proof, language), style=good if proof.is_best else open_) for proof in page.proofs]
    parts += [Text("    " + unmet_line(each, language), style="dim") for each in page.unmet]
    if not page.is_proved:
        parts.append(Text("  " + label("rota.not_finished", language), style="yellow"))
    return Group(*parts)


def table(*heads: tuple[str, str]) -> Table:
    """An empty table; each head comes with `left` or `right`."""
    made = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for head, justify in heads:
        made.add_column(Text(head), justify="right" if justify == "right" else "left", overflow="fold")
    return made


def _half_terms(page: RotaPage, language: Language) -> Iterator[str]:
    """For each visit the name of its half term, where it is the first in it."""
    before = ""
    for visit in page.visits:
        name = said(visit.half_term, language)
        yield "" if name == before else name
        before = name


def _dates_in_blocks(page: RotaPage, language: Language) -> RenderableType:
    """Each visit as a line of its own, and the team below it."""
    shown: list[RenderableType] = []
    for half_term, visit in zip(_half_terms(page, language), page.visits, strict=True):
        if half_term:
            shown.append(Text(f"\n{half_term}", style="italic"))
        when, host, team, state = _visit(visit, page, language)
        shown += [Text.assemble("\n", when, "  ", host, f"  {state}" if state else ""), Padding(team, (0, 0, 0, 2))]
    return Group(*shown)


def _schools_in_blocks(page: RotaPage, language: Language) -> RenderableType:
    """Each school as a line of its own; below it who is out, and what it gives and receives."""
    shown: list[RenderableType] = []
    heads = [label(f"rota.{name}", language).lower() for name in ("gives", "receives", "carried", "balance")]
    for school in page.schools:
        name, host_on, trips, *figures = _school(school, language)
        counted = ", ".join(f"{head} {figure}" for head, figure in zip(heads, figures, strict=True))
        is_host = f"{label('rota.is_host', language).lower()} " if school.visit else ""
        own = [Padding(lines(_own_visit(school, language)), (0, 0, 0, 2))] if school.visit else []
        shown += [Text.assemble("\n", name, "  ", is_host, host_on), *own, Padding(trips, (0, 0, 0, 2)), Text(f"  {counted}", style="dim")]
    return Group(*shown, Text())


def _by_date(page: RotaPage, language: Language) -> Table:
    names = ("week_of", "dates", "host", "team")
    made = table(*((label(f"rota.{name}", language), "left") for name in names))
    half_terms = _half_terms(page, language)
    for monday, visits in page.weeks:
        for index, visit in enumerate(visits):
            if half_term := next(half_terms):
                made.add_row(Text(), Text(half_term, style="italic"))
            week = Text("" if index else plain_days(monday, monday, language), style="dim")
            when, host, team, state = _visit(visit, page, language)
            when.append(f"\n{state}" if state else "", style="default")
            made.add_row(week, when, host, team, end_section=index == len(visits) - 1)
    return made


def blocks(visits: Iterable[VisitLine], page: RotaPage, language: Language) -> RenderableType:
    """Visits with their numbers, each as a line of its own, and all that there is to say of it below."""
    shown: list[RenderableType] = []
    for visit in visits:
        when, host, team, state = _visit(visit, page, language)
        number = (f"{visit.number}. ", "bold")
        shown += [Text.assemble("\n", number, when, "  ", host, f"  {state}" if state else ""), Padding(team, (0, 0, 0, 2))]
    return Group(*shown)


def _visit(visit: VisitLine, page: RotaPage, language: Language) -> tuple[Text, Text, RenderableType, str]:
    """The cells of a visit: its days, its host, its team with whatever else is to be said; and its state, where that is of interest."""
    lead, *others = (who(each, language) for each in visit.team)
    team = [("\u2022", name) for name in (f"{lead} ({label('rota.leads', language)})", *others)]
    told = [(" ", text) for _, text in details(visit, language)]
    gone = "" if visit.takes_place else " strike"
    when = Text(short_days(visit.first, visit.last, language), style="cyan" + gone)
    state = state_words(visit, language) if page.stands or visit.state != "planned" else ""
    return when, Text(said(visit.host, language), style="bold" + gone), lines([*team, *told]), state


def lines(rows: Iterable[tuple[str, str]]) -> RenderableType:
    """Lines of a cell, each with something short before it, that stay apart where they are folded."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for before, text in rows:
        grid.add_row(Text(before), Text(text))
    return grid


def _by_school(page: RotaPage, language: Language) -> Table:
    heads = [("school", "left"), ("is_host", "left"), ("out", "left")]
    heads += [(name, "right") for name in ("gives", "receives", "carried", "balance")]
    made = table(*((label(f"rota.{name}", language), justify) for name, justify in heads))
    for school in page.schools:
        name, host_on, *rest = _school(school, language)
        made.add_row(name, Group(host_on, *(Text(text) for _, text in _own_visit(school, language))), *rest, end_section=True)
    return made


def _school(school: SchoolLine, language: Language) -> tuple[Text, Text, RenderableType, Text, Text, Text, Text]:
    """The cells of a school: its name, when it is host, who is out, and what it gives, receives, carried, and has in the end."""
    own = school.visit
    trips = [
        (plain_days(trip.first, trip.last, language), f"{said(trip.person, language)} \u2192 {said(trip.host, language)}")
        for trip in school.trips
    ]
    own_days = Text(plain_days(own.first, own.last, language) if own else label("rota.no_visit", language), style="cyan" if own else "dim")
    return (
        Text(said(school.name, language), style="bold"),
        own_days,
        lines(trips) if trips else Text(label("rota.nobody_out", language), style="dim"),
        Text(str(school.gives)),
        Text(str(school.receives)),
        Text(signed(school.carried), style="dim"),
        Text(signed(school.balance)),
    )


def _own_visit(school: SchoolLine, language: Language) -> list[tuple[str, str]]:
    """What there is to say of a school's own visit besides its days: how far it has come, reserves, stages, a lock by hand."""
    visit = school.visit
    if visit is None:
        return []
    told = [(" ", state_words(visit, language))] if visit.state != "planned" else []
    return [*told, *((" ", text) for _, text in details(visit, language))]
