"""Text in Welsh and English. Knows no schools."""

from typing import Final, Literal, NamedTuple

Language = Literal["cy", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("cy", "en")


class Words(NamedTuple):
    """The same words in both languages; an empty one is not translated yet."""

    cy: str = ""
    en: str = ""

    def said(self, language: Language) -> str:
        """The words in a language, or else in the other one."""
        return (self.cy or self.en) if language == "cy" else (self.en or self.cy)


def same(text: str) -> Words:
    """Words that are the same in every language, as a school's name is."""
    return Words(text, text)
