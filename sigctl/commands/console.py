"""The terminal itself: what goes where, in colour or not, and how much is said.

Results go to stdout and messages to stderr. Text of users is printed as it is, never as markup, and cannot steer the terminal.
"""

import codecs
import os
import shutil
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

from sigctl.commands.errors import CommandError
from sigctl.commands.messages import Paint, message, plain, summary, visible
from sigctl.problem import Problem

if TYPE_CHECKING:
    from rich.console import Console

_STYLES: Final = {"error": "1;31", "warning": "1;33", "strong": "1", "faint": "2", "gutter": "34", "good": "32"}
_WIDE: Final = 1000
_NEAR: Final = {"–": "-", "—": "-", "’": "'", "‘": "'", "“": '"', "”": '"', "→": "->", "·": ".", "█": "=", "░": "-"}


@dataclass(frozen=True)
class Manner:
    """How sigctl speaks in this run: how much, and whether colour was forbidden."""

    quiet: bool = False
    verbose: bool = False
    no_color: bool = False


_manner = Manner()


def behave(*, quiet: bool | None = None, verbose: bool | None = None, no_color: bool | None = None) -> Manner:
    """Change how sigctl speaks in this run; what is not named stays."""
    global _manner
    asked = {"quiet": quiet, "verbose": verbose, "no_color": no_color}
    _manner = replace(_manner, **{name: value for name, value in asked.items() if value is not None})
    return _manner


def start() -> None:
    """Begin a run: ordinary manners, and streams that can carry any text."""
    behave(quiet=False, verbose=False, no_color=False)
    if os.name == "posix" and None in (sys.stdin, sys.stdout, sys.stderr):
        _occupy_closed_streams()
    codecs.register_error("sigctl-nearest", _nearest_letters)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure and os.name == "nt" and "PYTHONIOENCODING" not in os.environ:
            reconfigure(encoding="utf-8", errors="replace")
        elif reconfigure:
            reconfigure(errors="sigctl-nearest")


def _occupy_closed_streams() -> None:
    """Where a stream was closed before we began, keep its number from going to a file that is opened later."""
    while (number := os.open(os.devnull, os.O_RDWR)) < 3:
        os.set_inheritable(number, True)
    os.close(number)


def _nearest_letters(trouble: UnicodeError) -> tuple[str, int]:
    """What a stream prints for letters that it cannot: `w` for `ŵ`, three points for an ellipsis, `?` where nothing is near."""
    assert isinstance(trouble, UnicodeEncodeError)
    text = trouble.object[trouble.start : trouble.end]
    for mark, near in _NEAR.items():
        text = text.replace(mark, near)
    folded = "".join(unicodedata.normalize("NFKD", letter).encode("ascii", "ignore").decode() or "?" for letter in text)
    return folded, trouble.end


def is_terminal(stream: TextIO | None) -> bool:
    """Whether somebody watches a stream."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:
        return False


def is_lively(stream: TextIO | None) -> bool:
    """Whether progress may be drawn on a stream: only on a terminal that can, and not where quiet was asked for."""
    return is_terminal(stream) and os.environ.get("TERM") != "dumb" and not _manner.quiet


def can_ask() -> bool:
    """Whether there is somebody to answer a question."""
    return is_terminal(sys.stdin) and is_terminal(sys.stderr)


def has_color(stream: TextIO | None) -> bool:
    """Whether to colour a stream: --no-color, then NO_COLOR, FORCE_COLOR and TERM=dumb, and else only on a terminal."""
    if _manner.no_color or os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0", "false"):
        return True
    return is_terminal(stream) and os.environ.get("TERM") != "dumb"


def width_of(stream: TextIO | None) -> int | None:
    """How many columns a terminal has; None where nothing is to be cut or wrapped."""
    return shutil.get_terminal_size().columns if is_terminal(stream) else None


def paint_for(stream: TextIO | None) -> Paint:
    """What gives a text its style on a stream."""
    if not has_color(stream):
        return plain
    if os.name == "nt":
        import_module("colorama").just_fix_windows_console()
    return _painted


def _painted(text: str, style: str) -> str:
    return f"\x1b[{_STYLES[style]}m{text}\x1b[0m"


def _print(text: str, stream: TextIO | None) -> None:
    if stream is not None:
        print(text, file=stream)


def result(text: str) -> None:
    """Print what was asked for."""
    _print(text, sys.stdout)


def say(text: str) -> None:
    """Tell what was done; nothing with --quiet."""
    if not _manner.quiet:
        _print(visible(text), sys.stderr)


def is_quiet() -> bool:
    """Whether --quiet was given."""
    return _manner.quiet


def is_verbose() -> bool:
    """Whether --verbose was given, or SIGCTL_DEBUG is set."""
    return _manner.verbose or bool(os.environ.get("SIGCTL_DEBUG"))


def complain(text: str, *advice: str, who: str = "sigctl") -> None:
    """Say that something cannot be done, and what to do about it."""
    paint = paint_for(sys.stderr)
    lines = [f"{paint(who, 'strong')}: {paint('error', 'error')}: {visible(text)}"]
    lines += [f"   {paint('=', 'gutter')} {visible(each)}" for each in advice if each]
    _print("\n".join(lines), sys.stderr)


def list_problems(problems: Sequence[Problem], stream: TextIO | None) -> None:
    """Print each problem in full and a line that counts them; nothing where there are none."""
    if not problems:
        return
    paint, width = paint_for(stream), width_of(stream)
    blocks = [message(problem, paint, width) if width else message(problem, paint) for problem in problems]
    _print("\n\n".join((*blocks, summary(problems))), stream)


def deliver(content: str | bytes, output: Path | None, *, dry_run: bool = False) -> None:
    """Print a result, or put it into the file that `-o` named and say so; `-o -` prints."""
    if output is None or str(output) == "-":
        if sys.stdout is not None:
            _pour(content)
        return
    check_output(output)
    from sigctl.deliver import Written, write

    if dry_run:
        say(f"would write {output}")
        return
    did = {Written.NEW: f"wrote {output}", Written.CHANGED: f"replaced {output}", Written.UNCHANGED: f"{output} is as it was"}
    say(did[write(output, content)])


def _pour(content: str | bytes) -> None:
    if isinstance(content, str):
        sys.stdout.write(content)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)


def check_output(output: Path | None) -> None:
    """Refuse, before any work, a file for `-o` that is part of a workspace, or that could not be written."""
    if output is None or str(output) == "-":
        return
    from sigctl.cluster import find_workspace
    from sigctl.deliver import try_writing

    where = output.resolve()
    if where.is_dir():
        raise CommandError(f"{output} is a folder", "name a file in it")
    if not where.parent.is_dir():
        raise CommandError(f"there is no folder {output.parent}", "make it first, or name another file")
    if where.suffix.lower() in (".yaml", ".yml") and find_workspace(where.parent):
        raise CommandError(f"{output} would be a file of the workspace", "name another file: what is printed here is no input")
    try_writing(where)


def drawing(stream: TextIO | None) -> "Console":
    """A console of Rich for tables and progress: no markup, no emoji, nothing cut or wrapped off a terminal."""
    from rich.console import Console

    watched = is_terminal(stream)
    return Console(
        file=stream,
        markup=False,
        emoji=False,
        highlight=False,
        force_terminal=has_color(stream) or (watched and is_lively(stream)),
        no_color=not has_color(stream),
        width=None if watched else _WIDE,
    )
