"""What people may write: one frozen record for each thing in the files, every field described.

Knows no files, no joins between records, and not what the records are used for.
"""

from typing import Final

from sigctl.records.calendar import Calendar, Term
from sigctl.records.cycle import Cycle, Fixed, Goal, Rules, Stage, Visit
from sigctl.records.group import Group
from sigctl.records.meeting import Meeting
from sigctl.records.person import WEEKDAYS, Person, Post, Reviewer
from sigctl.records.programme import Programme, ProgrammeDay, Session, Task
from sigctl.records.record import Days, Record, Text, all_dates
from sigctl.records.rota import Rota, RotaVisit, StageDate, State, Status
from sigctl.records.school import School
from sigctl.records.settings import ClusterSettings, Mail, Settings
from sigctl.records.wish import ReviewerWish, Wish

KINDS: Final[dict[str, type[Record]]] = {
    "calendars": Calendar,
    "schools": School,
    "people": Person,
    "groups": Group,
    "cycles": Cycle,
    "rotas": Rota,
    "meetings": Meeting,
    "programmes": Programme,
}
"""The keys at the top of a file that hold lists, and what each entry of the list is."""

__all__ = [
    "KINDS",
    "WEEKDAYS",
    "Calendar",
    "ClusterSettings",
    "Cycle",
    "Days",
    "Fixed",
    "Goal",
    "Group",
    "Mail",
    "Meeting",
    "Person",
    "Post",
    "Programme",
    "ProgrammeDay",
    "Record",
    "Reviewer",
    "ReviewerWish",
    "Rota",
    "RotaVisit",
    "Rules",
    "School",
    "Session",
    "Settings",
    "Stage",
    "StageDate",
    "State",
    "Status",
    "Task",
    "Term",
    "Text",
    "Visit",
    "Wish",
    "all_dates",
]  # fmt: skip
