"""Files of answers, opened, read and matched to people: what each changes, and what could not be read or matched."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from sigctl.cluster import Cluster
from sigctl.commands.messages import counted, listed
from sigctl.intake.answers import Asked, Kind, Participant, Reply, Unreadable
from sigctl.intake.kinds import kind_of, read_answers
from sigctl.records import Cycle
from sigctl.reports.availability import Match, Proposal, matched, proposed_by_calendar, proposed_by_reply
from sigctl.term_dates import Span

_MARGIN: Final = 20_000_000
_SOURCES: Final = {Kind.FORM: "form", Kind.POLL: "poll", Kind.REPLY: "reply by mail", Kind.CALENDAR: "calendar"}


@dataclass(frozen=True, slots=True)
class Said:
    """What is known besides the files: what they are, whose the answers are that no file tells, and which row alone is meant."""

    kind: Kind | None = None
    people: tuple[str, ...] = ()
    school: str | None = None
    row: int | None = None

    @property
    def is_of_one(self) -> bool:
        """Whether one person or one school is named."""
        return len(self.people) + (self.school is not None) == 1


@dataclass(frozen=True, slots=True)
class Answered:
    """Somebody's answer: what it changes, where it comes from, and whether it tells that they have answered."""

    proposal: Proposal
    source: str
    counts: bool = True


@dataclass(slots=True)
class Found:
    """Everything that files of answers gave: answers, what could not be read or matched, and what is worth knowing."""

    answers: list[Answered] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    unmatched: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unreadable: int = 0


def read_files(cluster: Cluster, cycle: Cycle, files: Sequence[Path], said: Said) -> Found:
    """Everything that the files say about the days of a cycle."""
    found = Found()
    for file in files:
        try:
            _read(cluster, cycle, file, said, found)
        except Unreadable as trouble:
            found.unreadable += 1
            found.wrong.append(f"{file}: {trouble.message}{f'; {trouble.advice}' if trouble.advice else ''}")
    return found


def _read(cluster: Cluster, cycle: Cycle, file: Path, said: Said, found: Found) -> None:
    content = _content(file)
    kind = said.kind or _kind(file, content, said)
    asked = Asked(file.name, Span(cycle.first, cycle.last), said.is_of_one)
    if kind is Kind.CALENDAR:
        _calendar(cluster, cycle, asked, content, said, found)
        return
    gathered = read_answers(asked, content, kind)
    found.wrong += [str(fault) for fault in gathered.faults if said.row is None or fault.row in (0, said.row)]
    found.notes += [f"{file.name}: {note}" for note in gathered.notes]
    source = f"{_SOURCES[gathered.kind]}, {file.name}"
    replies = gathered.replies if said.row is None else _of_row(gathered.replies, said.row)
    for reply, match in _matches(cluster, cycle, replies, said):
        if match.person or match.school:
            proposal = proposed_by_reply(cluster, cycle, reply, person="" if match.school else match.person, school=match.school)
            found.answers.append(Answered(proposal, source))
        else:
            found.unmatched.append(f"{file.name}{_whose(reply.who)}: {match.wrong or _perhaps(cluster, reply.who, match)}")


def _kind(file: Path, content: bytes, said: Said) -> Kind:
    """What a file is; a plain text of somebody who was named is their reply, unless it is a table."""
    kind = kind_of(content)
    is_text = kind is Kind.POLL and file.suffix.lower() == ".txt" and b"\t" not in content
    return Kind.REPLY if is_text and said.is_of_one else kind


def _of_row(replies: Sequence[Reply], row: int) -> tuple[Reply, ...]:
    """The answer of one row. Raises Unreadable where there is none in it."""
    found = tuple(reply for reply in replies if reply.who.row == row)
    if not found:
        rows = sorted(reply.who.row for reply in replies if reply.who.row)
        advice = (
            f"answers stand in {'row' if len(rows) == 1 else 'rows'} {listed([str(each) for each in rows])}" if rows else "leave --row out"
        )
        raise Unreadable(f"no answer stands in row {row}", advice)
    return found


def _content(file: Path) -> bytes:
    """The bytes of a file, which is not read where it is far too large."""
    if not file.is_file():
        raise Unreadable("there is no such file", "check the name")
    if file.stat().st_size > 2 * _MARGIN:
        raise Unreadable("this file is far too large for answers", "is it the right file?")
    return file.read_bytes()


def _calendar(cluster: Cluster, cycle: Cycle, asked: Asked, content: bytes, said: Said, found: Found) -> None:
    """A calendar, of the person or the school that was named, since it does not tell whose it is."""
    from sigctl.intake.busy import of_person, of_school

    zone = ZoneInfo(cluster.settings.cluster.time_zone)
    if said.school is not None:
        calendar = of_school(asked, content, zone)
        proposal = proposed_by_calendar(cluster, cycle, calendar, school=said.school)
    elif len(said.people) == 1:
        calendar = of_person(asked, content, zone)
        proposal = proposed_by_calendar(cluster, cycle, calendar, person=said.people[0])
    else:
        raise Unreadable("a calendar does not say whose it is", "name the one behind --person, or the school behind --school")
    found.wrong += map(str, calendar.faults)
    found.notes += [f"{asked.file}: {note}" for note in calendar.notes]
    if not proposal.told:
        what = "no day is taken" if said.school is None else "no closed or INSET day, and none that is taken, was found"
        found.notes.append(f"{asked.file}: {what} in it within `{cycle.id}`")
    found.answers.append(Answered(proposal, f"{_SOURCES[Kind.CALENDAR]}, {asked.file}", counts=said.school is None))


def _matches(cluster: Cluster, cycle: Cycle, replies: Sequence[Reply], said: Said) -> Iterator[tuple[Reply, Match]]:
    """Each reply with who it is; those whom the file does not tell are who was named, where that can mean one of them alone."""
    pairs = [(reply, matched(cluster, cycle, reply.who)) for reply in replies]
    open_ones = [(reply, match) for reply, match in pairs if not (match.person or match.school or match.wrong)]
    known = {match.person for _, match in pairs}
    for name in (each for each in said.people if each not in known):
        able = [pair for pair in open_ones if name in pair[1].perhaps] or list(open_ones)
        if len(able) == 1:
            open_ones.remove(able[0])
            pairs[pairs.index(able[0])] = (able[0][0], Match(person=name))
    if said.school is not None and len(pairs) == 1 and not pairs[0][1].school and not pairs[0][0].who.person:
        pairs = [(pairs[0][0], Match(school=said.school))]
    yield from pairs


def _whose(who: Participant) -> str:
    """Where an answer stands that is nobody's; what stands there is not told, since in the wrong file it may be anything."""
    return f", row {who.row}, column {who.column}" if who.row else ""


def _perhaps(cluster: Cluster, who: Participant, match: Match) -> str:
    if not match.perhaps:
        advice = (
            f"; if you know who it is: --row {who.row} --person PERSON" if who.row else "; name whose it is behind --person or --school"
        )
        return f"nobody of the {counted(len(cluster.people), 'person')} in the files has the name or the address that stands there{advice}"
    told = listed([f"`{each}`" for each in match.perhaps], "or")
    return f"it may be {told}; say which behind --person"
