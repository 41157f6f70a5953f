"""Each built-in template, with little data and with much, in each language, compared whole.

`python -m pytest tests/render --update` writes the pages anew; look at the difference before you commit it.
"""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sigctl.commands.rota.shown import View
from sigctl.commands.rota.tables import Sheet
from sigctl.render import Table, markdown
from sigctl.reports.fairness import CycleHead, FairnessPage, Standing
from sigctl.reports.visits import Member, Proof, RotaPage, SchoolLine, Trip, VisitLine
from sigctl.rota.past.balances import Turn
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
FAIRNESS = FairnessPage(
    Words("Grŵp Gwella Ysgolion 3", "School Improvement Group 3"),
    (CycleHead("round-3", Words("Rownd 3", "Round 3")), CycleHead("round-4", Words("", "Round | 4"), is_draft=True)),
    (
        Standing("rhydywaun", RHYDYWAUN, 3, (Turn("round-3", 4, 6, 1), Turn("round-4", 6, 6, 1))),
        Standing("coch", NAUGHTY, 0, (None, Turn("round-4", 2, 6, -4)), joined=date(2026, 10, 26)),
        Standing("treorchy", TREORCHY, -1, (Turn("round-3", 2, 0, 1), None), left=date(2026, 10, 23)),
    ),
)

SHEET = Sheet(FULL, View.PEOPLE, Table("Tŷ | person", ("Day", "*Who*", "Days"), ((date(2026, 11, 30), "a|b\n=1", 2), (None, "<i>", 0.5))))

PAGES = {
    "rota.minimal": ("rota", MINIMAL),
    "rota.full": ("rota", FULL),
    "fairness.minimal": ("fairness", FairnessPage(same("SIG 3"), (), ())),
    "fairness.full": ("fairness", FAIRNESS),
    "view.minimal": ("view", Sheet(MINIMAL, View.MAP, Table("Map", ("A",), ()))),
    "view.full": ("view", SHEET),
}


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


def test_every_page_is_of_a_template() -> None:
    templates = Path(__file__).parents[2] / "sigctl" / "render" / "templates"
    assert {template for template, _ in PAGES.values()} <= {file.name.removesuffix(".md.j2") for file in templates.glob("*.md.j2")}
