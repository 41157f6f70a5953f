"""A letter of reminders as its page shows it: each matter with what the files know besides, such as the programme of a visit."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, time
from typing import Final

from sigctl.cluster import Cluster
from sigctl.cluster.membership import OFFICES
from sigctl.notice import Notice
from sigctl.records import Cycle, Rota
from sigctl.reports.imprint import Imprint
from sigctl.reports.papers import Round, round_of
from sigctl.reports.papers.programme import visit_days
from sigctl.reports.reminders import (
    AboutAction,
    AboutAvailability,
    AboutMeeting,
    AboutOffice,
    AboutStage,
    AboutVisit,
    Call,
    CallList,
    Letter,
    Matter,
)
from sigctl.reports.visit import VisitLine
from sigctl.reports.who import Member
from sigctl.words import Language, Words

_UNSAID: Final = Words()
_LONGEST: Final = 60
"""So many letters of what was agreed stand in a subject."""
_BY_ROLE: Final = ("visit-soon", "visit-next-week", "workshop", "availability")
"""The kinds of which a letter tells in other words to a host, a lead, …"""


@dataclass(frozen=True, slots=True)
class Section:
    """One thing of a letter. `topic` chooses its words, such as `visit-soon_host`; `has_word` tells whether there is one for the office.

    Of a visit that is near there is the time at which it starts; `attached` tells whether the paper that it is about goes with the
    letter. `title` is what was agreed, cut to the length of a subject; empty where that is confidential.
    """

    topic: str
    matter: Matter
    start: time | None = None
    postcode: str = ""
    has_word: bool = True
    attached: bool = False
    title: Words = _UNSAID


@dataclass(frozen=True, slots=True)
class LetterPage:
    """All that a letter shows, and its languages. It `is_again` where everything in it was told once before.

    Whoever reads it `may_choose` the language of the answer where the cluster speaks both.
    """

    imprint: Imprint
    to: Member
    is_again: bool
    sections: tuple[Section, ...]
    languages: tuple[Language, ...] = ()
    may_choose: bool = False

    @property
    def is_in_both(self) -> bool:
        """Whether it is told in both languages, one below the other."""
        return len(self.languages) > 1

    @property
    def is_long(self) -> bool:
        """Whether it is about more than one thing."""
        return len(self.sections) > 1


@dataclass(frozen=True, slots=True)
class CallsPage:
    """The calls that somebody is to make, person by person, and below them what they themselves are told.

    `older` counts the people of whom they were told before, and who are still to be called.
    """

    imprint: Imprint
    calls: tuple[Call, ...]
    sections: tuple[Section, ...] = ()
    older: int = 0

    @property
    def people(self) -> int:
        """How many people are to be called."""
        return len({each.matter.notice.person for each in self.calls})


def calls_page(calls: CallList, letter: LetterPage | None = None) -> CallsPage:
    """The page of the calls to be made, with what there is to tell the one who makes them, if anything."""
    return CallsPage(calls.imprint, calls.calls, letter.sections if letter else (), calls.older)


@dataclass(frozen=True)
class Pages:
    """Makes the pages of the letters of a day; what several of them need is worked out once."""

    cluster: Cluster
    day: date
    _rounds: dict[str, Round] = field(default_factory=dict)

    def letter(self, letter: Letter, languages: tuple[Language, ...], attached: Collection[Notice] = ()) -> LetterPage:
        """The page of a letter in its languages; the papers of what is `attached` go with it."""
        sections = tuple(self._section(matter, attached) for matter in letter.matters)
        again = all(each.notice.stage > 1 for each in letter.matters)
        both = len(self.cluster.settings.cluster.languages) > 1
        return LetterPage(letter.imprint, letter.to, again, sections, languages, may_choose=both)

    def _section(self, matter: Matter, attached: Collection[Notice]) -> Section:
        about = matter.about
        host = self.cluster.schools.get(about.visit.host_id) if isinstance(about, AboutVisit | AboutStage) else None
        return Section(
            topic=topic_of(matter),
            matter=matter,
            start=self._start(about) if isinstance(about, AboutVisit) and matter.notice.kind == "visit-next-week" else None,
            postcode=(host and host.postcode) or "",
            has_word=not isinstance(about, AboutOffice) or about.office in OFFICES,
            attached=matter.notice in attached,
            title=_shortened(about.line.text) if isinstance(about, AboutAction) and not about.line.is_confidential else _UNSAID,
        )

    def _start(self, about: AboutVisit) -> time | None:
        """When the first day of a visit starts; None where that is to be arranged."""
        of = self.round_of(about.visit)
        days = visit_days(of, about.visit) if of else ()
        return min((slot.start for slot in days[0].slots), default=None) if days else None

    def round_of(self, visit: VisitLine) -> Round | None:
        """The round that a visit is of, with the published rota; None where that has changed since."""
        for cycle, rota in _rotas(self.cluster, visit):
            if cycle.id not in self._rounds:
                self._rounds[cycle.id] = round_of(self.cluster, cycle, rota, self.day)
            return self._rounds[cycle.id]
        return None


def topic_of(matter: Matter) -> str:
    """Which words tell of a matter, such as `visit-soon_host`."""
    kind, about = matter.notice.kind, matter.about
    if isinstance(about, AboutVisit | AboutStage | AboutAvailability) and kind in _BY_ROLE:
        return f"{kind}_{about.role}"
    if isinstance(about, AboutMeeting) and about.change:
        return f"{kind}_{about.change}"
    if isinstance(about, AboutAction) and about.left:
        return f"{kind}_left"
    if isinstance(about, AboutMeeting) and about.keeps_files and kind == "minutes-due":
        return f"{kind}_own"
    if isinstance(about, AboutStage) and about.stage.day >= about.visit.first:
        return f"{kind}_{'after' if about.role == 'host' else 'lead'}"
    if isinstance(about, AboutOffice) and about.holder.id != matter.notice.person:
        return f"{kind}_chair"
    return kind


def _shortened(words: Words) -> Words:
    """A text as long as a subject may be, cut between words."""
    return Words(*(each if len(each) <= _LONGEST else each[:_LONGEST].rpartition(" ")[0] + " …" for each in words))


def _rotas(cluster: Cluster, visit: VisitLine) -> Iterator[tuple[Cycle, Rota]]:
    """The cycle and the published rota that a visit is of."""
    for cycle in cluster.cycles.values():
        rota = cluster.rota(cycle.id, "published")
        if rota and any((each.host, each.dates) == (visit.host_id, visit.dates) for each in rota.visits):
            yield cycle, rota
