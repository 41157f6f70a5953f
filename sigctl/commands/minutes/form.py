"""The form of `sigctl minutes new` as lines for a file: what is known is filled in, and a comment says what to write where."""

import re
from collections.abc import Iterable, Iterator, Sequence

from sigctl.cluster.blocks import BLOCKS
from sigctl.cluster.edit import Block, Change, Edit
from sigctl.commands.minutes.carrying import CARRIED
from sigctl.records import Meeting
from sigctl.reports.minutes.form import FormItem, FormPage
from sigctl.reports.who import Member
from sigctl.words import Language, Words

_COLUMN = 40
"""Where a comment stands behind a line, if that is not longer."""


def form_edits(page: FormPage, meeting: Meeting, taken_by: str | None, languages: Sequence[Language]) -> list[Edit]:
    """What the form adds to a meeting, whose keys that are there already stay as they are."""
    edits: list[Edit] = [] if meeting.status == "held" else [Change(("status",), "held")]
    edits += _attendance(page, meeting)
    remarks = [f"# Items with `carried: true` come again the next time: {CARRIED}."] if any(each.carried for each in meeting.items) else []
    edits.append(Block(("minutes",), _text([*remarks, *_minutes(page, taken_by, languages)])))
    if not meeting.decisions:
        edits.append(Block(("decisions",), _text(_example(meeting, "d", languages, page.items))))
    if not meeting.actions:
        edits.append(Block(("actions",), _text([*_example(meeting, "a", languages, page.items), *_OF_ACTIONS])))
    return edits


_OF_ACTIONS = tuple(
    line.ljust(_COLUMN) + remark
    for line, remark in (("#   owner: …", " # the id of a person; or `school: …`"), ("#   due: …", " # such as 2026-12-18"))
)


def _text(lines: Iterable[str]) -> str:
    return "\n".join(lines)


def _attendance(page: FormPage, meeting: Meeting) -> Iterator[Edit]:
    """Everybody under `present`, to be moved to where they belong; who stands somewhere already stays there."""
    listed = meeting.attendance
    known = {*listed.present, *listed.apologies, *listed.absent} if listed else set()
    known |= {*listed.schools.present, *listed.schools.apologies, *listed.schools.absent} if listed else set()
    people = [_person(each) for each in page.members if each.id and each.id not in known]
    schools = [f"- {each.school_id}" for each in page.members if not each.id and each.school_id and each.school_id not in known]
    parts = {
        "present": people,
        "apologies": [],
        "absent": [],
        "schools": ["present:", *_set_in(schools), "apologies:", "absent:"] if schools else [],
        "substitutes": ["# - {for: …, by: …}     # who came in whose place"],
        "in_attendance": ["# - {who: …, item: …}   # who came without being a member, and for which item", *_guests(page.members)],
    }
    if not schools:
        del parts["schools"]
    if listed is None:
        yield Block(("attendance",), _text(["# Everybody is listed as present: move each line to where it belongs.", *_lines_of(parts)]))
        return
    for key, lines in parts.items():
        if not getattr(listed, key) or (key == "schools" and not known & {each[2:] for each in schools}):
            yield Block(("attendance", key), _text(lines))


def _lines_of(parts: dict[str, list[str]]) -> Iterator[str]:
    for key, lines in parts.items():
        yield f"{key}:"
        yield from _set_in(lines)


def _set_in(lines: Sequence[str]) -> list[str]:
    return [f"  {line}" for line in lines]


def _person(member: Member) -> str:
    return _remarked(f"- {member.id}", ", ".join(filter(None, (_said(member.person), _said(member.school)))))


def _guests(members: Sequence[Member]) -> Iterator[str]:
    """Members of other clusters, who are in no file: a comment names them."""
    for member in members:
        if not member.id and not member.school_id:
            yield f"# - {', '.join(filter(None, (_said(member.person), _said(member.school))))}"


def _minutes(page: FormPage, taken_by: str | None, languages: Sequence[Language]) -> Iterator[str]:
    yield "status: draft"
    if taken_by:
        yield f"taken_by: {taken_by}"
    where = f"{languages[0]}:" if len(languages) > 1 else "the key"
    yield f"# What was said under each item. For several lines write `|` behind {where} and the text below it, set in further."
    yield "notes:"
    for item in page.items:
        if not item.key:
            continue
        counted = f" (the meeting's own item {item.key})" if item.key.isdecimal() else ""
        yield _remarked(f"  {item.key}:", f"{_said(item.title)}{counted}{' (confidential)' if item.is_confidential else ''}")
        yield from (f"    {language}:" for language in languages if len(languages) > 1)


def _example(meeting: Meeting, letter: str, languages: Sequence[Language], items: Sequence[FormItem]) -> Iterator[str]:
    """An entry as a comment, to be written anew without the signs before it."""
    text = "{" + ", ".join(f"{language}: …" for language in languages) + "}" if len(languages) > 1 else "…"
    yield f"# - id: {meeting.id[:56].rstrip('-')}-{letter}1"
    yield f"#   text: {text}"
    own = next((item.key for item in items if item.key and item.key not in BLOCKS), "…")
    yield f"#   item: {own}".ljust(_COLUMN) + " # the item under which it was agreed"


def _remarked(line: str, remark: str) -> str:
    return f"{line.ljust(_COLUMN)} # {remark}" if remark else line


def _said(words: Words) -> str:
    """Words in English or else in Welsh, on one line."""
    return re.sub(r"\s+", " ", words.said("en")).strip()
