"""Completion in the shell, answered from a tree that was made beforehand and from a quick look at the workspace's ids.

Imports nothing that takes time (no Typer, no YAML, not even typing or json), so that pressing Tab takes no longer than starting
Python. The protocols are those of Typer's own scripts (`sigctl --install-completion`). zsh evaluates what is printed here:
nothing that a file says goes out but plain ids.
"""

# pathlib alone takes as long to import as all of this, so files are reached through os:
# ruff: noqa: PTH109, PTH113, PTH118, PTH120, PTH123, PTH202

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence

Row = tuple[str, str, str, str, str]
"""A line of the tree: the commands that lead there, what it is, its names, what may stand behind it, and what it means."""
Offer = tuple[str, str]
"""A word that may stand at the cursor, and what it means."""

KINDS = {"SCHOOL": "schools", "PERSON": "people", "GROUP": "groups", "CYCLE": "cycles", "MEETING": "meetings"}
"""What a metavar stands for: the key under which the ids are found."""

_SHELLS = ("bash", "zsh", "fish", "powershell", "pwsh")
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")
_MOST_BYTES = 20_000_000


def answer(environment: Mapping[str, str]) -> int:
    """Print what may come next on a command line, as the shell that asks wants it, and give the exit code."""
    asked, _, shell = environment["_SIGCTL_COMPLETE"].partition("_")
    if asked != "complete" or shell not in _SHELLS:
        return _by_typer()
    try:
        offers = list(_offers(_tree(), *_typed(shell, environment)))
        text = _shown(shell, offers)
    except (OSError, ValueError):
        return 1
    if shell == "fish" and environment.get("_TYPER_COMPLETE_FISH_ACTION") == "is-args":
        return 0 if offers else 1
    if sys.stdout is not None:
        sys.stdout.write(text.encode("ascii", "replace").decode() + "\n")
        sys.stdout.flush()
    return 0


def _by_typer() -> int:
    """Leave what is rarely asked, such as the scripts themselves, to Typer."""
    from sigctl.commands.app import command_line

    command_line().main(args=[], prog_name="sigctl")
    return 0


def _tree() -> list[Row]:
    with open(os.path.join(os.path.dirname(__file__), "tree.txt"), encoding="utf-8") as file:
        return [row_of(line) for line in file]


def row_of(line: str) -> Row:
    """A line of the tree, taken apart."""
    path, what, names, value, meaning = line.rstrip("\n").split("\t")
    return path, what, names, value, meaning


def _typed(shell: str, environment: Mapping[str, str]) -> tuple[list[str], str]:
    """The words before the cursor, without `sigctl` itself, and the one that is being typed."""
    if shell == "bash":
        words, at = _split(environment.get("COMP_WORDS", "")), int(environment.get("COMP_CWORD") or 0)
        return _rejoined(words[1:at], words[at] if at < len(words) else "")
    line = environment.get("_TYPER_COMPLETE_ARGS", "")
    words = _split(line, escapes=shell not in ("powershell", "pwsh"))[1:]
    if shell in ("powershell", "pwsh"):
        unfinished = environment.get("_TYPER_COMPLETE_WORD_TO_COMPLETE", "")
        return (words[:-1] if unfinished else words), unfinished
    return (words[:-1], words[-1]) if words and not line.endswith(" ") else (words, "")


def _split(line: str, *, escapes: bool = True) -> list[str]:
    """A command line in words, as a shell sees it; a quotation mark may still be open."""
    words: list[str] = []
    word, quote, begun = "", "", False
    signs = iter(line)
    for sign in signs:
        if quote:
            word, quote = (word, "") if sign == quote else (word + sign, quote)
        elif sign in "\"'":
            quote, begun = sign, True
        elif sign == "\\" and escapes:
            word, begun = word + next(signs, ""), True
        elif not sign.isspace():
            word, begun = word + sign, True
        elif begun:
            words.append(word)
            word, begun = "", False
    return [*words, word] if begun or quote else words


def _rejoined(words: Sequence[str], unfinished: str) -> tuple[list[str], str]:
    """Bash makes three words of `--cycle=round-4`: put the equals sign away."""
    return [word for word in words if word != "="], "" if unfinished == "=" else unfinished


def _offers(tree: list[Row], words: Sequence[str], unfinished: str) -> Iterable[Offer]:
    path, awaited, count, workspace = "", "", 0, ""
    for word in words:
        if awaited:
            workspace = word if awaited == "WORKSPACE" else workspace
            awaited = ""
        elif word.startswith("-"):
            awaited = "" if "=" in word else _behind(tree, path, word)
        elif not count and any(row[1] == "command" and row[2] == word for row in tree if row[0] == path):
            path = f"{path} {word}".lstrip()
        else:
            count += 1
    prefix = ""
    if not awaited and unfinished.startswith("-") and "=" in unfinished:
        name, _, unfinished = unfinished.partition("=")
        awaited, prefix = _behind(tree, path, name) or "-", f"{name}="
    here = [row for row in tree if row[0] == path]
    if awaited:
        found = _values(tree, awaited, workspace)
    elif unfinished.startswith("-"):
        found = ((name, row[4]) for row in here if row[1] == "option" for name in row[2].split(",") if name.startswith("--"))
    else:
        found = _positional(tree, here, count, workspace)
    return ((prefix + word, meaning) for word, meaning in found if word.startswith(unfinished))


def _behind(tree: list[Row], path: str, name: str) -> str:
    """What stands behind an option; nothing behind a flag."""
    for row in tree:
        if row[0] == path and row[1] == "option" and name in row[2].split(","):
            return "WORKSPACE" if "--workspace" in row[2] else row[3]
    return ""


def _positional(tree: list[Row], here: list[Row], count: int, workspace: str) -> Iterator[Offer]:
    if not count:
        yield from ((row[2], row[4]) for row in here if row[1] == "command")
    arguments = [row for row in here if row[1] == "argument"]
    if count < len(arguments):
        yield from _values(tree, arguments[count][3], workspace)


def _values(tree: list[Row], value: str, workspace: str) -> Iterator[Offer]:
    """What may stand in a place: some words, or the ids of some records. Nothing for files, which the shell knows better."""
    if value in KINDS:
        return ((found, "") for found in sorted(set(_ids(workspace, KINDS[value]))))
    words = value.split("|") if "|" in value else [row[3] for row in tree if row[1] == "word" and row[2] == value]
    return ((word, "") for word in words)


def _ids(workspace: str, section: str) -> Iterator[str]:
    folder = workspace or _workspace_above(os.getcwd())
    for path in _files(folder) if folder else ():
        try:
            if os.path.getsize(path) < _MOST_BYTES:
                with open(path, "rb") as file:
                    yield from ids_in(file.read().decode("utf-8-sig", "replace"), section)
        except OSError:
            continue


def _workspace_above(folder: str) -> str:
    while not os.path.isfile(os.path.join(folder, "sigctl.yaml")):
        above = os.path.dirname(folder)
        if above == folder:
            return ""
        folder = above
    return folder


def _files(folder: str) -> Iterator[str]:
    for here, folders, names in os.walk(folder):
        folders[:] = [each for each in folders if each[0] != "." and not (here == folder and each in ("templates", "out"))]
        yield from (os.path.join(here, name) for name in names if name[0] != "." and name.endswith((".yaml", ".yml")))


def ids_in(text: str, section: str) -> Iterator[str]:
    """The ids of the records under a key at the top of a file, by a look at how the lines are set in."""
    start = 0 if text.startswith(f"{section}:") else text.find(f"\n{section}:") + 1
    if not text.startswith(f"{section}:", start):
        return
    column = -1
    for line in text[start:].splitlines()[1:]:
        bare = line.lstrip(" ")
        indent = len(line) - len(bare)
        if bare.startswith("- ") and (column < 0 or indent + 2 <= column):
            bare = bare[2:].lstrip(" ")
            column = indent = len(line) - len(bare)
        elif not indent and bare and bare[0] not in "#-":
            return
        if indent == column:
            yield from _id_of(bare)


def _id_of(entry: str) -> Iterator[str]:
    """The id that a line of a record gives, whether it stands alone or in curly brackets."""
    for part in entry.strip("{} ").split(","):
        key, _, value = part.partition(":")
        found = value.partition("#")[0].strip(" }\"'")
        if key.strip() == "id" and found and _LETTERS.issuperset(found):
            yield found
        if not entry.startswith("{"):
            return


def _shown(shell: str, offers: Sequence[Offer]) -> str:
    """The offers as the script of a shell reads them."""
    if shell == "zsh":
        lines = "\n".join(":".join(f'"{_for_zsh(text)}"' for text in offer if text) for offer in offers)
        return f"_arguments '*: :(({lines}))'" if offers else "_files"
    if shell == "fish":
        return "\n".join("\t".join(filter(None, offer)) for offer in offers)
    if shell == "bash":
        return "\n".join(word for word, _ in offers)
    return "\n".join(f"{word}:::{meaning or ' '}" for word, meaning in offers)


def _for_zsh(text: str) -> str:
    for sign, safe in (('"', '""'), ("'", "''"), ("$", "\\$"), ("`", "\\`"), (":", "\\\\:")):
        text = text.replace(sign, safe)
    return text
