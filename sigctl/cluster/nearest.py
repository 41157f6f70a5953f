"""The nearest of some words to one that is misspelt."""

import difflib
import unicodedata
from collections.abc import Iterable


def folded(text: str) -> str:
    """A text without accents and capitals, as people misspell it."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()


def nearest(word: str, words: Iterable[str]) -> str | None:
    """The word that was most likely meant, or None where nothing is near."""
    by_fold = {folded(each): each for each in sorted(words, reverse=True)}
    found = difflib.get_close_matches(folded(word).replace("_", "-"), by_fold, n=1, cutoff=0.6)
    found = found or difflib.get_close_matches(folded(word), by_fold, n=1, cutoff=0.6)
    return by_fold[found[0]] if found else None


def did_you_mean(word: str, words: Iterable[str], otherwise: str = "") -> str:
    """A question with the nearest word in it, or else what to do."""
    found = nearest(word, words)
    return f"did you mean `{found}`?" if found else otherwise
