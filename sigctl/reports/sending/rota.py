"""What is told to somebody of a rota: their part the first time, and what has changed in it after that."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sigctl.cluster import Cluster
from sigctl.records import Cycle
from sigctl.reports.imprint import Imprint
from sigctl.reports.sending.parts import Part
from sigctl.reports.visit import StageLine, Visits
from sigctl.reports.who import Member
from sigctl.words import Language, Words, same

_UNSAID = Words()
_SOMEBODY = same("\u2026")
"""Somebody who was in a team once, and of whom the files know nothing any more."""


@dataclass(frozen=True, slots=True)
class PartChange:
    """A part before and after; one that is new has no before, one that is somebody's no longer has no after.

    It `is_off` where the visit does not take place at all any more.
    """

    before: Part | None
    after: Part | None
    is_off: bool = False

    @property
    def part(self) -> Part:
        """The part as it is now, or else as it was."""
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def what(self) -> str:
        """`new`, `changed`, or `gone`; `off` where the visit no longer takes place, `off_host` where it was to one's own school."""
        if self.after is None and self.is_off:
            return "off_host" if self.part.role == "host" else "off"
        if self.after is None:
            return "gone"
        return "changed" if self.before else "new"

    @property
    def differs(self) -> frozenset[str]:
        """In what the two differ: `dates`, `role`, `team`, `stages`."""
        if self.before is None or self.after is None:
            return frozenset()
        told, now = _told(self.before), _told(self.after)
        return frozenset(each for each in ("dates", "role", "team", "stages") if told[each] != now[each])


@dataclass(frozen=True, slots=True)
class RotaNews:
    """All that a message about a rota tells one person.

    `entries` is how many calendar entries come with it, and `taken_out` how many it takes out of the calendar.
    """

    imprint: Imprint
    cycle: Words
    to: Member
    languages: tuple[Language, ...]
    is_first: bool
    changes: tuple[PartChange, ...]
    why: Words = _UNSAID
    entries: int = 0
    taken_out: int = 0
    has_sheet: bool = False

    @property
    def asks(self) -> bool:
        """Whether anything is left that somebody is to do."""
        return any(each.after for each in self.changes)


def told_text(parts: Sequence[Part]) -> str:
    """What somebody was told of their part, in one line, to be compared with later."""
    return json.dumps([_told(part) for part in sorted(parts, key=lambda each: each.slot)], sort_keys=True)


def _told(part: Part) -> dict[str, Any]:
    return {
        "slot": part.slot,
        "role": part.role,
        "host": part.host_id,
        "dates": [day.isoformat() for day in part.dates],
        "team": [member.id for member in part.team],
        "stages": [[stage.id, stage.day.isoformat()] for stage in part.stages],
    }


def parts_told(cluster: Cluster, cycle: Cycle, told: str) -> tuple[Part, ...]:
    """The parts of which somebody was told, with schools and people as they are called now."""
    return tuple(_part(cluster, cycle, each) for each in json.loads(told or "[]"))


def _part(cluster: Cluster, cycle: Cycle, told: dict[str, Any]) -> Part:
    visits, host = Visits(cluster, cycle), told["host"]
    team = tuple(visits.member(id) if id in cluster.people else Member(id, _SOMEBODY, "", _UNSAID) for id in told["team"])
    names = {stage.id: stage.name.words for stage in cycle.stages if stage.name}
    stages = tuple(StageLine(id, names.get(id, same(id)), date.fromisoformat(day)) for id, day in told["stages"])
    called = cluster.schools[host].name.words if host in cluster.schools else same(host)
    return Part(told["slot"], told["role"], host, called, tuple(map(date.fromisoformat, told["dates"])), team, stages)


def changes_between(before: Sequence[Part], after: Sequence[Part], today: date, hosts: Collection[str]) -> tuple[PartChange, ...]:
    """What is different, by date, where visits to some hosts take place. What was over before today, and still is, is told to nobody."""
    old, new = ({part.slot: part for part in parts} for parts in (before, after))
    pairs = [PartChange(old.get(slot), new.get(slot)) for slot in dict.fromkeys((*new, *old))]
    both = [replace(each, is_off=each.part.host_id not in hosts) for each in pairs]
    told = [each for each in both if each.before is None or each.after is None or each.differs]
    near = [each for each in told if any(part.ends >= today for part in (each.before, each.after) if part)]
    return tuple(sorted(near, key=lambda each: (each.part.dates, each.part.slot)))
