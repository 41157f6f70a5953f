"""Stages of reviews, ticked off: only their line changes, nobody is reminded of them again, and a new rota does not forget them."""

from pathlib import Path

import pytest
from workspaces import base_files, write

from sigctl.cluster import load
from sigctl.records import StageDate

from .conftest import Run

ROTA = "rotas/round-4.yaml"
TODAY = ("--today", "2026-11-25")
CYCLE = """\
cycles:
  - id: round-4
    name: {cy: Rownd 4, en: Round 4}
    from: 2026-11-02
    to: 2027-03-19
    visit: {days: 2, team: 2}
    rules: {swaps: true, visits_per_reviewer: 3}
    stages: [{id: self-evaluation, due: -10}, {id: workshop, within: 5}, {id: report, due: 10}]
    visits: [{host: aberdare}, {host: treorchy}, {host: porth}]
"""
PUBLISHED = """\
rotas:
  - cycle: round-4
    status: published
    visits:
      - host: aberdare
        dates: [2026-11-10, 2026-11-11]
        lead: treorchy-head    # she knows the school
        team: [treorchy-head, rhydywaun-head]
        stages:
          - id: self-evaluation
            date: 2026-10-20   # as agreed
          - {id: report, date: 2026-11-25}    # in both languages
        state: done
      - {host: treorchy, dates: [2026-12-08, 2026-12-09], lead: aberdare-head, team: [aberdare-head, porth-head]}
      - {host: porth, dates: [2027-01-26, 2027-01-27], lead: rhydywaun-head, team: [aberdare-head, rhydywaun-head], state: cancelled}
"""


@pytest.fixture
def cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cluster with a published rota: one visit is over, one to come, one cancelled."""
    monkeypatch.setenv("HOME", str(tmp_path))
    return write(tmp_path / "cluster", base_files() | {"cycles.yaml": CYCLE, ROTA: PUBLISHED})


def text(folder: Path) -> str:
    return (folder / ROTA).read_bytes().decode("utf-8")


def stages(folder: Path, host: str) -> dict[str, StageDate]:
    rota = load(folder).cluster.rota("round-4", "published")
    assert rota
    return {stage.id: stage for visit in rota.visits if visit.host == host for stage in visit.stages}


def test_only_the_line_of_the_stage_changes_and_comments_stay(sigctl: Run, cluster: Path) -> None:
    done = sigctl("rota", "done", "aberdare", "report", "--on", "2026-11-24", "-w", cluster, *TODAY)
    assert (done.code, done.out) == (0, "")
    assert done.err == f"ticked off `report` of `aberdare` as done on 2026-11-24 in {ROTA}\n"
    entry = "{id: report, date: 2026-11-25}"
    assert text(cluster) == PUBLISHED.replace(entry, entry.replace("}", ", done_on: 2026-11-24}"))


def test_several_stages_are_ticked_off_as_done_today(sigctl: Run, cluster: Path) -> None:
    done = sigctl("rota", "done", "aberdare", "self-evaluation", "report", "self-evaluation", "-w", cluster, *TODAY)
    assert (done.code, done.err) == (0, f"ticked off `self-evaluation` and `report` of `aberdare` as done on 2026-11-25 in {ROTA}\n")
    assert {id: str(stage.done_on) for id, stage in stages(cluster, "aberdare").items()} == {
        "self-evaluation": "2026-11-25",
        "report": "2026-11-25",
    }
    assert [line for line in PUBLISHED.splitlines() if "#" in line and "{" not in line] == [
        line for line in text(cluster).splitlines() if "#" in line and "{" not in line
    ]


def test_line_ends_of_windows_stay(sigctl: Run, cluster: Path) -> None:
    (cluster / ROTA).write_bytes(PUBLISHED.replace("\n", "\r\n").encode("utf-8"))
    assert sigctl("rota", "done", "aberdare", "report", "-w", cluster, *TODAY).code == 0
    assert text(cluster).count("\r\n") == text(cluster).count("\n") == PUBLISHED.count("\n")


def test_nobody_is_reminded_of_what_is_ticked_off(sigctl: Run, cluster: Path) -> None:
    def report() -> list[str]:
        told = sigctl("remind", "why", "treorchy-head", "-w", cluster, *TODAY).out
        return [line for line in told.splitlines() if "`report` of the review of `aberdare`" in line]

    assert [line for line in report() if "it was done on" not in line] == report() != []
    assert sigctl("rota", "done", "aberdare", "report", "-w", cluster, *TODAY).code == 0
    assert [line for line in report() if "it was done on 2026-11-25" not in line] == []


def test_what_is_ticked_off_already_is_said_and_stays(sigctl: Run, cluster: Path) -> None:
    assert sigctl("rota", "done", "aberdare", "report", "--on", "2026-11-24", "-w", cluster, *TODAY).code == 0
    before = text(cluster)
    again = sigctl("rota", "done", "aberdare", "report", "-w", cluster, *TODAY)
    assert (again.code, again.err) == (0, "nothing to do: `report` of `aberdare` was ticked off already, as done on 2026-11-24\n")
    other = sigctl("rota", "done", "aberdare", "report", "--on", "2026-11-20", "-w", cluster, *TODAY)
    assert (other.code, f"; write another day at {ROTA}:12 yourself" in other.err) == (0, True)
    assert text(cluster) == before


def test_a_look_writes_nothing(sigctl: Run, cluster: Path) -> None:
    looked = sigctl("rota", "done", "aberdare", "report", "-n", "-w", cluster, *TODAY)
    assert (looked.code, looked.err) == (0, f"would tick off `report` of `aberdare` as done on 2026-11-25 in {ROTA}\n")
    assert text(cluster) == PUBLISHED


def test_a_stage_that_the_rota_has_no_day_for_is_added_with_the_day_that_the_cycle_wants(sigctl: Run, cluster: Path) -> None:
    assert sigctl("rota", "done", "treorchy", "self-evaluation", "-w", cluster, *TODAY).code == 0
    added = stages(cluster, "treorchy")["self-evaluation"]
    assert (str(added.date), str(added.done_on)) == ("2026-11-24", "2026-11-25")
    held = sigctl("rota", "done", "aberdare", "workshop", "--on", "2026-11-13", "-w", cluster, *TODAY)
    assert held.code == 0, held.err
    added = stages(cluster, "aberdare")["workshop"]
    assert str(added.date) == str(added.done_on) == "2026-11-13"
    assert sigctl("check", "-w", cluster).code == 0


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("aberdar report", 2, "did you mean `aberdare`?"),
        ("aberdare reprot", 2, "did you mean `report`?"),
        ("aberdare xyz", 2, "the stages are `self-evaluation`, `workshop` and `report`"),
        ("aberdare report --on 2026-11-26", 2, "2026-11-26 is still to come"),
        ("aberdare report --on 2025-11-24", 2, "comes after the visit at `aberdare`, which begins on 2026-11-10"),
        ("treorchy report", 2, "comes after the visit at `treorchy`, which begins on 2026-12-08"),
        ("porth self-evaluation", 1, "the visit at `porth` is cancelled"),
        ("aberdare report --cycle round-5", 2, "did you mean `round-4`?"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(sigctl: Run, cluster: Path, words: str, code: int, said: str) -> None:
    refused = sigctl("rota", "done", *words.split(), "-w", cluster, *TODAY)
    assert (refused.code, said in refused.err) == (code, True), refused.err
    assert text(cluster) == PUBLISHED


def test_it_needs_a_published_rota(sigctl: Run, cluster: Path) -> None:
    (cluster / ROTA).write_text(PUBLISHED.replace("published", "draft"), encoding="utf-8")
    refused = sigctl("rota", "done", "aberdare", "report", "-w", cluster, *TODAY)
    assert (refused.code, "`sigctl rota publish` publishes the draft" in refused.err) == (1, True)


def test_a_new_rota_does_not_forget_what_is_ticked_off(sigctl: Run, cluster: Path) -> None:
    for words in ("aberdare self-evaluation report", "treorchy self-evaluation"):
        assert sigctl("rota", "done", *words.split(), "-w", cluster, *TODAY).code == 0
    moved = PUBLISHED.replace("published", "draft").replace("2026-12-08, 2026-12-09", "2027-01-12, 2027-01-13")
    draft = moved.replace("porth-head]}", "porth-head], stages: [{id: self-evaluation, date: 2026-12-15}]}")
    write(cluster, {"rotas/round-4.draft.yaml": draft})
    done = sigctl("rota", "publish", "-w", cluster, *TODAY)
    assert done.code == 0, done.err
    kept = {(host, id): str(each.done_on) for host in ("aberdare", "treorchy") for id, each in stages(cluster, host).items()}
    assert kept == {
        ("aberdare", "self-evaluation"): "2026-11-25",
        ("aberdare", "report"): "2026-11-25",
        ("treorchy", "self-evaluation"): "2026-11-25",
    }
    assert "# she knows the school" in text(cluster)


def test_what_comes_after_a_visit_that_has_moved_is_to_be_done_again(sigctl: Run, cluster: Path) -> None:
    told = PUBLISHED.replace("state: done", "state: told")
    (cluster / ROTA).write_text(told, encoding="utf-8")
    assert sigctl("rota", "done", "aberdare", "self-evaluation", "report", "-w", cluster, *TODAY).code == 0
    moved = told.replace("published", "draft").replace("2026-11-10, 2026-11-11", "2027-01-12, 2027-01-13")
    moved = moved.replace("date: 2026-11-25", "date: 2027-01-27")
    write(cluster, {"rotas/round-4.draft.yaml": moved})
    done = sigctl("rota", "publish", "-w", cluster, *TODAY)
    assert done.code == 0, done.err
    ticked = {id: each.done_on is not None for id, each in stages(cluster, "aberdare").items()}
    assert ticked == {"self-evaluation": True, "report": False}


def test_publishing_names_the_mail_first(sigctl: Run, cluster: Path) -> None:
    (cluster / ROTA).unlink()
    write(cluster, {"rotas/round-4.draft.yaml": PUBLISHED.replace("published", "draft")})
    done = sigctl("rota", "publish", "-w", cluster, *TODAY)
    assert done.code == 0, done.err
    assert done.err.index("`sigctl send rota` writes to them") < done.err.index("`sigctl rota mark aberdare told treorchy`")
