"""What goes with reminders: the agenda, the minutes, the programme of a visit, made once a run and language; a form to answer on."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sigctl.cluster import Cluster
from sigctl.commands.agenda.sending import agenda_to_send
from sigctl.commands.meetings import stem_of
from sigctl.commands.papers import Paper
from sigctl.commands.send.attaching import attached
from sigctl.records import Meeting
from sigctl.reports.availability import AskLetter, letters
from sigctl.reports.letters import Pages
from sigctl.reports.minutes.page import minutes_page
from sigctl.reports.papers import Round, visit_programme
from sigctl.reports.reminders import AboutAvailability, AboutMeeting, AboutVisit, Matter
from sigctl.words import Language

if TYPE_CHECKING:
    from sigctl.deliver.mail import Attachment


class _Kind(NamedTuple):
    """A paper, what it is called where it is sent by itself, and what is not confidential of it."""

    name: str
    page: Callable[[Cluster, Meeting, date], Any]


_PAPERS: Final = {"meeting": _Kind("agenda", agenda_to_send), "minutes-out": _Kind("minutes", minutes_page)}
"""Which paper goes with which kind of reminder."""


@dataclass(frozen=True)
class Papers:
    """The papers of a run, each made when it is first asked for; `had` are those that people were sent: whom, which, of what meeting."""

    had: frozenset[tuple[str, str, str]] = frozenset()
    _made: dict[tuple[Any, ...], "Attachment"] = field(default_factory=dict)
    _rounds: dict[str, Round] = field(default_factory=dict)
    _asked: dict[str, tuple[AskLetter, ...]] = field(default_factory=dict)

    def of(self, cluster: Cluster, matter: Matter, languages: tuple[Language, ...], today: date) -> "Attachment | None":
        """The paper that goes with a matter, as PDF, or as HTML where no PDF can be made here; None where there is none, or they had it.

        With the question when somebody is free goes the form for the answer, whether they had it or not.
        """
        if isinstance(matter.about, AboutAvailability):
            return self._form(cluster, matter, languages, today)
        if isinstance(matter.about, AboutVisit):
            return self._programme(cluster, matter.about, languages, today) if matter.notice.kind == "visit-next-week" else None
        kind, about = _PAPERS.get(matter.notice.kind), matter.about
        meeting = cluster.meetings.get(about.meeting_id) if isinstance(about, AboutMeeting) else None
        if isinstance(about, AboutMeeting) and about.change == "cancelled":
            return None
        if kind is None or meeting is None or (kind.name == "minutes" and meeting.minutes is None):
            return None
        if (matter.notice.person, kind.name, meeting.id) in self.had:
            return None
        key = (kind.name, meeting.id, languages)
        if key not in self._made:
            paper = Paper(kind.name, stem_of(cluster, meeting, kind.name), kind.page(cluster, meeting, today))
            self._made[key] = attached(cluster, paper, languages, None)
        return self._made[key]

    def _programme(self, cluster: Cluster, about: AboutVisit, languages: tuple[Language, ...], today: date) -> "Attachment | None":
        """The programme of a visit; None where nothing of it is arranged."""
        visit = about.visit
        key = ("programme", visit.host_id, visit.first, languages)
        if key not in self._made:
            of = Pages(cluster, today, self._rounds).round_of(visit)
            page = visit_programme(of, visit) if of else None
            if page is None or not any(each.slots for each in page.days):
                return None
            self._made[key] = attached(cluster, Paper("programme", f"{visit.first}-{visit.host_id}-programme", page), languages, None)
        return self._made[key]

    def _form(self, cluster: Cluster, matter: Matter, languages: tuple[Language, ...], today: date) -> "Attachment | None":
        """The form of one who is asked, for themselves or as host of a school; None where no day is left to ask about."""
        from sigctl.commands.availability.forms import forms

        cycle = cluster.cycles[matter.notice.subject.partition("/")[0]]
        if cycle.id not in self._asked:
            self._asked[cycle.id] = letters(cluster, cycle, today)
        for letter in self._asked[cycle.id]:
            wanted = tuple(each for each in letter.requests if each.notice._replace(stage=0) == matter.notice._replace(stage=0))
            if wanted:
                return next(iter(forms(replace(letter, requests=wanted), languages, today)), None)
        return None
