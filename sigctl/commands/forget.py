"""`sigctl forget`: somebody's right to be forgotten, in the files and in what sigctl remembers."""

import difflib
import json
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, NamedTuple

import typer

from sigctl.checks import ABOUT_ROTAS
from sigctl.cluster import Cluster
from sigctl.cluster.edit import EditError
from sigctl.cluster.forgetting import Trace, days_out, forgotten, free_name, trace_of
from sigctl.commands import console, options
from sigctl.commands.changing import problems_with
from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.holding import hold
from sigctl.commands.known import check_known
from sigctl.commands.mentions import named_in
from sigctl.commands.messages import counted, listed, visible
from sigctl.commands.opening import inspected, opened, workspace_folder
from sigctl.deliver import remove, try_writing, write
from sigctl.problem import Problem
from sigctl.source.page import masked

if TYPE_CHECKING:
    from sigctl.deliver.outbox import Entry

_BEGUN: Final = ".sigctl/forgetting.json"
"""Who is being forgotten, and under which name they are counted: there only until all of it is done."""
_STATE: Final = ".sigctl/state.sqlite"
_OUT_OF_REACH: Final = """\
sigctl cannot reach: backups and copies of this folder, the history of git, mail that has been sent, papers that were printed or
passed on, and calendars that somebody has taken over"""

Yes = Annotated[bool, typer.Option("--yes", help="Do it without asking.")]


class Forgetting(NamedTuple):
    """Who is to be forgotten, what they are called from now on, how they are recognised, and the files as they are and as they will be."""

    cluster: Cluster
    person: str
    name: str
    trace: Trace
    before: Mapping[str, str]
    after: Mapping[str, str]


def forget(
    person: Annotated[str, typer.Argument(metavar="PERSON", help="The id of the person.")],
    yes: Yes = False,
    workspace: options.Workspace = None,
    today: options.Today = None,
    dry_run: options.DryRun = False,
) -> None:
    """Forget a person: take out of the files all that tells who they are.

    Name, address, telephone number, absences, wishes, expertise, offers, posts and conflicts go. The id, which may be a name,
    becomes `forgotten-1` wherever it stands, also in rotas that were published earlier; of the person's own record the school stays
    and, where a rota names them, the level. So visits, attendance and reviewer-days are still counted, without a name. Places in
    groups and offices that they hold end with the day before; open actions of theirs stay open, and are nobody's. Messages to them
    that wait are taken back, what was sent to them is forgotten, and the file of their calendar goes.

    Shows what changes first, and asks. What stands in texts (minutes, notes, remarks) and in papers is listed for you to look at. A
    run that was cut short is completed by running it again.

    For example:

        sigctl forget porth-deputy -n         what would change
        sigctl forget porth-deputy            show it, ask, and do it
        sigctl forget porth-deputy --yes      without asking
    """
    folder = workspace_folder(workspace)
    if not dry_run:
        hold(folder, "sigctl forget")
        try_writing(folder / _BEGUN)
    begun = _begun(folder, person)
    cluster = inspected(workspace).cluster if begun else opened(workspace, besides=ABOUT_ROTAS)
    if not begun:
        check_known(cluster, "people", person)
    day = options.today_in(cluster.settings.cluster.time_zone, today)
    found = _looked_at(cluster, person, begun, day)
    _refuse_unsound(found)
    _show(found)
    if dry_run:
        console.say(f"would call `{person}` `{found.name}` in {counted(len(found.after), 'file')}")
    else:
        _ask(found, is_sure=yes or begun is not None)
        _do(found)
        console.say(f"forgot `{person}`, who is counted as `{found.name}` from now on")
    _say_what_is_left(found, day)


def _begun(folder: Path, person: str) -> str | None:
    """The name that a run that was cut short gave this person; None where there was none."""
    path = folder / _BEGUN
    if not path.exists():
        return None
    told: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    if told["person"] != person:
        other = told["person"]
        raise CommandError(
            f"forgetting `{other}` was cut short", f"`sigctl forget {other}` completes it; then come back", ExitCode.PROBLEMS
        )
    console.say("an earlier run was cut short; this one completes it")
    return told["name"]


def _looked_at(cluster: Cluster, person: str, begun: str | None, today: date) -> Forgetting:
    earlier = sorted((cluster.folder / "rotas" / "earlier").glob("*.yaml.txt"))
    files = [*cluster.files, *(path.relative_to(cluster.folder).as_posix() for path in earlier)]
    texts = {file: (cluster.folder / file).read_bytes().decode("utf-8") for file in files}
    name = begun or free_name(cluster, texts)
    try:
        after = forgotten(cluster, person, name, texts, today)
    except EditError as trouble:
        advice = "write the lines that name the person in a plainer way, and run it again; nothing was changed"
        raise CommandError(f"the files could not be changed line by line: {trouble}", advice, ExitCode.PROBLEMS) from None
    return Forgetting(cluster, person, name, trace_of(person, cluster.people.get(person)), texts, after)


def _refuse_unsound(found: Forgetting) -> None:
    """Refuse what would leave the files with an error that they do not have now."""

    def known_as(problem: Problem) -> tuple[str, str, str]:
        return problem.code, problem.place.file, problem.message.replace(f"`{found.person}`", f"`{found.name}`")

    known = set(map(known_as, problems_with(found.cluster.folder, {})))
    changed = {file: text for file, text in found.after.items() if not file.endswith(".txt")}
    errors = [each for each in problems_with(found.cluster.folder, changed) if each.is_error]
    new = [each for each in errors if known_as(each) not in known]
    if new:
        console.list_problems(new, sys.stderr)
        raise CommandError("this would leave the files invalid, so nothing was changed", "mend what is told above first", ExitCode.PROBLEMS)


def _show(found: Forgetting) -> None:
    """Print what the files will say, line by line; not what they say now."""
    for file, text in found.after.items():
        before, after = found.before[file].splitlines(), text.splitlines()
        changes = [each for each in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes() if each[0] != "equal"]
        gone = sum(each[2] - each[1] for each in changes)
        console.result(f"{file}: {counted(gone, 'line')} {'goes' if gone == 1 else 'go'}; in their place")
        for _, _, _, first, last in changes:
            for number in range(first, last):
                console.result(f"  {number + 1}: {visible(masked(after[number]).strip())}")


def _ask(found: Forgetting, *, is_sure: bool) -> None:
    if is_sure:
        return
    if not console.can_ask():
        raise CommandError("nobody is there to say yes, so nothing was changed", "`--yes` does it without asking", ExitCode.USAGE)
    if not typer.confirm(f"Forget `{found.person}`? It cannot be undone.", default=False, err=True):
        raise CommandError("nothing was changed", code=ExitCode.PROBLEMS)


def _do(found: Forgetting) -> None:
    """Write the files, the person's own record last, and then what sigctl remembers; a note stands until all of it is done."""
    folder = found.cluster.folder
    write(folder / _BEGUN, json.dumps({"person": found.person, "name": found.name}) + "\n")
    (folder / _BEGUN).chmod(0o600)
    origin = found.cluster.origins.get(("people", found.person))
    own = origin.document.file if origin else ""
    for file in sorted(found.after, key=lambda file: (file == own, file)):
        write(folder / file, found.after[file])
    if (folder / _STATE).exists():
        _forget_what_was_sent(found)
    remove(folder / _BEGUN)


def _forget_what_was_sent(found: Forgetting) -> None:
    from sigctl.deliver.events import feed_names, retire
    from sigctl.deliver.outbox import Outbox, State
    from sigctl.deliver.state import state

    owner, folder = f"person:{found.person}", found.cluster.folder
    with state(folder) as connection:
        outbox = Outbox(connection)
        waiting = [each for each in outbox.entries([State.PLANNED]) if each.origin != "remind" and each.person != found.person]
        outbox.erase(found.person)
        outbox.rename(found.person, found.name)
        feed = feed_names(connection).get(owner)
        if feed:
            remove(folder / found.cluster.settings.daily.calendars_in / feed)
        retire(connection, owner)
    _say_what_was_taken_back(waiting)


def _say_what_was_taken_back(messages: "Sequence[Entry]") -> None:
    """Tell whose messages do not leave now, and what to type so that they do, without the name."""
    from sigctl.commands.outbox.choosing import written_by

    whose: dict[str, list[str]] = {}
    for each in messages:
        whose.setdefault(written_by(each), []).append(f"`{each.person}`")
    for command, people in whose.items():
        console.say(f"taken back, for it may name the person, and not sent: what waited for {listed(people)}; now type `{command}` again")


def _say_what_is_left(found: Forgetting, today: date) -> None:
    """Tell where the person is still named or needed, and what cannot be reached from here."""
    named, unknown = named_in(found.cluster.folder, found.trace, found.after)
    if named:
        console.say("look at these yourself; they may name the person:")
        for each in named:
            console.say(f"  {each}")
    if unknown:
        console.say(f"{counted(len(unknown), 'file')} cannot be looked into, such as {unknown[0]}: make them again, or delete them")
    for each in _unsettled(found.cluster, {found.person, found.name}, today):
        console.say(f"still to be settled: {each}")
    console.say(_OUT_OF_REACH)


def _unsettled(cluster: Cluster, ids: Collection[str], today: date) -> Iterator[str]:
    """What somebody else has to do from now on."""
    days = [day for day in days_out(cluster, ids) if day >= today]
    if days:
        yield f"who goes on {_days(days)} instead; `sigctl rota replan` or `sigctl rota swap` finds somebody"
    for group in cluster.groups.values():
        held = [each.office for each in group.officers if each.person in ids and (each.last or today) >= today - timedelta(1)]
        if held:
            yield f"who is {listed(held)} of `{group.id}`"
    for meeting in cluster.meetings.values():
        mine = [each.id for each in meeting.actions if each.owner in ids and each.status == "open"]
        if mine:
            yield f"who does {listed([f'`{each}`' for each in mine])} of `{meeting.id}`, which nobody has now"
        if meeting.chair in ids and meeting.date >= today and meeting.status != "cancelled":
            yield f"who chairs `{meeting.id}` on {meeting.date}"
    if cluster.settings.reminders.caller in ids:
        yield "who makes the calls: `caller` in sigctl.yaml"


def _days(days: Sequence[date]) -> str:
    told = [str(day) for day in days[:3]]
    return listed(told) if len(days) <= len(told) else f"{', '.join(told)} and {counted(len(days) - len(told), 'more day')}"
