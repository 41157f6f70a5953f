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
from sigctl.commands.rota.choosing import cycle_with_visits, host_of, rota_of
from sigctl.commands.rota.watch import Watch
from sigctl.rota.case import Case
from sigctl.rota.gathering import case_of
from sigctl.rota.search.quiet import quiet
from sigctl.rota.standing import standing
from sigctl.rota.why.answers import Alternative, Choice, DateWhy, MemberWhy, Outcome, Score, WeekWhy, Why
from sigctl.rota.why.oracle import narrowed
from sigctl.rota.why.visit import why as reasons

_UNITS: Final = {"fairness": "", "travel": " km"}
_DAYS: Final = 12
"""Stretches of other days that are printed; JSON has all."""


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
    that none exists. So it is for the nearest other weeks. For other days, it says what stands against them with this team.

    Exit code: 0 with the whole answer, 5 where the time was over before all was solved.

    For example:

        sigctl rota why eirias                    the visit at eirias, in the published rota or else the draft
        sigctl rota why eirias --draft            in the draft
        sigctl rota why eirias --time-limit 20    what can be said in 20 seconds
        sigctl rota why eirias --format json      for another program: `format` ("sigctl-rota-why"), `version` (1), `cycle`, `host`,
                                                  `dates`, `best`, `goals`, `members` (each with `alternatives`), `days`, `weeks`;
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
    text = json.dumps(_as_json(answer), indent=2, ensure_ascii=False) + "\n" if format is Format.JSON else "\n".join(_lines(answer)) + "\n"
    console.deliver(text, output)
    if watch.interrupted or not _is_whole(answer):
        raise typer.Exit(ExitCode.INTERRUPTED if watch.interrupted else ExitCode.PARTLY)


def _with_hosts(case: Case, hosts: Collection[str]) -> Case:
    """The case with the visits alone that the rota holds: a rota in part is explained as what it is."""
    return narrowed(case, [index for index, visit in enumerate(case.visits) if case.schools[visit.host].id in hosts])


def _is_whole(answer: Why) -> bool:
    choices = [other.choice for member in answer.members for other in member.alternatives] + [week.choice for week in answer.weeks]
    return all(choice.outcome is not Outcome.UNKNOWN for choice in choices)


def _lines(answer: Why) -> Iterator[str]:
    first, last = answer.dates[0], answer.dates[-1]
    days = f"{first:%a} {first.day} {first:%b %Y}" + (f" to {last:%a} {last.day} {last:%b}" if last != first else "")
    yield f"The visit at {answer.host}: {days}"
    scores = ", ".join(f"{goal} {value:g}{_UNITS.get(goal, '')}" for goal, value in answer.scores)
    yield f"The rota scores {scores}; {_proof(answer)}."
    for member in answer.members:
        yield ""
        yield from _member(member)
    if answer.is_done:
        yield from ("", "The visit has taken place, so there are no other choices.")
    elif answer.start_is_fixed:
        yield from ("", "Its first day is fixed in the cycle.")
    else:
        yield from ("", "Why these days. With this team and all other visits as they are:")
        shown = sorted(sorted(answer.dates_else, key=lambda each: abs(each.first - first))[:_DAYS], key=lambda each: each.first)
        yield from map(_date, shown)
        if len(shown) < len(answer.dates_else):
            yield f"  and {len(answer.dates_else) - len(shown)} more stretches of days further away; --format json has them all"
        if answer.weeks:
            yield from ("", "In the nearest other weeks, with whatever team and all visits free to change:")
            yield from map(_week, answer.weeks)


def _proof(answer: Why) -> str:
    if answer.is_done:
        return "the visit has taken place"
    known = {
        True: "no rota scores better",
        False: "it is not the best rota, so other choices can score better",
        None: "whether a better one exists is not known",
    }
    return known[answer.is_best]


def _member(member: MemberWhy) -> Iterator[str]:
    role = ", who leads" if member.is_lead else ""
    yield f"Why {member.person}{role}, {member.kilometres:g} km away"
    if member.is_fixed:
        yield "  is fixed in the cycle"
    for other in member.alternatives:
        yield f"  {other.person}, {other.kilometres:g} km: {_said(other.choice)}"


def _said(choice: Choice) -> str:
    if choice.outcome is Outcome.COSTS:
        return _scored(choice.scores)
    if choice.outcome is Outcome.BARRED:
        return "; ".join(bar.text for bar in choice.bars)
    return "no rota has this" if choice.outcome is Outcome.IMPOSSIBLE else "not known"


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


def _as_json(answer: Why) -> dict[str, Any]:
    return {
        "format": "sigctl-rota-why",
        "version": 1,
        "cycle": answer.cycle,
        "host": answer.host,
        "dates": [day.isoformat() for day in answer.dates],
        "done": answer.is_done,
        "best": answer.is_best,
        "goals": [{"name": goal, "value": value} for goal, value in answer.scores],
        "members": list(map(_member_json, answer.members)),
        "start_fixed": answer.start_is_fixed,
        "days": [
            {"from": each.first.isoformat(), "to": each.last.isoformat(), "bars": _bars(each.bars), "goals": _goals(each.scores)}
            for each in answer.dates_else
        ],
        "weeks": [{"monday": each.monday.isoformat(), **_choice(each.choice)} for each in answer.weeks],
    }


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
