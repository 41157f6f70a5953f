"""What nobody should meet on a printed page: words over each other, headings alone at its foot, pairs torn apart."""

import html
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import pytest
from one_of_everything import BESIDE, DOCUMENT, HEAD, both, line, of_blocks, paragraphs, rows

from sigctl.cluster import Cluster, load
from sigctl.commands.specimens import SOURCES, specimens
from sigctl.render.document import document
from sigctl.render.document.pdf import pdf_of
from sigctl.render.document.tree import Block, Document, Heading, Listing, Paragraph, Table, Terms

CYNON = Path(__file__).parents[2] / "examples" / "cynon-taf"
_WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')


class Word(NamedTuple):
    """A word and where it stands on its page, in points."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


@pytest.fixture(autouse=True)
def _needs_poppler() -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed (poppler-utils)")


@pytest.fixture(scope="module")
def cynon() -> Cluster:
    return load(CYNON).cluster


def pages_of(content: bytes, folder: Path) -> list[list[Word]]:
    file = folder / "paper.pdf"
    file.write_bytes(content)
    told = subprocess.run(["pdftotext", "-bbox", file, "-"], capture_output=True, check=True, encoding="utf-8").stdout
    return [[Word(*map(float, each[:4]), html.unescape(each[4])) for each in _WORD.findall(page)] for page in told.split("<page ")[1:]]


def printed_over(words: list[Word]) -> Iterator[tuple[str, str]]:
    """Words that stand over each other, and words that leave the page."""
    for word in words:
        if word.right > 560:
            yield word.text, "the margin"
    for one, other in combinations(sorted(words, key=lambda word: word.top), 2):
        if other.top > one.bottom:
            continue
        across = min(one.right, other.right) - max(one.left, other.left)
        down = min(one.bottom, other.bottom) - max(one.top, other.top)
        if across > 0.5 and down > 0.45 * min(one.bottom - one.top, other.bottom - other.top):
            yield one.text, other.text


def texts(paper: Document, folder: Path) -> list[str]:
    """The words of each page, but for what stands below them."""
    return [" ".join(word.text for word in page if word.top < 770) for page in pages_of(pdf_of(paper).content, folder)]


@pytest.mark.parametrize("template", [each for names in SOURCES.values() for each in names])
@pytest.mark.parametrize("layout", ["blocks", "columns"])
def test_no_word_is_printed_over_another(template: str, layout: str, cynon: Cluster, tmp_path: Path) -> None:
    for name, report in list(specimens(cynon, date(2026, 11, 22), {template}))[:3]:
        if name == template:
            content = pdf_of(document(name, ("cy", "en"), report, layout)).content  # type: ignore[arg-type]
            assert [each for page in pages_of(content, tmp_path) for each in printed_over(page)] == []


def test_no_word_of_everything_is_printed_over_another(tmp_path: Path) -> None:
    long = Table((both("Pryd", "When"), both("Beth", "What")), (((line("x" * 90),), (line("Cyfarfod"),)),), ("left", "left"))
    for each in (DOCUMENT, BESIDE, of_blocks(long, Paragraph(line("w" * 400)), Terms((((line("Beth"),), (line("y" * 200),)),)))):
        assert [pair for page in pages_of(pdf_of(each).content, tmp_path) for pair in printed_over(page)] == []


def filled(count: int, *blocks: Block) -> Document:
    """A paper in which so many short paragraphs come first, to move what follows down the page."""
    return of_blocks(*(Paragraph(line(f"line {number}")) for number in range(count)), *blocks)


FOLLOWERS: dict[str, Block] = {
    "table": Table(HEAD, rows(4), ("left", "left", "left", "right")),
    "terms": Terms(tuple((both("Lle", "Place"), both("Yma", "Here")) for _ in range(4))),
    "list": Listing((paragraphs("Croeso i bawb", "All are welcome"),) * 3, 1),
}
START = {"table": "Rhif", "terms": "Lle", "list": "1."}


@pytest.mark.parametrize("kind", FOLLOWERS)
def test_a_heading_never_stands_alone_at_the_foot(kind: str, tmp_path: Path) -> None:
    for count in range(24, 34, 2):
        pages = texts(filled(count, Heading(2, (line("Pennawd"),)), FOLLOWERS[kind]), tmp_path)
        (page,) = [each for each in pages if "Pennawd" in each]
        assert START[kind] in page.partition("Pennawd")[2]


def test_a_pair_is_never_cut_between_its_languages(tmp_path: Path) -> None:
    pairs = paragraphs("Cymraeg " * 30, "English " * 30)
    for count in range(22, 34, 2):
        for listing in (Listing((pairs,)), Table((both("a", "b"),), ((both("Cymraeg " * 30, "English " * 30),),), ("left",))):
            pages = texts(filled(count, listing), tmp_path)
            assert [page.count("Cymraeg") for page in pages] == [page.count("English") for page in pages]


def test_the_lines_of_a_form_stay_together(tmp_path: Path) -> None:
    for count in range(22, 34, 2):
        pages = texts(filled(count, FOLLOWERS["terms"]), tmp_path)
        assert {page.count("Place") for page in pages} <= {0, 4}


def test_the_last_row_of_a_table_never_goes_alone_to_the_next_page(tmp_path: Path) -> None:
    for count in range(14, 30, 2):
        pages = texts(filled(count, Table(HEAD, rows(9), ("left", "left", "left", "right"))), tmp_path)
        on_last = len(re.findall(r"\d/26", pages[-1]))
        assert on_last != 1, f"after {count} lines"
