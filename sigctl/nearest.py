"""The nearest of some words to one that is misspelt."""

import difflib
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache


def folded(text: str) -> str:
    """A text without accents, capitals and the difference of hyphens, as people misspell it."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower().replace("_", "-")


def nearest(word: str, words: Iterable[str]) -> str | None:
    """The word that was most likely meant, or None where nothing is near."""
    return _nearest(word[:100], tuple(sorted(words, reverse=True)))


@lru_cache(1024)
def _nearest(word: str, words: tuple[str, ...]) -> str | None:
    by_fold = _by_fold(words)
    found = difflib.get_close_matches(folded(word), by_fold, n=1, cutoff=0.6)
    return by_fold[found[0]] if found else None


@lru_cache(16)
def _by_fold(words: tuple[str, ...]) -> Mapping[str, str]:
    return {folded(each): each for each in words}


def did_you_mean(word: str, words: Iterable[str], otherwise: str = "") -> str:
    """A question with the nearest word in it, or else what to do."""
    found = nearest(word, words)
    return f"did you mean `{found}`?" if found else otherwise
