"""A reply in somebody's own words, without our lines: `24 Nov no`, `3-5 December`, `all other days suit`. Nothing in it is guessed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from sigctl.intake.answers import Answer, Asked, DayAnswer, Fault, Gathered, Kind, Participant, Reply, Unreadable, answer_of, folded, worst
from sigctl.intake.days import listed_days, written_days
from sigctl.intake.saying import harmless, is_none, is_rest, names_days

_QUOTED_BELOW: Final = re.compile(
    r"^(?:(?:On|Ar)\b[^\n]*(?:\n[^\n]*)?(?:wrote|ysgrifennodd)[^\n]*:|-{3,}[^\n]*-{3,}|_{8,}|(?:From|Oddi wrth):\s"
    r"|(?:Your answer|Eich ateb)\s*$|sigctl-availability)",
    re.MULTILINE | re.IGNORECASE,
)
"""Where our own message begins that somebody's program put below the answer."""
_GREETING: Final = re.compile(
    r"(?:hi|hello|helo|annwyl|dear|good (?:morning|afternoon)|bore da|prynhawn da)(?: all| both)?((?: [^\W\d]+){0,3})[ ,.!]*"
)
_FAREWELL: Final = re.compile(
    r"(?:thanks|thank you|many thanks|diolch(?: yn fawr)?|regards|kind regards|best wishes|cofion(?: cynnes| gorau)?|yn gywir|--)[\s,.!]*"
)
_NO_WORDS: Final = (
    "not|i cannot|i can t|i cannot do|i can t do|can t do|cannot do|cannot be out|i cannot be out|i can t be out|not free|"
    "i am not free|i m not free|i am not available|i m not available|does not suit|do not suit|doesn t suit|don t suit|we cannot|"
    "we can t|we cannot host|we can t host|we cannot be host|the school cannot be host|cannot host|na allaf|ni allaf|"
    "ni allaf fod allan|alla i ddim|ddim gael|ddim yn rhydd|ddim yn addas|ddim yn gyfleus|nid yw n gyfleus|nid yw n addas|"
    "ni allwn|ni all yr ysgol groesawu|anghyfleus"
)
_NO: Final = frozenset(_NO_WORDS.split("|"))
_YES_WORDS: Final = (
    "i can|i can do|can|fine|is fine|are fine|suits|suit|suits me|suit me|i am free|i m free|we can|we can host|gael|yn rhydd|"
    "rhydd|addas|yn addas|cyfleus|yn gyfleus|gallwn"
)
_YES: Final = frozenset(_YES_WORDS.split("|"))


@dataclass(slots=True)
class _Said:
    """What the lines have said so far; `whole` once they tell of all days that they do not name."""

    days: list[DayAnswer] = field(default_factory=list)
    whole: bool = False
    none: bool = False
    wrong: list[tuple[int, str]] = field(default_factory=list)


def bare_reply(asked: Asked, text: str) -> Gathered:
    """What a reply says line by line; who it is from is known otherwise. Raises Unreadable where nothing is said.

    Days alone are days on which they cannot, as our mail asks for these. Where a line is not understood nothing of the reply is taken,
    since it may change what the others mean.
    """
    said = _Said()
    for number, line in _lines(asked, text):
        _read(asked, number, line, said)
    if said.none and any(each.answer is Answer.NO for each in said.days):
        said.wrong.append((0, "it says both that every day suits and that some do not"))
    if said.wrong:
        return Gathered(Kind.REPLY, (), tuple(Fault(asked.file, 0, _told(*each)) for each in said.wrong))
    if not said.days and not said.whole:
        raise Unreadable("nothing is said about days in this text", "write into a copy of it the days that do not suit, or `none` / `dim`")
    names_yes = any(each.answer is not Answer.NO for each in said.days)
    return Gathered(Kind.REPLY, (Reply(Participant(0), worst(said.days), is_part=names_yes and not said.whole),))


def _lines(asked: Asked, text: str) -> Iterator[tuple[int, str]]:
    """The lines that somebody wrote, as they are counted in the text: no greeting, nothing of what is quoted.

    Of what stands below their thanks, which is a signature or an afterthought, only lines that name a day of the cycle.
    """
    below, is_signed = _QUOTED_BELOW.search(text), False
    for number, line in enumerate(text[: below.start() if below else len(text)].splitlines(), 1):
        low = folded(line)
        is_signed = is_signed or bool(_FAREWELL.fullmatch(low)) or line.strip() == "--"
        if is_signed:
            is_written = any(each.day and each.day in asked.window for each in written_days(line, asked.window))
        else:
            is_written = bool(low) and not line.lstrip().startswith((">", "|")) and not _is_greeting(low)
        if is_written:
            yield number, line


def _is_greeting(low: str) -> bool:
    """Whether a line greets and says nothing of days."""
    found = _GREETING.fullmatch(low)
    return bool(found) and not names_days(found[1] if found else "")


def _read(asked: Asked, number: int, line: str, said: _Said) -> None:
    days, besides = listed_days(line, asked.window)
    answer = _meant(besides)
    if not days and (is_none(besides) or is_rest(besides)):
        said.whole, said.none = True, said.none or is_none(besides)
    elif days and is_rest(besides):
        said.whole = True
        said.days += [DayAnswer(day, Answer.NO) for day in days]
    elif days and answer and "?" not in line:
        said.days += [DayAnswer(day, answer) for day in days]
    else:
        said.wrong.append((number, besides))


def _meant(besides: str) -> Answer | None:
    """What stands beside the days means for them; without a word, that they do not suit."""
    if not besides or besides in _NO:
        return Answer.NO
    return Answer.YES if besides in _YES else answer_of(besides)


def _told(number: int, besides: str) -> str:
    advice = "so the reply was not read; write into a copy of the file what is meant: days and `yes` or `no`, or `none` / `dim`"
    return f"line {number} is not understood{harmless(besides)}, {advice}" if number else f"{besides}, {advice}"
