"""What half terms are called: by the calendar's own names, or by the term and a number."""

from datetime import date
from pathlib import Path

import pytest

from sigctl.cluster import load
from sigctl.words import Words

TERMS = """\
sigctl: 1
cluster: {id: x, name: X}
calendars:
  - id: wales
    year: 2026-27
    terms:
      - {id: autumn, name: {cy: Hydref, en: Autumn}, start: 2026-09-01, end: 2026-12-18, half_term: {from: 2026-10-26, to: 2026-10-30}}
      - {id: spring, start: 2027-01-04, end: 2027-02-12}
schools: [{id: a, name: A}]
"""
NAMED = TERMS.replace("    terms:", "    half_terms: [Term 1, Term 2, Term 3]\n    terms:")


@pytest.mark.parametrize(
    ("text", "day", "called"),
    [
        (TERMS, date(2026, 10, 23), Words("Hydref 1", "Autumn 1")),
        (TERMS, date(2026, 11, 2), Words("Hydref 2", "Autumn 2")),
        (TERMS, date(2027, 1, 4), Words("spring", "spring")),
        (TERMS, date(2026, 10, 27), Words()),
        (NAMED, date(2026, 11, 2), Words("Term 2", "Term 2")),
        (NAMED, date(2027, 1, 4), Words("Term 3", "Term 3")),
    ],
)
def test_half_terms_have_names(text: str, day: date, called: Words, tmp_path: Path) -> None:
    (tmp_path / "sigctl.yaml").write_text(text, encoding="utf-8")
    assert load(tmp_path).cluster.half_term_of("a", day) == called
