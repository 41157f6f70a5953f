"""What the data says, written so that Markdown takes every letter for itself: in a line, at its start, in a cell, a heading, a term."""

import re
from collections.abc import Iterable
from typing import Any, Final
from unicodedata import normalize

from jinja2 import Environment, nodes, pass_eval_context
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import EvalContext
from markupsafe import Markup

from sigctl.render.marks import ANY, STRETCH, language_of

_SIGNS: Final = re.compile(r"([`*_\[\]<>#|~&!{}$])")
_AT_THE_START: Final = re.compile(r"^([\ufdd0\ufdd1]?)([-+:](?=[ \ufdd2-]|$)|=(?==*(?:\ufdd2|$))|[.)]|[0-9]+(?=[.)]))")
_SPACE: Final = re.compile(r"[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")
_UNSEEN: Final = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufdd3-\ufdef\ufffe\uffff\ud800-\udfff]")
"""Control characters, what turns the direction of a text, and what is no character; right-to-left marks are none of them."""


def cleaned(text: str) -> str:
    """A text in composed letters, with one space between words and a visible sign for what could not be seen."""
    return _UNSEEN.sub("\ufffd", _SPACE.sub(" ", normalize("NFC", text))).strip()


class AsWritten(str):
    """A text that stands in the template itself, whose spaces are meant."""

    __slots__ = ()


def markdown_escaped(value: object) -> object:
    """A text in which no character means anything to Markdown; other values and finished markup as they are."""
    if value is None:
        return ""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return Markup(_escaped(value if isinstance(value, AsWritten) else cleaned(value)))


def _escaped(text: str) -> str:
    text = _SIGNS.sub(r"\\\1", text.replace("\\", "\0")).replace("\0", "&#92;")
    return _AT_THE_START.sub(_guarded, text)


def _guarded(match: re.Match[str]) -> str:
    return f"{match[0]}\\" if match[2].isdecimal() else f"{match[1]}\\{match[2]}"


def without_marks(markdown: str) -> str:
    """A page on which languages are not told, for people to read as it is."""
    return ANY.sub("", markdown)


def with_spans(markdown: str) -> str:
    """A page on which each stretch in another language is one: `[Chair]{lang=en}`."""
    return ANY.sub("\ufffd", STRETCH.sub(lambda found: f"[{found[2]}]{{lang={language_of(found[1])}}}", markdown))


def prose(text: str) -> Markup:
    """Text of several paragraphs and lists of lines that begin with a hyphen; nothing else in it is markup."""
    paragraphs = re.split(r"\n[ \t]*\n", normalize("NFC", text).replace("\r\n", "\n"))
    return Markup("\n\n".join(filter(None, map(_paragraph, paragraphs))))


def _paragraph(text: str) -> str:
    """A paragraph on one line, or a list with a line for each item; lines that begin with neither go on from the one before."""
    parts: list[list[str]] = []
    for line in map(str.strip, text.splitlines()):
        is_item = line.startswith(("- ", "* ", "\u2022 "))
        if is_item or not parts:
            parts.append(["- " if is_item else "", line[2:] if is_item else line])
        else:
            parts[-1][1] += f" {line}"
    written = [(mark, f"{mark}{markdown_escaped(line)}") for mark, line in parts if line.strip()]
    return "".join(_joint(written, place) + line for place, (_, line) in enumerate(written))


def _joint(written: list[tuple[str, str]], place: int) -> str:
    if not place:
        return ""
    return "\n" if written[place - 1][0] == written[place][0] else "\n\n"


@pass_eval_context
def joined(context: EvalContext, values: Iterable[Any], between: str = "", attribute: str | None = None) -> str:  # noqa: ARG001
    """Values in a row, each literal."""
    chosen = (getattr(each, attribute) if attribute else each for each in values)
    return Markup(str(markdown_escaped(AsWritten(between))).join(str(markdown_escaped(each)) for each in chosen))


class LiteralCode(CodeGenerator):
    """Templates that know their own texts from those of the data, and whose `~` keeps all of these literal."""

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802
        """Let our own function join the parts."""
        self.write("environment.in_a_row((")
        for each in node.nodes:
            self.visit(each, frame)
            self.write(", ")
        self.write("))")

    def visit_Const(self, node: nodes.Const, frame: Frame) -> None:  # noqa: N802
        """Mark a text that stands in the template."""
        if isinstance(node.value, str):
            self.write(f"environment.as_written({node.value!r})")
        else:
            super().visit_Const(node, frame)


class LiteralEnvironment(Environment):
    """An environment in which a text of the data is literal, whatever it is joined to."""

    code_generator_class = LiteralCode
    as_written = AsWritten

    def in_a_row(self, parts: tuple[Any, ...]) -> str:
        """The parts as one text; as finished markup where one of them is."""
        if any(isinstance(each, Markup) for each in parts):
            return Markup("".join(str(markdown_escaped(each)) for each in parts))
        return AsWritten("".join(each if isinstance(each, AsWritten) else cleaned(str(each)) for each in parts))
