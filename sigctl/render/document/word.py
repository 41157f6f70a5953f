"""A document as a Word file: headings, lists, tables and languages as Word knows them, on the cluster's letterhead or a plain one.

What is no letterhead's matter is written here: the blocks one after another, the file's properties, the same bytes each time.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.blkcntnr import BlockItemContainer
from docx.document import Document as Word
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Pt, Twips
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from sigctl.render.document.characters import Printed, fit, notes_on, texts, unfit
from sigctl.render.document.letterhead import (
    CELL_STYLE,
    CELL_STYLES,
    LABEL_STYLE,
    NOTE_STYLE,
    face_width,
    letter_size,
    own_paper,
    plain_paper,
    text_width,
)
from sigctl.render.document.measures import SCALES, Room, fits, fitting, is_joined, label_width
from sigctl.render.document.tree import (
    Align,
    Block,
    Columns,
    Document,
    Figure,
    Heading,
    Line,
    Lines,
    Listing,
    NewPage,
    Paragraph,
    Quote,
    Run,
    Table,
    Terms,
)
from sigctl.render.document.word_lists import STEP, Lists, set_number
from sigctl.render.document.word_tables import draw_close, mark, new_table, unrule
from sigctl.render.document.word_text import add_text, styled_paragraph, write_line
from sigctl.render.picture import can_make_png, is_drawing, png_picture, size_of
from sigctl.words import Language

_GAP: Final = 10.0
"""White on both sides of a cell, in points."""
_SLACK: Final = 2.0
"""What words have besides, in points: Word sets them in its own face."""
_WHOLE: Final = 900
"""Letters of a form that is not to break over two pages."""
_NAMES: Final = {"cy": "Cymraeg", "en": "English"}
_SIDES: Final[dict[Align, str]] = {"right": "right", "centre": "center"}
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_BLANK: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands for the day on which a file was made where the document says none."""


def docx_of(document: Document, letterhead: bytes | None = None) -> Printed:
    """A document as a Word file. Raises TemplateFault where that is none, ImportError where python-docx is not installed."""
    word = own_paper(letterhead, document) if letterhead else plain_paper(document)
    writer = _Writer(word, document)
    writer.write(document.blocks, _Spot(word._body, writer.width, document.languages[0]))
    _set_properties(word, document)
    kept = BytesIO()
    word.save(kept)
    pictures = (
        ()
        if can_make_png() or not document.pictures
        else ("the pictures are left out, and told in words: that needs `pip install 'sigctl[pdf]'`",)
    )
    return Printed(_normalised(kept.getvalue()), (*notes_on(unfit(texts(document))), *pictures))


def _set_properties(word: Word, document: Document) -> None:
    """What the file says of itself."""
    about = word.core_properties
    about.title = " / ".join(fit(line.text) for line in document.title)[:255]
    about.author = about.last_modified_by = " / ".join(fit(line.text) for line in document.margins.head)[:255]
    about.language = f"{document.languages[0]}-GB"
    about.comments = about.keywords = about.subject = ""
    about.revision = 1
    day = document.made
    about.created = about.modified = datetime(day.year, day.month, day.day, tzinfo=UTC) if day else _BLANK


def _normalised(content: bytes) -> bytes:
    """The file without the times at which its parts were written, so that it is the same each time."""
    same = BytesIO()
    with ZipFile(BytesIO(content)) as written, ZipFile(same, "w", ZIP_DEFLATED) as zipped:
        for each in written.infolist():
            zipped.writestr(ZipInfo(each.filename, _EPOCH), written.read(each), ZIP_DEFLATED)
    return same.getvalue()


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where something is written: in what, how wide that is, in which language, how deep in lists, and whether set apart."""

    container: BlockItemContainer
    width: Length
    language: Language
    depth: int = 0
    is_apart: bool = False


@dataclass(frozen=True, slots=True)
class _Look:
    """How the text of a cell looks, its language where a line says none, and whether its row is kept with the next."""

    language: Language
    style: str = CELL_STYLE
    is_head: bool = False
    is_kept: bool = False


class _Writer:
    """Writes blocks one after another. What the next paragraph is to carry is kept: a list's number, the begin of a page."""

    def __init__(self, word: Word, document: Document) -> None:
        self.width = text_width(word)
        self._document = document
        self._styles = {style.name: style.style_id for style in word.styles}
        self._size = letter_size(word) * 1.1
        self._cell_size = letter_size(word, CELL_STYLE) * face_width(word)
        self._has_named = False
        self._lists = Lists(word)
        self._item: tuple[int, int] | None = None
        self._begins_page = False
        self._level = 0

    def write(self, blocks: tuple[Block, ...], spot: _Spot) -> None:
        """Writes blocks into a spot."""
        for block, after in zip(blocks, (*blocks[1:], None), strict=False):
            if isinstance(block, Paragraph):
                self._line(block.line, spot, is_followed=_is_like(block, after))
            else:
                self._block(block, spot)

    def _block(self, block: Block, spot: _Spot) -> None:
        match block:
            case Heading():
                self._heading(block, spot)
            case Listing():
                self._listing(block, spot)
            case Table():
                self._table(block, spot)
            case Terms():
                self._terms(block, spot)
            case Figure():
                self._figure(block, spot)
            case Quote():
                self.write(block.blocks, replace(spot, is_apart=True))
            case NewPage():
                self._begins_page = True
            case Columns():
                self._columns(block, spot)

    def _paragraph(self, spot: _Spot, style: str | None = None) -> WordParagraph:
        """A new paragraph, with the number and the new page that wait for one."""
        style = NOTE_STYLE if spot.is_apart else style or ("List Paragraph" if spot.depth else "Normal")
        paragraph = spot.container.add_paragraph()
        paragraph._p.style = self._styles.get(style)
        form = paragraph.paragraph_format
        if spot.depth:
            form.left_indent = Twips(STEP * spot.depth)
            if not spot.is_apart:
                form.space_after = Pt(4)
                _keep_apart(paragraph)
        if self._item:
            set_number(paragraph, *self._item)
            form.first_line_indent = Twips(-STEP)
            self._item = None
        if self._begins_page:
            form.page_break_before, self._begins_page = True, False
        return paragraph

    def _settle(self, spot: _Spot) -> None:
        """Writes the number or new page that waits, before something that is no paragraph."""
        if self._item or self._begins_page:
            self._paragraph(spot).paragraph_format.space_after = Pt(0)

    def _line(self, line: Line, spot: _Spot, *, is_followed: bool) -> None:
        paragraph = self._paragraph(spot)
        write_line(paragraph, line, spot.language)
        if is_followed:
            paragraph.paragraph_format.space_after, paragraph.paragraph_format.keep_with_next = Pt(2), True
            paragraph.paragraph_format.keep_together = True

    def _heading(self, heading: Heading, spot: _Spot) -> None:
        if not any(line.text.strip() for line in heading.lines):
            return
        self._level = max(1, min(heading.level, self._level + 1, 6))
        paragraph = self._paragraph(replace(spot, is_apart=False), f"Heading {self._level}")
        paragraph.paragraph_format.keep_with_next = True
        _write_joined(paragraph, heading.lines, spot.language, "\n" if self._level == 1 or heading.is_stacked else " / ")

    def _listing(self, listing: Listing, spot: _Spot) -> None:
        number = self._lists.begun(listing.first, spot.depth)
        for item in listing.items:
            self._item = (number, spot.depth)
            self.write(item, replace(spot, depth=spot.depth + 1))
            self._settle(replace(spot, depth=spot.depth + 1))

    def _terms(self, terms: Terms, spot: _Spot) -> None:
        """Each label beside its value; a paragraph for each language, or one where the value is the same in all.

        A form stays together, unless it is long.
        """
        wide = label_width(terms, Length(spot.width - Twips(STEP * spot.depth)).pt / self._size)
        written = [each for label, value in terms.entries for each in self._entry(label, value, spot, wide)]
        if sum(map(len, texts(terms.entries))) < _WHOLE:
            for paragraph in written[:-1]:
                paragraph.paragraph_format.keep_with_next = True

    def _entry(self, label: Lines, value: Lines, spot: _Spot, wide: float) -> Iterator[WordParagraph]:
        if not fits(label, value, wide):
            yield self._term(label, "\n", value, spot, wide)
        elif is_joined(label, value):
            yield self._term(label, "\t", value, spot, wide)
        else:
            last = max(len(label), len(value)) - 1
            for place in range(last + 1):
                paragraph = self._term(label[place : place + 1], "\t", value[place : place + 1], spot, wide)
                if place < last:
                    paragraph.paragraph_format.space_after, paragraph.paragraph_format.keep_with_next = Pt(0), True
                yield paragraph

    def _term(self, label: Lines, joint: str, value: Lines, spot: _Spot, wide: float) -> WordParagraph:
        room = Pt(wide * self._size)
        paragraph = self._paragraph(spot, LABEL_STYLE)
        form = paragraph.paragraph_format
        form.left_indent, form.first_line_indent = Length(Twips(STEP * spot.depth) + room), Length(-room)
        form.tab_stops.add_tab_stop(form.left_indent)
        _write_joined(paragraph, tuple(_bold(line) for line in label), spot.language, " / ")
        add_text(paragraph, joint, None)
        _write_joined(paragraph, value, spot.language, "\n")
        return paragraph

    def _figure(self, figure: Figure, spot: _Spot) -> None:
        drawing = self._document.pictures.get(figure.name, "")
        if not can_make_png() or not is_drawing(drawing):
            self._line(figure.alt, spot, is_followed=False)
            return
        paragraph = self._paragraph(spot)
        room = Length(spot.width - Twips(STEP * spot.depth))
        picture = paragraph.add_run().add_picture(BytesIO(png_picture(drawing)), width=min(Pt(size_of(drawing)[0] * 0.75), room))
        picture._inline.docPr.set("descr", fit(figure.alt.text) or fit(self._document.title[0].text))

    def _table(self, table: Table, spot: _Spot) -> None:
        self._settle(spot)
        if not table.head:
            return
        room = Length(spot.width - Twips(STEP * spot.depth))
        fit_ = fitting(table, Room(room.pt, self._cell_size, _GAP, _SLACK))
        style = CELL_STYLES[SCALES.index(fit_.scale)]
        made = new_table(spot.container, len(table.rows) + 1, [Length(int(room * part)) for part in fit_.shares], depth=spot.depth)
        if fit_.gap < _GAP:
            draw_close(made, Pt(fit_.gap))
        for place, (element, row) in enumerate(zip(made._tbl.tr_lst, (table.head, *table.rows), strict=True)):
            mark(element.get_or_add_trPr(), "w:cantSplit", *(() if place else ("w:tblHeader",)))
            for cell, lines, side in zip((_Cell(tc, made) for tc in element.tc_lst), row, table.align, strict=False):
                self._cell(cell, lines, side, _Look(spot.language, style, is_head=not place, is_kept=place in (0, len(table.rows) - 1)))
        self._close(spot)

    def _cell(self, cell: _Cell, lines: Lines, side: Align, look: _Look) -> None:
        for place, line in enumerate(lines or (Line(()),)):
            style = self._styles[look.style]
            element = styled_paragraph(cell._tc, style, is_first=not place, side=_SIDES.get(side, ""), is_kept=look.is_kept)
            write_line(WordParagraph(element, cell), line, look.language, bold=look.is_head)

    def _columns(self, columns: Columns, spot: _Spot) -> None:
        """A table for each page's worth: a new page asked for within the columns ends one and begins another."""
        rows: list[tuple[tuple[Block, ...], tuple[Block, ...]]] = []
        for row in columns.rows:
            if rows and any(isinstance(each, NewPage) for side in row for each in side):
                self._pairs(columns.languages, rows, spot)
                self._begins_page, rows = True, []
            left, right = (tuple(each for each in side if not isinstance(each, NewPage)) for side in row)
            rows += [(left, right)] if left or right else []
        if rows:
            self._pairs(columns.languages, rows, spot)

    def _pairs(self, languages: tuple[Language, Language], pairs: list[tuple[tuple[Block, ...], tuple[Block, ...]]], spot: _Spot) -> None:
        """The same in two languages side by side; the first time, under the languages' names."""
        self._settle(spot)
        half = Length(spot.width // 2)
        table = new_table(spot.container, len(pairs) + (not self._has_named), [half, half], has_head=not self._has_named)
        unrule(table)
        rows = table._tbl.tr_lst
        if not self._has_named:
            self._name_languages(table, languages)
            rows, self._has_named = rows[1:], True
        for element, pair in zip(rows, pairs, strict=True):
            level = self._level
            if all(sum(map(len, texts(blocks))) < _WHOLE for blocks in pair):
                mark(element.get_or_add_trPr(), "w:cantSplit")
            for tc, blocks, language in zip(element.tc_lst, pair, languages, strict=True):
                self._level = level
                self._side(_Cell(tc, table), blocks, replace(spot, width=Length(half - Twips(200)), language=language, depth=0))
        self._close(spot)

    def _name_languages(self, table: WordTable, languages: tuple[Language, Language]) -> None:
        head = table._tbl.tr_lst[0]
        mark(head.get_or_add_trPr(), "w:cantSplit", "w:tblHeader")
        for tc, language in zip(head.tc_lst, languages, strict=True):
            look = _Look(language, is_head=True, is_kept=True)
            self._cell(_Cell(tc, table), (Line((Run(_NAMES[language]),), language),), "left", look)

    def _side(self, cell: _Cell, blocks: tuple[Block, ...], spot: _Spot) -> None:
        """Writes blocks into a cell, which has an empty paragraph already and wants one at its end."""
        empty = cell.paragraphs[0]._p
        self.write(blocks, replace(spot, container=cell))
        if cell._tc[-1].tag == qn("w:p") and cell._tc[-1] is not empty:
            cell._tc.remove(empty)

    def _close(self, spot: _Spot) -> None:
        """A little room below a table, which also keeps it from growing into the next."""
        paragraph = spot.container.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.line_spacing = Pt(8)


def _is_like(block: Paragraph, after: Block | None) -> bool:
    """Whether the next paragraph says the same in another language."""
    return (
        isinstance(after, Paragraph)
        and None not in (block.line.language, after.line.language)
        and block.line.language != after.line.language
    )


def _bold(line: Line) -> Line:
    return replace(line, runs=tuple(replace(run, bold=True) for run in line.runs))


def _write_joined(paragraph: WordParagraph, lines: Lines, language: Language, joint: str) -> None:
    for place, line in enumerate(lines):
        if place:
            add_text(paragraph, joint, None)
        write_line(paragraph, line, language)


def _keep_apart(paragraph: WordParagraph) -> None:
    """Room below each item of a list, though the style would have none between its like."""
    tag = OxmlElement("w:contextualSpacing")
    tag.set(qn("w:val"), "0")
    paragraph._p.get_or_add_pPr().insert_element_before(tag, "w:mirrorIndents", "w:jc", "w:outlineLvl", "w:rPr", "w:sectPr")
