"""The words that stand on our pages, in one catalogue a language."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, Final

from sigctl.words import Language, Words

SECTIONS: Final = ("page", "rota", "views", "life", "dates")


@cache
def catalogue(language: Language) -> dict[str, Any]:
    """Everything that a language's catalogue holds, by section."""
    return tomllib.loads((files("sigctl.render") / f"labels.{language}.toml").read_text(encoding="utf-8"))


def label(key: str, language: Language) -> str:
    """The words for a key such as `rota.host`. Raises KeyError where the catalogue lacks it."""
    section, _, name = key.partition(".")
    words: str = catalogue(language)[section][name]
    return words


def said(words: Words, language: Language) -> str:
    """Words of the data in a language; where it lacks them, those of the other one, marked so that nobody overlooks it."""
    own, other = (words.cy, words.en) if language == "cy" else (words.en, words.cy)
    return own or (f"{other} [{label('page.untranslated', language)}]" if other else "")


def unverified(language: Language) -> frozenset[str]:
    """The keys whose words no cluster that speaks the language has confirmed."""
    return frozenset(catalogue(language).get("unverified", ()))


def keys(language: Language) -> frozenset[str]:
    """All keys of a catalogue."""
    return frozenset(f"{section}.{name}" for section in SECTIONS for name in catalogue(language)[section])
