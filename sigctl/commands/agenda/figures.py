"""Agendas for other programs, as JSON: a promise that is documented in the help of the command."""

from collections.abc import Sequence
from typing import Any

from sigctl.commands.as_json import day_told, json_text, words_told
from sigctl.reports.agenda import AgendaItem, AgendaPage
from sigctl.reports.agenda.lacking import lacks_of
from sigctl.reports.agenda.page import ActionList, NextTime, Presentation
from sigctl.reports.dates import Proposal
from sigctl.words import Words


def agendas_json(pages: Sequence[AgendaPage]) -> str:
    """All agendas, by date. Texts are `{cy, en}`, times `HH:MM`, days `YYYY-MM-DD`, people and schools ids."""
    return json_text("sigctl-agenda", {"agendas": [_agenda(page) for page in pages]})


def _agenda(page: AgendaPage) -> dict[str, Any]:
    return {
        "group": page.group_id,
        "name": _words(page.group),
        "meeting": None if page.is_proposed else page.meeting_id,
        "date": page.day.isoformat(),
        "start": page.start and f"{page.start:%H:%M}",
        "end": page.end and f"{page.end:%H:%M}",
        "venue": _words(page.venue),
        "link": page.link or None,
        "chair": page.chair and page.chair.id,
        "minutes": page.minutes,
        "proposals": [_proposal(each) for each in page.proposals],
        "items": [_item(each) for each in page.items],
        "lacking": [{"message": lack.message, "advice": lack.advice} for lack in lacks_of(page)],
    }


def _item(item: AgendaItem) -> dict[str, Any]:
    told: dict[str, Any] = {
        "number": item.number,
        "block": item.block,
        "id": item.id or None,
        "title": _words(item.title),
        "start": item.start and f"{item.start:%H:%M}",
        "minutes": item.minutes,
        "lead": item.lead and item.lead.id,
        "purpose": item.purpose or None,
        "papers": [{"name": paper.name, "here": paper.is_here} for paper in item.papers],
        "asked_by": item.asked_by and item.asked_by.id,
        "carried": item.carried,
        "confidential": item.is_confidential,
    }
    match item.content:
        case Presentation(id=group):
            told["feedback"] = group
        case ActionList(actions=actions):
            told["actions"] = [{"id": each.line.ref, "state": each.state} for each in actions]
        case NextTime(day=day, proposals=days):
            told["next"] = {"date": day_told(day), "proposals": [_proposal(each) for each in days]}
    return told


def _proposal(each: Proposal) -> dict[str, Any]:
    near = [
        {
            "kind": other.kind,
            "from": other.first.isoformat(),
            "to": other.last.isoformat(),
            "id": other.id or None,
            "what": _words(other.what),
        }
        for other in each.near
    ]
    return {"date": each.day.isoformat(), "start": each.start and f"{each.start:%H:%M}", "free": not each.clashes, "near": near}


def _words(words: Words) -> dict[str, str] | None:
    return words_told(words) if words != Words() else None
