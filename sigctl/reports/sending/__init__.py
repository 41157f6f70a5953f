"""Who is told of an agenda, of minutes and of a rota, and what: the first time their own part, later what has changed for them. Pure."""

from sigctl.reports.sending.meetings import PaperNews, concerned, paper_news
from sigctl.reports.sending.parts import Part, parts_by_person
from sigctl.reports.sending.rota import PartChange, RotaNews, changes_between, parts_told, told_text

__all__ = [
    "PaperNews",
    "Part",
    "PartChange",
    "RotaNews",
    "changes_between",
    "concerned",
    "paper_news",
    "parts_by_person",
    "parts_told",
    "told_text",
]
