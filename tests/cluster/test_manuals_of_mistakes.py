"""The manuals of what can be wrong with the files themselves are true, as far as they give examples."""

import re
from pathlib import Path

import pytest
from workspaces import base_files, example, told, write

from sigctl import cluster, source
from sigctl.problem import Mistake

MISTAKES = (*source.MISTAKES, *cluster.MISTAKES)
SETTINGS = "sigctl: 1\ncluster: {id: cynon, name: Cynon}\n"


@pytest.mark.parametrize("mistake", [each for each in MISTAKES if "Wrong:" in each.manual], ids=lambda each: each.code)
def test_right_and_wrong_examples(mistake: Mistake, tmp_path: Path) -> None:
    for title, is_wrong in (("Right", False), ("Wrong", True)):
        files = {"sigctl.yaml": SETTINGS, "calendars.yaml": base_files()["calendars.yaml"], "example.yaml": example(mistake.manual, title)}
        folder = write(tmp_path / title, files)
        assert {problem.code for problem in told(folder)} == ({mistake.code} if is_wrong else set())


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda each: each.code)
def test_manual_begins_with_a_sentence(mistake: Mistake) -> None:
    assert re.fullmatch(r"[A-Z`].*\.", mistake.summary.replace("\n", " "))
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", mistake.code)


def test_codes_are_unique() -> None:
    assert len({mistake.code for mistake in MISTAKES}) == len(MISTAKES)
