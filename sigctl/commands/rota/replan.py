"""`sigctl rota replan`: the ways out, with the least change, when the published rota cannot stay as it is."""

import json
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, NamedTuple

import typer

from sigctl.checks import ABOUT_ROTAS
from sigctl.cluster import Cluster
from sigctl.commands import console, options
from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.messages import Paint, counted, plain, visible
from sigctl.commands.opening import opened
from sigctl.commands.options import languages_of
from sigctl.commands.rota.changes import By, changes_json, changes_text
from sigctl.commands.rota.choosing import cycle_with_visits
from sigctl.commands.rota.conflicts import tell_conflicts
from sigctl.commands.rota.drafting import guard, keep, say_notes, say_what_was_written
from sigctl.commands.rota.formats import rota_json
from sigctl.commands.rota.plan_options import Replace, TimeLimit
from sigctl.commands.rota.watch import Watch
from sigctl.nearest import did_you_mean
from sigctl.records import Cycle
from sigctl.render import goal_words, label, number
from sigctl.reports.differences import differences_page
from sigctl.rota.life.draft import draft_file
from sigctl.rota.plan import Plan
from sigctl.rota.replan.request import Request
from sigctl.rota.replan.ways import Replan, Way, replan_rota
from sigctl.term_dates import Span
from sigctl.words import Language


class Format(StrEnum):
    """How the ways out are printed."""

    TEXT = "text"
    JSON = "json"


class Spell(NamedTuple):
    """Somebody, or some school, and the days for which something is so."""

    id: str
    span: Span


def spell(text: str) -> Spell:
    """`a-head=2026-11-12..2026-11-20`, or one day, or from a day on."""
    id, _, days = text.partition("=")
    first, dots, last = days.partition("..")
    if not id or not first:
        raise typer.BadParameter(f"`{text}` does not say who and when; write it as ID=2026-11-12..2026-11-20")
    start = options.day(first)
    end = options.day(last) if last else date.max.replace(year=start.year + 2) if dots else start
    if end < start:
        raise typer.BadParameter(f"`{days}` ends before it begins")
    return Spell(id, Span(start, end))


Postpone = Annotated[list[str] | None, typer.Option("--postpone", metavar="SCHOOL", help="The visit at this school has to be later.")]
Away = Annotated[
    list[Spell] | None,
    typer.Option("--away", metavar="PERSON=FROM..TO", parser=spell, help="Somebody cannot be out on these days."),
]
Inspection = Annotated[
    list[Spell] | None,
    typer.Option("--inspection", metavar="SCHOOL=FROM..TO", parser=spell, help="A school is no host, and sends nobody."),
]
Take = Annotated[int, typer.Option("--take", metavar="NUMBER", min=1, max=3, help="Which of the ways out becomes the draft.")]


def replan(
    workspace: options.Workspace = None,
    cycle: options.Cycle = None,
    postpone: Postpone = None,
    away: Away = None,
    inspection: Inspection = None,
    take: Take = 1,
    time_limit: TimeLimit = None,
    replace: Replace = False,
    format: Annotated[Format, typer.Option("--format", help="How to print the ways out.")] = Format.TEXT,
    output: options.Output = None,
    lang: options.Language = None,
    today: options.Today = None,
    dry_run: options.DryRun = False,
) -> None:
    """Change the published rota as little as can be, when it cannot stay as it is.

    What has changed is read from the files (a school that is `busy` or has `left`, somebody who is `unavailable`, a visit that is
    `cancelled` but still wanted): whatever makes the published rota break a rule; or it is said by an option. Visits that are
    done, or fixed by hand, never move. The fewest visits change, and that is proved; of those ways the one that troubles the
    fewest people, of whom those that were told, or have confirmed, count two or three times; then the nearest dates; then
    the goals of the cycle. Up to three really different ways are found, each with its price, and the first, or the one that
    you take, becomes the draft.

    Exit code: 0 with a way out or where nothing has to change, 1 where nothing is published yet, 4 where there is no way out, 5
    where the time was over before one was found.

    For example:

        sigctl rota replan                                     what do the files say now?
        sigctl rota replan --postpone aberdare                 a host wants a later date
        sigctl rota replan --away porth-head=2026-11-12..2026-11-20
        sigctl rota replan --inspection porth=2026-11-24..2026-11-25 -n
        sigctl rota replan --postpone aberdare --take 2        the second way
        sigctl rota replan --format json                       what `sigctl rota --format json` prints of the way taken, with
                                                               `changes` (each with `host`, `what`, `before`, `after`),
                                                               `broken`, and `options`: every way with `goals` and `changes`
    """
    console.check_output(output)
    cluster = opened(workspace, besides=ABOUT_ROTAS, changing=not dry_run and "sigctl rota replan")
    day = options.today_in(cluster.settings.cluster.time_zone, today)
    chosen = cycle_with_visits(cluster, cycle, day)
    request = _request(cluster, chosen, postpone or [], away or [], inspection or [])
    if not dry_run:
        guard(cluster, chosen, cluster.folder / draft_file(chosen.id), replace)
    with Watch(chosen.id, time_limit) as watch:
        found = replan_rota(cluster, chosen, request, day, progress=watch)
    way = _taken(found, cluster, take, watch)
    paint = plain if output else console.paint_for(sys.stdout)
    lines = _text(found, cluster, chosen, languages_of(cluster, lang), paint)
    console.deliver(_json(found, way.plan, cluster, watch.seconds) if format is Format.JSON else lines, output, dry_run=dry_run)
    if any(change.what != "details" for change in way.changes):
        _keep(cluster, chosen, way, take, dry_run)
    if watch.interrupted:
        raise typer.Exit(ExitCode.INTERRUPTED)


def _request(cluster: Cluster, cycle: Cycle, postponed: Sequence[str], away: Sequence[Spell], inspected: Sequence[Spell]) -> Request:
    """What the options ask for, of hosts, people and schools that there are."""
    rota = cluster.rota(cycle.id, "published")
    if rota is None:
        raise CommandError(f"no rota of {cycle.id} is published yet", "`sigctl rota publish` publishes the draft", ExitCode.PROBLEMS)
    _known("--postpone", postponed, [visit.host for visit in rota.visits], "visit at")
    for visit in rota.visits:
        if visit.host in postponed and visit.state in ("done", "cancelled"):
            raise CommandError(
                f"--postpone: the visit at `{visit.host}` is {visit.state}", "only a visit that is still to come can be later"
            )
    _known("--away", [each.id for each in away], list(cluster.people), "person")
    _known("--inspection", [each.id for each in inspected], list(cluster.schools), "school")
    return Request(tuple(postponed), tuple(away), tuple(inspected))


def _known(option: str, asked: Sequence[str], known: Sequence[str], what: str) -> None:
    for each in asked:
        if each not in known:
            raise CommandError(f"{option}: there is no {what} `{each}`", did_you_mean(each, known, "look at the ids in your files"))


def _taken(found: Replan, cluster: Cluster, number: int, watch: Watch) -> Way:
    """The way of that number; without any, say why, and end."""
    if found.no_way:
        console.say("\n".join(found.broken))
        tell_conflicts(found.no_way, cluster)
        raise typer.Exit(ExitCode.NO_ROTA)
    if not found.ways:
        code = ExitCode.INTERRUPTED if watch.interrupted else ExitCode.PARTLY
        message = f"after {watch.seconds:.0f} seconds no way out was found yet, nor a proof that there is none"
        raise CommandError(message, "give it more time, with a larger --time-limit or without; no draft was written", code)
    if number > len(found.ways):
        raise CommandError(f"the ways out that were found are {counted(len(found.ways), 'way')}, not {number}", "take one of these")
    return found.ways[number - 1]


def _keep(cluster: Cluster, cycle: Cycle, way: Way, number: int, dry_run: bool) -> None:
    """Write the draft, and say what comes next."""
    say_what_was_written(cycle, None if dry_run else keep(way.plan, cluster))
    say_notes(way.plan)
    if not dry_run:
        console.say(f"it is way {number}; `sigctl rota diff` tells what it changes for whom, `sigctl rota publish` publishes it")


def _text(found: Replan, cluster: Cluster, cycle: Cycle, languages: Sequence[Language], paint: Paint) -> str:
    return "\n\n".join("\n".join(_lines(found, cluster, cycle, language, paint)) for language in languages) + "\n"


def _lines(found: Replan, cluster: Cluster, cycle: Cycle, language: Language, paint: Paint) -> Iterator[str]:
    """What no longer holds, and each way out with its price and its changes."""
    if all(change.what == "details" for change in found.ways[0].changes):
        yield label("life.none", language)
        return
    yield paint(label("rota.no_longer_holds", language), "strong")
    yield from (f"  {visible(each)}" for each in found.broken)
    for index, way in enumerate(found.ways, start=1):
        what = f": {label(f'rota.way_{way.better}', language)}" if len(found.ways) > 1 else ""
        yield "\n" + paint(f"{label('rota.way', language)} {index}{what}", "strong")
        yield from (f"  {line}" for line in _price(found, way, language))
        page = differences_page(cluster, cycle, way.changes)
        changes = changes_text(page, (language,), By.SCHOOL, paint).splitlines()[5:]
        yield from (f"  {line}" if line else "" for line in changes)


def _price(found: Replan, way: Way, language: Language) -> Iterator[str]:
    """What a way costs: each goal, and how it stands now where that is something else."""
    for goal in way.plan.goals:
        if goal.value or goal.name not in ("weeks", "people"):
            before = found.before.get(goal.name, goal.value)
            now = "" if before == goal.value else f" [{label('rota.now', language)} {number(before)}]"
            fewest = f"; {label('rota.best_changes', language)}" if goal.name == "changes" and goal.value <= goal.bound else ""
            yield goal_words(goal.name, goal.value, language) + fewest + now


def _json(found: Replan, taken: Plan, cluster: Cluster, seconds: float) -> str:
    """The way taken, as `sigctl rota --format json` prints a rota, with its changes and all the ways."""
    changes = next(way.changes for way in found.ways if way.plan is taken)
    told: dict[str, Any] = rota_json(taken, cluster, seconds)
    told |= {"changes": changes_json(changes), "broken": list(found.broken), "before": dict(found.before)}
    told["options"] = [_way_json(way, cluster) for way in found.ways]
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def _way_json(way: Way, cluster: Cluster) -> dict[str, Any]:
    whole = rota_json(way.plan, cluster, 0)
    return {"status": whole["status"], "goals": whole["goals"], "changes": changes_json(way.changes), "visits": whole["visits"]}
