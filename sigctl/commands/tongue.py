"""What stands in a table that is in one language or in two at once."""

from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeVar

from sigctl.render import label, said
from sigctl.reports.who import Member
from sigctl.words import Language, Words

T = TypeVar("T")


class Tongue(NamedTuple):
    """The language or languages of a table. In two, each cell says both, the first one first, where they differ."""

    languages: tuple[Language, ...]

    def each(self, say: Callable[[T, Language], str], what: T) -> str:
        """What is said in each language."""
        return " / ".join(dict.fromkeys(filter(None, (say(what, language) for language in self.languages))))

    def label(self, key: str) -> str:
        """Words of ours."""
        return self.each(label, key)

    def said(self, words: Words) -> str:
        """Words of the data."""
        return self.each(said, words)

    def people(self, members: Iterable[Member]) -> str:
        """People, a line for each."""
        return "\n".join(", ".join(filter(None, (self.said(each.person), self.said(each.school)))) for each in members)
