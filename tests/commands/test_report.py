"""`sigctl report`: of a cycle and of the working groups, as at a day."""

from pathlib import Path

import pytest
from lived import FILES, MINIMAL
from workspaces import write

from .conftest import Run

TODAY = ("--today", "2026-11-20")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "cluster", FILES)


def words(text: str) -> str:
    return " ".join(text.split())


def test_the_working_groups_stand_in_a_table_and_then_one_by_one(folder: Path, sigctl: Run) -> None:
    done = sigctl("report", "groups", "-w", folder, *TODAY, "--lang", "en")
    text = words(done.out)
    assert (done.code, done.err) == (0, "")
    assert text.index("Summary") < text.index("Their review day has passed") < text.index("12 days of cover")
    assert "Attendance: 30 October 2026" in text
    assert "merge (Attendance), 25 June 2026" in text
    assert "Strategic" not in text


def test_groups_can_be_named_and_stand_in_that_order(folder: Path, sigctl: Run) -> None:
    text = sigctl("report", "groups", "still", "presence", "still", "-w", folder, *TODAY, "--lang", "en", "--format", "md").out
    assert [line[3:] for line in text.splitlines() if line.startswith("## ")][2:] == ["Still", "Attendance"]


def test_a_report_is_as_at_a_day_and_since_another(folder: Path, sigctl: Run) -> None:
    text = words(sigctl("report", "groups", "presence", "-w", folder, *TODAY, "--as-at", "2026-06-30", "--lang", "en").out)
    assert "30 June 2026" in text
    assert "2 meetings held: 10 March 2026; 9 June 2026." in text
    late = words(sigctl("report", "groups", "presence", "-w", folder, *TODAY, "--since", "2026-09-01", "--lang", "en").out)
    assert "2 meetings held: 22 September 2026; 10 November 2026." in late
    assert sigctl("report", "groups", "-w", folder, *TODAY, "--since", "2027-01-01").code == 2


def test_the_cycle_is_reported(folder: Path, sigctl: Run) -> None:
    done = sigctl("report", "cycle", "-w", folder, *TODAY, "--lang", "en")
    text = words(done.out)
    assert done.code == 0, done.err
    for told in ("Report of the cycle: Round 4", "Done: 1", "Stages to look at", "Days out and travel", "What hosts said"):
        assert told in text


def test_a_visit_that_is_over_and_not_marked_is_named(folder: Path, sigctl: Run) -> None:
    text = words(sigctl("report", "cycle", "-w", folder, *TODAY, "--as-at", "2026-11-26", "--lang", "en").out)
    assert "Days passed, not marked as done: 1 (Dan-y-graig School)" in text


@pytest.mark.parametrize("what", ["cycle", "groups"])
def test_pictures_stand_in_the_page_itself(folder: Path, sigctl: Run, tmp_path: Path, what: str) -> None:
    file = tmp_path / "report.html"
    assert sigctl("report", what, "-w", folder, *TODAY, "--format", "html", "-o", file).code == 0
    text = file.read_text(encoding="utf-8")
    assert text.count("<svg") >= 2
    assert "<script" not in text


@pytest.mark.parametrize("what", ["cycle", "groups"])
def test_it_becomes_a_pdf_with_the_same_bytes_each_time(folder: Path, sigctl: Run, tmp_path: Path, what: str) -> None:
    pytest.importorskip("typst")
    files = [tmp_path / "one.pdf", tmp_path / "two.pdf"]
    for file in files:
        assert sigctl("report", what, "-w", folder, *TODAY, "--format", "pdf", "-o", file).code == 0
    assert files[0].read_bytes().startswith(b"%PDF")
    assert files[0].read_bytes() == files[1].read_bytes()


def test_the_file_is_called_after_its_day(folder: Path, sigctl: Run, tmp_path: Path) -> None:
    out = tmp_path / "papers"
    out.mkdir()
    for arguments in (("cycle",), ("groups",), ("groups", "presence"), ("groups", "presence", "still")):
        assert sigctl("report", *arguments, "-w", folder, *TODAY, "--format", "md", "-o", out).code == 0
    assert sorted(file.name for file in out.iterdir()) == [
        "2026-11-20-groups-report.cy-en.md",
        "2026-11-20-presence-report.cy-en.md",
        "2026-11-20-round-4-report.cy-en.md",
        "2026-11-20-working-groups-report.cy-en.md",
    ]


def test_what_is_not_there_is_told(folder: Path, sigctl: Run, tmp_path: Path) -> None:
    assert "`presence`" in sigctl("report", "groups", "presense", "-w", folder).err
    assert "round-4" in sigctl("report", "cycle", "--cycle", "round-5", "-w", folder).err
    (folder / "rotas" / "round-4.yaml").unlink()
    done = sigctl("report", "cycle", "-w", folder, *TODAY)
    assert (done.code, "has no rota yet" in done.err) == (1, True)
    bare = write(tmp_path / "bare", {"sigctl.yaml": MINIMAL["sigctl.yaml"]})
    assert "no working group" in sigctl("report", "groups", "-w", bare).err


@pytest.mark.parametrize("what", ["cycle", "groups"])
def test_a_cluster_changes_one_block_of_the_template(folder: Path, sigctl: Run, what: str) -> None:
    name = {"cycle": "cycle", "groups": "working_groups"}[what]
    block = {"cycle": "glance", "groups": "summary"}[what]
    own = folder / "templates"
    own.mkdir()
    text = f'{{% extends "sigctl/{name}.md.j2" %}}\n{{% block {block} %}}\n## Our own words\n\n{{% endblock %}}\n'
    (own / f"{name}.md.j2").write_text(text, encoding="utf-8")
    out = sigctl("report", what, "-w", folder, *TODAY, "--lang", "en").out
    assert "Our own words" in out
    assert "Summary" not in out
    assert "At a glance" not in out
