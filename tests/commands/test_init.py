"""`sigctl init`: a workspace that works at once, whatever the day."""

import os
import shutil
import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest

from sigctl.cluster import load
from sigctl.commands import console
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.init import STARTER, UNKEPT
from sigctl.commands.school_year import SchoolYear, school_year_for
from sigctl.term_dates import NATIONS, Span

from .conftest import Run

TODAY = "2026-11-22"


def written(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_it_writes_and_says_what(sigctl: Run, tmp_path: Path) -> None:
    done = sigctl("init", tmp_path / "ws", "--today", TODAY)
    assert (done.code, done.out) == (0, "")
    files = written(tmp_path / "ws")
    assert set(files) == {*STARTER, UNKEPT, ".sigctl/schema.json"}
    assert all(f"wrote {tmp_path / 'ws' / name}" in done.err for name in files)
    assert all(files[name].startswith(b"# yaml-language-server: $schema=.sigctl/schema.json\n") for name in STARTER)
    assert sigctl("init", tmp_path / "other", "--today", TODAY, "-q").err == ""
    assert written(tmp_path / "other") == files


def test_it_says_which_languages_are_meant(sigctl: Run) -> None:
    told = " ".join(sigctl("init", "--help").out.split())
    assert "In which languages the cluster's papers are to be. The remarks stay English." in told


@pytest.mark.parametrize("arguments", [[], ["--nation", "england", "--lang", "en"], ["--nation", "scotland"], ["--lang", "cy"]])
def test_it_checks_clean(sigctl: Run, tmp_path: Path, arguments: list[str]) -> None:
    assert sigctl("init", tmp_path / "ws", "--today", TODAY, *arguments).code == 0
    done = sigctl("check", "--strict", "-w", tmp_path / "ws")
    assert done.out == "nothing is wrong in 6 files: 6 schools, 12 people, 1 group, 1 cycle and 1 meeting\n"


@pytest.mark.parametrize("lang", ["cy", "en", "both"])
def test_its_group_has_an_agenda(sigctl: Run, tmp_path: Path, lang: str) -> None:
    assert sigctl("init", tmp_path / "ws", "--today", TODAY, "--lang", lang).code == 0
    done = sigctl("agenda", "-w", tmp_path / "ws", "--today", TODAY)
    assert (done.code, done.err) == (0, "")
    assert ("Rheolau Rownd 1" in done.out, "The rules of round 1" in done.out) == (lang != "en", lang != "cy")


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("year", [2025, 2028, 2035])
def test_it_checks_clean_on_any_day(sigctl: Run, tmp_path: Path, year: int, month: int) -> None:
    today = date(year, month, 1 + month * 2)
    assert sigctl("init", "-q", tmp_path, "--today", today.isoformat()).code == 0
    assert sigctl("check", "--strict", "-w", tmp_path).code == 0
    cycle = load(tmp_path).cluster.cycles["round-1"]
    assert today < cycle.first < cycle.last < today + timedelta(days=250)


def test_it_gives_a_rota_at_once(sigctl: Run, tmp_path: Path) -> None:
    pytest.importorskip("ortools")
    assert sigctl("init", "-q", tmp_path, "--today", TODAY).code == 0
    done = sigctl("rota", "-w", tmp_path, "--today", TODAY)
    assert done.code == 0, done.err
    assert (tmp_path / "rotas" / "round-1.draft.yaml").is_file()
    assert sigctl("check", "-w", tmp_path).code == 0


def test_a_name_of_ones_own(sigctl: Run, tmp_path: Path) -> None:
    sigctl("init", tmp_path / "ws", "--name", 'Clwstwr "Y" Ŵyl: \x1b[31m#1 $name {x}', "--today", TODAY)
    settings = load(tmp_path / "ws").cluster.settings.cluster
    assert (settings.id, settings.name.en) == ("clwstwr-y-wyl-31m-1-name-x", 'Clwstwr "Y" Ŵyl: \ufffd[31m#1 $name {x}')


def test_one_language_leaves_the_other_out(sigctl: Run, tmp_path: Path) -> None:
    sigctl("init", tmp_path, "--lang", "en", "--today", TODAY)
    cluster = load(tmp_path).cluster
    assert cluster.settings.cluster.languages == ("en",)
    assert cluster.schools["y-mor"].name.cy == cluster.schools["y-mor"].name.en == "Sea School (example)"


def test_people_are_posts_and_addresses_are_nobodys(sigctl: Run, tmp_path: Path) -> None:
    sigctl("init", tmp_path, "--today", TODAY)
    cluster = load(tmp_path).cluster
    assert not any(person.name for person in cluster.people.values())
    assert all(person.email and person.email.endswith("@example.org") for person in cluster.people.values())


def test_dry_run_writes_nothing(sigctl: Run, tmp_path: Path) -> None:
    done = sigctl("init", tmp_path / "ws", "-n", "--today", TODAY)
    assert done.err.count("would write") == len(STARTER) + 2
    assert not (tmp_path / "ws").exists()


def test_it_never_overwrites(sigctl: Run, tmp_path: Path) -> None:
    (tmp_path / "people.yaml").write_text("mine", encoding="utf-8")
    (tmp_path / "other.yml").write_text("mine too", encoding="utf-8")
    done = sigctl("init", tmp_path)
    assert done.code == ExitCode.USAGE
    assert "other.yml, people.yaml stand in the way" in done.err
    assert set(written(tmp_path)) == {"people.yaml", "other.yml"}
    (tmp_path / "file").touch()
    assert sigctl("init", tmp_path / "file").code == ExitCode.USAGE


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_a_version_control_keeps_what_people_write_and_nothing_else(sigctl: Run, tmp_path: Path) -> None:
    sigctl("init", tmp_path, "--today", TODAY)
    for name in ("state.sqlite", "state.sqlite-journal", "lock", "lock.json", "run.log", "mail-password", "schema.json"):
        (tmp_path / ".sigctl" / name).touch()
    for folder in ("calendars", "out", "rotas"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x").touch()
    env = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "GIT_CONFIG_NOSYSTEM": "1"}
    for words in (["init", "-q"], ["add", "."]):
        subprocess.run(["git", "-C", tmp_path, *words], env=env, check=True, capture_output=True)
    kept = subprocess.run(["git", "-C", tmp_path, "ls-files"], env=env, check=True, capture_output=True).stdout.decode().splitlines()
    assert set(kept) == {*STARTER, UNKEPT, ".sigctl/schema.json", "rotas/x"}


def test_somebodys_own_list_for_a_version_control_stays_and_what_it_lacks_is_told(sigctl: Run, tmp_path: Path) -> None:
    (tmp_path / UNKEPT).write_text("*.bak\nout/\n", encoding="utf-8")
    done = sigctl("init", tmp_path, "--today", TODAY)
    assert done.code == 0
    assert (tmp_path / UNKEPT).read_text(encoding="utf-8") == "*.bak\nout/\n"
    (told,) = [line for line in done.err.splitlines() if "as it was" in line]
    assert ".sigctl/state.sqlite*" in told
    assert " out/" not in told
    assert sigctl("check", "-w", tmp_path).code == 0


def test_no_workspace_inside_another(sigctl: Run, small: Path) -> None:
    done = sigctl("init", small / "inner")
    assert done.code == ExitCode.USAGE
    assert "lies inside the workspace" in done.err
    assert not (small / "inner").exists()


def test_it_asks_on_a_terminal_alone(sigctl: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["Clwstwr y Bryn", "walse", "wales", "cy"])
    asked: list[str] = []

    def prompt(question: str, **_: object) -> str:
        asked.append(question)
        return next(answers)

    monkeypatch.setattr("typer.prompt", prompt)
    sigctl("init", tmp_path / "silent", "--today", TODAY)
    assert not asked
    monkeypatch.setattr(console, "can_ask", lambda: True)
    assert sigctl("init", tmp_path / "asked", "--today", TODAY).code == 0
    settings = load(tmp_path / "asked").cluster.settings.cluster
    assert (len(asked), settings.name.cy, settings.nation, settings.languages) == (4, "Clwstwr y Bryn", "wales", ("cy",))


def test_the_rule_gives_the_published_terms_of_wales() -> None:
    """Carmarthenshire and others, 2026-27; the Vale of Glamorgan and others, 2025-26."""
    autumn, spring, summer = SchoolYear(2026, "wales").terms
    assert (autumn.first, autumn.last, autumn.half_term) == (
        date(2026, 9, 1),
        date(2026, 12, 18),
        Span(date(2026, 10, 26), date(2026, 10, 30)),
    )
    assert (spring.first, spring.last, spring.half_term) == (date(2027, 1, 4), date(2027, 3, 19), Span(date(2027, 2, 8), date(2027, 2, 12)))
    assert (summer.first, summer.last, summer.half_term) == (date(2027, 4, 5), date(2027, 7, 20), Span(date(2027, 5, 31), date(2027, 6, 4)))
    autumn, spring, summer = SchoolYear(2025, "wales").terms
    assert (autumn.first, autumn.last, autumn.half_term) == (
        date(2025, 9, 1),
        date(2025, 12, 19),
        Span(date(2025, 10, 27), date(2025, 10, 31)),
    )
    assert (spring.first, spring.last, spring.half_term) == (
        date(2026, 1, 5),
        date(2026, 3, 27),
        Span(date(2026, 2, 16), date(2026, 2, 20)),
    )
    assert (summer.first, summer.last, summer.half_term) == (
        date(2026, 4, 13),
        date(2026, 7, 20),
        Span(date(2026, 5, 25), date(2026, 5, 29)),
    )


@pytest.mark.parametrize("nation", NATIONS)
def test_each_day_of_many_years_has_room_for_a_cycle(nation: str) -> None:
    for week in range(0, 52 * 12, 3):
        today = date(2024, 1, 1) + timedelta(weeks=week, days=week % 7)
        year, window = school_year_for(today, nation)
        assert today + timedelta(days=14) <= window.first <= today + timedelta(days=160)
        assert window.first.weekday() in (0, 1)
        assert year.terms[0].first <= window.first < window.last <= year.terms[2].last
        assert all(term.half_term and term.first < term.half_term.first < term.half_term.last < term.last for term in year.terms)
