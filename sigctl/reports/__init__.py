"""What pages show: each report is one frozen value, made from the cluster and a date. Cannot print, open or send."""

from sigctl.reports.calendar import CalendarPage, calendar_page
from sigctl.reports.differences import DifferencesPage, differences_page
from sigctl.reports.exchange import ExchangePage, exchange_page
from sigctl.reports.fairness import FairnessPage, fairness_page
from sigctl.reports.loads import LoadPage, load_page
from sigctl.reports.people import PeoplePage, people_page
from sigctl.reports.stages import StagePage, stage_page
from sigctl.reports.travel import TravelPage, travel_page
from sigctl.reports.visits import Proof, RotaPage, SchoolLine, VisitLine, rota_page, standing_page

__all__ = [
    "CalendarPage", "DifferencesPage", "ExchangePage", "FairnessPage", "LoadPage", "PeoplePage", "Proof", "RotaPage", "SchoolLine",
    "StagePage", "TravelPage", "VisitLine", "calendar_page", "differences_page", "exchange_page", "fairness_page", "load_page",
    "people_page", "rota_page", "stage_page", "standing_page", "travel_page",
]  # fmt: skip
