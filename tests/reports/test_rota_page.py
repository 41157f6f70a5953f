"""The rota's page: what it counts, and that no name can be markup in it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sigctl.cluster import Cluster
from sigctl.records import ClusterSettings, Cycle, Person, School, Settings
from sigctl.render import markdown
from sigctl.reports.visits import rota_page
from sigctl.rota.plan import GoalResult, Plan, PlannedVisit, Status

NAUGHTY = ["Ysgol [/foo]", "A & B <i>", "*x*|y", "{{ 7*7 }}", "=1+1", "`code` _x_", "# head", "![a](b)"]


def cluster_of(name: str) -> Cluster:
    schools = [School.model_validate({"id": id, "name": name, "carried": carried}) for id, carried in (("a", "2"), ("b", "0"), ("c", "0"))]
    people = [
        Person.model_validate(
            {
                "id": f"{id}-head",
                "post": {"cy": "Pennaeth", "en": "Headteacher"},
                "school": id,
                "reviewer": {"level": "lead", "trained": "2025-09-01"},
            }
        )
        for id in "abc"
    ]
    cycle = Cycle.model_validate({"id": "round", "name": name, "from": "2026-11-02", "to": "2026-12-18", "visits": [{"host": "a"}]})
    settings = Settings(sigctl=1, cluster=ClusterSettings.model_validate({"id": "x", "name": name}))
    return Cluster(Path(), settings, schools={s.id: s for s in schools}, people={p.id: p for p in people}, cycles={"round": cycle})


PLAN = Plan(
    "round",
    Status.FEASIBLE,
    (GoalResult("fairness", 4, 4), GoalResult("travel", 101.0, 100.0)),
    (PlannedVisit("a", (date(2026, 11, 10), date(2026, 11, 11)), "c-head", ("b-head", "c-head")),),
)


def test_the_lead_comes_first_and_days_are_counted() -> None:
    cluster = cluster_of("Ysgol")
    page = rota_page(cluster, cluster.cycles["round"], PLAN)
    assert [member.id for member in page.visits[0].team] == ["c-head", "b-head"]
    shares = {school.id: (school.gives, school.receives, school.carried, school.balance) for school in page.schools}
    assert shares == {"a": (0, 4, 2, -2), "b": (2, 0, 0, 2), "c": (2, 0, 0, 2)}


def test_what_was_proved_is_said_as_it_is() -> None:
    cluster = cluster_of("Ysgol")
    text = markdown("rota", "en", rota_page(cluster, cluster.cycles["round"], PLAN))
    assert "Fairness: 4 days between the largest balance and the smallest; fairest possible (within 0%)" in text
    assert "within 1% of the best possible; no rota can do better than 100" in text
    assert "The search was stopped before it could prove more." in text


def test_a_goal_of_which_nothing_is_proved_claims_nothing() -> None:
    cluster = cluster_of("Ysgol")
    plan = replace(PLAN, goals=(GoalResult("fairness", 4, 3), GoalResult("travel", 101.0, 0)))
    text = markdown("rota", "en", rota_page(cluster, cluster.cycles["round"], plan))
    assert "- Fairness: 4 days between the largest balance and the smallest; within 33% of the best possible; no rota can" in text
    assert "- Travel: 101 km, there and back each day, as the crow flies\n" in text


@pytest.mark.parametrize("name", NAUGHTY)
@pytest.mark.parametrize("language", ["cy", "en"])
def test_a_name_stays_literal_in_markdown(name: str, language: str) -> None:
    from markdown_it import MarkdownIt

    cluster = cluster_of(name)
    text = markdown("rota", language, rota_page(cluster, cluster.cycles["round"], PLAN))  # type: ignore[arg-type]
    tokens = MarkdownIt().enable("table").parse(text)
    shown = ["".join(part.content for part in token.children or ()) for token in tokens if token.type == "inline"]
    assert any(cell == name for cell in shown), shown
    assert not [part.type for token in tokens for part in token.children or () if part.type not in ("text", "text_special")]


def test_somebody_who_moves_is_shown_at_the_post_that_holds_in_the_cycle() -> None:
    cluster = cluster_of("Ysgol")
    posts = [{"post": "Deputy", "school": "a", "to": "2026-08-31"}, {"post": "Head", "school": "b", "from": "2026-09-01"}]
    mover = Person.model_validate({"id": "c-head", "posts": posts, "reviewer": {"level": "lead", "trained": "2025-09-01"}})
    moved = replace(cluster, people={**cluster.people, "c-head": mover})
    page = rota_page(moved, moved.cycles["round"], PLAN)
    lead = page.visits[0].team[0]
    assert (lead.id, lead.person.en, lead.school_id) == ("c-head", "Head", "b")
    assert {school.id: school.gives for school in page.schools} == {"a": 0, "b": 4}


def test_a_school_that_left_before_the_cycle_is_not_on_the_page() -> None:
    cluster = cluster_of("Ysgol")
    left = cluster.schools["b"].model_copy(update={"left": date(2026, 7, 20)})
    page = rota_page(replace(cluster, schools={**cluster.schools, "b": left}), cluster.cycles["round"], replace(PLAN, visits=()))
    assert [school.id for school in page.schools] == ["a", "c"]
