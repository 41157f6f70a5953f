"""The timetable: which days each school is visited on, and by whom. Sees the cluster, and no page, file or terminal."""

from sigctl.rota.life.draft import draft_file, draft_text, is_edited
from sigctl.rota.plan import Conflict, GoalResult, Plan, PlannedVisit, Source, Status
from sigctl.rota.planning import plan_rota
from sigctl.rota.progress import Listener, Progress

__all__ = [
    "Conflict", "GoalResult", "Listener", "Plan", "PlannedVisit", "Progress", "Source", "Status", "draft_file", "draft_text", "is_edited",
    "plan_rota",
]  # fmt: skip
