"""`sigctl rota show`: the rota of the files, in every view and format, without planning.

`python -m pytest tests/commands/test_show.py --update` writes the views anew; look at the difference before you commit it.
"""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from rich.console import Console
from viewed import FILES, TODAY, renamed, shown
from workspaces import write

from sigctl.commands.rota.shown import Shown, View
from sigctl.commands.rota.views import view_of

from .conftest import CONWY, Run, process

FOLDER = Path(__file__).parent / "views"
NAMES = ["default", *View]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write(tmp_path / "small", FILES)


def printed(what: Shown, view: View | None, language: str, width: int) -> str:
    stream = io.StringIO()
    console = Console(file=stream, width=width, markup=False, emoji=False, highlight=False, color_system=None)
    console.print(view_of(what, view, language, width))  # type: ignore[arg-type]
    return "".join(line.rstrip() + "\n" for line in stream.getvalue().splitlines())


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("language", ["cy", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_view(tmp_path: Path, name: str, language: str, width: int, request: pytest.FixtureRequest) -> None:
    text = printed(shown(tmp_path), None if name == "default" else View(name), language, width)
    file = FOLDER / f"{name}.{language}.{width}.txt"
    if request.config.getoption("--update"):
        file.write_text(text, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == text
    assert all(len(line) <= width for line in text.splitlines())


def test_no_view_is_left_over() -> None:
    wanted = {f"{name}.{language}.{width}.txt" for name in NAMES for language in ("cy", "en") for width in (80, 120)}
    assert {file.name for file in FOLDER.iterdir()} == wanted


@pytest.mark.parametrize("width", [30, 45, 60, 200])
@pytest.mark.parametrize("view", View)
def test_nothing_is_cut_at_any_width(tmp_path: Path, view: View, width: int) -> None:
    text = printed(shown(tmp_path), view, "en", width)
    assert "\u2026" not in text
    assert "".join(["Dan-y-graig", "School"]) in "".join(text.split())


@pytest.mark.parametrize("view", View)
@pytest.mark.parametrize("name", ["Ysgol [/foo]", "[bold]", ":tada:"])
def test_a_name_is_never_markup(tmp_path: Path, view: View, name: str) -> None:
    assert name in printed(shown(tmp_path, renamed(name)), view, "cy", 200)


def test_nothing_is_planned_or_written_and_no_solver_is_loaded(small: Path) -> None:
    before = {path: path.read_bytes() for path in small.rglob("*") if path.is_file()}
    code = "import sys; from sigctl.commands.run import run; code = run(sys.argv[1:]); sys.exit(code or ('ortools' in sys.modules) * 99)"
    done = subprocess.run([sys.executable, "-c", code, "rota", "show", "-w", str(small)], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert {path: path.read_bytes() for path in small.rglob("*") if path.is_file()} == before


def test_the_published_rota_goes_before_the_draft(sigctl: Run, small: Path) -> None:
    draft = FILES["rotas/round-4.yaml"].replace("published", "draft").replace("2026-12-08", "2026-12-10")
    write(small, {"rotas/round-4.draft.yaml": draft})

    def days(*arguments: str) -> str:
        told = json.loads(sigctl("rota", "show", "-w", small, "--format", "json", *arguments).out)
        return f"{told['status']} {next(visit['dates'][0] for visit in told['visits'] if visit['host'] == 'mor')}"

    assert days() == days("--published") == "published 2026-12-08"
    assert days("--draft") == "draft 2026-12-10"
    both = sigctl("rota", "show", "-w", small, "--draft", "--published")
    assert (both.code, both.out) == (2, "")
    assert "exclude each other" in both.err


def test_where_there_is_no_draft_the_published_one_is_shown_and_that_is_said(sigctl: Run, small: Path) -> None:
    done = sigctl("rota", "show", "-w", small, "--draft", "--lang", "en")
    assert done.code == 0
    assert "Round 4  (published)" in done.out
    assert done.err == "round-4 has no draft; this is the published one\n"


def test_a_cycle_without_a_rota_says_what_to_do(sigctl: Run, small: Path) -> None:
    (small / "rotas" / "round-4.yaml").unlink()
    done = sigctl("rota", "show", "-w", small)
    assert (done.code, done.out) == (1, "")
    assert "`sigctl rota` plans one" in done.err


def test_json_says_all_and_keeps_the_locks_apart(sigctl: Run, small: Path) -> None:
    told = json.loads(sigctl("rota", "show", "-w", small, "--format", "json", "--today", TODAY).out)
    assert (told["format"], told["version"], told["cycle"], told["status"]) == ("sigctl-rota-shown", 1, "round-4", "published")
    visits = {visit["host"]: visit for visit in told["visits"]}
    assert visits["dan"]["locked"] == {
        "by_publishing": True,
        "by_hand": {"start": "2026-11-24", "team": [], "by": "secretary", "why": "the hall is booked", "until": "2026-12-01"},
    }
    assert visits["pen"]["locked"] == {"by_publishing": False, "by_hand": None}
    assert visits["bryn"]["reserves"] == ["dan-head"]
    assert visits["bryn"]["stages"][1] == {"id": "workshop", "date": "2026-12-02", "due": False, "facilitators": ["mor-head"]}
    assert {"schools", "people", "journeys", "goals"} <= set(told)


@pytest.mark.parametrize("view", View)
def test_every_view_is_csv_that_excel_opens_with_welsh_letters(sigctl: Run, small: Path, tmp_path: Path, view: View) -> None:
    target = tmp_path / "view.csv"
    assert sigctl("rota", "show", "-w", small, "--view", view, "--format", "csv", "--lang", "cy", "-o", target).code == 0
    content = target.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert len(rows) > 3
    assert all(len(row) == len(rows[0]) for row in rows)
    assert all(name.isascii() and name == name.lower() for name in rows[0])
    assert any("Tŷ" in cell for row in rows for cell in row)


def test_the_csv_of_the_dates_has_reserves_states_and_locks(sigctl: Run, small: Path) -> None:
    done = sigctl("rota", "show", "-w", small, "--format", "csv", "--lang", "en", "--today", TODAY)
    rows = list(csv.DictReader(io.StringIO(done.out)))
    bryn = [(row["role"], row["person"], row["state"], row["locked_by_publishing"]) for row in rows if row["host"] == "bryn"]
    assert bryn == [("lead", "pen-head", "done", "yes"), ("member", "pen-deputy", "done", "yes"), ("reserve", "dan-head", "done", "yes")]
    dan = next(row for row in rows if row["host"] == "dan")
    assert dan["locked_by_hand"] == "begins Tue 24 Nov (secretary: the hall is booked; until 1 December 2026)"


@pytest.mark.parametrize("view", View)
def test_every_view_is_markdown(sigctl: Run, small: Path, view: View) -> None:
    from markdown_it import MarkdownIt

    text = sigctl("rota", "show", "-w", small, "--view", view, "--format", "md", "--lang", "both").out
    tokens = MarkdownIt().enable("table").parse(text)
    assert [token.tag for token in tokens if token.type == "heading_open"].count("h1") == 2
    assert sum(token.type == "table_open" for token in tokens) == 2
    assert sum(token.type == "tr_open" for token in tokens) > 6


def test_the_workbook_has_a_sheet_for_each_use(sigctl: Run, small: Path, tmp_path: Path) -> None:
    calamine = pytest.importorskip("python_calamine")
    write(small, renamed("=1+1"))
    for target in ("one.xlsx", "two.xlsx"):
        assert sigctl("rota", "show", "-w", small, "--format", "xlsx", "-o", tmp_path / target).code == 0
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
    book = calamine.CalamineWorkbook.from_path(str(tmp_path / "one.xlsx"))
    assert book.sheet_names == [
        "Yn ôl dyddiad – By date",
        "Yn ôl ysgol – By school",
        "Yn ôl person – By person",
        "Camau'r adolygiadau – Stages of",
        "Wrth gefn – Reserve",
    ]
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[0][:4] == ["Ymweliad / Visit", "Hanner tymor / Half term", "Diwrnod cyntaf / First day", "Diwrnod olaf / Last day"]
    assert rows[1][2:5] == [date(2026, 11, 10), date(2026, 11, 11), "=1+1"]
    assert "Pennaeth / Headteacher, Pen-y-lan High School" in rows[1]
    people = book.get_sheet_by_index(2).to_python()
    reserve = ["Dan-y-graig School", "Pennaeth / Headteacher", "wrth gefn / reserve", date(2026, 11, 10), date(2026, 11, 11), "=1+1", 0.0]
    assert reserve in people
    english = sigctl("rota", "show", "-w", small, "--format", "xlsx", "--lang", "en", "-o", tmp_path / "en.xlsx")
    assert english.code == 0
    assert calamine.CalamineWorkbook.from_path(str(tmp_path / "en.xlsx")).sheet_names[:2] == ["By date", "By school"]


def test_a_rota_that_was_just_planned_is_a_workbook_too(sigctl: Run, tmp_path: Path) -> None:
    calamine = pytest.importorskip("python_calamine")
    shutil.copytree(CONWY, tmp_path / "conwy", ignore=shutil.ignore_patterns("rotas", "*.csv"))
    done = sigctl("rota", "-w", tmp_path / "conwy", "-q", "--format", "xlsx", "--lang", "en", "-o", tmp_path / "rota.xlsx")
    assert (done.code, done.out) == (0, "")
    book = calamine.CalamineWorkbook.from_path(str(tmp_path / "rota.xlsx"))
    assert book.sheet_names[:3] == ["By date", "By school", "By person"]
    assert len(book.get_sheet_by_name("By date").to_python()) == 1 + 7


def test_pictures_are_written_and_tables_are_refused(sigctl: Run, small: Path, tmp_path: Path) -> None:
    pytest.importorskip("typst")
    done = sigctl("rota", "show", "-w", small, "--view", "map", "--format", "png", "-o", tmp_path / "map.png")
    assert (done.code, done.err) == (0, f"wrote {tmp_path / 'map.png'}\n")
    again = sigctl("rota", "show", "-w", small, "--view", "map", "--format", "png", "-o", tmp_path / "map.png")
    assert again.err == f"{tmp_path / 'map.png'} is as it was\n"
    assert (tmp_path / "map.png").read_bytes().startswith(b"\x89PNG")
    assert sigctl("rota", "show", "-w", small, "--format", "svg").out.startswith("<svg ")
    table = sigctl("rota", "show", "-w", small, "--view", "dates", "--format", "svg")
    assert (table.code, table.out) == (2, "")
    assert "choose one of people, calendar, matrix, map, loads, stages" in table.err


def test_without_typst_png_says_what_to_install(sigctl: Run, small: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sigctl.commands.rota.formats.can_make_png", lambda: False)
    done = sigctl("rota", "show", "-w", small, "--view", "map", "--format", "png", "-o", tmp_path / "map.png")
    assert done.code == 2
    assert "pip install 'sigctl[pdf]'" in done.err
    assert not (tmp_path / "map.png").exists()


def test_one_half_term_of_the_calendar(sigctl: Run, small: Path) -> None:
    done = sigctl("rota", "show", "-w", small, "--view", "calendar", "--half-term", "spring-1", "--lang", "en")
    assert "Spring 1" in done.out
    assert "Autumn 2" not in done.out
    wrong = sigctl("rota", "show", "-w", small, "--view", "calendar", "--half-term", "autumn-3")
    assert (wrong.code, wrong.out) == (2, "")
    assert "did you mean `autumn-2`?" in wrong.err


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such terminals")
def test_bytes_go_down_a_pipe_but_never_onto_a_terminal(small: Path) -> None:
    import pty

    command = [sys.executable, "-m", "sigctl", "rota", "show", "-w", str(small), "--format", "xlsx"]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    piped = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert (piped.returncode, piped.stdout[:2]) == (0, b"PK")
    leader, follower = pty.openpty()
    shown_on = subprocess.run(command, stdout=follower, stderr=subprocess.PIPE, env=environment, check=False)
    os.close(follower)
    os.close(leader)
    assert shown_on.returncode == 2
    assert b"name a file with -o" in shown_on.stderr


def test_in_a_plain_ascii_locale_it_still_prints(small: Path) -> None:
    done = process("rota", "show", "-w", small, "--view", "loads", env={"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert done.code == 0, done.err
    assert "====" in done.out
