"""The mail that asks when somebody is free, compared whole; and that its answer place is what the reader of replies looks for."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from asked import FILES, TODAY
from workspaces import Files, write

from sigctl.cluster import load
from sigctl.intake.answers import Asked
from sigctl.intake.reply import filled_reply
from sigctl.render.document import document, mail_html_of, text_of
from sigctl.reports.availability import AskLetter, letters
from sigctl.term_dates import Span
from sigctl.words import Language

FULL: Files = {
    **FILES,
    "sigctl.yaml": FILES["sigctl.yaml"].replace("PORT", "2525"),
    "groups.yaml": (
        "groups:\n  - id: strategic\n    name: {cy: Grŵp Strategol, en: Strategic Group}\n    kind: strategic\n"
        "    members: [{person: porth-head}]\n    officers: [{office: secretary, person: porth-head}]\n"
    ),
}


def letter(folder: Path, person: str, files: Files = FULL) -> AskLetter:
    cluster = load(write(folder, files)).cluster
    return next(each for each in letters(cluster, cluster.cycles["round-4"], TODAY) if each.to.id == person)


def test_the_question(tmp_path: Path, paper_snapshots: Callable[[str, str, Any], None]) -> None:
    bare = {name: text for name, text in FULL.items() if name != "groups.yaml"}
    paper_snapshots("availability.minimal", "availability", letter(tmp_path / "minimal", "porth-head", bare))
    paper_snapshots("availability.full", "availability", letter(tmp_path / "full", "aberdare-head"))


@pytest.mark.parametrize("languages", [("cy",), ("en",), ("cy", "en")])
@pytest.mark.parametrize("name", ["Ysgol Aberdâr", "Ysgol: [/foo] *x*", "A & B <i>"])
def test_whatever_the_language_and_the_names_its_answer_is_found(tmp_path: Path, languages: tuple[Language, ...], name: str) -> None:
    files = {**FULL, "schools.yaml": FULL["schools.yaml"].replace("{cy: Ysgol Aberdâr, en: Aberdare School}", f'"{name}"')}
    asked = replace(letter(tmp_path, "aberdare-head", files), languages=languages)
    made = document("availability", languages, asked, "separate")
    text = text_of(made)
    places = [line for line in text.splitlines() if line.endswith(":") and line.startswith(("Ni all", "I cannot", "The school cannot"))]
    assert len(places) == 2 * len(languages)
    for place in places:
        text = text.replace(f"\n{place}\n", f"\n{place} 24/11/2026\n")
    found = filled_reply(Asked("reply.txt", Span(asked.requests[0].first, asked.requests[0].last)), text)
    assert [(each.who.person or each.who.school, len(each.days)) for each in found.replies] == [("aberdare-head", 1), ("aberdare", 1)]
    assert found.faults == ()
    assert mail_html_of(made).count("sigctl-availability-end") == 2 * len(languages)


def test_no_reason_is_asked_for_and_none_is_told(tmp_path: Path) -> None:
    text = text_of(document("availability", ("en",), letter(tmp_path, "aberdare-head"), "separate"))
    assert "Please write no reasons" in text
    assert "telephone" not in text
    assert "governors" not in text


def test_a_head_who_is_reviewer_and_host_is_told_of_both_once(tmp_path: Path) -> None:
    text = text_of(document("availability", ("en",), letter(tmp_path, "aberdare-head"), "separate"))
    assert text.count("are about to be planned") == 1
    assert text.count("Please answer by") == 1
    assert "between 2 November 2026 and 19 March 2027" in text
    assert "Mon 16 to Tue 17 Nov" in text
