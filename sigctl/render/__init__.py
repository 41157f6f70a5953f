"""How pages look: templates, labels in both languages, pictures, workbooks, dates as people write them. Knows report values, no records."""

from collections.abc import Mapping, Sequence
from typing import Any

from sigctl.render.dates import day, plain_day, plain_days, short_day, short_days
from sigctl.render.figures import goal_words, number, percent, proof_line, signed
from sigctl.render.labels import label, said
from sigctl.render.picture import can_make_png, png_picture
from sigctl.render.spreadsheet import csv_text
from sigctl.render.visit_words import details, settled_words, stage_words, state_words, unmet_line, who
from sigctl.render.workbook import Cover, Table, workbook
from sigctl.words import Language

__all__ = [
    "Cover",
    "Table",
    "can_make_png",
    "csv_text",
    "day",
    "details",
    "goal_words",
    "label",
    "markdown",
    "number",
    "percent",
    "plain_day",
    "plain_days",
    "png_picture",
    "proof_line",
    "said",
    "settled_words",
    "short_day",
    "short_days",
    "signed",
    "stage_words",
    "state_words",
    "svg_picture",
    "unmet_line",
    "who",
    "workbook",
]


def svg_picture(view: str, languages: Sequence[Language], report: Any) -> str:
    """A report as a picture, as SVG, once in each language."""
    from sigctl.render.drawing import drawing

    return drawing(view, languages, report)


def markdown(template: str, language: Language, report: Any, own: Mapping[str, str] | None = None) -> str:
    """A report in one language as Markdown. The templates' machinery is loaded only now, for it takes as long as Python itself."""
    from sigctl.render.environment import rendered

    return rendered(template, language, report, own)
