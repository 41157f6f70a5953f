"""A planned rota as text, Markdown, CSV or JSON."""

import io
import json
import sys
from collections.abc import Iterator, Sequence
from typing import Any, Final

from sigctl.cluster import Cluster
from sigctl.commands import console
from sigctl.commands.rota.timetable import timetable
from sigctl.problem import Place
from sigctl.render import csv_text, markdown, said
from sigctl.reports import RotaPage
from sigctl.rota import Conflict, Plan
from sigctl.words import Language

_COLUMNS: Final = ("half_term", "first_day", "last_day", "host", "host_name", "role", "person", "post", "school", "school_name")


def as_text(page: RotaPage, languages: Sequence[Language], *, to_terminal: bool) -> str:
    """The timetable, once in each language; in colour where it goes to a terminal that has any."""
    stream = sys.stdout if to_terminal else io.StringIO()
    drawing = console.drawing(stream)
    with drawing.capture() as captured:
        for language in languages:
            drawing.print(timetable(page, language, drawing.width))
    return "\n".join(line.rstrip() for line in captured.get().splitlines()) + "\n"


def as_markdown(page: RotaPage, languages: Sequence[Language]) -> str:
    """The rota as a Markdown page, once in each language."""
    return "\n".join(markdown("rota", language, page) for language in languages)


def as_csv(page: RotaPage, language: Language) -> str:
    """A line for each member of each team, the lead first; names in one language."""
    return csv_text(_COLUMNS, _rows(page, language))


def _rows(page: RotaPage, language: Language) -> Iterator[tuple[str, ...]]:
    for visit in page.visits:
        for index, member in enumerate(visit.team):
            yield (
                said(visit.half_term, language),
                visit.first.isoformat(),
                visit.last.isoformat(),
                visit.host_id,
                said(visit.host, language),
                "member" if index else "lead",
                member.id,
                said(member.person, language),
                member.school_id,
                said(member.school, language),
            )


def as_json(plan: Plan, cluster: Cluster, seconds: float) -> str:
    """The rota for other programs. Goals are in days and kilometres, `seconds` is how long the search took."""
    told: dict[str, Any] = {
        "format": "sigctl-rota",
        "version": 1,
        "cycle": plan.cycle,
        "status": plan.status.value,
        "seconds": round(seconds, 3),
        "goals": [{"name": goal.name, "value": goal.value, "bound": goal.bound} for goal in plan.goals],
        "visits": [
            {"host": visit.host, "dates": [day.isoformat() for day in visit.dates], "lead": visit.lead, "team": list(visit.team)}
            for visit in plan.visits
        ],
    }
    if plan.conflicts:
        told["conflict"] = [_conflict_json(each, cluster) for each in plan.conflicts]
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def _conflict_json(conflict: Conflict, cluster: Cluster) -> dict[str, Any]:
    places = [str(place) for place in places_of(conflict, cluster)]
    return {"rule": conflict.rule, "text": conflict.text, "advice": conflict.advice, "places": places}


def places_of(conflict: Conflict, cluster: Cluster) -> tuple[Place, ...]:
    """Where in the files the records of a conflict stand."""
    return tuple(cluster.place(source.kind, source.id, *source.path) for source in conflict.sources)
