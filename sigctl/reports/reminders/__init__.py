"""What is due and not done as of a day, for whom and why. Pure: what was told already is an argument; nothing is sent or written here."""

from sigctl.reports.reminders.about import (
    About,
    AboutAction,
    AboutAvailability,
    AboutMeeting,
    AboutOffice,
    AboutStage,
    AboutTraining,
    AboutVisit,
)
from sigctl.reports.reminders.making import open_calls, reminders, still_due
from sigctl.reports.reminders.values import Call, CallList, Explanation, Letter, Matter, Round, Told
from sigctl.reports.reminders.why import why

__all__ = [
    "About",
    "AboutAction",
    "AboutAvailability",
    "AboutMeeting",
    "AboutOffice",
    "AboutStage",
    "AboutTraining",
    "AboutVisit",
    "Call",
    "CallList",
    "Explanation",
    "Letter",
    "Matter",
    "Round",
    "Told",
    "open_calls",
    "reminders",
    "still_due",
    "why",
]
