"""A rota as tables for the terminal. All text from files goes in as `Text`, so that nothing in it is markup."""

from collections.abc import Iterable, Iterator
from typing import Final

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from sigctl.render import label, plain_day, plain_days, proof_line, said, short_days, signed
from sigctl.reports import RotaPage, SchoolLine, VisitLine
from sigctl.words import Language

_NARROW: Final = 100
"""Columns below which a table would fold its words to pieces, so that blocks of lines are easier to read."""


def timetable(page: RotaPage, language: Language, width: int) -> RenderableType:
    """The whole page: by date, by school, and what was proved; as tables where there are columns enough."""
    return Group(*_parts(page, language, is_narrow=width < _NARROW))


def _parts(page: RotaPage, language: Language, *, is_narrow: bool) -> Iterator[RenderableType]:
    title = f"{label('rota.rota', language)}: {said(page.cycle, language)}"
    yield Text.assemble((title, "bold"), f"  ({label(f'rota.{page.status}', language)})")
    window = f"{plain_day(page.first, language)} {label('dates.to', language)} {plain_day(page.last, language)}"
    yield Text(f"{said(page.cluster, language)}\n{window}, {label('rota.visits', language).lower()}: {len(page.visits)}\n")
    yield Text(label("rota.by_date", language), style="bold")
    yield _dates_in_blocks(page, language) if is_narrow else _by_date(page, language)
    yield Text()
    yield Text(label("rota.by_school", language), style="bold")
    yield _schools_in_blocks(page, language) if is_narrow else _by_school(page, language)
    yield Text(label("rota.reviewer_days", language), style="dim")
    if page.proofs:
        yield Text("\n" + label("rota.proved", language), style="bold")
    for proof in page.proofs:
        yield Text("  " + proof_line(proof, language), style="green" if proof.is_best else "yellow")
    if not page.is_proved:
        yield Text("  " + label("rota.not_finished", language), style="yellow")


def _table(*heads: tuple[str, str]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for head, justify in heads:
        table.add_column(Text(head), justify="right" if justify == "right" else "left", overflow="fold")
    return table


def _half_terms(page: RotaPage, language: Language) -> Iterator[str]:
    """For each visit the name of its half term, where it is the first in it."""
    before = ""
    for visit in page.visits:
        name = said(visit.half_term, language)
        yield "" if name == before else name
        before = name


def _dates_in_blocks(page: RotaPage, language: Language) -> RenderableType:
    """Each visit as a line of its own, and the team below it."""
    blocks: list[RenderableType] = []
    for half_term, visit in zip(_half_terms(page, language), page.visits, strict=True):
        if half_term:
            blocks.append(Text(f"\n{half_term}", style="italic"))
        dates, host, team = _visit(visit, language)
        blocks += [Text.assemble("\n", dates, "  ", host), Padding(team, (0, 0, 0, 2))]
    return Group(*blocks)


def _schools_in_blocks(page: RotaPage, language: Language) -> RenderableType:
    """Each school as a line of its own; below it who is out, and what it gives and receives."""
    blocks: list[RenderableType] = []
    heads = [label(f"rota.{name}", language).lower() for name in ("gives", "receives", "carried", "balance")]
    for school in page.schools:
        name, host_on, trips, *figures = _school(school, language)
        counted = ", ".join(f"{head} {figure}" for head, figure in zip(heads, figures, strict=True))
        is_host = f"{label('rota.is_host', language).lower()} " if school.visit else ""
        blocks += [Text.assemble("\n", name, "  ", is_host, host_on), Padding(trips, (0, 0, 0, 2)), Text(f"  {counted}", style="dim")]
    return Group(*blocks, Text())


def _by_date(page: RotaPage, language: Language) -> Table:
    names = ("week_of", "dates", "host", "team")
    table = _table(*((label(f"rota.{name}", language), "left") for name in names))
    half_terms = _half_terms(page, language)
    for monday, visits in page.weeks:
        for index, visit in enumerate(visits):
            if half_term := next(half_terms):
                table.add_row(Text(), Text(half_term, style="italic"))
            week = Text("" if index else plain_days(monday, monday, language), style="dim")
            table.add_row(week, *_visit(visit, language), end_section=index == len(visits) - 1)
    return table


def _visit(visit: VisitLine, language: Language) -> tuple[Text, Text, RenderableType]:
    """The cells of a visit: its days, its host, its team."""
    lead, *others = (f"{said(each.person, language)}, {said(each.school, language)}" for each in visit.team)
    team = _lines(("\u2022", name) for name in (f"{lead} ({label('rota.leads', language)})", *others))
    return Text(short_days(visit.first, visit.last, language), style="cyan"), Text(said(visit.host, language), style="bold"), team


def _lines(rows: Iterable[tuple[str, str]]) -> RenderableType:
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
    table = _table(*((label(f"rota.{name}", language), justify) for name, justify in heads))
    for school in page.schools:
        table.add_row(*_school(school, language), end_section=True)
    return table


def _school(school: SchoolLine, language: Language) -> tuple[Text, Text, RenderableType, Text, Text, Text, Text]:
    """The cells of a school: its name, when it is host, who is out, and what it gives, receives, carried, and has in the end."""
    own = school.visit
    trips = [
        (plain_days(trip.first, trip.last, language), f"{said(trip.person, language)} \u2192 {said(trip.host, language)}")
        for trip in school.trips
    ]
    return (
        Text(said(school.name, language), style="bold"),
        Text(plain_days(own.first, own.last, language) if own else label("rota.no_visit", language), style="cyan" if own else "dim"),
        _lines(trips) if trips else Text(label("rota.nobody_out", language), style="dim"),
        Text(str(school.gives)),
        Text(str(school.receives)),
        Text(signed(school.carried), style="dim"),
        Text(signed(school.balance)),
    )
