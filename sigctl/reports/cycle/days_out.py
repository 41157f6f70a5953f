"""How much time and travel the reviews take: days out by school and half term, kilometres by school."""

from collections import defaultdict
from dataclasses import dataclass

from sigctl.reports.calendar import CalendarPage
from sigctl.reports.travel import TravelPage
from sigctl.words import Words


@dataclass(frozen=True, slots=True)
class SchoolDays:
    """A school's days out, one figure for each half term; and what its people travel, in kilometres. None where its place is not known."""

    id: str
    name: Words
    days: tuple[int, ...]
    kilometres: float | None

    @property
    def total(self) -> int:
        """All its days out."""
        return sum(self.days)


@dataclass(frozen=True, slots=True)
class DaysOut:
    """The half terms of a cycle's window in which anybody is out, and the schools."""

    halves: tuple[Words, ...]
    schools: tuple[SchoolDays, ...]

    @property
    def totals(self) -> tuple[int, ...]:
        """All schools together, half term by half term."""
        return tuple(sum(school.days[column] for school in self.schools) for column in range(len(self.halves)))

    @property
    def total(self) -> int:
        """All days out."""
        return sum(self.totals)

    @property
    def kilometres(self) -> float:
        """What everybody travels, as far as it is known."""
        return round(sum(school.kilometres or 0 for school in self.schools), 1)


def days_out(calendar: CalendarPage, travel: TravelPage) -> DaysOut:
    """Days out and travel of a rota, from its calendar and its map."""
    sheets = [sheet for sheet in calendar.sheets if any(sheet.out)]
    counted: dict[str, list[int]] = defaultdict(lambda: [0] * len(sheets))
    for number, sheet in enumerate(sheets):
        for row in sheet.rows:
            counted[row.id][number] = sum(len(row.out(column)) for column in range(len(sheet.days)))
    far = _kilometres(travel)
    schools = (SchoolDays(line.id, line.name, tuple(counted[line.id]), far.get(line.id)) for line in calendar.page.schools)
    return DaysOut(tuple(sheet.name for sheet in sheets), tuple(schools))


def _kilometres(travel: TravelPage) -> dict[str, float]:
    """What the people of each school that is on the map travel."""
    found = {spot.school.id: 0.0 for spot in travel.spots}
    for journey in travel.journeys:
        found[travel.spots[journey.start].school.id] += journey.kilometres
    return {id: round(far, 1) for id, far in found.items()}
