"""Small workspaces for tests: files written to a folder, and the one that the manuals' examples and the gallery build upon."""

import re
from collections.abc import Mapping
from pathlib import Path

from sigctl.checks import problems_of
from sigctl.cluster import load
from sigctl.problem import Problem, in_file_order
from sigctl.records import KINDS
from sigctl.source import Document
from sigctl.source.page import BREAK, MAX_LINE

BASE = Path(__file__).parent / "gallery" / "_base"

Files = Mapping[str, str]


def base_files() -> dict[str, str]:
    """The files of a cluster of four schools in which nothing is wrong."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(BASE.glob("*.yaml"))}


def write(folder: Path, files: Files) -> Path:
    """Put files into a folder, their text as it is."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
    return folder


def told(folder: Path) -> tuple[Problem, ...]:
    """Everything that is wrong in a workspace, as `sigctl check` tells it."""
    cluster, problems = load(folder)
    return in_file_order([*problems, *problems_of(cluster)])


def inside(document: Document) -> bool:
    """Whether every problem of a document stands at a place that its text has, and shows its line."""
    lines = BREAK.split(document.text)
    places = [problem.place for problem in document.problems if problem.place.line]
    return all(
        0 < place.line <= len(lines)
        and 0 < place.column <= len(lines[place.line - 1]) + 1
        and (len(place.text) == len(lines[place.line - 1]) or len(lines[place.line - 1]) > MAX_LINE)
        for place in places
    )


def example(manual: str, title: str) -> str:
    """The YAML under `Right:` or `Wrong:` in a manual."""
    found = re.search(rf"(?ms)^{title}:\n\n((?:    [^\n]*\n|\n)+)", manual + "\n")
    assert found, f"there is no {title} example"
    return "\n".join(line.removeprefix("    ") for line in found[1].rstrip().splitlines()) + "\n"


def laid_over(files: Files, block: str) -> dict[str, str]:
    """The files with the records of a block of YAML in the place of those of the same id; only what is changed is given back."""
    changed: dict[str, str] = {}
    for section, body in _sections(block).items():
        name = f"{section}.yaml" if section in KINDS else "sigctl.yaml"
        before = changed.get(name, files.get(name, ""))
        changed[name] = _merged(before, section, body) if section in KINDS else _replaced(before, section, body)
    return changed


def _sections(block: str) -> dict[str, str]:
    parts = re.split(r"(?m)^(\w+):", block)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def _items(body: str) -> dict[str, str]:
    items = [f"  - {each.rstrip()}\n" for each in re.split(r"(?m)^  - ", body)[1:]]
    named = {}
    for number, item in enumerate(items):
        said = re.search(r"\bid: ([\w-]+)", item) if item.split("\n")[0].find("cycle:") < 0 else None
        named[said[1] if said else f"item {number}"] = item
    return named


def _merged(before: str, section: str, body: str) -> str:
    found = _sections(before).get(section, "")
    return f"{section}:\n" + "".join((_items(found) | _items(body)).values())


def _replaced(before: str, section: str, body: str) -> str:
    parts = _sections(before) | {section: body.rstrip() + "\n"}
    return "".join(f"{key}:{text}" for key, text in parts.items())
