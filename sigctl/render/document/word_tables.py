"""Tables in Word: of fixed widths, in our style, in line with the text."""

from collections.abc import Iterator

from docx.blkcntnr import BlockItemContainer
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.table import CT_Tbl, CT_Tc, CT_TrPr
from docx.shared import Length, Twips
from docx.table import Table

from sigctl.render.document.letterhead import TABLE_STYLE
from sigctl.render.document.word_lists import STEP


def new_table(container: BlockItemContainer, rows: int, widths: list[Length], *, depth: int = 0, has_head: bool = True) -> Table:
    """A table of fixed widths, set in as deep as the lists around it."""
    table = Table(CT_Tbl.new_tbl(rows, len(widths), Length(sum(widths))), container)
    container._element._insert_tbl(table._tbl)
    table.style = TABLE_STYLE
    table.autofit = False
    properties = table._tbl.tblPr
    for name, value in (("w:tblW", sum(widths)), ("w:tblInd", Twips(STEP * depth))):
        tag = properties.find(qn(name))
        if tag is None:
            tag = OxmlElement(name)
            properties.find(qn("w:tblLayout")).addprevious(tag)
        tag.set(qn("w:type"), "dxa")
        tag.set(qn("w:w"), str(Length(value).twips))
    look = properties.find(qn("w:tblLook"))
    if look is not None:
        look.attrib.clear()
        look.set(qn("w:val"), "0020" if has_head else "0000")
        look.set(qn("w:firstRow"), "1" if has_head else "0")
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.w = width
    for tc, width in _cells(table, widths):
        tc.width = width
    return table


def unrule(table: Table) -> None:
    """Takes the lines between the rows away, and gives some room above each."""
    borders = OxmlElement("w:tblBorders")
    for name in ("w:bottom", "w:insideH"):
        tag = OxmlElement(name)
        tag.set(qn("w:val"), "nil")
        borders.append(tag)
    layout = table._tbl.tblPr.find(qn("w:tblLayout"))
    layout.addprevious(borders)
    _set_room(table, top=Twips(60))


def draw_close(table: Table, gap: Length) -> None:
    """Leaves so much white on both sides of each cell."""
    _set_room(table, left=Length(gap // 2), right=Length(gap // 2))


def _set_room(table: Table, **sides: Length) -> None:
    room = OxmlElement("w:tblCellMar")
    for name, width in sides.items():
        side = OxmlElement(f"w:{name}")
        side.set(qn("w:w"), str(width.twips))
        side.set(qn("w:type"), "dxa")
        room.append(side)
    table._tbl.tblPr.find(qn("w:tblLayout")).addnext(room)


def _cells(table: Table, widths: list[Length]) -> Iterator[tuple[CT_Tc, Length]]:
    for row in table._tbl.tr_lst:
        yield from zip(row.tc_lst, widths, strict=True)


def mark(properties: CT_TrPr, *names: str) -> None:
    """Says of a row that it heads its table, or is not to be broken."""
    for name in names:
        properties.append(OxmlElement(name))
