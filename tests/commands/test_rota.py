"""`sigctl rota` as the secretary and her scripts see it."""

import csv
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .conftest import CONWY, ROOT, Outcome, Run, process

DRAFT = Path("rotas") / "round-4.draft.yaml"


@pytest.fixture
def conwy(tmp_path: Path) -> Path:
    """A copy of the example of seven schools, without a draft."""
    folder = tmp_path / "conwy"
    shutil.copytree(CONWY, folder, ignore=shutil.ignore_patterns("rotas", "*.csv"))
    return folder


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def make_hard(conwy: Path) -> None:
    """All seven visits within two weeks: a rota is found in seconds, the proof that it is the fairest takes half a minute."""
    change(conwy / "round-4.yaml", "to: 2027-03-19", "to: 2026-11-13")
    change(conwy / "round-4.yaml", "visits_per_week: 1", "visits_per_week: none")


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != "lock"}


def test_the_draft_is_written_and_read_again(sigctl: Run, conwy: Path) -> None:
    done = sigctl("rota", "-w", conwy)
    assert (done.code, said(done)) == (0, ["wrote rotas/round-4.draft.yaml"])
    assert sigctl("check", "--strict", "-w", conwy).code == 0
    first = (conwy / DRAFT).read_bytes()
    again = sigctl("rota", "-w", conwy)
    assert (again.code, said(again)) == (0, ["rotas/round-4.draft.yaml is as it was"])
    assert (conwy / DRAFT).read_bytes() == first


def test_an_editor_finds_the_schema_of_the_draft(sigctl: Run, conwy: Path) -> None:
    shutil.rmtree(conwy / ".sigctl", ignore_errors=True)
    sigctl("rota", "-w", conwy)
    line = (conwy / DRAFT).read_text(encoding="utf-8").splitlines()[0]
    schema = (conwy / DRAFT).parent / line.partition("$schema=")[2]
    assert json.loads(schema.read_text(encoding="utf-8"))["$schema"].startswith("https://json-schema.org/")


def said(done: Outcome) -> list[str]:
    """What was said, but for notes of what could not be filled."""
    return [line for line in done.err.splitlines() if not line.startswith("note: ")]


def test_json_is_alone_on_stdout_and_as_promised(sigctl: Run, conwy: Path) -> None:
    done = sigctl("rota", "-w", conwy, "--format", "json", "-n")
    told = json.loads(done.out)
    assert (told["format"], told["version"], told["cycle"], told["status"]) == ("sigctl-rota", 1, "round-4", "optimal")
    assert told["goals"] == [{"name": "fairness", "value": 2, "bound": 2}, {"name": "travel", "value": 924, "bound": 924}]
    assert {visit["host"] for visit in told["visits"]} >= {"creuddyn", "eirias"}
    assert all(visit["lead"] in visit["team"] and len(visit["dates"]) == 2 for visit in told["visits"])
    assert said(done) == ["would write rotas/round-4.draft.yaml"]


def test_dry_run_changes_nothing_at_all(sigctl: Run, conwy: Path, tmp_path: Path) -> None:
    before = files(tmp_path)
    done = sigctl("rota", "-w", conwy, "-n", "--format", "csv", "-o", tmp_path / "rota.csv")
    assert done.code == 0
    assert "would write" in done.err
    assert files(tmp_path) == before


def test_csv_has_a_line_for_each_member_and_opens_in_a_spreadsheet(sigctl: Run, conwy: Path, tmp_path: Path) -> None:
    assert sigctl("rota", "-w", conwy, "-q", "--format", "csv", "-o", tmp_path / "rota.csv").code == 0
    text = (tmp_path / "rota.csv").read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"))))
    assert sum(row["role"] != "reserve" for row in rows) == 7 * 3
    assert rows[0]["half_term"] == "Tymor yr hydref 2"
    assert [row["role"] for row in rows[:3]] == ["lead", "member", "member"]


def test_both_languages_unless_one_is_asked_for(sigctl: Run, conwy: Path) -> None:
    both = sigctl("rota", "-w", conwy, "-n").out
    assert both.index("Yn ôl dyddiad") < both.index("By date")
    assert "By date" not in sigctl("rota", "-w", conwy, "-n", "--lang", "cy").out
    english = sigctl("rota", "-w", conwy, "-n", "--lang", "en").out
    assert "Yn ôl" not in english
    assert "fairest possible (within 0%)" in english


@pytest.mark.parametrize("columns", ["40", "80", "130"])
def test_nothing_is_cut_on_a_terminal_of_any_width(conwy: Path, columns: str) -> None:
    pty = pytest.importorskip("pty")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": columns, "TERM": "xterm"}
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "sigctl", "rota", "-n", "--lang", "en", "-w", str(conwy)]
    with subprocess.Popen(command, stdout=follower, stderr=subprocess.DEVNULL, env=environment) as running:
        os.close(follower)
        seen = b""
        while chunk := _read(leader):
            seen += chunk
    assert running.returncode == 0
    text = seen.decode()
    assert "…" not in text
    assert "Assistant" in text
    assert "Dyffryn" in text


def _read(leader: int) -> bytes:
    try:
        return os.read(leader, 65536)
    except OSError:
        return b""


def test_an_edited_draft_is_left_alone(sigctl: Run, conwy: Path) -> None:
    sigctl("rota", "-w", conwy)
    change(conwy / DRAFT, "state: planned", "state: told")
    edited = (conwy / DRAFT).read_bytes()
    done = sigctl("rota", "-w", conwy)
    assert done.code == 1
    assert "was edited by hand" in done.err
    assert (conwy / DRAFT).read_bytes() == edited
    assert sigctl("rota", "-w", conwy, "-n").code == 0
    replaced = sigctl("rota", "-w", conwy, "--replace")
    assert (replaced.code, said(replaced)) == (0, ["replaced rotas/round-4.draft.yaml"])


def test_a_draft_in_another_file_is_left_alone(sigctl: Run, conwy: Path) -> None:
    sigctl("rota", "-w", conwy)
    (conwy / DRAFT).rename(conwy / "mine.yaml")
    done = sigctl("rota", "-w", conwy)
    assert done.code == 2
    assert "mine.yaml holds a draft of round-4 already" in done.err
    assert not (conwy / DRAFT).exists()


@pytest.mark.parametrize(
    ("output", "said"), [("people.yaml", "a file of the workspace"), ("none/rota.json", "no folder"), (".", "is a folder")]
)
def test_output_never_goes_where_it_does_harm(sigctl: Run, conwy: Path, output: str, said: str) -> None:
    before = files(conwy)
    for dry_run in ([], ["-n"]):
        done = sigctl("rota", "-w", conwy, "--format", "json", "-o", conwy / output, *dry_run)
        assert done.code == 2
        assert said in done.err
    assert files(conwy) == before


def test_a_link_out_of_the_workspace_is_not_followed(sigctl: Run, conwy: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (conwy / "rotas").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    done = sigctl("rota", "-w", conwy)
    assert done.code == 2
    assert not list((tmp_path / "elsewhere").iterdir())


def test_an_impossible_cycle_says_why_and_writes_nothing(sigctl: Run, conwy: Path) -> None:
    change(conwy / "round-4.yaml", "to: 2027-03-19", "to: 2026-12-04")
    before = files(conwy)
    done = sigctl("rota", "-w", conwy)
    assert (done.code, done.out) == (4, "")
    assert "7 visits" in done.err
    assert "[visits_per_week]" in done.err
    told = json.loads(sigctl("rota", "-w", conwy, "--format", "json").out)
    assert (told["status"], told["visits"]) == ("infeasible", [])
    assert told["conflict"][0]["rule"] == "visits_per_week"
    assert told["conflict"][0]["places"][0].startswith("round-4.yaml:")
    assert files(conwy) == before


@pytest.mark.parametrize(
    ("file", "old", "new", "rule"),
    [
        ("round-4.yaml", "trainees: 1", "trainees: 1\n      welsh_speakers_: 1", None),
        ("round-4.yaml", "team: 3}", "team: 9}", "team"),
        ("round-4.yaml", "- {host: eirias}", "- {host: eirias, focus: [astronomy]}", "cover_focus"),
        ("round-4.yaml", "- {host: eirias}", "- {host: eirias, fixed: {start: 2026-11-14}}", "fixed"),
        ("schools.yaml", "{from: 2026-11-23, to: 2026-12-04, why: mock examinations}", "{from: 2026-11-02, to: 2027-03-19}", "window"),
    ],
)
def test_what_makes_a_rota_impossible_is_not_an_invalid_file(
    sigctl: Run, conwy: Path, file: str, old: str, new: str, rule: str | None
) -> None:
    change(conwy / file, old, new)
    assert sigctl("check", "-w", conwy).code == 1
    done = sigctl("rota", "-w", conwy, "--format", "json")
    if rule is None:
        assert (done.code, done.out) == (3, "")
    else:
        assert done.code == 4
        assert rule in {each["rule"] for each in json.loads(done.out)["conflict"]}


def test_a_draft_that_no_longer_fits_is_planned_anew(sigctl: Run, conwy: Path) -> None:
    sigctl("rota", "-w", conwy)
    change(conwy / "schools.yaml", "staff_days: [2026-10-23, 2027-02-15, 2027-05-28, 2027-07-20]", "staff_days: [2026-12-07, 2026-12-08]")
    assert "[rota-dates]" in sigctl("check", "-w", conwy).out
    done = sigctl("rota", "-w", conwy)
    assert (done.code, said(done)) == (0, ["replaced rotas/round-4.draft.yaml"])
    assert sigctl("check", "-w", conwy).code == 0


def test_invalid_files_are_told_whole_and_nothing_is_planned(sigctl: Run, conwy: Path) -> None:
    change(conwy / "people.yaml", "school: creuddyn", "school: creudyn")
    done = sigctl("rota", "-w", conwy)
    assert (done.code, done.out) == (3, "")
    assert done.err.count("did you mean `creuddyn`?") > 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--cycle", "round-5"], "did you mean `round-4`?"),
        (["--seed", "99999999999999999999"], "--seed"),
        (["--time-limit", "0"], "--time-limit"),
    ],
)
def test_wrong_usage_is_told_plainly(sigctl: Run, conwy: Path, arguments: list[str], said: str) -> None:
    done = sigctl("rota", "-w", conwy, *arguments)
    assert done.code == 2
    assert said in done.err


def test_a_cycle_without_visits_has_nothing_to_plan(sigctl: Run, conwy: Path) -> None:
    text = (conwy / "round-4.yaml").read_text(encoding="utf-8")
    (conwy / "round-4.yaml").write_text(text.partition("    visits:\n")[0], encoding="utf-8")
    done = sigctl("rota", "-w", conwy)
    assert (done.code, done.out) == (1, "")
    assert "nothing to plan" in done.err
    assert not (conwy / DRAFT).exists()


def test_what_is_fixed_until_a_day_binds_until_then(sigctl: Run, conwy: Path) -> None:
    change(conwy / "round-4.yaml", "- {host: eirias}", "- {host: eirias, fixed: {start: 2027-02-02, until: 2026-10-01}}")

    def dates(today: str) -> list[str]:
        told = json.loads(sigctl("rota", "-w", conwy, "-n", "--format", "json", "--today", today).out)
        return next(visit["dates"] for visit in told["visits"] if visit["host"] == "eirias")

    assert dates("2026-09-15") == ["2027-02-02", "2027-02-03"]
    assert dates("2026-10-02") != ["2027-02-02", "2027-02-03"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_ctrl_c_keeps_the_best_rota_and_a_termination_leaves_nothing_half_done(conwy: Path, number: int, code: int) -> None:
    make_hard(conwy)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "sigctl", "rota", "-w", str(conwy)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as running:
        time.sleep(10)
        assert running.poll() is None, "the search has ended before it could be stopped"
        running.send_signal(number)
        _, said = running.communicate(timeout=30)
    assert running.returncode == code, said.decode()
    assert (conwy / DRAFT).is_file() is (number == signal.SIGINT)
    assert b"Traceback" not in said
    assert b"terminate called" not in said
    assert not list(conwy.rglob("*.part"))


def test_a_time_limit_ends_the_search(conwy: Path) -> None:
    make_hard(conwy)
    done = process("rota", "-w", conwy, "--time-limit", "12", "--format", "json")
    told = json.loads(done.out)
    assert (done.code, told["status"]) == (0, "feasible"), done.err
    assert any(goal["bound"] < goal["value"] for goal in told["goals"])
    assert (conwy / DRAFT).is_file()
