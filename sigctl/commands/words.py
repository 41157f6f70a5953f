"""`sigctl words`: what the papers say in Welsh and English, what nobody has confirmed yet, and how a cluster says it otherwise."""

import sys
from collections.abc import Iterable, Mapping
from typing import Annotated, NamedTuple

import typer

from sigctl.commands import console, options
from sigctl.commands.opening import opened
from sigctl.words import Words


class Saying(NamedTuple):
    """One word of the papers: its key, what they say, and whether that is the cluster's own or nobody has confirmed it."""

    key: str
    words: Words
    is_own: bool = False
    is_unverified: bool = False

    @property
    def mark(self) -> str:
        """What is to be said of it in a word."""
        return "own" if self.is_own else "unverified" if self.is_unverified else ""


def words(
    search: Annotated[str | None, typer.Argument(metavar="TEXT", help="Only words with this text in them, or in their key.")] = None,
    unverified: Annotated[bool, typer.Option("--unverified", help="Only words that no Welsh speaker of a cluster has confirmed.")] = False,
    own: Annotated[bool, typer.Option("--own", help="Only words that your cluster says in its own way.")] = False,
    output: options.Output = None,
    workspace: options.Workspace = None,
) -> None:
    """Show the words of the papers in Welsh and English, and which nobody has confirmed.

    Every heading and label of a paper stands here, with the key by which your cluster can say it in its own way. Write the key
    under `words:` in `sigctl.yaml`, with the words that you want; a language that you leave out stays as it is:

        words:
          rota.host: {cy: Ysgol letyol, en: Host school}

    Words marked `unverified` are ours alone: nobody who speaks the language at work has confirmed them yet. Those marked `own`
    are your cluster's. Words that are counted have a key for each form that a number asks for (in Welsh zero, one, two, few
    for 3, many for 6, and other), in which `{n}` stands for the number.

    For example:

        sigctl words                          all of them
        sigctl words apologies                those about apologies
        sigctl words --unverified             what a Welsh speaker should look through
        sigctl words -o words.csv             as a table for Excel, to pass around
    """
    console.check_output(output)
    cluster = opened(workspace)
    found = [
        each
        for each in sayings({key: text.words for key, text in cluster.settings.words.items()})
        if (each.is_unverified or not unverified) and (each.is_own or not own) and _has(each, search)
    ]
    if output is not None and str(output) != "-":
        console.deliver(_as_csv(found), output)
    elif found:
        console.deliver(_as_text(found), output)
    else:
        console.say("there are no such words")


def sayings(own: Mapping[str, Words]) -> Iterable[Saying]:
    """All words of the papers by key, a cluster's own in the place of ours."""
    from sigctl.render.labels import catalogue, unverified
    from sigctl.render.labels import sayings as ours

    welsh, english, doubtful = ours("cy"), ours("en"), unverified("cy")
    counted = {f"{section}.{name}" for section, held in catalogue("cy").items() for name, value in held.items() if isinstance(value, dict)}
    for key in dict.fromkeys((*welsh, *own)):
        mine = own.get(key, Words())
        said = Words(mine.cy or welsh.get(key, ""), mine.en or english.get(key, ""))
        base = key.rpartition(".")[0]
        yield Saying(key, said, key in own, (base if base in counted else key) in doubtful)


def _has(saying: Saying, text: str | None) -> bool:
    return text is None or any(text.casefold() in each.casefold() for each in (saying.key, *saying.words))


def _as_csv(found: Iterable[Saying]) -> str:
    from sigctl.render import csv_text

    return "\ufeff" + csv_text(("key", "cy", "en", "mark"), ((each.key, *each.words, each.mark) for each in found))


def _as_text(found: Iterable[Saying]) -> str:
    """A table, whose cells fold where the window is narrow."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    drawing = console.drawing(sys.stdout)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for head in ("Key", "Welsh", "English", ""):
        table.add_column(head, overflow="fold")
    for each in found:
        table.add_row(Text(each.key), Text(each.words.cy), Text(each.words.en), Text(each.mark, style="yellow"))
    with drawing.capture() as captured:
        drawing.print(table)
    return "\n".join(line.rstrip() for line in captured.get().splitlines()) + "\n"
