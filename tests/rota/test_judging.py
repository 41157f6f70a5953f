"""Any rota that somebody could write by hand is judged, each breach at a place in its file; and one that was planned is clean."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from workspaces import base_files, write

from sigctl.cluster import Cluster, load
from sigctl.cluster.cluster import Origin
from sigctl.records import Rota
from sigctl.rota.life.draft import rota_text
from sigctl.rota.life.judging import judged
from sigctl.rota.plan import PlannedVisit
from sigctl.rota.planning import plan_rota
from sigctl.source import parse

CYCLE = """\
cycles:
  - id: round-4
    name: Round 4
    from: 2026-11-02
    to: 2027-03-19
    focus: [attendance]
    visit: {days: 2, team: 2}
    stages: [{id: workshop, within: 10, facilitators: 1}]
    rules:
      {visits_per_week: 1, visits_per_day: 1, swaps: true, reserves: 1, new_triads: true, shadowing: true, other_authority: true,
       same_phase: true}
    visits: [{host: aberdare}, {host: rhydywaun, fixed: {start: 2026-12-01, team: [treorchy-head]}}, {host: porth, team: 3}]
"""
HOSTS = ("aberdare", "rhydywaun", "porth", "treorchy")
PEOPLE = ("aberdare-head", "treorchy-head", "rhydywaun-head", "porth-head", "porth-clerk")
CLERK = "  - {id: porth-clerk, post: Clerk, school: porth}\n"


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Cluster:
    files = base_files()
    folder = tmp_path_factory.mktemp("judged")
    write(folder, files | {"cycles.yaml": CYCLE, "people.yaml": files["people.yaml"] + CLERK})
    found, problems = load(folder)
    assert not problems
    return found


def read(text: str) -> tuple[Rota, Origin]:
    document = parse("mine.yaml", text)
    assert isinstance(document.data, dict)
    raw = document.data["rotas"][0]  # type: ignore[index,call-overload]
    return Rota.model_validate(raw, by_alias=True, by_name=False), Origin(document, ("rotas", 0))


DAYS = st.lists(st.integers(-10, 150).map(lambda number: date(2026, 10, 26) + timedelta(number)), min_size=1, max_size=3)
NAMES = st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=4)
VISITS = st.builds(
    PlannedVisit,
    host=st.sampled_from(HOSTS),
    dates=DAYS.map(tuple),
    lead=st.sampled_from(PEOPLE),
    team=NAMES.map(tuple),
    state=st.sampled_from(("planned", "told", "confirmed", "done", "cancelled")),
    reserves=st.lists(st.sampled_from(PEOPLE), max_size=2).map(tuple),
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(visits=st.lists(VISITS, max_size=6))
def test_whatever_was_written_is_judged_at_its_place(cluster: Cluster, visits: list[PlannedVisit]) -> None:
    rota, origin = read(rota_text("round-4", "draft", visits))
    verdict = judged(cluster, cluster.cycles["round-4"], rota, date(2026, 9, 20), origin)
    lines = {"mine.yaml": origin.document.text.splitlines(), "cycles.yaml": CYCLE.splitlines()}
    for problem in verdict.problems:
        place = problem.place
        assert place.text == lines[place.file][place.line - 1]
        assert 0 < place.column <= len(place.text)
        assert problem.message
        assert not problem.message.endswith(".")
        assert problem.advice


def test_what_is_planned_breaks_nothing(tmp_path: Path) -> None:
    cycle = CYCLE.replace(", fixed: {start: 2026-12-01, team: [treorchy-head]}", "").replace(", team: 3", "")
    folder = write(tmp_path, base_files() | {"cycles.yaml": cycle})
    cluster, problems = load(folder)
    assert not problems
    plan = plan_rota(cluster, cluster.cycles["round-4"], today=date(2026, 9, 20))
    assert plan.visits
    rota, origin = read(rota_text("round-4", "draft", plan.visits))
    assert judged(cluster, cluster.cycles["round-4"], rota, date(2026, 9, 20), origin).problems == ()
