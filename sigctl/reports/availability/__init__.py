"""When people are free: who is asked, who has answered, and what an answer changes in the files. Pure, and knows no file formats."""

from sigctl.reports.availability.asking import AskLetter, Request, Standing, letters, standings
from sigctl.reports.availability.changing import (
    FIELDS,
    Field,
    Proposal,
    answered_before,
    merged,
    proposed_by_calendar,
    proposed_by_reply,
)
from sigctl.reports.availability.matching import Match, matched

__all__ = [
    "FIELDS", "AskLetter", "Field", "Match", "Proposal", "Request", "Standing", "answered_before", "letters", "matched", "merged",
    "proposed_by_calendar", "proposed_by_reply", "standings",
]  # fmt: skip
