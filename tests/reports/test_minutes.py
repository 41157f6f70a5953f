"""Minutes as values: who was there, what is told where, and that nothing confidential stands on the ordinary page."""

from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest
from minuted import FILES, TODAY, cluster_of
from workspaces import told, write

from sigctl.cluster import Cluster
from sigctl.commands.blocks import words_of_blocks
from sigctl.reports.agenda import Around
from sigctl.reports.minutes.form import form_page
from sigctl.reports.minutes.numbering import decision_numbers, school_year
from sigctl.reports.minutes.page import MinutesPage, minutes_page
from sigctl.words import Words

SECRETS = ("secret", "gyfrinachol", "Solicitor", "Cyfreithiwr", "pay", "Cyflog")


@pytest.fixture
def cluster(tmp_path: Path) -> Cluster:
    return cluster_of(tmp_path)


@pytest.fixture
def page(cluster: Cluster) -> MinutesPage:
    return minutes_page(cluster, cluster.meetings["strategic-2026-11"], TODAY)


@pytest.fixture
def part(cluster: Cluster) -> MinutesPage:
    return minutes_page(cluster, cluster.meetings["strategic-2026-11"], TODAY, confidential=True)


def english(words: Words) -> str:
    return words.said("en")


def test_those_present_stand_by_school_with_name_and_post_and_people_of_no_school_last(page: MinutesPage) -> None:
    found = [(english(each.school), [(english(who.person), english(who.post)) for who in each.people]) for each in page.attendance.present]
    assert found == [
        ("Aberdare School", [("Headteacher", ""), ("Officer", "")]),
        ("Ysgol [/foo] | *Porth* & <i>", [("R Jones", "Headteacher")]),
        ("", [("=1+1", "Adviser")]),
    ]


def test_two_people_of_one_name_are_told_apart_by_their_schools(page: MinutesPage) -> None:
    (away,) = page.attendance.apologies
    assert (english(away.school), english(away.people[0].person)) == ("Treorchy School", "R Jones")
    (substitute,) = page.attendance.substitutes
    assert (english(substitute.by.person), english(substitute.instead_of.school)) == ("{{ 7*7 }}", "Treorchy School")


def test_a_school_that_sent_nobody_is_absent_without_a_person(page: MinutesPage) -> None:
    assert [(english(each.school), each.people) for each in page.attendance.absent] == [("Gone School", ())]


def test_members_and_substitutes_make_the_quorum_and_nobody_else(page: MinutesPage) -> None:
    quorum = page.attendance.quorum
    assert quorum is not None
    assert (quorum.needed, quorum.there, quorum.is_reached) == (3, 3, True)


def test_a_meeting_without_enough_members_has_no_quorum(tmp_path: Path) -> None:
    text = FILES["meetings.yaml"].replace("substitutes: [{for: treorchy-head, by: treorchy-deputy}]", "substitutes: []")
    cluster = cluster_of(tmp_path, FILES | {"meetings.yaml": text})
    quorum = minutes_page(cluster, cluster.meetings["strategic-2026-11"], TODAY).attendance.quorum
    assert quorum is not None
    assert (quorum.there, quorum.is_reached) == (2, False)


def test_decisions_count_through_the_school_year_and_confidential_ones_keep_their_numbers(page: MinutesPage, part: MinutesPage) -> None:
    assert [each.number for matter in page.matters for each in matter.decisions] == ["2026-27/3"]
    assert [(each.number, english(each.text)) for each in page.besides] == [("2026-27/5", "Under no item.")]
    assert [each.number for matter in part.matters for each in matter.decisions] == ["2026-27/4"]


def test_a_new_school_year_begins_in_august(cluster: Cluster) -> None:
    assert decision_numbers(cluster, "strategic")["strategic-2026-07", "old"] == "2025-26/1"
    assert [school_year(date(2026, month, 1)) for month in (7, 8)] == ["2025-26", "2026-27"]
    assert school_year(date(1999, 12, 31)) == "1999-00"


def test_the_ordinary_page_holds_nothing_that_is_confidential(page: MinutesPage) -> None:
    held = str(asdict(page))
    assert not [secret for secret in SECRETS if secret in held]
    (withheld,) = [matter for matter in page.matters if matter.is_withheld]
    assert withheld.number == 8
    assert all(action.id != "a2" for action in page.actions)


def test_the_confidential_part_holds_that_and_no_other_item(part: MinutesPage) -> None:
    (matter,) = part.matters
    assert (matter.number, english(matter.note)) == (8, "Very secret.")
    assert [english(each) for each in matter.visitors] == ["Solicitor"]
    assert [action.id for action in part.actions] == ["a2"]
    assert part.besides == ()
    assert "Send the figures" not in str(asdict(part))


def test_what_the_agenda_makes_itself_stands_there_where_something_was_noted(page: MinutesPage) -> None:
    assert [(matter.block, english(matter.title)) for matter in page.matters if not matter.is_withheld] == [
        ("minutes", ""), ("", "Figures"), ("", "Budget"), ("any-other-business", ""),
    ]  # fmt: skip
    assert [action.id for action in page.matters[-1].actions] == ["a3"]


def test_corrections_are_kept_beside_the_notes(page: MinutesPage) -> None:
    standing = page.state
    assert (standing.status, standing.agreed_on, standing.signed_on) == ("signed", date(2026, 12, 3), date(2026, 12, 3))
    assert [english(each) for each in standing.corrections] == ["R Jones (Treorchy) was absent.", "“… c£0.297m …”"]
    assert english(page.matters[1].note).startswith("The figures were discussed.")


def test_visitors_come_for_an_item_or_for_all(page: MinutesPage) -> None:
    assert [(english(each.who), each.number) for each in page.visitors] == [("Clerk", 0), ("Bursar", 9)]


def test_a_note_by_number_and_one_by_id_are_one_after_the_other(tmp_path: Path) -> None:
    text = FILES["meetings.yaml"].replace("        2: {cy", "        1: {cy: Eto., en: Again.}\n        2: {cy")
    cluster = cluster_of(tmp_path, FILES | {"meetings.yaml": text})
    note = minutes_page(cluster, cluster.meetings["strategic-2026-11"], TODAY).matters[1].note
    assert note.en.endswith("\n\nAgain.")


def test_what_names_an_unknown_item_is_not_told_where_something_was_confidential(tmp_path: Path) -> None:
    text = FILES["meetings.yaml"].replace("text: A secret rise., item: 2", "text: A secret rise., item: 7")
    files = FILES | {"meetings.yaml": text.replace("owner: adviser, item: 2", "owner: adviser, item: pya")}
    cluster = cluster_of(tmp_path, files)
    held = str(asdict(minutes_page(cluster, cluster.meetings["strategic-2026-11"], TODAY)))
    assert "secret" not in held
    assert {problem.code for problem in told(tmp_path) if problem.is_error} == {"no-such-item"}


@pytest.mark.parametrize("meeting", ["strategic-2026-12", "attendance-2026-11", "strategic-2027-01"])
def test_a_meeting_of_which_little_is_known_has_a_page(cluster: Cluster, meeting: str) -> None:
    page = minutes_page(cluster, cluster.meetings[meeting], TODAY)
    assert page.state.status == "draft"
    assert page.attendance.quorum is None


def test_the_form_lists_members_of_the_day_and_the_items_by_the_names_of_the_files(cluster: Cluster) -> None:
    page = form_page(Around(cluster, cluster.meetings["strategic-2026-11"], TODAY), words_of_blocks())
    assert [(each.id, each.school_id, english(each.person)) for each in page.members] == [
        ("aberdare-head", "aberdare", "Headteacher"), ("porth-head", "porth", "R Jones"), ("treorchy-head", "treorchy", "R Jones"),
        ("", "porth", ""), ("", "", "Headteacher"),
    ]  # fmt: skip
    keys = [item.key for item in page.items]
    assert [key for key in keys if key in ("figures", "2", "budget")] == ["figures", "2", "budget"]
    assert len(set(keys)) == len(keys)
    assert {"minutes", "any-other-business", "next-meeting"} <= set(keys)


def test_empty_notes_of_a_form_are_left_out(tmp_path: Path) -> None:
    files = FILES | {
        "meetings.yaml": FILES["meetings.yaml"].replace(
            "        figures:\n          cy: |", "        figures:\n          cy:\n          en:\n        budget:\n          cy: |"
        )
    }
    cluster = cluster_of(tmp_path, files)
    assert "figures" not in cluster.meetings["strategic-2026-11"].minutes.notes  # type: ignore[union-attr]
    assert told(write(tmp_path, files)) is not None


def test_the_page_says_how_much_stands_in_the_confidential_part(page: MinutesPage, part: MinutesPage) -> None:
    assert (page.withheld.decisions, page.withheld.actions) == (1, 1)
    assert (part.withheld.decisions, part.withheld.actions) == (0, 0)


def test_minutes_name_the_school_that_took_an_action_on_whatever_became_of_it(tmp_path: Path) -> None:
    schools = FILES["schools.yaml"].replace(
        "name: Treorchy School}", "name: Treorchy School, left: 2026-11-30, merged_into: aberdare}"
    )  # fmt: skip
    cluster = cluster_of(tmp_path, FILES | {"schools.yaml": schools})
    (hall,) = [each for each in minutes_page(cluster, cluster.meetings["strategic-2026-11"], TODAY).actions if each.id == "a4"]
    assert english(hall.school) == "Treorchy School"


def test_a_form_names_the_school_that_there_is_and_each_once(tmp_path: Path) -> None:
    schools = FILES["schools.yaml"].replace("left: 2026-11-01", "left: 2026-11-01, merged_into: porth")
    groups = FILES["groups.yaml"].replace("{school: gone, to: 2026-11-01}", "{school: gone}")
    cluster = cluster_of(tmp_path, FILES | {"schools.yaml": schools, "groups.yaml": groups})
    page = form_page(Around(cluster, cluster.meetings["strategic-2026-12"], TODAY), words_of_blocks())
    sent = [each.school_id for each in page.members if each.school_id and not each.id]
    assert sent == ["porth"]


def test_a_form_has_more_room_for_what_is_talked_over(cluster: Cluster) -> None:
    page = form_page(Around(cluster, cluster.meetings["strategic-2026-11"], TODAY), words_of_blocks())
    rules = {item.key: item.rules for item in page.items}
    assert rules["budget"] > rules["next-meeting"]
    assert rules["minutes"] == rules["budget"]
