"""Spreadsheets into rows: whatever the encoding and the program, and never more than fits."""

import io
import zipfile
from datetime import date

import pytest
from exports import ods, xlsx

from sigctl.intake.answers import Unreadable
from sigctl.intake.sheets import sheets


def cells(content: bytes) -> list[tuple[object, ...]]:
    return [row.cells for row in sheets(content)[0].rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_of_every_kind(encoding: str, delimiter: str) -> None:
    text = "Enw,Dydd\r\nSiân Llŷr,ŵyl\r\n".replace(",", delimiter)
    assert cells(text.encode(encoding)) == [("Enw", "Dydd"), ("Siân Llŷr", "ŵyl")]


def test_csv_of_an_old_windows() -> None:
    assert cells("Enw;Dydd\r\nSiân;a’r\r\n".encode("cp1252")) == [("Enw", "Dydd"), ("Siân", "a’r")]


def test_excel_may_say_what_stands_between_the_cells() -> None:
    found = sheets(b"sep=;\r\na,b;c\r\n")[0].rows
    assert [(row.number, row.cells) for row in found] == [(2, ("a,b", "c"))]


def test_row_numbers_are_those_that_excel_shows() -> None:
    content = xlsx([[], [], ["Name", "2026-11-24"], [], ["Siân", "yes"]])
    assert [row.number for row in sheets(content)[0].rows if not row.is_blank] == [3, 5]
    assert [row.number for row in sheets(b'a,b\n\n"x\ny",c\n')[0].rows if not row.is_blank] == [1, 3]


def test_cells_are_what_people_see() -> None:
    assert cells(xlsx([["Siân ", 144321, True, date(2026, 11, 24), 1.5]])) == [("Siân", "144321", "yes", date(2026, 11, 24), "1.5")]
    assert cells(ods([["Siân", date(2026, 11, 24)]])) == [("Siân", date(2026, 11, 24))]


def test_a_small_file_that_unfolds_to_a_huge_one_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b" " * 200_000_000)
    assert len(out.getvalue()) < 1_000_000
    with pytest.raises(Unreadable, match="unfolds to more"):
        sheets(out.getvalue())


def test_a_cell_far_out_is_refused_before_a_table_is_laid_out_for_it() -> None:
    packed, out = zipfile.ZipFile(io.BytesIO(xlsx([["a", "b"]]))), io.BytesIO()
    with zipfile.ZipFile(out, "w") as again:
        for name in packed.namelist():
            again.writestr(name, packed.read(name).replace(b'r="B1"', b'r="XFD1048576"'))
    with pytest.raises(Unreadable, match="larger than 20000 rows"):
        sheets(out.getvalue())


@pytest.mark.parametrize(("rows", "columns"), [(1_000_000, 1), (1, 16_000), (10_000, 900)])
def test_cells_repeated_beyond_measure_are_refused(rows: int, columns: int) -> None:
    cell = f'<table:table-cell table:number-columns-repeated="{columns}" office:value-type="string"><text:p>x</text:p></table:table-cell>'
    with pytest.raises(Unreadable, match="larger than"):
        sheets(ods([["a"]], extra=f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>'))


def test_empty_rows_to_the_end_of_an_ods_sheet_are_usual() -> None:
    rest = (
        '<table:table-row table:number-rows-repeated="1048500"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>'
    )
    assert cells(ods([["a", "b"]], extra=rest))[0] == ("a", "b")


@pytest.mark.parametrize("content", [b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, b"a" * 21_000_000])
def test_what_is_no_table_is_told_in_plain_words(content: bytes) -> None:
    with pytest.raises(Unreadable) as told:
        sheets(content)
    assert told.value.advice
    assert "Error" not in told.value.message


def test_a_table_with_too_many_rows_is_refused() -> None:
    with pytest.raises(Unreadable, match="larger than"):
        sheets(b"a,b\n" * 20_001)


@pytest.mark.parametrize(
    ("old", "new"),
    [(b"</sheetData>", b""), (b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet'), (b"<sheetData>", b"<sheetData")],
    ids=["not closed", "entities", "not well formed"],
)
def test_a_workbook_whose_inside_is_broken_is_refused_at_once(old: bytes, new: bytes) -> None:
    """Not only for the message: the library that reads workbooks was seen never to end on such a file."""
    packed, out = zipfile.ZipFile(io.BytesIO(xlsx([["a", "b"]]))), io.BytesIO()
    with zipfile.ZipFile(out, "w") as again:
        for name in packed.namelist():
            again.writestr(name, packed.read(name).replace(old, new))
    with pytest.raises(Unreadable, match="workbook"):
        sheets(out.getvalue())
