"""`sigctl words`: what the papers say, which words nobody has confirmed, and how a cluster says them in its own way."""

import csv
from pathlib import Path

import pytest

from .conftest import SMALL, Run
from .test_template import CYNON, TODAY, cluster  # noqa: F401

WORDS = "words:\n  rota.host: {cy: Ysgol letyol, en: Host school}\n"


@pytest.fixture
def own(small: Path) -> Path:
    """A workspace with words of its own."""
    (small / "sigctl.yaml").write_text(SMALL + WORDS, encoding="utf-8")
    return small


def test_all_words_stand_there_in_both_languages_with_marks(sigctl: Run, small: Path) -> None:
    told = sigctl("words", "-w", small)
    assert told.code == 0
    (row,) = (line.split() for line in told.out.splitlines() if line.strip().startswith("rota.host "))
    assert row == ["rota.host", "Ysgol", "sy'n", "croesawu", "Host", "school", "unverified"]


def test_words_can_be_searched_for(sigctl: Run, small: Path) -> None:
    told = sigctl("words", "HALF TERM", "-w", small).out
    assert "rota.half_term" in told
    assert "rota.host" not in told
    assert sigctl("words", "no such words", "-w", small).err == "there are no such words\n"


def test_only_the_unverified(sigctl: Run, small: Path) -> None:
    told = [
        line
        for line in sigctl("words", "--unverified", "-w", small).out.splitlines()
        if "." in line.partition(" ")[0].strip() or line.strip()
    ]
    assert all(line.endswith("unverified") for line in told if " rota." in line)
    assert not [line for line in told if line.strip().startswith("rota.half_term ")]


def test_own_words_are_marked_and_stand_on_the_papers(sigctl: Run, own: Path, cluster: Path) -> None:  # noqa: F811
    told = sigctl("words", "--own", "-w", own).out
    assert "rota.host" in told
    assert "Ysgol letyol" in told
    assert "rota.team" not in told
    settings = cluster / "sigctl.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + '\nwords:\n  rota.host: {cy: "Ysgol *letyol*"}\n', encoding="utf-8")
    page = sigctl("rota", "show", "-w", cluster, "--format", "md", "--lang", "both", *TODAY)
    assert r"| Ysgol \*letyol\* |" in page.out
    assert "| Host school |" in page.out


def test_own_words_are_gone_with_the_run(sigctl: Run, own: Path, small: Path) -> None:
    from sigctl.render import label

    assert sigctl("words", "-w", own).code == 0
    assert label("rota.host", "cy") == "Ysgol sy'n croesawu"


def test_a_form_of_a_word_that_is_counted_has_a_key_of_its_own(sigctl: Run, small: Path) -> None:
    told = sigctl("words", "page.minutes", "-w", small).out
    assert [line.split()[0] for line in told.splitlines() if "page.minutes" in line] == [
        f"page.minutes.{form}" for form in ("zero", "one", "two", "few", "many", "other")
    ]


@pytest.mark.parametrize(
    ("key", "advice"),
    [("rota.hosts", "did you mean `rota.host`?"), ("page.minutes", "write `page.minutes.other`, or another form"), ("dates.months", "")],
)
def test_a_key_that_no_paper_uses_is_told_at_its_place(key: str, advice: str, sigctl: Run, small: Path) -> None:
    (small / "sigctl.yaml").write_text(SMALL + f"words:\n  {key}: {{cy: a, en: b}}\n", encoding="utf-8")
    told = sigctl("check", "-w", small)
    assert told.code == 1
    assert f"sigctl.yaml:9:3: error: no paper uses the words `{key}` [unknown-words]" in told.out
    assert advice in told.out
    assert "rota.host:" in sigctl("explain", "unknown-words").out


def test_words_go_to_a_table_for_excel_in_which_nothing_is_a_formula(sigctl: Run, own: Path, tmp_path: Path) -> None:
    text = (own / "sigctl.yaml").read_text(encoding="utf-8").replace("Host school", '"=1+1"')
    (own / "sigctl.yaml").write_text(text, encoding="utf-8")
    sigctl("words", "-w", own, "-o", tmp_path / "words.csv")
    rows = list(csv.reader((tmp_path / "words.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0] == ["key", "cy", "en", "mark"]
    assert ["rota.host", "Ysgol letyol", "'=1+1", "own"] in rows
