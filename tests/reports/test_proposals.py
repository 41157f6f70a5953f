"""Proposed days, against a plain count over small clusters; and half terms by their names, where calendars differ."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from pathlib import Path
from random import Random

import pytest
from agendas import TODAY, changed, cluster_of

from sigctl.cluster import Cluster
from sigctl.records import Calendar, Group, Meeting, Person, Rota, School, Settings
from sigctl.reports.dates import circle, lacks_meeting, proposals
from sigctl.reports.half_terms import Half, after, half_around, half_called, half_of, halves_of

FIRST, LAST = date(2027, 1, 4), date(2027, 2, 12)


def written(days: list[date]) -> list[str]:
    return [day.isoformat() for day in days]


def some(random: Random, count: int) -> list[date]:
    days = [FIRST + timedelta(n) for n in range((LAST - FIRST).days + 1)]
    return random.sample(days, count)


def calendar(id: str, end: date, exams: list[date]) -> Calendar:
    spring = {"id": "spring", "start": "2027-01-04", "end": "2027-03-19"}
    spring["half_term"] = {"from": (end + timedelta(1)).isoformat(), "to": (end + timedelta(9)).isoformat()}  # type: ignore[assignment]
    return Calendar.model_validate({"id": id, "year": "2026-27", "terms": [spring], "exams": written(exams)})


def random_cluster(seed: int) -> Cluster:
    """Five schools with two calendars, three groups, some visits and meetings, all by chance."""
    random = Random(seed)
    schools = {
        id: School.model_validate({"id": id, "name": id, "calendar": random.choice("xy"), "staff_days": written(some(random, 3))})
        for id in "abcde"
    }
    people = {f"{id}-head": Person.model_validate({"id": f"{id}-head", "school": id}) for id in "abcde"}
    members = [
        [{"person": f"{id}-head"} if random.random() < 0.6 else {"school": id} for id in random.sample("abcde", size)] for size in (3, 2, 2)
    ]
    groups = {
        id: Group.model_validate({"id": id, "name": id, "kind": "working", "members": each})
        for id, each in zip("pqr", members, strict=True)
    }
    meetings = [
        {"id": f"m-{n}", "group": random.choice("pqr"), "date": day.isoformat(), "start": "15:30"} for n, day in enumerate(some(random, 6))
    ]
    visits = [
        {"host": random.choice("abcde"), "dates": [day.isoformat()], "lead": f"{who}-head", "team": [f"{who}-head"], "state": state}
        for day, who, state in zip(some(random, 8), random.choices("abcde", k=8), ["planned", "cancelled"] * 4, strict=True)
    ]
    return Cluster(
        Path(),
        Settings.model_validate({"sigctl": 1, "cluster": {"id": "c", "name": "C"}}),
        calendars={"x": calendar("x", date(2027, 2, 5), some(random, 4)), "y": calendar("y", LAST, [])},
        schools=schools,
        people=people,
        groups=groups,
        cycles={"r": None},  # type: ignore[dict-item]
        rotas={"r published": Rota.model_validate({"cycle": "r", "status": "published", "visits": visits})},
        meetings={each["id"]: Meeting.model_validate(each) for each in meetings},
    )


def member_schools(cluster: Cluster, group: str) -> set[str]:
    return {each.school or cluster.people[each.person or ""].school or "" for each in cluster.groups[group].members}


def members(cluster: Cluster, group: str) -> set[str]:
    return {each.person or each.school or "" for each in cluster.groups[group].members}


def what_is_on(cluster: Cluster, group: str, day: date) -> int:
    """How many visits of members or their schools, and meetings of groups with a member in common, lie on a day."""
    own = member_schools(cluster, group)
    visits = [
        visit for visit in cluster.rotas["r published"].visits
        if day in visit.dates and visit.state != "cancelled" and own & {visit.host, *(cluster.people[each].school for each in visit.team)}
    ]  # fmt: skip
    meetings = [
        each for each in cluster.meetings.values()
        if each.date == day and each.group != group and members(cluster, group) & members(cluster, each.group)
    ]  # fmt: skip
    return len(visits) + len(meetings)


def days_open(cluster: Cluster, group: str, today: date) -> Iterator[date]:
    for day in (FIRST + timedelta(n) for n in range((LAST - FIRST).days + 1)):
        schools = [cluster.schools[id] for id in member_schools(cluster, group)]
        ends = {"x": date(2027, 2, 5), "y": LAST}
        is_open = all(day in cluster.pupil_days(school.id) and day <= ends[school.calendar or ""] for school in schools)
        exams = {each.first for school in schools for each in cluster.calendars[school.calendar or ""].exams}
        if is_open and day > today and day not in exams:
            yield day


@pytest.mark.parametrize("seed", range(40))
def test_proposals_are_the_best_days_there_are(seed: int) -> None:
    cluster, today = random_cluster(seed), date(2026, 12, 1)
    half = next(each for each in halves_of(cluster) if each.id == "spring-1")
    for group in cluster.groups.values():
        possible = list(days_open(cluster, group.id, today))
        least = min((what_is_on(cluster, group.id, day) for day in possible), default=0)
        best = [day for day in possible if what_is_on(cluster, group.id, day) == least]
        found = proposals(cluster, group, half, today)
        assert {each.day for each in proposals(cluster, group, half, today, most=100)} == set(best)
        assert len(found) == len({each.day for each in found} & set(best)) == min(3, len(best))
        assert all(len(each.clashes) == least for each in found)
        weekdays = [each.date.weekday() for each in cluster.meetings.values() if each.group == group.id and each.date.weekday() < 5]
        if weekdays and found:
            most = {day for day in weekdays if weekdays.count(day) == max(map(weekdays.count, weekdays))}
            assert found[0].day.weekday() in most or not {day.weekday() for day in best} & most
        weeks = {day.isocalendar()[1] for day in best}
        assert len({each.day.isocalendar()[1] for each in found}) == min(3, len(weeks))


def test_a_proposal_says_when_and_what_else_is_on(tmp_path: Path) -> None:
    cluster = cluster_of(tmp_path)
    half = half_called(halves_of(cluster), "spring-1", TODAY)
    assert half
    found = proposals(cluster, cluster.groups["strategic"], half, TODAY)
    assert [each.day.weekday() for each in found] == [3, 3, 3], "it met on three Thursdays, and on one Tuesday"
    assert (found[0].start, found[0].end) == (time(15, 45), time(17, 15))
    autumn = half_called(halves_of(cluster), "autumn-2", TODAY)
    assert autumn
    days = {each.day: each for each in proposals(cluster, cluster.groups["literacy"], autumn, TODAY, most=40)}
    assert not {date(2026, 12, 8), date(2026, 12, 1)} & days.keys(), "bryn-head is out on a visit, and at the strategic group"
    assert [(each.kind, each.id) for each in days[date(2026, 12, 9)].near] == [("visit", "mor")], "the head is in the team"
    assert min(days) == date(2026, 12, 4), "two weeks' notice"


def test_days_within_two_weeks_only_where_no_other_is_left(tmp_path: Path) -> None:
    cluster = cluster_of(tmp_path)
    autumn = half_called(halves_of(cluster), "autumn-2", TODAY)
    assert autumn
    late = proposals(cluster, cluster.groups["literacy"], autumn, date(2026, 12, 14))
    assert {each.day for each in late} <= {date(2026, 12, day) for day in (15, 16, 17, 18)}
    assert proposals(cluster, cluster.groups["literacy"], autumn, date(2026, 12, 18)) == ()


def test_no_day_of_examinations_is_proposed(tmp_path: Path) -> None:
    files = changed("    staff_days: [2027-01-04]\n", "    staff_days: [2027-01-04]\n    exams: [{from: 2027-01-05, to: 2027-02-04}]\n")
    cluster = cluster_of(tmp_path, files)
    half = half_called(halves_of(cluster), "spring-1", TODAY)
    assert half
    assert [each.day for each in proposals(cluster, cluster.groups["literacy"], half, TODAY)] == [date(2027, 2, 5)]


def test_which_groups_lack_a_meeting(tmp_path: Path) -> None:
    cluster = cluster_of(tmp_path)
    halves = halves_of(cluster)
    half = half_around(halves, TODAY)
    assert half
    assert [group.id for group in cluster.groups.values() if lacks_meeting(cluster, group, half, halves)] == ["literacy"]
    termly = cluster.groups["strategic"].model_copy(update={"meets": "termly"})
    assert not any(lacks_meeting(cluster, termly, each, halves) for each in halves if each.term == "autumn")


def halves(*dated: tuple[str, str, str]) -> tuple[Half, ...]:
    from sigctl.words import Words

    return tuple(
        Half(id, "2026-27", Words(f"Hanner {id}", f"Half {id}"), date.fromisoformat(first), date.fromisoformat(last))
        for id, first, last in dated
    )


YEARS = halves(
    ("autumn-1", "2026-09-01", "2026-10-23"), ("autumn-2", "2026-11-02", "2026-12-18"), ("autumn-1", "2027-09-01", "2027-10-22"),
)  # fmt: skip


def test_a_half_term_is_that_of_today_or_the_next_to_come_or_the_last() -> None:
    def first(name: str, today: date) -> date | None:
        found = half_called(YEARS, name, today)
        return found.first if found else None

    assert first("autumn-1", date(2026, 9, 30)) == date(2026, 9, 1)
    assert first("autumn-1", date(2026, 11, 22)) == date(2027, 9, 1)
    assert first("autumn-2", date(2027, 3, 1)) == date(2026, 11, 2), "there is no other"
    assert first("HANNER autumn 2", date(2026, 10, 1)) == date(2026, 11, 2)
    assert first("spring-1", date(2026, 10, 1)) is None
    assert half_around(YEARS, date(2026, 10, 28)) == YEARS[1]
    assert half_around((), date(2026, 10, 28)) is None


def test_calendars_that_differ_have_one_half_term_of_a_name() -> None:
    cluster = random_cluster(1)
    spring = next(each for each in halves_of(cluster) if each.id == "spring-1")
    assert (spring.first, spring.last) == (FIRST, LAST)
    keep_x = [id for id, school in cluster.schools.items() if school.calendar == "x"]
    keep_y = [id for id, school in cluster.schools.items() if school.calendar == "y"]
    assert keep_x
    assert keep_y
    day = date(2027, 2, 15)
    assert half_of(cluster, keep_x, day) == next(each for each in halves_of(cluster) if each.id == "spring-2")
    assert half_of(cluster, keep_y, date(2027, 2, 10)) == spring


def test_the_half_term_that_follows_may_overlap_where_calendars_differ() -> None:
    found = halves(
        ("spring-1", "2027-01-04", "2027-02-19"), ("term-3", "2027-01-05", "2027-02-20"), ("spring-2", "2027-02-15", "2027-03-19")
    )
    assert after(found, found[0]) == found[2]
    assert after(found, found[2]) is None


def test_in_a_year_of_six_terms_each_is_a_half_term_and_a_term(tmp_path: Path) -> None:
    days = [("2026-09-01", "2026-10-23"), ("2026-11-02", "2026-12-18"), ("2027-01-04", "2027-02-12")]
    terms = "".join(f"      - {{id: term-{n}, start: {first}, end: {last}}}\n" for n, (first, last) in enumerate(days, 1))
    names = "    half_terms: [{cy: Tymor 1, en: Term 1}, {cy: Tymor 2, en: Term 2}, {cy: Tymor 3, en: Term 3}]\n"
    files = {"sigctl.yaml": "sigctl: 1\ncluster: {id: c, name: C}\n", "schools.yaml": "schools: [{id: a, name: A}]\n"}
    files["calendars.yaml"] = f"calendars:\n  - id: bristol\n    year: 2026-27\n    terms:\n{terms}{names}"
    files["groups.yaml"] = "groups: [{id: g, name: G, kind: working, meets: termly}]\n"
    files["meetings.yaml"] = "meetings: [{id: m, group: g, date: 2026-10-08}]\n"
    cluster = cluster_of(tmp_path, files)
    halves = halves_of(cluster)
    assert [(half.id, half.term, half.name.cy) for half in halves] == [(f"term-{n}", f"term-{n}", f"Tymor {n}") for n in (1, 2, 3)]
    assert half_called(halves, "Tymor 3", TODAY) == halves[2]
    assert [half.id for half in halves if lacks_meeting(cluster, cluster.groups["g"], half, halves)] == ["term-2", "term-3"]


def test_the_days_of_the_school_into_which_a_member_merged_count(tmp_path: Path) -> None:
    terms = "terms: [{id: autumn, start: 2026-09-01, end: 2026-12-18, half_term: {from: 2026-10-26, to: 2026-10-30}}]"
    exams = "exams: [{from: 2026-11-02, to: 2026-12-11}]"
    schools = "{id: new, name: New, calendar: x}, {id: old, name: Old, calendar: y, left: 2026-09-30, merged_into: new}"
    files = {
        "sigctl.yaml": "sigctl: 1\ncluster: {id: c, name: C}\n",
        "calendars.yaml": f"calendars: [{{id: x, year: 2026-27, {exams}, {terms}}}, {{id: y, year: 2026-27, {terms}}}]\n",
        "schools.yaml": f"schools: [{schools}, {{id: other, name: Other, calendar: y}}, {{id: aside, name: Aside, calendar: y}}]\n",
        "groups.yaml": "groups: [{id: g, name: G, kind: strategic, meets: half-termly, members: [{school: old}, {school: other}]}]\n",
    }
    cluster = cluster_of(tmp_path, files)
    half = half_called(halves_of(cluster), "autumn-2", TODAY)
    assert half
    group = cluster.groups["g"]
    assert circle(cluster, group, date(2026, 11, 10)).schools == ("new", "other")
    assert [each.day for each in proposals(cluster, group, half, date(2026, 10, 1), most=9)] == [
        date(2026, 12, day) for day in (14, 15, 16, 17, 18)
    ]
