"""A document as a tree of frozen values, from which every format is written: text, HTML, Word, PDF.

It is read from the Markdown of a template. A document in two languages is one tree: a heading, a cell or a term has a line for
each language where the two differ, a paragraph is followed by its like.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

from sigctl.words import Language

Align = Literal["left", "right", "centre"]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that looks the same throughout. A text of one newline breaks the line.

    `language` is told only where it differs from that of the line.
    """

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """Text in one language; None where it is the same in all of the document's, as a name is."""

    runs: tuple[Run, ...]
    language: Language | None = None

    @property
    def text(self) -> str:
        """The bare text."""
        return "".join(run.text for run in self.runs)


Lines = tuple[Line, ...]
"""The same said in each language, or once where all say it alike."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; the title is of level 1, and there is no other of that level, but where one language follows the other, each titled.

    Its languages stand in one line where there is room, or one below the other where `is_stacked`.
    """

    level: int
    lines: Lines
    is_stacked: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in one language."""

    line: Line


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; numbered from `first`, or with bullets where that is None."""

    items: "tuple[tuple[Block, ...], ...]"
    first: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table of data, with a row of headings that stands on every page. Each cell holds lines."""

    head: tuple[Lines, ...]
    rows: tuple[tuple[Lines, ...], ...]
    align: tuple[Align, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """Labels, each with what stands behind it: the date, the place, the chair."""

    entries: tuple[tuple[Lines, Lines], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture, by its name among the document's, and in words for those who do not see it."""

    name: str
    alt: Line


@dataclass(frozen=True, slots=True)
class Quote:
    """Something set apart: a note, a warning."""

    blocks: "tuple[Block, ...]"


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins on a new page."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The same in two languages side by side, row by row: one row for each block."""

    languages: tuple[Language, Language]
    rows: "tuple[tuple[tuple[Block, ...], tuple[Block, ...]], ...]"


Block = Heading | Paragraph | Listing | Table | Terms | Figure | Quote | NewPage | Columns


@dataclass(frozen=True, slots=True)
class Margins:
    """What stands around the text of every page: whose paper it is above; below, whom to ask, when and from what it was made.

    `page` and `of` are the words in "Page 2 of 5".
    """

    head: Lines
    foot: Lines
    page: str
    of: str


class Missing(NamedTuple):
    """A text that stands in another language than its page, and the language that it lacks."""

    text: str
    language: Language


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. `pictures` are drawings as SVG, by name. The first language is the one that it is in where nothing else is told.

    `made` stands among the properties of a PDF or Word file; without it the file says no day, so that it stays the same.
    `missing` are the texts that await translation.
    """

    title: Lines
    languages: tuple[Language, ...]
    blocks: tuple[Block, ...]
    margins: Margins
    pictures: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[Missing, ...] = ()
    made: date | None = None
