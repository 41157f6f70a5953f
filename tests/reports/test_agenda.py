"""The agenda that builds itself: what stands on it, in which order, at what time, and what never does."""

from collections.abc import Callable
from datetime import date, time
from itertools import pairwise
from pathlib import Path

import pytest
from agendas import FILES, TODAY, by_block, changed, cluster_of, page_of

from sigctl.cluster.blocks import block_meant
from sigctl.records.record import Text
from sigctl.render.document import markdown_of
from sigctl.reports.agenda import AgendaPage
from sigctl.reports.agenda.lacking import lacks_of
from sigctl.reports.agenda.page import ReportLines, RotaNews

MEETING = "strategic-2026-12"
Made = Callable[..., AgendaPage]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """The agenda of a meeting, with something else in one place of the files."""

    def make(*change: str, meeting: str = MEETING, today: date = TODAY) -> AgendaPage:
        return page_of(cluster_of(tmp_path, changed(*change) if change else FILES), meeting, today)

    return make


def titles(page: AgendaPage) -> list[str]:
    return [item.title.en for item in page.items]


def test_every_block_in_its_order(made: Made) -> None:
    assert titles(made()) == [
        "Welcome and apologies", "Declarations of interest", "Minutes of the last meeting", "Matters arising", "Actions",
        "Feedback: Attendance", "Peer reviews: the rota", "Travel costs", "Budget", "School uniform", "", "Safeguarding",
        "Reviewers whose training ends", "Offices whose term ends", "Groups to be reviewed", "Treasurer's report", "Dates",
        "Any other business", "Date of the next meeting",
    ]  # fmt: skip


def test_items_are_numbered_and_follow_each_other_in_time(made: Made) -> None:
    items = made().items
    assert [item.number for item in items] == list(range(1, len(items) + 1))
    assert items[0].start == time(15, 45)
    assert all(before.end == after.start for before, after in pairwise(items))
    assert (items[3].start, items[3].end, items[3].minutes) == (time(15, 55), time(16, 2), 7), "the meeting's own item says 7 minutes"


def test_a_meeting_without_a_time_has_no_clock(made: Made) -> None:
    page = made("    date: 2026-12-01\n    start: 15:45\n    end: 17:15\n", "    date: 2026-12-01\n")
    assert all(item.start is None and item.end is None for item in page.items)
    assert "no time" in " ".join(lack.message for lack in lacks_of(page))


def test_an_item_that_was_put_off_comes_again_and_says_how_often(made: Made) -> None:
    carried = by_block(made())["carried"]
    assert (carried.title.en, carried.carried, carried.is_overdue) == ("Travel costs", 3, True)
    assert by_block(made("date: 2026-09-17\n    status: held", "date: 2026-09-17\n    status: cancelled"))["carried"].carried == 2
    own = made("items:\n      - {id: budget,", "items:\n      - {id: travel, title: Travel, lead: dan-head}\n      - {id: budget,")
    assert "carried" not in by_block(own)
    assert [item.carried for item in own.items if item.title.en == "Travel"] == [3]


def test_an_item_that_was_dealt_with_in_between_is_counted_anew(made: Made) -> None:
    page = made("    items: [{id: travel, title: {cy: Teithio, en: Travel}, carried: true}]", "    items: [{id: travel, title: Travel}]")
    assert by_block(page)["carried"].carried == 1


def test_actions_of_all_that_report_here_the_oldest_first(made: Made) -> None:
    content = by_block(made())["actions"].content
    assert [(each.line.id, each.state) for each in content.actions] == [
        ("b1", "overdue"), ("a2", "overdue"), ("a3", "due"), ("a4", "undated"),
    ]  # fmt: skip
    assert (content.later, content.withheld, content.overdue) == (1, 1, 2)
    below = by_block(made(meeting="attendance-2026-12"))["actions"].content
    assert [each.line.id for each in below.actions] == ["b1"], "a working group sees its own and those below it"


def test_matters_arising_by_the_number_that_they_had(made: Made) -> None:
    content = by_block(made())["matters-arising"].content
    found = [(each.number, [one.en for one in each.decisions], [one.id for one in each.actions]) for each in content.matters]
    assert found == [(6, ["The rules were agreed"], ["a1"]), (0, ["All were thanked"], ["a5"])], "those that are due stand under actions"


@pytest.mark.parametrize("language", ["cy", "en"])
def test_nothing_of_a_confidential_item_is_passed_on(made: Made, language: str) -> None:
    text = markdown_of("agenda", [language], made())  # type: ignore[list-item]
    assert "Secret" not in text
    assert "Cyfrinach un" not in text
    assert "Cyfrinach dau" not in text


def test_minutes_of_the_last_meeting_and_older_drafts(made: Made) -> None:
    minutes = by_block(made())["minutes"].content.minutes
    assert [(each.meeting, each.status) for each in minutes] == [("strategic-2026-10", "draft"), ("strategic-2026-09", "draft")]
    assert [each.en for each in minutes[0].corrections] == ["Siân was present"]
    later = by_block(made(meeting="strategic-2027-01"))["minutes"].content.minutes
    assert [each.status for each in later] == ["to-come"], "which agrees the older drafts"
    assert by_block(made(meeting="strategic-2027-01", today=date(2026, 12, 2)))["minutes"].content.minutes[0].status == "none"


def test_groups_take_turns_those_that_waited_longest_first(made: Made) -> None:
    def presents(page: AgendaPage) -> list[str]:
        return [item.content.id for item in page.items if item.block == "feedback"]

    assert presents(made()) == ["attendance"], "literacy did in July, data reports elsewhere, old has ended"
    assert presents(made(meeting="strategic-2027-01")) == ["literacy"], "the meeting before it has its turn as well"
    noted = made("    minutes: {status: draft}\n", "    minutes: {status: draft, notes: {feedback: They reported}}\n")
    assert presents(noted) == ["literacy"], "attendance had its turn then, later than literacy"
    assert presents(made("presentations: 1", "presentations: 5")) == ["attendance", "literacy"]
    assert presents(made("presentations: 1", "presentations: 0")) == []
    named = made(
        "- {title: {cy: Gwisg ysgol, en: School uniform}, asked_by: mor-head}", "- {title: Literacy, feedback: literacy, minutes: 15}"
    )
    assert [(item.title.en, item.minutes) for item in named.items if item.block == "feedback"] == [("Literacy", 15)]
    assert presents(named) == ["literacy"]
    assert titles(named).count("Literacy") == 1


def test_a_presentation_tells_how_far_the_group_has_come(made: Made) -> None:
    content = by_block(made())["feedback"].content
    assert content.chair.id == "mor-head"
    assert content.since == date(2025, 9, 1)
    assert [each.standing for each in content.criteria] == ["partly", "met", "no_reading"]


def test_the_rota_of_this_half_term_and_the_next_without_what_is_cancelled(made: Made) -> None:
    halves = by_block(made())["rota"].content.half_terms
    assert [[visit.host_id for visit in half.visits] for half in halves] == [["bryn", "dan", "mor"]]


def test_a_working_group_has_no_business_of_the_cluster(made: Made) -> None:
    blocks = [item.block for item in made(meeting="attendance-2026-12").items]
    assert blocks == ["welcome", "actions", "feedback", "dates", "any-other-business", "next-meeting"]


def test_what_a_group_says_of_its_agenda(made: Made) -> None:
    agenda = "quorum: 3\n    agenda: [{block: minutes, minutes: 12, lead: pen-deputy, title: {cy: Cofnodion, en: Notes}}, welcome]"
    page = made("quorum: 3", agenda)
    assert titles(page) == ["Notes", "Welcome", "Budget", "School uniform", "Matters arising", ""], "items of people are never lost"
    assert page.items[0].minutes == 12
    assert page.items[0].lead.id == "pen-deputy"


def test_of_two_items_that_mean_the_same_none_is_lost(made: Made) -> None:
    twice = "{title: {cy: Materion yn codi, en: Matters arising}, minutes: 7}\n      - {title: Matters arising, minutes: 9}"
    page = made("{title: {cy: Materion yn codi, en: Matters arising}, minutes: 7}", twice)
    assert [item.minutes for item in page.items if item.title.en == "Matters arising"] == [7, 9]
    feedback = "{title: One, feedback: literacy}\n      - {title: Two, feedback: literacy}"
    page = made("{title: {cy: Gwisg ysgol, en: School uniform}, asked_by: mor-head}", feedback)
    assert [item.block for item in page.items if item.title.en in ("One", "Two")] == ["feedback", "items"]


def test_a_welcome_of_its_own_stands_alone(made: Made) -> None:
    page = made("{title: {cy: Materion yn codi, en: Matters arising}, minutes: 7}", "{title: Welcome and introductions, lead: mor-head}")
    assert [(item.title.en, item.lead.id) for item in page.items[:2]] == [
        ("Welcome and introductions", "mor-head"),
        ("Apologies for absence", "bryn-head"),
    ]


def test_items_come_before_the_end_where_a_group_leaves_them_out(made: Made) -> None:
    page = made("quorum: 3", "quorum: 3\n    agenda: [welcome, any-other-business, next-meeting]")
    assert titles(page)[-2:] == ["Any other business", "Date of the next meeting"]
    assert "Budget" in titles(page)


@pytest.mark.parametrize(
    ("title", "block"),
    [
        ("Apologies for absence", "apologies"),
        ("COFNODION Y CYFARFOD DIWETHAF", "minutes"),
        ("Matters arising:", "matters-arising"),
        ("Treasurer’s report", "accounts"),
        ("Y Cyfarfod Nesaf", "next-meeting"),
        ("A.O.B.", "any-other-business"),
        ("AOB", "any-other-business"),
        ("Minutes of the working group", None),
        ("Safeguarding", None),
    ],
)
def test_which_words_mean_a_block(tmp_path: Path, title: str, block: str | None) -> None:
    assert block_meant(cluster_of(tmp_path), Text(cy=title, en=title)) == block


def test_the_clusters_own_words_mean_a_block_too(tmp_path: Path) -> None:
    words = "words: {agenda.rota: {cy: Cylch adolygu, en: Review cycle}}\n"
    cluster = cluster_of(tmp_path, {**FILES, "sigctl.yaml": FILES["sigctl.yaml"] + words})
    assert block_meant(cluster, Text(cy="Cylch Adolygu")) == "rota"


def test_a_review_that_was_decided_and_an_office_that_is_followed_are_no_business(made: Made) -> None:
    assert "reviews" not in by_block(
        made("recommendation: refresh}", "recommendation: refresh, decision: continue, decided_on: 2026-11-10}")
    )
    page = made("to: 2026-12-31}", "to: 2026-12-31}\n      - {office: chair, person: mor-head, from: 2027-01-01}")
    assert "offices" not in by_block(page)


def test_a_group_of_which_nothing_is_known_has_the_bare_ceremony(tmp_path: Path) -> None:
    files = {**FILES, "groups.yaml": "groups: [{id: strategic, name: S, kind: strategic}]\n", "rotas/round-4.yaml": ""}
    files["meetings.yaml"] = "meetings: [{id: m, group: strategic, date: 2026-12-01}]\n"
    files["people.yaml"] = files["people.yaml"].replace(", expires: 2027-01-20", "")
    page = page_of(cluster_of(tmp_path, {name: text for name, text in files.items() if text}), "m")
    assert [item.block for item in page.items] == ["welcome", "interests", "any-other-business", "next-meeting"]
    assert [lack.message for lack in lacks_of(page)] == ["it has no time", "nobody chairs it"]


def test_what_is_lacking(made: Made, tmp_path: Path) -> None:
    told = " | ".join(lack.message for lack in lacks_of(made()))
    assert "`dan-head` leads item 9, Budget, but has sent apologies" in told
    assert "the items take 127 minutes, but the meeting has 90" in told
    assert "paper" not in told, "nobody looked for papers"
    without = page_of(cluster_of(tmp_path), MEETING, files=frozenset())
    assert "the paper `budget.pdf` of item 9 is not in the workspace" in [lack.message for lack in lacks_of(without)]
    there = page_of(cluster_of(tmp_path), MEETING, files=frozenset({"budget.pdf"}))
    assert not [lack for lack in lacks_of(there) if "paper" in lack.message]
    unled = made("asked_by: mor-head", "minutes: 5")
    assert "nobody leads item 10, School uniform" in [lack.message for lack in lacks_of(unled)]
    late = made(meeting="strategic-2027-01", today=date(2026, 12, 2))
    assert "there are no minutes of the last meeting, `strategic-2026-12`" in [lack.message for lack in lacks_of(late)]


def test_a_visit_whose_days_have_passed_is_told_apart_from_one_to_come(made: Made) -> None:
    early, late = (by_block(made(today=day))["rota"].content for day in (date(2026, 9, 1), date(2026, 11, 30)))
    assert isinstance(early, RotaNews)
    assert isinstance(late, RotaNews)
    assert not [each for half in early.half_terms for each in half.visits if half.is_unmarked(each)]
    visits = [(half, each) for half in late.half_terms for each in half.visits]
    passed = [each.number for _, each in visits if each.last < date(2026, 11, 30) and each.state != "done"]
    assert passed
    assert [each.number for half, each in visits if half.is_unmarked(each)] == passed


def test_the_agenda_says_that_its_items_take_too_long(made: Made) -> None:
    assert made().is_too_long
    assert not made("    date: 2026-12-01\n    start: 15:45\n    end: 17:15\n", "    date: 2026-12-01\n").is_too_long


@pytest.mark.parametrize(
    ("item", "is_told"),
    [
        ("{title: Attendance figures}", True),
        ("{title: Attendance group}", False),
        ("{title: {cy: Adolygu Presenoldeb, en: Look back}}", False),
        ("{title: How it went, feedback: attendance}", False),
        ("{title: Attendance group, confidential: true}", True),
    ],
)
def test_a_group_with_an_item_of_its_own_is_not_listed_for_review_again(made: Made, item: str, is_told: bool) -> None:
    page = made("items:\n      - {id: budget,", f"items:\n      - {item}\n      - {{id: budget,")
    reviews = by_block(page).get("reviews")
    told = [each.id for each in reviews.content.lines] if reviews and isinstance(reviews.content, ReportLines) else []  # type: ignore[union-attr]
    assert ("attendance" in told) == is_told
