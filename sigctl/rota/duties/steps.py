"""The stages of each review as days of the host's own calendar: a day by which something is due, or days of which one is chosen."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sigctl.cluster import Cluster
from sigctl.records import Stage, StageDate, all_dates
from sigctl.term_dates import shift


@dataclass(frozen=True, slots=True)
class Step:
    """A stage of one visit: the days of which one is its own, how many people are still to lead it, and who does so already.

    A step without days falls outside the calendar. One that `stands` has been published, so that its day is not asked about.
    """

    visit: int
    stage: Stage
    days: tuple[date, ...]
    wanted: int = 0
    kept: tuple[str, ...] = ()
    stands: bool = False


def steps_of(cluster: Cluster, host: str, visit: int, dates: Sequence[date], stages: Sequence[Stage]) -> tuple[Step, ...]:
    """The steps of a visit on some dates, in the order of the stages.

    Those that are due have one day, so many pupil days before the first date or after the last; those held `within` some days
    have all of these but the host's busy ones, and but those that would turn the order of the stages round.
    """
    pupil_days = cluster.pupil_days(host)
    busy = all_dates(cluster.schools[host].busy)
    found = [Step(visit, stage, tuple(_days(stage, pupil_days, busy, dates)), stage.facilitators) for stage in stages]
    return tuple(_in_order(found, index) for index in range(len(found)))


def _days(stage: Stage, pupil_days: Collection[date], busy: Collection[date], dates: Sequence[date]) -> Iterator[date]:
    if stage.within is None:
        count = stage.due or 0
        day = shift(pupil_days, dates[0] if count < 0 else dates[-1], count)
        if day:
            yield day
        return
    after = sorted(day for day in pupil_days if day > dates[-1])[: stage.within]
    yield from [day for day in after if day not in busy] or after


def _in_order(steps: Sequence[Step], index: int) -> Step:
    """A step without those of its days that lie before a stage that is due earlier, or after one that is due later."""
    step = steps[index]
    if step.stage.within is None:
        return step
    before = [each.days[0] for each in steps[:index] if each.stage.within is None and each.days]
    after = [each.days[0] for each in steps[index + 1 :] if each.stage.within is None and each.days]
    first, last = max(before, default=date.min), min(after, default=date.max)
    return replace(step, days=tuple(day for day in step.days if first <= day <= last) or step.days)


def as_published(step: Step, known: Mapping[str, StageDate], opens: date | None) -> Step:
    """A step with the day that it has in the published rota, where that is still one of its days, or before the day that `opens`.

    What is over stays as it was, with those who led it, whoever they are now. A step of which no day is left to come keeps its
    days, and nobody new is asked to lead it.
    """
    stands = known.get(step.stage.id)
    if stands and opens and stands.date < opens:
        return replace(step, days=(stands.date,), wanted=0, kept=stands.facilitators, stands=True)
    if stands and stands.date in step.days:
        return replace(step, days=(stands.date,), kept=stands.facilitators, stands=True)
    left = tuple(day for day in step.days if opens is None or day >= opens)
    return replace(step, days=left) if left else replace(step, wanted=0)


def left_over(visit: int, stage: StageDate) -> Step:
    """A published stage that the cycle asks for no longer, as a step on its day; nobody new is asked to lead it."""
    return Step(visit, Stage(id=stage.id, due=0), (stage.date,), 0, stage.facilitators, stands=True)


def middle(step: Step) -> date:
    """The day of a step that lies in the middle of all that it could have: neither at once after the visit nor at the last moment."""
    return step.days[len(step.days) // 2]
