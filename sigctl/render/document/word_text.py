"""Runs of text in Word: each with its language, links that can be followed, fields that count pages.

The elements are built without python-docx's own means, which look at each of them many times: a long report has ten thousand.
"""

import re
from typing import Any, Final

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from lxml.etree import SubElement  # type: ignore[import-untyped]

from sigctl.render.document.characters import fit
from sigctl.render.document.tree import Line, Run
from sigctl.words import Language

_SAFE_LINK: Final = re.compile(r"(?:https?://|mailto:)[!-~]+", re.IGNORECASE)
_LINK: Final = "00508F"
_BREAKS: Final = re.compile(r"([\n\t])")
_VAL: Final = qn("w:val")
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_R, _RPR, _B, _BCS, _I, _ICS, _COLOR, _U, _LANG, _T, _BR, _TAB = map(
    qn, ("w:r", "w:rPr", "w:b", "w:bCs", "w:i", "w:iCs", "w:color", "w:u", "w:lang", "w:t", "w:br", "w:tab")
)
_P, _PPR, _PSTYLE, _KEEP_NEXT, _JC = map(qn, ("w:p", "w:pPr", "w:pStyle", "w:keepNext", "w:jc"))


def write_line(paragraph: Paragraph, line: Line, language: Language, *, bold: bool = False) -> None:
    """Adds a line to a paragraph; what says no language is in the one given."""
    for run in line.runs:
        spoken = run.language or line.language or language
        if _SAFE_LINK.fullmatch(run.link):
            link = SubElement(paragraph._p, qn("w:hyperlink"))
            link.set(qn("r:id"), paragraph.part.relate_to(run.link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
            _write(link, run, spoken, bold=bold, is_link=True)
        else:
            _write(paragraph._p, run, spoken, bold=bold)


def add_text(paragraph: Paragraph, text: str, language: Language | None) -> None:
    """Adds plain words to a paragraph."""
    _write(paragraph._p, Run(text), language)


def add_field(paragraph: Paragraph, name: str, language: Language) -> None:
    """Adds what Word works out itself, such as the number of the page."""
    for kind in ("begin", "", "separate"):
        run = _write(paragraph._p, Run(""), language)
        if kind:
            SubElement(run, qn("w:fldChar")).set(qn("w:fldCharType"), kind)
        else:
            SubElement(run, qn("w:instrText")).text = f" {name} "
    _write(paragraph._p, Run("1"), language)
    SubElement(_write(paragraph._p, Run(""), language), qn("w:fldChar")).set(qn("w:fldCharType"), "end")


def styled_paragraph(cell: Any, style: str, *, is_first: bool, side: str, is_kept: bool) -> Any:
    """A paragraph of a cell: the one that stands there empty, or a new one, in a style and to a side, kept with the next row or not."""
    paragraph = cell.find(_P) if is_first else SubElement(cell, _P)
    properties = SubElement(paragraph, _PPR)
    SubElement(properties, _PSTYLE).set(_VAL, style)
    if is_kept:
        SubElement(properties, _KEEP_NEXT)
    if side:
        SubElement(properties, _JC).set(_VAL, side)
    return paragraph


def _write(parent: Any, run: Run, language: Language | None, *, bold: bool = False, is_link: bool = False) -> Any:
    """Adds a run, its properties in the order that Word wants."""
    element = SubElement(parent, _R)
    looks = SubElement(element, _RPR)
    if bold or run.bold:
        SubElement(looks, _B)
        SubElement(looks, _BCS)
    if run.italic:
        SubElement(looks, _I)
        SubElement(looks, _ICS)
    if is_link:
        SubElement(looks, _COLOR).set(_VAL, _LINK)
        SubElement(looks, _U).set(_VAL, "single")
    if language:
        SubElement(looks, _LANG).set(_VAL, f"{language}-GB")
    for part in filter(None, _BREAKS.split(fit(run.text))):
        if part in "\n\t":
            SubElement(element, _BR if part == "\n" else _TAB)
        else:
            text = SubElement(element, _T)
            text.text = part
            text.set(_SPACE, "preserve")
    return element
