"""The minutes number what was said as the agenda did that people had before them; and what is next to what, on one day as well."""

from datetime import date
from pathlib import Path

from workspaces import Files, write

from sigctl.cluster import Cluster, load
from sigctl.commands.agenda.choosing import Wanted, chosen
from sigctl.commands.blocks import words_of_blocks
from sigctl.reports.agenda import AgendaPage, Around, Known, agenda_page
from sigctl.reports.agenda.page import Apologies
from sigctl.reports.minutes.attendance import quorum
from sigctl.reports.minutes.numbering import decision_numbers
from sigctl.reports.minutes.page import minutes_page

FILES: Files = {
    "sigctl.yaml": """\
sigctl: 1
cluster: {id: cl, name: C, languages: [en], nation: wales}
calendars:
  - id: w
    year: 2026-27
    terms:
      - {id: autumn, start: 2026-09-01, end: 2026-12-18, half_term: {from: 2026-10-26, to: 2026-10-30}}
""",
    "schools.yaml": "schools: [{id: a, name: A}, {id: b, name: B}, {id: old, name: Old, left: 2026-09-30, merged_into: a}]\n",
    "people.yaml": "people: [{id: pa, post: Head, school: a}, {id: pa2, post: Deputy, school: a}, {id: pb, post: Head, school: b}]\n",
}


def cluster_of(folder: Path, group: str, meetings: str) -> Cluster:
    files = {"groups.yaml": f"groups: [{{id: g, name: G, {group}}}]\n", "meetings.yaml": f"meetings:\n{meetings}"}
    return load(write(folder, {**FILES, **files})).cluster


def agenda_of(cluster: Cluster, meeting: str, today: date) -> AgendaPage:
    return agenda_page(Around(cluster, cluster.meetings[meeting], today), Known(words_of_blocks()))


def test_minutes_have_the_numbers_of_the_agenda(tmp_path: Path) -> None:
    text = """\
  - {id: m0, group: g, date: 2026-10-08, status: held, actions: [{id: a0, text: t, owner: pb, status: done, done_on: 2026-11-09}]}
  - id: m1
    group: g
    date: 2026-11-05
    status: held
    items: [{id: one, title: One}, {title: Two, confidential: true}, {title: Any other business}]
    minutes: {notes: {minutes: x, any-other-business: x, one: x, apologies: x, accounts: x}}
"""
    cluster = cluster_of(tmp_path, "kind: working, officers: [{office: chair, person: pa}]", text)
    page = minutes_page(cluster, cluster.meetings["m1"], date(2026, 11, 10))
    found = {each.title.en or each.block: each.number for each in page.matters if not each.is_withheld}
    for today in (date(2026, 11, 1), date(2026, 11, 10)):
        listed = {each.title.en: each.number for each in agenda_of(cluster, "m1", today).items}
        assert found == {
            "welcome-apologies": listed["Welcome and apologies"],
            "minutes": listed["Minutes of the last meeting"],
            "One": listed["One"],
            "Any other business": listed["Any other business"],
            "accounts": len(listed),
        }
        assert [each.number for each in page.matters if each.is_withheld] == [listed["One"] + 1]
    assert [each.number for each in page.matters] == sorted(each.number for each in page.matters)


def test_what_is_done_between_the_agenda_and_the_meeting_moves_no_number(tmp_path: Path) -> None:
    text = """\
  - {id: m0, group: g, date: 2026-10-08, status: held, actions: [{id: a0, text: t, owner: pb, status: done, done_on: 2026-11-03}]}
  - {id: m1, group: g, date: 2026-11-05, status: held, items: [{title: One}], minutes: {notes: {1: x}}}
"""
    cluster = cluster_of(tmp_path, "kind: working, officers: [{office: chair, person: pa}]", text)
    days = [date(2026, 10, 29), date(2026, 11, 4), date(2027, 1, 1)]
    listed = [[(each.number, each.block) for each in agenda_of(cluster, "m1", day).items] for day in days]
    assert listed[0] == listed[1] == listed[2]
    assert (minutes_page(cluster, cluster.meetings["m1"], days[2]).matters[0].number, "items") in listed[0]


def test_what_arises_has_the_numbers_of_the_minutes(tmp_path: Path) -> None:
    text = """\
  - {id: m1, group: g, date: 2026-11-05, status: held, items: [{title: One}], decisions: [{id: d1, text: x, item: 1}]}
  - {id: m2, group: g, date: 2026-11-26}
"""
    cluster = cluster_of(tmp_path, "kind: working, officers: [{office: chair, person: pa}]", text)
    (matter,) = minutes_page(cluster, cluster.meetings["m1"], date(2026, 11, 10)).matters
    later = agenda_of(cluster, "m2", date(2026, 11, 10))
    (arising,) = next(each for each in later.items if each.block == "matters-arising").content.matters
    assert (arising.number, arising.title) == (matter.number, matter.title)
    assert matter.number == 2


def test_a_note_of_several_presentations_stands_once(tmp_path: Path) -> None:
    below = (f"{{id: {id}, name: {id}, kind: working, reports_to: g" for id in "wv")
    more = "}, ".join(("kind: strategic, presentations: 2", *below))
    text = "  - {id: m1, group: g, date: 2026-11-05, status: held, minutes: {notes: {feedback: Both reported.}}}\n"
    cluster = cluster_of(tmp_path, more, text)
    (matter,) = minutes_page(cluster, cluster.meetings["m1"], date(2026, 11, 10)).matters
    assert (matter.block, matter.title.en, matter.note.en) == ("feedback", "", "Both reported.")
    assert matter.number == next(each.number for each in agenda_of(cluster, "m1", date(2026, 11, 10)).items if each.block == "feedback")


def test_many_meetings_one_after_the_other_are_no_trouble(tmp_path: Path) -> None:
    text = "".join(
        f"  - {{id: m{number}, group: g, date: 2026-{1 + number // 28:02d}-{1 + number % 28:02d}, status: held, "
        f"minutes: {{notes: {{actions: x}}}}, decisions: [{{id: d{number}, text: x, item: actions}}]}}\n"
        for number in range(300)
    )
    cluster = cluster_of(tmp_path, "kind: working", text)
    page = agenda_of(cluster, "m299", date(2026, 11, 25))
    assert next(each for each in page.items if each.block == "matters-arising").content.matters


def test_a_proposed_meeting_has_the_one_before_it_though_their_ids_are_alike(tmp_path: Path) -> None:
    group = "kind: working, meets: monthly, members: [{person: pa}], officers: [{office: chair, person: pa}]"
    text = """\
  - id: g-2026-11
    group: g
    date: 2026-11-04
    status: held
    items: [{title: Put off, carried: true}]
    minutes: {notes: {1: x}}
"""
    cluster = cluster_of(tmp_path, group, text)
    for found in chosen(cluster, Wanted(group="g"), date(2026, 11, 6)):
        proposed = found.meeting.model_copy(update={"id": "g-2026-11"})
        around = Around(cluster, proposed, date(2026, 11, 6))
        assert around.last is cluster.meetings["g-2026-11"]
        assert "Put off" in [each.title.en for each in agenda_page(around, Known(words_of_blocks()), found.proposals).items]


TWO_A_DAY = """\
  - {id: morning, group: g, date: 2026-11-04, start: "09:00", status: held, items: [{title: Put off, carried: true}],
     minutes: {notes: {1: x}}, decisions: [{id: d1, text: x}]}
  - {id: afternoon, group: g, date: 2026-11-04, start: "14:00", status: held, minutes: {status: draft}, decisions: [{id: d2, text: y}]}
"""


def test_of_two_meetings_on_a_day_the_earlier_one_comes_first(tmp_path: Path) -> None:
    cluster = cluster_of(tmp_path, "kind: working, members: [{person: pa}]", TWO_A_DAY)
    assert "Put off" in [each.title.en for each in agenda_of(cluster, "afternoon", date(2026, 11, 1)).items]
    assert Around(cluster, cluster.meetings["morning"], date(2026, 11, 1)).next is cluster.meetings["afternoon"]
    assert decision_numbers(cluster, "g") == {("morning", "d1"): "2026-27/1", ("afternoon", "d2"): "2026-27/2"}
    following = minutes_page(cluster, cluster.meetings["morning"], date(2026, 11, 10)).following
    assert following is not None
    assert str(following.start) == "14:00:00"


def test_a_voice_counts_once_though_somebody_and_their_school_are_members(tmp_path: Path) -> None:
    group = "kind: strategic, quorum: 2, members: [{school: a}, {person: pa}, {school: b}]"

    def there(present: str) -> int:
        text = f"  - {{id: m1, group: g, date: 2026-11-04, status: held, attendance: {present}}}\n"
        cluster = cluster_of(tmp_path, group, text)
        found = quorum(cluster, cluster.meetings["m1"])
        assert found is not None
        return found.there

    assert there("{present: [pa]}") == 1
    assert there("{present: [pa, pa2]}") == 2
    assert there("{present: [pa], schools: {present: [a]}}") == 2
    assert there("{substitutes: [{for: pa, by: pa2}]}") == 1
    assert there("{present: [pa], substitutes: [{for: pb, by: pa2}]}") == 2
    assert there("{substitutes: [{for: pb, by: pa2}]}") == 1, "who came for somebody of another school comes for that school"


def test_a_school_into_which_another_merged_has_its_voice(tmp_path: Path) -> None:
    group = "kind: strategic, quorum: 2, members: [{school: old}, {school: b}]"
    text = "  - {id: m1, group: g, date: 2026-11-04, status: held, attendance: {present: [pa, pb]}}\n"
    cluster = cluster_of(tmp_path, group, text)
    found = quorum(cluster, cluster.meetings["m1"])
    assert found is not None
    assert (found.there, found.is_reached) == (2, True)


def test_schools_that_sent_apologies_stand_on_the_agenda(tmp_path: Path) -> None:
    group = "kind: strategic, quorum: 2, members: [{school: old}, {school: a}, {school: b}, {person: pa}, {guest: Somebody}]"
    text = "  - {id: m1, group: g, date: 2026-11-25, attendance: {apologies: [pa], schools: {apologies: [b]}}}\n"
    cluster = cluster_of(tmp_path, group, text)
    content = agenda_of(cluster, "m1", date(2026, 11, 10)).items[0].content
    assert isinstance(content, Apologies)
    assert [each.id for each in content.received] == ["pa"]
    assert [each.en for each in content.schools] == ["B"]
    assert content.members == 3, "a place that two schools had is one after they merged"
