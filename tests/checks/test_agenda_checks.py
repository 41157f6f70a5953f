"""What the checks of agendas let pass, besides what their manuals show."""

from pathlib import Path

import pytest
from workspaces import base_files, laid_over, told, write

BASE = base_files()
GROUP = "groups:\n  - {id: strategic, name: S, kind: strategic, quorum: %s}\n"
MEETING = "meetings:\n  - {id: m, group: strategic, date: 2026-11-12, items: [{title: A, feedback: below}]%s}\n"
SCHOOLS = "schools:\n  - {id: old, name: Old, left: 2026-07-20, merged_into: porth}\n"
GROUPS = (
    "groups:\n  - {id: strategic, name: S, kind: strategic}\n  - {id: middle, name: M, kind: working, reports_to: strategic}\n"
    "  - {id: below, name: B, kind: working, reports_to: %s%s}\n"
)


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (GROUPS % ("middle", "") + MEETING % "", []),
        (GROUPS % ("middle", ", ended: 2026-11-12") + MEETING % "", []),
        (GROUPS % ("middle", ", started: 2026-11-13") + MEETING % "", ["feedback-after-end"]),
        (GROUPS % ("middle", ", ended: 2026-11-11") + MEETING % ", status: cancelled", []),
        (MEETING.replace("below", "strategic") % "", ["feedback-elsewhere"]),
        (GROUP % "2, members: [{school: porth}, {guest: A}]", ["quorum-too-large"]),
        (GROUP % "2", []),
        (SCHOOLS + GROUP % "2, members: [{school: porth}, {school: old}]", ["quorum-too-large", "member-has-left"]),
        (GROUP % "2, ended: 2026-07-20, members: [{school: porth}]", []),
        (GROUP % "1, members: [{school: porth}, {school: treorchy, to: 2026-07-20}]", []),
    ],
)  # fmt: skip
def test_what_is_found(block: str, expected: list[str], tmp_path: Path) -> None:
    assert [each.code for each in told(write(tmp_path, BASE | laid_over(BASE, block)))] == expected


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ("[{id: dates, title: Dates}]", []),
        ("[{id: dates, title: Dates}, {title: Staff, confidential: true}]", ["item-id"]),
        ('[{id: "1", title: Dates}]', ["item-id"]),
    ],
)
def test_an_item_may_be_called_like_a_block_where_nothing_is_confidential(items: str, expected: list[str], tmp_path: Path) -> None:
    block = f"groups:\n  - {{id: g, name: G, kind: working}}\nmeetings:\n  - {{id: m, group: g, date: 2026-11-12, items: {items}}}\n"
    assert [each.code for each in told(write(tmp_path, BASE | laid_over(BASE, block)))] == expected
