"""What stands in whose calendar: everything that concerns them, nothing that does not, and the same event whatever changes about it."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import pytest
from workspaces import write

from sigctl.cluster import Cluster, load
from sigctl.event import Event
from sigctl.reports.feeds import Feed, all_feeds, feed_of, feed_of_cluster, feed_of_group, feed_of_person, feed_of_school
from sigctl.words import Words

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
VISIT = """\
      - host: porth
        dates: [2026-11-12, 2026-11-13]
        lead: aber-head
        team: [dan-deputy, aber-head]
        reserves: [aber-deputy]
        stages:
          - {id: self-evaluation, date: 2026-10-20}
          - {id: report, date: 2026-11-20}
          - {id: workshop, date: 2026-11-26, facilitators: [dan-head]}
        state: told
"""
FILES = {
    "sigctl.yaml": """\
sigctl: 1
cluster: {id: sig-3, name: {cy: Clwstwr, en: Cluster}, languages: [cy, en]}
schools:
  - {id: porth, name: Ysgol y Porth, postcode: CF39 0BS}
  - {id: aber, name: Ysgol Aber}
  - {id: dan, name: {cy: Ysgol Dan, en: Dan School}}
people:
  - {id: aber-head, name: Siân Lewis, post: Headteacher, school: aber, phone: "01685 111111", writes_in: en, conflicts: [dan],
     unavailable: [{from: 2026-12-07, to: 2026-12-09, why: jury service}], reviewer: {level: lead, trained: 2025-09-12}}
  - {id: aber-deputy, post: {cy: Dirprwy, en: Deputy}, school: aber, reviewer: {level: lead, trained: 2025-09-12}}
  - {id: dan-head, post: {cy: Pennaeth, en: Headteacher}, school: dan, reviewer: {level: lead, trained: 2025-09-12}}
  - {id: dan-deputy, post: {cy: Dirprwy, en: Deputy}, school: dan, reviewer: {level: lead, trained: 2025-09-12}}
  - {id: clerk, name: Mair Clerc, post: {cy: Clerc, en: Clerk}}
  - {id: nobody, post: {cy: Athro, en: Teacher}, school: porth}
  - {id: porth-head, post: {cy: Pennaeth, en: Headteacher}, school: porth}
groups:
  - id: strategic
    name: {cy: Grŵp Strategol, en: Strategic Group}
    kind: strategic
    members: [{person: aber-head, to: 2026-12-31}, {school: dan}]
    officers: [{office: clerk, person: clerk}, {office: chair, person: dan-head, from: 2027-01-01}]
cycles:
  - id: round-4
    name: {cy: Rownd 4, en: Round 4}
    from: 2026-11-02
    to: 2027-03-19
    stages:
      - {id: self-evaluation, name: {cy: Hunanwerthuso, en: Self-evaluation}, due: -10}
      - {id: report, due: 5}
      - {id: workshop, name: {cy: Gweithdy, en: Workshop}, within: 15}
    visits: [{host: porth, focus: [attendance]}, {host: aber}]
meetings:
  - {id: strategic-12, group: strategic, date: 2026-12-03, start: 15:45, end: 17:00, venue: Y Llyfrgell, link: "https://example.org/join",
     items: [{title: Secret matter, confidential: true}, {title: Public matter}]}
  - {id: strategic-01, group: strategic, date: 2027-01-14, status: cancelled, start: 15:45}
""",
    "rota.yaml": "rotas:\n  - cycle: round-4\n    status: published\n    visits:\n" + VISIT,
}


def cluster_of(folder: Path, files: Mapping[str, str]) -> Cluster:
    cluster, problems = load(write(folder, files))
    assert not problems
    return cluster


@pytest.fixture
def cluster(tmp_path: Path) -> Cluster:
    return cluster_of(tmp_path, FILES)


def told(feed: Feed) -> dict[str, str]:
    """The events of a feed: uid and kind."""
    return {event.uid.removesuffix("@sig-3"): event.kind for event in feed.events}


def one(feed: Feed, uid: str) -> Event:
    return next(event for event in feed.events if event.uid == f"{uid}@sig-3")


def test_a_person_finds_visits_stages_and_meetings(cluster: Cluster) -> None:
    lead, member = {"round-4.porth.visit": "visit-lead"}, {"round-4.porth.visit": "visit-member"}
    meeting, next_one = {"strategic-12.meeting": "meeting"}, {"strategic-01.meeting": "meeting"}
    assert told(feed_of_person(cluster, "aber-head")) == lead | {"round-4.porth.stage.report": "stage-due"} | meeting
    assert told(feed_of_person(cluster, "dan-deputy")) == member
    assert told(feed_of_person(cluster, "aber-deputy")) == {"round-4.porth.visit": "visit-reserve"}
    assert told(feed_of_person(cluster, "dan-head")) == {"round-4.porth.stage.workshop": "stage-lead"} | next_one
    assert told(feed_of_person(cluster, "clerk")) == meeting | next_one
    assert told(feed_of_person(cluster, "nobody")) == {}


def test_a_headteacher_finds_the_visit_to_their_own_school_as_the_school_does(cluster: Cluster) -> None:
    head, school = feed_of_person(cluster, "porth-head"), feed_of_school(cluster, "porth")
    assert told(head) == told(school)
    assert one(head, "round-4.porth.visit").lines == one(school, "round-4.porth.visit").lines
    assert one(head, "round-4.porth.visit").alarms
    assert not one(school, "round-4.porth.visit").alarms


def test_two_heads_both_find_it_and_a_new_one_from_the_day_on_which_they_begin(tmp_path: Path) -> None:
    two = FILES["sigctl.yaml"].replace("post: {cy: Athro, en: Teacher}, school: porth", "post: Acting headteacher, school: porth")
    both = cluster_of(tmp_path / "two", {**FILES, "sigctl.yaml": two})
    assert told(feed_of_person(both, "nobody")) == told(feed_of_person(both, "porth-head")) != {}
    before = "{id: porth-head, post: {cy: Pennaeth, en: Headteacher}, school: porth}"
    after = """\
{id: porth-head, posts: [{post: Headteacher, school: porth, to: 2026-11-11}]}
  - {id: porth-new, posts: [{post: Headteacher, school: porth, from: 2026-11-12}]}"""
    assert before in FILES["sigctl.yaml"]
    changed = cluster_of(tmp_path / "new", {**FILES, "sigctl.yaml": FILES["sigctl.yaml"].replace(before, after)})
    assert told(feed_of_person(changed, "porth-head")) == {}
    assert told(feed_of_person(changed, "porth-new")) == told(feed_of_school(changed, "porth"))


def test_a_head_who_leads_a_stage_at_their_own_school_finds_it_once(tmp_path: Path) -> None:
    led = FILES["rota.yaml"].replace("facilitators: [dan-head]", "facilitators: [porth-head]")
    head = feed_of_person(cluster_of(tmp_path, {**FILES, "rota.yaml": led}), "porth-head")
    assert len({event.uid for event in head.events}) == len(head.events)
    assert told(head)["round-4.porth.stage.workshop"] == "stage-lead"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("writes_in: en", "writes_in: cy"),
        ("languages: [cy, en]", "languages: [en, cy]"),
        ("\nschools:", "\nwords: {calendar.visit-member: {cy: Gyda'r tîm, en: With the team}}\nschools:"),
    ],
)
def test_what_is_told_in_other_words_is_told_as_changed(tmp_path: Path, cluster: Cluster, before: str, after: str) -> None:
    assert before in FILES["sigctl.yaml"]
    changed = cluster_of(tmp_path / "changed", {**FILES, "sigctl.yaml": FILES["sigctl.yaml"].replace(before, after, 1)})
    whose = "aber-head" if "writes_in" in before else "dan-deputy"
    assert set(feed_of_person(changed, whose).events).isdisjoint(feed_of_person(cluster, whose).events)


def test_other_clocks_and_words_of_other_papers_change_only_what_is_told_with_them(tmp_path: Path, cluster: Cluster) -> None:
    abroad = FILES["sigctl.yaml"].replace("languages: [cy, en]}", "languages: [cy, en], time_zone: Europe/Berlin}")
    abroad += "words: {rota.host: {cy: Ysgol letyol, en: Host school}}\n"
    changed = cluster_of(tmp_path / "changed", {**FILES, "sigctl.yaml": abroad})
    new = set(feed_of_cluster(changed).events) - set(feed_of_cluster(cluster).events)
    assert {event.uid for event in new} == {"strategic-12.meeting@sig-3"} | {"strategic-01.meeting@sig-3"}


def test_a_school_finds_its_own_visit_and_when_somebody_is_out_but_not_who(cluster: Cluster) -> None:
    stages = {f"round-4.porth.stage.{stage}": "stage-due" for stage in ("self-evaluation", "report")}
    assert told(feed_of_school(cluster, "porth")) == stages | {
        "round-4.porth.visit": "visit-host",
        "round-4.porth.stage.workshop": "stage-held",
    }
    assert told(feed_of_school(cluster, "aber")) == {"round-4.porth.out": "out"}
    assert "Siân" not in repr(feed_of_school(cluster, "aber"))
    out = {"round-4.porth.out": "out", "round-4.porth.stage.workshop": "out"}
    assert told(feed_of_school(cluster, "dan")) == out | {"strategic-12.meeting": "meeting", "strategic-01.meeting": "meeting"}


def test_a_group_finds_its_meetings_and_the_cluster_all_without_a_name_or_a_key(cluster: Cluster) -> None:
    assert told(feed_of_group(cluster, "strategic")) == {"strategic-12.meeting": "meeting", "strategic-01.meeting": "meeting"}
    whole = feed_of_cluster(cluster)
    assert told(whole) == {"round-4.porth.visit": "visit", "strategic-12.meeting": "meeting", "strategic-01.meeting": "meeting"}
    assert not [word for word in ("Siân", "Mair", "Deputy", "Headteacher", "example.org/join") if word in repr(whole)]
    assert one(feed_of_group(cluster, "strategic"), "strategic-12.meeting").link == "https://example.org/join"


def test_each_event_tells_when_where_and_with_whom(cluster: Cluster) -> None:
    visit = one(feed_of_person(cluster, "aber-head"), "round-4.porth.visit")
    assert (visit.start, visit.end, visit.place) == (
        date(2026, 11, 12),
        date(2026, 11, 13),
        Words("Ysgol y Porth, CF39 0BS", "Ysgol y Porth, CF39 0BS"),
    )
    assert dict(visit.lines)["calendar.team"] == Words("Dirprwy, Ysgol Dan", "Deputy, Dan School")
    assert dict(visit.lines)["calendar.lead"].en == "Siân Lewis, Ysgol Aber"
    stage = one(feed_of_person(cluster, "dan-head"), "round-4.porth.stage.workshop")
    assert (stage.start, stage.title) == (date(2026, 11, 26), Words("Gweithdy, Ysgol y Porth", "Workshop, Ysgol y Porth"))
    meeting = one(feed_of_person(cluster, "clerk"), "strategic-12.meeting")
    assert (meeting.start, meeting.end) == (datetime(2026, 12, 3, 15, 45), datetime(2026, 12, 3, 17))
    assert one(feed_of_person(cluster, "clerk"), "strategic-01.meeting").is_cancelled


def test_readers_are_told_in_their_language_or_in_those_of_the_cluster(cluster: Cluster) -> None:
    feeds = {feed.owner: feed.languages for feed in all_feeds(cluster)}
    assert feeds["person:aber-head"] == ("en",)
    assert feeds["person:clerk"] == feeds["school:porth"] == feeds["group:strategic"] == feeds["cluster"] == ("cy", "en")
    assert "person:nobody" not in feeds


def test_no_feed_holds_what_calendars_are_not_to_tell(cluster: Cluster) -> None:
    told = repr(all_feeds(cluster))
    assert not [word for word in ("01685", "jury", "Secret", "Public matter", "attendance") if word in told]


def test_a_draft_is_in_no_calendar(tmp_path: Path) -> None:
    drafted = {**FILES, "rota.yaml": FILES["rota.yaml"].replace("published", "draft")}
    assert not [event for feed in all_feeds(cluster_of(tmp_path, drafted)) for event in feed.events if event.kind != "meeting"]


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("rota.yaml", "[2026-11-12, 2026-11-13]", "[2027-01-12, 2027-01-13]"),
        ("rota.yaml", "lead: aber-head", "lead: dan-deputy"),
        ("rota.yaml", "state: told", "state: cancelled"),
        ("sigctl.yaml", "name: Ysgol y Porth", "name: {cy: Y Porth, en: Porth}"),
        ("sigctl.yaml", "languages: [cy, en]", "languages: [en]"),
        ("sigctl.yaml", "name: {cy: Rownd 4, en: Round 4}", "name: The fourth"),
        ("sigctl.yaml", "date: 2026-12-03, start: 15:45", "date: 2026-12-10, start: 16:00"),
    ],
)
def test_an_event_stays_the_same_one_whatever_changes_about_it(
    tmp_path: Path, cluster: Cluster, file: str, before: str, after: str
) -> None:
    assert before in FILES[file]
    changed = cluster_of(tmp_path / "changed", {**FILES, file: FILES[file].replace(before, after)})
    uids = {event.uid for event in feed_of_cluster(cluster).events}
    assert {event.uid for event in feed_of_cluster(changed).events} == uids
    assert "round-4.porth.visit@sig-3" in uids


def test_days_apart_are_events_of_their_own(tmp_path: Path) -> None:
    apart = cluster_of(
        tmp_path, {**FILES, "rota.yaml": FILES["rota.yaml"].replace("[2026-11-12, 2026-11-13]", "[2026-11-12, 2026-11-13, 2026-11-17]")}
    )
    visits = [event for event in feed_of_cluster(apart).events if event.kind == "visit"]
    assert [(event.uid, event.start.day, event.end.day) for event in visits if isinstance(event.start, date)] == [
        ("round-4.porth.visit@sig-3", 12, 13),
        ("round-4.porth.visit-2@sig-3", 17, 17),
    ]


def test_a_visit_that_was_cancelled_and_planned_anew_is_the_same_event_on_other_days(tmp_path: Path) -> None:
    anew = VISIT.replace("[2026-11-12, 2026-11-13]", "[2027-01-12, 2027-01-13]")
    both = cluster_of(tmp_path, {**FILES, "rota.yaml": FILES["rota.yaml"].replace("state: told", "state: cancelled") + anew})
    (visit,) = (event for event in feed_of_cluster(both).events if event.kind == "visit")
    assert (visit.uid, visit.start, visit.is_cancelled) == ("round-4.porth.visit@sig-3", date(2027, 1, 12), False)


def test_a_cancelled_visit_rings_no_bell(tmp_path: Path) -> None:
    off = cluster_of(tmp_path, {**FILES, "rota.yaml": FILES["rota.yaml"].replace("state: told", "state: cancelled")})
    visit = one(feed_of_person(off, "aber-head"), "round-4.porth.visit")
    assert visit.is_cancelled
    assert visit.alarms == ()


def test_a_feed_is_found_by_its_owner(cluster: Cluster) -> None:
    for feed in all_feeds(cluster):
        assert feed_of(cluster, feed.owner) == feed
    assert feed_of(cluster, "person:porth") is None
    assert feed_of(cluster, "gone:x.ics") is None


@pytest.mark.parametrize("name", ["cynon-taf", "conwy-seven", "gwynedd-fourteen"])
def test_in_the_examples_no_event_of_a_feed_has_the_uid_of_another(name: str) -> None:
    cluster, _ = load(EXAMPLES / name)
    feeds = all_feeds(cluster)
    assert len(feeds) > 5
    for feed in feeds:
        assert len({event.uid for event in feed.events}) == len(feed.events)
        assert all(event.start <= event.end for event in feed.events)
