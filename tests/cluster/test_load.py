"""Reading a workspace: all problems at once, each once, and none that only follows from another."""

import os
from pathlib import Path

import pytest
from workspaces import base_files, laid_over, told, write

from sigctl.cluster import find_workspace, load

BASE = base_files()
ENGLISH = {"groups.yaml": "groups:\n  - {id: strategic, name: {en: Strategic Group}, kind: strategic}\n"}
SETTINGS = {"sigctl.yaml": BASE["sigctl.yaml"]}


def found(folder: Path, files: dict[str, str]) -> list[tuple[str, str]]:
    return [(str(problem.place), problem.code) for problem in told(write(folder, files))]


def test_the_workspace_is_found_upwards(tmp_path: Path) -> None:
    write(tmp_path, SETTINGS | {"a/b/x.yaml": ""})
    assert find_workspace(tmp_path / "a" / "b") == tmp_path
    assert find_workspace(tmp_path) == tmp_path
    assert find_workspace(tmp_path / "sigctl.yaml") == tmp_path


def test_everything_is_joined(tmp_path: Path) -> None:
    cluster, problems = load(write(tmp_path, BASE))
    assert problems == ()
    assert list(cluster.schools) == ["aberdare", "porth", "rhydywaun", "treorchy"]
    assert len(cluster.pupil_days("porth")) == 195
    assert [half.id for half in cluster.half_terms()][:2] == ["autumn-1", "autumn-2"]
    assert cluster.settings.cluster.name.said("cy") == "Clwstwr Cynon"


def swapped(name: str, old: str, new: str) -> dict[str, str]:
    """A file of the base with one thing changed."""
    assert old in BASE[name]
    return {name: BASE[name].replace(old, new)}


SCHOOLS = BASE["schools.yaml"]
BY_NAME = "schools:\n  aberdare: {name: A}\n  treorchy: {}\n  rhydywaun: {}\n  porth: {}\n"
NO_NATION = "sigctl: 1\ncluster: {id: x, name: X, languages: [en], nation: uk}\n"
NO_NOISE = {
    "syntax": (swapped("schools.yaml", "Porth Community", "Porth: Community"), ["schools.yaml:5:28 syntax"]),
    "section": (swapped("schools.yaml", "schools:", "scools:"), ["schools.yaml:1:1 unknown-section"]),
    "mapping": ({"schools.yaml": BY_NAME}, ["schools.yaml:1:1 wrong-kind"]),
    "no key": (swapped("schools.yaml", "schools:\n", ""), ["schools.yaml:1:3 wrong-kind"]),
    "field": (swapped("schools.yaml", "name: Porth", "nam: Porth"), ["schools.yaml:5:17 unknown-field"]),
    "anchor": (swapped("schools.yaml", "name: Porth", "name: &a Porth"), ["schools.yaml:5:23 alias"]),
    "alias": (swapped("schools.yaml", "name: Porth Community School", "name: *a"), ["schools.yaml:5:23 alias"]),
    "merge": (swapped("schools.yaml", "name: Porth", "<<: *a, name: Porth"), ["schools.yaml:5:17 alias"]),
    "hidden": (swapped("schools.yaml", "id: porth", "id: por\u200bth"), ["schools.yaml:5:13 hidden-character"]),
    "key twice": ({"schools.yaml": SCHOOLS + SCHOOLS}, ["schools.yaml:6:1 duplicate-key"]),
    "split key": (swapped("schools.yaml", "\n  - {id: porth", "\nschools:\n  - {id: porth"), ["schools.yaml:5:1 duplicate-key"]),
    "calendar": (swapped("calendars.yaml", "2026-12-18", "2026-12-38"), ["calendars.yaml:5:46 not-a-date"]),
    "calendars": ({"calendars.yaml": "calendars: [\n"}, ["calendars.yaml:1:12 syntax"]),
    "people": ({"people.yaml": BASE["people.yaml"] + "x\n"}, ["people.yaml:6:1 syntax"]),
    "cycle": (swapped("cycles.yaml", "days: 2", "days: two"), ["cycles.yaml:7:19 not-a-number"]),
    "settings": ({"sigctl.yaml": "sigctl: 1\ncluster: {id: x, name: [\n"}, ["sigctl.yaml:2:24 syntax"]),
    "no settings": ({"sigctl.yaml": ""}, ["sigctl.yaml no-settings", "sigctl.yaml:1:1 empty-file"]),
    "nation": (
        {"sigctl.yaml": "sigctl: 1\ncluster: {id: x, name: X, languages: [en], nation: uk}\n"} | ENGLISH,
        ["sigctl.yaml:2:52 unknown-value"],
    ),
    "settings key": ({"sigctl.yaml": "sigctl: 1\nclustr: {id: x, name: X}\n"}, ["sigctl.yaml:2:1 unknown-section"]),
}


@pytest.mark.parametrize(("changed", "expected"), NO_NOISE.values(), ids=NO_NOISE)
def test_one_mistake_is_told_once(changed: dict[str, str], expected: list[str], tmp_path: Path) -> None:
    assert [f"{place} {code}" for place, code in found(tmp_path, BASE | changed)] == expected


@pytest.mark.skipif(os.name != "posix", reason="needs links")
def test_a_file_that_cannot_be_opened_may_hold_anything(tmp_path: Path) -> None:
    write(tmp_path, BASE)
    (tmp_path / "schools.yaml").unlink()
    (tmp_path / "schools.yaml").symlink_to(tmp_path / "nowhere")
    assert [problem.code for problem in told(tmp_path)] == ["unreadable-file"]


def test_all_mistakes_of_all_files_in_one_run(tmp_path: Path) -> None:
    files = {
        "a.yaml": "schools:\n  - {id: A, phase: x, pupils: many}\n  - name: B\n",
        "b.yaml": "people: [\n",
        "c/d.yaml": "groups:\n  - {id: g, name: G, kind: working, members: [{person: nobody}, {person: x, school: y}]}\n",
    }
    assert found(tmp_path, SETTINGS | files) == [
        ("a.yaml:2:5", "missing-field"),
        ("a.yaml:2:10", "not-an-id"),
        ("a.yaml:2:20", "unknown-value"),
        ("a.yaml:2:31", "not-a-number"),
        ("a.yaml:3:5", "missing-field"),
        ("b.yaml:1:9", "syntax"),
        ("c/d.yaml:2:56", "unknown-id"),
        ("c/d.yaml:2:65", "unsound-record"),
        ("c/d.yaml:2:74", "unknown-id"),
        ("c/d.yaml:2:85", "unknown-id"),
    ]


def test_a_newer_format_is_all_that_is_told(tmp_path: Path) -> None:
    files = SETTINGS | {"sigctl.yaml": "sigctl: 2\ncluster: {id: x, name: X, colour: red}\n", "x.yaml": "y: z\n"}
    assert [code for _, code in found(tmp_path, files)] == ["newer-format"]


def test_names_of_python_are_no_fields(tmp_path: Path) -> None:
    changed = laid_over(BASE, "schools:\n  - {id: porth, name: Porth, busy: [{first: 2026-11-12, last: 2026-11-13}]}\n")
    assert {code for _, code in found(tmp_path, BASE | changed)} == {"missing-field", "unknown-field"}


def test_thousands_of_mistakes_are_told_soon(tmp_path: Path) -> None:
    people = "".join(f"  - {{id: p-{n}, post: Head, school: school-{n % 97}, colour: red}}\n" for n in range(2000))
    schools = "".join(f"  - {{id: schul-{n}, name: School}}\n" for n in range(1000))
    problems = told(write(tmp_path, SETTINGS | {"people.yaml": f"people:\n{people}", "schools.yaml": f"schools:\n{schools}"}))
    assert len(problems) == 4000


def test_a_record_with_thousands_of_mistakes(tmp_path: Path) -> None:
    fields = "".join(f"    key{n}: {n}\n" for n in range(3000))
    problems = told(write(tmp_path, SETTINGS | {"schools.yaml": f"schools:\n  - id: porth\n    name: Porth\n{fields}"}))
    assert [problem.code for problem in problems] == ["too-many-mistakes", *["unknown-field"] * 50]
