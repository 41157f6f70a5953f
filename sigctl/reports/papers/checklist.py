"""The host's checklist: what is to be done before the visit, on its days and after it, each with its day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sigctl.cluster.programmes import programme_of, tasks_of
from sigctl.records import Task
from sigctl.reports.imprint import Imprint
from sigctl.reports.papers.round import Round
from sigctl.reports.visit import StageLine, VisitLine
from sigctl.reports.who import Member
from sigctl.term_dates import shift
from sigctl.words import Words


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do: by a day, or on it where it is held. Without a day, the calendar does not reach so far."""

    title: Words
    day: date | None
    is_held: bool = False
    people: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class Checklist:
    """All that a host's checklist shows, by date."""

    imprint: Imprint
    cycle: Words
    status: str
    visit: VisitLine
    before: tuple[Todo, ...]
    during: tuple[Todo, ...]
    after: tuple[Todo, ...]


def checklist(of: Round, visit: VisitLine) -> Checklist:
    """The checklist of a visit's host."""
    tasks = tasks_of(programme_of(of.cluster, of.cycle, visit.host_id, len(visit.dates)))
    found = [*_tasks(of, visit, tasks), *_stages(visit, tasks)]
    part = [tuple(sorted((todo for each, todo in found if each == when), key=_order)) for when in (-1, 0, 1)]
    return Checklist(of.imprint, of.name, of.page.status, visit, *part)


def _order(todo: Todo) -> date:
    return todo.day or date.max


def _tasks(of: Round, visit: VisitLine, tasks: tuple[Task, ...]) -> Iterator[tuple[int, Todo]]:
    """Each task, with whether it is before the visit (-1), on its days (0) or after it (1)."""
    days, stages = of.cluster.pupil_days(visit.host_id), {stage.id: stage for stage in visit.stages}
    for task in tasks:
        stage = stages.get(task.stage or "")
        day = stage.day if stage else shift(days, visit.last if task.due > 0 else visit.first, task.due)
        yield _when(visit, stage.day) if stage else (task.due > 0) - (task.due < 0), Todo(task.title.words, day)


def _stages(visit: VisitLine, tasks: tuple[Task, ...]) -> Iterator[tuple[int, Todo]]:
    """The stages of the review that no task names."""
    named = {task.stage for task in tasks}
    for stage in visit.stages:
        if stage.id not in named:
            yield _when(visit, stage.day), _todo(stage)


def _todo(stage: StageLine) -> Todo:
    return Todo(stage.name, stage.day, not stage.is_due, stage.facilitators)


def _when(visit: VisitLine, day: date) -> int:
    return (day > visit.last) - (day < visit.first)
