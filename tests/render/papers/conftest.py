"""Papers compared whole: each template with little data and with much, in Welsh, in English, and in both.

`python -m pytest tests/render/papers --update` writes them anew; look at the difference before you commit it.

    def test_agenda(paper_snapshots):
        paper_snapshots("agenda.full", "agenda", FULL)  # agenda.full.cy.md, agenda.full.en.md, agenda.full.both.md
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sigctl.render.document import document, markdown_of, text_of

FOLDER = Path(__file__).parent / "snapshots"

Snapshot = Callable[[str, str], None]


@pytest.fixture
def paper_snapshot(request: pytest.FixtureRequest) -> Snapshot:
    """Compare a text with the file of that name, or write it with --update."""

    def compare(name: str, text: str) -> None:
        file = FOLDER / f"{name}.md"
        if request.config.getoption("--update"):
            file.write_text(text, encoding="utf-8")
        assert file.read_text(encoding="utf-8") == text

    return compare


@pytest.fixture
def paper_snapshots(paper_snapshot: Snapshot) -> Callable[[str, str, Any], None]:
    """Compare a paper with its files: Markdown in each language, and plain text in both."""

    def compare(name: str, template: str, report: Any) -> None:
        assert name.partition(".")[0] == template, "the name begins with that of the template, as in `agenda.full`"
        for language in ("cy", "en"):
            paper_snapshot(f"{name}.{language}", markdown_of(template, (language,), report))  # type: ignore[arg-type]
        paper_snapshot(f"{name}.both", text_of(document(template, ("cy", "en"), report)))

    return compare
