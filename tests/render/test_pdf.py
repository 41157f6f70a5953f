"""PDF: what somebody who sees it reads, what somebody who hears it is told, and what never happens."""

import os
import re
import shutil
import subprocess
import sys
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from unicodedata import normalize

import pytest
from one_of_everything import BESIDE, BLOCKS, DOCUMENT, DRAWING, HEAD, NAUGHTY, WELSH, both, item, line, of_blocks, rows

from sigctl.render.document.pdf import pdf_of
from sigctl.render.document.tree import Columns, Figure, Heading, Listing, NewPage, Paragraph, Quote, Run, Table, Terms

ROOT = Path(__file__).resolve().parents[2]
RARE = " ".join(map(chr, range(0x1E000, 0x1F000)))
"""Letters of scripts over which Typst breaks down."""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """What a tool of poppler says of a PDF."""
    folder = tmp_path_factory.mktemp("pdf")

    def ask(content: bytes, tool: str = "pdftotext", *options: str) -> str:
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} is not installed (poppler-utils)")
        file = folder / "paper.pdf"
        file.write_bytes(content)
        after = ["-"] if tool == "pdftotext" else []
        return subprocess.run([tool, *options, file, *after], capture_output=True, check=True, encoding="utf-8").stdout

    return ask


@pytest.fixture(scope="module")
def content() -> bytes:
    return pdf_of(DOCUMENT).content


def streams(content: bytes) -> bytes:
    """The file, and all that is packed within it."""
    return content + b"".join(map(unpacked, re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL)))


def unpacked(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""


def languages(content: bytes) -> set[bytes]:
    return set(re.findall(rb"/Lang\s*\((.*?)\)", streams(content)))


def test_same_bytes_twice(content: bytes) -> None:
    assert pdf_of(DOCUMENT).content == content


def test_all_is_said(content: bytes, told: Callable[..., str]) -> None:
    text = " ".join(told(content).split())
    said = ["Agenda: Grŵp Strategol", "Agenda: Strategic Group", "Dydd Iau 12 Tachwedd 2026", "Ysgol Uwchradd Aberdâr"]
    said += ["The time does not suffice.", "Send the draft rota to every school", "30/26", "y ddogfen", "pump"]
    assert [each for each in said if each not in text] == []


def test_welsh_letters_and_joined_accents(content: bytes, told: Callable[..., str]) -> None:
    text = told(content)
    assert WELSH in text
    assert "Tŷ Ŵyr" in normalize("NFC", text)


@pytest.mark.parametrize("name", NAUGHTY)
def test_names_come_out_as_they_are(name: str, told: Callable[..., str]) -> None:
    made = pdf_of(of_blocks(Paragraph(line(f"before {name} after"))))
    text = normalize("NFKC", re.sub(r"[\u200e\u200f\u202a-\u202e]", "", told(made.content)))
    assert "".join(f"before {name} after".split()) in "".join(text.split())
    assert made.notes == ()


def test_names_are_themselves_everywhere(told: Callable[..., str]) -> None:
    """Also in the title, above and below every page, in a term, in a cell, and in words for a picture."""
    name = 'A & B <i> *x* "{{ 7*7 }}" #let $'
    lines = (line(name),)
    blocks = (Heading(2, lines), Terms(((lines, lines),)), Table((lines,), ((lines,),), ("left",)), Figure("load", line(name)))
    document = of_blocks(*blocks)
    document = replace(document, title=lines, pictures={"load": DRAWING}, margins=replace(document.margins, head=lines, foot=lines))
    assert told(pdf_of(document).content, "pdftotext", "-layout").count(name) == 7


def test_characters_that_no_face_has_are_replaced_and_told(told: Callable[..., str]) -> None:
    made = pdf_of(of_blocks(Paragraph(line("Wang 王 \x07 \u202eabc \ue123 \ud800 \x00")), Paragraph(line("王 again"))))
    assert "Wang � � �abc" in told(made.content)
    assert sum("王" in note and "U+738B" in note for note in made.notes) == 1
    assert any("U+202E" in note for note in made.notes)
    assert any("U+0007" in note for note in made.notes)


def test_a_letter_is_not_lost_with_a_mark_that_no_face_has(told: Callable[..., str]) -> None:
    made = pdf_of(of_blocks(Paragraph(line("Ysgol Tŷ Gŵyr, w\u1abf ŵ\u20ec"))))
    assert "Ysgol Tŷ Gŵyr" in told(made.content)


@pytest.mark.parametrize("drawing", ["", "<svg", "<svg viewBox='0 0 1 1'/>", '<svg viewBox="0 0 0 0"/>', "<p>no</p>", DRAWING + "</svg>"])
def test_a_picture_that_is_spoilt_is_told_in_words(drawing: str, told: Callable[..., str]) -> None:
    document = replace(of_blocks(Figure("load", line("three days"))), pictures={"load": drawing})
    assert "three days" in told(pdf_of(document).content)


@pytest.mark.parametrize("text", ["".join(map(chr, range(first, first + 0x800))) for first in range(0, 0x10000, 0x2000)])
def test_no_character_stops_it(text: str) -> None:
    assert pdf_of(of_blocks(Paragraph(line(text)), Heading(2, (line(text[-40:]),)))).content.startswith(b"%PDF")


def test_scripts_that_typst_breaks_down_over_do_not_stop_it(told: Callable[..., str]) -> None:
    made = pdf_of(of_blocks(Paragraph(line("Ysgol Tŷ " + RARE))))
    assert "Ysgol Tŷ" in told(made.content)
    assert made.notes


def test_what_typst_says_of_its_breakdown_is_for_nobody() -> None:
    """In a process of its own: where other threads may speak, nobody is silenced."""
    program = (
        "import sys; from one_of_everything import line, of_blocks; from sigctl.render.document.pdf import pdf_of;"
        "from sigctl.render.document.tree import Paragraph;"
        "pdf_of(of_blocks(Paragraph(line(sys.argv[1])))); print('still heard', file=sys.stderr)"
    )
    around = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (ROOT, ROOT / "tests")))}
    done = subprocess.run([sys.executable, "-c", program, RARE], env=around, capture_output=True, text=True, timeout=120, check=True)
    assert (done.stdout, done.stderr) == ("", "still heard\n")


def test_a_heading_that_goes_across_columns_has_a_line_in_each_language(told: Callable[..., str]) -> None:
    made = pdf_of(of_blocks(Heading(2, both("Camau", "Actions"), is_stacked=True), Heading(2, both("Hwyr", "Overdue"))))
    text = told(made.content, "pdftotext", "-layout")
    assert re.search(r"^Camau\nActions$", text, re.MULTILINE)
    assert "Hwyr / Overdue" in text


def test_each_language_is_marked(content: bytes) -> None:
    assert languages(content) == {b"cy-GB", b"en-GB"}
    english = of_blocks(Paragraph(line("Only English.")))
    assert languages(pdf_of(english).content) == {b"en-GB"}
    quoted = of_blocks(Paragraph(replace(line("The school "), runs=(Run("The school "), Run("Bryn", language="cy")))))
    assert languages(pdf_of(quoted).content) == {b"en-GB", b"cy-GB"}


def test_faces_are_ours_and_embedded(content: bytes, told: Callable[..., str]) -> None:
    table = told(content, "pdffonts").splitlines()[2:]
    faces = {row.split()[0].partition("+")[2] for row in table}
    assert {"SourceSans3-Regular-Identity-H", "SourceSans3-Semibold-Identity-H", "SourceSans3-It-Identity-H"} <= faces
    assert all(re.search(r"\byes yes yes\b", row) for row in table)


def test_the_file_says_what_it_is(content: bytes, told: Callable[..., str]) -> None:
    about = told(content, "pdfinfo")
    assert "Agenda: Grŵp Strategol / Agenda: Strategic Group" in about
    assert re.search(r"Author: +Clwstwr Cynon Taf / Cynon Taf Cluster", about)
    assert re.search(r"CreationDate: .*Nov 22 .*2026", about)
    assert re.search(r"Tagged: +yes", about)
    assert re.search(r"Page size: .*A4", about)


def test_a_file_without_a_day_says_none(told: Callable[..., str]) -> None:
    assert "CreationDate" not in told(pdf_of(of_blocks()).content, "pdfinfo")


def test_every_page_says_whose_it_is_and_which(content: bytes, told: Callable[..., str]) -> None:
    pages = told(content, "pdftotext", "-layout").split("\f")[:-1]
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        assert "Clwstwr Cynon Taf" in page
        assert "Contact: Siân Evans" in page
        assert f"Tudalen {number} o {len(pages)}\n" in page
        assert f"Page {number} of {len(pages)}\n" in page


def test_a_table_has_its_headings_on_every_page(told: Callable[..., str]) -> None:
    pages = told(pdf_of(of_blocks(Table(HEAD, rows(60), ("left", "left", "left", "right")))).content).split("\f")[:-1]
    assert len(pages) > 2
    assert all("Cam gweithredu" in page for page in pages)


def test_what_follows_a_new_page_stands_on_one(told: Callable[..., str]) -> None:
    pages = told(pdf_of(of_blocks(Paragraph(line("first")), NewPage(), Paragraph(line("second")))).content).split("\f")
    assert ["first" in page for page in pages[:2]] == [True, False]
    assert ["second" in page for page in pages[:2]] == [False, True]


def test_columns_stand_side_by_side(told: Callable[..., str]) -> None:
    text = told(pdf_of(BESIDE).content, "pdftotext", "-layout")
    assert re.search(r"Croeso i bawb\. +All are welcome\.", text)
    assert [bool(re.search(r"1\. +un +1\. +one", page)) for page in text.split("\f")] == [False, True, False]


def test_lists_count_from_their_number(content: bytes, told: Callable[..., str]) -> None:
    text = told(content, "pdftotext", "-layout")
    assert re.search(r"4\. +pedwar\s+5\. +pump", text)


def test_links_lead_to_safe_places_only(content: bytes) -> None:
    assert re.findall(rb"/URI\s*\((.*?)\)", streams(content)) == [b"https://example.org/c"]


@pytest.mark.parametrize(
    "blocks",
    [
        (Heading(5, (line("skipped"),)), Heading(9, (line("far too deep"),))),
        (Heading(2, ()), Paragraph(line("")), Listing(()), Listing((()), 1), Quote(()), Terms(())),
        (Table((), (), ()), Table(((line("a"),),), ((), ((line("b"),), (line("c"),))), ("left",))),
        (Listing(((NewPage(), Paragraph(line("in a list"))),)), Quote((NewPage(), Paragraph(line("in a quote"))))),
        (Figure("nowhere", line("a picture that is lost")), Figure("load", line(""))),
        (NewPage(), NewPage(), Columns(("cy", "en"), (((), ()), ((NewPage(),), ())))),
        (Table(((line("long"),),), (((line("word " * 3000),),),), ("left",)), Paragraph(line("x" * 3000))),
        (Listing(((Listing(((Listing((item("deep"),), 3),),)),),), 1),),
    ],
    ids=["headings", "empty", "tables", "new pages", "pictures", "columns", "long", "deep"],
)
def test_odd_documents_are_printed(blocks: tuple[Heading, ...]) -> None:
    document = replace(of_blocks(*blocks), pictures={"load": DRAWING})
    assert pdf_of(document).content.startswith(b"%PDF")


def test_a_document_of_nothing_is_printed() -> None:
    nothing = of_blocks()
    assert pdf_of(replace(nothing, blocks=(), title=())).content.startswith(b"%PDF")


def test_it_is_pdf_ua(content: bytes, shared: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Judged by veraPDF."""
    judge = request.getfixturevalue("pdf_judge")
    made = {
        "everything": content,
        "beside": pdf_of(BESIDE).content,
        "naughty": pdf_of(of_blocks(Heading(4, both("王", "x")), Paragraph(line("王 \u202e \x07 😀 سلام")))).content,
        "one": pdf_of(replace(DOCUMENT, languages=("en",), blocks=BLOCKS[:3])).content,
    }
    assert judge(made) == []
