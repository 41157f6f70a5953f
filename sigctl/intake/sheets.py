"""Spreadsheets of every kind into rows of plain cells: CSV, XLSX, XLS and ODS, bounded before anything unfolds them."""

import csv
import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple
from xml.parsers.expat import ExpatError, ParserCreate

from sigctl.intake.answers import Unreadable

Cell = str | date | datetime
"""A cell: a text without spaces around it, empty where there is nothing; or a day, with a time of day where it has one."""

LARGEST: Final = 20_000_000
"""So many bytes may a file have."""
_UNFOLDED: Final = 120_000_000
_PARTS: Final = 2_000
_ROWS: Final = 20_000
_COLUMNS: Final = 1_000
_CELLS: Final = 2_000_000
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_REFERENCE: Final = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_REPEATED: Final = re.compile(rb'number-(rows|columns)-repeated="(\d+)"')
_CHUNK: Final = 1 << 20


class Row(NamedTuple):
    """A row: its number as a spreadsheet shows it, and its cells."""

    number: int
    cells: tuple[Cell, ...]

    def at(self, column: int) -> Cell:
        """The cell of a column, empty where the row is shorter."""
        return self.cells[column] if column < len(self.cells) else ""

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing in it."""
        return not any(cell != "" for cell in self.cells)


def letters(column: int) -> str:
    """What a spreadsheet calls a column: AB for 27, the first being 0."""
    return (letters(column // 26 - 1) if column >= 26 else "") + chr(65 + column % 26)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet by its name; empty rows in it keep their place."""

    name: str
    rows: tuple[Row, ...]


def is_workbook(content: bytes) -> bool:
    """Whether these are the bytes of an XLSX, ODS or XLS file."""
    return content.startswith((_ZIP, _OLE))


def sheets(content: bytes) -> tuple[Sheet, ...]:
    """Every sheet of a file, hidden ones as well. Raises Unreadable where it is no spreadsheet, or too large."""
    if len(content) > LARGEST:
        raise Unreadable(f"this file has {len(content) // 1_000_000} MB", "a table of answers is far smaller; is it the right file?")
    if is_workbook(content):
        return _workbook(content)
    return (Sheet("", tuple(_csv_rows(decoded(content)))),)


def decoded(content: bytes) -> str:
    """A text in the encoding that it is in: UTF-8 or UTF-16 with their marks, UTF-8, or that of Windows."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    if b"\0" in content[:4000]:
        little = content[1:4000:2].count(0) >= content[0:4000:2].count(0)
        return content.decode("utf-16-le" if little else "utf-16-be", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


# CSV


def _csv_rows(text: str) -> Iterator[Row]:
    told = re.match(r'"?sep=(.)"?\r?\n', text, re.IGNORECASE)
    delimiter, skipped = (told[1], 1) if told else (_delimiter(text), 0)
    csv.field_size_limit(1_000_000)
    reader = csv.reader(io.StringIO(text[told.end() :] if told else text, newline=""), delimiter=delimiter)
    try:
        for number, cells in enumerate(reader, 1 + skipped):
            _check_size(number, len(cells))
            yield Row(number, tuple(map(_text, cells)))
    except csv.Error as trouble:
        raise Unreadable(f"this is no table: {trouble}", "save it as CSV or as an Excel workbook again") from None


def _delimiter(text: str) -> str:
    """What stands between the cells: whatever cuts the most of the first lines into equally many, more than one."""
    lines = list(_first_lines(text))

    def evenness(sign: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(lines, delimiter=sign) if row]
        common = max(set(widths), key=lambda width: (widths.count(width) if width > 1 else 0, width), default=1)
        return (widths.count(common) if common > 1 else 0, common)

    return max((",", ";", "\t", "|"), key=evenness)


def _first_lines(text: str) -> Iterator[str]:
    for number, line in enumerate(io.StringIO(text[:200_000], newline="")):
        if number == 40:
            return
        yield line.replace("\0", "")[:10_000]


# workbooks


def _workbook(content: bytes) -> tuple[Sheet, ...]:
    from python_calamine import CalamineError, load_workbook

    try:
        book = load_workbook(io.BytesIO(_bounded(content) if content.startswith(_ZIP) else content))
        return tuple(_sheet(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names)
    except (CalamineError, OSError, ValueError, KeyError) as trouble:
        hidden = "assword" in str(trouble) or "ncrypt" in str(trouble)
        message = "this workbook is locked with a password" if hidden else "this workbook is damaged, or none at all"
        raise Unreadable(message, "save it without a password" if hidden else "open it and save it again as .xlsx or .csv") from None


def _bounded(content: bytes) -> bytes:
    """The same workbook with its parts unpacked, once it is known that they are few and small enough for all that follows."""
    clean = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(clean, "w") as unpacked:
            parts = packed.infolist()
            if len(parts) > _PARTS or sum(part.file_size for part in parts) > _UNFOLDED:
                raise Unreadable("this workbook unfolds to more than any table of answers could hold", "is it the right file?")
            for part in parts:
                text = packed.read(part)
                if part.filename.endswith((".xml", ".rels")):
                    _check_xml(text)
                _check_part(part.filename, text)
                unpacked.writestr(zipfile.ZipInfo(part.filename), text)
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
        ValueError,
        zlib.error,
    ) as trouble:
        locked = "assword" in str(trouble)
        raise Unreadable(
            "this workbook is locked with a password" if locked else "this workbook is damaged, or none at all",
            "save it without a password" if locked else "open it and save it again as .xlsx or .csv",
        ) from None
    return clean.getvalue()


def _check_xml(text: bytes) -> None:
    """Refuse a part that is not well formed, on which calamine may never end, and one that brings entities of its own."""
    parser = ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_entities
    try:
        parser.Parse(text, True)
    except (ExpatError, LookupError, ValueError):
        raise Unreadable("this workbook is damaged, or none at all", "open it and save it again as .xlsx or .csv") from None


def _refuse_entities(*_: object) -> None:
    raise Unreadable("this workbook is not as any office program writes it", "open it and save it again as .xlsx or .csv")


def _check_part(name: str, text: bytes) -> None:
    """Refuse a sheet whose last cell lies far out, since a table is laid out up to there."""
    if name.startswith("xl/worksheets/"):
        found = {(letters, row) for letters, row in _REFERENCE.findall(text)}
        rows = max((int(row) for _, row in found), default=0)
        _check_size(rows, max(map(_column, {letters for letters, _ in found}), default=0))
    elif name == "content.xml":
        _check_repeats(text)


def _column(letters: bytes) -> int:
    """The number of a column: 28 for AB."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _check_repeats(text: bytes) -> None:
    """Refuse an ODS sheet in which cells with something in them are repeated beyond measure; empty ones at the ends are usual."""
    total = 0
    for part in re.split(rb"<table:table-row\b", text)[1:]:
        head, _, cells = part.partition(b">")
        rows, filled = _repeats(head, b"rows"), 0
        for cell in re.split(rb"<table:(?:covered-)?table-cell\b", cells)[1:]:
            if b"office:value" in cell or b"<text:p" in cell:
                filled += _repeats(cell.partition(b">")[0], b"columns")
        if filled:
            total += rows
            _check_size(total, filled)


def _repeats(head: bytes, what: bytes) -> int:
    return max((int(count) for name, count in _REPEATED.findall(head) if name == what), default=1)


def _check_size(rows: int, columns: int) -> None:
    if rows > _ROWS or columns > _COLUMNS or rows * columns > _CELLS:
        advice = "delete what is empty or does not belong there, or save the table alone as CSV"
        raise Unreadable(f"this table is larger than {_ROWS} rows, {_COLUMNS} columns or {_CELLS // 1_000_000} million cells", advice)


def _sheet(name: str, rows: Sequence[Sequence[object]]) -> Sheet:
    _check_size(len(rows), max(map(len, rows), default=0))
    return Sheet(name, tuple(Row(number, tuple(map(_cell, cells))) for number, cells in enumerate(rows, 1)))


def _cell(value: object) -> Cell:
    """A cell as people mean it: whole numbers without a point, times to the minute, days without midnight."""
    match value:
        case bool():
            return "yes" if value else "no"
        case float() if value == int(value) and abs(value) < 1e15:
            return str(int(value))
        case datetime():
            near = (value + timedelta(seconds=30)).replace(second=0, microsecond=0)
            return near.date() if near.time() == time() else near
        case date():
            return value
        case time():
            return (datetime.combine(date(2000, 1, 1), value) + timedelta(seconds=30)).strftime("%H:%M")
        case timedelta():
            return str(value)
        case _:
            return _text(str(value))


def _text(value: str) -> str:
    return unicodedata.normalize("NFC", value).strip().strip("\ufeff\u200b")
