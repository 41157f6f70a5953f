"""`sigctl rota fairness`: what each school gave and received over the cycles, and how it stands."""

import json
import sys
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Annotated, Any, Final

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from sigctl.checks import ABOUT_ROTAS
from sigctl.commands import console, options
from sigctl.commands.opening import opened
from sigctl.commands.options import languages_of
from sigctl.commands.papers import own_templates
from sigctl.commands.rota.choosing import cycle_with_visits
from sigctl.render import csv_text, label, markdown, plain_day, said, signed
from sigctl.reports.fairness import FairnessPage, Standing, fairness_page
from sigctl.rota.past.balances import Turn
from sigctl.words import Language

_COLUMNS: Final = ("school", "school_name", "joined", "left", "cycle", "cycle_name", "carried", "given", "received", "balance")


class Format(StrEnum):
    """How the balances are printed."""

    TEXT = "text"
    MD = "md"
    CSV = "csv"
    JSON = "json"


def fairness(
    workspace: options.Workspace = None,
    cycle: options.Cycle = None,
    format: Annotated[Format, typer.Option("--format", help="How to print the balances.")] = Format.TEXT,
    output: options.Output = None,
    lang: options.Language = None,
    today: options.Today = None,
) -> None:
    """Show what each school gave and received over the cycles.

    In reviewer-days, for each cycle with a published rota in the workspace up to this one; of this one the draft counts where
    nothing is published. A school's balance is what it brought (`carried`), and what its people gave in each cycle, less what
    its own visits took; cancelled visits do not count. A school that joined later counts from then on, and is marked.

    For example:

        sigctl rota fairness                          up to the current cycle
        sigctl rota fairness --format csv -o fair.csv  a line for each school and cycle
        sigctl rota fairness --format json            for another program: `format` ("sigctl-rota-fairness"), `version` (1),
                                                      `cycle`, `cycles` and `schools`, each with `school`, `carried`,
                                                      `joined`, `left`, `cycles` (`cycle`, `given`, `received`, `balance`)
                                                      and `balance`
    """
    console.check_output(output)
    cluster = opened(workspace, besides=ABOUT_ROTAS)
    chosen = cycle_with_visits(cluster, cycle, options.today_in(cluster.settings.cluster.time_zone, today))
    rota = cluster.rota(chosen.id, "published") or cluster.rota(chosen.id, "draft")
    page = fairness_page(cluster, chosen, rota)
    languages = languages_of(cluster, lang)
    match format:
        case Format.JSON:
            text = _as_json(page, chosen.id)
        case Format.CSV:
            text = ("\ufeff" if output else "") + csv_text(_COLUMNS, _rows(page, languages[0]))
        case Format.MD:
            text = "\n".join(markdown("fairness", language, page, own_templates(cluster)) for language in languages)
        case Format.TEXT:
            text = _as_text(page, languages)
    console.deliver(text, output)


def _as_text(page: FairnessPage, languages: Sequence[Language]) -> str:
    drawing = console.drawing(sys.stdout)
    with drawing.capture() as captured:
        for number, language in enumerate(languages):
            if number:
                drawing.print()
            drawing.print(Text(f"{label('life.balances', language)}: {said(page.cluster, language)}", style="bold"))
            drawing.print(_table(page, language) if page.cycles else Text(label("life.no_cycles", language)))
            drawing.print(Text(label("life.unit", language), style="dim"))
            unit = label("life.days", language)
            drawing.print(Text(f"{label('life.spread', language)}: {page.spread} {unit}"))
    return "\n".join(line.rstrip() for line in captured.get().splitlines()) + "\n"


def _table(page: FairnessPage, language: Language) -> Table:
    """A line a school: what it brought, what it gave and received in each cycle with the balance after it, and its balance now."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    table.add_column(Text(label("life.school", language)), overflow="fold")
    table.add_column(Text(label("life.brought", language)), justify="right")
    for cycle in page.cycles:
        draft = f"\n({label('rota.draft', language)})" if cycle.is_draft else ""
        table.add_column(Text(said(cycle.name, language) + draft), justify="right")
    table.add_column(Text(label("life.balance", language)), justify="right")
    for school in page.schools:
        turns = (_turn(each) if each else Text(label("life.not_in", language), style="dim") for each in school.turns)
        table.add_row(_name(school, language), signed(school.carried), *turns, Text(signed(school.balance), style="bold"))
    return table


def _turn(turn: Turn) -> Text:
    return Text(f"+{turn.given} \u2212{turn.received} = {signed(turn.balance)}")


def _name(school: Standing, language: Language) -> Text:
    """A school's name, and since when it is in, where it is new."""
    note = f"{label('life.joined', language)} {plain_day(school.joined, language)}" if school.joined else ""
    note = f"{label('life.left', language)} {plain_day(school.left, language)}" if school.left else note
    return Text.assemble(said(school.name, language), (f" ({note})" if note else "", "yellow"))


def _rows(page: FairnessPage, language: Language) -> Iterator[Sequence[object]]:
    for school in page.schools:
        own = (school.id, said(school.name, language), school.joined or "", school.left or "")
        for head, turn in zip(page.cycles, school.turns, strict=True):
            if turn:
                yield (*own, head.id, said(head.name, language), school.carried, turn.given, turn.received, turn.balance)


def _as_json(page: FairnessPage, cycle: str) -> str:
    told = {
        "format": "sigctl-rota-fairness",
        "version": 1,
        "cycle": cycle,
        "cycles": [{"cycle": head.id, "draft": head.is_draft} for head in page.cycles],
        "schools": [_school_json(school) for school in page.schools],
    }
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def _school_json(school: Standing) -> dict[str, Any]:
    turns = (each for each in school.turns if each)
    return {
        "school": school.id,
        "carried": school.carried,
        "joined": school.joined.isoformat() if school.joined else None,
        "left": school.left.isoformat() if school.left else None,
        "cycles": [{"cycle": each.cycle, "given": each.given, "received": each.received, "balance": each.balance} for each in turns],
        "balance": school.balance,
    }
