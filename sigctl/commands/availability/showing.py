"""What answers change, as people look at it before it is written: a line for each of them, then the lines of the files."""

import difflib
import sys
from collections.abc import Iterator, Sequence
from datetime import date

from sigctl.cluster import Cluster
from sigctl.commands import console
from sigctl.commands.availability.reading import Answered
from sigctl.commands.changing import Planned
from sigctl.commands.messages import counted, listed, visible
from sigctl.records.record import Days
from sigctl.reports.availability import Proposal
from sigctl.source.page import masked

_FIELD = {"unavailable": "not available", "busy": "busy", "staff_days": "INSET", "closed": "closed"}
_LISTED = 6


def summary_of(proposal: Proposal, sources: Sequence[str], today: date) -> str:
    """A line on what is new about somebody, and where it comes from."""
    parts = [
        f"{counted(sum(1 for span in spans for _ in span.weekdays()), 'day')} {_FIELD[field]}" for field, spans in proposal.adds if spans
    ]
    return visible(f"{proposal.id}: {listed(parts) if parts else 'nothing new'} ({'; '.join(sources)}; read on {today})")


def remarks_on(cluster: Cluster, proposal: Proposal) -> Iterator[str]:
    """What somebody should know about an answer that changes nothing by itself."""
    if proposal.otherwise:
        where = _place(cluster, proposal, proposal.otherwise[0])
        yield f"`{proposal.id}` can on {_days(proposal.otherwise)}, which the files rule out ({where}); take it out there if that is over"
    if proposal.perhaps:
        yield f"`{proposal.id}` can on {_days(proposal.perhaps)} if need be; counted as free"
    if proposal.short:
        yield f"`{proposal.id}` is busy for less than two hours on {_days(proposal.short)}; counted as free"
    if proposal.unmarked:
        yield f"`{proposal.id}` has entries of which nobody can say whether they matter on {_days(proposal.unmarked)}; left out"
    if proposal.outside:
        count = counted(proposal.outside, "day")
        yield f"{count} of `{proposal.id}` left out: outside of the cycle, or no pupils come on them"


def _days(days: Sequence[date]) -> str:
    told = [day.isoformat() for day in days[:_LISTED]]
    rest = len(days) - len(told)
    return listed([*told, f"{rest} more"] if rest else told)


def _place(cluster: Cluster, proposal: Proposal, day: date) -> str:
    """Where the files rule out a day, as `people.yaml:12`."""
    field = "unavailable" if proposal.kind == "people" else "busy"
    record = cluster.records(proposal.kind)[proposal.id]
    days: tuple[Days, ...] = getattr(record, field)
    at = next((number for number, each in enumerate(days) if each.first <= day <= each.last), 0)
    place = cluster.place(proposal.kind, proposal.id, field, at)
    return f"{place.file}:{place.line}" if place.line else place.file


def sources_of(answers: Sequence[Answered], proposal: Proposal) -> list[str]:
    """Which files tell of somebody."""
    found = (each.source for each in answers if (each.proposal.kind, each.proposal.id) == (proposal.kind, proposal.id))
    return list(dict.fromkeys(found))


def show_change(planned: Planned) -> None:
    """Print the lines of each file that go and that come, with their numbers, without anybody's address, number or reasons."""
    paint = console.paint_for(sys.stdout)
    for file in sorted(planned.after):
        before, after = planned.before[file].splitlines(), planned.after[file].splitlines()
        lines = [f"{paint(file, 'strong')}:"]
        for what, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
            if what != "equal":
                lines += [paint(visible(f"  {number:>5} - {masked(before[number - 1])}"), "error") for number in range(a + 1, b + 1)]
                lines += [paint(visible(f"  {number:>5} + {masked(after[number - 1])}"), "good") for number in range(c + 1, d + 1)]
        console.result("\n".join(lines))
