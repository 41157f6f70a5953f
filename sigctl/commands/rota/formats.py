"""A rota in every format: text, Markdown, CSV, JSON, an Excel workbook, a picture."""

import io
import json
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from sigctl.cluster import Cluster
from sigctl.commands import console
from sigctl.commands.errors import CommandError
from sigctl.commands.papers import own_templates
from sigctl.commands.rota.reasons import reasons_json
from sigctl.commands.rota.shown import Shown, View
from sigctl.render import Cover, can_make_png, csv_text, markdown, png_picture, said, svg_picture, workbook
from sigctl.reports.visit import StageLine, VisitLine
from sigctl.rota.plan import Plan, PlannedVisit
from sigctl.words import Language


class Format(StrEnum):
    """How a rota is printed."""

    TEXT = "text"
    MD = "md"
    CSV = "csv"
    JSON = "json"
    XLSX = "xlsx"
    SVG = "svg"
    PNG = "png"


_TABLES: Final = (View.DATES, View.SCHOOLS)
"""Views of which there is no picture."""

_BY_DAY: Final = (View.CALENDAR, View.DATES)
"""Views that can be confined to a half term."""


def check_printing(format: Format, view: View | None, output: Path | None) -> None:
    """Refuse, before any work, what cannot be made, cannot go to a terminal, or cannot be written where `-o` says."""
    if format in (Format.SVG, Format.PNG) and view in _TABLES:
        drawn = ", ".join(each for each in View if each not in _TABLES)
        raise CommandError(f"there is no picture of the view `{view}`, which is a table", f"choose one of {drawn} with --view")
    if format is Format.PNG and not can_make_png():
        raise CommandError("PNG needs a package that is not installed", "`pip install 'sigctl[pdf]'` brings it; --format svg needs nothing")
    if format in (Format.XLSX, Format.PNG) and not goes_to_file(output) and console.is_terminal(sys.stdout):
        raise CommandError(f"{format} is nothing that a terminal can show", f"name a file with -o, such as -o rota.{format}")
    console.check_output(output)


def check_half_term(format: Format, view: View | None) -> None:
    """Refuse a half term where the whole cycle is shown: by school, by person, as figures, or in a file that holds everything."""
    meant = view or {Format.CSV: View.DATES, Format.SVG: View.CALENDAR, Format.PNG: View.CALENDAR}.get(format)
    if meant not in _BY_DAY or format in (Format.JSON, Format.XLSX):
        shown = (
            f"--format {format} holds" if format in (Format.JSON, Format.XLSX) else f"the view `{meant}` is of" if meant else "this is of"
        )
        raise CommandError(f"--half-term has no effect here: {shown} the whole cycle", "add --view dates or --view calendar")


def goes_to_file(output: Path | None) -> bool:
    """Whether what is printed goes into a file that was named."""
    return output is not None and str(output) != "-"


def printed(shown: Shown, view: View | None, format: Format, languages: Sequence[Language], output: Path | None) -> str | bytes:
    """A rota, or a view of it, in a format. CSV that goes to a file begins with a mark by which Excel knows Welsh letters."""
    if format is Format.JSON:
        return page_json(shown)
    if format is Format.XLSX:
        return as_workbook(shown, languages)
    if format in (Format.SVG, Format.PNG):
        chosen = view or View.CALENDAR
        drawn = svg_picture(chosen, languages, shown.report(chosen))
        return drawn if format is Format.SVG else png_picture(drawn)
    if format is Format.CSV:
        return ("\ufeff" if goes_to_file(output) else "") + as_csv(shown, view or View.DATES, languages[0])
    if format is Format.MD:
        return as_markdown(shown, view, languages)
    return as_text(shown, view, languages, to_terminal=not goes_to_file(output))


def as_text(shown: Shown, view: View | None, languages: Sequence[Language], *, to_terminal: bool) -> str:
    """A view once in each language; in colour where it goes to a terminal that has any."""
    from sigctl.commands.rota.views import view_of

    stream = sys.stdout if to_terminal else io.StringIO()
    drawing = console.drawing(stream)
    with drawing.capture() as captured:
        for index, language in enumerate(languages):
            drawing.print(*([""] if index else []), view_of(shown, view, language, drawing.width), sep="\n")
    return "\n".join(line.rstrip() for line in captured.get().splitlines()) + "\n"


def as_markdown(shown: Shown, view: View | None, languages: Sequence[Language]) -> str:
    """The rota as a Markdown page, or a view of it as a table, once in each language."""
    from sigctl.commands.rota.tables import sheet_of

    own = own_templates(shown.cluster)
    if view is None:
        return "\n".join(markdown("rota", language, shown.page, own) for language in languages)
    return "\n".join(markdown("view", language, sheet_of(shown, view, language), own) for language in languages)


def as_csv(shown: Shown, view: View, language: Language) -> str:
    """A view as rows; the dates as a line for each member of each team, the lead first. Names in one language."""
    from sigctl.commands.rota.tables import rows_of

    return csv_text(*rows_of(shown, view, language))


def as_workbook(shown: Shown, languages: Sequence[Language]) -> bytes:
    """The rota as an Excel workbook; in two languages at once where there are two."""
    from sigctl.commands.rota.tables import sheets
    from sigctl.commands.tongue import Tongue

    page, tongue = shown.page, Tongue(tuple(languages))
    cover = Cover(
        title=f"{tongue.label('rota.rota')}: {tongue.said(page.cycle)}",
        subtitle=f"{tongue.said(page.cluster)}, {tongue.label(f'rota.{page.status}')}",
        author=said(page.cluster, languages[0]),
        made=page.first,
        page=tongue.label("page.page"),
        of=tongue.label("page.of"),
        language=languages[0] if len(languages) == 1 else "",
    )
    return workbook(cover, tuple(sheets(shown, languages)))


def page_json(shown: Shown) -> str:
    """A rota that stands in the files, for other programs: visits with all that is known of them, schools, people, journeys."""
    page = shown.page
    told: dict[str, Any] = {
        "format": "sigctl-rota-shown",
        "version": 1,
        "cycle": shown.cycle.id,
        "status": page.status,
        "goals": [{"name": proof.goal, "value": proof.value} for proof in page.proofs],
        "visits": [_visit_json(visit) for visit in page.visits],
        "schools": [
            {"school": each.id, "gives": each.gives, "receives": each.receives, "carried": each.carried, "balance": each.balance}
            for each in page.schools
        ],
        "people": [
            {
                "person": each.who.id,
                "school": each.who.school_id,
                "days": each.days,
                "visits": [visit.host_id for visit in each.visits],
                "reserve": [visit.host_id for visit in each.reserve],
                "stages": [{"host": led.visit.host_id, "stage": led.stage.id} for led in each.stages],
            }
            for each in shown.people().people
        ],
        "journeys": [
            {
                "from": each.given.giver.id,
                "to": each.given.visit.host_id,
                "days": each.given.days,
                "distance": each.distance,
                "kilometres": each.kilometres,
            }
            for each in shown.travel().journeys
        ],
    }
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def _visit_json(visit: VisitLine) -> dict[str, Any]:
    settled = visit.settled
    by_hand = settled and {
        "start": settled.start and settled.start.isoformat(),
        "team": [member.id for member in settled.people],
        "by": settled.by,
        "why": settled.why,
        "until": settled.until and settled.until.isoformat(),
    }
    return {
        "host": visit.host_id,
        "dates": [day.isoformat() for day in visit.dates],
        "lead": visit.team[0].id,
        "team": [member.id for member in visit.team],
        "state": visit.state,
        "locked": {"by_publishing": visit.is_announced, "by_hand": by_hand},
        "reserves": [member.id for member in visit.reserves],
        "stages": [_stage_json(stage) for stage in visit.stages],
    }


def _stage_json(stage: StageLine) -> dict[str, Any]:
    people = [member.id for member in stage.facilitators]
    return {"id": stage.id, "date": stage.day.isoformat(), "due": stage.is_due, "facilitators": people}


def as_json(plan: Plan, cluster: Cluster, seconds: float) -> str:
    """The rota for other programs, as text."""
    return json.dumps(rota_json(plan, cluster, seconds), indent=2, ensure_ascii=False) + "\n"


def rota_json(plan: Plan, cluster: Cluster, seconds: float) -> dict[str, Any]:
    """The rota for other programs. Goals are in days and kilometres, `seconds` is how long the search took."""
    told: dict[str, Any] = {
        "format": "sigctl-rota",
        "version": 1,
        "cycle": plan.cycle,
        "status": plan.status.value,
        "seconds": round(seconds, 3),
        "goals": [{"name": goal.name, "value": goal.value, "bound": goal.bound} for goal in plan.goals],
        "visits": [_planned_json(visit) for visit in plan.visits],
    }
    if plan.notes:
        told["notes"] = list(plan.notes)
    return told | reasons_json(plan, cluster)


def _planned_json(visit: PlannedVisit) -> dict[str, Any]:
    """A visit as it was planned; reserves and stages only where there are any."""
    told: dict[str, Any] = {
        "host": visit.host,
        "dates": [day.isoformat() for day in visit.dates],
        "lead": visit.lead,
        "team": list(visit.team),
    }
    if visit.reserves:
        told["reserves"] = list(visit.reserves)
    if visit.stages:
        told["stages"] = [{"id": each.id, "date": each.day.isoformat(), "facilitators": list(each.facilitators)} for each in visit.stages]
    return told
