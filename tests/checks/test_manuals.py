"""The manual of each check is true: its right example gives no problem of its kind, its wrong one does."""

import re
from inspect import cleandoc
from pathlib import Path

import pytest
from workspaces import base_files, example, laid_over, told, write

from sigctl.checks import CHECKS, MISTAKES, Check

BASE = base_files()


def codes(folder: Path, yaml: str) -> list[str]:
    return [problem.code for problem in told(write(folder, BASE | laid_over(BASE, yaml)))]


def test_nothing_is_wrong_in_the_base(tmp_path: Path) -> None:
    assert told(write(tmp_path, BASE)) == ()


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.mistake.code)
def test_right_and_wrong_examples(check: Check, tmp_path: Path) -> None:
    code = check.mistake.code
    assert code not in codes(tmp_path / "right", example(check.mistake.manual, "Right"))
    assert code in codes(tmp_path / "wrong", example(check.mistake.manual, "Wrong"))


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.mistake.code)
def test_manual_begins_with_a_sentence(check: Check) -> None:
    assert re.fullmatch(r"[A-Z][^\n]*[^\n]\.", check.mistake.summary.replace("\n", " "))
    assert check.mistake.manual == cleandoc(check.mistake.manual)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", check.mistake.code)


def test_codes_are_unique() -> None:
    assert len({mistake.code for mistake in MISTAKES}) == len(MISTAKES)
