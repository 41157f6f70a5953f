"""`sigctl schema`: it takes what the reader of the files takes."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from sigctl.cluster import load
from sigctl.commands.json_schema import workspace_schema
from sigctl.commands.plain_words import example_of
from sigctl.commands.shapes import Field, Kind, all_fields
from sigctl.records import KINDS, Settings
from sigctl.source import parse, workspace_files

from .conftest import ROOT, Run
from .test_explain import FIELDS, complete

SCHEMA = workspace_schema()
VALIDATOR = Draft202012Validator(SCHEMA)


class Editor(yaml.SafeLoader):
    """YAML 1.2 as editors read it: dates and times are text, `yes` is text, `true` and numbers are not."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012


Editor.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(~|null|Null|NULL|)$"), ["~", "n", "N", ""])
Editor.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(true|True|TRUE|false|False|FALSE)$"), list("tTfF"))
Editor.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?[0-9]+$"), list("-+0123456789"))
Editor.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"^[-+]?[0-9]+\.[0-9]+$"), list("-+0123456789"))
Editor.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(loader.construct_scalar(node)))


def complaints(text: str) -> list[str]:
    found = VALIDATOR.iter_errors(yaml.load(text, Loader=Editor))
    return [f"{list(each.absolute_path)}: {each.message[:300]}" for each in found]


def refused_by_loader(folder: Path, text: str) -> bool:
    (folder / "more.yaml").write_text(text, encoding="utf-8")
    return any(each.place.file == "more.yaml" and each.code != "unknown-id" for each in load(folder).problems)


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_every_field_is_described() -> None:
    def properties(schema: Any) -> Iterator[tuple[str, Any]]:
        for each in schema.get("$defs", {}).values():
            yield from properties(each)
        yield from schema["properties"].items()

    assert all(each["description"].endswith((".", "…")) for _, each in properties(SCHEMA))
    assert {field.key for field in all_fields()} | {"cy", "en"} == {key for key, _ in properties(SCHEMA)}


@pytest.mark.parametrize("example", sorted(path for path in (ROOT / "examples").iterdir() if path.is_dir()), ids=lambda path: path.name)
def test_the_examples_are_valid(example: Path) -> None:
    for path in workspace_files(example):
        assert complaints(path.read_text(encoding="utf-8")) == [], path


def test_starters_and_made_workspaces_are_valid(sigctl: Run, shared: Path, tmp_path: Path) -> None:
    sigctl("init", tmp_path / "starter", "--today", "2026-11-22")
    make = [sys.executable, str(shared / "tools" / "make_workspace.py"), str(tmp_path / "made")]
    subprocess.run([*make, "--around", "6744105", "--schools", "7", "--seed", "1"], check=True, capture_output=True)
    for path in (*workspace_files(tmp_path / "starter"), *workspace_files(tmp_path / "made")):
        assert complaints(path.read_text(encoding="utf-8")) == [], path


PERSON = "people:\n  - id: x\n"
CYCLE = "cycles:\n  - id: c\n    name: C\n    from: 2026-11-02\n    to: 2027-03-19\n"


@pytest.mark.parametrize(
    "text",
    [
        "schools:\n  - {id: a, name: A, number: 6744105, pupils: 812}\n",
        'schools:\n  - {id: a, name: A, number: "0744105", pupils: "812"}\n',
        "schools:\n  - {id: a, name: 2026, postcode: true}\n",
        "schools:\n  - {id: 2026, name: A}\n",
        "schools:\n  - {id: a, name: {en: A}, closed: [2026-11-12, {from: 2026-11-13}, {from: 2026-11-16, to: 2026-11-17, why: x}]}\n",
        "schools:\n  - id: a\n    name: A\n    contact:\n    pupils:\n    phase:\n    busy:\n",
        "schools:\n  - {id: a, name: A, location: {lat: 51, lon: -3.5}, contact: {publish: yes}}\n",
        "schools:\npeople:\n",
        PERSON + "    reviewer: {level: lead, trained: 2025-09-12, max_visits: 0}\n",
        PERSON + "    weekdays: [mon, fri]\n    speaks: [cy]\n    phone: 01443 217523\n",
        CYCLE + "    rules: {visits_per_week: none, visits_per_day: 2, swaps: no, leads: 0}\n",
        CYCLE + "    rules: {visits_per_week: None, swaps: TRUE}\n    goals: [travel, {goal: fairness, slack: 0.5}]\n",
        CYCLE + "    visits: [{host: a}, {host: b, days: 3, fixed: {start: 2026-11-24, why: hall}}]\n",
        "meetings:\n  - {id: m, group: g, date: 2026-11-12, start: 15:30, end: 9:05, link: https://x.example.org/a}\n",
        "meetings:\n  - {id: m, group: g, date: 2026-11-12, minutes: {notes: {1: Noted, a: {cy: Nodwyd}}}}\n",
    ],
)
def test_what_the_reader_takes_the_schema_takes(small: Path, text: str) -> None:
    assert not refused_by_loader(small, text)
    assert complaints(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "school:\n  - {id: a, name: A}\n",
        "schools:\n  - {id: a, nmae: A}\n",
        "schools:\n  - {id: a}\n",
        "schools:\n  a: {name: A}\n",
        "schools:\n  - {id: Pen Y Dre, name: A}\n",
        "schools:\n  - {id: pen--y, name: A}\n",
        "schools:\n  - {id: a, name: A, pupils: many}\n",
        "schools:\n  - {id: a, name: A, pupils: -1}\n",
        "schools:\n  - {id: a, name: A, pupils: 1.5}\n",
        "schools:\n  - {id: a, name: A, phase: secondry}\n",
        "schools:\n  - {id: a, name: A, closed: 2026-11-12}\n",
        "schools:\n  - {id: a, name: A, closed: [12/11/2026]}\n",
        "schools:\n  - {id: a, name: A, closed: [{form: 2026-11-12}]}\n",
        "schools:\n  - {id: a, name: A, location: {lat: 151, lon: -3.5}}\n",
        "schools:\n  - {id: a, name: {}}\n",
        "schools:\n  - {id: a, name: {fr: A}}\n",
        "schools:\n  - {id: a, name: A, contact: {email: x, publish: maybe}}\n",
        PERSON + "    weekdays: [monday]\n",
        PERSON + "    weekdays: []\n",
        PERSON + "    email: nobody\n",
        PERSON + "    reviewer: {level: lead}\n",
        PERSON + "    reviewer: {level: lead, trained: 2025-13-01}\n",
        CYCLE + "    visit: {days: 6}\n",
        CYCLE + "    visit: {days: 0}\n",
        CYCLE + "    rules: {visits_per_week: 0}\n",
        CYCLE + "    rules: {visits_per_week: many}\n",
        CYCLE + "    goals: [fairnes]\n",
        "meetings:\n  - {id: m, group: g, date: 2026-11-12, start: 25:30}\n",
        "meetings:\n  - {id: m, group: g, date: 2026-11-12, link: example.org}\n",
        "rotas:\n  - {cycle: c, status: final}\n",
        "calendars:\n  - {id: c, year: 2026/27, terms: []}\n",
    ],
)
def test_what_the_schema_refuses_the_reader_refuses(small: Path, text: str) -> None:
    assert refused_by_loader(small, text)
    assert complaints(text)


VALUES = (
    "x", "''", "~", '"5"', "5", "-1", "0", "1.5", "true", "yes", "2026-11-12", "12/11/2026", "15:30", "[]", "{}", "[x]", "[2026-11-12]",
    "{a: b}", "none", "A B", "cy", "{cy: x}", "{from: 2026-11-12}", "https://x.org", "a@b.org", "fairness", "9999999999", "01", "1e3",
)  # fmt: skip
UNSAID = ("groups.members", "cycles.stages", "cluster.time_zone")
"""What a schema leaves to the reader: that there is one of several fields, and which time zones there are."""


@pytest.mark.parametrize("offset", range(3))
def test_schema_and_reader_agree_on_any_value_in_any_field(offset: int) -> None:
    inner = [field for field in FIELDS.values() if len(field.path) > 1 and not field.name.startswith(UNSAID)]
    for field, value in list(product(inner, VALUES))[offset::23]:
        text = with_value(field, value)
        document = parse("example.yaml", text)
        assert isinstance(document.data, dict)
        if value == "true" and field.shape.kind is Kind.ID:
            continue
        assert (not complaints(text)) == is_read(document.data), text


def with_value(field: Field, value: str) -> str:
    """A whole record in which one field has some value, in flow style."""
    document = parse("example.yaml", "\n".join(example_of(field)))
    assert isinstance(document.data, dict)
    section = field.path[0]
    raw = complete(document.data[section], FIELDS[section])
    around = raw[0] if isinstance(raw, list) else raw
    for key in field.path[1:-1]:
        around = around[key][0] if isinstance(around[key], list) else around[key]
    around[field.key] = "<VALUE>"
    return json.dumps({section: raw}, ensure_ascii=False).replace('"<VALUE>"', value)


def is_read(data: dict[str, Any]) -> bool:
    (section, raw) = next(iter(data.items()))
    try:
        if section in KINDS:
            KINDS[section].model_validate(raw[0])
        else:
            Settings.model_validate({"sigctl": "1", "cluster": {"id": "a", "name": "A"}, section: raw})
    except ValidationError:
        return False
    return True


def test_it_prints_and_writes(sigctl: Run, tmp_path: Path) -> None:
    done = sigctl("schema")
    assert json.loads(done.out) == SCHEMA
    assert sigctl("schema", "-o", "-").out == done.out
    told = sigctl("schema", "-o", tmp_path / "s.json")
    assert (told.out, told.err) == ("", f"wrote {tmp_path / 's.json'}\n")
    assert "is as it was" in sigctl("schema", "-o", tmp_path / "s.json").err
    assert "would write" in sigctl("schema", "-n", "-o", tmp_path / "t.json").err
    assert not (tmp_path / "t.json").exists()
    assert (tmp_path / "s.json").read_text(encoding="utf-8") == done.out


def test_it_is_added_to_a_workspace_and_nothing_else_changes(sigctl: Run, small: Path) -> None:
    files = {
        "sigctl.yaml": (small / "sigctl.yaml").read_bytes(),
        "sub/crlf.yaml": b"schools:\r\n  - {id: x, name: X}   # remark\r\n",
        "sub/deep/bom.yml": b"\xef\xbb\xbfpeople:\n  - id: y",
        "has.yaml": b"# mine\n# yaml-language-server: $schema=https://example.org/s.json\npeople: []\n",
        "latin.yaml": b"people: # caf\xe9\n",
        "empty.yaml": b"\n# nothing yet\n",
        "broken.yaml": b"schools:\n  - {id: x, name: X\n",
        "out/left.yaml": b"out: 1\n",
    }
    for name, content in files.items():
        (small / name).parent.mkdir(parents=True, exist_ok=True)
        (small / name).write_bytes(content)
    told = sigctl("schema", "--add", "-n", "-w", small)
    assert told.err.count("would write") == 4
    assert "would write sub/deep/bom.yml\n" in told.err
    assert told.err.count("left ") == 3
    assert "left empty.yaml alone: there is nothing in this file\n" in told.err
    assert {name: (small / name).read_bytes() for name in files} == files
    assert sigctl("schema", "--add", "-w", small).err.count("wrote") == 4
    line = b"# yaml-language-server: $schema="
    assert (small / "sigctl.yaml").read_bytes() == line + b".sigctl/schema.json\n" + files["sigctl.yaml"]
    assert (small / "sub/crlf.yaml").read_bytes() == line + b"../.sigctl/schema.json\r\n" + files["sub/crlf.yaml"]
    assert (small / "sub/deep/bom.yml").read_bytes() == b"\xef\xbb\xbf" + line + b"../../.sigctl/schema.json\n" + files["sub/deep/bom.yml"][
        3:
    ]
    assert all(
        (small / name).read_bytes() == files[name] for name in ("has.yaml", "latin.yaml", "empty.yaml", "broken.yaml", "out/left.yaml")
    )
    assert json.loads((small / ".sigctl" / "schema.json").read_text(encoding="utf-8")) == SCHEMA
    assert "wrote" not in sigctl("schema", "--add", "-w", small).err


@pytest.mark.parametrize("name", ["sigctl.yaml", "new.yml", "templates/new.yaml", "missing/s.json"])
@pytest.mark.parametrize("more", [(), ("-n",)])
def test_it_never_writes_a_file_of_a_workspace_or_makes_a_folder(sigctl: Run, small: Path, name: str, more: tuple[str, ...]) -> None:
    (small / "templates").mkdir()
    before = {path: path.read_bytes() for path in small.rglob("*") if path.is_file()}
    done = sigctl("schema", "-o", small / name, *more)
    assert (done.code, done.out) == (2, "")
    assert {path: path.read_bytes() for path in small.rglob("*") if path.is_file()} == before
    assert not (small / "missing").exists()


def test_add_and_output_do_not_go_together(sigctl: Run, small: Path) -> None:
    assert sigctl("schema", "--add", "-o", "x", "-w", small).code == 2


@pytest.mark.parametrize("example", sorted(path for path in (ROOT / "examples").iterdir() if path.is_dir()), ids=lambda path: path.name)
def test_the_examples_hold_the_schema_of_today(sigctl: Run, example: Path) -> None:
    assert "would write" not in sigctl("schema", "--add", "-n", "-w", example).err, "run `sigctl schema --add` there"
