"""`sigctl rota papers`: which papers there are, under what names, in which formats, for whom."""

import shutil
from pathlib import Path

import pytest
from viewed import FILES
from workspaces import write

from sigctl.cluster.programmes import pattern_text

from .conftest import ROOT, Run

TODAY = ("--today", "2026-11-20")
WHOLE = ["2026-11-09-round-4-fairness", "2026-11-09-round-4-out", "2026-11-09-round-4-rota"]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write(tmp_path / "small", FILES)


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_all_papers_go_into_a_folder_of_the_cycle(small: Path, sigctl: Run) -> None:
    outcome = sigctl("rota", "papers", "-w", small, "--format", "html", *TODAY)
    assert outcome.code == 0, outcome.err
    found = files(small / "out" / "round-4")
    assert all(name.endswith(".cy-en.html") for name in found)
    assert [name.removesuffix(".cy-en.html") for name in found if "/" not in name] == WHOLE
    assert [name for name in found if name.startswith("schools/")] == [
        f"schools/2026-11-09-{school}-round-4.cy-en.html" for school in ("bryn", "dan", "mor", "pen", "tal")
    ]
    assert len([name for name in found if name.startswith("people/")]) == 6
    # The visit of bryn is done and that of pen is cancelled.
    assert [name.removesuffix(".cy-en.html") for name in found if name.startswith("visits/")] == [
        f"visits/{visit}-{paper}" for visit in ("2026-11-24-dan", "2026-12-08-mor") for paper in ("brief", "checklist", "programme")
    ]


def test_they_are_the_same_the_second_time_and_are_left_alone(small: Path, sigctl: Run) -> None:
    sigctl("rota", "papers", "-w", small, "--format", "html", *TODAY)
    before = {name: (small / "out" / "round-4" / name).read_bytes() for name in files(small / "out" / "round-4")}
    outcome = sigctl("rota", "papers", "-w", small, "--format", "html", *TODAY)
    assert "replaced" not in outcome.err
    assert {name: (small / "out" / "round-4" / name).read_bytes() for name in files(small / "out" / "round-4")} == before


def test_a_folder_takes_what_is_asked_for_in_the_language_that_is_asked_for(small: Path, tmp_path: Path, sigctl: Run) -> None:
    outcome = sigctl("rota", "papers", "briefs", "out", "-w", small, "--format", "md", "--lang", "cy", "-o", tmp_path / "papurau", *TODAY)
    assert outcome.code == 0, outcome.err
    assert files(tmp_path / "papurau") == [
        "2026-11-09-round-4-out.cy.md",
        "visits/2026-11-24-dan-brief.cy.md",
        "visits/2026-12-08-mor-brief.cy.md",
    ]
    assert "# Briff i'r tîm adolygu: Ysgol y Môr" in (tmp_path / "papurau" / "visits" / "2026-12-08-mor-brief.cy.md").read_text("utf-8")


def test_one_school_gets_its_page_and_the_papers_of_its_visit_even_where_that_is_done(small: Path, sigctl: Run) -> None:
    out = sigctl("rota", "papers", "-w", small, "--school", "bryn", "--format", "text", "--lang", "en", *TODAY).out
    for title in (
        "Ysgol Tŷ'r Bryn: Round 4",
        "Programme of the visit: Ysgol Tŷ'r Bryn",
        "Brief for the review team",
        "Checklist for the host",
    ):
        assert title in out
    assert "Dan-y-graig School: Round 4" not in out


def test_a_brief_says_what_the_review_looks_at_in_the_cluster_s_own_words(small: Path, sigctl: Run) -> None:
    settings, cycle = small / "sigctl.yaml", small / "round.yaml"
    settings.write_text(FILES["sigctl.yaml"] + "words: {focus.literacy: {cy: Llên, en: Reading}, focus.sea: {cy: Môr, en: The sea}}\n")
    cycle.write_text(FILES["round.yaml"].replace("- {host: dan,", "- {host: dan, focus: [attendance, literacy, sea, forest-school],"))
    for lang, line in (("cy", "presenoldeb, Llên, Môr, forest school"), ("en", "attendance, Reading, The sea, forest school")):
        out = sigctl("rota", "papers", "briefs", "-w", small, "--school", "dan", "--format", "text", "--lang", lang, *TODAY).out
        assert line in out
    assert "unknown-words" not in sigctl("check", "-w", small).out


@pytest.mark.parametrize("format", ["text", "md", "html"])
def test_marks_of_direction_stay_in_a_name(format: str, small: Path, sigctl: Run) -> None:
    name = "\u200fمدرسة دان\u200f 5"
    (small / "schools.yaml").write_text(FILES["schools.yaml"].replace("Dan-y-graig School", name), encoding="utf-8")
    outcome = sigctl("rota", "papers", "briefs", "-w", small, "--school", "dan", "--format", format, *TODAY)
    assert outcome.code == 0, outcome.err
    assert name in outcome.out


def test_one_person_gets_a_page(small: Path, tmp_path: Path, sigctl: Run) -> None:
    one = tmp_path / "sian.html"
    outcome = sigctl("rota", "papers", "people", "-w", small, "--person", "mor-head", "--format", "html", "-o", one, *TODAY)
    assert outcome.code == 0, outcome.err
    assert "Siân Ŵyn" in one.read_text("utf-8")
    assert (
        sigctl("rota", "papers", "-w", small, "--person", "mor-head", "--format", "text", "--lang", "en", *TODAY).out.count("Days out") == 1
    )


@pytest.mark.parametrize(
    ("option", "wanted", "told"),
    [("--school", "brin", "did you mean `bryn`"), ("--person", "mor-hed", "did you mean `mor-head`"), ("--cycle", "round-5", "round-4")],
)
def test_a_name_that_is_mistyped_is_told(small: Path, sigctl: Run, option: str, wanted: str, told: str) -> None:
    outcome = sigctl("rota", "papers", "-w", small, option, wanted, *TODAY)
    assert outcome.code == 2
    assert told in outcome.err


def test_a_school_without_a_visit_has_no_programme(small: Path, sigctl: Run) -> None:
    outcome = sigctl("rota", "papers", "programmes", "-w", small, "--school", "tal", *TODAY)
    assert outcome.code == 1
    assert "has no such paper for tal" in outcome.err


def test_a_draft_says_that_it_may_still_change(small: Path, sigctl: Run) -> None:
    published = small / "rotas" / "round-4.yaml"
    write(
        small, {"rotas/round-4.draft.yaml": published.read_text("utf-8").replace("published", "draft").replace("2026-12-08", "2026-12-09")}
    )
    out = sigctl("rota", "papers", "schools", "changes", "--draft", "-w", small, "--format", "text", "--lang", "en", *TODAY).out
    assert "Draft: this may still change." in out
    assert "Wed 9 Dec 2026" in out
    assert "Draft: this" not in sigctl("rota", "papers", "schools", "-w", small, "--format", "text", "--lang", "en", *TODAY).out


def test_changes_are_told_since_the_last_rota_that_was_kept(small: Path, sigctl: Run) -> None:
    assert "This is the first rota" in sigctl("rota", "papers", "changes", "-w", small, "--format", "text", "--lang", "en", *TODAY).out
    text = (small / "rotas" / "round-4.yaml").read_text("utf-8")
    kept = {"2026-10-09": "2026-12-01", "2026-10-12": "2026-12-02", "2026-10-12-2": "2026-12-07", "2026-10-12-10": "2026-12-10"}
    for name, day in kept.items():
        write(small, {f"rotas/earlier/round-4.{name}.yaml.txt": text.replace("2026-12-08", day)})
    out = sigctl("rota", "papers", "changes", "-w", small, "--format", "text", "--lang", "en", *TODAY).out
    assert "Thu 10 Dec 2026" in out
    assert "Tue 8 Dec 2026" in out
    assert "Mon 7 Dec 2026" not in out
    sigctl("rota", "papers", "-w", small, "--format", "html", *TODAY)
    assert (small / "out" / "round-4" / "2026-11-09-round-4-changes.cy-en.html").is_file()


def test_the_pattern_is_a_file_that_becomes_the_clusters_own(small: Path, sigctl: Run) -> None:
    outcome = sigctl("rota", "papers", "pattern", "-w", small)
    assert outcome.out == pattern_text()
    own = outcome.out.replace("en: Lunch}", "en: Lunch at the Red Lion}")
    write(small, {"programmes.yaml": own})
    assert sigctl("check", "-w", small).code == 0
    assert "Lunch at the Red Lion" in sigctl("rota", "papers", "programmes", "-w", small, "--format", "md", "--lang", "en", *TODAY).out
    assert sigctl("rota", "papers", "pattern", "rota", "-w", small).code == 2


def test_a_template_of_the_cluster_is_used(small: Path, sigctl: Run) -> None:
    write(small, {"templates/checklist.md.j2": '{% extends "sigctl/checklist.md.j2" %}\n{% block during %}\nBara brith!\n{% endblock %}\n'})
    assert "Bara brith!" in sigctl("rota", "papers", "checklists", "-w", small, "--format", "text", *TODAY).out


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_pdf_and_word_files_are_the_same_twice(tmp_path: Path, sigctl: Run, ending: str) -> None:
    pytest.importorskip("typst" if ending == "pdf" else "docx")
    shutil.copytree(ROOT / "examples" / "gwynedd-fourteen", tmp_path / "gwynedd")
    made = []
    for name in ("one", "two"):
        arguments = ("--school", "friars", "--format", ending, "-o", tmp_path / name, "--today", "2026-11-22")
        assert sigctl("rota", "papers", "-w", tmp_path / "gwynedd", *arguments).code == 0
        made.append({file: (tmp_path / name / file).read_bytes() for file in files(tmp_path / name)})
    assert made[0] == made[1]
    assert sorted(made[0]) == [f"schools/2026-11-02-friars-round-3.cy-en.{ending}"] + [
        f"visits/2026-11-23-friars-{paper}.cy-en.{ending}" for paper in ("brief", "checklist", "programme")
    ]
