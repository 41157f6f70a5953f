"""The form on which somebody says when they are free: an Excel workbook with a list of days and a yes or no for each.

Only the answers can be written; a sheet that nobody sees tells what the form is about. The same form gives the same bytes.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Final

from sigctl.render.dates import day as day_in_words
from sigctl.render.labels import label
from sigctl.words import Language, Words

if TYPE_CHECKING:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

_HIDDEN: Final = "sigctl"
_VERSION: Final = "1"
_OPTIONS: Final = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_FORMATS: Final = {"cy": "[$-452]ddd d mmm yyyy", "en": "[$-809]ddd d mmm yyyy"}
_A4: Final = 9


@dataclass(frozen=True, slots=True)
class AvailabilityForm:
    """What a form asks: whom, as reviewer or as host of a school, about which days of which cycle, by when. `made` is a fixed day."""

    cycle_id: str
    cycle: Words
    person: str
    school_id: str
    name: Words
    wanted_by: date
    days: tuple[date, ...]
    made: date

    @property
    def role(self) -> str:
        """As what somebody is asked."""
        return "host" if self.school_id else "reviewer"


def availability_form(form: AvailabilityForm, languages: Sequence[Language]) -> bytes:
    """The form as the bytes of its file."""
    from xlsxwriter import Workbook

    content = io.BytesIO()
    book = Workbook(content, _OPTIONS)
    made = datetime.combine(form.made, time())
    book.set_properties({"title": _both("availability.form", languages), "author": "sigctl", "created": made})
    sheet = book.add_worksheet(_both("availability.sheet", languages).replace("/", "-")[:31])
    styles = _styles(book, languages)
    row = _head(sheet, form, languages, styles)
    _rest(sheet, languages, styles, row - 1)
    _days(sheet, form, languages, styles, row)
    _hidden(book.add_worksheet(_HIDDEN), form, row)
    sheet.activate()
    book.close()
    return content.getvalue()


def _both(key: str, languages: Sequence[Language]) -> str:
    """Words of ours in each language, once where they are the same."""
    return " / ".join(dict.fromkeys(label(key, language) for language in languages))


def _styles(book: "Workbook", languages: Sequence[Language]) -> dict[str, Any]:
    line = {"border": 1, "border_color": "#B8C4CE", "valign": "vcenter"}
    monday = {"top": 2, "top_color": "#4A5560"}
    cells: dict[str, dict[str, Any]] = {
        "day": {"num_format": _FORMATS[languages[0]], "align": "left"},
        "answer": {"locked": False, "bg_color": "#FFFBE6", "align": "center"},
        "other": {"font_color": "#4A5560"},
    }
    return {
        "title": book.add_format({"bold": True, "font_size": 14, "text_wrap": True, "valign": "top"}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "strong": book.add_format({"text_wrap": True, "valign": "top", "bold": True}),
        "head": book.add_format(line | {"bold": True, "bg_color": "#E4EDF5", "text_wrap": True}),
        **{
            f"{name}{week}": book.add_format(line | look | top)
            for name, look in cells.items()
            for week, top in (("", {}), ("_monday", monday))
        },
    }


def _head(sheet: "Worksheet", form: AvailabilityForm, languages: Sequence[Language], styles: dict[str, Any]) -> int:
    """What the form is about, above the days. Returns the row in which the days begin."""
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 22)
    sheet.set_column(2, 2, 34 if len(languages) == 1 else 58)
    about = dict.fromkeys(f"{label('availability.title', each)} {form.cycle.said(each)}" for each in languages)
    lines = [
        (" / ".join(about), "title", 42),
        (" / ".join(dict.fromkeys(form.name.said(each) for each in languages)), "text", 20),
        *((label(f"availability.form_{form.role}", each), "text", 48) for each in languages),
        (" / ".join(f"{label('availability.wanted_by', each)}: {day_in_words(form.wanted_by, each)}" for each in languages), "strong", 34),
    ]
    for number, (text, style, height) in enumerate(lines):
        sheet.merge_range(number, 0, number, 2, "", styles[style])
        sheet.write_string(number, 0, text, styles[style])
        sheet.set_row(number, height)
    return len(lines) + 1


def _days(sheet: "Worksheet", form: AvailabilityForm, languages: Sequence[Language], styles: dict[str, Any], row: int) -> None:
    heads = (_both("availability.day", languages), _both(f"availability.answer_{form.role}", languages))
    for column, head in enumerate((*heads, _both("availability.in_words", languages))):
        sheet.write_string(row, column, head, styles["head"])
    sheet.set_row(row, 20 * len(languages) + 10)
    for number, day in enumerate(form.days, row + 1):
        week = "_monday" if number > row + 1 and day.isocalendar()[:2] != form.days[number - row - 2].isocalendar()[:2] else ""
        sheet.set_row(number, 18)
        sheet.write_datetime(number, 0, datetime.combine(day, time()), styles[f"day{week}"])
        sheet.write_blank(number, 1, None, styles[f"answer{week}"])
        in_words = " / ".join(dict.fromkeys(day_in_words(day, each) for each in languages))
        sheet.write_string(number, 2, in_words, styles[f"other{week}"])
    if form.days:
        sheet.data_validation(row + 1, 1, row + len(form.days), 1, _rule(languages))
    sheet.set_selection(row + 1, 1, row + 1, 1)
    sheet.protect("", {"select_locked_cells": True, "select_unlocked_cells": True, "format_columns": True})
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(row)


def _rest(sheet: "Worksheet", languages: Sequence[Language], styles: dict[str, Any], row: int) -> None:
    """One cell for all days that are left empty, above the days, where nobody overlooks it."""
    sheet.set_row(row, 32 * len(languages))
    sheet.write_string(row, 0, _both("availability.rest_form", languages), styles["head"])
    sheet.write_blank(row, 1, None, styles["answer"])
    sheet.write_string(row, 2, _both("availability.rest_how", languages), styles["text"])
    sheet.data_validation(row, 1, row, 1, _rule(languages))


def _rule(languages: Sequence[Language]) -> dict[str, Any]:
    return {
        "validate": "list",
        "source": [_both("availability.yes", languages), _both("availability.no", languages)],
        "error_title": _both("availability.wrong_title", languages)[:32],
        "error_message": _both("availability.wrong", languages)[:255],
    }


def _hidden(sheet: "Worksheet", form: AvailabilityForm, rest: int) -> None:
    """What sigctl knows the form by when it comes back; `rest` is the row, counted from 1, that asks about all other days."""
    about = (
        ("sigctl availability", _VERSION),
        ("cycle", form.cycle_id),
        ("school", form.school_id) if form.school_id else ("person", form.person),
        ("all other days", str(rest)),
    )
    for row, (name, value) in enumerate(about):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, value)
    sheet.very_hidden()
