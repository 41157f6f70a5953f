"""Files as other programs export them, made here by their public layouts, and filled forms."""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from xlsxwriter import Workbook

from sigctl.intake.answers import Asked
from sigctl.term_dates import Span

WINDOW = Span(date(2026, 11, 2), date(2027, 3, 19))
TUE, WED, THU = date(2026, 11, 24), date(2026, 11, 25), date(2026, 12, 3)


def asked(file: str = "answers.csv") -> Asked:
    return Asked(file, WINDOW)


def xlsx(rows: Sequence[Sequence[object]], sheet: str = "Sheet1", *more: tuple[str, Sequence[Sequence[object]]]) -> bytes:
    """A workbook; days are date cells, as Excel keeps them."""
    content = io.BytesIO()
    book = Workbook(content, {"in_memory": True})
    formats = {date: book.add_format({"num_format": "dd/mm/yyyy"}), datetime: book.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"})}
    for name, table in ((sheet, rows), *more):
        page = book.add_worksheet(name)
        for number, row in enumerate(table):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    page.write_datetime(number, column, cell, formats[type(cell)])
                elif cell not in ("", None):
                    page.write(number, column, cell)
    book.close()
    return content.getvalue()


DOODLE = [
    ['Poll "Ymweliadau / Visits"'],
    ["https://doodle.com/poll/abcdefgh"],
    [],
    [],
    ["", "November 2026", "", "December 2026"],
    ["", "Tue 24", "Wed 25", "Thu 3"],
    ["Siân Llŷr", "OK", "", "(OK)"],
    ["Huw Prys", "", "OK", "OK"],
    ["Count", 1, 1, 2],
]
"""Doodle: months over days, `OK`, `(OK)` and nothing, and a row that counts."""

DOODLE_TIMES = [
    ['Poll "Visits"'],
    ["https://doodle.com/poll/abcdefgh"],
    [],
    ["", "November 2026", "", "", ""],
    ["", "Tue 24", "", "Wed 25", ""],
    ["", "9:00 AM – 12:00 PM", "1:00 PM – 3:30 PM", "9:00 AM – 12:00 PM", "1:00 PM – 3:30 PM"],
    ["Huw Prys", "OK", "", "OK", "OK"],
    ["Count", 1, 0, 1, 1],
]
"""Doodle with times of day below the days."""

RALLLY = (
    '"Name","Email","Tue 24 Nov 2026","Wed 25 Nov 2026","Thu 3 Dec 2026"\r\n'
    '"Siân Llŷr","sian@example.org","Yes","No","If need be"\r\n'
    '"Huw Prys","","No","Yes","Yes"\r\n'
)

MICROSOFT = [
    ["ID", "Start time", "Completion time", "Email", "Name", "Last modified time", "On which days can you be out of school?"],
    [1, datetime(2026, 10, 1, 9, 0), datetime(2026, 10, 1, 9, 2), "sian@example.org", "Siân Llŷr", "", "2026-11-24;2026-12-03;"],
    [2, datetime(2026, 10, 1, 9, 5), datetime(2026, 10, 1, 9, 9), "anonymous", "Huw Prys", "", "2026-11-25;"],
    [3, datetime(2026, 10, 2, 9, 5), datetime(2026, 10, 2, 9, 9), "sian@example.org", "Siân Llŷr", "", "2026-12-03;"],
]
"""Microsoft Forms: one column for a question with several answers, each ended by a semicolon; Siân has corrected hers."""

GOOGLE = (
    '"Timestamp","Email Address","Your name","Can you come? [Tue 24 November 2026]","Can you come? [Wed 25 November 2026]","Remarks"\n'
    '"2026/10/01 9:12:33 AM GMT+1","sian@example.org","Siân Llŷr","Yes","No","12 November would be fine too"\n'
    '"2026/10/01 9:13:33 AM GMT+1","","Huw Prys","","If need be",""\n'
)
"""Google Forms: a grid with a column for each day, and a remark that is no answer."""


def filled(form: bytes, answers: Mapping[int, str], *, shared: bool = True) -> bytes:
    """A form with answers in column B by row, as Excel (shared strings) or other programs (inline strings) write them."""
    packed, out = zipfile.ZipFile(io.BytesIO(form)), io.BytesIO()
    strings = packed.read("xl/sharedStrings.xml").decode()
    sheet = packed.read("xl/worksheets/sheet1.xml").decode()
    count = strings.count("<si>")
    for number, (row, text) in enumerate(answers.items()):
        value = f't="s"><v>{count + number}</v></c>' if shared else f't="inlineStr"><is><t>{text}</t></is></c>'
        sheet, found = re.subn(rf'(<c r="B{row}" s="\d+")/>', rf"\1 {value}", sheet)
        assert found == 1, f"there is no answer to write in row {row}"
        strings = strings.replace("</sst>", f"<si><t>{text}</t></si></sst>") if shared else strings
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as again:
        for name in packed.namelist():
            text = {"xl/sharedStrings.xml": strings, "xl/worksheets/sheet1.xml": sheet}.get(name)
            again.writestr(name, text if text is not None else packed.read(name))
    return out.getvalue()


def ods(rows: Sequence[Sequence[str | date]], sheet: str = "Sheet1", extra: str = "") -> bytes:
    """A sheet as LibreOffice keeps it in its own format."""
    out = io.BytesIO()

    def cell(value: str | date) -> str:
        is_day = isinstance(value, date)
        kind = f'office:value-type="date" office:date-value="{value}"' if is_day else 'office:value-type="string"'
        return f"<table:table-cell {kind}><text:p>{value}</text:p></table:table-cell>" if value else "<table:table-cell/>"

    body = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows) + extra
    names = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text"))
    content = (
        f'<?xml version="1.0"?><office:document-content {names}><office:body><office:spreadsheet>'
        f'<table:table table:name="{sheet}">{body}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", content)
        packed.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return out.getvalue()


def calendar(*events: str, zone: str = "") -> bytes:
    """A calendar file of events, each written as its lines."""
    parts = (f"BEGIN:VEVENT\nUID:{number}@example.org\n{event.strip()}\nEND:VEVENT" for number, event in enumerate(events))
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *zone.split("\n"), *"\n".join(parts).split("\n"), "END:VCALENDAR", ""]).encode()
