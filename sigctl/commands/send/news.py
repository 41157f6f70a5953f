"""The messages about a rota: for whom something is new or different, what each of them is told, and what goes with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from sigctl.cluster import Cluster
from sigctl.commands.mailing import SCHOOL, Written, languages_for
from sigctl.commands.papers import Paper, own_templates
from sigctl.commands.rota.paper_set import PaperSet, What
from sigctl.commands.send.attaching import Format, attached
from sigctl.commands.send.entries import Entries
from sigctl.commands.send.telling import ORIGIN, Batch, Message, latest_of, with_address
from sigctl.notice import Notice
from sigctl.records import Cycle
from sigctl.reports.imprint import imprint
from sigctl.reports.papers import round_of
from sigctl.reports.reminders.whom import is_there, member_of
from sigctl.reports.sending import Part, PartChange, RotaNews, changes_between, parts_by_person, parts_told, told_text
from sigctl.words import Language, Words

if TYPE_CHECKING:
    from sigctl.deliver.mail import Attachment
    from sigctl.deliver.outbox import Known, Outbox
    from sigctl.deliver.state import Connection

KIND: Final = "rota"
"""What the outbox calls a notice of these."""
_WHAT: Final = {"new": "new", "changed": "changed", "gone": "gone", "off": "does not take place", "off_host": "does not take place"}


@dataclass(frozen=True)
class RotaRun:
    """A published rota that is to be told, at a moment, and why it has changed."""

    cluster: Cluster
    cycle: Cycle
    moment: datetime
    why: Words = field(default_factory=Words)
    format: Format | None = None

    @cached_property
    def parts(self) -> Mapping[str, tuple[Part, ...]]:
        """Everybody's part as it is now."""
        return parts_by_person(self.cluster, self.cycle, self.moment.date())

    @cached_property
    def hosts(self) -> frozenset[str]:
        """The schools whose visit takes place."""
        return frozenset(each.host_id for parts in self.parts.values() for each in parts)

    @cached_property
    def sheets(self) -> Mapping[str, Paper]:
        """The page of the rota of each person, and of each school with `school:` before its id."""
        rota = self.cluster.rota(self.cycle.id, "published")
        assert rota is not None
        papers = PaperSet(round_of(self.cluster, self.cycle, rota, self.moment.date()), rota)
        people = ((paper.report.line.who.id, paper) for paper in papers.papers([What.PEOPLE]))
        schools = ((SCHOOL + paper.report.line.id, paper) for paper in papers.papers([What.SCHOOLS]))
        return {id: paper._replace(stem=paper.stem.rpartition("/")[2]) for id, paper in (*people, *schools)}


class Change(NamedTuple):
    """What is to be told to one person, and under which notice; the first time everything is new."""

    notice: Notice
    changes: tuple[PartChange, ...]
    is_first: bool


class Standing(NamedTuple):
    """Who is to be told what; for whom a message waits or is stuck, whom none can reach, and how many know all of it."""

    changes: Mapping[str, Change]
    waiting: tuple[str, ...]
    stuck: tuple[str, ...]
    unreached: tuple[str, ...]
    stale: frozenset[Notice]
    knowing: int


def standing_of(run: RotaRun, outbox: "Outbox") -> Standing:
    """How the rota stands to what everybody was told of it."""
    from sigctl.deliver.outbox import State

    told = latest_of(outbox, KIND, run.cycle.id)
    everybody = [each for each in sorted({*run.parts, *told}) if each.startswith(SCHOOL) or is_there(run.cluster, each, run.moment.date())]
    changes: dict[str, Change] = {}
    waiting: list[str] = []
    stuck: list[str] = []
    stale: set[Notice] = set()
    for person in everybody:
        history = told.get(person, ())
        text = told_text(run.parts.get(person, ()))
        last = history[-1] if history else None
        if last and last[1].told == text and last[1].state in (State.PLANNED, State.SENDING, State.REFUSED, State.UNKNOWN):
            (waiting if last[1].state is State.PLANNED else stuck).append(person)
            continue
        if last and last[1].state is State.PLANNED:
            stale.add(last[0])
        change = _change(run, person, history)
        if change.changes:
            changes[person] = change
    reached, unreached = with_address(run.cluster, changes)
    knowing = sum(each in run.parts and each in told for each in everybody if each not in (*changes, *waiting, *stuck))
    to_tell = {each: changes[each] for each in reached}
    return Standing(to_tell, tuple(waiting), tuple(stuck), tuple(unreached), frozenset(stale), knowing)


def _change(run: RotaRun, person: str, history: "tuple[tuple[Notice, Known], ...]") -> Change:
    """What somebody is to be told, against what they know: what only waits, or was refused, they do not know."""
    from sigctl.deliver.outbox import State

    known = [each for each in history if each[1].state not in (State.PLANNED, State.REFUSED)]
    before = parts_told(run.cluster, run.cycle, known[-1][1].told) if known else ()
    changes = changes_between(before, run.parts.get(person, ()), run.moment.date(), run.hosts)
    last = history[-1] if history else None
    stage = 1 if last is None else last[0].stage + (last[1].state is not State.PLANNED)
    return Change(Notice(person, KIND, run.cycle.id, run.cycle.first, stage), changes, not known)


def batch_of(run: RotaRun, stand: Standing, connection: "Connection") -> Batch:
    """The messages for all who are to be told; calendars are noted as told when the messages are put into the outbox."""
    entries = Entries(run.cluster, run.cycle, run.moment, connection)
    messages = tuple(_message(run, person, change, entries) for person, change in stand.changes.items())
    parts = {person: tuple(one.part for one in change.changes) for person, change in stand.changes.items()}
    return Batch(messages, stand.waiting, stand.stale, lambda people: entries.record({each: parts[each] for each in people}))


def _message(run: RotaRun, person: str, change: Change, entries: Entries) -> Message:
    from sigctl.render.document import document, mail_html_of, text_of

    languages = languages_for(run.cluster, person)
    invitations = entries.invitations(person, languages, tuple(each.part for each in change.changes))
    taken_out = sum(b"METHOD:CANCEL" in each.content for each in invitations)
    sheets = _sheets(run, person, languages)
    news = RotaNews(
        imprint=imprint(run.cluster, run.moment.date()),
        cycle=run.cycle.name.words,
        to=member_of(run.cluster, person, run.moment.date()),
        languages=languages,
        is_first=change.is_first,
        changes=change.changes,
        why=Words() if change.is_first else run.why,
        entries=len(invitations) - taken_out,
        taken_out=taken_out,
        has_sheet=bool(sheets),
    )
    made = document("sending_rota", languages, news, "separate", own_templates(run.cluster))
    title = " / ".join(dict.fromkeys(line.text for line in made.title))
    one = invitations[0].content.decode("utf-8") if len(invitations) == 1 else ""
    files = (*sheets, *(() if one else invitations))
    told = {change.notice.key: told_text(run.parts.get(person, ()))}
    written = Written(person, title, text_of(made), mail_html_of(made), (change.notice,), ORIGIN, files, one, told)
    return Message(written, _about(change))


def _sheets(run: RotaRun, person: str, languages: tuple[Language, ...]) -> tuple["Attachment", ...]:
    """The pages of the rota that concern somebody: their own, and that of the school for which they host."""
    parts = run.parts.get(person, ())
    wanted = [*([person] if any(each.role != "host" for each in parts) else []), *(SCHOOL + p.host_id for p in parts if p.role == "host")]
    return tuple(attached(run.cluster, run.sheets[each], languages, run.format) for each in wanted if each in run.sheets)


def _about(change: Change) -> str:
    """What a message tells, in a few words: `their 2 parts` or `treorchy (changed), porth (gone)`."""
    if change.is_first:
        return ", ".join(f"{each.part.host_id} ({each.part.role})" for each in change.changes)
    return ", ".join(f"{each.part.host_id} ({_WHAT[each.what]})" for each in change.changes)
