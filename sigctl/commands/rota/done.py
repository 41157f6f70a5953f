"""`sigctl rota done`: tick off a stage of a review, such as a self-evaluation that came in or a report that is written."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, NamedTuple

import typer

from sigctl.checks import ABOUT_ROTAS
from sigctl.cluster import Cluster
from sigctl.cluster.edit import Append, Change, Edit
from sigctl.commands import console, options
from sigctl.commands.changing import ToRecord, make_changes, planned_changes
from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.messages import listed
from sigctl.commands.opening import opened
from sigctl.commands.rota.choosing import cycle_with_visits, host_of
from sigctl.nearest import did_you_mean
from sigctl.records import Cycle, Rota, RotaVisit, StageDate
from sigctl.rota.duties.steps import steps_of


class _Review(NamedTuple):
    """The visit of one host in the published rota, and where it stands there."""

    cluster: Cluster
    cycle: Cycle
    at: int
    visit: RotaVisit

    @property
    def record(self) -> str:
        """What the rota is known by among the records."""
        return f"{self.cycle.id} published"

    def stage(self, id: str) -> StageDate | None:
        """A stage as the rota has it; None where it has none of that name."""
        return next((each for each in self.visit.stages if each.id == id), None)

    def place(self, id: str) -> str:
        """Where a stage stands, as `rotas/round-4.yaml:12`; where there is none, the file."""
        index = next((index for index, each in enumerate(self.visit.stages) if each.id == id), None)
        path = ("visits", self.at) if index is None else ("visits", self.at, "stages", index)
        place = self.cluster.place("rotas", self.record, *path)
        return f"{place.file}:{place.line}" if index is not None and place.line else place.file


def done(
    school: Annotated[str, typer.Argument(metavar="SCHOOL", help="The school whose review it is.")],
    stage: Annotated[str, typer.Argument(metavar="STAGE", help="The id of the stage, as the cycle has it under `stages`.")],
    more: Annotated[list[str] | None, typer.Argument(metavar="STAGE", help="Other stages that were done on the same day.")] = None,
    on: Annotated[date | None, typer.Option("--on", metavar="DATE", parser=options.day, help="The day; today, by default.")] = None,
    workspace: options.Workspace = None,
    cycle: options.Cycle = None,
    today: options.Today = None,
    dry_run: options.DryRun = False,
) -> None:
    """Tick off a stage of a review: the self-evaluation came in, the report is written, the workshop was held.

    Writes `done_on` with the day at this stage in the published rota's file, and changes only this line; comments stay. Nobody is
    reminded of it after that, and `sigctl report cycle` counts it as on time or late by this day. Where the rota has no day for the
    stage, it is added, with the day on which the cycle wants it.

    To take it back, take `done_on` out of the file. That the visit itself has taken place is told by `sigctl rota mark SCHOOL done`.

    For example:

        sigctl rota done eirias self-evaluation
        sigctl rota done eirias report --on 2026-11-24
        sigctl rota done eirias self-evaluation documents -n      what would be written
    """
    cluster = opened(workspace, besides=ABOUT_ROTAS, changing=not dry_run and "sigctl rota done")
    now = options.today_in(cluster.settings.cluster.time_zone, today)
    day = on or now
    if day > now:
        raise CommandError(f"{day} is still to come", "write the day on which it was done, or leave --on out")
    review = _review(cluster, cycle_with_visits(cluster, cycle, now), school)
    wanted = list(dict.fromkeys([stage, *(more or ())]))
    _check_stages(review, wanted)
    new = [each for each in wanted if not _is_already(review, each, on)]
    _check_day(review, new, day)
    if new:
        _tick_off(review, new, day, dry_run=dry_run)


def _review(cluster: Cluster, cycle: Cycle, host: str) -> _Review:
    """The review of a host: of its visits the one that is held. Raises CommandError where there is none."""
    rota = cluster.rota(cycle.id, "published")
    if rota is None:
        advice = "`sigctl rota publish` publishes the draft" if cluster.rota(cycle.id, "draft") else "`sigctl rota` plans one"
        raise CommandError(f"{cycle.id} has no published rota", advice, ExitCode.PROBLEMS)
    return _Review(cluster, cycle, *_held(rota, host_of(rota, host)))


def _held(rota: Rota, host: str) -> tuple[int, RotaVisit]:
    found = [(at, visit) for at, visit in enumerate(rota.visits) if visit.host == host and visit.state != "cancelled"]
    if not found:
        advice = f"`sigctl rota mark {host} planned` takes that back"
        raise CommandError(f"the visit at `{host}` is cancelled, so nothing of it is due", advice, ExitCode.PROBLEMS)
    return found[0]


def _check_stages(review: _Review, wanted: Sequence[str]) -> None:
    """Refuse a stage of which neither the cycle nor the rota knows."""
    known = list(dict.fromkeys([*(each.id for each in review.cycle.stages), *(each.id for each in review.visit.stages)]))
    for id in wanted:
        if id not in known:
            named = listed([f"`{each}`" for each in known])
            otherwise = f"the stages are {named}" if known else "`sigctl explain cycles` tells of stages"
            raise CommandError(f"a review of {review.cycle.id} has no stage `{id}`", did_you_mean(id, known, otherwise))


def _is_already(review: _Review, id: str, on: date | None) -> bool:
    """Whether a stage is ticked off, which is said; and where to write another day, where one was named."""
    stage = review.stage(id)
    if stage is None or stage.done_on is None:
        return False
    other = f"; write another day at {review.place(id)} yourself" if on and on != stage.done_on else ""
    console.say(f"nothing to do: `{id}` of `{review.visit.host}` was ticked off already, as done on {stage.done_on}{other}")
    return True


def _check_day(review: _Review, wanted: Sequence[str], day: date) -> None:
    """Refuse a day before the visit for what comes after it: the day or the year is mistyped then."""
    first, last = min(review.visit.dates), max(review.visit.dates)
    for id in wanted:
        if day < first and _due(review, id, day) > last:
            message = f"`{id}` comes after the visit at `{review.visit.host}`, which begins on {first}"
            raise CommandError(f"{message}, so it cannot have been done on {day}", "check the stage and the day; `--on` says another day")


def _due(review: _Review, id: str, done_on: date) -> date:
    """The day of a stage: that of the rota, or else the one on which the cycle wants it; what is held has the day on which it was held."""
    stage, host = review.stage(id), review.visit.host
    if stage:
        return stage.date
    steps = steps_of(review.cluster, host, 0, sorted(review.visit.dates), review.cycle.stages) if host in review.cluster.schools else ()
    days = next((step.days for step in steps if step.stage.id == id), ())
    return done_on if done_on in days else max(days, default=done_on)


def _tick_off(review: _Review, wanted: Sequence[str], day: date, *, dry_run: bool) -> None:
    """Write the day into the rota's file, and say so."""
    changes = [ToRecord("rotas", review.record, _edit(review, id, day)) for id in wanted]
    file = review.place("").partition(":")[0]
    planned = planned_changes(review.cluster, changes, f"write `done_on: {day}` there yourself, at the stage in {file}", ABOUT_ROTAS)
    if not dry_run:
        make_changes(review.cluster.folder, planned)
    names = listed([f"`{id}`" for id in wanted])
    console.say(f"{'would tick off' if dry_run else 'ticked off'} {names} of `{review.visit.host}` as done on {day} in {file}")


def _edit(review: _Review, id: str, day: date) -> Edit:
    """The day at a stage that the rota has; or else the stage with its days."""
    for index, each in enumerate(review.visit.stages):
        if each.id == id:
            return Change(("visits", review.at, "stages", index, "done_on"), day.isoformat())
    entry = {"id": id, "date": _due(review, id, day).isoformat(), "done_on": day.isoformat()}
    return Append(("visits", review.at, "stages"), entry)
