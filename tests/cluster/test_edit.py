"""Single values changed in people's files: only the lines meant, verified by reading again."""

from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sigctl.cluster.edit import Change, EditError, edited
from sigctl.source import parse

TEXT = """\
# ours
rotas:
  - cycle: round-4   # the fourth
    status: draft
    visits:
      - host: a
        dates: [2026-11-10,  2026-11-11]
        state: planned      # not yet

      - {host: b, team: [p, q]}  # on one line
      # about c
      - host: c
        team:
          - p
          - q    # keeps the keys
"""
VISITS = ("rotas", 0, "visits")


def lines_changed(before: str, after: str) -> list[str]:
    return [line for line in after.splitlines() if line not in before.splitlines()]


@pytest.mark.parametrize(
    ("path", "value", "line"),
    [
        ((*VISITS, 0, "state"), "told", "        state: told      # not yet"),
        ((*VISITS, 1, "state"), "told", "      - {host: b, team: [p, q], state: told}  # on one line"),
        ((*VISITS, 1, "team", 1), "r", "      - {host: b, team: [p, r]}  # on one line"),
        ((*VISITS, 2, "team", 1), "r", "          - r    # keeps the keys"),
        (("rotas", 0, "status"), "published", "    status: published"),
        ((*VISITS, 2, "state"), "told", "        state: told"),
    ],
)
def test_only_the_line_meant_changes(path: tuple[str | int, ...], value: str, line: str) -> None:
    after = edited(TEXT, [Change(path, value)])
    assert lines_changed(TEXT, after) == [line]
    crlf = edited("\ufeff" + TEXT.replace("\n", "\r\n"), [Change(path, value)])
    assert crlf.replace("\r\n", "\n") == "\ufeff" + after


def test_what_is_not_there_is_refused() -> None:
    for path in ((*VISITS, 3, "state"), ("groups", 0, "id"), (*VISITS, 1, "team", 5)):
        with pytest.raises(EditError):
            edited(TEXT, [Change(path, "told")])


def test_a_file_that_cannot_be_read_whole_is_refused() -> None:
    with pytest.raises(EditError, match="cannot be read whole"):
        edited("rotas: [\n", [Change(("rotas",), "x")])


@settings(deadline=None)
@given(st.text(min_size=1, max_size=30))
def test_any_text_is_written_so_that_it_is_read_again_or_refused(value: str) -> None:
    try:
        after = edited(TEXT, [Change((*VISITS, 0, "state"), value)])
    except EditError:
        return
    data = parse("", after).data
    assert data["rotas"][0]["visits"][0]["state"] == normalize("NFC", value)  # type: ignore[index,call-overload]
