"""The messages of a round of reminders: what each person gets, in one message, whoever makes the calls as well."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from sigctl.cluster import Cluster
from sigctl.notice import Notice
from sigctl.reports.reminders import Call, CallList, Letter, Round

ORIGIN: Final = "remind"
"""What the outbox calls messages of this command."""


class Message(NamedTuple):
    """What one person gets in a run: a letter, the calls to be made, or both in one."""

    to: str
    letter: Letter | None = None
    calls: CallList | None = None

    @property
    def notices(self) -> tuple[Notice, ...]:
        """Everything that it tells; of a call, that somebody was told to make it."""
        called = tuple(each.matter.notice for each in self.calls.calls) if self.calls else ()
        return (*called, *(each.notice for each in self.letter.matters)) if self.letter else called


def messages_of(cluster: Cluster, round: Round) -> tuple[Message, ...]:
    """One message a person: whoever makes the calls gets them in front of their own letter."""
    letters = {letter.to.id: letter for letter in round.letters}
    caller = caller_in(cluster, round)
    own = Message(caller, letters.pop(caller, None), round.calls) if caller else None
    return (*((own,) if own else ()), *(Message(id, letter) for id, letter in letters.items()))


def caller_in(cluster: Cluster, round: Round) -> str:
    """Who is sent the calls; empty where there are none, or nobody with an address makes them."""
    to = round.calls.to
    person = cluster.people.get(to.id) if to and round.calls.calls else None
    return person.id if person and person.email else ""


def confined(round: Round, kind: str | None) -> Round:
    """A round with one kind of reminder alone."""
    if kind is None:
        return round
    letters = (replace(each, matters=tuple(one for one in each.matters if one.notice.kind == kind)) for each in round.letters)
    calls, held = tuple(_of_kind(round.calls.calls, kind)), tuple(_of_kind(round.held, kind))
    called = {each.matter.notice.person for each in (*calls, *held)}
    return replace(
        round,
        letters=tuple(each for each in letters if each.matters),
        calls=replace(round.calls, calls=calls),
        missed=tuple(each for each in round.missed if each.notice.kind == kind),
        without_address=tuple(each for each in round.without_address if each.id in called),
        held=held,
    )


def _of_kind(calls: Sequence[Call], kind: str) -> Iterator[Call]:
    return (each for each in calls if each.matter.notice.kind == kind)
