"""What a round of reminders would be: for people to look at before it goes, and for other programs. No address and no number is told."""

from collections.abc import Iterator
from typing import Any, Final

from sigctl.cluster import Cluster
from sigctl.commands.as_json import json_text
from sigctl.commands.mailing import languages_for
from sigctl.commands.messages import counted, listed, visible
from sigctl.commands.remind.messages import caller_in, messages_of
from sigctl.render import label, who
from sigctl.reports.reminders import Matter, Round
from sigctl.reports.who import Member

_TIMES: Final = {1: "", 2: "again: ", 3: ""}
_TONGUES: Final = {"cy": "Welsh", "en": "English"}


def listed_for_people(cluster: Cluster, round: Round) -> str:
    """Who gets what and why; who is to be called; of what nobody was told in time. Empty where there is nothing."""
    parts = [*_letters(cluster, round), *_calls(cluster, round), *_held(round), *_missed(round), *_without_address(round)]
    if round.is_quiet:
        return f"{round.day} is no working day, so nobody is reminded\n"
    return visible("\n".join(parts)) + "\n" if parts else ""


def _letters(cluster: Cluster, round: Round) -> Iterator[str]:
    messages = messages_of(cluster, round)
    if messages:
        yield f"{counted(len(messages), 'message')} on {round.day}:"
    for message in messages:
        tongues = listed([_TONGUES[each] for each in languages_for(cluster, message.to)])
        yield f"\n{message.to} ({_called(message.to, message.letter.to if message.letter else round.calls.to)}), in {tongues}"
        if message.calls:
            yield f"  the list of {_people(message.calls.people)} to call, see below"
        yield from (_line(each) for each in (message.letter.matters if message.letter else ()))


def _calls(cluster: Cluster, round: Round) -> Iterator[str]:
    calls, to = round.calls.calls, round.calls.to
    if not calls:
        return
    whom = f"`{to.id}` is asked to call" if caller_in(cluster, round) and to else "to be called, by nobody who can be written to"
    older = f"; {_people(round.calls.older)} of earlier lists besides, see `sigctl remind calls`" if round.calls.older else ""
    yield f"\n{_people(round.calls.people)} to call; {whom}{older}:"
    before = ""
    for call in calls:
        person = call.matter.notice.person
        if person != before:
            yield f"\n{_called(person, call.member)}"
        before = person
        yield _line(call.matter)


def _held(round: Round) -> Iterator[str]:
    """Calls of which the caller is not written to yet."""
    if round.held:
        people = listed(list(dict.fromkeys(_called(each.matter.notice.person, each.member) for each in round.held)))
        yield f"\nto call as well, on a list that goes once there are more of them, or by five working days: {people}"
        yield "  `sigctl remind calls` has them already"


def _people(number: int) -> str:
    return counted(number, "person")


def _missed(round: Round) -> Iterator[str]:
    if round.missed:
        yield f"\ntoo late, so that nobody is told of {counted(len(round.missed), 'thing')}:"
    for each in round.missed:
        yield f"{_line(each)}, to `{each.notice.person}`"


def _without_address(round: Round) -> Iterator[str]:
    if round.without_address:
        yield f"\nwithout an address, so that they can only be called: {listed([_called(each.id, each) for each in round.without_address])}"


def _line(matter: Matter) -> str:
    notice = matter.notice
    return f"  {label(f'reminders.kind_{notice.kind}', 'en')} ({notice.kind}): {_TIMES[min(notice.stage, 3)]}{matter.why}"


def _called(id: str, member: Member | None) -> str:
    return (member and who(member, "en")) or id


def as_json(cluster: Cluster, round: Round) -> str:
    """The same for other programs, by ids."""
    messages = messages_of(cluster, round)
    return json_text(
        "sigctl-reminders",
        {
            "today": round.day.isoformat(),
            "is_working_day": not round.is_quiet,
            "messages": [
                {
                    "person": each.to,
                    "languages": list(languages_for(cluster, each.to)),
                    "calls": len(each.calls.calls) if each.calls else 0,
                    "matters": [_matter(one) for one in (each.letter.matters if each.letter else ())],
                }
                for each in messages
            ],
            "calls": [_matter(each.matter) for each in round.calls.calls],
            "held": [_matter(each.matter) for each in round.held],
            "caller": caller_in(cluster, round) or None,
            "missed": [_matter(each) for each in round.missed],
            "without_address": [each.id for each in round.without_address],
        },
    )


def _matter(matter: Matter) -> dict[str, Any]:
    notice = matter.notice
    return {
        "person": notice.person,
        "kind": notice.kind,
        "subject": notice.subject,
        "due": notice.due.isoformat(),
        "stage": notice.stage,
        "opens": matter.opens.isoformat(),
        "why": matter.why,
    }
