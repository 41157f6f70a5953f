"""How pages look: templates, labels in both languages, dates as people write them. Knows report values, no records."""

from typing import Any

from sigctl.render.dates import day, plain_day, plain_days, short_day, short_days
from sigctl.render.figures import number, percent, proof_line, signed
from sigctl.render.labels import label, said
from sigctl.render.spreadsheet import csv_text
from sigctl.words import Language

__all__ = [
    "csv_text",
    "day",
    "label",
    "markdown",
    "number",
    "percent",
    "plain_day",
    "plain_days",
    "proof_line",
    "said",
    "short_day",
    "short_days",
    "signed",
]


def markdown(template: str, language: Language, report: Any) -> str:
    """A report in one language as Markdown. The templates' machinery is loaded only now, for it takes as long as Python itself."""
    from sigctl.render.environment import rendered

    return rendered(template, language, report)
