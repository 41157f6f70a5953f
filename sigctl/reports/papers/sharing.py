"""Who of a team goes to which session of a visit. What is for one or two is shared out evenly; nobody is in two places."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time
from typing import Final

from sigctl.records import ProgrammeDay, Session
from sigctl.reports.who import Member
from sigctl.words import Words

_WANTED: Final[Mapping[str, int]] = {"lead": 1, "one": 1, "pair": 2}


@dataclass(frozen=True, slots=True)
class Slot:
    """A session of a visit: when, what, who for the host, who for the team. A session of the whole team names nobody."""

    start: time
    end: time
    title: Words
    host: Words
    people: tuple[Member, ...] = ()
    is_for_all: bool = True


@dataclass(slots=True)
class _Turns:
    """Who has gone how often; the lead is the first of the team."""

    team: Sequence[Member]
    trainees: Collection[str] = ()
    gone: dict[str, tuple[int, int]] = field(default_factory=dict)

    def next_of(self, free: Sequence[Member], session: Session, *, alone: bool) -> Member:
        """Whose turn it is: who has gone least often, then for the least time; the lead last. No trainee alone, if it can be helped."""
        if alone:
            free = [each for each in free if each.id not in self.trainees] or free
        order = {member.id: place for place, member in enumerate((*self.team[1:], *self.team[:1]))}
        chosen = min(free, key=lambda member: (*self.gone.get(member.id, (0, 0)), order[member.id]))
        times, minutes = self.gone.get(chosen.id, (0, 0))
        self.gone[chosen.id] = (times + 1, minutes + _minutes(session))
        return chosen


def shared_out(days: Sequence[ProgrammeDay | None], team: Sequence[Member], trainees: Collection[str] = ()) -> tuple[tuple[Slot, ...], ...]:
    """The slots of each day, in the order of the programme; a day without sessions has none. The lead is the first of the team."""
    turns = _Turns(team, trainees)
    return tuple(tuple(_slots(day.sessions, team, turns)) if day else () for day in days)


def _slots(sessions: Sequence[Session], team: Sequence[Member], turns: _Turns) -> Iterator[Slot]:
    """Sessions side by side each have somebody before any has two. In a team too small for all of them, the later ones have nobody."""
    sent: list[list[Member]] = [[] for _ in sessions]
    for round_ in (0, 1):
        for place, session in enumerate(sessions):
            if round_ < _WANTED.get(session.reviewer, 0):
                busy = {each.id for other, people in _beside(sessions, sent, session) for each in people}
                if session.reviewer == "lead":
                    sent[place].extend(each for each in team[:1] if each.id not in busy)
                    continue
                free = [each for each in team if each.id not in busy and not _leads_beside(sessions, session, each, team)]
                sent[place].extend([turns.next_of(free, session, alone=not sent[place])] if free else [])
    for session, people in zip(sessions, sent, strict=True):
        members = tuple(each for each in team if each in people)
        yield Slot(session.start, session.end, session.title.words, _host(session), members, session.reviewer == "all")


def _beside(sessions: Sequence[Session], sent: list[list[Member]], session: Session) -> Iterator[tuple[Session, list[Member]]]:
    """The sessions that run at the same time as one, that one among them, each with whom it has so far."""
    pairs = zip(sessions, sent, strict=True)
    return ((other, people) for other, people in pairs if other.start < session.end and session.start < other.end)


def _leads_beside(sessions: Sequence[Session], session: Session, member: Member, team: Sequence[Member]) -> bool:
    """Whether somebody is the lead and has a session of the lead's own at that time."""
    is_lead = bool(team) and member.id == team[0].id
    return is_lead and any(each.reviewer == "lead" and each.start < session.end and session.start < each.end for each in sessions)


def _host(session: Session) -> Words:
    return session.host.words if session.host else Words()


def _minutes(session: Session) -> int:
    return (session.end.hour - session.start.hour) * 60 + session.end.minute - session.start.minute
