"""Tables as an Excel workbook, as an office expects it: header that stays, filters, real dates, ready to print.

No text becomes a formula or a link, and the same tables give the same bytes.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Final

from sigctl.render.widths import text_width

if TYPE_CHECKING:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

Cell = str | int | float | date | None

_A4: Final = 9
_ROOM: Final = (9, 46)
"""The least and the greatest width of a column, in letters."""
_OPTIONS: Final = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_FORBIDDEN: Final = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_LOCALES: Final = {"cy": "[$-452]", "en": "[$-809]"}


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet: its name, its header, its rows. A text may have several lines."""

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Cover:
    """What stands around all sheets: title and what is below it, who made it, a fixed day, "Page" and "of", and the dates' language."""

    title: str
    subtitle: str
    author: str
    made: date
    page: str
    of: str
    language: str = ""


def workbook(cover: Cover, tables: Sequence[Table]) -> bytes:
    """The workbook as the bytes of its file."""
    from xlsxwriter import Workbook

    content = io.BytesIO()
    book = Workbook(content, _OPTIONS)
    made = datetime.combine(cover.made, time())
    book.set_properties({"title": cover.title, "subject": cover.subtitle, "author": cover.author, "created": made})
    styles = _styles(book, cover)
    taken: set[str] = set()
    for table in tables:
        _fill(book.add_worksheet(_name(table.name, taken)), table, styles)
    for sheet in book.worksheets():
        _set_up(sheet, cover)
    book.close()
    return content.getvalue()


def _styles(book: "Workbook", cover: Cover) -> dict[str, Any]:
    cell = {"valign": "top", "border": 1, "border_color": "#D9DFE4", "text_wrap": True}
    return {
        "head": book.add_format({"bold": True, "bg_color": "#E4EDF5", "text_wrap": True, "valign": "vcenter", "bottom": 2}),
        "text": book.add_format(cell),
        "date": book.add_format(cell | {"num_format": f"{_LOCALES.get(cover.language, '')}ddd d mmm yyyy", "align": "left"}),
    }


def _name(wanted: str, taken: set[str]) -> str:
    """A name that Excel takes: no more than 31 letters, none of its own signs, no two alike."""
    name = " ".join(wanted.translate(_FORBIDDEN).split())[:31].strip("' ")
    while name.lower() in taken:
        name = f"{name[:28]} {len(taken) + 1}"
    taken.add(name.lower())
    return name


def _fill(sheet: "Worksheet", table: Table, styles: dict[str, Any]) -> None:
    for column, title in enumerate(table.head):
        sheet.write_string(0, column, title, styles["head"])
        sheet.set_column(column, column, _width(title, [row[column] for row in table.rows]))
    for number, row in enumerate(table.rows, start=1):
        for column, cell in enumerate(row):
            _write(sheet, (number, column), cell, styles)
    sheet.autofilter(0, 0, max(1, len(table.rows)), len(table.head) - 1)


def _write(sheet: "Worksheet", at: tuple[int, int], cell: Cell, styles: dict[str, Any]) -> None:
    if isinstance(cell, date):
        sheet.write_datetime(*at, datetime.combine(cell, time()), styles["date"])
    elif isinstance(cell, int | float):
        sheet.write_number(*at, cell, styles["text"])
    elif cell:
        sheet.write_string(*at, cell, styles["text"])
    else:
        sheet.write_blank(*at, None, styles["text"])


def _width(title: str, cells: Sequence[Cell]) -> float:
    """How wide a column must be for its longest line and for the longest word of its header, in letters of the ordinary font."""
    lines = ["Wed 30 Sept 2026" if isinstance(cell, date) else line for cell in cells for line in str(cell or "").split("\n")]
    words = [f"{word}___" for word in title.split()]
    longest = max((text_width(line, 1) / 0.53 for line in (*lines, *words)), default=0)
    return round(min(max(longest + 2, _ROOM[0]), _ROOM[1]), 1)


def _set_up(sheet: "Worksheet", cover: Cover) -> None:
    """Print on A4 across, as wide as one page, with the header on each, a title above and the page below."""
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.9, bottom=0.7)
    sheet.set_header(f"&L&B{_plain(cover.title)}&R{_plain(cover.subtitle)}")
    sheet.set_footer(f"&L&A&R{_plain(cover.page)} &P {_plain(cover.of)} &N")


def _plain(text: str) -> str:
    """A text for the head or the foot of a page, where `&` begins an instruction; both together hold 255 letters."""
    return text[:100].replace("&", "&&")
