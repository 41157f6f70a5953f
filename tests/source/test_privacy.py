"""The line of a file that a message shows holds nobody's telephone number, address or reasons."""

import pytest

from sigctl.source.page import Page, masked

LINES = [
    ("    phone: 01632 960123", "    phone: ····· ······"),
    ("    phone: '01632 960123, ext. 4'  # home", "    phone: ······ ······· ···· ··  · ····"),
    (
        "  - {id: head, phone: 01632 960123, email: head@example.org, post: Head}",
        "  - {id: head, phone: ····· ······, email: ················, post: Head}",
    ),
    ('  - {why: "ill, until, spring", to: 2026-11-12}', "  - {why: ····· ······ ·······, to: 2026-11-12}"),
    ("  - {host: a, fixed: {start: 2026-11-12, why: the hall, until: 2026-12-01}}",) * 2,
    ("    why: a funeral, on Tuesday", "    why: · ········ ·· ·······"),
    ("  - {from: 2026-11-12, why: inspection}", "  - {from: 2026-11-12, why: ··········}"),
    ("    phnoe: 01632 960123", "    phnoe: ····· ······"),
    ("    phnoe: +44 (0)1632 960123", "    phnoe: ··· ······· ······"),
    ("    emial: head@example.org", "    emial: ················"),
    ("    number: 6744105", "    number: 6744105"),
    ("    number: 0123456", "    number: 0123456"),
    ("    from: 2026-09-01", "    from: 2026-09-01"),
    ("    location: {lat: 51.7127, lon: -3.4451}", "    location: {lat: 51.7127, lon: -3.4451}"),
    ("    password: hunter2", "    password: ·······"),
]


@pytest.mark.parametrize(("line", "expected"), LINES)
def test_private_parts_of_a_line(line: str, expected: str) -> None:
    assert masked(line) == expected
    assert len(masked(line)) == len(line)


@pytest.mark.parametrize(
    "text",
    [
        "people:\n  - id: head\n    unavailable:\n      - from: 2026-11-12\n        why: >\n          SECRET\n\n          SECRET\n",
        "people:\n  - id: head\n    unavailable:\n      - why: a long\n          SECRET story\n        from: 2026-11-12\n",
        'people:\n  - id: head\n    phone: "SECRET\n      SECRET"\n',
        "people:\n  - {id: head, why: one\n      SECRET,\n      post: Head}\n",
    ],
)
def test_reasons_over_several_lines(text: str) -> None:
    page = Page("people.yaml", text)
    assert "SECRET" not in "".join(page.shown(line) for line in range(len(page.lines)))
    assert "id: head" in page.shown(1)


def test_hidden_characters_are_shown_as_signs() -> None:
    assert Page("x.yaml", "a: \x1b[31m\u202e\tb").shown(0) == "a: \ufffd[31m\ufffd→b"
