"""The order of files, of keys and of records never matters, nor how the records are spread over files."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from workspaces import base_files, laid_over, write

from sigctl.checks import problems_of
from sigctl.cluster import Cluster, load
from sigctl.records import KINDS
from sigctl.source import parse

EXAMPLES = Path(__file__).parents[2] / "examples"
MISTAKES = """\
schools:
  - {id: aberdare, name: Aberdare, left: 2026-07-20, number: 67441, staff_days: [2026-11-14]}
  - {id: porth, name: {en: Porth}, phase: comprehensive}
people:
  - {id: porth-head, post: Headteacher, school: prth, reviewer: {level: lead, trained: 2027-04-01}}
  - {id: porth-deputy, post: Deputy, school: porth, expertise: [attendence], languages: [cy]}
groups:
  - {id: strategic, name: Strategic, kind: strategic, reports_to: strategic, members: [{person: porth}, {school: aberdare}]}
meetings:
  - {id: m-1, group: strategic, date: 2026-11-14, start: 15:30, end: 14:00}
rotas:
  - {cycle: round-4, status: draft, visits: [{host: aberdare, dates: [2026-11-10], lead: porth-head, team: [porth-deputy]}]}
"""


def raw(texts: list[str]) -> dict[str, Any]:
    """Everything that some files say, joined."""
    joined: dict[str, Any] = {}
    for text in texts:
        data = parse("x.yaml", text).data
        assert isinstance(data, dict)
        for key, value in data.items():
            if isinstance(value, list):
                joined.setdefault(key, []).extend(value)
            else:
                joined[key] = value
    return joined


def workspaces() -> Iterator[Any]:
    base = base_files()
    yield pytest.param(raw(list((base | laid_over(base, MISTAKES)).values())), id="full of mistakes")
    for folder in sorted(EXAMPLES.iterdir()):
        texts = [path.read_text(encoding="utf-8") for path in folder.rglob("*.yaml")]
        if texts:
            yield pytest.param(raw(texts), id=folder.name)


def shuffled(value: Any, draw: random.Random) -> Any:
    """A value with the keys of each mapping in another order; lists stay, because their order has a meaning."""
    if isinstance(value, dict):
        keys = draw.sample(list(value), len(value))
        return {key: shuffled(value[key], draw) for key in keys}
    return [shuffled(each, draw) for each in value] if isinstance(value, list) else value


def spread(said: dict[str, Any], draw: random.Random, most: int) -> dict[str, str]:
    """What a workspace says, dealt out to so many files at the most, in any order and in any layout."""
    files: dict[str, dict[str, Any]] = {"sigctl.yaml": {key: value for key, value in said.items() if key not in KINDS}}
    records = [(kind, record) for kind in KINDS for record in said.get(kind, [])]
    for kind, record in draw.sample(records, len(records)):
        name = f"{draw.choice(['', 'a/', 'b/c/'])}{draw.randrange(most)}.yaml"
        files.setdefault(name, {}).setdefault(kind, []).append(record)
    return {
        name: yaml.safe_dump(
            shuffled(content, draw), allow_unicode=True, sort_keys=False, default_flow_style=draw.choice([None, True, False])
        )
        for name, content in files.items()
    }


def told(folder: Path) -> tuple[Cluster, list[tuple[str, str, str]]]:
    cluster, problems = load(folder)
    return cluster, sorted((each.code, each.message, each.advice) for each in (*problems, *problems_of(cluster)))


def same(one: Cluster, other: Cluster) -> bool:
    kinds = all(list(one.records(kind).items()) == list(other.records(kind).items()) for kind in KINDS)
    return kinds and one.settings == other.settings and one.broken == other.broken and one.incomplete == other.incomplete


@pytest.mark.parametrize("said", list(workspaces()))
def test_order_and_layout_never_matter(said: dict[str, Any], tmp_path: Path) -> None:
    cluster, problems = told(write(tmp_path / "first", spread(said, random.Random(0), 1)))
    for seed, most in enumerate((1, 2, 7, 1000), start=1):
        other, same_problems = told(write(tmp_path / str(seed), spread(said, random.Random(seed), most)))
        assert same(cluster, other)
        assert problems == same_problems


def test_the_mistakes_are_many(tmp_path: Path) -> None:
    base = base_files()
    _, problems = told(write(tmp_path, base | laid_over(base, MISTAKES)))
    assert len({code for code, _, _ in problems}) > 12
