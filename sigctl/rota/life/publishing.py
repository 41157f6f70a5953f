"""From a draft to the published rota: how far each visit has come, and the text of the file. Decides nothing; whoever calls, does."""

from collections.abc import Iterator
from dataclasses import replace

from sigctl.cluster.edit import Change, EditError, edited
from sigctl.records import Rota, RotaVisit, StageDate, State, Status
from sigctl.rota.life.differences import is_same_visit
from sigctl.rota.life.draft import planned_visit, visits_of, without_head
from sigctl.rota.plan import PlannedVisit
from sigctl.source import Document


def published_visits(draft: Rota, before: Rota | None) -> tuple[PlannedVisit, ...]:
    """The visits of a draft as they are to be published, each with its state.

    A visit that stands in the published rota with the same days and team keeps its state there; one that changed is planned, for
    nobody knows yet; a new one is what the draft says, as is one that is done or cancelled there.
    """
    known = {visit.host: visit for visit in visits_of(before) if visit.state != "cancelled"}
    return tuple(_with(visit, _state(visit, known.get(visit.host))) for visit in visits_of(draft))


def _state(visit: PlannedVisit, before: PlannedVisit | None) -> State:
    if before is None or visit.state == "cancelled":
        return visit.state
    if is_same_visit(visit, before):
        return before.state
    return "done" if visit.state == "done" else "planned"


def _with(visit: PlannedVisit, state: State) -> PlannedVisit:
    return replace(visit, state=state)


def says_the_same(visits: tuple[PlannedVisit, ...], rota: Rota | None) -> bool:
    """Whether a rota of the files holds exactly these visits, in whatever order."""
    return rota is not None and _in_order(visits) == _in_order(tuple(map(planned_visit, rota.visits)))


def _in_order(visits: tuple[PlannedVisit, ...]) -> list[tuple[object, ...]]:
    return sorted((each.host, each.dates, each.lead, sorted(each.team), each.state, sorted(each.reserves), each.stages) for each in visits)


def holds_one_rota(document: Document) -> bool:
    """Whether a file holds a rota and nothing else, so that it can be taken as a whole."""
    data = document.data
    return isinstance(data, dict) and set(data) == {"rotas"} and isinstance(data["rotas"], list) and len(data["rotas"]) == 1


def lines_of(document: Document, rota: Rota, visits: tuple[PlannedVisit, ...], status: Status) -> str | None:
    """A rota file without its head, with another status and the states that `visits` have; every other line and comment stays.

    None where that cannot be done line by line, as in a file that holds more than the rota.
    """
    if not holds_one_rota(document):
        return None
    pairs = enumerate(zip(rota.visits, visits, strict=True))
    states = [Change(("rotas", 0, "visits", index, "state"), new.state) for index, (old, new) in pairs if old.state != new.state]
    try:
        return edited(without_head(document.text), [Change(("rotas", 0, "status"), status), *states])
    except EditError:
        return None


def with_ticks(text: str, draft: Rota, before: Rota | None) -> str:
    """The text of a rota that is to be published, with the stages ticked off that are so in the rota before.

    A plan knows nothing of it, and people would be reminded of what they have done. Raises EditError where it cannot be done.
    """
    known = {visit.host: visit for visit in (before.visits if before else ()) if visit.state != "cancelled"}
    pairs = ((index, visit, known[visit.host]) for index, visit in enumerate(draft.visits) if visit.host in known)
    ticks = [Change(("rotas", 0, "visits", at, *path), day) for at, new, old in pairs for path, day in _ticks(new, old)]
    return edited(text, ticks) if ticks else text


def _ticks(new: RotaVisit, old: RotaVisit) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Where the days stand on which the stages of a visit were done; what comes after a visit that has moved is still to be done."""
    done = {stage.id: stage.done_on for stage in old.stages}
    for index, stage in enumerate(new.stages):
        day = done.get(stage.id)
        if day and stage.done_on is None and not _is_after(stage, new, old):
            yield ("stages", index, "done_on"), day.isoformat()


def _is_after(stage: StageDate, new: RotaVisit, old: RotaVisit) -> bool:
    return stage.date > max(new.dates) and sorted(new.dates) != sorted(old.dates)
