"""`sigctl rota why`: why a visit is on its days and with its team; who else could have gone, and what it would have cost."""

import json
from collections.abc import Collection, Iterator
from enum import StrEnum
from typing import Annotated, Any, Final

import typer

from sigctl.checks import ABOUT_ROTAS
from sigctl.commands import console, options
from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.opening import opened
from sigctl.commands.rota.called import Called
from sigctl.commands.rota.choosing import cycle_with_visits, host_of, rota_of
from sigctl.commands.rota.watch import Watch
from sigctl.rota.case import Case
from sigctl.rota.gathering import case_of
from sigctl.rota.life.locks import ByHand, ByPublishing, Lock, locks
from sigctl.rota.search.quiet import quiet
from sigctl.rota.standing import standing
from sigctl.rota.why.answers import Alternative, Choice, DateWhy, MemberWhy, Outcome, Score, WeekWhy, Why
from sigctl.rota.why.oracle import narrowed
from sigctl.rota.why.visit import why as reasons

_UNITS: Final = {"fairness": "", "travel": " km"}
_DAYS: Final = 12
"""Stretches of other days that are printed; JSON has all."""

_NOT_KNOWN_WHICH: Final = "every rota with this breaks some rule; which one is not known"


class Format(StrEnum):
    """How the answer is printed."""

    TEXT = "text"
    JSON = "json"


def why(
    school: Annotated[str, typer.Argument(metavar="SCHOOL", help="The host of the visit.")],
    workspace: options.Workspace = None,
    cycle: options.Cycle = None,
    draft: Annotated[bool, typer.Option("--draft", help="The draft, even where a rota is published.")] = False,
    published: Annotated[bool, typer.Option("--published", help="The published rota; this is the default where there is one.")] = False,
    format: Annotated[Format, typer.Option("--format", help="How to print the answer.")] = Format.TEXT,
    time_limit: Annotated[
        float | None, typer.Option("--time-limit", metavar="SECONDS", min=0.1, help="Stop then; what is not solved is not known.")
    ] = None,
    output: options.Output = None,
    today: options.Today = None,
) -> None:
    """Say why a visit is as it is: why each member of its team, and why its days.

    For each member the three nearest others are tried in that place: for the lead, of those who can lead. Whoever no rule bars is
    put into the team and the whole cycle is solved again, so that the answer is true: what the best such rota would score, or
    that none exists, and what stands against it, as far as that is found. So it is for the nearest other weeks. For other days,
    it says what stands against them with this team. The answer is in English, whatever the languages of the cluster are.

    Exit code: 0 with the whole answer, 5 where the time was over before all was solved.

    For example:

        sigctl rota why eirias                    the visit at eirias, in the published rota or else the draft
        sigctl rota why eirias --draft            in the draft
        sigctl rota why eirias --time-limit 20    what can be said in 20 seconds
        sigctl rota why eirias --format json      for another program: `format` ("sigctl-rota-why"), `version` (1), `cycle`, `host`,
                                                  `dates`, `best`, `goals`, `locked`, `members` (each with `alternatives`), `days`,
                                                  `weeks`;
                                                  each other choice has an `outcome` (costs, barred, impossible or unknown)
    """
    if draft and published:
        raise typer.BadParameter("--draft and --published exclude each other; name one of them")
    console.check_output(output)
    cluster = opened(workspace, besides=ABOUT_ROTAS)
    day = options.today_in(cluster.settings.cluster.time_zone, today)
    chosen = cycle_with_visits(cluster, cycle, day)
    rota = rota_of(cluster, chosen, preferring="draft" if draft else "published")
    host = host_of(rota, school)
    held = {visit.host for visit in rota.visits if visit.state != "cancelled"}
    if host not in held:
        raise CommandError(f"the visit at `{host}` is cancelled, so there is nothing to explain", "`sigctl rota show` shows the rota")
    case = _with_hosts(case_of(cluster, chosen, day, rota), held)
    visit = next(index for index, each in enumerate(case.visits) if case.schools[each.host].id == host)
    with Watch(host, time_limit) as watch, quiet():
        answer = reasons(case, standing(case, rota.visits), visit, watch)
    held_by = locks(cluster, chosen, day).get(host, ())
    if format is Format.JSON:
        text = json.dumps(_as_json(answer, held_by), indent=2, ensure_ascii=False) + "\n"
    else:
        text = "\n".join(_lines(answer, held_by, Called(cluster, chosen))) + "\n"
    console.deliver(text, output)
    if watch.interrupted or not _is_whole(answer):
        raise typer.Exit(ExitCode.INTERRUPTED if watch.interrupted else ExitCode.PARTLY)


def _with_hosts(case: Case, hosts: Collection[str]) -> Case:
    """The case with the visits alone that the rota holds: a rota in part is explained as what it is."""
    return narrowed(case, [index for index, visit in enumerate(case.visits) if case.schools[visit.host].id in hosts])


def _is_whole(answer: Why) -> bool:
    choices = [other.choice for member in answer.members for other in member.alternatives] + [week.choice for week in answer.weeks]
    return all(choice.outcome is not Outcome.UNKNOWN for choice in choices)


def _lines(answer: Why, held_by: Collection[Lock], called: Called) -> Iterator[str]:
    first, last = answer.dates[0], answer.dates[-1]
    days = f"{first:%a} {first.day} {first:%b %Y}" + (f" to {last:%a} {last.day} {last:%b}" if last != first else "")
    yield f"The visit at {called.school(answer.host)}: {days}"
    scores = ", ".join(f"{goal} {value:g}{_UNITS.get(goal, '')}" for goal, value in answer.scores)
    yield f"The rota scores {scores}; {_proof(answer)}."
    yield from _publishing(answer, held_by)
    for member in answer.members:
        yield ""
        yield from _member(member, answer, held_by, called)
    if answer.is_done:
        yield from ("", "The visit has taken place, so there are no other choices.")
    elif answer.start_is_fixed:
        yield from ("", f"Its first day was fixed in the cycle{_by_hand(held_by)}.")
    else:
        yield from ("", "Why these days. With this team and all other visits as they are:")
        shown = sorted(sorted(answer.dates_else, key=lambda each: abs(each.first - first))[:_DAYS], key=lambda each: each.first)
        yield from map(_date, shown)
        if len(shown) < len(answer.dates_else):
            yield f"  and {len(answer.dates_else) - len(shown)} more stretches of days further away; --format json has them all"
        if answer.weeks:
            yield from ("", "In the nearest other weeks, with whatever team and all visits free to change:")
            yield from map(_week, answer.weeks)


def _publishing(answer: Why, held_by: Collection[Lock]) -> Iterator[str]:
    """That people know of a visit, where they do: other choices are told of all the same."""
    for lock in held_by:
        if isinstance(lock, ByPublishing) and not answer.is_done:
            yield f"It is {lock.state} in the published rota, so `sigctl rota` leaves it as it is; `sigctl rota replan` can change it."


def _by_hand(held_by: Collection[Lock]) -> str:
    """Who fixed something, why, and until when, as far as the cycle says it."""
    told = next((each for each in held_by if isinstance(each, ByHand)), ByHand())
    by = f" by {told.by}" if told.by else ""
    until = f" (until {told.until})" if told.until else ""
    return f"{by}{until}{f': {told.why}' if told.why else ''}"


def _proof(answer: Why) -> str:
    if answer.is_done:
        return "the visit has taken place"
    known = {
        True: "no rota scores better",
        False: "it is not the best rota, so other choices can score better",
        None: "whether a better one exists is not known",
    }
    return known[answer.is_best]


def _member(member: MemberWhy, answer: Why, held_by: Collection[Lock], called: Called) -> Iterator[str]:
    role = ", who leads" if member.is_lead else ""
    yield f"Why {called.person(member.person)}{role}, {member.kilometres:g} km away"
    if answer.is_done:
        yield "  was there: the visit is done"
    elif member.is_fixed:
        yield f"  was fixed for the team in the cycle{_by_hand(held_by)}"
    for other in member.alternatives:
        yield f"  {called.person(other.person)}, {other.kilometres:g} km: {_said(other.choice)}"


def _said(choice: Choice) -> str:
    if choice.outcome is Outcome.COSTS:
        return _scored(choice.scores)
    told = "; ".join(bar.text for bar in choice.bars)
    if choice.outcome is Outcome.BARRED:
        return told
    if choice.outcome is Outcome.UNKNOWN:
        return "not known"
    return f"no rota has this, since these cannot all hold with it: {told}" if told else _NOT_KNOWN_WHICH


def _scored(scores: tuple[Score, ...]) -> str:
    """What differs: fairness 3 instead of 2, +12.4 km."""
    changed = [_difference(each) for each in scores if each.then != each.held]
    return ", ".join(changed) or "the same"


def _difference(score: Score) -> str:
    if score.goal == "travel":
        return f"{score.then - score.held:+.1f} km"
    return f"{score.goal} {score.then:g} instead of {score.held:g}"


def _date(when: DateWhy) -> str:
    days = f"{when.first:%a} {when.first.day} {when.first:%b}"
    if when.last != when.first:
        days += f" to {when.last:%a} {when.last.day} {when.last:%b}"
    if when.bars:
        return f"  {days}: {'; '.join(bar.text for bar in when.bars)}"
    score = _scored(when.scores)
    return f"  {days}: would do as well" if score == "the same" else f"  {days}: could be, with {score}"


def _week(week: WeekWhy) -> str:
    return f"  the week of {week.monday.day} {week.monday:%b}: {_said(week.choice)}"


def _as_json(answer: Why, held_by: Collection[Lock]) -> dict[str, Any]:
    return {
        "format": "sigctl-rota-why",
        "version": 1,
        "cycle": answer.cycle,
        "host": answer.host,
        "dates": [day.isoformat() for day in answer.dates],
        "done": answer.is_done,
        "best": answer.is_best,
        "goals": [{"name": goal, "value": value} for goal, value in answer.scores],
        "locked": _locked(held_by),
        "members": list(map(_member_json, answer.members)),
        "start_fixed": answer.start_is_fixed,
        "days": [
            {"from": each.first.isoformat(), "to": each.last.isoformat(), "bars": _bars(each.bars), "goals": _goals(each.scores)}
            for each in answer.dates_else
        ],
        "weeks": [{"monday": each.monday.isoformat(), **_choice(each.choice)} for each in answer.weeks],
    }


def _locked(held_by: Collection[Lock]) -> dict[str, Any]:
    """What holds the visit, as `sigctl rota show` tells it."""
    told: dict[str, Any] = {"by_publishing": False, "by_hand": None}
    for lock in held_by:
        if isinstance(lock, ByPublishing):
            told["by_publishing"] = True
        else:
            start, until = (day and day.isoformat() for day in (lock.start, lock.until))
            told["by_hand"] = {"start": start, "team": list(lock.team), "by": lock.by, "why": lock.why, "until": until}
    return told


def _member_json(member: MemberWhy) -> dict[str, Any]:
    told = {"person": member.person, "kilometres": member.kilometres, "lead": member.is_lead, "fixed": member.is_fixed}
    return {**told, "alternatives": list(map(_alternative, member.alternatives))}


def _alternative(other: Alternative) -> dict[str, Any]:
    return {"person": other.person, "kilometres": other.kilometres, **_choice(other.choice)}


def _choice(choice: Choice) -> dict[str, Any]:
    return {"outcome": choice.outcome.value, "goals": _goals(choice.scores), "bars": _bars(choice.bars)}


def _goals(scores: tuple[Score, ...]) -> list[dict[str, Any]]:
    return [{"name": each.goal, "now": each.held, "then": each.then} for each in scores]


def _bars(bars: tuple[Any, ...]) -> list[dict[str, str]]:
    return [{"rule": bar.rule, "text": bar.text} for bar in bars]
