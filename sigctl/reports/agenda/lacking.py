"""What is still lacking in an agenda before it can be sent."""

from collections.abc import Iterator
from dataclasses import dataclass

from sigctl.reports.agenda.page import AgendaItem, AgendaPage, Apologies, EarlierMinutes, ToAgree


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is lacking, and what to do about it."""

    message: str
    advice: str


def lacks_of(page: AgendaPage) -> tuple[Lack, ...]:
    """Everything that is lacking: time, papers, somebody to lead, the minutes of the last meeting."""
    return tuple(_lacks(page))


def _lacks(page: AgendaPage) -> Iterator[Lack]:
    yield from _too_long(page)
    away = {each.id for item in page.items if isinstance(item.content, Apologies) for each in item.content.received}
    if page.chair is None:
        yield Lack("nobody chairs it", f"write the chair under `officers:` of `{page.group_id}`, or `chair:` with the meeting")
    elif page.chair.id in away:
        yield Lack(f"`{page.chair.id}` is to chair it, but has sent apologies", "write `chair:` with the meeting")
    for item in page.items:
        if item.lead and item.lead.id in away and item.lead != page.chair:
            yield Lack(f"`{item.lead.id}` leads item {item.number}, {_called(item)}, but has sent apologies", "ask somebody else")
        for paper in item.papers:
            if not paper.is_here:
                yield Lack(f"the paper `{paper.name}` of item {item.number} is not in the workspace", "it is shown as to follow")
        if item.lead is None and page.chair is not None and not item.is_withheld:
            yield Lack(f"nobody leads item {item.number}, {_called(item)}", "write `lead:` with it")
        if isinstance(item.content, ToAgree):
            yield from _minutes(item.content.minutes[0])
    if page.proposals and page.proposals[0].clashes:
        yield Lack("there is no day on which nothing else is on", "the days with the least of it are proposed")


def _too_long(page: AgendaPage) -> Iterator[Lack]:
    if page.start is None:
        yield Lack("it has no time", "write `start:` and `end:` with the meeting, so that each item has its time")
    elif page.is_too_long:
        own = sum(item.minutes for item in page.items if item.block in ("items", "carried", "feedback"))
        told = f"the items take {page.minutes} minutes, but the meeting has {page.length}"
        yield Lack(told, f"{own} are for its own items and presentations; shorten some, put one off, or let it end later")


def _minutes(last: EarlierMinutes) -> Iterator[Lack]:
    if last.status == "none":
        told = f"there are no minutes of the last meeting, `{last.meeting}`"
        yield Lack(told, "`sigctl minutes new` makes a form for them; a meeting that took place is `status: held`")


def _called(item: AgendaItem) -> str:
    return item.title.said("en")
