"""Reserves and stages that are published: they stay while their visit does, whatever has been told, done or is past."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from workspaces import base_files, write

from sigctl.cluster import Cluster, load
from sigctl.records import Days
from sigctl.rota.gathering import case_of
from sigctl.rota.life.differences import differences
from sigctl.rota.life.draft import rota_text, visits_of
from sigctl.rota.life.judging import judged
from sigctl.rota.plan import Plan, PlannedVisit
from sigctl.rota.planning import plan_rota
from sigctl.rota.replan.request import Request
from sigctl.rota.replan.ways import replan_rota
from sigctl.term_dates import Span

BEFORE, TODAY = date(2026, 10, 1), date(2026, 11, 20)
SCHOOLS = ("aberdare", "porth", "rhydywaun", "treorchy")
CYCLE = """\
cycles:
  - id: round-4
    name: Round 4
    from: 2026-11-02
    to: 2027-03-19
    visit: {days: 1, team: 1}
    stages: [STAGES]
    rules: {swaps: true, welsh_speakers: 0, out_per_school: 2RULES}
    visits: [{host: aberdare}, {host: porth}, {host: treorchy}]
"""
WORKSHOP = "{id: workshop, within: 10, facilitators: 1}"
ROTA = """\
rotas:
  - cycle: round-4
    status: published
    visits:
      - {host: aberdare, dates: [2026-11-10], lead: treorchy-head, team: [treorchy-head], reserves: [rhydywaun-dep, porth-dep],
         stages: [{id: launch, date: 2026-11-03}, {id: workshop, date: 2026-11-12, facilitators: [porth-head, gone-head]}], state: done}
      - {host: porth, dates: [2026-12-01], lead: treorchy-head, team: [treorchy-head], reserves: [treorchy-dep, aberdare-dep],
         stages: [{id: workshop, date: 2026-12-03, facilitators: [rhydywaun-head, rhydywaun-dep]}, {id: party, date: 2026-12-02}],
         state: told}
      - {host: treorchy, dates: [2026-12-03], lead: aberdare-head, team: [aberdare-head], reserves: [porth-dep], state: confirmed}
"""


def files(stages: str = "", rules: str = "", rota: str = ROTA) -> dict[str, str]:
    """Four schools, each with a head and a deputy who review; and somebody who does no longer."""
    base = base_files()
    more = "".join(
        f"  - {{id: {school}-dep, post: Deputy, school: {school}, speaks: [cy, en], expertise: [attendance], "
        "reviewer: {level: lead, trained: 2025-09-12}}\n"
        for school in SCHOOLS
    )
    gone = "  - {id: gone-head, post: Headteacher, school: rhydywaun, speaks: [cy, en]}\n"
    cycle = CYCLE.replace("STAGES", stages).replace("RULES", rules and f", {rules}")
    found = base | {"cycles.yaml": cycle, "people.yaml": base["people.yaml"] + more + gone}
    return found | {"rotas/round-4.yaml": rota} if rota else found


def loaded(folder: Path, *said: str, rota: str = ROTA) -> Cluster:
    cluster, problems = load(write(folder, files(*said, rota=rota)))
    assert not problems
    return cluster


def planned(cluster: Cluster, today: date = TODAY) -> Plan:
    return plan_rota(cluster, cluster.cycles["round-4"], today=today)


def published(cluster: Cluster) -> dict[str, PlannedVisit]:
    return {visit.host: visit for visit in visits_of(cluster.rota("round-4", "published"))}


def with_rota(folder: Path, plan: Plan, *said: str, state: str = "planned") -> Cluster:
    visits = [replace(visit, state=state) for visit in plan.visits]  # type: ignore[arg-type]
    return loaded(folder, *said, rota=rota_text("round-4", "published", visits))


ASKED = [("", ""), ("", "reserves: 1"), (WORKSHOP, ""), (WORKSHOP, "reserves: 1"), ("{id: other, due: 200}", "reserves: 3")]


@pytest.mark.parametrize(("stages", "rules"), ASKED[:-1])
def test_what_is_published_of_a_visit_that_stays_is_no_change(tmp_path: Path, stages: str, rules: str) -> None:
    """Whether the cycle asks for less than was published, or for nothing."""
    cluster = loaded(tmp_path, stages, rules, rota=ROTA.replace("{id: launch, date: 2026-11-03}, ", ""))
    before, after = published(cluster), {visit.host: visit for visit in planned(cluster).visits}
    assert after["aberdare"] == before["aberdare"]
    assert after["porth"] == before["porth"]
    assert after["treorchy"].reserves == before["treorchy"].reserves
    changed = [each.host for each in differences(before.values(), after.values())]
    assert changed == (["treorchy"] if stages else [])


@pytest.mark.parametrize(("stages", "rules"), ASKED)
def test_what_is_done_stays_whole(tmp_path: Path, stages: str, rules: str) -> None:
    """With people who review no longer, and whatever the cycle asks for now."""
    cluster = loaded(tmp_path, stages, rules)
    now = next(visit for visit in planned(cluster).visits if visit.host == "aberdare")
    assert [each for each in now.stages if each.id != "other"] == list(published(cluster)["aberdare"].stages)
    assert replace(now, stages=()) == replace(published(cluster)["aberdare"], stages=())


def test_a_done_visit_gets_no_stage_that_is_past(tmp_path: Path) -> None:
    cluster = loaded(tmp_path, "{id: letter, due: -5}, {id: workshop, within: 10, facilitators: 1}, {id: review, due: 30}", "")
    now = next(visit for visit in planned(cluster).visits if visit.host == "aberdare")
    assert [each.id for each in now.stages] == ["workshop", "review", "launch"]


def test_replan_of_what_is_sound_changes_nothing(tmp_path: Path) -> None:
    cluster = loaded(tmp_path)
    found = replan_rota(cluster, cluster.cycles["round-4"], Request(), TODAY)
    assert [way.changes for way in found.ways] in ([], [()])


@pytest.mark.parametrize("state", ["planned", "told", "confirmed"])
def test_a_visit_that_people_know_of_keeps_its_reserves(tmp_path: Path, state: str) -> None:
    """Though nobody of its team may be changed by planning again."""
    first = planned(loaded(tmp_path / "first", "", "reserves: 1", rota=""), BEFORE)
    assert all(len(visit.reserves) == 1 for visit in first.visits)
    again = planned(with_rota(tmp_path / "again", first, "", "reserves: 1", state=state), BEFORE)
    assert [visit.reserves for visit in again.visits] == [visit.reserves for visit in first.visits]
    assert again.notes == first.notes


def test_a_visit_that_people_know_of_gets_reserves(tmp_path: Path) -> None:
    cluster = loaded(tmp_path, "", "reserves: 2")
    plan = planned(cluster)
    assert case_of(cluster, cluster.cycles["round-4"], TODAY).visits[1].locked
    assert {visit.host: len(visit.reserves) for visit in plan.visits} == {"aberdare": 2, "porth": 2, "treorchy": 2}


def test_a_team_that_is_fixed_by_hand_gets_reserves(tmp_path: Path) -> None:
    folder = write(tmp_path, files("", "reserves: 1", ""))
    cycle = folder / "cycles.yaml"
    text = cycle.read_text(encoding="utf-8").replace("{host: porth}", "{host: porth, fixed: {team: [treorchy-head]}}")
    cycle.write_text(text, encoding="utf-8")
    plan = planned(load(folder).cluster, BEFORE)
    assert all(len(visit.reserves) == 1 for visit in plan.visits)
    assert plan.notes == ()


def test_whoever_is_to_be_away_gets_no_duty(tmp_path: Path) -> None:
    """What is asked of replan binds those who lead stages and stand in as well."""
    cluster = loaded(tmp_path, WORKSHOP, "reserves: 1")
    away = tuple((who, Span(date(2026, 11, 30), date(2026, 12, 20))) for who in ("rhydywaun-head", "treorchy-dep"))
    found = replan_rota(cluster, cluster.cycles["round-4"], Request(away=away), TODAY)
    for way in found.ways:
        for visit in way.plan.visits:
            duties = {*visit.reserves, *(who for stage in visit.stages for who in stage.facilitators)}
            assert visit.host == "aberdare" or not duties & {"rhydywaun-head", "treorchy-dep"}
    assert found.ways


def test_two_of_a_school_do_not_wait_for_its_last_place(tmp_path: Path) -> None:
    """One of them stays, where both are published as reserves on a day on which their school can spare one."""
    two = led_by(rota("rhydywaun-dep", "", "rhydywaun-head", ""), "rhydywaun-head", "aberdare-dep")
    two = led_by(led_by(two, "aberdare-head", "porth-head"), "treorchy-head", "aberdare-head")
    two = two.replace("- host: aberdare\n", "- host: treorchy\n").replace("host: treorchy, dates", "host: aberdare, dates")
    for rules in ("", "reserves: 1"):
        cluster = loaded(tmp_path / (rules[:3] or "none"), "", rules, rota=two)
        schools = cluster.schools | {"rhydywaun": cluster.schools["rhydywaun"].model_copy(update={"max_out": 1})}
        waiting = [who for visit in planned(replace(cluster, schools=schools)).visits for who in visit.reserves if visit.host != "aberdare"]
        assert sum(who.startswith("rhydywaun") for who in waiting) == 1


def words(cluster: Cluster, rota: str) -> list[str]:
    """What is told of a rota, each with the line of its place."""
    found = cluster.rota("round-4", "published")
    assert found
    problems = judged(cluster, cluster.cycles["round-4"], found, TODAY).problems
    return [f"{each.message} @ {rota.splitlines()[each.place.line - 1][each.place.column - 1 :]}" for each in problems]


PLAIN = """\
rotas:
  - cycle: round-4
    status: published
    visits:
      - host: aberdare
        dates: [2026-12-01]
        lead: treorchy-head
        team: [treorchy-head]
        reserves: [RESERVE]
        stages: [{id: workshop, date: 2026-12-04, facilitators: [LEADER]}]
        state: told
      - host: porth
        dates: [DAY]
        lead: rhydywaun-head
        team: [rhydywaun-head]
        reserves: [OTHER]
        stages: [{id: workshop, date: 2026-12-04, facilitators: [THIRD]}]
        state: told
      - {host: treorchy, dates: [2026-12-08], lead: aberdare-head, team: [aberdare-head]}
"""


def rota(reserve: str, leader: str, other: str, third: str, day: str = "2026-12-01") -> str:
    found = PLAIN.replace("RESERVE", reserve).replace("LEADER", leader).replace("OTHER", other).replace("THIRD", third)
    return found.replace("DAY", day)


def led_by(text: str, before: str, after: str) -> str:
    """The rota with somebody else as the whole team of a visit."""
    return text.replace(f"lead: {before}", f"lead: {after}").replace(f"team: [{before}]", f"team: [{after}]")


def test_a_sound_rota_by_hand_promises_what_can_be(tmp_path: Path) -> None:
    text = rota("rhydywaun-dep", "porth-head", "treorchy-dep", "aberdare-head")
    assert words(loaded(tmp_path, WORKSHOP, rota=text), text) == []


def test_nobody_stands_in_at_two_visits_on_a_day(tmp_path: Path) -> None:
    text = rota("aberdare-dep", "porth-head", "aberdare-dep", "aberdare-head").replace("host: aberdare\n", "host: rhydywaun\n")
    text = led_by(text, "rhydywaun-head", "treorchy-dep")
    folder = write(tmp_path, files(WORKSHOP, "", text))
    cycle = folder / "cycles.yaml"
    cycle.write_text(cycle.read_text(encoding="utf-8").replace("{host: aberdare}", "{host: rhydywaun}"), encoding="utf-8")
    (said,) = words(load(folder).cluster, text)
    assert said.startswith("`aberdare-dep` is a reserve at `rhydywaun` and at `porth` on 2026-12-01, and can be called to one of them only")
    assert said.endswith(" @ aberdare-dep]")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            rota("", "rhydywaun-dep", "treorchy-dep", "rhydywaun-dep"),
            "`rhydywaun-dep` has two duties on 2026-12-04, at `aberdare` and at `porth`; one of them is a stage of a review",
        ),
        (
            rota("rhydywaun-dep", "porth-head", "treorchy-dep", "aberdare-head").replace("[2026-12-08]", "[2026-12-04]"),
            "`aberdare-head` has two duties on 2026-12-04, at `treorchy` and at `porth`; one of them is a stage of a review",
        ),
        (
            rota("porth-dep", "rhydywaun-dep", "treorchy-dep", "treorchy-dep", "2026-12-04"),
            "`treorchy-dep` is a reserve at `porth`, and leads a stage of the review there; the two are for two people",
        ),
    ],
)
def test_nobody_has_a_stage_and_something_else_on_a_day(tmp_path: Path, text: str, said: str) -> None:
    (found,) = words(loaded(tmp_path, WORKSHOP, rota=text), text)
    assert found.partition(" @ ")[0] == said
    assert found.partition(" @ ")[2].startswith(said[1 : said.index("`", 1)])


def test_what_was_promised_for_days_that_are_past_is_let_be(tmp_path: Path) -> None:
    text = rota("", "rhydywaun-dep", "treorchy-dep", "rhydywaun-dep").replace("2026-12-04", "2026-11-12")
    assert words(loaded(tmp_path, WORKSHOP, rota=text), text) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            rota("rhydywaun-head", "porth-head", "rhydywaun-dep", "aberdare-dep"),
            "`rhydywaun-dep` is a reserve at `porth` on 2026-12-01, when their school can spare nobody else @ rhydywaun-dep]",
        ),
        (
            rota("", "rhydywaun-dep", "", "rhydywaun-head"),
            "`rhydywaun-head` leads a stage of the review at `porth` on 2026-12-04",
        ),
        (
            rota("", "rhydywaun-head", "", "porth-head"),
            "`porth-head` leads a stage of the review at `porth` on 2026-12-04, but cannot: in its team, barred from there",
        ),
    ],
)
def test_a_school_can_spare_whoever_has_duties(tmp_path: Path, text: str, said: str) -> None:
    text = led_by(text, "rhydywaun-head", "treorchy-dep")
    cluster = loaded(tmp_path, WORKSHOP, rota=text)
    schools = cluster.schools | {"rhydywaun": cluster.schools["rhydywaun"].model_copy(update={"max_out": 1})}
    (found,) = words(replace(cluster, schools=schools), text)
    assert found.startswith(said)


def test_what_many_visits_lack_is_one_sentence(tmp_path: Path) -> None:
    plan = planned(loaded(tmp_path, "{id: workshop, within: 5, facilitators: 9}, {id: late, due: 400}", "reserves: 9", rota=""), BEFORE)
    assert len(plan.notes) == 3
    for host in ("aberdare", "porth", "treorchy"):
        for what in ("reserves", "`workshop`", "`late`"):
            assert any(f"`{host}`" in note and what in note for note in plan.notes), (host, what, plan.notes)


def test_a_day_off_for_one_reserve_changes_no_other(tmp_path: Path) -> None:
    """Of two reserves that are published, the one who can still come stays."""
    cluster = loaded(tmp_path, "", "reserves: 1")
    away = {"treorchy-dep": (Days(first=date(2026, 12, 1), last=date(2026, 12, 1)),)}
    people = {id: person.model_copy(update={"unavailable": away.get(id, person.unavailable)}) for id, person in cluster.people.items()}
    plan = planned(replace(cluster, people=people))
    assert {visit.host: visit.reserves for visit in plan.visits}["porth"] == ("aberdare-dep",)
