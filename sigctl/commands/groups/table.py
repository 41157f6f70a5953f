"""All groups as a table in the terminal."""

import sys
from collections.abc import Sequence
from datetime import date
from typing import Final

from rich import box
from rich.table import Table
from rich.text import Text

from sigctl.commands import console
from sigctl.render import label, plain_day, said
from sigctl.render.labels import counted
from sigctl.reports.groups.overview import GroupRow, GroupsPage
from sigctl.reports.who import Member
from sigctl.words import Language

_STYLES: Final = {"due": "yellow", "quiet": "yellow", "ended": "dim", "not_begun": "dim"}
_QUIET: Final = ("group", "member", "missed", "how", "last_seen")
_HEAD: Final = ("group", "led_by", "members", "last_meeting", "next_meeting", "review_by", "state")


def groups_text(page: GroupsPage, languages: Sequence[Language]) -> str:
    """The table, once in each language."""
    drawing = console.drawing(sys.stdout)
    with drawing.capture() as captured:
        for number, language in enumerate(languages):
            if number:
                drawing.print()
            day = f"{label('groups.as_at', language)} {plain_day(page.as_at, language)}"
            drawing.print(Text(f"{label('groups.groups', language)}: {said(page.cluster, language)}", style="bold"), Text(f"({day})"))
            drawing.print(_table(page, language) if page.groups else Text(label("groups.no_groups", language)))
            if page.has_quiet:
                drawing.print(Text(label("groups.gone_quiet", language), style="bold"))
                drawing.print(_quiet_table(page, language))
    return "\n".join(line.rstrip() for line in captured.get().splitlines()) + "\n"


def _table(page: GroupsPage, language: Language) -> Table:
    """The groups kind by kind."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for name in _HEAD:
        table.add_column(Text(label(f"groups.{name}", language)), overflow="fold", justify="right" if name == "members" else "left")
    for group in page.groups:
        table.add_row(*_cells(group, language))
    return table


def _quiet_table(page: GroupsPage, language: Language) -> Table:
    """Who has gone quiet, group by group."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for name in _QUIET:
        table.add_column(Text(label(f"groups.{name}", language)), overflow="fold", justify="right" if name == "missed" else "left")
    for group in page.groups:
        for line in group.quiet:
            how = "with_apologies" if line.how == "apologies" else line.how
            table.add_row(
                Text(said(group.name, language)),
                Text(_called(line.member.name, language)),
                Text(str(line.missed)),
                Text(label(f"groups.{how}", language), style="" if line.how == "apologies" else "yellow"),
                Text(_day(line.last_seen, language) or label("groups.never", language)),
            )
    return table


def _called(name: Member, language: Language) -> str:
    return ", ".join(filter(None, (said(part, language) for part in (name.person, name.school))))


def _cells(group: GroupRow, language: Language) -> tuple[Text, ...]:
    head = _called(group.head.name, language) if group.head else ""
    guests = f" + {counted('groups.guests_count', group.guests, language)}" if group.guests else ""
    return (
        Text.assemble(said(group.name, language), (f" ({label(f'groups.{group.kind}', language)})", "dim")),
        Text(head or label("groups.no_chair", language)),
        Text(f"{group.members}{guests}"),
        Text(_day(group.last, language) or label("groups.no_meeting", language)),
        Text(_day(group.next, language) or label("groups.no_meeting", language)),
        Text(_day(group.review_by, language)),
        Text(label(f"groups.{group.state}", language), style=_STYLES.get(group.state, "")),
    )


def _day(day: date | None, language: Language) -> str:
    return plain_day(day, language) if day else ""
