"""Papers for everyone: each kind of paper, as PDF judged by veraPDF, as HTML by axe-core in a browser and by the Nu checker."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from one_of_everything import BESIDE, BLOCKS, DOCUMENT

from sigctl.cluster import load
from sigctl.commands.specimens import specimens
from sigctl.render.document import Layout, document, html_of
from sigctl.render.document.pdf import pdf_of
from sigctl.render.document.tree import Document
from sigctl.words import Language

EXAMPLE = Path(__file__).parents[2] / "examples" / "cynon-taf"
TODAY = date(2026, 11, 20)
WAYS: list[tuple[tuple[Language, ...], Layout]] = [(("cy", "en"), "blocks"), (("en", "cy"), "columns"), (("en",), "blocks")]


@pytest.fixture(scope="module")
def papers() -> Mapping[str, Any]:
    """A report for each template, from the larger example."""
    cluster, _ = load(EXAMPLE)
    return dict(reversed(list(specimens(cluster, TODAY))))


@pytest.fixture(scope="module")
def documents(papers: Mapping[str, Any]) -> Mapping[str, Document]:
    """Every paper in every way that languages can stand on it, and one of everything."""
    made = {
        f"{name}.{'-'.join(languages)}.{layout}": document(name, languages, report, layout)
        for name, report in papers.items()
        for languages, layout in WAYS
    }
    return {"everything": replace(DOCUMENT, blocks=BLOCKS[:-1]), "beside": BESIDE, **made}


def test_there_is_a_paper_of_each_family(papers: Mapping[str, Any]) -> None:
    assert {"rota", "agenda", "cycle", "groups"} <= set(papers)


def test_every_paper_is_pdf_ua(documents: Mapping[str, Document], pdf_judge: Callable[[Mapping[str, bytes]], list[str]]) -> None:
    short = ("agenda.en-cy.columns", "minutes.en-cy.columns", "programme.en-cy.columns")
    printed = {name: pdf_of(each) for name, each in documents.items() if name.endswith("cy-en.blocks") or name in short}
    assert [note for each in printed.values() for note in each.notes] == []
    assert pdf_judge({name: each.content for name, each in printed.items()}) == []


def test_every_page_is_valid(documents: Mapping[str, Document], html_judge: Callable[[Mapping[str, str]], list[str]]) -> None:
    assert html_judge({name: html_of(each) for name, each in documents.items()}) == []


def test_nobody_is_kept_out_of_any_page(
    documents: Mapping[str, Document], access_judge: Callable[[Mapping[str, str]], dict[str, list[str]]]
) -> None:
    pages = {name: html_of(each) for name, each in documents.items() if not name.endswith(".en.blocks")}
    assert {name: found for name, found in access_judge(pages).items() if found} == {}


def test_a_judge_finds_what_is_wrong(
    html_judge: Callable[[Mapping[str, str]], list[str]], access_judge: Callable[[Mapping[str, str]], dict[str, list[str]]]
) -> None:
    """So that silence means something."""
    page = html_of(DOCUMENT).replace("<h1>", "<h1><img src='x'>").replace('<html lang="cy">', "<html>")
    assert html_judge({"wrong": page})
    found = "\n".join(access_judge({"wrong": page})["wrong"])
    assert "image-alt" in found
    assert "html-has-lang" in found
