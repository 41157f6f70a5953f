"""How pages are counted in words: "Page 2 of 5", in each language of a document."""

from sigctl.render.document.characters import fit
from sigctl.render.document.tree import Margins


def counting_words(margins: Margins) -> tuple[tuple[str, str], ...]:
    """The words before the page's number and before the last one's, for each language: ("Tudalen", "o"), ("Page", "of")."""
    pages, ofs = (fit(words).split(" / ") for words in (margins.page, margins.of))
    return tuple(zip(pages, ofs, strict=True)) if len(pages) == len(ofs) else ((fit(margins.page), fit(margins.of)),)
