"""A document made by hand with one of everything that a page can hold, in two languages, and names that try to be something else."""

from datetime import date
from unicodedata import normalize

from sigctl.render.document.tree import (
    Block,
    Columns,
    Document,
    Figure,
    Heading,
    Line,
    Lines,
    Listing,
    Margins,
    NewPage,
    Paragraph,
    Quote,
    Run,
    Table,
    Terms,
)
from sigctl.words import Language

MADE = date(2026, 11, 22)
WELSH = "âêîôûŵŷ ÂÊÎÔÛŴŶ áéíóúẃý àèìòùẁỳ äëïöüẅÿ"
NAUGHTY = [
    "Ysgol [/foo]",
    "A & B <i>",
    "*x*|y",
    "{{ 7*7 }}",
    "=1+1",
    "#strong[x] $y$ @ref",
    "C:\\new\\table",
    '-- \'" onload="x',
    "<!-- x -->",
    "Ysgol 😀 ✓ ☐",
    "שלום",
]
DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 120" width="600" height="120" font-family="'Source Sans 3'">
<rect x="140" y="20" width="300" height="30" fill="#00508f"/><text x="10" y="40" font-size="13">Ysgol Gyfun Rhydŵaun</text></svg>"""


def line(text: str, language: Language | None = None, *, bold: bool = False) -> Line:
    return Line((Run(text, bold=bold),), language)


def both(welsh: str, english: str) -> Lines:
    return line(welsh, "cy"), line(english, "en")


def paragraphs(welsh: str, english: str) -> tuple[Paragraph, Paragraph]:
    return Paragraph(line(welsh, "cy")), Paragraph(line(english, "en"))


def item(text: str) -> tuple[Block, ...]:
    return (Paragraph(line(text)),)


def rows(count: int) -> tuple[tuple[Lines, ...], ...]:
    task = both("Anfon y rota ddrafft at bob ysgol", "Send the draft rota to every school")
    return tuple(((line(f"{number}/26"),), task, (line("Siân Evans"),), (line(str(number * 7)),)) for number in range(1, count + 1))


HEAD = (both("Rhif", "No."), both("Cam gweithredu", "Action"), both("Pwy", "Who"), both("Diwrnodau", "Days"))
TITLE = both("Agenda: Grŵp Strategol", "Agenda: Strategic Group")
MARGINS = Margins(
    both("Clwstwr Cynon Taf", "Cynon Taf Cluster"),
    both("Cysylltwch â: Siân Evans", "Contact: Siân Evans"),
    "Tudalen / Page",
    "o / of",
)
LINKED = Line(
    (
        Run("Cofnodion: "),
        Run("drafft", italic=True),
        Run(" "),
        Run("y ddogfen", link="https://example.org/c"),
        Run(", "),
        Run("na", link="javascript:x"),
    )
)
BLOCKS: tuple[Block, ...] = (
    Heading(1, TITLE),
    Terms(
        (
            (both("Dyddiad", "Date"), both("Dydd Iau 12 Tachwedd 2026", "Thursday 12 November 2026")),
            (both("Lleoliad", "Place"), (line("Ysgol Uwchradd Aberdâr"),)),
        )
    ),
    Quote(paragraphs("Nid yw'r amser yn ddigon.", "The time does not suffice.")),
    Heading(2, both("Eitemau", "Items")),
    Listing(
        (
            (*paragraphs("Croeso", "Welcome"), Listing((item("cyntaf"), item("ail")), first=1)),
            (*paragraphs("Datganiadau o fuddiant", "Declarations of interest"), Listing(tuple(map(item, NAUGHTY)))),
            (Paragraph(LINKED),),
        ),
        first=1,
    ),
    Listing((item("pedwar"), item("pump")), first=4),
    Heading(2, both("Camau gweithredu", "Actions")),
    Table(HEAD, rows(30), ("left", "left", "left", "right")),
    NewPage(),
    Heading(3, both("Llwyth", "Load")),
    Figure("load", line("Rhydŵaun: tri diwrnod", "cy")),
    Paragraph(line(WELSH)),
    Paragraph(line(normalize("NFD", "Tŷ Ŵyr"))),
)
DOCUMENT = Document(TITLE, ("cy", "en"), BLOCKS, MARGINS, {"load": DRAWING}, made=MADE)
BESIDE = Document(
    TITLE,
    ("cy", "en"),
    (
        Heading(1, TITLE),
        Columns(
            ("cy", "en"),
            (
                ((Heading(2, (line("Eitemau", "cy"),)),), (Heading(2, (line("Items", "en"),)),)),
                ((Paragraph(line("Croeso i bawb.", "cy")),), (Paragraph(line("All are welcome.", "en")),)),
                ((NewPage(),), (NewPage(),)),
                ((Listing((item("un"), item("dau")), first=1),), (Listing((item("one"), item("two")), first=1),)),
                ((Figure("load", line("Llwyth", "cy")),), (Figure("load", line("Load", "en")),)),
            ),
        ),
    ),
    MARGINS,
    {"load": DRAWING},
    made=MADE,
)


def of_blocks(*blocks: Block) -> Document:
    """A document of these blocks under a title, in English."""
    return Document((line("Minutes"),), ("en",), (Heading(1, (line("Minutes"),)), *blocks), Margins((), (), "Page", "of"))
