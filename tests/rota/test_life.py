"""What the life of a rota rests upon: differences, digests, history, locks and the words for what is broken."""

from dataclasses import replace
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest
from workspaces import base_files, write

from sigctl.cluster import Cluster, load
from sigctl.records import Cycle
from sigctl.records.by_hand import ByHand
from sigctl.rota import Plan, PlannedVisit, Status, draft_text, is_edited
from sigctl.rota.gathering import case_of
from sigctl.rota.life.differences import differences
from sigctl.rota.life.digest import digest
from sigctl.rota.life.draft import head_of, without_head
from sigctl.rota.life.locks import ByHand as LockedByHand
from sigctl.rota.life.locks import ByPublishing, locks
from sigctl.rota.past.balances import balances, openings
from sigctl.rota.plan import GoalResult
from sigctl.rota.rules import RULES, Breach
from sigctl.rota.wording import words

from .tiny import case, person, visit

TUESDAY, WEDNESDAY, THURSDAY = date(2026, 11, 10), date(2026, 11, 11), date(2026, 11, 12)
FIRST = PlannedVisit("porth", (TUESDAY, WEDNESDAY), "a", ("a", "b"))


def what(before: PlannedVisit | None, after: PlannedVisit | None) -> list[str]:
    return [each.what for each in differences([before] if before else [], [after] if after else [])]


def test_a_visit_is_new_moved_changed_or_cancelled() -> None:
    assert what(None, FIRST) == ["new"]
    assert what(FIRST, None) == ["cancelled"]
    assert what(FIRST, replace(FIRST, state="cancelled")) == ["cancelled"]
    assert what(replace(FIRST, state="cancelled"), FIRST) == ["new"]
    assert what(FIRST, replace(FIRST, dates=(WEDNESDAY, THURSDAY))) == ["moved"]
    assert what(FIRST, replace(FIRST, team=("a", "c"))) == ["team"]
    assert what(FIRST, replace(FIRST, lead="b")) == ["team"]
    assert what(FIRST, replace(FIRST, reserves=("c",))) == ["details"]


def test_states_and_the_order_of_names_are_no_difference() -> None:
    assert not what(FIRST, replace(FIRST, team=("b", "a"), dates=(WEDNESDAY, TUESDAY), state="told"))
    assert not what(replace(FIRST, state="cancelled"), None)


def test_a_visit_that_moves_may_change_its_team_as_well() -> None:
    [found] = differences([FIRST], [replace(FIRST, dates=(THURSDAY,), team=("a", "c"))])
    assert found.has_moved
    assert found.has_other_team
    assert (found.joins, found.leaves, found.stays) == (("c",), ("b",), ("a",))


def test_differences_stand_by_date_then_host() -> None:
    visits = [FIRST, replace(FIRST, host="aberdare"), replace(FIRST, host="treorchy", dates=(date(2026, 11, 2),))]
    orders = {tuple(each.host for each in differences([], order)) for order in permutations(visits)}
    assert orders == {("treorchy", "aberdare", "porth")}


CYCLE = """\
cycles:
  - id: round-4
    name: Round 4
    from: 2026-11-02
    to: 2027-03-19
    visit: {days: 2, team: 2}
    visits:
      - {host: aberdare}
      - {host: porth, fixed: {start: 2026-12-01, team: [treorchy-head], by: secretary, why: hall booked, until: 2026-11-20}}
"""
ROTA = """\
rotas:
  - cycle: round-4
    status: published
    visits:
      - {host: aberdare, dates: [2026-11-10, 2026-11-11], lead: treorchy-head, team: [treorchy-head, porth-head], state: told}
      - {host: porth, dates: [2026-12-01, 2026-12-02], lead: treorchy-head, team: [treorchy-head, aberdare-head], state: confirmed}
"""


def cluster_of(folder: Path, **files: str) -> tuple[Cluster, Cycle]:
    write(folder, base_files() | {"cycles.yaml": CYCLE} | {f"{name}.yaml": text for name, text in files.items()})
    cluster, problems = load(folder)
    assert not problems
    return cluster, cluster.cycles["round-4"]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("people", "expertise: [attendance], reviewer: {level: lead", "unavailable: [2026-11-12], reviewer: {level: lead"),
        ("people", "level: reviewer", "level: lead"),
        ("schools", "id: porth,", "id: porth, max_out: 2,"),
        ("schools", "id: porth,", "id: porth, carried: 2,"),
        ("cycles", "to: 2027-03-19", "to: 2027-03-12"),
        ("cycles", "    visits:\n", "    rules: {days_between: 4}\n    visits:\n"),
        ("cycles", "- {host: aberdare}", "- {host: aberdare, days: 1}"),
        ("calendars", "end: 2026-12-18", "end: 2026-12-17"),
    ],
)
def test_the_digest_changes_with_what_a_rota_hangs_on(tmp_path: Path, file: str, old: str, new: str) -> None:
    before = base_files() | {"cycles.yaml": CYCLE}
    assert old in before[f"{file}.yaml"]
    first, other = (
        digest(*cluster_of(tmp_path / name, **({file: before[f"{file}.yaml"].replace(old, new)} if name == "other" else {})))
        for name in ("first", "other")
    )
    assert first != other


def test_the_digest_does_not_change_with_what_was_published_of_the_cycle(tmp_path: Path) -> None:
    assert digest(*cluster_of(tmp_path / "one")) == digest(*cluster_of(tmp_path / "two", rotas=ROTA))


def test_the_head_of_a_draft_tells_the_digest_and_what_was_proved() -> None:
    goals = (GoalResult("fairness", 2, 1), GoalResult("travel", 1317.4, 1317.4))
    text = draft_text(Plan("round-4", Status.OPTIMAL, goals, (FIRST,)), "0123456789abcdef")
    for each in (text, text.replace("\n", "\r\n")):
        assert head_of(each).files == "0123456789abcdef"
        assert head_of(each).goals == {"fairness": (2, 1), "travel": (1317.4, 1317.4)}
        assert not is_edited(each)
    assert is_edited(text.replace("planned\n", "told\n"))
    assert without_head("# mine\n" + text).startswith("# mine\nrotas:\n")


def test_locks_by_hand_and_by_publishing_stay_apart(tmp_path: Path) -> None:
    cluster, cycle = cluster_of(tmp_path, rotas=ROTA)
    fixed = LockedByHand(date(2026, 12, 1), ("treorchy-head",), "secretary", "hall booked", date(2026, 11, 20))
    assert locks(cluster, cycle) == {"aberdare": (ByPublishing("told"),), "porth": (fixed, ByPublishing("confirmed"))}
    assert locks(cluster, cycle, date(2026, 11, 21))["porth"] == (ByPublishing("confirmed"),)


def test_a_locked_visit_is_whole_in_the_case_and_free_where_a_rota_is_judged(tmp_path: Path) -> None:
    cluster, cycle = cluster_of(tmp_path, rotas=ROTA)
    locked = case_of(cluster, cycle)
    aberdare = locked.visits[0]
    assert aberdare.locked
    assert aberdare.start == 8
    assert [locked.reviewers[each].id for each in aberdare.members] == ["porth-head", "treorchy-head"]
    assert not any(each.locked for each in case_of(cluster, cycle, None, cluster.rota("round-4", "published")).visits)


def test_what_is_fixed_by_hand_to_something_else_is_not_locked(tmp_path: Path) -> None:
    cluster, cycle = cluster_of(tmp_path, rotas=ROTA, cycles=CYCLE.replace("start: 2026-12-01", "start: 2027-01-12"))
    assert not case_of(cluster, cycle).visits[1].locked
    assert case_of(cluster, cycle, date(2026, 12, 24)).visits[1].locked, "what was fixed by hand no longer binds"


EARLIER = """\
  - {id: round-2, name: Round 2, from: 2026-09-01, to: 2026-09-18, visits: [{host: aberdare}]}
  - {id: round-3, name: Round 3, from: 2026-09-21, to: 2026-10-23, visits: [{host: porth}]}
"""
EARLIER_ROTAS = """\
rotas:
  - cycle: round-2
    status: published
    visits:
      - {host: aberdare, dates: [2026-09-15, 2026-09-16], lead: treorchy-head, team: [treorchy-head, porth-head], state: done}
  - cycle: round-3
    status: published
    visits:
      - {host: porth, dates: [2026-09-22], lead: treorchy-head, team: [treorchy-head, aberdare-head], state: done}
      - {host: treorchy, dates: [2026-09-29], lead: aberdare-head, team: [aberdare-head], state: cancelled}
  - cycle: round-3
    status: draft
    visits:
      - {host: porth, dates: [2026-09-22, 2026-09-23], lead: treorchy-head, team: [treorchy-head], state: planned}
"""


def test_balances_go_on_from_cycle_to_cycle(tmp_path: Path) -> None:
    schools = base_files()["schools.yaml"].replace("id: aberdare,", "id: aberdare, carried: 3,")
    schools = schools.replace("id: rhydywaun,", "id: rhydywaun, joined: 2026-09-21,")
    cluster, cycle = cluster_of(tmp_path, cycles=CYCLE + EARLIER, rotas=EARLIER_ROTAS, schools=schools)
    found = balances(cluster, cycle)
    assert [(turn.cycle, turn.given, turn.received, turn.balance) for turn in found["aberdare"]] == [
        ("round-2", 0, 4, -1), ("round-3", 1, 0, 0),
    ]  # fmt: skip
    assert [turn.balance for turn in found["treorchy"]] == [2, 3]
    assert [turn.cycle for turn in found["rhydywaun"]] == ["round-3"]
    assert openings(cluster, cycle) == {"aberdare": 0, "treorchy": 3, "rhydywaun": 0, "porth": 0}
    assert openings(cluster, cluster.cycles["round-3"])["aberdare"] == -1
    assert openings(cluster, cluster.cycles["round-2"])["aberdare"] == 3
    assert [school.carried for school in case_of(cluster, cycle).schools] == [0, 0, 0, 3]


def test_somebody_who_has_changed_schools_counts_for_where_they_were(tmp_path: Path) -> None:
    people = base_files()["people.yaml"].replace(
        "post: Headteacher, school: treorchy,",
        "posts: [{post: Head, school: porth, to: 2026-09-18}, {post: Head, school: treorchy, from: 2026-09-19}],",
    )
    cluster, cycle = cluster_of(tmp_path, cycles=CYCLE + EARLIER, rotas=EARLIER_ROTAS, people=people)
    found = balances(cluster, cycle)
    assert [turn.given for turn in found["porth"]] == [4, 0]
    assert [turn.given for turn in found["treorchy"]] == [0, 1]


def test_the_cycle_can_weigh_every_rule() -> None:
    """Whoever adds a rule adds what becomes of it in a rota edited by hand."""
    assert {rule.name for rule in RULES} <= set(ByHand.model_fields)


@pytest.mark.parametrize("rule", [rule.name for rule in RULES])
def test_every_rule_has_words_for_its_breach(rule: str) -> None:
    """In plain words: with the ids that it is about, and without the name of the rule, which stands behind them."""
    some = case(
        [visit(0, days=2, team=2, focus=("attendance",), members=(1,)), visit(1)],
        [person(1, reviewed=((0, 1),)), person(2), person(2)],
        return_after=2, similar_size=1.5,
    )  # fmt: skip
    people = ("person-0",) if rule != "out_per_school" else ("person-1", "person-2")
    breach = Breach(rule, ("school-0", "school-1"), people, (date(2026, 11, 3), date(2026, 11, 5)))
    told = words(some, breach)
    assert "`school-0`" in told or "`person-" in told
    assert not told.startswith("the rule")


def test_a_rule_that_has_no_words_yet_is_told_by_what_it_asks_for() -> None:
    told = words(case([visit(0)], [person(1)]), Breach("tea", ("school-0",), ("person-0",), (TUESDAY,)))
    assert told == "the rule `tea` is broken at `school-0` by `person-0` on 2026-11-10"
