"""The visits of the published rotas and the stages of their reviews, as events for those who have to do with them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, Literal

from sigctl.cluster import Cluster
from sigctl.event import Event
from sigctl.records import School
from sigctl.reports.feeds.hosting import speakers
from sigctl.reports.visit import StageLine, VisitLine, Visits
from sigctl.reports.who import Member
from sigctl.rota.life.draft import visits_of
from sigctl.term_dates import Span
from sigctl.words import Words, same

Part = Literal["lead", "member", "reserve"]
_NINE_THE_DAY_BEFORE: Final = timedelta(hours=15)
_BEFORE_A_VISIT: Final = (timedelta(days=6) + _NINE_THE_DAY_BEFORE, _NINE_THE_DAY_BEFORE)
_BEFORE_A_STAGE: Final = (timedelta(days=2) + _NINE_THE_DAY_BEFORE,)


@dataclass(frozen=True, slots=True)
class Told:
    """A visit of a published rota, with what its events have in common. `stem` is how their uids begin, `cluster` how they end.

    A visit with days apart is several runs of days; `first` is the number of the first of them among all of its host's, from 1.
    `hosts` are the people who speak for the school that is visited, by id.
    """

    stem: str
    cluster: str
    round: Words
    line: VisitLine
    place: Words
    first: int = 1
    hosts: tuple[str, ...] = ()

    @property
    def runs(self) -> tuple[Span, ...]:
        """The days as stretches of days that follow each other."""
        return runs(self.line.dates)

    def visit(self, kind: str, *, lines: tuple[tuple[str, Words], ...] = (), alarms: tuple[timedelta, ...] = ()) -> Iterator[Event]:
        """Its days as events of a kind."""
        what = "out" if kind == "out" else "visit"
        for number, run in enumerate(self.runs, start=self.first):
            uid = f"{self.stem}.{what}{f'-{number}' if number > 1 else ''}@{self.cluster}"
            yield self._here(Event(uid, kind, self.line.host, run.first, run.last, lines=lines, alarms=alarms))

    def stage(self, stage: StageLine, kind: str, *, lines: tuple[tuple[str, Words], ...] = (), remind: bool = False) -> Event:
        """A stage of its review as an event of a kind."""
        uid = f"{self.stem}.stage.{stage.id}@{self.cluster}"
        title = Words(*(f"{name}, {host}" for name, host in zip(_both(stage.name), _both(self.line.host), strict=True)))
        return self._here(Event(uid, kind, title, stage.day, stage.day, lines=lines, alarms=_BEFORE_A_STAGE if remind else ()))

    def _here(self, event: Event) -> Event:
        """An event with what all of the visit have in common."""
        lines, off = (*event.lines, ("calendar.round", self.round)), not self.line.takes_place
        return replace(event, place=self.place, lines=lines, alarms=() if off else event.alarms, is_cancelled=off)


def visits_told(cluster: Cluster) -> tuple[Told, ...]:
    """The visits of all published rotas, by cycle and date. Of a host's visits those that were cancelled count where no other is left."""
    return tuple(told for cycle in cluster.cycles for told in _of_cycle(cluster, cycle))


def _of_cycle(cluster: Cluster, id: str) -> Iterator[Told]:
    cycle, rota = cluster.cycles[id], cluster.rota(id, "published")
    lines = Visits(cluster, cycle).lines(visits_of(rota)) if rota else ()
    number: dict[str, int] = {}
    for line in _that_count(lines):
        told = Told(
            stem=f"{id}.{line.host_id}",
            cluster=cluster.settings.cluster.id,
            round=cycle.name.words,
            line=line,
            place=_place(cluster.schools[line.host_id]),
            first=number.get(line.host_id, 0) + 1,
            hosts=speakers(cluster, line.host_id, line.first),
        )
        number[line.host_id] = number.get(line.host_id, 0) + len(told.runs)
        yield told


def _that_count(lines: Sequence[VisitLine]) -> Iterator[VisitLine]:
    """The visits that take place, and of a host that has none of these the last one that was cancelled."""
    held = {line.host_id for line in lines if line.takes_place}
    last = {line.host_id: line for line in lines if line.host_id not in held}
    return (line for line in lines if line.takes_place or line is last.get(line.host_id))


def part_in(visit: VisitLine, person: str) -> Part | None:
    """What somebody is in a visit; the lead is the first of the team."""
    if any(member.id == person for member in visit.team):
        return "lead" if visit.team[0].id == person else "member"
    return "reserve" if any(member.id == person for member in visit.reserves) else None


def for_person(told: Told, person: str) -> Iterator[Event]:
    """What stands of a visit in somebody's calendar: the visit that they are on or in reserve for, and stages that they lead or owe.

    Whoever speaks for the school that is visited finds all that stands in its calendar, each under the same uid.
    """
    own = tuple(_of_reviewer(told, person))
    yield from own
    if person in told.hosts:
        known = {event.uid for event in own}
        yield from (event for event in _of_host(told, _BEFORE_A_VISIT, remind=True) if event.uid not in known)


def _of_reviewer(told: Told, person: str) -> Iterator[Event]:
    """What somebody has to do with a visit to another school. Whoever leads it owes what is due after it, such as the report."""
    visit, part = told.line, part_in(told.line, person)
    if part:
        yield from told.visit(f"visit-{part}", lines=_team(visit), alarms=() if part == "reserve" else _BEFORE_A_VISIT)
    for stage in visit.stages:
        if any(member.id == person for member in stage.facilitators):
            yield told.stage(stage, "stage-lead", lines=_led(stage), remind=True)
        elif part == "lead" and stage.is_due and stage.day > visit.last:
            yield told.stage(stage, "stage-due", remind=True)


def for_school(told: Told, school: str) -> Iterator[Event]:
    """What stands of a visit in a school's calendar: its own with all stages of the review, or that somebody of it is out; not who."""
    visit = told.line
    if visit.host_id == school:
        yield from _of_host(told)
        return
    if _sends(school, visit.team):
        yield from told.visit("out")
    yield from (told.stage(stage, "out") for stage in visit.stages if _sends(school, stage.facilitators))


def _of_host(told: Told, alarms: tuple[timedelta, ...] = (), *, remind: bool = False) -> Iterator[Event]:
    """What the school that is visited has to know: the visit, and all stages of the review."""
    yield from told.visit("visit-host", lines=_team(told.line), alarms=alarms)
    for stage in told.line.stages:
        yield told.stage(stage, "stage-due" if stage.is_due else "stage-held", lines=_led(stage), remind=remind)


def for_cluster(told: Told) -> Iterator[Event]:
    """What stands of a visit in the cluster's calendar: its host and days, and nobody's name."""
    return told.visit("visit")


def runs(days: Sequence[date]) -> tuple[Span, ...]:
    """Days as stretches of days that follow each other, by date."""
    found: list[Span] = []
    for day in sorted(set(days)):
        if found and day == found[-1].last + timedelta(1):
            found[-1] = Span(found[-1].first, day)
        else:
            found.append(Span(day, day))
    return tuple(found)


def _sends(school: str, members: Sequence[Member]) -> bool:
    return any(member.school_id == school for member in members)


def _team(visit: VisitLine) -> tuple[tuple[str, Words], ...]:
    lead, reserves = ("calendar.lead", _named(visit.team[:1])), ("calendar.reserve", _named(visit.reserves))
    return tuple(line for line in (lead, ("calendar.team", _named(visit.team[1:])), reserves) if any(line[1]))


def _led(stage: StageLine) -> tuple[tuple[str, Words], ...]:
    return (("calendar.led_by", _named(stage.facilitators)),) if stage.facilitators else ()


def _named(members: Sequence[Member]) -> Words:
    """People with their schools, in a line."""
    each = [[_both(part) for part in (member.person, member.school) if any(part)] for member in members]
    return Words(*("; ".join(", ".join(parts[place] for parts in member) for member in each) for place in (0, 1)))


def _place(school: School) -> Words:
    """Where a school is: its name and postcode."""
    postcode = same(school.postcode or "")
    return Words(*(", ".join(filter(None, (name, code))) for name, code in zip(_both(school.name.words), postcode, strict=True)))


def _both(words: Words) -> tuple[str, str]:
    """Words in each language, or else in the other one."""
    return words.said("cy"), words.said("en")
