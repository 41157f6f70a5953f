"""The views of a rota for the terminal: calendar, matrix, map, loads, people, stages. All text from files goes in as `Text`."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Final

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from sigctl.commands.rota.shown import Shown, View
from sigctl.commands.rota.timetable import NARROW, blocks, dates, heading, lines, schools, scores, table, timetable
from sigctl.render import label, number, plain_days, said, short_day, signed, who
from sigctl.reports.calendar import Row, Sheet
from sigctl.reports.people import PersonLine
from sigctl.reports.stages import StagePage, Step
from sigctl.reports.travel import TravelPage
from sigctl.words import Language

_SHUT: Final = {"break": "\u00b7", "staff_day": "i", "holiday": "h", "closed": "x", "away": "-"}
_HOST: Final = "#"
_MAP: Final = (72, 24)
"""The most columns and lines of a map."""
_BAR: Final = 20
"""The most signs of a bar."""


def view_of(shown: Shown, view: View | None, language: Language, width: int) -> RenderableType:
    """A view in so many columns; without a name, what `sigctl rota` prints."""
    if view is None:
        return timetable(shown.page, language, width)
    if view is View.DATES:
        return Group(heading(shown.page, language), dates(shown.page, language, width < NARROW), scores(shown.page, language))
    if view is View.SCHOOLS:
        return Group(heading(shown.page, language), schools(shown.page, language, width < NARROW))
    title = Text(label(f"views.{view}", language) + "\n", style="bold")
    return Group(heading(shown.page, language), title, _VIEWS[view](shown, language, width))


def _calendar(shown: Shown, language: Language, width: int) -> RenderableType:
    page = shown.calendar()
    kinds = sorted({kind for sheet in page.sheets for row in sheet.rows for kind in row.shut if kind}, key=list(_SHUT).index)
    signs = [(_HOST, label("rota.host", language)), ("1", label("views.people_out", language))]
    meaning = ", ".join(f"{sign} {text}" for sign, text in (*signs, *((_SHUT[kind], label(f"views.{kind}", language)) for kind in kinds)))
    parts: list[RenderableType] = [Text(meaning + "\n", style="dim")]
    for sheet in page.sheets:
        parts += [_sheet(sheet, language, width), Text()]
    return Group(*parts, Text(label("views.by_visit", language), style="bold"), blocks(page.visits, shown.page, language))


def _sheet(sheet: Sheet, language: Language, width: int) -> RenderableType:
    """A half term: a line for each school, a sign for each day, a gap between weeks; in pieces where it is too wide."""
    name = max((len(said(row.name, language)) for row in sheet.rows), default=0)
    fits = max(1, (width - min(name, max(width // 3, 12)) - 3) // 6)
    parts: list[RenderableType] = [Text(said(sheet.name, language), style="italic")]
    for week in range(0, len(sheet.days) // 5, fits):
        columns = range(week * 5, min((week + fits) * 5, len(sheet.days)))
        grid = Table.grid(padding=(0, 2))
        grid.add_column(overflow="fold", max_width=max(width // 3, 12))
        grid.add_column(no_wrap=True)
        for head in _days(sheet, columns, language):
            grid.add_row(Text(), Text(head, style="cyan"))
        for row in sheet.rows:
            grid.add_row(Text(said(row.name, language)), _signs(row, columns))
        parts.append(grid)
    return Group(*parts)


def _days(sheet: Sheet, columns: range, language: Language) -> Iterator[str]:
    """The lines above the signs: months, then the days' tens and ones, to be read downwards."""
    months = ""
    for place, column in enumerate(columns):
        day = sheet.days[column]
        at = place + place // 5
        is_new = place == 0 or day.month != sheet.days[column - 1].month
        if is_new and len(months) <= at:
            months = f"{months:<{at}}{plain_days(day, day, language).partition(' ')[2]} "
    yield months.rstrip()
    yield _in_weeks([str(sheet.days[column].day // 10 or " ") for column in columns])
    yield _in_weeks([str(sheet.days[column].day % 10) for column in columns])


def _in_weeks(signs: list[str]) -> str:
    return " ".join("".join(signs[start : start + 5]) for start in range(0, len(signs), 5))


def _signs(row: Row, columns: range) -> Text:
    line = Text()
    for place, column in enumerate(columns):
        if place and not place % 5:
            line.append(" ")
        line.append(*_sign(row, column))
    return line


def _sign(row: Row, column: int) -> tuple[str, str]:
    """What stands for a day of a school, and its style: host, so many people out, shut, or nothing."""
    out = len(row.out(column))
    if row.hosts(column):
        return _HOST, "bold white on blue"
    if out:
        return str(min(out, 9)), "bold black on yellow"
    return (_SHUT[row.shut[column]], "dim") if row.shut[column] else (" ", "")


def _matrix(shown: Shown, language: Language, width: int) -> RenderableType:
    page = shown.exchange()
    explained = Text(label("views.gives_to", language) + "\n", style="dim")
    digits = max(2, len(str(len(page.schools))))
    if 24 + (len(page.schools) + 1) * (digits + 1) > width:
        return Group(explained, *(_gifts(shown, index, language) for index in range(len(page.schools))))
    grid = Table.grid(padding=(0, 1))
    grid.add_column(justify="right")
    grid.add_column(overflow="fold")
    for _ in (*page.schools, None):
        grid.add_column(justify="right", no_wrap=True, min_width=digits)
    gives = label("rota.gives", language)
    grid.add_row(Text(), Text(), *(Text(str(place), style="cyan") for place in range(1, len(page.schools) + 1)), Text(gives, style="bold"))
    for index, (school, row) in enumerate(zip(page.schools, page.rows, strict=True)):
        cells = [Text("\u00b7" if place == index else str(given.days) if given else "") for place, given in enumerate(row)]
        grid.add_row(Text(str(index + 1), style="cyan"), Text(said(school.name, language)), *cells, Text(str(school.gives), style="bold"))
    receives = (Text(str(school.receives), style="bold") for school in page.schools)
    grid.add_row(Text(), Text(label("rota.receives", language), style="bold"), *receives, Text())
    return Group(explained, grid)


def _gifts(shown: Shown, index: int, language: Language) -> RenderableType:
    """What one school gives, as a list."""
    page = shown.exchange()
    given = [(f"{each.days:>2}", said(each.visit.host, language)) for each in page.rows[index] if each]
    name = Text(said(page.schools[index].name, language), style="bold")
    return Group(name, Padding(lines(given or [("", label("rota.nobody_out", language))]), (0, 0, 0, 2)))


def _map(shown: Shown, language: Language, width: int) -> RenderableType:
    page = shown.travel()
    parts: list[RenderableType] = [Text("\n".join(_chart(page, min(width, _MAP[0]))), style="cyan"), Text()]
    parts += [lines((f"{place:>2}", said(spot.school.name, language)) for place, spot in enumerate(page.spots, start=1)), Text()]
    if page.unplaced:
        names = ", ".join(said(name, language) for name in page.unplaced)
        parts.append(Text(f"{label('views.unplaced', language)}: {names}\n", style="yellow"))
    far = sorted(page.journeys, key=lambda journey: (-journey.kilometres, journey.start, journey.end))
    rows = (
        (
            f"{number(each.kilometres)} km",
            f"{said(each.given.giver.name, language)} \u2192 {said(each.given.visit.host, language)}"
            f" ({label('views.days', language).lower()}: {each.given.days})",
        )
        for each in far
    )
    return Group(*parts, lines(rows), Text(f"\n{number(page.kilometres)} km {label('views.all_kilometres', language)}", style="bold"))


def _chart(page: TravelPage, width: int) -> Iterator[str]:
    """The schools by their numbers, as they lie; a line is twice as high as a letter is wide."""
    scale = min((width - 3) / max(page.east, 0.1), 2 * (_MAP[1] - 1) / max(page.south, 0.1))
    taken: dict[tuple[int, int], str] = {}
    for place, spot in enumerate(page.spots, start=1):
        row, column = round(spot.south * scale / 2), round(spot.east * scale)
        while any((row, column + step) in taken for step in (-1, 0, 1, 2)):
            row, column = (row, column + 3) if column + 5 < width else (row + 1, column)
        for step, sign in enumerate(f"{place:<2}"):
            taken[row, column + step] = sign
    for row in range(max((row for row, _ in taken), default=-1) + 1):
        yield "".join(taken.get((row, column), " ") for column in range(width)).rstrip()


def _loads(shown: Shown, language: Language, width: int) -> RenderableType:
    page = shown.loads()
    unit = max(1, -(-page.most // min(_BAR, max(width - 30, 5))))
    parts: list[RenderableType] = []
    heads = {name: label(f"rota.{name}", language) for name in ("gives", "receives", "carried", "balance")}
    longest = max(map(len, (heads["gives"], heads["receives"])))
    for school in page.schools:
        parts.append(Text(said(school.name, language), style="bold"))
        for name, sign, days, style in (("gives", "\u2588", school.gives, "blue"), ("receives", "\u2591", school.receives, "")):
            parts.append(Text.assemble(f"  {heads[name]:<{longest}}  ", (f"{sign * -(-days // unit)} ".lstrip(), style), str(days)))
        balance = f"{heads['carried']} {signed(school.carried)}, {heads['balance'].lower()} {signed(school.balance)}"
        parts.append(Text(f"  {balance}", style="dim" if not school.balance else ""))
    return Group(*parts, Text("\n" + label("rota.reviewer_days", language), style="dim"))


def _people(shown: Shown, language: Language, width: int) -> RenderableType:
    page = shown.people()
    if width < NARROW:
        return Group(*(_person_in_a_block(person, language) for person in page.people))
    keys = ("rota.school", "views.person", "rota.visits", "views.days")
    made = table(*((label(key, language), "right" if key == "views.days" else "left") for key in keys))
    before = ""
    for index, person in enumerate(page.people):
        is_last = index + 1 == len(page.people) or page.people[index + 1].who.school_id != person.who.school_id
        school = said(person.who.school, language) if person.who.school_id != before else ""
        before = person.who.school_id
        parts = lines(_parts(person, language))
        made.add_row(
            Text(school, style="bold"), Text(said(person.who.person, language)), parts, Text(str(person.days)), end_section=is_last
        )
    return made


def _person_in_a_block(person: PersonLine, language: Language) -> RenderableType:
    days = f"{label('views.days', language).lower()}: {person.days}"
    return Group(Text.assemble((who(person.who, language), "bold"), f"  {days}"), Padding(lines(_parts(person, language)), (0, 0, 1, 2)))


def _parts(person: PersonLine, language: Language) -> Iterator[tuple[str, str]]:
    """What somebody has to do, by date: when, and what."""
    found: list[tuple[date, str, str]] = []
    for visit in person.visits:
        led = f" ({label('rota.leads', language)})" if person.leads(visit) else ""
        found.append((visit.first, plain_days(visit.first, visit.last, language), said(visit.host, language) + led))
    for visit in person.reserve:
        what = f"{said(visit.host, language)} ({label('views.reserve', language)})"
        found.append((visit.first, plain_days(visit.first, visit.last, language), what))
    for visit, stage in person.stages:
        what = f"{said(visit.host, language)}: {said(stage.name, language)}"
        found.append((stage.day, plain_days(stage.day, stage.day, language), what))
    if not found:
        yield "\u2013", label("views.none", language)
    yield from ((when, what) for _, when, what in sorted(found))


def _stages(shown: Shown, language: Language, width: int) -> RenderableType:
    page = shown.stages()
    note = () if page.has_stages else (Text(label("views.no_stages", language) + "\n", style="yellow"),)
    return Group(*note, _steps(page, language, width), blocks(shown.page.held, shown.page, language))


def _steps(page: StagePage, language: Language, width: int) -> RenderableType:
    if width < NARROW:
        return lines((short_day(step.day, language), _step_in_a_line(step, language)) for step in page.steps)
    keys = ("views.day", "views.stage", "rota.host", "views.lead_stage")
    made = table(*((label(key, language), "left") for key in keys))
    for step in page.steps:
        people = "; ".join(who(each, language) for each in step.people)
        style = "" if step.stage else "bold"
        host = Text(said(step.visit.host, language), style=style)
        made.add_row(Text(short_day(step.day, language), style="cyan"), Text(_step(step, language), style=style), host, Text(people))
    return made


def _step_in_a_line(step: Step, language: Language) -> str:
    people = "; ".join(who(each, language) for each in step.people)
    return f"{said(step.visit.host, language)}: {_step(step, language)}{f', {people}' if people else ''}"


def _step(step: Step, language: Language) -> str:
    if step.stage is None:
        return label("views.visit", language)
    due = f" ({label('views.due', language)})" if step.stage.is_due else ""
    return said(step.stage.name, language) + due


_VIEWS: Final[Mapping[View, Callable[[Shown, Language, int], RenderableType]]] = {
    View.CALENDAR: _calendar,
    View.MATRIX: _matrix,
    View.MAP: _map,
    View.LOADS: _loads,
    View.PEOPLE: _people,
    View.STAGES: _stages,
}
