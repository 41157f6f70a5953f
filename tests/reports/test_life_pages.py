"""What changes, and who gave how much: by visit, by school and by person, in the cluster's own names."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from workspaces import base_files, write

from sigctl.cluster import Cluster, load
from sigctl.records import Cycle
from sigctl.reports.differences import differences_page
from sigctl.reports.fairness import fairness_page
from sigctl.rota.life.differences import differences
from sigctl.rota.plan import PlannedStage, PlannedVisit

CYCLE = """\
cycles:
  - {id: round-3, name: Round 3, from: 2026-09-07, to: 2026-10-23, visits: [{host: porth}]}
  - {id: round-4, name: Round 4, from: 2026-11-02, to: 2027-03-19, visits: [{host: aberdare}, {host: porth}]}
rotas:
  - cycle: round-3
    status: published
    visits: [{host: porth, dates: [2026-09-22], lead: treorchy-head, team: [treorchy-head, aberdare-head], state: done}]
"""
DAYS, LATER = (date(2026, 11, 10), date(2026, 11, 11)), (date(2026, 11, 17), date(2026, 11, 18))
BEFORE = PlannedVisit("porth", DAYS, "treorchy-head", ("aberdare-head", "treorchy-head"), "confirmed")
AFTER = PlannedVisit("porth", LATER, "aberdare-head", ("aberdare-head", "rhydywaun-head"))


def cluster_of(folder: Path, **changes: str) -> tuple[Cluster, Cycle]:
    cluster, problems = load(
        write(folder, base_files() | {"cycles.yaml": CYCLE} | {f"{name}.yaml": text for name, text in changes.items()})
    )
    assert not problems
    return cluster, cluster.cycles["round-4"]


def test_a_change_is_told_to_everybody_whom_it_touches(tmp_path: Path) -> None:
    page = differences_page(*cluster_of(tmp_path), differences([BEFORE], [AFTER]))
    assert {(each.member.id, each.part) for each in page.people} == {
        ("aberdare-head", "moves"),
        ("aberdare-head", "leads"),
        ("treorchy-head", "leaves"),
        ("rhydywaun-head", "joins"),
    }
    assert [school.id for school in page.schools] == ["aberdare", "porth", "rhydywaun", "treorchy"]
    [visit] = page.visits
    assert (visit.what, visit.state, visit.before, visit.after) == ("moved", "confirmed", DAYS, LATER)
    assert visit.lead
    assert visit.lead.id == "aberdare-head"
    own = {school.id: school.own for school in page.schools}
    assert own == {"aberdare": None, "porth": visit, "rhydywaun": None, "treorchy": None}


def test_reserves_and_facilitators_are_told_as_well(tmp_path: Path) -> None:
    workshop = PlannedStage("workshop", date(2026, 11, 24), ("rhydywaun-head",))
    later = PlannedStage("workshop", date(2026, 11, 25), ("rhydywaun-head",))
    before = replace(BEFORE, reserves=("rhydywaun-head",), stages=(workshop,))
    page = differences_page(*cluster_of(tmp_path), differences([before], [replace(BEFORE, stages=(later,))]))
    assert [(each.member.id, each.part, each.after) for each in page.people] == [
        ("rhydywaun-head", "no_reserve", DAYS),
        ("rhydywaun-head", "facilitates", (date(2026, 11, 25),)),
    ]
    assert page.count("details") == 1


def test_a_first_rota_is_new_for_its_whole_team_the_lead_first(tmp_path: Path) -> None:
    page = differences_page(*cluster_of(tmp_path), differences([], [BEFORE]), is_first=True)
    assert page.is_first
    assert page.count("new") == 1
    assert [each.id for each in page.visits[0].joins] == ["treorchy-head", "aberdare-head"]


def test_a_school_that_joined_later_is_marked_and_one_that_left_is_not_compared(tmp_path: Path) -> None:
    schools = base_files()["schools.yaml"].replace("id: rhydywaun,", "id: rhydywaun, joined: 2026-10-26,")
    schools = schools.replace("id: porth,", "id: porth, carried: 40, left: 2026-10-23,")
    cycle = CYCLE.replace("{host: aberdare}, {host: porth}", "{host: aberdare}")
    page = fairness_page(*cluster_of(tmp_path, schools=schools, cycles=cycle), None)
    assert [head.id for head in page.cycles] == ["round-3"]
    assert not page.has_draft
    standing = {school.id: school for school in page.schools}
    assert standing["rhydywaun"].joined == date(2026, 10, 26)
    assert standing["rhydywaun"].turns == (None,)
    assert standing["rhydywaun"].balance == 0
    assert (standing["porth"].balance, standing["porth"].left) == (38, date(2026, 10, 23))
    assert page.spread == 1
    assert standing["treorchy"].given == 1


def test_before_the_first_rota_everybody_stands_at_what_they_brought(tmp_path: Path) -> None:
    cluster, cycle = cluster_of(tmp_path, cycles=CYCLE.partition("rotas:")[0])
    page = fairness_page(cluster, cycle, None)
    assert page.cycles == ()
    assert page.spread == 0
