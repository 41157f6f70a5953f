"""The tree of commands, options and values from which completion answers. Run this module after any change to them.

    python -m sigctl.commands.tree

Each line has five parts with tabs between them: see `complete.Row`. Plain text, because reading JSON takes longer than starting Python.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from sigctl.commands.app import command_line
from sigctl.commands.complete import KINDS, Row
from sigctl.commands.explain import mistakes, rules
from sigctl.commands.help import TOPICS
from sigctl.commands.shapes import all_fields, choices
from sigctl.commands.table import COMMANDS

FILE: Final = Path(__file__).with_name("tree.txt")
_WORDS: Final = ("WORD", "TOPIC")


def tree_text() -> str:
    """The tree as it stands in its file."""
    return "".join("\t".join(row) + "\n" for row in tree())


def tree() -> Iterator[Row]:
    """Every command, option and argument, and the words that may stand for a metavar."""
    line = command_line()
    with line.make_context("sigctl", [], resilient_parsing=True) as context:
        yield from _rows(line, context, "")
    for metavar, words in (
        ("WORD", sorted({each.name for each in all_fields()} | set(mistakes()) | set(rules()) | set(choices()))),
        ("TOPIC", (*TOPICS, *COMMANDS)),
    ):
        yield from (("", "word", metavar, word, "") for word in words)


def _rows(command: Any, context: Any, path: str) -> Iterator[Row]:
    for each in command.get_params(context):
        if each.param_type_name == "argument":
            yield path, "argument", "", _value(each), ""
        elif not each.hidden:
            value = "" if each.is_flag else _value(each)
            yield path, "option", ",".join(sorted(each.opts, key=len)), value, _short(each.help or "")
    for name, summary in command.summaries(context) if hasattr(command, "summaries") else ():
        yield path, "command", name, "", _short(summary)
        found = command.get_command(context, name)
        with found.make_context(name, [], parent=context, resilient_parsing=True) as inner:
            yield from _rows(found, inner, f"{path} {name}".lstrip())


def _value(parameter: Any) -> str:
    """What may stand in a place: words with bars between them, or a metavar such as CYCLE; `-` where nobody can know."""
    choices = parameter.type_descriptor.choices
    if choices:
        return "|".join(str(getattr(choice, "value", choice)) for choice in choices)
    metavar: str = (parameter.metavar or "").strip("[]")
    return metavar if metavar in (*KINDS, *_WORDS) else "-"


def _short(text: str) -> str:
    """The first sentence, without its full stop."""
    return " ".join(text.partition(". ")[0].rstrip(".").split())


if __name__ == "__main__":
    FILE.write_text(tree_text(), encoding="utf-8", newline="\n")
