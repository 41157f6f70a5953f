"""What is to be said of a visit besides its days, host and team: how far it has come, what holds it, reserves, stages."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Protocol

from sigctl.render.dates import plain_day, short_day, short_days
from sigctl.render.labels import label, label_or, said
from sigctl.words import Language, Words


class Somebody(Protocol):
    """A person of a page."""

    @property
    def person(self) -> Words:
        """What the person is called."""

    @property
    def school(self) -> Words:
        """Where the person is from."""


class Stage(Protocol):
    """A step of a review."""

    @property
    def name(self) -> Words:
        """What it is called."""

    @property
    def day(self) -> date:
        """When it is."""

    @property
    def is_due(self) -> bool:
        """Whether the day is the last one for it."""

    @property
    def facilitators(self) -> Sequence[Somebody]:
        """Who leads it."""


class LockByHand(Protocol):
    """A lock that somebody has set."""

    @property
    def start(self) -> date | None:
        """The first day of the visit."""

    @property
    def people(self) -> Sequence[Somebody]:
        """Members of the team."""

    @property
    def by(self) -> str:
        """Who set it."""

    @property
    def why(self) -> str:
        """Why."""

    @property
    def until(self) -> date | None:
        """Its last day."""


class Visit(Protocol):
    """A visit of a page."""

    @property
    def state(self) -> str:
        """How far it has come."""

    @property
    def is_announced(self) -> bool:
        """Whether publishing holds it."""

    @property
    def settled(self) -> LockByHand | None:
        """The lock by hand."""

    @property
    def reserves(self) -> Sequence[Somebody]:
        """Who stands in."""

    @property
    def stages(self) -> Sequence[Stage]:
        """Steps before and after."""


class Held(Protocol):
    """A visit with its days."""

    @property
    def host(self) -> Words:
        """Where it is."""

    @property
    def first(self) -> date:
        """Its first day."""

    @property
    def last(self) -> date:
        """Its last day."""


def who(member: Somebody, language: Language) -> str:
    """Somebody, and where they are from."""
    return ", ".join(filter(None, (said(member.person, language), said(member.school, language))))


class Unmet(Protocol):
    """A wish that a visit does not meet."""

    @property
    def visit(self) -> Held:
        """The visit."""

    @property
    def member(self) -> Somebody | None:
        """Whose wish it is; the host's, where it is nobody's."""


def unmet_line(wish: Unmet, language: Language) -> str:
    """Whose wish is not met by which visit: "wish not met: Headteacher, Ysgol Friars \u2192 Ysgol Tywyn, 7\u20138 Dec"."""
    whose = f"{who(wish.member, language)} \u2192 " if wish.member else ""
    days = short_days(wish.visit.first, wish.visit.last, language)
    return f"{label('rota.preferences_one', language)}: {whose}{said(wish.visit.host, language)}, {days}"


def state_words(visit: Visit, language: Language) -> str:
    """How far a visit has come, and whether publishing holds it: "told; locked by publishing"."""
    state = label(f"views.{visit.state}", language)
    return f"{state}; {label('views.locked_by_publishing', language)}" if visit.is_announced else state


def settled_words(settled: LockByHand, language: Language) -> str:
    """A lock by hand: what is settled, by whom, why, until when."""
    parts = [f"{label('views.begins', language)} {short_day(settled.start, language)}" if settled.start else ""]
    parts += [who(each, language) for each in settled.people]
    held = "; ".join(filter(None, parts))
    by = ": ".join(filter(None, (settled.by, settled.why)))
    until = f"{label('views.until', language)} {plain_day(settled.until, language)}" if settled.until else ""
    reason = "; ".join(filter(None, (by, until)))
    return f"{held} ({reason})" if reason else held


def stage_words(stage: Stage, language: Language) -> str:
    """A step, its day, and who leads it."""
    when = f"{label('views.due_by', language)} " if stage.is_due else ""
    led = f" ({'; '.join(who(each, language) for each in stage.facilitators)})" if stage.facilitators else ""
    return f"{said(stage.name, language)}: {when}{short_day(stage.day, language)}{led}"


def details(visit: Visit, language: Language) -> Iterator[tuple[str, str]]:
    """Each thing to be said of a visit, with what it is: `reserves`, `stages` or `by_hand`. Its state stands apart."""
    if visit.reserves:
        yield "reserves", f"{label('views.reserves', language)}: {'; '.join(who(each, language) for each in visit.reserves)}"
    yield from (("stages", stage_words(stage, language)) for stage in visit.stages)
    if visit.settled:
        yield "by_hand", f"{label('views.locked_by_hand', language)}: {settled_words(visit.settled, language)}"


def focus_words(id: str, language: Language) -> str:
    """What a review looks at: by its short name, such as `literacy`, in words of the cluster or of ours, or else the name itself."""
    return label_or(f"focus.{id}", id.replace("-", " "), language)
