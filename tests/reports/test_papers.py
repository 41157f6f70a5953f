"""The papers of a rota: who goes to which session, what is due when, who is out, and what no paper may say."""

from collections import Counter
from dataclasses import replace
from datetime import date, time
from itertools import combinations
from pathlib import Path

import pytest
from viewed import FILES, TODAY
from workspaces import Files, write

from sigctl.cluster import load
from sigctl.cluster.programmes import days_of, pattern_text, patterns, programme_of
from sigctl.records import ProgrammeDay, Session
from sigctl.render.document import document, text_of
from sigctl.reports.papers import (
    Round,
    brief,
    checklist,
    give_and_take,
    out_by_day,
    person_sheets,
    rota_changes,
    round_of,
    school_sheets,
    visit_programme,
    whole_rota,
)
from sigctl.reports.papers.sharing import Slot, shared_out
from sigctl.reports.visit import VisitLine
from sigctl.reports.who import Member
from sigctl.rota.life.differences import differences
from sigctl.rota.life.digest import digest
from sigctl.rota.life.draft import visits_of
from sigctl.words import Words, same

TEAM = tuple(Member(name, same(name), f"school-of-{name}", same(name)) for name in ("lead", "ann", "bob", "cai"))
PROGRAMMES = """\
programmes:
  - {id: short, name: Short, days: [{sessions: [{start: 09:00, end: 12:00, title: Own morning}]}]}
"""


def round_in(folder: Path, files: Files = FILES) -> Round:
    cluster, problems = load(write(folder, files))
    assert not problems, problems
    rota = cluster.rota("round-4", "published")
    assert rota
    return round_of(cluster, cluster.cycles["round-4"], rota, TODAY)


def visit(of: Round, host: str) -> VisitLine:
    return next(visit for visit in of.page.held if visit.host_id == host)


def changed(name: str, old: str, new: str) -> dict[str, str]:
    assert old in FILES[name]
    return {**FILES, name: FILES[name].replace(old, new)}


def day(*sessions: tuple[str, str, str]) -> ProgrammeDay:
    return ProgrammeDay(
        sessions=tuple(Session.model_validate(dict(zip(("start", "end", "reviewer"), each, strict=True), title="x")) for each in sessions)
    )


def ids(slot: Slot) -> list[str]:
    return [member.id for member in slot.people]


def meets(a: Slot, b: Slot) -> bool:
    return a.start < b.end and b.start < a.end


class TestSharingOut:
    @pytest.mark.parametrize("size", [1, 2, 3, 4])
    def test_what_is_for_one_is_shared_out_evenly(self, size: int) -> None:
        days = [day(*((f"{hour:02}:00", f"{hour + 1:02}:00", "one") for hour in range(9, 15)))] * 2
        gone = Counter(id for slots in shared_out(days, TEAM[:size]) for slot in slots for id in ids(slot))
        assert sum(gone.values()) == 12
        assert max(gone.values()) - min(gone.values()) <= 1

    @pytest.mark.parametrize("programme", patterns(), ids=lambda each: each.id)
    @pytest.mark.parametrize("size", [1, 2, 3, 4])
    def test_nobody_is_in_two_places(self, programme, size: int) -> None:  # type: ignore[no-untyped-def]
        for slots in shared_out(programme.days, TEAM[:size]):
            for a, b in combinations(slots, 2):
                if meets(a, b):
                    assert not a.is_for_all
                    assert not set(ids(a)) & set(ids(b))

    @pytest.mark.parametrize("programme", patterns(), ids=lambda each: each.id)
    @pytest.mark.parametrize("size", [2, 3, 4])
    def test_a_usual_team_has_somebody_for_each_session_of_ours_and_the_lead_gives_the_feedback(self, programme, size: int) -> None:  # type: ignore[no-untyped-def]
        slots = [slot for each in shared_out(programme.days, TEAM[:size]) for slot in each]
        assert all(slot.is_for_all or slot.people for slot in slots)
        assert all(ids(slot) == ["lead"] for slot in slots if slot.title.en.startswith("Feedback"))
        assert any(slot.title.en.startswith("Feedback") for slot in slots)

    def test_sessions_side_by_side_have_one_each_before_any_has_two(self) -> None:
        [(walk, books)] = shared_out([day(("09:00", "10:00", "pair"), ("09:00", "10:00", "one"))], TEAM[:2])
        assert (len(walk.people), len(books.people)) == (1, 1)
        [(walk, books)] = shared_out([day(("09:00", "10:00", "pair"), ("09:00", "10:00", "one"))], TEAM[:3])
        assert (len(walk.people), len(books.people)) == (2, 1)

    def test_the_lead_is_kept_free_for_sessions_of_the_lead(self) -> None:
        [(books, governors)] = shared_out([day(("09:00", "10:00", "one"), ("09:30", "10:00", "lead"))], TEAM[:1])
        assert (ids(books), ids(governors)) == ([], ["lead"])

    def test_a_trainee_goes_alone_only_where_nobody_else_is_free(self) -> None:
        days = [day(*((f"{hour:02}:00", f"{hour + 1:02}:00", "one") for hour in range(9, 15)), ("15:00", "16:00", "pair"))]
        [(*alone, pair)] = shared_out(days, TEAM[:3], {"bob"})
        assert all(ids(slot) in (["lead"], ["ann"]) for slot in alone)
        assert "bob" in ids(pair)
        [slots] = shared_out([day(("09:00", "10:00", "one"), ("09:00", "10:00", "one"))], TEAM[:2], {"ann"})
        assert sorted(ids(slot)[0] for slot in slots) == ["ann", "lead"]


class TestProgrammes:
    def test_ours_are_in_both_languages_and_a_file_that_a_cluster_can_take(self, tmp_path: Path) -> None:
        cluster, problems = load(write(tmp_path, {**FILES, "programmes.yaml": pattern_text()}))
        assert not problems
        assert tuple(cluster.programmes.values()) == tuple(sorted(patterns(), key=lambda each: each.id))
        texts = [session.title for each in patterns() for one in each.days for session in one.sessions]
        texts += [session.host for each in patterns() for one in each.days for session in one.sessions if session.host]
        assert all(text.cy and text.en and text.cy != text.en for text in texts)
        for each in patterns():
            said = " ".join(session.title.en for one in each.days for session in one.sessions).lower()
            kinds = ("arrival", "learning walk", "book scrutiny", "leaders", "governors", "pupils", "parents", "team meeting", "feedback")
            assert [kind for kind in kinds if kind not in said] == []

    def test_a_visit_keeps_to_the_one_that_is_nearest_to_it(self, tmp_path: Path) -> None:
        cluster = round_in(tmp_path / "a", {**FILES, "programmes.yaml": PROGRAMMES}).cluster
        cycle = cluster.cycles["round-4"]
        assert programme_of(cluster, cycle, "mor", 1).id == "short"
        assert programme_of(cluster, cycle, "dan", 2).id == "two-days"
        named = changed("round.yaml", "visit: {days: 2, team: 2}", "visit: {days: 2, team: 2, programme: short}")
        assert round_in(tmp_path / "b", {**named, "programmes.yaml": PROGRAMMES}).cycle.visit.programme == "short"
        own = changed("round.yaml", "{host: bryn}", "{host: bryn, programme: short}")
        of = round_in(tmp_path / "c", {**own, "programmes.yaml": PROGRAMMES})
        first, last = visit_programme(of, visit(of, "bryn")).days
        assert first.slots == ()
        assert [slot.title for slot in last.slots] == [same("Own morning")]

    def test_the_last_day_stays_the_last(self) -> None:
        one, two, three = patterns()
        assert days_of(three, 1) == three.days[2:]
        assert days_of(three, 2) == (three.days[0], three.days[2])
        assert days_of(three, 4) == (*three.days[:2], None, three.days[2])
        assert days_of(one, 2) == (None, one.days[0])
        assert days_of(two, 2) == two.days

    def test_each_day_of_the_visit_has_its_sessions(self, tmp_path: Path) -> None:
        of = round_in(tmp_path)
        page = visit_programme(of, visit(of, "dan"))
        assert [each.day for each in page.days] == [date(2026, 11, 24), date(2026, 11, 25)]
        assert page.days[0].slots[0].start == time(8, 30)
        assert page.status == "published"


class TestChecklist:
    def test_days_are_counted_in_the_hosts_pupil_days(self, tmp_path: Path) -> None:
        programme = PROGRAMMES.rstrip()[:-1] + ", checklist: [{title: Before, due: -3}, {title: During}, {title: After, due: 2}]}\n"
        of = round_in(tmp_path, {**changed("round.yaml", "{host: dan,", "{host: dan, programme: short,"), "programmes.yaml": programme})
        page = checklist(of, visit(of, "dan"))
        # The school has an INSET day on Friday 20 November, so three pupil days before Tuesday 24 are 23, 19 and 18.
        assert [(todo.title.en, todo.day) for todo in page.before] == [("Before", date(2026, 11, 18))]
        assert [todo.title.en for todo in page.during] == ["During"]
        assert [(todo.title.en, todo.day) for todo in page.after] == [("After", date(2026, 11, 27))]

    def test_a_stage_gives_its_day_to_the_task_that_goes_with_it_and_the_others_stand_among_the_tasks(self, tmp_path: Path) -> None:
        of = round_in(tmp_path)
        page = checklist(of, visit(of, "bryn"))
        [sent] = [todo for todo in page.before if todo.title.en == "Send the team the self-evaluation"]
        assert sent.day == date(2026, 10, 20)
        assert not [todo for todo in page.before if todo.title.en == "Self-evaluation"]
        [workshop] = [todo for todo in page.after if todo.title.en == "Workshop"]
        assert (workshop.day, workshop.is_held, [each.id for each in workshop.people]) == (date(2026, 12, 2), True, ["mor-head"])
        days = [todo.day for todo in page.after if todo.day]
        assert days == sorted(days)

    def test_what_lies_beyond_the_calendar_has_no_day(self, tmp_path: Path) -> None:
        programme = PROGRAMMES.rstrip()[:-1] + ", checklist: [{title: Much later, due: 200}]}\n"
        of = round_in(tmp_path, {**changed("round.yaml", "{host: dan,", "{host: dan, programme: short,"), "programmes.yaml": programme})
        assert [todo.day for todo in checklist(of, visit(of, "dan")).after] == [None]


class TestSheets:
    def test_a_school_sees_its_visit_its_people_and_its_share(self, tmp_path: Path) -> None:
        sheets = {sheet.line.id: sheet for sheet in school_sheets(round_in(tmp_path))}
        assert set(sheets) == {"bryn", "dan", "mor", "pen", "tal"}
        mor = sheets["mor"]
        assert mor.visit
        assert mor.visit.dates == (date(2026, 12, 8),)
        assert [(part.who.id, part.role, part.visit.host_id, part.first) for part in mor.parts] == [
            ("mor-head", "leads", "dan", date(2026, 11, 24)),
            ("mor-head", "leads_stage", "bryn", date(2026, 12, 2)),
        ]
        assert [(part.role, part.visit.host_id) for part in sheets["dan"].parts] == [("in_reserve", "bryn"), ("leads", "mor")]
        assert sheets["pen"].visit is None
        assert (mor.line.gives, mor.line.receives) == (2, 2)

    def test_everybody_with_a_part_has_a_page_with_the_way_there(self, tmp_path: Path) -> None:
        sheets = {sheet.line.who.id: sheet for sheet in person_sheets(round_in(tmp_path))}
        assert set(sheets) == {"bryn-head", "dan-head", "mor-head", "pen-head", "pen-deputy", "tal-head"}
        [journey] = sheets["mor-head"].journeys
        assert (journey.visit.host_id, journey.leads, [each.id for each in journey.others]) == ("dan", True, ["tal-head"])
        assert journey.way == 8.0
        assert sheets["tal-head"].journeys[0].way is None
        assert [led.stage.id for led in sheets["mor-head"].line.stages] == ["workshop"]

    def test_who_is_out_on_which_day_with_those_who_lead_a_stage(self, tmp_path: Path) -> None:
        autumn = out_by_day(round_in(tmp_path)).half_terms[0]
        told = [(row.day.isoformat(), row.host.en, row.stage.en, [each.id for each in row.people]) for row in autumn.rows]
        assert told[0] == ("2026-11-10", "Ysgol Tŷ'r Bryn", "", ["pen-head", "pen-deputy"])
        assert ("2026-12-02", "Ysgol Tŷ'r Bryn", "Workshop", ["mor-head"]) in told
        assert [row[0] for row in told] == sorted(row[0] for row in told)
        assert autumn.most == 2

    def test_where_calendars_differ_each_half_term_stands_once(self, tmp_path: Path) -> None:
        terms = "terms: [{{id: autumn, start: 2026-09-01, end: 2026-12-18, half_term: {{from: {}, to: {}}}}}]"
        most, few = terms.format("2026-10-19", "2026-10-23"), terms.format("2026-11-02", "2026-11-06")
        schools = "{id: a, name: A, calendar: w}, {id: b, name: B, calendar: v}, {id: d, name: D, calendar: w}"
        reviewer = "post: Head, reviewer: {level: lead, trained: 2025-09-12}"
        window = "name: R, from: 2026-09-09, to: 2026-12-11, visit: {days: 1, team: 1}, goals: [fairness]"
        files = {
            "sigctl.yaml": "sigctl: 1\ncluster: {id: cl, name: C, nation: wales}\n",
            "calendars.yaml": f"calendars: [{{id: w, year: 2026-27, {most}}}, {{id: v, year: 2026-27, {few}}}]\n",
            "schools.yaml": f"schools: [{schools}]\n",
            "people.yaml": f"people: [{{id: pa, school: a, {reviewer}}}, {{id: pb, school: b, {reviewer}}}]\n",
            "round.yaml": f"cycles: [{{id: round-4, {window}, visits: [{{host: a}}, {{host: b}}, {{host: d}}]}}]\n",
            "rota.yaml": """\
rotas:
  - cycle: round-4
    status: published
    visits:
      - {host: a, dates: [2026-10-27], lead: pb, team: [pb]}
      - {host: b, dates: [2026-10-28], lead: pa, team: [pa]}
      - {host: d, dates: [2026-10-29], lead: pb, team: [pb]}
""",
        }
        [half] = out_by_day(round_in(tmp_path, files)).half_terms
        assert (half.name.en, [row.host.en for row in half.rows]) == ("autumn 2", ["A", "B", "D"])

    def test_cancelled_visits_are_in_no_paper(self, tmp_path: Path) -> None:
        of = round_in(tmp_path)
        assert "pen" not in {visit.host_id for visit in of.page.held}
        assert all(row.host.en != "Pen-y-lan High School" for half in out_by_day(of).half_terms for row in half.rows)
        assert "pen" not in {row.visit.host_id for row in whole_rota(of).steps}


class TestWhole:
    def test_stages_stand_in_columns(self, tmp_path: Path) -> None:
        page = whole_rota(round_in(tmp_path))
        assert [name.en for name in page.stages] == ["Self-evaluation", "Workshop"]
        assert [[stage.id if stage else None for stage in row.stages] for row in page.steps] == [
            ["self-evaluation", "workshop"],
            [None, None],
            [None, None],
        ]

    def test_there_is_a_calendar_for_each_half_term_with_a_visit(self, tmp_path: Path) -> None:
        assert [page.sheets[0].id for page in whole_rota(round_in(tmp_path)).calendars] == ["autumn-2"]

    def test_what_was_proved_is_told_as_long_as_the_files_ask_for_the_same(self, tmp_path: Path) -> None:
        of = round_in(tmp_path / "a")
        assert of.page.stands
        [fairness] = of.page.proofs
        head = f"# planned: fairness {fairness.value:g}, at best {fairness.value - 1:g}\n# files: {digest(of.cluster, of.cycle)}\n"
        known = {**FILES, "rotas/round-4.yaml": head + FILES["rotas/round-4.yaml"]}
        proved = round_in(tmp_path / "b", known).page
        assert not proved.stands
        assert [proof.bound for proof in proved.proofs] == [fairness.value - 1]
        later = {**known, "round.yaml": FILES["round.yaml"].replace("to: 2027-02-19", "to: 2027-03-05")}
        assert round_in(tmp_path / "c", later).page.stands


class TestBrief:
    def test_the_team_with_roles_and_ways_and_the_school_with_its_contact(self, tmp_path: Path) -> None:
        contact = "id: dan, contact: {phone: '01792 000000', email: office@example.org}, phase: primary, pupils: 210,"
        of = round_in(tmp_path, changed("schools.yaml", "id: dan,", contact))
        page = brief(of, visit(of, "dan"))
        assert [(each.who.id, each.is_lead, each.is_trainee, each.way) for each in page.team] == [
            ("mor-head", True, False, 8.0),
            ("tal-head", False, True, None),
        ]
        assert page.team[0].post == Words("Pennaeth", "Headteacher")
        assert (page.host.phone, page.host.email, page.host.phase, page.host.pupils) == (
            "01792 000000",
            "office@example.org",
            "primary",
            210,
        )
        assert page.knows_ways
        assert not replace(page, team=page.team[1:]).knows_ways

    def test_the_head_is_named_where_the_files_name_somebody(self, tmp_path: Path) -> None:
        of = round_in(tmp_path)
        head = brief(of, visit(of, "mor")).host.head
        assert head
        assert head.person.en == "Siân Ŵyn"
        assert brief(of, visit(of, "dan")).host.head is None

    def test_what_the_review_looks_at(self, tmp_path: Path) -> None:
        of = round_in(tmp_path, changed("round.yaml", "{host: bryn}", "{host: bryn, focus: [literacy, forest-school]}"))
        assert brief(of, visit(of, "bryn")).focus == ("literacy", "forest-school")


def test_no_paper_says_why_somebody_is_away_or_how_a_person_is_reached(tmp_path: Path) -> None:
    secret = "unavailable: [{from: 2026-12-01, to: 2026-12-03, why: Llawdriniaeth}], phone: '07700 900123', email: cartref@example.org,"
    files = changed("people.yaml", "{id: mor-head,", "{id: mor-head, " + secret)
    files["schools.yaml"] = FILES["schools.yaml"].replace("closed: [2026-12-03]", "closed: [{from: 2026-12-03, why: Gollyngiad}]")
    of = round_in(tmp_path, files)
    rota = of.cluster.rota("round-4", "published")
    assert rota
    found = differences((), visits_of(rota))
    pages = [("rota_paper", whole_rota(of)), ("out_by_day", out_by_day(of)), ("give_and_take", give_and_take(of, rota))]
    pages += [("rota_changes", rota_changes(of, found, is_first=True))]  # type: ignore[list-item]
    pages += [("school_sheet", each) for each in school_sheets(of)]  # type: ignore[misc]
    pages += [("person_sheet", each) for each in person_sheets(of)]  # type: ignore[misc]
    for each in of.page.held:
        pages += [("programme", visit_programme(of, each)), ("brief", brief(of, each)), ("checklist", checklist(of, each))]  # type: ignore[list-item]
    text = "".join(text_of(document(template, ("cy", "en"), page)) for template, page in pages)
    assert "Siân Ŵyn" in text
    for word in ("Llawdriniaeth", "07700", "cartref@", "Gollyngiad", "the hall is booked", "promised"):
        assert word not in text


def test_the_same_files_give_the_same_papers(tmp_path: Path) -> None:
    one, other = round_in(tmp_path / "a"), round_in(tmp_path / "b")
    assert school_sheets(one) == school_sheets(other)
    assert brief(one, visit(one, "dan")) == brief(other, visit(other, "dan"))
    assert checklist(one, visit(one, "dan")) == checklist(other, visit(other, "dan"))
