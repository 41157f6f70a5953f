"""The words that stand on our pages: one catalogue a language, a file a section, and what a cluster says instead.

A word that counts something has several forms, by the CLDR's plural rules: six in Welsh, two in English.
"""

import tomllib
from collections.abc import Mapping
from contextvars import ContextVar
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

from sigctl.render.marks import untranslated
from sigctl.words import Language, Words

FORMS: Final = ("zero", "one", "two", "few", "many", "other")
"""The forms that a word may have beside a number, by the CLDR's names."""
FREE: Final = ("focus.",)
"""What keys may begin with that no catalogue lists, because each cluster has names of its own there."""
SECTIONS: Final = (
    "page", "rota", "views", "life", "dates", "agenda", "minutes", "papers", "reports", "groups", "focus", "reminders",
    "calendar", "availability", "sending",
)  # fmt: skip

_OWN: ContextVar[Mapping[str, Words]] = ContextVar("own words", default=MappingProxyType({}))
"""What the cluster at hand says instead of our words, by key."""


@cache
def catalogue(language: Language) -> dict[str, dict[str, Any]]:
    """Everything that a language's catalogue holds, by section; `unverified` stands in each section."""
    folder = files("sigctl.render") / "catalogue" / language
    return {section: tomllib.loads((folder / f"{section}.toml").read_text(encoding="utf-8")) for section in SECTIONS}


def speak(words: Mapping[str, Words]) -> None:
    """Let a cluster's own words stand instead of ours from now on, for as long as this run of a command lasts."""
    _OWN.set(words)


def label(key: str, language: Language) -> str:
    """The words for a key such as `rota.host`. Raises NoSuchLabel where the catalogue lacks it."""
    own = _OWN.get().get(key)
    return (own and own[0 if language == "cy" else 1]) or _ours(key, language)


def label_or(key: str, otherwise: str, language: Language) -> str:
    """The words for a key that no catalogue need hold: the cluster's own, or ours, or else what stands behind the key."""
    try:
        return label(key, language)
    except NoSuchLabel:
        own = _OWN.get().get(key)
        return said(own, language) if own else otherwise


class NoSuchLabel(KeyError):
    """Somebody asked for words that no catalogue holds."""


def _ours(key: str, language: Language) -> str:
    found = _entry(key, language)
    if not isinstance(found, str):
        raise NoSuchLabel(key)
    return found


def _entry(key: str, language: Language) -> Any:
    section, _, name = key.partition(".")
    try:
        return catalogue(language)[section][name]
    except KeyError:
        raise NoSuchLabel(key) from None


def counted(key: str, number: int, language: Language) -> str:
    """A number with the word for what is counted, in the form that the number asks for: "1 munud", "2 funud".

    In the catalogue the key holds a table of forms, in which `{n}` stands for the number. Raises NoSuchLabel where it is lacking.
    """
    forms: Mapping[str, str] = _entry(key, language)
    if not isinstance(forms, Mapping):
        raise NoSuchLabel(key)
    form = plural_form(number, language)
    own = _OWN.get().get(f"{key}.{form}")
    text = (own and own[0 if language == "cy" else 1]) or forms.get(form) or forms["other"]
    return text.replace("{n}", str(number))


def plural_form(number: int, language: Language) -> str:
    """Which form of a word a number asks for (CLDR 46, plural rules for cy and en)."""
    if language == "cy":
        return {0: "zero", 1: "one", 2: "two", 3: "few", 6: "many"}.get(number, "other")
    return "one" if number == 1 else "other"


def said(words: Words, language: Language) -> str:
    """Words of the data in a language; where it lacks them, those of the other one, marked so that nobody overlooks it."""
    own, other = (words.cy, words.en) if language == "cy" else (words.en, words.cy)
    return own or (f"{untranslated(other, language)} [{label('page.untranslated', language)}]" if other else "")


def unverified(language: Language) -> frozenset[str]:
    """The keys whose words no cluster that speaks the language has confirmed."""
    return frozenset(f"{section}.{name}" for section, words in catalogue(language).items() for name in words.get("unverified", ()))


def keys(language: Language) -> frozenset[str]:
    """All keys of a catalogue."""
    return frozenset(f"{section}.{name}" for section, words in catalogue(language).items() for name in words if name != "unverified")


def sayings(language: Language) -> dict[str, str]:
    """Everything that a cluster may say in other words, by key; a word that is counted stands once for each of its forms."""
    found: dict[str, str] = {}
    for section, words in catalogue(language).items():
        for name, value in words.items():
            if isinstance(value, str):
                found[f"{section}.{name}"] = value
            elif isinstance(value, Mapping):
                found |= {f"{section}.{name}.{form}": value.get(form, value["other"]) for form in FORMS}
    return found
