"""The report of a cycle: what was planned and done, by whom, how fairly, and what it took."""

from sigctl.reports.cycle.report import CycleReport, cycle_report

__all__ = ["CycleReport", "cycle_report"]
