"""`sigctl availability read`: answers out of files that others made, into the files of the workspace."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from sigctl.checks import ABOUT_ROTAS
from sigctl.cluster import Cluster
from sigctl.cluster.edit import Append, Block, Change, Edit
from sigctl.commands import console, options
from sigctl.commands.availability.choosing import cycle_meant
from sigctl.commands.availability.reading import Answered, Found, Said, read_files
from sigctl.commands.availability.showing import remarks_on, show_change, sources_of, summary_of
from sigctl.commands.changing import ToRecord, make_changes, planned_changes
from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.known import check_known
from sigctl.commands.messages import counted, listed
from sigctl.commands.opening import opened
from sigctl.intake.answers import Kind
from sigctl.records import Cycle
from sigctl.reports.availability import Proposal, answered_before, merged, standings
from sigctl.reports.availability.days import written

_BY_HAND = "write the days under `unavailable:` of the person (or `busy:`, `staff_days:`, `closed:` of the school) yourself"


def read(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Forms, polls, replies and calendars, as many as there are.")],
    kind: Annotated[Kind | None, typer.Option("--as", help="What the files are, where sigctl takes them for something else.")] = None,
    cycle: options.Cycle = None,
    person: Annotated[
        list[str] | None, typer.Option("--person", metavar="PERSON", help="Whose answer it is, where the file does not tell.")
    ] = None,
    school: Annotated[str | None, typer.Option("--school", metavar="SCHOOL", help="The school whose calendar or answer it is.")] = None,
    row: Annotated[
        int | None, typer.Option("--row", metavar="NUMBER", help="Take this row of a poll alone, as a spreadsheet counts.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Write it without asking.")] = False,
    workspace: options.Workspace = None,
    today: options.Today = None,
    dry_run: options.DryRun = False,
) -> None:
    """Read answers about days out of files, show what they change, and write it.

    Reads our form (.xlsx as Excel or LibreOffice saves it), polls as Doodle, Rallly, Microsoft Forms, Google Forms or an office make
    them (.csv, .xlsx, .xls, .ods), replies to our mail (.eml or .txt), and calendars (.ics). People are known by our form's own id, by
    their e-mail address or by their name; nobody is guessed where two are near. With --person or --school a reply may be in their own
    words: lines with days and yes or no, or `none`. Days alone are those that do not suit.

    Days on which somebody cannot be out are added to `unavailable:` of the person; of a host to `busy:`. In a person's calendar a day
    counts as taken from two hours of the school day on, and no title is looked at. In a school's calendar INSET and closed days
    are found by their titles in Welsh or English, also where they are marked as free, and go to `staff_days:` and `closed:`. Only
    days of the cycle on which pupils come are kept, no reasons, and nothing is ever taken out: where an answer says that a day suits
    which the files rule out, that is told, with its line. Whoever left days empty, and did not say that all other days suit, has
    answered in part: the days that they gave are written, and they are still reminded.

    Shows every line that changes, with where it comes from, and asks before it writes; comments stay. Ends with code 5 where
    somebody could not be matched, or something not be read; the rest is written all the same.

    For example:

        sigctl availability read answers.csv -n                    what a poll would change
        sigctl availability read form1.xlsx form2.xlsx --yes       forms that came back
        sigctl availability read poll.xlsx --person porth-head     where a name in it may be two people
        sigctl availability read poll.csv --row 4 --person porth-head
        sigctl availability read r3.txt --as reply --person porth-head
        sigctl availability read outlook.ics --person porth-head   somebody's own calendar
        sigctl availability read calendar.ics --school porth       a school's calendar
    """
    cluster = opened(workspace, besides=ABOUT_ROTAS, changing=False if dry_run else "sigctl availability read")
    for each in person or ():
        check_known(cluster, "people", each)
    check_known(cluster, "schools", school)
    day = options.today_in(cluster.settings.cluster.time_zone, today)
    chosen = cycle_meant(cluster, cycle, day)
    _refuse_rows(files, person or (), row)
    found = read_files(cluster, chosen, files, Said(kind, tuple(person or ()), school, row))
    code = _complain(found, len(files))
    _write(_Work(cluster, chosen, found.answers, day), yes=yes, dry_run=dry_run)
    if code:
        raise typer.Exit(code)


def _refuse_rows(files: Sequence[Path], people: Sequence[str], row: int | None) -> None:
    """Stop where a row cannot be one answer of one person. Raises CommandError."""
    if row is not None and (len(files) > 1 or len(people) > 1):
        raise CommandError("--row means one row of one file", "read one file at a time, with one --person")


class _Work(NamedTuple):
    """What was answered about a cycle, and the day on which it is read."""

    cluster: Cluster
    cycle: Cycle
    answers: Sequence[Answered]
    today: date


def _complain(found: Found, files: int) -> ExitCode:
    """Tell all that could not be read or matched, at once."""
    for note in dict.fromkeys(found.notes):
        console.say(note)
    if found.wrong:
        console.complain(f"{counted(len(found.wrong), 'thing')} could not be read", *found.wrong)
    if found.unmatched:
        advice = "then read the file again; what is in the files already is not written twice"
        console.complain(f"{counted(len(found.unmatched), 'answer')} could not be matched to anybody", *found.unmatched, advice)
    if found.unreadable == files:
        raise typer.Exit(ExitCode.PROBLEMS)
    return ExitCode.PARTLY if found.wrong or found.unmatched else ExitCode.DONE


def _write(work: _Work, *, yes: bool, dry_run: bool) -> None:
    """Show what changes, ask, and write."""
    proposals = merged(work.cluster, work.cycle, [each.proposal for each in work.answers])
    changes = list(_changes(work, proposals))
    for proposal in proposals:
        console.result(summary_of(proposal, sources_of(work.answers, proposal), work.today))
        for remark in (*remarks_on(work.cluster, proposal), *_in_part(work, proposal)):
            console.say(remark)
    if not changes:
        if any(each.told or not (each.unanswered or _is_calendar(work, each)) for each in proposals):
            console.say("nothing changes: the files say all of it already")
        elif proposals:
            console.say("nothing changes")
        return
    planned = planned_changes(work.cluster, changes, _BY_HAND, ABOUT_ROTAS)
    show_change(planned)
    names = listed(sorted(planned.after))
    if dry_run:
        console.say(f"would write {names}")
        return
    _ask(names, is_sure=yes)
    make_changes(work.cluster.folder, planned)
    console.say(f"wrote {names}")


def _in_part(work: _Work, proposal: Proposal) -> Iterator[str]:
    """That an answer is not whole, and what follows from it."""
    if proposal.unanswered and (proposal.kind, proposal.id) not in _whole(work):
        count = f"`{proposal.id}` has answered in part, and left {counted(proposal.unanswered, 'day')} open"
        if work.cycle.availability is None:
            yield count
        elif answered_before(work.cycle, proposal) is None:
            yield f"{count}: not noted as an answer, so they are still reminded; what they gave is kept"
        else:
            yield f"{count}; the earlier answer still holds"


def _whole(work: _Work) -> dict[tuple[str, str], str]:
    """Whose answer is whole, and where it comes from."""
    return {(each.proposal.kind, each.proposal.id): each.source for each in work.answers if each.counts and not each.proposal.unanswered}


def _is_calendar(work: _Work, proposal: Proposal) -> bool:
    """Whether all that tells of somebody is a calendar."""
    return all(each.source.startswith(Kind.CALENDAR) for each in work.answers if each.proposal.id == proposal.id)


def _ask(names: str, *, is_sure: bool) -> None:
    if is_sure:
        return
    if not console.can_ask():
        raise CommandError("nobody is there to say yes, so nothing was written", "--yes writes it without asking")
    if not typer.confirm(f"Write this into {names}?", default=False, err=True):
        raise CommandError("nothing was written", code=ExitCode.PROBLEMS)


def _changes(work: _Work, proposals: Sequence[Proposal]) -> Iterator[ToRecord]:
    """The lines to write: days of people and schools, and that they have answered."""
    for proposal in proposals:
        for field, spans in proposal.adds:
            days = [written(span) for span in spans]
            there = getattr(work.cluster.records(proposal.kind)[proposal.id], field)
            if days and not there:
                yield ToRecord(proposal.kind, proposal.id, Change((field,), days))
            elif days:
                yield from (ToRecord(proposal.kind, proposal.id, Append((field,), each)) for each in days)
    if work.cycle.availability is None:
        console.say(f"`{work.cycle.id}` has no `availability: {{wanted_by: …}}`, so it is not noted who has answered")
        return
    asked = {
        (("schools", each.school_id) if each.role == "host" else ("people", each.to.id))
        for each in standings(work.cluster, work.cycle, work.today)
    }
    counting = _whole(work)
    news = [each for each in proposals if (each.kind, each.id) in counting and (each.kind, each.id) in asked]
    first = [each for each in news if answered_before(work.cycle, each) is None]
    yield from (
        ToRecord("cycles", work.cycle.id, edit) for each in news if each not in first for edit in _noted_again(work, each, counting)
    )
    yield from (ToRecord("cycles", work.cycle.id, edit) for edit in _noted(work, first, counting))


def _noted(work: _Work, first: Sequence[Proposal], sources: Mapping[tuple[str, str], str]) -> Iterator[Edit]:
    """That people have answered who had not, a line each."""
    on, path = work.today.isoformat(), ("availability", "answered")
    told = [("person" if each.kind == "people" else "school", each.id, sources[each.kind, each.id]) for each in first]
    if work.cycle.availability and work.cycle.availability.answered:
        yield from (Append(path, {who: id, "on": on, "source": source}) for who, id, source in told)
    elif told:
        lines = (f"- {{{who}: {id}, on: {on}, source: {json.dumps(source, ensure_ascii=False)}}}" for who, id, source in told)
        yield Block(path, "\n".join(lines))


def _noted_again(work: _Work, proposal: Proposal, sources: Mapping[tuple[str, str], str]) -> Iterator[Edit]:
    """A later answer that brings something new, in the place of the earlier one."""
    at = answered_before(work.cycle, proposal)
    if at is not None and proposal.is_new:
        yield Change(("availability", "answered", at, "on"), work.today.isoformat())
        yield Change(("availability", "answered", at, "source"), sources[proposal.kind, proposal.id])
