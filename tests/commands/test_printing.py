"""How papers leave: to the terminal, a pipe, a file or a folder; nothing overwritten unsaid, nothing written twice."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import pytest

from sigctl.cluster import Cluster, load
from sigctl.commands import agenda, console, groups, papers
from sigctl.commands.actions import formats as actions
from sigctl.commands.errors import CommandError
from sigctl.commands.papers import Paper, PaperFormat, PaperLayout, Printing, deliver_papers
from sigctl.words import Words, same

TEMPLATE = "# {{ said(page.title) }}\n\n{{ said(page.text) }}\n"


@dataclass(frozen=True)
class Note:
    title: Words
    text: Words


NOTE = Note(Words("Nodyn", "Note"), Words("Bore da", "Good morning"))
ONE = [Paper("note", "2026-11-12-note", NOTE)]
TWO = [*ONE, Paper("note", "schools/2026-11-13-note", Note(same("Second"), same("[/foo] *x*")))]


@pytest.fixture
def cluster(small: Path, monkeypatch: pytest.MonkeyPatch) -> Cluster:
    (small / "templates").mkdir()
    (small / "templates" / "note.md.j2").write_text(TEMPLATE, encoding="utf-8")
    monkeypatch.chdir(small)
    console.start()
    return load(small)[0]


def say_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(console, "is_terminal", lambda stream: True)


def test_text_and_markdown_go_to_the_terminal_one_after_the_other(cluster: Cluster, capsys: pytest.CaptureFixture[str]) -> None:
    deliver_papers(cluster, TWO, Printing(PaperFormat.TEXT, ("en",)))
    assert capsys.readouterr().out == "Note\n====\n\nGood morning\n\n\nSecond\n======\n\n[/foo] *x*\n"
    deliver_papers(cluster, ONE, Printing(PaperFormat.MD, ("cy", "en")))
    assert capsys.readouterr().out == "# Nodyn\n\nBore da\n\n# Note\n\nGood morning\n"


def test_a_file_that_was_named_is_written_and_said(cluster: Cluster, capsys: pytest.CaptureFixture[str]) -> None:
    printing = Printing(PaperFormat.HTML, ("cy",), output=Path("note.html"))
    deliver_papers(cluster, ONE, printing)
    deliver_papers(cluster, ONE, printing)
    Path("note.html").write_text("edited", encoding="utf-8")
    deliver_papers(cluster, ONE, printing)
    assert capsys.readouterr().err == "wrote note.html\nnote.html is as it was\nreplaced note.html\n"
    assert '<html lang="cy">' in Path("note.html").read_text(encoding="utf-8")


def test_a_folder_holds_a_file_for_each_paper(cluster: Cluster, capsys: pytest.CaptureFixture[str]) -> None:
    deliver_papers(cluster, TWO, Printing(PaperFormat.HTML, ("cy", "en"), output=Path("papers")))
    assert capsys.readouterr().err == "wrote papers/2026-11-12-note.cy-en.html\nwrote papers/schools/2026-11-13-note.cy-en.html\n"
    deliver_papers(cluster, ONE, Printing(PaperFormat.TEXT, ("en",), output=Path("papers")))
    assert Path("papers/2026-11-12-note.en.txt").read_text(encoding="utf-8") == "Note\n====\n\nGood morning\n"


@pytest.mark.parametrize("formats", [agenda.Format, actions.Format, groups.Format])
def test_whatever_is_a_paper_can_be_had_in_every_format_of_papers(formats: type[StrEnum]) -> None:
    assert {each.value for each in PaperFormat} <= {each.value for each in formats}


def many(number: int) -> list[Paper]:
    return [Paper("note", f"schools/{each}-note", NOTE) for each in range(number)]


def test_more_than_ten_files_are_told_of_in_one_line(cluster: Cluster, capsys: pytest.CaptureFixture[str]) -> None:
    printing = Printing(PaperFormat.MD, ("cy",), output=Path("papers"))
    deliver_papers(cluster, many(10), printing._replace(dry_run=True))
    assert capsys.readouterr().err.count("would write papers/schools/") == 10
    deliver_papers(cluster, many(11), printing._replace(dry_run=True))
    assert capsys.readouterr().err == "would write 11 files in papers\n"
    assert not Path("papers").exists()
    deliver_papers(cluster, many(11), printing)
    assert capsys.readouterr().err == "wrote 11 files in papers\n"
    assert len(list(Path("papers/schools").glob("*-note.cy.md"))) == 11


def test_files_that_were_there_are_told_apart(cluster: Cluster, capsys: pytest.CaptureFixture[str]) -> None:
    printing = Printing(PaperFormat.MD, ("cy",), output=Path("papers"))
    deliver_papers(cluster, many(11), printing)
    Path("papers/schools/3-note.cy.md").write_text("edited", encoding="utf-8")
    capsys.readouterr()
    deliver_papers(cluster, many(13), printing)
    assert capsys.readouterr().err == "wrote 2 files, replaced 1 file and left 10 files as they were in papers\n"
    deliver_papers(cluster, many(13), printing)
    assert capsys.readouterr().err == "left 13 files as they were in papers\n"
    console.behave(verbose=True)
    deliver_papers(cluster, many(13), printing)
    assert capsys.readouterr().err.count(".cy.md is as it was\n") == 13


def test_what_no_terminal_shows_goes_into_the_folder_out(
    cluster: Cluster, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    say_terminal(monkeypatch)
    deliver_papers(cluster, ONE, Printing(PaperFormat.HTML, ("cy",)))
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "wrote out/2026-11-12-note.cy.html\n")


def test_a_pipe_takes_one_paper(cluster: Cluster, capsys: pytest.CaptureFixture[str]) -> None:
    deliver_papers(cluster, ONE, Printing(PaperFormat.HTML, ("cy",)))
    assert capsys.readouterr().out.startswith("<!DOCTYPE html>")


def test_a_terminal_is_spared_what_it_cannot_show(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    say_terminal(monkeypatch)
    with pytest.raises(CommandError, match="pdf is nothing that a terminal can show"):
        deliver_papers(cluster, ONE, Printing(PaperFormat.PDF, output=Path("-")))


def test_several_papers_do_not_go_into_one_file(cluster: Cluster) -> None:
    with pytest.raises(CommandError, match="there are 2 papers"):
        deliver_papers(cluster, TWO, Printing(PaperFormat.HTML, output=Path("one.html")))
    with pytest.raises(CommandError, match="there are 2 papers"):
        deliver_papers(cluster, TWO, Printing(PaperFormat.HTML, output=Path("-")))
    assert not Path("one.html").exists()


def test_a_dry_run_writes_nothing(cluster: Cluster, capsys: pytest.CaptureFixture[str]) -> None:
    deliver_papers(cluster, TWO, Printing(PaperFormat.HTML, ("cy",), output=Path("papers"), dry_run=True))
    assert capsys.readouterr().err == "would write papers/2026-11-12-note.cy.html\nwould write papers/schools/2026-11-13-note.cy.html\n"
    assert not Path("papers").exists()


def test_a_text_without_translation_is_marked_and_fails_under_strict(cluster: Cluster, capsys: pytest.CaptureFixture[str]) -> None:
    lacking = [Paper("note", "note", Note(Words("Nodyn", "Note"), Words("", "Good morning")))]
    deliver_papers(cluster, lacking, Printing(PaperFormat.HTML, ("cy",)))
    assert '<span lang="en">Good morning</span> [heb ei gyfieithu eto]' in capsys.readouterr().out
    with pytest.raises(CommandError) as refused:
        deliver_papers(cluster, lacking, Printing(PaperFormat.HTML, ("cy", "en"), is_strict=True))
    assert refused.value.message == "1 text of this paper cannot be said in its language"
    assert "`Good morning` has no Welsh" in refused.value.advice
    assert capsys.readouterr().out == ""


def test_without_the_package_a_pdf_says_what_to_install(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    ours = ("sigctl.render.document.pdf", "sigctl.render.document.word", "sigctl.render.document.letterhead")
    for name in [each for each in sys.modules if each.startswith(ours)]:
        monkeypatch.delitem(sys.modules, name)
    for name in ["typst", "docx", *(each for each in sys.modules if each.startswith(("typst.", "docx.")))]:
        monkeypatch.setitem(sys.modules, name, None)
    for format, extra in ((PaperFormat.PDF, "pdf"), (PaperFormat.DOCX, "word")):
        with pytest.raises(CommandError) as refused:
            deliver_papers(cluster, ONE, Printing(format, output=Path(f"x.{extra}")))
        assert f"pip install 'sigctl[{extra}]'" in refused.value.advice


def test_every_layout_and_format_says_both_languages(cluster: Cluster) -> None:
    for layout in PaperLayout:
        for format in (PaperFormat.TEXT, PaperFormat.MD, PaperFormat.HTML):
            made = papers.printed(cluster, ONE[0], Printing(format, ("cy", "en"), layout))
            assert "Bore da" in made.content
            assert "Good morning" in made.content
