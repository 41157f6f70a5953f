"""The form as a workbook: what can be written in it, and what it knows of itself."""

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from python_calamine import load_workbook

from sigctl.intake import Answer, Kind, kind_of, read_answers
from sigctl.intake.answers import Asked
from sigctl.render.availability_form import AvailabilityForm, availability_form
from sigctl.term_dates import Span
from sigctl.words import Words, same

DAYS = (date(2026, 11, 24), date(2026, 11, 25))
FORM = AvailabilityForm(
    "round-4", Words("Rownd 4", "Round 4"), "aberdare-head", "", same("=1+1"), date(2026, 10, 9), DAYS, date(2026, 9, 21)
)


def part(content: bytes, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(content)).read(name).decode()


def test_the_same_form_gives_the_same_bytes() -> None:
    assert availability_form(FORM, ("cy", "en")) == availability_form(FORM, ("cy", "en"))


def test_only_answers_can_be_written_and_only_yes_or_no() -> None:
    content = availability_form(FORM, ("cy", "en"))
    sheet = part(content, "xl/worksheets/sheet1.xml")
    assert '<sheetProtection sheet="1"' in sheet
    rules = re.findall(r"<dataValidation [^>]*sqref=\"([^\"]+)\".*?<formula1>(.*?)</formula1>", sheet, re.DOTALL)
    assert rules == [("B6", '"Ie / Yes,Na / No"'), ("B8:B9", '"Ie / Yes,Na / No"')]
    styles = part(content, "xl/styles.xml")
    answer = re.search(r'<c r="B8" s="(\d+)"/>', sheet)
    assert answer
    formats = re.findall(r"<xf [^>]*?(?:/>|>.*?</xf>)", re.search(r"<cellXfs.*?</cellXfs>", styles, re.DOTALL)[0])  # type: ignore[index]
    assert 'locked="0"' in formats[int(answer[1])]


@pytest.mark.parametrize(("school", "key"), [("", ["person", "aberdare-head"]), ("porth", ["school", "porth"])])
def test_a_sheet_that_nobody_sees_tells_whose_form_it_is(school: str, key: list[str]) -> None:
    content = availability_form(AvailabilityForm(**{each: getattr(FORM, each) for each in FORM.__slots__} | {"school_id": school}), ("en",))
    assert 'name="sigctl" sheetId="2" state="veryHidden"' in part(content, "xl/workbook.xml")
    rows = load_workbook(io.BytesIO(content)).get_sheet_by_name("sigctl").to_python()
    assert rows == [["sigctl availability", "1"], ["cycle", "round-4"], key, ["all other days", "5"]]


def test_each_language_has_its_own_words_and_names_are_no_formulas() -> None:
    for languages, words in ((("cy",), "Pryd ydych chi ar gael? Rownd 4"), (("en",), "When are you free? Round 4")):
        book = load_workbook(io.BytesIO(availability_form(FORM, languages)))  # type: ignore[arg-type]
        cells = [cell for row in book.get_sheet_by_index(0).to_python() for cell in row if cell]
        assert words in cells
        assert "=1+1" in cells
        assert [cell for cell in cells if isinstance(cell, date)] == list(DAYS)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
@pytest.mark.parametrize("ways", [("ods",), ("ods", "xlsx"), ("xls",)])
def test_the_form_survives_an_office_program(ways: tuple[str, ...], tmp_path: Path) -> None:
    """Filled in, opened and saved by LibreOffice in its own format and in those of Excel."""
    file = tmp_path / "form.xlsx"
    content = availability_form(FORM, ("cy", "en"))
    file.write_bytes(filled_in(content, {"B8": "Ie / Yes", "B9": "Na / No"}))
    for way in ways:
        file = saved(file, way, tmp_path / way)
    found = read_answers(Asked(file.name, Span(DAYS[0], DAYS[-1])), file.read_bytes(), kind_of(file.read_bytes()))
    (reply,) = found.replies
    assert (found.kind, reply.who.person, reply.who.cycle) == (Kind.FORM, "aberdare-head", "round-4")
    assert dict(reply.days) == {DAYS[0]: Answer.YES, DAYS[1]: Answer.NO}


def saved(file: Path, way: str, folder: Path) -> Path:
    """A workbook opened by LibreOffice and saved in another format."""
    home = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", "--headless", home, "--convert-to", way, "--outdir", str(folder), str(file)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    target = folder / f"{file.stem}.{way}"
    if "could not be loaded" in ran.stderr or not target.exists():
        pytest.skip("LibreOffice is here without Calc")
    return target


def filled_in(content: bytes, answers: Mapping[str, str]) -> bytes:
    """A form with texts in some cells."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(made, "w") as again:
        for name in packed.namelist():
            text = packed.read(name).decode()
            for cell, said in answers.items() if name.endswith("sheet1.xml") else ():
                text = re.sub(rf'(<c r="{cell}" s="\d+")/>', rf'\1 t="inlineStr"><is><t>{said}</t></is></c>', text)
            again.writestr(name, text)
    return made.getvalue()


def test_a_new_week_begins_with_a_line_and_the_cursor_stands_in_the_first_answer() -> None:
    days = (date(2026, 11, 26), date(2026, 11, 27), date(2026, 12, 1))
    form = AvailabilityForm(**{each: getattr(FORM, each) for each in FORM.__slots__} | {"days": days})
    sheet = part(availability_form(form, ("en",)), "xl/worksheets/sheet1.xml")
    styles = [re.search(rf'<c r="A{row}" s="(\d+)"', sheet)[1] for row in (7, 8, 9)]  # type: ignore[index]
    assert styles[0] == styles[1] != styles[2]
    assert 'activeCell="B7"' in sheet


def test_days_in_words_are_in_each_language_of_the_form() -> None:
    book = load_workbook(io.BytesIO(availability_form(FORM, ("cy", "en"))))
    cells = [cell for row in book.get_sheet_by_index(0).to_python() for cell in row]
    assert "Dydd Mawrth 24 Tachwedd 2026 / Tuesday 24 November 2026" in cells
