"""The rota as rows and columns, for spreadsheets and other programs: one table a view, in one language or in two at once."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from sigctl.commands.rota.shown import Shown, View
from sigctl.commands.tongue import Tongue
from sigctl.render import Table, label, plain_days, settled_words, stage_words, state_words
from sigctl.render.workbook import Cell
from sigctl.reports.people import PersonLine
from sigctl.reports.visit import VisitLine
from sigctl.reports.visits import RotaPage, Trip
from sigctl.words import Language

Row = tuple[Cell, ...]


def _stage_lines(visit: VisitLine, tongue: Tongue) -> str:
    """The stages of a visit, a line for each."""
    return "\n".join(tongue.each(stage_words, stage) for stage in visit.stages)


def _lock(visit: VisitLine, tongue: Tongue) -> str:
    """What somebody has settled about a visit."""
    return tongue.each(settled_words, visit.settled) if visit.settled else ""


def _by_date(shown: Shown, tongue: Tongue) -> Iterator[Row]:
    for visit in shown.page.visits:
        lead, *others = visit.team
        when = (visit.number, tongue.said(visit.half_term), visit.first, visit.last, tongue.said(visit.host))
        team = (tongue.people([lead]), tongue.people(others), tongue.people(visit.reserves))
        yield *when, *team, _stage_lines(visit, tongue), tongue.each(state_words, visit), _lock(visit, tongue)


def _by_member(shown: Shown, tongue: Tongue) -> Iterator[Row]:
    for visit in shown.page.visits:
        when = (tongue.said(visit.half_term), visit.first, visit.last, visit.host_id, tongue.said(visit.host))
        how = (visit.state, "yes" if visit.is_announced else "no", _lock(visit, tongue), _stage_lines(visit, tongue).replace("\n", "; "))
        roles = ("lead", *("member" for _ in visit.team[1:]), *("reserve" for _ in visit.reserves))
        for role, member in zip(roles, (*visit.team, *visit.reserves), strict=True):
            yield *when, role, member.id, tongue.said(member.person), member.school_id, tongue.said(member.school), *how


def _by_school(shown: Shown, tongue: Tongue) -> Iterator[Row]:
    def days(trip: Trip, language: Language) -> str:
        return plain_days(trip.first, trip.last, language)

    for school in shown.page.schools:
        visit = school.visit
        own = (visit.first, visit.last, tongue.people(visit.team)) if visit else (None, None, None)
        trips = ((tongue.each(days, trip), tongue.said(trip.person), tongue.said(trip.host)) for trip in school.trips)
        out = "\n".join(f"{when}: {person} \u2192 {host}" for when, person, host in trips)
        yield tongue.said(school.name), *own, out, school.gives, school.receives, school.carried, school.balance


def _by_person(shown: Shown, tongue: Tongue) -> Iterator[Row]:
    for person in shown.people().people:
        who = (tongue.said(person.who.school), tongue.said(person.who.person))
        parts = sorted(_parts(person, tongue), key=lambda part: (str(part[1]), str(part[0])))
        yield from ((*who, *part) for part in parts or [(tongue.label("views.none"), None, None, None, 0)])


def _parts(person: PersonLine, tongue: Tongue) -> Iterator[Row]:
    """What somebody has to do: the role, from when to when, at which host, how many days out."""
    for visit in person.visits:
        role = tongue.label("rota.leads" if person.leads(visit) else "views.member")
        yield role, visit.first, visit.last, tongue.said(visit.host), len(visit.dates)
    for visit in person.reserve:
        yield tongue.label("views.reserve"), visit.first, visit.last, tongue.said(visit.host), 0
    for visit, stage in person.stages:
        yield tongue.said(stage.name), stage.day, stage.day, tongue.said(visit.host), 0


def _stages(shown: Shown, tongue: Tongue) -> Iterator[Row]:
    for step in shown.stages().steps:
        stage = step.stage
        name = tongue.said(stage.name) if stage else tongue.label("views.visit")
        how = tongue.label("views.due" if stage.is_due else "views.held") if stage else ""
        yield step.day, step.visit.number, tongue.said(step.visit.host), name, how, tongue.people(step.people)


def _reserves(shown: Shown, tongue: Tongue) -> Iterator[Row]:
    for visit in shown.page.held:
        for member in visit.reserves:
            yield visit.first, visit.last, tongue.said(visit.host), tongue.said(member.person), tongue.said(member.school)


def _calendar(shown: Shown, tongue: Tongue) -> Iterator[Row]:
    """Who is host and who is out on which day; and for each school the days on which it is shut."""
    for sheet in shown.calendar().sheets:
        for column, day in enumerate(sheet.days):
            for row in sheet.rows:
                name = tongue.said(row.name)
                if row.shut[column]:
                    yield day, name, tongue.label(f"views.{row.shut[column]}"), None, None, None
                for stay in row.stays:
                    if stay.first <= column <= stay.last:
                        what = tongue.label("rota.host" if stay.is_host else "rota.out")
                        people = "; ".join(tongue.said(member.person) for member in stay.people)
                        yield day, name, what, stay.visit.number, tongue.said(stay.visit.host), people


def _matrix(shown: Shown, tongue: Tongue) -> Iterator[Row]:
    for row in shown.exchange().rows:
        for given in filter(None, row):
            people = "; ".join(tongue.said(member.person) for member in given.people)
            yield tongue.said(given.giver.name), tongue.said(given.visit.host), given.days, given.visit.first, given.visit.last, people


def _map(shown: Shown, tongue: Tongue) -> Iterator[Row]:
    for each in shown.travel().journeys:
        yield tongue.said(each.given.giver.name), tongue.said(each.given.visit.host), each.given.days, each.distance, each.kilometres


def _loads(shown: Shown, tongue: Tongue) -> Iterator[Row]:
    for school in shown.loads().schools:
        yield tongue.said(school.name), school.gives, school.receives, school.carried, school.balance


class Columns(NamedTuple):
    """A table's rows, and what its columns are called: for programs, and by key of our words."""

    rows: Callable[[Shown, Tongue], Iterator[Row]]
    names: tuple[tuple[str, str], ...]


_SHARE: Final = (("gives", "rota.gives"), ("receives", "rota.receives"), ("carried", "rota.carried"), ("balance", "rota.balance"))
_DAYS: Final = (("first_day", "views.first_day"), ("last_day", "views.last_day"))

MEMBERS: Final = (
    "half_term", "first_day", "last_day", "host", "host_name", "role", "person", "post", "school", "school_name",
    "state", "locked_by_publishing", "locked_by_hand", "stages",
)  # fmt: skip
TABLES: Final[Mapping[View, Columns]] = {
    View.DATES: Columns(
        _by_date,
        (
            ("number", "views.visit"), ("half_term", "rota.half_term"), *_DAYS, ("host", "rota.host"), ("lead", "rota.lead"),
            ("team", "rota.team"), ("reserves", "views.reserves"), ("stages", "views.stages"), ("state", "views.state"),
            ("locked_by_hand", "views.locked_by_hand"),
        ),
    ),
    View.SCHOOLS: Columns(
        _by_school, (("school", "rota.school"), *_DAYS, ("team", "rota.team"), ("out", "rota.out"), *_SHARE)
    ),
    View.PEOPLE: Columns(
        _by_person,
        (
            ("school", "rota.school"), ("person", "views.person"), ("role", "views.role"), *_DAYS, ("host", "rota.host"),
            ("days", "views.days"),
        ),
    ),
    View.CALENDAR: Columns(
        _calendar,
        (
            ("day", "views.day"), ("school", "rota.school"), ("what", "views.state"), ("number", "views.visit"), ("host", "rota.host"),
            ("people", "views.people_out"),
        ),
    ),
    View.MATRIX: Columns(
        _matrix, (("from", "views.from"), ("to", "views.to"), ("days", "views.days"), *_DAYS, ("people", "views.people_out"))
    ),
    View.MAP: Columns(
        _map,
        (
            ("from", "views.from"), ("to", "views.to"), ("days", "views.days"), ("distance", "views.distance"),
            ("kilometres", "views.kilometres"),
        ),
    ),
    View.LOADS: Columns(_loads, (("school", "rota.school"), *_SHARE)),
    View.STAGES: Columns(
        _stages,
        (
            ("day", "views.day"), ("number", "views.visit"), ("host", "rota.host"), ("stage", "views.stage"),
            ("due_or_held", "views.state"), ("people", "views.lead_stage"),
        ),
    ),
}  # fmt: skip
_NAMES: Final = {view: f"views.{view}" for view in View} | {View.DATES: "rota.by_date", View.SCHOOLS: "rota.by_school"}
_RESERVES: Final = Columns(
    _reserves, (*_DAYS, ("host", "rota.host"), ("person", "views.reserve"), ("school", "rota.school"))
)  # fmt: skip


def rows_of(shown: Shown, view: View, language: Language) -> tuple[Sequence[str], Iterator[Row]]:
    """A view for other programs: the names of the columns, which are the same in every language, and the rows."""
    tongue = Tongue((language,))
    if view is View.DATES:
        return MEMBERS, _by_member(shown, tongue)
    return [name for name, _ in TABLES[view].names], TABLES[view].rows(shown, tongue)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A view as a table on a page of its own."""

    page: RotaPage
    view: View
    table: Table


def sheet_of(shown: Shown, view: View, language: Language) -> Sheet:
    """A view as a table in one language."""
    return Sheet(shown.page, view, _sheet(shown, Tongue((language,)), _NAMES[view], TABLES[view]))


def sheets(shown: Shown, languages: Sequence[Language]) -> Iterator[Table]:
    """The sheets of a workbook: by date, by school, by person; stages and reserves where there are any."""
    tongue = Tongue(tuple(languages))
    for view in (View.DATES, View.SCHOOLS, View.PEOPLE, *((View.STAGES,) if shown.stages().has_stages else ())):
        yield _sheet(shown, tongue, _NAMES[view], TABLES[view])
    if any(visit.reserves for visit in shown.page.held):
        yield _sheet(shown, tongue, "views.standing_in", _RESERVES)


def _sheet(shown: Shown, tongue: Tongue, name: str, columns: Columns) -> Table:
    """A sheet without the columns in which nothing stands."""
    head, rows = [tongue.label(key) for _, key in columns.names], list(columns.rows(shown, tongue))
    kept = [index for index in range(len(head)) if not rows or any(row[index] not in (None, "") for row in rows)]
    names = tongue.each(label, name).replace(" / ", " \u2013 ")
    return Table(names, tuple(head[index] for index in kept), tuple(tuple(row[index] for index in kept) for row in rows))
