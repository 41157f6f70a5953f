"""Texts on the command line, in one language or both: `Send the figures`, or `cy: Anfon y ffigurau | en: Send the figures`."""

import re
from collections.abc import Sequence
from typing import Annotated, Final

import typer

from sigctl.commands import console
from sigctl.commands.errors import CommandError
from sigctl.commands.messages import listed
from sigctl.commands.options import Lang
from sigctl.words import Language

_NAMES: Final[dict[Language, str]] = {"cy": "Welsh", "en": "English"}
_MARK: Final = re.compile(r"(?:^|(?<=[\s|]))(cy|en):\s*")

TextLang = Annotated[
    Lang | None, typer.Option("--lang", metavar="cy|en|both", help="The language of TEXT, where it does not say so itself.")
]


def written(text: str) -> str | dict[str, str]:
    """A text as it is to stand in a file: as it is, or by language where `cy:` or `en:` stands before what is said in it."""
    parts = _MARK.split(text.strip())
    if len(parts) == 1:
        if not parts[0]:
            raise CommandError("there is no text", "write it in quotation marks")
        return parts[0]
    said = dict(zip(parts[1::2], (part.strip().rstrip("|").strip() for part in parts[2::2]), strict=True))
    if parts[0].strip() or len(said) * 2 + 1 != len(parts) or not all(said.values()):
        raise CommandError(f"`{text}` is not clear about its languages", 'write it as "cy: … | en: …", each language once')
    return said


def written_among(text: str, languages: Sequence[Language], lang: Lang | None) -> str | dict[str, str]:
    """A text as it is to stand in the files of a cluster that speaks some languages.

    Where nothing in it says so, it is in the one that `--lang` names. Without that, it stands in all of them as it is, which is said,
    unless `--lang both` means it so.
    """
    said = written(text)
    if isinstance(said, dict) or lang is Lang.BOTH:
        return said
    if lang is not None:
        return said if languages == lang.languages else {lang.value: said}
    if len(languages) > 1:
        names = listed([_NAMES[each] for each in languages])
        console.say(f'warning: `{said}` will stand in {names} as it is; write "cy: … | en: …" for two, or say with --lang which it is')
    return said
