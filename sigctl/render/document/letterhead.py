"""The paper that a Word document is written onto: the cluster's own letterhead, or a plain good one made here.

A cluster's letterhead keeps its styles, header, footer and logo; its text gives way. Styles that it lacks are made.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final
from zipfile import BadZipFile, ZipFile

import docx
from docx.document import Document as Word
from docx.enum.section import WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import _Footer
from docx.shared import Cm, Length, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from sigctl.render.document.counting import counting_words
from sigctl.render.document.measures import SCALES
from sigctl.render.document.tree import Document, Line
from sigctl.render.document.word_text import add_field, add_text, write_line
from sigctl.render.faults import TemplateFault
from sigctl.render.widths import text_width as measured_width
from sigctl.words import Language

CELL_STYLE: Final = "Paper Cell"
SMALL_CELL_STYLE: Final = "Paper Small Cell"
SMALLEST_CELL_STYLE: Final = "Paper Smallest Cell"
"""For tables of many columns."""
CELL_STYLES: Final = (CELL_STYLE, SMALL_CELL_STYLE, SMALLEST_CELL_STYLE)
LABEL_STYLE: Final = "Paper Terms"
NOTE_STYLE: Final = "Paper Note"
TABLE_STYLE: Final = "Paper Table"
_FACE: Final = "Arial"
"""On every machine, and with all Welsh letters."""
_CELL: Final = 9.5 / 10.5
"""How large letters in a table are beside those of the text."""
_WIDTHS: Final = {_FACE: 1.12, "Calibri": 1.04, "Aptos": 1.12, "Times New Roman": 1.06, "Verdana": 1.32, "Source Sans 3": 1.0}
"""How much wider faces are than that of our PDF."""
_WIDTH: Final = 1.36
"""Of a face that we do not know: rather too wide than too narrow."""
_LARGEST: Final = 100_000_000
"""Bytes of a letterhead when it is unpacked."""
_SMALL: Final = 8.0
_INK: Final = RGBColor(0x17, 0x25, 0x2F)
_BLUE: Final = RGBColor(0x00, 0x50, 0x8F)
_GREY: Final = RGBColor(0x4A, 0x5A, 0x66)
_HEADINGS: Final = {
    1: (20, _BLUE, 0, 10),
    2: (14, _INK, 18, 6),
    3: (11.5, _BLUE, 14, 4),
    4: (10.5, _INK, 12, 4),
    5: (10.5, _GREY, 12, 4),
    6: (10.5, _GREY, 12, 4),
}
"""Of each level: size, colour, points above and below."""
_TABLE: Final = f"""\
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="PaperTable">
  <w:name w:val="{TABLE_STYLE}"/><w:uiPriority w:val="99"/><w:qFormat/>
  <w:tblPr>
    <w:tblBorders>
      <w:bottom w:val="single" w:sz="4" w:space="0" w:color="CCD5DC"/><w:insideH w:val="single" w:sz="4" w:space="0" w:color="CCD5DC"/>
    </w:tblBorders>
    <w:tblCellMar><w:left w:w="100" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar>
  </w:tblPr>
  <w:tblStylePr w:type="firstRow">
    <w:rPr><w:b/><w:bCs/></w:rPr>
    <w:tcPr>
      <w:tcBorders><w:bottom w:val="single" w:sz="8" w:space="0" w:color="00508F"/></w:tcBorders>
      <w:shd w:val="clear" w:color="auto" w:fill="EEF3F7"/><w:vAlign w:val="bottom"/>
    </w:tcPr>
  </w:tblStylePr>
</w:style>"""
_NOTE: Final = f"""\
<w:pPr {nsdecls("w")}>
  <w:pBdr>
    <w:top w:val="single" w:sz="4" w:space="5" w:color="EEF3F7"/><w:left w:val="single" w:sz="18" w:space="8" w:color="00508F"/>
    <w:bottom w:val="single" w:sz="4" w:space="5" w:color="EEF3F7"/>
  </w:pBdr>
  <w:shd w:val="clear" w:color="auto" w:fill="EEF3F7"/>
  <w:spacing w:before="160" w:after="160"/><w:ind w:left="227" w:right="113"/>
</w:pPr>"""


def own_paper(letterhead: bytes, document: Document) -> Word:
    """The cluster's letterhead, emptied, with all styles that a paper needs. Raises TemplateFault where it is no Word document."""
    try:
        with ZipFile(BytesIO(letterhead)) as zipped:
            if sum(each.file_size for each in zipped.infolist()) > _LARGEST:
                raise TemplateFault(
                    "letterhead.docx", 0, "this is far too large", "leave out what is no letterhead, such as large pictures"
                )
        word = docx.Document(BytesIO(letterhead))
    except (BadZipFile, KeyError, ValueError, SyntaxError) as error:
        advice = "open it in Word, and save it as a Word document (.docx), not as a template or in an older format"
        raise TemplateFault("letterhead.docx", 0, "this is not a Word document", advice) from error
    _empty(word)
    _add_styles(word)
    for footer in _footers(word):
        _fill_footer(footer, document, text_width(word))
    return word


def plain_paper(document: Document) -> Word:
    """A4 with whose paper it is above a thin line, and below whom to ask, when it was made, and the page."""
    word = docx.Document()
    _empty(word)
    _set_page(word)
    _set_normal(word, document.languages[0])
    _add_styles(word, anew=True)
    _fill_header(word, document)
    _fill_footer(word.sections[0].footer, document, text_width(word))
    return word


def text_width(word: Word) -> Length:
    """How wide the text of the page is."""
    section = word.sections[0]
    width = section.page_width or Cm(21)
    return Length(width - (section.left_margin or 0) - (section.right_margin or 0))


def letter_size(word: Word, style: str = "Normal") -> float:
    """The size of the letters of a style, in points."""
    found: Any = next((each for each in word.styles if each.name == style), None)
    while isinstance(found, ParagraphStyle):
        if found.font.size:
            return float(found.font.size.pt)
        found = found.base_style
    halves = word.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr/w:sz/@w:val")
    return int(halves[0]) / 2 if halves else 10.0


def face_width(word: Word) -> float:
    """How much wider the face of the text is than that of our PDF."""
    normal = next((each for each in word.styles if each.name == "Normal"), None)
    name = normal.font.name if isinstance(normal, ParagraphStyle) else None
    return _WIDTHS.get(name or "", _WIDTH)


def _empty(word: Word) -> None:
    """Takes the text away, but for what stands with a picture: a logo. Of the page is kept what the first one has, the letterhead."""
    body = word.element.body
    first = word.sections[0]
    first.start_type = WD_SECTION.NEW_PAGE
    kept = first._sectPr
    for each in list(body):
        if not each.xpath(".//w:drawing | .//w:pict"):
            body.remove(each)
    for each in body.xpath(".//w:sectPr"):
        each.getparent().remove(each)
    body.append(kept)


def _footers(word: Word) -> Iterator[_Footer]:
    section = word.sections[0]
    yield section.footer
    if section.different_first_page_header_footer:
        yield section.first_page_footer
    if word.settings.odd_and_even_pages_header_footer:
        yield section.even_page_footer


def _set_page(word: Word) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin, section.bottom_margin = Cm(2.7), Cm(2.4)
    section.header_distance = section.footer_distance = Cm(1.2)


def _set_normal(word: Word, language: Language) -> None:
    normal = word.styles["Normal"]
    assert isinstance(normal, ParagraphStyle)
    _set_face(normal)
    normal.font.size, normal.font.color.rgb = Pt(10.5), _INK
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(6), 1.15
    for each in word.styles.element.iter(qn("w:lang")):
        each.set(qn("w:val"), f"{language}-GB")


def _set_face(style: ParagraphStyle) -> None:
    """Sets the face for every script, and takes away that of the theme, which would win."""
    style.font.name = _FACE
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in [each for each in fonts.attrib if each.endswith(("Theme", "theme"))]:
        del fonts.attrib[name]
    for script in ("w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), _FACE)


def _add_styles(word: Word, *, anew: bool = False) -> None:
    """Makes the styles that are missing, or with `anew` sets those that are there as well."""
    for level, looks in _HEADINGS.items():
        _set_heading(word, level, looks, anew=anew)
    if LABEL_STYLE not in word.styles:
        terms = _new_style(word, LABEL_STYLE)
        terms.paragraph_format.space_after = Pt(4)
    for name, scale in zip(CELL_STYLES, SCALES, strict=True):
        if name not in word.styles:
            cell = _new_style(word, name)
            cell.font.size = Pt(round(letter_size(word, CELL_STYLES[0]) * 2 * (scale if scale < 1 else _CELL)) / 2)
            form = cell.paragraph_format
            form.space_before, form.space_after, form.line_spacing = Pt(2), Pt(2), 1.0
    if NOTE_STYLE not in word.styles:
        note = _new_style(word, NOTE_STYLE)
        note.element.append(parse_xml(_NOTE))
    if TABLE_STYLE not in word.styles:
        word.styles.element.append(parse_xml(_TABLE))
    if "List Paragraph" not in word.styles:
        _new_style(word, "List Paragraph")


def _set_heading(word: Word, level: int, looks: tuple[float, RGBColor, float, float], *, anew: bool) -> None:
    name = f"Heading {level}"
    is_there = name in word.styles
    if is_there and not anew:
        return
    style = word.styles[name] if is_there else _new_style(word, name)
    assert isinstance(style, ParagraphStyle)
    size, colour, above, below = looks
    _set_face(style)
    style.font.size, style.font.bold, style.font.italic, style.font.color.rgb = Pt(size), True, False, colour
    form = style.paragraph_format
    form.space_before, form.space_after, form.keep_with_next, form.keep_together = Pt(above), Pt(below), True, True
    if not is_there:
        outline = OxmlElement("w:outlineLvl")
        outline.set(qn("w:val"), str(level - 1))
        style.element.get_or_add_pPr().append(outline)


def _new_style(word: Word, name: str) -> ParagraphStyle:
    style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=not name.startswith("Paper"))
    assert isinstance(style, ParagraphStyle)
    if "Normal" in word.styles:
        style.base_style = word.styles["Normal"]
    return style


def _fill_header(word: Word, document: Document) -> None:
    paragraph = word.sections[0].header.paragraphs[0]
    _set_tab(paragraph, text_width(word))
    for place, line in enumerate(document.margins.head):
        if place:
            add_text(paragraph, "\t" if place == 1 else " / ", None)
        write_line(paragraph, line, document.languages[0])
    _make_small(paragraph, 9, bold=True)
    rule = f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="6" w:space="4" w:color="00508F"/></w:pBdr>'
    paragraph._p.get_or_add_pPr().insert_element_before(parse_xml(rule), "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def _fill_footer(footer: _Footer, document: Document, width: Length) -> None:
    """Writes below what every paper says, under what a letterhead has there; the page only where it counts none itself."""
    empty = [each for each in footer.paragraphs if not each._p.xpath(".//w:r")][-1:]
    has_page = any("PAGE" in code for code in footer._element.xpath(".//w:instrText/text() | .//w:fldSimple/@w:instr"))
    lines = document.margins.foot
    counts = " ".join(word for words in counting_words(document.margins) for word in words)
    has_room = bool(lines) and measured_width(f"{lines[0].text} {counts} 00 00", _SMALL * 1.1) < width.pt
    if not has_page and not has_room:
        lines = (*lines, Line(()))
    for place, line in enumerate(lines):
        paragraph = empty.pop() if empty else footer.add_paragraph()
        write_line(paragraph, line, document.languages[0])
        if not has_page and place == (0 if has_room else len(lines) - 1):
            _set_tab(paragraph, width)
            add_text(paragraph, "\t", None)
            _add_page(paragraph, document)
        _make_small(paragraph, _SMALL, bold=False)


def _add_page(paragraph: Paragraph, document: Document) -> None:
    language = document.languages[0]
    for place, (page, of) in enumerate(counting_words(document.margins)):
        add_text(paragraph, f"{' / ' if place else ''}{page} ", language)
        add_field(paragraph, "PAGE", language)
        add_text(paragraph, f" {of} ", language)
        add_field(paragraph, "NUMPAGES", language)


def _set_tab(paragraph: Paragraph, width: Length) -> None:
    """One tab stop, at the right margin, in place of those that the style has."""
    form = paragraph.paragraph_format
    for each in paragraph.style.paragraph_format.tab_stops if isinstance(paragraph.style, ParagraphStyle) else ():
        form.tab_stops.add_tab_stop(each.position, WD_TAB_ALIGNMENT.CLEAR)
    form.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)


def _make_small(paragraph: Paragraph, size: float, *, bold: bool) -> None:
    paragraph.paragraph_format.space_after = Pt(0)
    for run in paragraph.runs:
        run.font.size, run.font.color.rgb = Pt(size), _GREY
        if bold:
            run.font.bold = True
