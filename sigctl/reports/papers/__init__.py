"""The papers of a rota: for all, for one school, for one person, for one visit. Each is one frozen value, made from a round."""

from sigctl.reports.papers.brief import Brief, brief
from sigctl.reports.papers.checklist import Checklist, Todo, checklist
from sigctl.reports.papers.out_by_day import OutByDay, out_by_day
from sigctl.reports.papers.person_sheet import PersonSheet, person_sheets
from sigctl.reports.papers.programme import VisitProgramme, visit_programme
from sigctl.reports.papers.round import Round, round_of
from sigctl.reports.papers.school_sheet import SchoolSheet, school_sheets
from sigctl.reports.papers.sharing import Slot
from sigctl.reports.papers.whole import GiveAndTake, RotaChanges, WholeRota, give_and_take, rota_changes, whole_rota

__all__ = [
    "Brief", "Checklist", "GiveAndTake", "OutByDay", "PersonSheet", "RotaChanges", "Round", "SchoolSheet", "Slot", "Todo",
    "VisitProgramme", "WholeRota", "brief", "checklist", "give_and_take", "out_by_day", "person_sheets", "rota_changes", "round_of",
    "school_sheets", "visit_programme", "whole_rota",
]  # fmt: skip
