"""What changes from one rota to another, in lines for the terminal."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from sigctl.commands.messages import Paint, plain, visible
from sigctl.render import label, said, short_days
from sigctl.reports.differences import DifferencesPage, PersonChange, SchoolChange, VisitChange
from sigctl.reports.who import Member
from sigctl.rota.life.differences import Difference
from sigctl.rota.plan import PlannedVisit
from sigctl.words import Language


class By(StrEnum):
    """From whose side the changes are told."""

    SCHOOL = "school"
    PERSON = "person"


def changes_text(page: DifferencesPage, languages: Sequence[Language], by: By | None = None, paint: Paint = plain) -> str:
    """The changes, once in each language; from both sides, or from one."""
    pages = ("\n".join(_lines(page, language, by, paint)) for language in languages)
    return "\n\n".join(pages) + "\n"


def _lines(page: DifferencesPage, language: Language, by: By | None, paint: Paint) -> Iterator[str]:
    yield paint(visible(f"{label('life.changes', language)}: {said(page.cycle, language)}"), "strong")
    yield visible(said(page.cluster, language))
    kinds = Counter(visit.what for visit in page.visits)
    if page.is_first:
        yield label("life.first", language)
    elif not kinds:
        yield label("life.none", language)
    else:
        yield f"{label('life.visits', language)}: " + ", ".join(
            f"{count} {label(f'life.{what}', language)}" for what, count in kinds.items()
        )
    for side, lines in _sides(page, language):
        if by in (None, side) and page.visits:
            yield "\n" + paint(label(f"life.by_{side.value}", language), "strong")
            yield from lines


def _sides(page: DifferencesPage, language: Language) -> Iterator[tuple[By, Iterator[str]]]:
    yield By.SCHOOL, (line for school in page.schools for line in _school(school, language))
    yield By.PERSON, _people(page, language)


def _school(school: SchoolChange, language: Language) -> Iterator[str]:
    yield f"  {visible(said(school.name, language))}"
    if school.own:
        yield f"    {label('life.own_visit', language)}: {_visit(school.own, language)}"
        yield from (f"      {line}" for line in _team(school.own, language))
    for each in school.people:
        yield f"    {visible(said(each.member.person, language))} \u2192 {_person(each, language)}"


def _people(page: DifferencesPage, language: Language) -> Iterator[str]:
    before: Member | None = None
    for each in page.people:
        if each.member != before:
            yield f"  {_member(each.member, language)}"
        before = each.member
        yield f"    {_person(each, language)}"


def _visit(change: VisitChange, language: Language) -> str:
    """What becomes of a visit, and how far it had come."""
    what = label(f"life.{change.what}", language)
    days = _days(change.before, change.after, language)
    was = f" ({label(f'life.was_{change.state}', language)})" if change.state in ("told", "confirmed", "done") else ""
    return f"{what}, {days}{was}"


def _team(change: VisitChange, language: Language) -> Iterator[str]:
    """Who joins, who leaves, and who of the others leads now."""
    for each in change.joins:
        leads = f" ({label('rota.leads', language)})" if each == change.lead else ""
        yield f"{_member(each, language)}: {label('life.joins', language)}{leads}"
    yield from (f"{_member(each, language)}: {label('life.leaves', language)}" for each in change.leaves)
    if change.lead and change.lead not in change.joins:
        yield f"{_member(change.lead, language)}: {label('life.leads', language)}"


def _person(change: PersonChange, language: Language) -> str:
    before = () if change.part in ("joins", "reserve") else change.before
    after = () if change.part in ("leaves", "no_reserve") else change.after
    stage = f" ({visible(said(change.stage, language))})" if any(change.stage) else ""
    part = label(f"life.{change.part}", language)
    return f"{visible(said(change.host, language))}: {part}{stage}, {_days(before, after, language)}"


def _days(before: Sequence[date], after: Sequence[date], language: Language) -> str:
    """The days that count: the new ones, with the old ones where both are there and differ."""
    if before and after and before != after:
        now, then = short_days(after[0], after[-1], language), short_days(before[0], before[-1], language)
        return f"{now} ({label('life.before', language)} {then})"
    days = after or before
    return short_days(days[0], days[-1], language)


def _member(member: Member, language: Language) -> str:
    return visible(f"{said(member.person, language)}, {said(member.school, language)}")


def changes_json(found: Sequence[Difference]) -> list[dict[str, Any]]:
    """The changes for other programs: host, what, and the visit before and after, each or null."""
    return [{"host": each.host, "what": each.what, "before": visit_json(each.before), "after": visit_json(each.after)} for each in found]


def visit_json(visit: PlannedVisit | None) -> dict[str, Any] | None:
    """A visit for other programs; null where there is none."""
    if visit is None:
        return None
    days = [day.isoformat() for day in visit.dates]
    return {"host": visit.host, "dates": days, "lead": visit.lead, "team": list(visit.team), "state": visit.state}


def differences_json(cycle: str, found: Sequence[Difference]) -> str:
    """All differences as one JSON object."""
    told = {"format": "sigctl-rota-diff", "version": 1, "cycle": cycle, "changes": changes_json(found)}
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"
