"""Files that others made, read into plain values: spreadsheets, polls, forms, mails, calendars.

Knows no schools and trusts no file: each is bounded in size and in what it unfolds to, and whatever is wrong in it is told at once.
"""

from sigctl.intake.answers import Answer, DayAnswer, Fault, Gathered, Kind, Participant, Reply, Unreadable
from sigctl.intake.kinds import kind_of, read_answers

__all__ = ["Answer", "DayAnswer", "Fault", "Gathered", "Kind", "Participant", "Reply", "Unreadable", "kind_of", "read_answers"]
