"""A round of reminders: all that is to be said on a day, one letter a person, and the list of calls."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from sigctl.cluster import Cluster
from sigctl.notice import Notice
from sigctl.records.reminders import REMINDER_KINDS
from sigctl.reports.imprint import Imprint, imprint
from sigctl.reports.reminders.actions import actions
from sigctl.reports.reminders.asof import AsOf
from sigctl.reports.reminders.availability import availability
from sigctl.reports.reminders.course import Fate, fate_of, next_step
from sigctl.reports.reminders.meetings import meetings_to_come, minutes
from sigctl.reports.reminders.occurrence import Family, Occurrence
from sigctl.reports.reminders.posts import offices, training
from sigctl.reports.reminders.pressing import can_wait, pressing
from sigctl.reports.reminders.saying import why_of
from sigctl.reports.reminders.ticking import command_for
from sigctl.reports.reminders.values import CALL, FIRST, SECOND, Call, CallList, Letter, Matter, Round, Told
from sigctl.reports.reminders.visits import stages, visits
from sigctl.reports.reminders.whom import member_of, reached
from sigctl.reports.who import Member

FAMILIES: Final[tuple[Family, ...]] = (availability, meetings_to_come, minutes, actions, visits, stages, training, offices)
"""All that finds things to tell."""
_NOBODY: Final[Mapping[Notice, Told]] = {}
"""What people were told before the first reminder."""


def reminders(cluster: Cluster, today: date, history: Mapping[Notice, Told]) -> Round:
    """What is to be said on a day to people who know what they were told before. Nothing on a day on which nobody works."""
    now = AsOf(cluster, today, history)
    if not now.anybody.works(today):
        return Round(today, (), CallList(_imprint(now), _caller(now), ()), is_quiet=True)
    fates = [(it, fate_of(now, it)) for it in occurrences(now)]
    to_call = [it for it, fate in fates if fate.outcome == "on-the-call-list"]
    calls, may_wait = _call_list(now, to_call), can_wait(now, to_call)
    return Round(
        day=today,
        letters=tuple(_letters(now, [(it, fate) for it, fate in fates if fate.outcome == "sent-today"])),
        calls=replace(calls, calls=()) if may_wait else replace(calls, older=_older(now, calls)),
        missed=tuple(_matter(now, it, FIRST) for it, fate in fates if _is_missed(now, it, fate)),
        without_address=tuple(
            member_of(cluster, each, today) for each in sorted({it.person for it in to_call}) if not now.has_address(each)
        ),
        held=calls.calls if may_wait else (),
    )


def open_calls(cluster: Cluster, today: date, history: Mapping[Notice, Told]) -> CallList:
    """All calls that are still to be made, on whatever day, those of which the caller was told already among them."""
    untold = {notice: told for notice, told in history.items() if notice.stage != CALL}
    now = AsOf(cluster, today, untold, history)
    outcomes = ("on-the-call-list", "quiet")
    fates = ((it, fate_of(now, it)) for it in occurrences(now))
    return _call_list(now, [it for it, fate in fates if fate.outcome in outcomes and fate.step and fate.step.stage == CALL])


def still_due(cluster: Cluster, today: date, history: Mapping[Notice, Told] = _NOBODY) -> frozenset[Notice]:
    """All that has not been done and still makes sense, at each stage: a message that waits, and is about anything else, need not go.

    On a day on which nobody works as well. Whatever people were told makes a difference to minutes, for those of a meeting long
    before the first reminder are not told; and to meetings that moved or are cancelled, of which only those hear who knew of them.
    """
    now = AsOf(cluster, today, history)
    live = (it.notice for it in occurrences(now) if fate_of(now, it).outcome not in ("done", "off", "too-late"))
    return frozenset(notice._replace(stage=stage) for notice in live for stage in (FIRST, SECOND, CALL))


def occurrences(now: AsOf) -> tuple[Occurrence, ...]:
    """All things of which anybody is to be told, was, or will be, each once; by due day, kind, subject and person."""
    found: dict[Notice, Occurrence] = {}
    for family in FAMILIES:
        for it in family(now):
            found.setdefault(it.notice, it)
    order = {kind: place for place, kind in enumerate(REMINDER_KINDS)}
    return tuple(sorted(found.values(), key=lambda it: (it.due, order[it.kind], it.subject, it.person)))


def _letters(now: AsOf, going: Iterable[tuple[Occurrence, Fate]]) -> Iterator[Letter]:
    """One letter a person, in the order of their ids."""
    by_person: dict[str, list[Matter]] = {}
    for it, fate in sorted(going, key=lambda each: pressing(now, each[0])):
        by_person.setdefault(it.person, []).append(_matter(now, it, fate.step.stage if fate.step else FIRST))
    for person in sorted(by_person):
        matters = tuple(by_person[person])
        known = now.cluster.people.get(person)
        yield Letter(
            imprint=_imprint(now),
            to=member_of(now.cluster, person, now.day),
            writes_in=known.writes_in if known else "both",
            stage=max(each.notice.stage for each in matters),
            matters=matters,
        )


def _call_list(now: AsOf, to_call: Iterable[Occurrence]) -> CallList:
    """The calls person by person, those of a school together; of each, what is to be done soonest first."""
    calls = [_call(now, it) for it in sorted(to_call, key=lambda each: pressing(now, each))]
    calls.sort(key=lambda call: (call.member.school_id, call.member.id))
    return CallList(_imprint(now), _caller(now), tuple(calls))


def _older(now: AsOf, calls: CallList) -> int:
    """How many people besides those on a list are still to be called."""
    if not calls.calls:
        return 0
    every = open_calls(now.cluster, now.day, now.history)
    return every.people - calls.people


def _imprint(now: AsOf) -> Imprint:
    """What each letter carries; of which state of the files it was made means nothing to those who read it."""
    return replace(imprint(now.cluster, now.day), state="")


def _call(now: AsOf, it: Occurrence) -> Call:
    email, phone = reached(now.cluster, it.person)
    matter = _matter(now, it, CALL)
    return Call(member_of(now.cluster, it.person, now.day), phone, email, matter, command_for(now, matter))


def _caller(now: AsOf) -> Member | None:
    return member_of(now.cluster, now.caller, now.day) if now.caller else None


def _matter(now: AsOf, it: Occurrence, stage: int) -> Matter:
    step = next_step(now, it)
    return Matter(it.notice._replace(stage=stage), step.opens if step else it.opens, it.about(), why_of(now, it))


def _is_missed(now: AsOf, it: Occurrence, fate: Fate) -> bool:
    """Whether nobody was told of something in time, and no other message follows.

    It is told once: until a reminder has gone since it was too late, and no longer than something may come late. What was to go
    before the first reminder ever was not missed.
    """
    if fate.outcome != "too-late" or fate.step is None or it.heralds or it.kind == "minutes-out" or now.told(it.notice):
        return False
    until = fate.step.until
    return it.opens >= now.began and now.latest <= until and now.anybody.counted(until, now.catch_up) >= now.day
