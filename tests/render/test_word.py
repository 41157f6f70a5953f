"""Word: a file whose headings, lists, tables and languages Word knows as such, on the cluster's letterhead."""

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest
from docx.document import Document as Word
from docx.oxml.ns import qn
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph
from one_of_everything import BESIDE, DOCUMENT, DRAWING, HEAD, NAUGHTY, WELSH, both, item, line, of_blocks, paragraphs, rows

from sigctl.render.document import word as writing
from sigctl.render.document.tree import Columns, Figure, Heading, Listing, NewPage, Paragraph, Quote, Table, Terms
from sigctl.render.document.word import docx_of
from sigctl.render.faults import TemplateFault

LOGO = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


@pytest.fixture(scope="module")
def word() -> Word:
    return opened(docx_of(DOCUMENT).content)


@pytest.fixture(scope="module")
def in_office(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bytes, str], str]:
    """A Word file as LibreOffice reads it."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed (libreoffice-writer-nogui)")
    folder = tmp_path_factory.mktemp("office")

    def read(content: bytes, ending: str) -> str:
        (folder / "paper.docx").write_bytes(content)
        own = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [office, own, "--headless", "--convert-to", ending, "--outdir", folder, folder / "paper.docx"]
        subprocess.run(command, capture_output=True, check=True, timeout=180)
        made = folder / f"paper.{ending.partition(':')[0]}"
        if made.suffix == ".txt":
            return made.read_text(encoding="utf-8-sig")
        return subprocess.run(["pdftotext", "-layout", made, "-"], capture_output=True, check=True, encoding="utf-8").stdout

    return read


def opened(content: bytes) -> Word:
    return docx.Document(BytesIO(content))


def saved(word: Word) -> bytes:
    file = BytesIO()
    word.save(file)
    return file.getvalue()


def letterhead(*lost: str, has_lists: bool = True, footer: str = "Registered charity 123") -> bytes:
    """A cluster's own paper, with a logo above, and without some styles."""
    own = docx.Document()
    own.add_paragraph("Write here")
    section = own.sections[0]
    section.header.paragraphs[0].text = "Cynon Taf"
    section.header.paragraphs[0].add_run().add_picture(BytesIO(LOGO))
    section.footer.paragraphs[0].text = footer
    own.styles["Heading 1"].font.name = "Georgia"
    for name in lost:
        own.styles.element.remove(own.styles[name]._element)
    if not has_lists:
        gone = next(key for key, each in own.part.rels.items() if each.reltype.endswith("/numbering"))
        del own.part.rels[gone]
    return saved(own)


def paragraph(word: Word, text: str) -> WordParagraph:
    return next(each for each in every_paragraph(word) if text in each.text)


def every_paragraph(word: Word) -> list[WordParagraph]:
    return [WordParagraph(element, word._body) for element in word.element.body.iter(qn("w:p"))]


def everything_said(word: Word) -> str:
    return "\n".join(each.text for each in every_paragraph(word))


def languages(paragraph: WordParagraph) -> list[str]:
    return [each.get(qn("w:val")) for each in paragraph._p.iter(qn("w:lang"))]


def list_of(word: Word, text: str) -> tuple[str, int, int]:
    """Of what kind the list of a paragraph is, its level, and from which number it counts."""
    properties = paragraph(word, text)._p.pPr.numPr
    number, level = properties.numId.val, properties.ilvl.val
    numbering = word.part.numbering_part.element
    found = next(each for each in numbering.num_lst if each.numId == number)
    kind = next(each for each in numbering.iter(qn("w:abstractNum")) if each.get(qn("w:abstractNumId")) == str(found.abstractNumId.val))
    form = list(kind.iter(qn("w:numFmt")))[level].get(qn("w:val"))
    starts = found.xpath(f"w:lvlOverride[@w:ilvl='{level}']/w:startOverride/@w:val")
    return form, level, int(starts[0]) if starts else 0


def test_same_bytes_twice() -> None:
    assert docx_of(DOCUMENT).content == docx_of(DOCUMENT).content
    own = letterhead()
    assert docx_of(DOCUMENT, own).content == docx_of(DOCUMENT, own).content


def test_headings_are_headings(word: Word) -> None:
    found = [(each.style.name, each.text) for each in word.paragraphs if each.style and each.style.name.startswith("Heading")]
    assert found == [
        ("Heading 1", "Agenda: Grŵp Strategol\nAgenda: Strategic Group"),
        ("Heading 2", "Eitemau / Items"),
        ("Heading 2", "Camau gweithredu / Actions"),
        ("Heading 3", "Llwyth / Load"),
    ]


def test_no_level_is_skipped() -> None:
    word = opened(docx_of(of_blocks(Heading(5, (line("deep"),)))).content)
    assert paragraph(word, "deep").style.name == "Heading 2"


def test_lists_are_lists(word: Word) -> None:
    assert list_of(word, "Croeso") == ("decimal", 0, 1)
    assert list_of(word, "cyntaf") == ("decimal", 1, 1)
    assert list_of(word, "Ysgol [/foo]") == ("bullet", 1, 0)
    assert list_of(word, "pedwar") == ("decimal", 0, 4)


def test_each_numbered_list_counts_anew() -> None:
    word = opened(docx_of(of_blocks(Listing((item("one"),), 1), Paragraph(line("between")), Listing((item("anew"),), 1))).content)
    numbers = [paragraph(word, text)._p.pPr.numPr.numId.val for text in ("one", "anew")]
    assert numbers[0] != numbers[1]
    assert list_of(word, "anew") == ("decimal", 0, 1)


def test_what_belongs_to_an_item_has_no_number_of_its_own(word: Word) -> None:
    welcome = paragraph(word, "Welcome")
    assert welcome._p.pPr.numPr is None
    assert welcome.paragraph_format.left_indent == paragraph(word, "Croeso").paragraph_format.left_indent


def test_the_first_row_of_a_table_stands_on_every_page_and_no_row_is_split(word: Word) -> None:
    table = word.tables[0]
    assert [bool(row._tr.xpath("w:trPr/w:tblHeader")) for row in table.rows] == [True] + [False] * 30
    assert all(row._tr.xpath("w:trPr/w:cantSplit") for row in table.rows)
    assert [cell.text for cell in table.rows[0].cells] == ["Rhif\nNo.", "Cam gweithredu\nAction", "Pwy\nWho", "Diwrnodau\nDays"]
    assert table._tbl.tblPr.xpath("w:tblLook/@w:firstRow") == ["1"]
    assert table.style is not None
    assert table.rows[1].cells[3].paragraphs[0].alignment == 2


def test_each_run_says_its_language(word: Word) -> None:
    assert languages(paragraph(word, "The time does not suffice.")) == ["en-GB"]
    assert languages(paragraph(word, "Nid yw'r amser yn ddigon.")) == ["cy-GB"]
    assert languages(paragraph(word, "Agenda: Grŵp Strategol")) == ["cy-GB", "en-GB"]
    assert languages(paragraph(word, "Send the draft rota")) == ["en-GB"]
    text = [run for each in every_paragraph(word) for run in each.runs if run.text.strip(" /\t\n")]
    assert all(run._r.xpath("w:rPr/w:lang") for run in text)


def test_what_stands_behind_a_label(word: Word) -> None:
    """Each language in a line, or one line for what is the same in both."""
    lines = [paragraph(word, text) for text in ("Dyddiad", "Date", "Lleoliad")]
    assert [each.text for each in lines] == [
        "Dyddiad\tDydd Iau 12 Tachwedd 2026",
        "Date\tThursday 12 November 2026",
        "Lleoliad / Place\tYsgol Uwchradd Aberdâr",
    ]
    assert [[run.text for run in each.runs if run.bold] for each in lines] == [["Dyddiad"], ["Date"], ["Lleoliad", "Place"]]


def test_pictures_are_told_in_words(word: Word) -> None:
    assert [each.get("descr") for each in word.element.body.iter(qn("wp:docPr"))] == ["Rhydŵaun: tri diwrnod"]


def test_what_is_set_apart_has_a_style_of_its_own(word: Word) -> None:
    assert paragraph(word, "The time does not suffice.").style.name == "Paper Note"


def test_a_new_page(word: Word) -> None:
    assert [each.text for each in every_paragraph(word) if each.paragraph_format.page_break_before] == ["Llwyth / Load"]


def test_columns_are_a_table_that_names_the_languages() -> None:
    first, second = opened(docx_of(BESIDE).content).tables
    assert [cell.text for cell in first.rows[0].cells] == ["Cymraeg", "English"]
    assert [cell.text for cell in first.rows[2].cells] == ["Croeso i bawb.", "All are welcome."]
    assert first.rows[0]._tr.xpath("w:trPr/w:tblHeader")
    assert [cell.text for cell in second.rows[0].cells] == ["un\ndau", "one\ntwo"], "the languages are named once"


def test_links_lead_to_safe_places_only(word: Word) -> None:
    assert [each.target_ref for each in word.part.rels.values() if each.is_external] == ["https://example.org/c"]
    assert "na" in everything_said(word)


def test_the_file_says_what_it_is(word: Word) -> None:
    about = word.core_properties
    assert about.title == "Agenda: Grŵp Strategol / Agenda: Strategic Group"
    assert about.author == "Clwstwr Cynon Taf / Cynon Taf Cluster"
    assert about.language == "cy-GB"
    assert about.created == datetime(2026, 11, 22, tzinfo=UTC)


def test_every_page_says_whose_it_is_and_which(word: Word) -> None:
    section = word.sections[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
    assert section.header.paragraphs[0].text == "Clwstwr Cynon Taf\tCynon Taf Cluster"
    footer = section.footer._element
    assert [each.text.strip() for each in footer.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"] * 2
    assert "Contact: Siân Evans" in "".join(each.text for each in section.footer.paragraphs)


@pytest.mark.parametrize("name", NAUGHTY)
def test_names_come_out_as_they_are(name: str) -> None:
    made = docx_of(of_blocks(Paragraph(line(name)), Heading(2, (line(name),)), Table(((line(name),),), (((line(name),),),), ("left",))))
    assert everything_said(opened(made.content)).split("\n").count(name) == 4
    assert made.notes == ()


def test_characters_that_a_file_cannot_hold_are_replaced_and_told() -> None:
    made = docx_of(of_blocks(Paragraph(line("a\x07b \u202ec \ud800 \ufffe 王 😀"))))
    assert "a�b �c � � 王 😀" in everything_said(opened(made.content))
    assert len(made.notes) == 4


@pytest.mark.parametrize(
    "blocks",
    [
        (Heading(2, ()), Paragraph(line("")), Listing(()), Listing(((),), 1), Quote(()), Terms(())),
        (Table((), (), ()), Table(((line("a"),),), ((), ((line("b"),), (line("c"),))), ("left",))),
        (Listing(((NewPage(), Table(HEAD, rows(2), ("left",) * 4)),), 1), Quote((Listing((item("in a quote"),)),))),
        (Figure("nowhere", line("a picture that is lost")), Figure("load", line(""))),
        (NewPage(), NewPage(), Columns(("cy", "en"), (((), ()), ((NewPage(),), ()), ((Table(HEAD, rows(2), ("left",) * 4),), ())))),
    ],
    ids=["empty", "tables", "in lists", "pictures", "columns"],
)
def test_odd_documents_are_written(blocks: tuple[Heading, ...]) -> None:
    assert opened(docx_of(replace(of_blocks(*blocks), pictures={"load": DRAWING})).content).paragraphs


def test_a_picture_that_cannot_be_drawn_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "can_make_png", lambda: False)
    made = docx_of(DOCUMENT)
    assert paragraph(opened(made.content), "Rhydŵaun: tri diwrnod")
    assert any("sigctl[pdf]" in note for note in made.notes)


def test_a_letterhead_is_kept() -> None:
    word = opened(docx_of(DOCUMENT, letterhead()).content)
    section = word.sections[0]
    assert section.header.paragraphs[0].text == "Cynon Taf"
    assert section.header._element.xpath(".//pic:pic")
    assert section.footer.paragraphs[0].text == "Registered charity 123"
    assert word.styles["Heading 1"].font.name == "Georgia"
    assert "Write here" not in everything_said(word)
    assert paragraph(word, "Croeso")


def test_a_logo_within_the_text_of_a_letterhead_is_kept_above() -> None:
    own = docx.Document(BytesIO(letterhead()))
    own.add_paragraph("Cynon Taf ").add_run().add_picture(BytesIO(LOGO))
    own.add_paragraph("Dear all")
    found = opened(docx_of(DOCUMENT, saved(own)).content).paragraphs
    assert [each.text for each in found[:2]] == ["Cynon Taf ", "Agenda: Grŵp Strategol\nAgenda: Strategic Group"]
    assert found[0]._p.xpath(".//pic:pic")
    assert "Dear all" not in [each.text for each in found]


def test_what_every_paper_says_stands_below_a_letterhead() -> None:
    footer = opened(docx_of(DOCUMENT, letterhead()).content).sections[0].footer
    text = "\n".join(each.text for each in footer.paragraphs)
    assert "Cysylltwch â: Siân Evans" in text
    assert "Tudalen 1 o 1 / Page 1 of 1" in text


def test_a_letterhead_that_counts_its_pages_counts_them_once() -> None:
    own = docx.Document(BytesIO(letterhead()))
    field = docx.oxml.OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), " PAGE ")
    own.sections[0].footer.paragraphs[0]._p.append(field)
    footer = opened(docx_of(DOCUMENT, saved(own)).content).sections[0].footer
    assert not list(footer._element.iter(qn("w:instrText")))
    assert "Contact: Siân Evans" in "\n".join(each.text for each in footer.paragraphs)


def test_styles_that_a_letterhead_lacks_are_made() -> None:
    own = letterhead("Heading 1", "Heading 2", "Heading 3", "List Paragraph", has_lists=False)
    word = opened(docx_of(DOCUMENT, own).content)
    assert paragraph(word, "Eitemau").style.name == "Heading 2"
    assert word.styles["Heading 2"].element.xpath("w:pPr/w:outlineLvl/@w:val") == ["1"]
    assert list_of(word, "pedwar") == ("decimal", 0, 4)


def test_a_letterhead_of_several_sections_keeps_the_first() -> None:
    own = docx.Document(BytesIO(letterhead()))
    own.add_section().header.is_linked_to_previous = False
    own.sections[1].header.paragraphs[0].text = "Continued"
    word = opened(docx_of(DOCUMENT, saved(own)).content)
    assert [each.header.paragraphs[0].text for each in word.sections] == ["Cynon Taf"]


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04", b"%PDF-1.7"], ids=["empty", "text", "cut", "pdf"])
def test_what_is_no_letterhead_is_refused(content: bytes) -> None:
    with pytest.raises(TemplateFault, match="not a Word document") as refused:
        docx_of(DOCUMENT, content or b" ")
    assert refused.value.file == "letterhead.docx"


def test_a_letterhead_that_swells_is_refused() -> None:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as zipped:
        for number in range(11):
            zipped.writestr(f"word/media/{number}.png", bytes(10_000_000))
    with pytest.raises(TemplateFault, match="too large"):
        docx_of(DOCUMENT, file.getvalue())


def test_a_zip_that_is_no_letterhead_is_refused() -> None:
    file = BytesIO()
    with ZipFile(file, "w") as zipped:
        zipped.writestr("readme.txt", "no")
    with pytest.raises(TemplateFault):
        docx_of(DOCUMENT, file.getvalue())


def test_libreoffice_opens_it(in_office: Callable[[bytes, str], str]) -> None:
    text = in_office(docx_of(DOCUMENT, letterhead("Heading 2", has_lists=False)).content, "txt:Text (encoded):UTF8")
    said = [
        WELSH,
        *NAUGHTY,
        "Agenda: Grŵp Strategol",
        "Dyddiad\tDydd Iau 12 Tachwedd 2026",
        "30/26",
        "1. cyntaf",
        "4. pedwar",
        "5. pump",
    ]
    assert [each for each in said if each not in text] == []


def test_libreoffice_lays_it_out(in_office: Callable[[bytes, str], str]) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed (poppler-utils)")
    pages = in_office(docx_of(DOCUMENT).content, "pdf").split("\f")[:-1]
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        assert f"Tudalen {number} o {len(pages)} / Page {number} of {len(pages)}" in page
        assert "Cynon Taf Cluster" in page
    assert [("Cam gweithredu" in page) for page in pages] == [True] * (len(pages) - 1) + [False]


def of_style(size: float, face: str, margin: float) -> bytes:
    """A letterhead on A4 with its own type and margins, in points and centimetres."""
    own = docx.Document()
    own.styles["Normal"].font.name, own.styles["Normal"].font.size = face, docx.shared.Pt(size)
    section = own.sections[0]
    section.page_width = docx.shared.Cm(21)
    section.left_margin = section.right_margin = docx.shared.Cm(margin)
    return saved(own)


BUSINESS = Table(
    (both("Rhif", "No."), both("Amser", "Time"), both("Eitem", "Item"), both("Arwain", "Lead"), both("Er", "For")),
    tuple(
        (
            (line(str(number)),),
            both("5.20y.h.", "5.20pm"),
            both("Rheolwyr Cyfleusterau: parhau, uno neu gau", "Facilities Managers: continue, merge or close"),
            both("Dirprwy bennaeth, Treorchy Comprehensive School", "Deputy headteacher, Treorchy Comprehensive School"),
            both("penderfyniad", "decision"),
        )
        for number in range(1, 9)
    ),
    ("right", "left", "left", "left", "left"),
)


@pytest.mark.parametrize(
    ("size", "face", "margin"), [(12, "Georgia", 3.5), (11, "Verdana", 2.5), (12, "Arial", 2), (10, "Times New Roman", 3)]
)
def test_no_word_of_a_table_is_broken_on_a_letterhead_of_other_type(
    size: float, face: str, margin: float, in_office: Callable[[bytes, str], str]
) -> None:
    words = in_office(docx_of(of_blocks(BUSINESS), of_style(size, face, margin)).content, "pdf").split()
    assert "Rhif" in words
    assert [words.count(each) for each in ("5.20y.h.", "Cyfleusterau:", "Comprehensive", "penderfyniad")] == [8, 8, 16, 8]


def test_columns_fill_the_text_of_a_letterhead_and_its_letters_follow_its_type() -> None:
    word = opened(docx_of(of_blocks(BUSINESS), of_style(12, "Georgia", 3.5)).content)
    table = word.tables[0]
    assert sum(cell.width for cell in table.rows[0].cells) == pytest.approx(docx.shared.Cm(14), abs=2000)
    sizes = [word.styles[style].font.size.pt for style in ("Paper Cell", "Paper Small Cell", "Paper Smallest Cell")]
    assert sizes[0] == 11
    assert sorted(sizes, reverse=True) == sizes


def test_what_belongs_together_stays_on_one_page() -> None:
    """A heading with what follows, whatever its letterhead says; a pair, a form, and the last two rows of a table."""
    own = docx.Document()
    own.styles["Heading 2"].paragraph_format.keep_with_next = False
    form = Terms(((both("Lle", "Place"), both("Yma", "Here")), (both("Dydd", "Day"), both("Iau", "Thursday"))))
    word = opened(docx_of(of_blocks(Heading(2, (line("Hwyr"),)), BUSINESS, form, *paragraphs("Croeso", "Welcome")), saved(own)).content)
    kept = [each.text for each in every_paragraph(word) if each.paragraph_format.keep_with_next]
    assert [each in kept for each in ("Hwyr", "7", "8", "Croeso", "Welcome")] == [True, True, False, True, False]
    assert [paragraph(word, each).paragraph_format.keep_with_next or False for each in ("Lle", "Place", "Dydd", "Day\t")] == [True] * 3 + [
        False
    ]


def test_languages_are_named_once_however_often_columns_are_parted() -> None:
    side = ((Paragraph(line("un", "cy")),), (Paragraph(line("one", "en")),))
    columns = Columns(("cy", "en"), (side,))
    word = opened(docx_of(of_blocks(columns, BUSINESS, columns, Heading(2, both("Camau", "Actions"), is_stacked=True), columns)).content)
    assert everything_said(word).split("\n").count("Cymraeg") == 1
    assert "Camau\nActions" in everything_said(word)
    assert [table._tbl.tblPr.xpath("w:tblLook/@w:firstRow") for table in word.tables] == [["1"], ["1"], ["0"], ["0"]]


def test_tables_are_of_one_width() -> None:
    """Word takes what each cell says; a table whose cells disagree is drawn ragged."""
    word = opened(docx_of(DOCUMENT).content)
    table: WordTable = word.tables[0]
    widths = {tuple(cell.width for cell in row.cells) for row in table.rows}
    assert len(widths) == 1
