"""`sigctl rota --all`: a region of workspaces, planned side by side."""

import csv
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sigctl.commands.rota import engines
from sigctl.commands.rota.many import code_of, tasks_below, workspaces
from sigctl.commands.rota.many_formats import printed
from sigctl.commands.rota.one_of_many import Answer, Task, Wish, planned
from sigctl.commands.rota.this_machine import ThisMachine

from .conftest import CONWY, ROOT, Run, process

DRAFT = Path("rotas") / "round-4.draft.yaml"
TODAY = ("--today", "2026-11-22")


def copy(folder: Path) -> Path:
    shutil.copytree(CONWY, folder, ignore=shutil.ignore_patterns("*.draft.yaml", "*.csv"))
    return folder


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def make_hard(folder: Path) -> Path:
    """All visits in two weeks: the proof takes half a minute."""
    change(folder / "round-4.yaml", "to: 2027-03-19", "to: 2026-11-13")
    change(folder / "round-4.yaml", "visits_per_week: 1", "visits_per_week: none")
    return folder


@pytest.fixture
def region(tmp_path: Path) -> Path:
    """A sound workspace, one that is invalid and one that has no rota; their names end in another order than the work on them."""
    return made(tmp_path / "region")


def made(folder: Path) -> Path:
    copy(folder / "a-sound")
    change(copy(folder / "c-invalid") / "people.yaml", "max_visits: 3", "max_visit: 3")
    change(copy(folder / "south" / "a" / "impossible") / "round-4.yaml", "to: 2027-03-19", "to: 2026-12-04")
    return folder


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> list[Answer]:
    """What is told of the region, where nothing is written."""
    tasks = tasks_below(made(tmp_path_factory.mktemp("many") / "region"), Wish(dry_run=True, today=date(2026, 11, 22)))
    told = {answer.workspace: answer for answer in ThisMachine(2).answers(tasks, lambda _: False)}
    return [told[task.workspace] for task in tasks]


def test_each_workspace_has_its_line(answers: list[Answer]) -> None:
    lines = printed(answers, "text").splitlines()[1:]
    assert [line.split()[0] for line in lines] == ["a-sound", "c-invalid", "south/a/impossible"]
    assert "round-4" in lines[0]
    assert "fairness 2 days, travel 924 km" in lines[0]
    assert lines[0].endswith("would write rotas/round-4.draft.yaml")
    assert "people.yaml:" in lines[1]
    assert "`max_visit`" in lines[1]
    assert "infeasible" in lines[2]
    assert "only 5 weeks" in lines[2]


def test_json_is_what_the_single_run_prints_with_the_workspace(sigctl: Run, answers: list[Answer]) -> None:
    single = json.loads(sigctl("rota", "-w", CONWY, *TODAY, "-n", "--format", "json").out)
    told = json.loads(printed(answers, "json"))
    assert {**told[0], "seconds": 0} == {"workspace": "a-sound", "exit_code": 0, **single, "seconds": 0}
    assert (told[1]["status"], told[1]["exit_code"]) == ("invalid", 3)
    assert (told[2]["exit_code"], told[2]["conflict"][0]["rule"]) == (4, "visits_per_week")


def test_csv_has_a_line_for_each(answers: list[Answer]) -> None:
    rows = list(csv.DictReader(io.StringIO(printed(answers, "csv"))))
    assert [row["exit_code"] for row in rows] == ["0", "3", "4"]
    assert (rows[0]["fairness"], rows[0]["travel_bound"], rows[0]["visits"]) == ("2.0", "924.0", "7")


def test_markdown_is_a_table_whatever_the_names_hold(answers: list[Answer]) -> None:
    told = printed([replace(answers[0], workspace="a | b"), *answers[1:]], "md").splitlines()
    assert len(told) == 2 + len(answers)
    assert told[2].startswith("| a \\| b | round-4 |")


def test_the_drafts_are_those_of_the_single_run_whatever_the_number_of_jobs(sigctl: Run, tmp_path: Path) -> None:
    for name in ("single", "region/a", "region/b"):
        copy(tmp_path / name)
    sigctl("rota", "-w", tmp_path / "single", *TODAY)
    told = []
    for jobs in (1, 2):
        done = sigctl("rota", "--all", tmp_path / "region", *TODAY, "--jobs", jobs)
        assert (done.code, done.err) == (0, "2 workspaces: 2 optimal\n")
        drafts = [draft.read_bytes() for draft in sorted((tmp_path / "region").rglob(DRAFT.name))]
        assert drafts == 2 * [(tmp_path / "single" / DRAFT).read_bytes()]
        told.append(re.sub(r" +\d+\.\d  (wrote|replaced).*", "", done.out))
        for draft in (tmp_path / "region").rglob(DRAFT.name):
            draft.unlink()
    assert told[0] == told[1]


def test_an_edited_draft_is_left_alone_and_said(sigctl: Run, tmp_path: Path) -> None:
    for name in ("a", "b"):
        copy(tmp_path / name)
    sigctl("rota", "--all", tmp_path, *TODAY)
    edited = tmp_path / "a" / DRAFT
    change(edited, "state: planned", "state: told")
    before = edited.read_bytes()
    done = sigctl("rota", "--all", tmp_path, *TODAY)
    assert done.code == 5
    assert "left alone" in done.out.splitlines()[1]
    assert "edited by hand" in done.out.splitlines()[1]
    assert done.out.splitlines()[2].endswith("is as it was")
    assert edited.read_bytes() == before


@pytest.mark.parametrize(("codes", "code"), [((0, 0), 0), ((3, 3), 3), ((4, 4), 4), ((3, 4), 5), ((0, 4), 5), ((0, 130), 130), ((1,), 1)])
def test_a_code_that_all_have_in_common_is_that_of_the_whole(codes: tuple[int, ...], code: int) -> None:
    assert code_of([Answer("", each) for each in codes]) == code


def test_a_rota_in_part_counts_as_done_in_part(region: Path) -> None:
    task = Task(0, "impossible", str(region / "south" / "a" / "impossible"), Wish(partly=True, today=date(2026, 11, 22)))
    answer = planned(task)
    assert answer.code == 5
    assert answer.wrote == "2 visits left out; wrote rotas/round-4.draft.yaml"


def test_a_nested_workspace_and_one_behind_a_link_are_planned_once(tmp_path: Path) -> None:
    copy(tmp_path / "outer" / "inner")
    shutil.copy(CONWY / "sigctl.yaml", tmp_path / "outer" / "sigctl.yaml")
    (tmp_path / "outer" / ".hidden").mkdir()
    shutil.copy(CONWY / "sigctl.yaml", tmp_path / "outer" / ".hidden" / "sigctl.yaml")
    try:
        (tmp_path / "outer" / "inner" / "round").symlink_to(tmp_path / "outer")
    except OSError:
        pytest.skip("links cannot be made here")
    assert list(workspaces(tmp_path)) == ["outer", "outer/inner"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--all", "{}/none"), "there is no folder"),
        (("--all", "{}/empty"), "there is no workspace below"),
        (("--all", "{}", "--workspace", "{}"), "--workspace names one workspace"),
        (("--all", "{}", "--format", "xlsx"), "--all cannot be printed as xlsx"),
        (("--jobs", "2"), "--jobs and --engine are for many workspaces"),
        (("--all", "{}", "--engine", "somewhere"), "is no address of an engine"),
        (("--all", "{}", "--engine", "tcp://localhost:1", "--jobs", "2"), "--jobs is for this machine"),
    ],
)
def test_wrong_usage_is_said_before_any_work(sigctl: Run, tmp_path: Path, arguments: tuple[str, ...], says: str) -> None:
    (tmp_path / "empty").mkdir()
    done = sigctl("rota", *(each.format(tmp_path) for each in arguments))
    assert (done.code, done.out) == (2, "")
    assert says in done.err


@pytest.mark.parametrize(("address", "extra"), [("tcp://localhost:8786", "dask"), ("ray://localhost:10001", "ray")])
def test_without_the_extra_it_says_what_to_install(
    sigctl: Run, region: Path, monkeypatch: pytest.MonkeyPatch, address: str, extra: str
) -> None:
    monkeypatch.setitem(sys.modules, {"dask": "distributed", "ray": "ray"}[extra], None)
    done = sigctl("rota", "--all", region, "--engine", address)
    assert done.code == 2
    assert f"pip install 'sigctl[{extra}]'" in done.err


def test_a_process_that_dies_takes_nothing_with_it() -> None:
    """As where the machine has no memory left."""
    tasks = [Task(number, name, "", Wish()) for number, name in enumerate(("doomed", "sound"))]
    answers = {each.workspace: each for each in ThisMachine(1, _die_if_doomed).answers(tasks, lambda _: False)}
    assert (answers["doomed"].code, answers["sound"].code) == (70, 0)
    assert "sudden end" in answers["doomed"].trouble


def _die_if_doomed(task: Task) -> Answer:
    if task.workspace == "doomed":
        os._exit(9)
    return Answer(task.workspace, 0)


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="Ctrl-C cannot be sent here")
def test_an_interrupt_keeps_what_is_done_and_stops_the_others(tmp_path: Path) -> None:
    copy(tmp_path / "a-easy")
    for name in ("b-hard", "c-hard", "d-hard"):
        make_hard(copy(tmp_path / name))
    command = [sys.executable, "-m", "sigctl", "rota", "--all", str(tmp_path), *TODAY, "--jobs", "2"]
    run = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    until = time.monotonic() + 60
    while not (tmp_path / "a-easy" / DRAFT).exists() and time.monotonic() < until:
        time.sleep(0.1)
    run.send_signal(signal.SIGINT)
    out, _ = run.communicate(timeout=60)
    assert run.returncode == 130
    lines = out.splitlines()[1:]
    assert "optimal" in lines[0]
    assert "stopped before it was planned" in lines[3]
    assert not (tmp_path / "d-hard" / DRAFT).exists()


@pytest.fixture
def dask() -> Iterator[str]:
    """The address of a Dask scheduler with two workers."""
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs="ERROR") as cluster:
        yield cluster.scheduler_address


def test_dask_plans_as_this_machine_does(sigctl: Run, dask: str, region: Path, answers: list[Answer]) -> None:
    there = sigctl("rota", "--all", region, *TODAY, "--format", "json", "--engine", dask)
    assert there.code == 5
    here = json.loads(printed(answers, "json"))
    assert [{**each, "seconds": 0} for each in json.loads(there.out)] == [{**each, "seconds": 0} for each in here]
    assert [path.parent.parent.name for path in region.rglob(DRAFT.name)] == ["a-sound"]


def test_ray_plans_as_this_machine_does(region: Path, tmp_path: Path) -> None:
    ray = pytest.importorskip("ray")
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, runtime_env={"env_vars": {"PYTHONPATH": str(ROOT)}})
    try:
        address = ray.get_runtime_context().gcs_address
        there = process("rota", "--all", region, *TODAY, "--format", "json", "--engine", "ray", env={"RAY_ADDRESS": address})
    finally:
        ray.shutdown()
    assert there.code == 5
    assert [each["status"] for each in json.loads(there.out)] == ["optimal", "invalid", "infeasible"]


def test_an_engine_that_does_not_answer_is_said(sigctl: Run, region: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr(engines, "PATIENCE", "1s")
    done = sigctl("rota", "--all", region, "--engine", "tcp://127.0.0.1:9")
    assert done.code == 2
    assert "no Dask scheduler answers at tcp://127.0.0.1:9" in done.err
