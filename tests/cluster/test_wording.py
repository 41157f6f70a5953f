"""What is said of a refused record: plain words, the nearest name, nobody's data."""

from pathlib import Path

import pytest
from workspaces import base_files, laid_over, told, write

from sigctl.commands.messages import message

BASE = base_files()


def said(folder: Path, block: str) -> list[str]:
    return [f"{each.message} | {each.advice}" for each in told(write(folder, BASE | laid_over(BASE, block)))]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("phase: primry", "`primry` is not one of nursery, primary, secondary, all-through, special, pru | did you mean `primary`?"),
        ("pupils: 1,200", "`1` is not a field"),
        ("pupils: '1,200'", "`1,200` is not a whole number | write digits alone, such as 3"),
        ("pupils: -3", "`-3` is less than 0 | write 0 or more"),
        ("location: {lat: 91, lon: 0}", "`91` is more than 90 | write 90 or less"),
        ("location: [51.7, -3.4]", "fields belong here, but this is a list | write `{lat: …, lon: …}`"),
        ("joined: 1 Sept 2026", "`1 Sept 2026` is not a date | write year-month-day, such as 2026-11-12"),
        ("joined: 2026-02-30", "there is no day 2026-02-30 in the calendar | check the month and the day"),
        ("closed: 2026-11-12", "a list belongs here, but this is a text | write one entry a line, each after a hyphen and a space"),
        ("adress: x", "`adress` is not a field of school | the fields of school are id, name, number"),
        ("email: x", "`email` is not a field of school | it belongs in `contact:`, set in two spaces further"),
        ("contact: {pupils: 3}", "`pupils` is not a field of contact | it is a field of school: set it in two spaces less"),
        ("max-out: 3", "`max-out` is not a field of school | did you mean `max_out`?"),
        ("phase: [primary]", "one value belongs here, but this is a list | write it behind the colon"),
        ("local_authority: {cy: '', en: ''}", "this text is empty in both languages | write it, or leave the key out"),
        (f"phase: {'x' * 500}", f"`{'x' * 59}…` is not one of"),
        (f"{'x' * 500}: y", f"`{'x' * 59}…` is not a field of school"),
        (f"joined: {'x' * 500}", f"`{'x' * 59}…` is not a date"),
    ],
)
def test_words(fields: str, expected: str, tmp_path: Path) -> None:
    told_words = said(tmp_path, f"schools:\n  - id: porth\n    name: Porth\n    location: {{lat: 51.6, lon: -3.4}}\n    {fields}\n")
    if fields == "pupils: 1,200":
        assert told_words == ["`1,200` is not a whole number | write digits alone, such as 3"]
    elif "location" in fields:
        assert any("a second time" in each for each in told_words)
    else:
        assert len(told_words) == 1
        assert told_words[0].startswith(expected)


@pytest.mark.parametrize("fields", ["lat: 91, lon: 0", "lon: 0, lat: 91"])
def test_numbers_out_of_range(fields: str, tmp_path: Path) -> None:
    assert said(tmp_path, f"schools:\n  - {{id: porth, name: Porth, location: {{{fields}}}}}\n") == [
        "`91` is more than 90 | write 90 or less"
    ]


SECRETS = [
    "phone: {a: SECRET}",
    "phone: [SECRET, SECRET]",
    "phone: 0SECRET",
    "phone: {SECRET: 1}",
    "email: SECRET",
    "email: SECRET@",
    "emial: SECRET@example.org",
    "unavailable: [{from: 2026-11-12, to: 2026-11-10, why: SECRET}]",
    "unavailable: [{from: 2026-11-12, why: [SECRET]}]",
    "unavailable: [{from: 2026-11-12, because: x, why: 'SECRET, SECRET'}]",
    "unavailable: [{why: SECRET}]",
    "unavailable: [{from: 2026-11-12, why: a SECRET, on SECRET}]",
    "unavailable: [{from: 2026-11-12, why: a SECRET, SECRET, to: 2026-11-13}]",
    "unavailable:\n      - why: >\n          SECRET\n          SECRET\n",
    "unavailable:\n      - from: x\n        why: SECRET: SECRET\n",
    "phone: 'SECRET",
    "phone: @SECRET",
    "phone: !SECRET x",
    "phone: *SECRET",
    "phone: S\x1bECRET",
]


@pytest.mark.parametrize("fields", SECRETS)
def test_nobodys_data_is_shown(fields: str, tmp_path: Path) -> None:
    person = f"people:\n  - id: porth-head\n    post: Headteacher\n    school: porth\n    {fields}\n"
    problems = told(write(tmp_path, BASE | {"people.yaml": person}))
    assert problems
    assert not [each for each in problems if "SECRET" in message(each) or "ECRET" in message(each)]
