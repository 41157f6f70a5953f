"""What is wrong with a template, told so that whoever wrote it finds the line. Knows no schools."""

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import Final

from jinja2 import StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.utils import missing

from sigctl.nearest import did_you_mean
from sigctl.render.labels import NoSuchLabel, keys

KNOWN: Final = (
    "page",
    "lang",
    "said",
    "label",
    "counted",
    "day",
    "day_within",
    "plain_day",
    "short_day",
    "short_days",
    "clock",
    "clocks",
    "number",
    "who",
)
"""The names that a template can begin with, for telling the nearest."""


class TemplateFault(Exception):
    """A template cannot be used: which, at what line (0 where that is not known), what is wrong, and what to do."""

    def __init__(self, file: str, line: int, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.file = file
        self.line = line
        self.message = message
        self.advice = advice

    @property
    def place(self) -> str:
        """The file, and the line where it is known."""
        return f"{self.file}:{self.line}" if self.line else self.file


class NoSuchName(StrictUndefined):
    """A name that a template uses and that is not there; the nearest one is told."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint:
            return self._undefined_hint
        name = str(self._undefined_name)
        is_bare = self._undefined_obj is missing
        known = KNOWN if is_bare else [each for each in dir(self._undefined_obj) if not each.startswith("_")]
        told = f"there is no `{name}` here" if is_bare else f"there is no `{name}` in what stands before it"
        return "; ".join(filter(None, (told, did_you_mean(name, known))))


@contextmanager
def telling_where(file: str) -> Iterator[None]:
    """Let whatever goes wrong in a template be told as a fault of it, with its line. A fault of ours stays an exception."""
    try:
        yield
    except TemplateFault:
        raise
    except (TemplateError, RecursionError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as wrong:
        raise _fault(file, wrong) from wrong


def _fault(file: str, wrong: Exception) -> TemplateFault:
    if isinstance(wrong, TemplateSyntaxError):
        return TemplateFault(_shown(wrong.filename or wrong.name or file), wrong.lineno, *_unread(wrong.message or ""))
    where, line = _last_frame(file, wrong)
    if isinstance(wrong, TemplateNotFound):
        return TemplateFault(where, line, f"there is no template `{wrong.name}`", "`sigctl template list` tells which there are")
    if isinstance(wrong, RecursionError):
        advice = f'to build upon the one of sigctl, write {{% extends "sigctl/{PurePosixPath(where).name}" %}}'
        return TemplateFault(where, line, "the template goes round in a circle", advice)
    return TemplateFault(where, line, *_told(wrong))


def _unread(message: str) -> tuple[str, str]:
    """Why a template cannot be read; Jinja's own words where they say it well enough."""
    if "end of template" in message:
        what = message.rpartition("needs to be closed is ")[2].strip(".'") if "needs to be closed" in message else ""
        return (f"`{{% {what} … %}}` is never closed", f"write {{% end{what} %}} where it ends") if what else (message, "")
    return message[:1].lower() + message[1:].rstrip("."), "`sigctl template show` prints how sigctl's own template does it"


def _told(wrong: Exception) -> tuple[str, str]:
    if isinstance(wrong, NoSuchLabel):
        key = str(wrong.args[0])
        return f"there are no words for `{key}`", did_you_mean(key, keys("en"), "`sigctl words` lists the keys")
    if isinstance(wrong, UndefinedError):
        message, _, near = (wrong.message or "").partition("; ")
        return message, near or "`sigctl template show` prints what sigctl's own template uses"
    if isinstance(wrong, SecurityError):
        return f"a template may not do this: {wrong}", "templates only show what they are given"
    return f"this fails: {wrong}", "`sigctl template show` prints how sigctl's own template does it"


def _last_frame(file: str, wrong: Exception) -> tuple[str, int]:
    """The last line of a template on the way to the mistake."""
    frames = [each for each in traceback.extract_tb(wrong.__traceback__) if each.filename.endswith(".j2")]
    return (_shown(frames[-1].filename), frames[-1].lineno or 0) if frames else (_shown(file), 0)


def _shown(file: str) -> str:
    """The name of a template as its author knows it: `templates/agenda.md.j2`, or `sigctl/agenda.md.j2` for one of ours."""
    path = PurePosixPath(file.replace("\\", "/"))
    own = len(path.parts) > 1 and path.parts[0] == "templates"
    return str(path) if own else f"sigctl/{path.name}"
