"""Lists in Word: real bullets and numbers, each numbered list counting anew."""

from typing import Final, cast

from docx.document import Document as Word
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.numbering import CT_Numbering
from docx.parts.numbering import NumberingPart
from docx.text.paragraph import Paragraph

_LEVELS: Final = 9
STEP: Final = 397
"""By how much each level is indented, in twentieths of a point."""
_BULLETS: Final = ("•", "–", "•")


class Lists:
    """The lists of one Word document."""

    def __init__(self, word: Word) -> None:
        self._numbering = _numbering(word)
        self._kinds = {kind: self._add_kind(kind) for kind in ("bullet", "decimal")}
        self._bullets = self._new("bullet")

    def begun(self, first: int | None, depth: int) -> int:
        """The id for a list that begins: counting from a number, or with bullets."""
        if first is None:
            return self._bullets
        number = self._new("decimal")
        change = OxmlElement("w:lvlOverride")
        change.set(qn("w:ilvl"), str(min(depth, _LEVELS - 1)))
        start = OxmlElement("w:startOverride")
        start.set(qn("w:val"), str(first))
        change.append(start)
        self._numbering.num_lst[-1].append(change)
        return number

    def _new(self, kind: str) -> int:
        self._numbering.add_num(self._kinds[kind])  # type: ignore[no-untyped-call]
        return int(self._numbering.num_lst[-1].numId)

    def _add_kind(self, kind: str) -> int:
        """Adds how a kind of list looks at each depth, before the lists themselves, as Word wants it."""
        taken = [int(each.get(qn("w:abstractNumId"), "0")) for each in self._numbering.iter(qn("w:abstractNum"))]
        number = max(taken, default=-1) + 1
        levels = "".join(_level(kind, depth) for depth in range(_LEVELS))
        xml = (
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}"><w:multiLevelType w:val="hybridMultilevel"/>{levels}</w:abstractNum>'
        )
        lists = list(self._numbering.iter(qn("w:num")))
        if lists:
            lists[0].addprevious(parse_xml(xml))
        else:
            self._numbering.append(parse_xml(xml))
        return number


def set_number(paragraph: Paragraph, number: int, depth: int) -> None:
    """Gives a paragraph the next number of a list, or its bullet."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = min(depth, _LEVELS - 1)
    properties.get_or_add_numId().val = number


def _level(kind: str, depth: int) -> str:
    text = _BULLETS[depth % len(_BULLETS)] if kind == "bullet" else f"%{depth + 1}."
    left = STEP * (depth + 1)
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{left}" w:hanging="{STEP}"/></w:pPr><w:rPr><w:b/><w:color w:val="00508F"/></w:rPr></w:lvl>'
    )


def _numbering(word: Word) -> CT_Numbering:
    """What the document knows of lists; a letterhead without any gets the means."""
    for relation in word.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.NUMBERING:
            return cast("CT_Numbering", word.part.numbering_part.element)
    element = cast("CT_Numbering", parse_xml(f"<w:numbering {nsdecls('w')}/>"))
    part = NumberingPart(PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, element, word.part.package)
    word.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
    return element
