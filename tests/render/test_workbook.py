"""A workbook as an office opens it, read back by another library."""

import io
import re
import zipfile
from datetime import date

import pytest

from sigctl.render import Cover, Table, workbook

calamine = pytest.importorskip("python_calamine")

COVER = Cover("Rota: Rownd & Round", "Clwstwr Gŵyr", "Clwstwr Gŵyr", date(2026, 11, 2), "Tudalen / Page", "o / of")
NAMES = ["=1+1", "+441792", "-1", "@SUM(A1)", "https://example.org", "0012", "Ŵyn a Tŷ", "a\nb", "<b>&amp;"]
TABLE = Table("Yn ôl dyddiad – By date", ("Dyddiad", "Enw"), tuple((date(2026, 11, 10), name) for name in NAMES))


def parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return {name: book.read(name).decode("utf-8") for name in book.namelist()}


def test_names_are_text_and_dates_are_dates() -> None:
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(workbook(COVER, [TABLE])))
    rows = book.get_sheet_by_name("Yn ôl dyddiad – By date").to_python()
    assert rows[0] == ["Dyddiad", "Enw"]
    assert [row[1] for row in rows[1:]] == NAMES
    assert {row[0] for row in rows[1:]} == {date(2026, 11, 10)}
    sheet = parts(workbook(COVER, [TABLE]))["xl/worksheets/sheet1.xml"]
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet


def test_the_header_stays_and_filters_and_the_page_is_set_up() -> None:
    files = parts(workbook(COVER, [TABLE]))
    sheet = files["xl/worksheets/sheet1.xml"]
    assert re.search(r'<pane ySplit="1" topLeftCell="A2" [^>]*state="frozen"/>', sheet)
    assert f'<autoFilter ref="A1:B{len(NAMES) + 1}"/>' in sheet
    assert re.search(r'<pageSetup paperSize="9" [^>]*orientation="landscape"', sheet)
    assert 'fitToPage="1"' in sheet
    assert re.search(r"<oddHeader>&amp;L&amp;BRota: Rownd &amp;&amp; Round", sheet)
    assert "Tudalen / Page &amp;P o / of &amp;N" in sheet
    assert "_xlnm.Print_Titles" in files["xl/workbook.xml"]
    assert "$1:$1" in files["xl/workbook.xml"]


def test_days_of_one_language_are_written_in_it() -> None:
    style = parts(workbook(COVER, [TABLE]))["xl/styles.xml"]
    assert 'formatCode="ddd d mmm yyyy"' in style
    welsh = Cover("Rota", "", "", date(2026, 11, 2), "Tudalen", "o", "cy")
    assert 'formatCode="[$-452]ddd d mmm yyyy"' in parts(workbook(welsh, [TABLE]))["xl/styles.xml"]


def test_the_same_tables_give_the_same_bytes() -> None:
    assert workbook(COVER, [TABLE]) == workbook(COVER, [TABLE])
    assert "2026-11-02T00:00:00Z" in parts(workbook(COVER, [TABLE]))["docProps/core.xml"]


@pytest.mark.parametrize("name", ["[a]:b*?/\\", "x" * 40, "'quoted'", "a"])
def test_any_name_of_a_sheet_is_taken_even_twice(name: str) -> None:
    tables = [Table(name, ("A",), ()), Table(name, ("A",), ((1,),))]
    names = calamine.CalamineWorkbook.from_filelike(io.BytesIO(workbook(COVER, tables))).sheet_names
    assert len(set(names)) == 2
    assert all(0 < len(each) <= 31 for each in names)


def test_a_table_without_rows_is_a_header() -> None:
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(workbook(COVER, [Table("A", ("B", "C"), ())])))
    assert book.get_sheet_by_index(0).to_python() == [["B", "C"]]
