"""Marks within a text that tell where it is in another language than its page, and a list of what a page lacks.

The marks are signs that no text has; whoever writes the page at last takes them for markup, or away.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, NamedTuple

from sigctl.words import Language

OPEN: Final[dict[Language, str]] = {"cy": "\ufdd0", "en": "\ufdd1"}
CLOSE: Final = "\ufdd2"
STRETCH: Final = re.compile(f"([{''.join(OPEN.values())}])([^\ufdd0-\ufdd2]*){CLOSE}")
"""A stretch between marks: the first mark, and the text."""
ANY: Final = re.compile("[\ufdd0-\ufdd2]")

Untranslated = tuple[str, Language]
"""A text that a page shows in another language than its own, and the language that it lacks."""


class _Page(NamedTuple):
    """What is known of the page that is being written: what it lacks so far, and whether its kind has marks at all."""

    missing: list[Untranslated]
    has_marks: bool


_PAGE: ContextVar[_Page | None] = ContextVar("page", default=None)


@contextmanager
def listening(missing: list[Untranslated], *, has_marks: bool = True) -> Iterator[None]:
    """Note every text that lacks its language, as long as this lasts, and mark it."""
    token = _PAGE.set(_Page(missing, has_marks))
    try:
        yield
    finally:
        _PAGE.reset(token)


@contextmanager
def without_marking() -> Iterator[None]:
    """Mark nothing for as long as this lasts, for what is written has no place for marks; what is lacking is noted all the same."""
    page = _PAGE.get()
    with listening(page.missing if page else [], has_marks=False):
        yield


def untranslated(text: str, lacking: Language) -> str:
    """A text that lacks the language of its page: marked, and noted, where somebody listens."""
    page = _PAGE.get()
    if page is None:
        return text
    page.missing.append((" ".join(text.split()), lacking))
    return marked(text, "en" if lacking == "cy" else "cy") if page.has_marks else text


def marked(text: str, language: Language) -> str:
    """A text between marks that tell its language."""
    return f"{OPEN[language]}{ANY.sub(' ', text)}{CLOSE}"


def language_of(mark: str) -> Language:
    """The language that a mark tells."""
    return "cy" if mark == OPEN["cy"] else "en"
