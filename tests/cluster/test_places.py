"""Each value of a file stands at the place that is given for it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from workspaces import BASE

from sigctl.cluster import load
from sigctl.problem import Place
from sigctl.records import KINDS, Record
from sigctl.source import Path as Steps
from sigctl.source import Value, read, workspace_files

EXAMPLES = Path(__file__).parents[2] / "examples"
FOLDERS = [BASE, *sorted(folder for folder in EXAMPLES.iterdir() if (folder / "sigctl.yaml").exists())]


def scalars(value: Value, path: Steps = ()) -> Iterator[tuple[Steps, str]]:
    if isinstance(value, str):
        yield path, value
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, each in inner:
        yield from scalars(each, (*path, step))


def underlined(place: Place) -> str:
    return place.text[place.column - 1 : place.column - 1 + place.length]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_each_value_stands_at_its_place(folder: Path) -> None:
    for path in workspace_files(folder):
        document = read(folder, path)
        for steps, value in scalars(document.data):
            place = document.place(steps)
            line = document.text.splitlines()[place.line - 1]
            written = line[place.column - 1 : place.column - 1 + place.length]
            assert value in written or written[0] in "'\"|>" or value.startswith(written)
            if "·" not in place.text:
                assert underlined(place) == written


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_each_record_knows_its_place(folder: Path) -> None:
    cluster, problems = load(folder)
    assert problems == ()
    for kind in KINDS:
        for name, record in cluster.records(kind).items():
            assert isinstance(record, Record)
            key = "cycle" if kind == "rotas" else "id"
            assert underlined(cluster.place(kind, name, key)) == name.split()[0]
            assert underlined(cluster.place(kind, name, key, on_key=True)) == key


def test_settings_have_a_place() -> None:
    cluster, _ = load(BASE)
    assert underlined(cluster.setting_place("cluster", "nation")) == "wales"
    assert cluster.place("schools", "nowhere").file == "sigctl.yaml"
