"""What is to be shown of a rota: its page, and the views of it, each worked out when it is asked for."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from sigctl.cluster import Cluster
from sigctl.commands.errors import CommandError
from sigctl.nearest import did_you_mean
from sigctl.records import Cycle
from sigctl.reports.calendar import CalendarPage, Sheet, calendar_page
from sigctl.reports.exchange import ExchangePage, exchange_page
from sigctl.reports.loads import LoadPage, load_page
from sigctl.reports.people import PeoplePage, people_page
from sigctl.reports.stages import StagePage, stage_page
from sigctl.reports.travel import TravelPage, travel_page
from sigctl.reports.visits import RotaPage


class View(StrEnum):
    """How a rota can be looked at."""

    DATES = "dates"
    SCHOOLS = "schools"
    PEOPLE = "people"
    CALENDAR = "calendar"
    MATRIX = "matrix"
    MAP = "map"
    LOADS = "loads"
    STAGES = "stages"


Report = RotaPage | PeoplePage | CalendarPage | ExchangePage | TravelPage | LoadPage | StagePage


@dataclass(frozen=True)
class Shown:
    """A rota, the cluster and the cycle to which it belongs, and the half term to which a calendar is confined, if any."""

    cluster: Cluster
    cycle: Cycle
    page: RotaPage
    half_term: str | None = None

    def report(self, view: View) -> Report:
        """The value that a view shows."""
        reports: dict[View, Callable[[], Report]] = {
            View.PEOPLE: self.people,
            View.CALENDAR: self.calendar,
            View.MATRIX: self.exchange,
            View.MAP: self.travel,
            View.LOADS: self.loads,
            View.STAGES: self.stages,
        }
        return reports[view]() if view in reports else self.page

    def people(self) -> PeoplePage:
        """By person."""
        return people_page(self.cluster, self.cycle, self.page)

    def calendar(self) -> CalendarPage:
        """By school and day."""
        whole = calendar_page(self.cluster, self.cycle, self.page)
        return whole if self.half_term is None else replace(whole, sheets=(self._sheet(whole, self.half_term),))

    def narrowed(self) -> "Shown":
        """The same with the visits alone that begin in the half term, where there is one."""
        if self.half_term is None:
            return self
        days = self._sheet(calendar_page(self.cluster, self.cycle, self.page), self.half_term).days
        return replace(self, page=replace(self.page, visits=tuple(visit for visit in self.page.visits if visit.first in days)))

    def _sheet(self, page: CalendarPage, half_term: str) -> Sheet:
        found = next((sheet for sheet in page.sheets if sheet.id == half_term), None)
        if found is None:
            known = [sheet.id for sheet in page.sheets]
            advice = did_you_mean(half_term, known, f"its half terms are {', '.join(known)}")
            raise CommandError(f"the cycle {self.cycle.id} has no half term `{half_term}`", advice)
        return found

    def exchange(self) -> ExchangePage:
        """Who visits whom."""
        return exchange_page(self.page)

    def travel(self) -> TravelPage:
        """On the map."""
        return travel_page(self.cluster, self.page)

    def loads(self) -> LoadPage:
        """Who carries how much."""
        return load_page(self.page)

    def stages(self) -> StagePage:
        """Steps of the reviews."""
        return stage_page(self.page)
