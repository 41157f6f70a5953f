"""The lines above papers that are sent, and what somebody is told of the rota, compared whole."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from typing import Any

from remindful import BARE, GROUP, IMPRINT, OTHER, READER, ROUND, TREORCHY

from sigctl.reports.sending import PaperNews, Part, PartChange, RotaNews
from sigctl.reports.visit import StageLine
from sigctl.words import Words, same

Snapshots = Callable[[str, str, Any], None]
DAY = date(2026, 11, 12)
LINK = "https://example.org/papers?of=1&day=2"
PLAIN = PaperNews(BARE, "agenda", GROUP, DAY, None, None, Words(), "", ("en",))
FULL = replace(
    PLAIN,
    imprint=IMPRINT,
    start=time(15, 30),
    end=time(17),
    venue=same("Neuadd | *Hall*"),
    link=LINK,
    languages=("cy", "en"),
    is_again=True,
)
STAGES = (
    StageLine("self-evaluation", Words("Hunanarfarnu", "Self-evaluation"), date(2026, 10, 27)),
    StageLine("report", Words("Adroddiad", "Report"), date(2026, 11, 24)),
)
HOST = Part("host", "host", "treorchy", TREORCHY, (date(2026, 11, 10), date(2026, 11, 11)), (OTHER, READER), STAGES)
LEAD = Part("out treorchy", "lead", "treorchy", TREORCHY, (date(2026, 11, 10), date(2026, 11, 11)), (READER, OTHER))
MOVED = replace(LEAD, role="member", dates=(date(2026, 11, 17), date(2026, 11, 18)), team=(OTHER, READER))
STAGE = Part("stage", "stage", "treorchy", TREORCHY, (date(2026, 11, 24),), stages=STAGES[1:])
CHANGES = (
    PartChange(LEAD, MOVED),
    PartChange(None, STAGE),
    PartChange(replace(LEAD, role="reserve", team=()), None),
    PartChange(HOST, None, is_off=True),
)


def test_above_a_paper(paper_snapshots: Snapshots) -> None:
    paper_snapshots("sending_paper.minimal", "sending_paper", PLAIN)
    paper_snapshots("sending_paper.full", "sending_paper", FULL)
    paper_snapshots("sending_paper.minutes", "sending_paper", replace(FULL, kind="minutes", is_again=False, is_apart=True))


def test_the_rota(paper_snapshots: Snapshots) -> None:
    first = RotaNews(IMPRINT, ROUND, READER, ("cy", "en"), is_first=True, changes=(), entries=1)
    paper_snapshots("sending_rota.minimal", "sending_rota", replace(first, imprint=BARE, changes=(PartChange(None, STAGE),)))
    paper_snapshots("sending_rota.first", "sending_rota", replace(first, changes=(PartChange(None, HOST),), entries=3, has_sheet=True))
    why = Words("Mae Ann yn sâl.", "Ann's school is closed | for repairs.")
    paper_snapshots("sending_rota.full", "sending_rota", replace(first, is_first=False, changes=CHANGES, why=why, entries=2, taken_out=2))
    off = tuple(PartChange(each, None, is_off=True) for each in (HOST, LEAD))
    paper_snapshots("sending_rota.off", "sending_rota", replace(first, is_first=False, changes=off, why=why, entries=0, taken_out=1))
