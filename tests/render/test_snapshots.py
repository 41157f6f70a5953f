"""Each built-in template, with little data and with much, in each language, compared whole.

`python -m pytest tests/render --update` writes the pages anew; look at the difference before you commit it.
"""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sigctl.render import markdown
from sigctl.reports import Proof, RotaPage, SchoolLine, VisitLine
from sigctl.reports.visits import Member, Trip
from sigctl.words import Words, same

FOLDER = Path(__file__).parent / "snapshots"

HEAD = Words("Pennaeth", "Headteacher")
DEPUTY = Words("", "Deputy headteacher")
RHYDYWAUN = same("Ysgol Gyfun Rhydywaun")
TREORCHY = Words("Ysgol Gyfun Treorci", "Treorchy Comprehensive School")
NAUGHTY = same("Ysgol [/foo] & *Tŷ* | `Coch`")

FIRST = VisitLine(
    "rhydywaun",
    RHYDYWAUN,
    (date(2026, 11, 30), date(2026, 12, 1)),
    (Member("treorchy-head", HEAD, "treorchy", TREORCHY), Member("coch-deputy", DEPUTY, "coch", NAUGHTY)),
    Words("Hydref 2", "Autumn 2"),
)
SECOND = VisitLine("coch", NAUGHTY, (date(2027, 1, 14),), (Member("rhydywaun-head", HEAD, "rhydywaun", RHYDYWAUN),))

MINIMAL = RotaPage(
    cluster=same("SIG 3"),
    cycle=Words("Rownd 1", "Round 1"),
    first=date(2026, 11, 2),
    last=date(2027, 3, 19),
    status="draft",
    visits=(),
    schools=(),
    proofs=(),
)
FULL = replace(
    MINIMAL,
    cluster=Words("Grŵp Gwella Ysgolion 3", "School Improvement Group 3"),
    status="published",
    visits=(FIRST, SECOND),
    schools=(
        SchoolLine("rhydywaun", RHYDYWAUN, FIRST, (Trip(SECOND.first, SECOND.last, NAUGHTY, HEAD),), 1, 4, 3),
        SchoolLine("treorchy", TREORCHY, None, (Trip(FIRST.first, FIRST.last, RHYDYWAUN, HEAD),), 2, 0, -1),
        SchoolLine("coch", NAUGHTY, SECOND, (), 0, 1, 0),
    ),
    proofs=(Proof("fairness", 5, 3, 2), Proof("travel", 1317.4, 1317.4, is_first=False)),
    is_proved=False,
)
PAGES = {"rota.minimal": ("rota", MINIMAL), "rota.full": ("rota", FULL)}


@pytest.mark.parametrize("language", ["cy", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_page(name: str, language: str, request: pytest.FixtureRequest) -> None:
    template, page = PAGES[name]
    file = FOLDER / f"{name}.{language}.md"
    text = markdown(template, language, page)  # type: ignore[arg-type]
    if request.config.getoption("--update"):
        file.write_text(text, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == text


def test_no_page_is_left_over() -> None:
    assert {file.name for file in FOLDER.iterdir()} == {f"{name}.{language}.md" for name in PAGES for language in ("cy", "en")}


def test_every_template_has_a_page() -> None:
    templates = Path(__file__).parents[2] / "sigctl" / "render" / "templates"
    assert {file.name.removesuffix(".md.j2") for file in templates.iterdir()} == {template for template, _ in PAGES.values()}
