"""The report of a cycle: what is planned, done and late as at a day, who reviews, what it takes, and what hosts said."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from viewed import FILES, TODAY
from workspaces import Files, write

from sigctl.cluster import load
from sigctl.reports.cycle import CycleReport, cycle_report

STAGES = """\
        stages:
          - {id: self-evaluation, date: 2026-10-20}
          - {id: workshop, date: 2026-12-02, facilitators: [mor-head]}
        state: done
"""


def report(folder: Path, files: Files = FILES, as_at: date = TODAY) -> CycleReport:
    cluster, problems = load(write(folder, files))
    assert not problems, problems
    rota = cluster.rota("round-4", "published")
    assert rota
    return cycle_report(cluster, cluster.cycles["round-4"], rota, as_at, TODAY)


def changed(name: str, old: str, new: str) -> Files:
    assert old in FILES[name]
    return {**FILES, name: FILES[name].replace(old, new)}


def hosts(lines: tuple[object, ...]) -> list[str]:
    return [line.host_id for line in lines]  # type: ignore[attr-defined]


def test_visits_are_done_to_come_cancelled_or_forgotten(tmp_path: Path) -> None:
    found = report(tmp_path)
    assert (hosts(found.done), hosts(found.to_come), hosts(found.cancelled)) == (["bryn"], ["dan", "mor"], ["pen"])
    assert found.unmarked == ()
    later = report(tmp_path, as_at=date(2026, 11, 26))
    assert (hosts(later.unmarked), hosts(later.to_come)) == (["dan"], ["mor"])
    assert hosts(report(tmp_path, as_at=date(2026, 11, 25)).unmarked) == []


def test_a_host_of_the_cycle_that_the_rota_forgets_is_named(tmp_path: Path) -> None:
    found = report(tmp_path, changed("round.yaml", "      - {host: mor, days: 1}\n", "      - {host: mor, days: 1}\n      - {host: tal}\n"))
    assert [words.en for words in found.unplanned] == ["Tal-y-bont School"]


def timings(found: CycleReport, stage: str) -> dict[int, str]:
    return {step.number: step.timing for each in found.stages if each.id == stage for step in each.steps}


def test_a_stage_has_passed_or_is_to_come(tmp_path: Path) -> None:
    found = report(tmp_path)
    assert timings(found, "self-evaluation") == {1: "passed", 2: "missing", 3: "missing"}
    assert timings(found, "workshop")[1] == "to_come"
    assert timings(report(tmp_path, as_at=date(2026, 12, 3)), "workshop")[1] == "passed"
    assert [(step.number, step.timing) for step in found.troubles] == [(2, "missing"), (2, "missing"), (3, "missing"), (3, "missing")]


def test_a_stage_is_late_where_its_day_is_later_than_the_cycle_allows(tmp_path: Path) -> None:
    files = changed("rotas/round-4.yaml", "self-evaluation, date: 2026-10-20", "self-evaluation, date: 2026-11-05")
    found = report(tmp_path, {**files, "rotas/round-4.yaml": files["rotas/round-4.yaml"].replace("2026-12-02", "2026-12-10")})
    late = {step.stage.en: (step.day, step.allowed) for step in found.troubles if step.timing == "late"}
    assert late == {
        "Self-evaluation": (date(2026, 11, 5), date(2026, 10, 20)),
        "Workshop": (date(2026, 12, 10), date(2026, 12, 9)),
    }


def test_a_stage_is_not_known_where_its_visit_is_not_marked_as_done(tmp_path: Path) -> None:
    files = changed("rotas/round-4.yaml", STAGES, STAGES.replace("state: done", "state: confirmed"))
    found = report(tmp_path, files, date(2026, 12, 3))
    assert timings(found, "workshop")[1] == "unknown"
    assert "unknown" in {step.timing for step in found.troubles}


def ticked(id: str, day: str, on: str) -> Files:
    entry = f"{id}, date: {day}"
    return changed("rotas/round-4.yaml", entry, f"{entry}, done_on: {on}")


def test_what_is_ticked_off_is_on_time_or_late_by_the_day_on_which_it_was_done(tmp_path: Path) -> None:
    found = report(tmp_path, ticked("self-evaluation", "2026-10-20", "2026-10-20"))
    assert timings(found, "self-evaluation")[1] == "on_time"
    assert [stage.count("on_time") for stage in found.stages if stage.id == "self-evaluation"] == [1]
    found = report(tmp_path, ticked("self-evaluation", "2026-10-20", "2026-10-21"))
    assert timings(found, "self-evaluation")[1] == "late"
    late = [(step.stage.en, step.day, step.allowed) for step in found.troubles if step.timing == "late"]
    assert late == [("Self-evaluation", date(2026, 10, 21), date(2026, 10, 20))]


def test_what_was_planned_late_but_done_in_time_is_on_time(tmp_path: Path) -> None:
    files = changed("rotas/round-4.yaml", "self-evaluation, date: 2026-10-20", "self-evaluation, date: 2026-11-05, done_on: 2026-10-19")
    assert timings(report(tmp_path, files), "self-evaluation")[1] == "on_time"


def test_what_was_done_after_the_day_of_the_report_is_not_known_of_yet(tmp_path: Path) -> None:
    files = ticked("workshop", "2026-12-02", "2026-12-01")
    assert timings(report(tmp_path, files), "workshop")[1] == "to_come"
    assert timings(report(tmp_path, files, date(2026, 12, 1)), "workshop")[1] == "on_time"


def test_what_is_ticked_off_counts_though_its_visit_is_not_marked_as_done(tmp_path: Path) -> None:
    files = ticked("workshop", "2026-12-02", "2026-12-02")
    rota = files["rotas/round-4.yaml"].replace("        state: done\n", "        state: confirmed\n", 1)
    assert timings(report(tmp_path, {**files, "rotas/round-4.yaml": rota}, date(2026, 12, 3)), "workshop")[1] == "on_time"


def test_reviewers_are_used_new_idle_or_at_the_end_of_their_training(tmp_path: Path) -> None:
    people = FILES["people.yaml"].replace("{level: trainee, trained: 2025-09-12}", "{level: trainee, trained: 2026-09-11}")
    people = people.replace("{level: reviewer, trained: 2025-09-12}", "{level: reviewer, trained: 2025-09-12, expires: 2026-11-13}")
    people += "  - {id: dan-deputy, name: A, school: dan, reviewer: {level: lead, trained: 2025-09-12, expires: 2027-11-19}}\n"
    people += "  - {id: dan-old, name: B, school: dan, reviewer: {level: lead, trained: 2021-09-12, expires: 2026-11-08}}\n"
    found = report(tmp_path, {**FILES, "people.yaml": people}).reviewers
    assert [member.id for member in found.used] == ["bryn-head", "dan-head", "mor-head", "pen-deputy", "pen-head", "tal-head"]
    assert [member.id for member in found.new] == ["tal-head"]
    assert [member.id for member in found.idle] == ["dan-deputy"]
    assert [(lapse.who.id, lapse.is_over) for lapse in found.lapses] == [("pen-deputy", True), ("dan-deputy", False)]
    assert found.share == 86
    assert found.first_time is None, "without an earlier rota nobody can tell who was in a team before"
    assert {school.id: (school.trained, school.used) for school in found.schools}["dan"] == (2, 1)


def test_an_earlier_rota_tells_who_is_in_a_team_for_the_first_time(tmp_path: Path) -> None:
    earlier = """\
cycles:
  - {id: round-3, name: Round 3, from: 2026-09-07, to: 2026-10-23, visits: [{host: mor}]}
rotas:
  - cycle: round-3
    status: published
    visits: [{host: mor, dates: [2026-09-22], lead: pen-head, team: [pen-head, dan-head], state: done}]
"""
    found = report(tmp_path, {**FILES, "earlier.yaml": earlier}).reviewers
    assert found.first_time is not None
    assert [member.id for member in found.first_time] == ["bryn-head", "mor-head", "pen-deputy", "tal-head"]


def test_days_out_and_kilometres_add_up(tmp_path: Path) -> None:
    found = report(tmp_path)
    assert [words.en for words in found.days_out.halves] == ["Autumn 2"]
    days = {school.id: school.total for school in found.days_out.schools}
    assert days == {"bryn": 1, "dan": 1, "mor": 2, "pen": 4, "tal": 2}
    assert found.days_out.total == sum(school.gives for school in found.loads.schools) == 10
    assert {school.id: school.kilometres is None for school in found.days_out.schools}["tal"]
    assert [words.en for words in found.unplaced] == ["Tal-y-bont School"]


@pytest.mark.parametrize(("as_at", "half"), [(date(2026, 9, 1), "autumn-2"), (TODAY, "autumn-2"), (date(2027, 6, 1), "autumn-2")])
def test_the_calendar_is_of_the_half_term_or_of_the_nearest_with_a_visit(tmp_path: Path, as_at: date, half: str) -> None:
    found = report(tmp_path, as_at=as_at).calendar
    assert found
    assert [sheet.id for sheet in found.sheets] == [half]


def test_a_rota_without_visits_has_a_report(tmp_path: Path) -> None:
    found = report(tmp_path, {**FILES, "rotas/round-4.yaml": "rotas:\n  - {cycle: round-4, status: published, visits: []}\n"})
    assert (found.calendar, found.done, found.days_out.total) == (None, (), 0)
    assert len(found.unplanned) == 4


def test_what_hosts_said_is_passed_on(tmp_path: Path) -> None:
    files = changed("round.yaml", "      - {host: bryn}\n", "      - {host: bryn, host_said: {cy: Da iawn, en: Very good}}\n")
    [said] = report(tmp_path, files).said
    assert (said.host.en, said.words.cy) == ("Ysgol Tŷ'r Bryn", "Da iawn")
    assert report(tmp_path).said == ()


def test_a_report_is_made_on_a_day_and_as_at_another(tmp_path: Path) -> None:
    found = report(tmp_path, as_at=date(2026, 11, 26))
    assert (found.as_at, found.imprint.made) == (date(2026, 11, 26), TODAY)
    assert replace(found, as_at=TODAY) != found
