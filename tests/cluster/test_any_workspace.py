"""Whatever is done to the files, reading and checking them raises nothing and tells problems at places that there are."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from workspaces import base_files, example, laid_over, told, write

from sigctl.checks import CHECKS
from sigctl.source.page import BREAK

BASE = base_files()
WRONG = [laid_over(BASE, example(check.mistake.manual, "Wrong")) for check in CHECKS]
ODD = st.sampled_from(
    [
        "",
        "~",
        "[]",
        "{}",
        "no",
        "0",
        "-1",
        "99999999999",
        "2026-02-30",
        "9999-12-31",
        "0001-01-01",
        "aberdare",
        "'",
        "- ",
        ": ",
        "\n",
        "treorchy-head",
        "[[]]",
        "{cy: x}",
        "x" * 400,
        "\x1b",
        "&",
        "15:30",
    ]
)


@settings(max_examples=120, deadline=None, database=None, derandomize=True)
@given(
    st.sampled_from(WRONG), st.lists(st.tuples(st.integers(0, 9), st.integers(0, 2000), st.integers(0, 12), ODD), min_size=1, max_size=4)
)
def test_mutated_workspaces(wrong: dict[str, str], changes: list[tuple[int, int, int, str]]) -> None:
    files = BASE | wrong
    for which, at, length, new in changes:
        name = sorted(files)[which % len(files)]
        text = files[name]
        at %= len(text) + 1
        files[name] = text[:at] + new + text[at + length :]
    with TemporaryDirectory() as folder:
        problems = told(write(Path(folder), files))
    for place in (problem.place for problem in problems if problem.place.line):
        lines = BREAK.split(files[place.file])
        assert place.line <= len(lines)
        assert 0 < place.column <= len(lines[place.line - 1]) + 1
    assert all(problem.message and "\n" not in problem.message for problem in problems)
