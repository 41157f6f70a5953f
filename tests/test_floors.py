"""The architecture, executed: which room may import which, and who may touch the world outside."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "sigctl"

FLOORS: list[set[str]] = [
    {"problem", "words", "nearest", "notice", "event", "silence", "term_dates", "source"},
    {"records"},
    {"cluster"},
    {"checks", "rota", "intake"},
    {"reports", "render", "deliver"},
    {"commands", "__main__"},
]
"""From the ground up. A room imports its own floor and those below, and the rooms of a floor leave each other alone."""

NEIGHBOURS = {("source", "problem"), ("commands", "__main__"), ("__main__", "commands"), ("event", "words")}
"""The only imports between rooms of one floor."""

GROUND_ONLY = {"render", "deliver", "intake"}
"""Rooms that know no schools: whatever floor they stand on, they import the ground floor alone."""

ONLY_IN = {
    "typer": {"commands", "__main__"},
    "rich": {"commands", "__main__"},
    "yaml": {"source"},
    "yaml_edit": {"cluster"},
    "jinja2": {"render"},
    "typst": {"render"},
    "xlsxwriter": {"render"},
    "docx": {"render"},
    "markdown_it": {"render"},
    "mdit_py_plugins": {"render"},
    "lxml": {"render"},
    "ortools": {"rota"},
    "numpy": {"rota"},
    "holidays": {"term_dates"},
    "pydantic": {"records", "cluster", "commands"},
    "time": {"commands", "deliver"},
    "socket": {"commands", "deliver"},
    "smtplib": {"deliver"},
    "sqlite3": {"deliver"},
    "filelock": {"deliver"},
    "keyring": {"deliver"},
    "urllib": {"deliver"},
    "icalendar": {"render", "intake"},
    "dateutil": {"intake"},
    "python_calamine": {"intake"},
    "subprocess": {"commands", "deliver"},
    "tempfile": {"deliver"},
}

ONLY_IN_FILE = {"yaml_edit": "cluster/edit.py"}
"""Libraries of a single file."""

WORLD = {"today", "now", "utcnow", "environ", "getenv"}
"""Names by which code asks the clock or the environment."""

MODULES = sorted(PACKAGE.rglob("*.py"))


def room(module: str) -> str:
    return module.split(".")[1] if "." in module else "sigctl"


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            assert node.module
            if node.module == "sigctl":
                yield from (f"sigctl.{alias.name}" for alias in node.names)
            else:
                yield node.module


def home(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def floor(name: str) -> int:
    return next((level for level, rooms in enumerate(FLOORS) if name in rooms), -1)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_room_knows_only_what_is_below_it(path: Path) -> None:
    here = home(path)
    if here == "__init__":
        return
    assert floor(here) >= 0, f"{here} stands on no floor: put it into FLOORS"
    for module in imports(path):
        there = room(module) if module.split(".")[0] == "sigctl" else None
        if there is None or there in (here, "__version__"):
            continue
        highest = 0 if here in GROUND_ONLY else floor(here)
        allowed = floor(there) < highest or floor(there) == 0 < floor(here) or (here, there) in NEIGHBOURS
        assert allowed, f"{here} may not import {module}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_libraries_stay_in_their_room(path: Path) -> None:
    for module in imports(path):
        rooms = ONLY_IN.get(module.split(".")[0])
        assert rooms is None or home(path) in rooms, f"{module} may be imported in {rooms} only"
        file = ONLY_IN_FILE.get(module.split(".")[0])
        assert file is None or path.relative_to(PACKAGE).as_posix() == file, f"{module} may be imported in {file} only"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_only_commands_and_deliver_ask_the_clock_and_the_environment(path: Path) -> None:
    if home(path) in ("commands", "deliver", "__main__"):
        return
    asked = {node.attr for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Attribute)}
    assert not asked & WORLD


def test_files_and_functions_stay_small() -> None:
    for path in MODULES:
        text = path.read_text(encoding="utf-8")
        assert text.count("\n") <= 400, f"{path.name} has over 400 lines"
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef) and node.end_lineno:
                assert node.end_lineno - node.lineno < 60, f"{path.name}: {node.name} has over 60 lines"
