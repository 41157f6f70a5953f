"""The papers of a whole round: the rota by date and by school, give and take, and what has changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sigctl.records import Rota
from sigctl.reports.calendar import CalendarPage, calendar_page
from sigctl.reports.differences import DifferencesPage, differences_page
from sigctl.reports.fairness import FairnessPage, fairness_page
from sigctl.reports.imprint import Imprint
from sigctl.reports.loads import LoadPage, load_page
from sigctl.reports.papers.round import Round
from sigctl.reports.visit import StageLine, VisitLine
from sigctl.reports.visits import RotaPage
from sigctl.rota.life.differences import Difference
from sigctl.words import Words


@dataclass(frozen=True, slots=True)
class Steps:
    """The stages of one review, in the columns of all; None where it lacks one."""

    visit: VisitLine
    stages: tuple[StageLine | None, ...]


@dataclass(frozen=True, slots=True)
class WholeRota:
    """The rota with the names of the stages and each review's, and a calendar for each half term in which there is a visit."""

    imprint: Imprint
    rota: RotaPage
    stages: tuple[Words, ...]
    steps: tuple[Steps, ...]
    calendars: tuple[CalendarPage, ...]


@dataclass(frozen=True, slots=True)
class GiveAndTake:
    """What each school gives and receives, in this round and over the rounds."""

    imprint: Imprint
    rota: RotaPage
    loads: LoadPage
    rounds: FairnessPage


@dataclass(frozen=True, slots=True)
class RotaChanges:
    """What has changed since people last had the rota."""

    imprint: Imprint
    status: str
    differences: DifferencesPage


def whole_rota(of: Round) -> WholeRota:
    """The paper of a whole rota."""
    whole = calendar_page(of.cluster, of.cycle, of.page)
    sheets = (sheet for sheet in whole.sheets if any(row.stays for row in sheet.rows))
    calendars = tuple(replace(whole, sheets=(sheet,), has_key=False) for sheet in sheets)
    names = {stage.id: stage.name for visit in of.page.held for stage in visit.stages}
    in_order = (*(stage.id for stage in of.cycle.stages), *sorted(names))
    columns = [each for each in dict.fromkeys(in_order) if each in names]
    return WholeRota(of.imprint, of.page, tuple(names[each] for each in columns), tuple(_steps(of, columns)), calendars)


def _steps(of: Round, columns: Sequence[str]) -> Iterator[Steps]:
    for visit in of.page.held:
        stages = {stage.id: stage for stage in visit.stages}
        yield Steps(visit, tuple(map(stages.get, columns)))


def give_and_take(of: Round, rota: Rota) -> GiveAndTake:
    """The paper of a rota's shares."""
    return GiveAndTake(of.imprint, of.page, load_page(of.page), fairness_page(of.cluster, of.cycle, rota))


def rota_changes(of: Round, found: Sequence[Difference], *, is_first: bool) -> RotaChanges:
    """The paper of what changes."""
    return RotaChanges(of.imprint, of.page.status, differences_page(of.cluster, of.cycle, found, is_first=is_first))
