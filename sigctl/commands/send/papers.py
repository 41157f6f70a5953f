"""The papers of a meeting as messages: who has not had them, who had them before they changed, and what each person gets."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sigctl.cluster import Cluster
from sigctl.cluster.matters import has_confidential_item
from sigctl.commands import console
from sigctl.commands.agenda.sending import agenda_to_send, tell_before_sending
from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.mailing import Written, languages_for
from sigctl.commands.meetings import stem_of
from sigctl.commands.messages import counted
from sigctl.commands.papers import Paper, own_templates
from sigctl.commands.send.attaching import Format, attached
from sigctl.commands.send.telling import (
    ORIGIN,
    Batch,
    Manner,
    Message,
    carry_out,
    interrupted,
    latest_of,
    tell_of_the_stuck,
    tell_of_the_unreached,
    with_address,
)
from sigctl.notice import Notice
from sigctl.records import Meeting
from sigctl.reports.minutes.page import minutes_page
from sigctl.reports.sending import concerned, paper_news
from sigctl.reports.sending.meetings import PaperKind
from sigctl.words import Language

if TYPE_CHECKING:
    from sigctl.deliver.mail import Attachment
    from sigctl.deliver.outbox import Outbox
    from sigctl.render.document.tree import Document


_PAGES: Final[dict[PaperKind, Callable[[Cluster, Meeting, date], Any]]] = {"agenda": agenda_to_send, "minutes": minutes_page}
"""What is not confidential of each paper."""


class Said(NamedTuple):
    """What somebody reads: the title, the text, the page of HTML, and the attached paper."""

    title: str
    text: str
    html: str
    attachment: "Attachment"


@dataclass(frozen=True)
class MeetingPaper:
    """An agenda or minutes on a day, made once for all who read it in the same languages."""

    cluster: Cluster
    meeting: Meeting
    kind: PaperKind
    today: date
    format: Format | None = None
    _said: dict[Any, Said] = field(default_factory=dict)
    _digests: dict[Any, str] = field(default_factory=dict)

    def told(self, languages: tuple[Language, ...]) -> str:
        """What is told, in a form that can be compared later: the day for which it was made, and a fingerprint."""
        return f"{self.today} {self._digest(languages, self.today)}"

    def is_as(self, told: str, languages: tuple[Language, ...]) -> bool:
        """Whether what was told on another day is what the files say now, seen from that day."""
        day, _, digest = told.partition(" ")
        return bool(digest) and self._digest(languages, date.fromisoformat(day)) == digest

    def _digest(self, languages: tuple[Language, ...], day: date) -> str:
        from sigctl.render import markdown

        key = (languages, day)
        if key not in self._digests:
            page, own = _PAGES[self.kind](self.cluster, self.meeting, day), own_templates(self.cluster)
            told = "\0".join(markdown(self.kind, language, page, own) for language in languages)
            self._digests[key] = hashlib.sha256(told.encode("utf-8")).hexdigest()
        return self._digests[key]

    def said(self, languages: tuple[Language, ...], *, again: bool) -> Said:
        """What somebody reads in their languages, for the first time or once more."""
        key = (languages, again)
        if key not in self._said:
            self._said[key] = self._made(languages, again=again)
        return self._said[key]

    def _made(self, languages: tuple[Language, ...], *, again: bool) -> Said:
        from sigctl.render.document import document, mail_html_of, text_of

        own, page = own_templates(self.cluster), _PAGES[self.kind](self.cluster, self.meeting, self.today)
        news = paper_news(self.cluster, self.meeting, self.kind, languages, self.today)
        news = replace(news, is_again=again, is_apart=has_confidential_item(self.cluster, self.meeting))
        above = document("sending_paper", languages, news, "separate", own)
        whole = _one_below_the_other(above, document(self.kind, languages, page, own=own))
        paper = Paper(self.kind, stem_of(self.cluster, self.meeting, self.kind), page)
        title = " / ".join(dict.fromkeys(line.text for line in above.title))
        return Said(title, text_of(whole), mail_html_of(whole), attached(self.cluster, paper, languages, self.format))


def _one_below_the_other(above: "Document", below: "Document") -> "Document":
    from sigctl.render.document.tree import NewPage

    return replace(above, blocks=(*above.blocks, NewPage(), *below.blocks), pictures=below.pictures)


class Standing(NamedTuple):
    """Who is to get the paper now, with the number of times that it makes; who has it, since when; for whom it waits or is stuck."""

    fresh: dict[str, int]
    changed: dict[str, int]
    has: dict[str, date]
    waiting: tuple[str, ...]
    stuck: tuple[str, ...]
    stale: frozenset[Notice]


def send_paper(paper: MeetingPaper, manner: Manner, moment: datetime, *, again: bool) -> ExitCode:
    """Send a paper to those concerned who do not have it; `again` also to those who had it before it changed."""
    from sigctl.deliver.outbox import Outbox
    from sigctl.deliver.state import glance, state

    people, unreached = with_address(paper.cluster, concerned(paper.cluster, paper.meeting, paper.today))
    if not people and not unreached:
        raise CommandError(f"nobody is to get the {paper.kind} of `{paper.meeting.id}`", "the group has no members", ExitCode.PROBLEMS)
    with (glance if manner.only_looks else state)(paper.cluster.folder) as connection:
        outbox = Outbox(connection)
        lost = interrupted(outbox, manner, moment)
        stand = _standing(paper, people, outbox)
        _refuse_unchanged(paper, stand, again=again)
        numbers = stand.fresh | (stand.changed if again else {})
        messages = tuple(_message(paper, person, stage) for person, stage in numbers.items())
        _tell_of_the_rest(stand, again=again)
        code = max(lost, tell_of_the_unreached(unreached))
        if messages or stand.waiting:
            if paper.kind == "agenda":
                tell_before_sending(paper.cluster, paper.meeting, paper.today)
            return max(code, carry_out(paper.cluster, connection, Batch(messages, stand.waiting, stand.stale), manner, moment))
    return code


def _standing(paper: MeetingPaper, people: list[str], outbox: "Outbox") -> Standing:
    from sigctl.deliver.outbox import State

    found = Standing({}, {}, {}, (), (), frozenset())
    told = latest_of(outbox, paper.kind, paper.meeting.id)
    for person in people:
        if person not in told:
            found.fresh[person] = 1
            continue
        notice, known = told[person][-1]
        is_same = paper.is_as(known.told, languages_for(paper.cluster, person))
        if known.state is State.PLANNED and not is_same:
            found.fresh[person], found = notice.stage, found._replace(stale=found.stale | {notice})
        elif known.state is State.PLANNED:
            found = found._replace(waiting=(*found.waiting, person))
        else:
            found.changed.update({} if is_same else {person: notice.stage + 1})
            if known.state in (State.SENDING, State.REFUSED, State.UNKNOWN):
                found = found._replace(stuck=(*found.stuck, person))
            else:
                found.has[person] = known.day
    return found


def _message(paper: MeetingPaper, person: str, stage: int) -> Message:
    languages = languages_for(paper.cluster, person)
    said = paper.said(languages, again=stage > 1)
    notice = Notice(person, paper.kind, paper.meeting.id, paper.meeting.date, stage)
    told = {notice.key: paper.told(languages)}
    written = Written(person, said.title, said.text, said.html, (notice,), ORIGIN, (said.attachment,), told=told)
    return Message(written, said.title)


def _refuse_unchanged(paper: MeetingPaper, stand: Standing, *, again: bool) -> None:
    if again and stand.has and not (stand.changed or stand.fresh or stand.waiting):
        message = f"the {paper.kind} of `{paper.meeting.id}` {'is' if paper.kind == 'agenda' else 'are'} as everybody has it already"
        raise CommandError(message, "--again sends once more what has changed since", ExitCode.PROBLEMS)


def _tell_of_the_rest(stand: Standing, *, again: bool) -> None:
    """Say who has it already, whom it did not reach for sure, and that it has changed since."""
    have = [each for each in stand.has if not (again and each in stand.changed)]
    if have:
        first = min(stand.has[each] for each in have)
        nothing = "nothing to do: " if not (stand.fresh or stand.waiting or stand.stuck) and not again else ""
        console.say(f"{nothing}{counted(len(have), 'person')} {'has' if len(have) == 1 else 'have'} it, since {first}")
    if stand.changed and not again:
        console.say(f"it has changed since for {counted(len(stand.changed), 'person')}: `--again` sends it once more")
    tell_of_the_stuck([each for each in stand.stuck if not (again and each in stand.changed)])
