"""The reply text of our mail, filled in and sent back: as text or as a whole message, quoted or not."""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message as Mail
from email.utils import parseaddr
from html.parser import HTMLParser
from typing import Final, NamedTuple

from sigctl.intake.answers import Answer, Asked, DayAnswer, Fault, Gathered, Kind, Participant, Reply, Unreadable
from sigctl.intake.bare import bare_reply
from sigctl.intake.days import listed_days
from sigctl.intake.saying import harmless, is_none, is_rest
from sigctl.intake.sheets import decoded

MARK: Final = "sigctl-availability"
"""The word that begins the line by which a reply is known: `sigctl-availability: round-4 person:aberdare-head`."""
_REFERENCE: Final = re.compile(
    rf"{MARK}:\s*(?P<cycle>[a-z0-9-]{{1,64}})\s+(?P<what>person|school):(?P<id>[a-z0-9-]{{1,64}})", re.IGNORECASE
)
_END: Final = re.compile(rf"{MARK}-end", re.IGNORECASE)
_QUOTED: Final = re.compile(r"^[ \t]*(?:[>|][ \t>|]*)+", re.MULTILINE)
_HEADERS: Final = re.compile(rb"\A(?:From |[A-Za-z-]+: ?)[^\n]*\n(?:[ \t][^\n]*\n|[A-Za-z0-9-]+:[^\n]*\n)+", re.DOTALL)
_NEEDED: Final = re.compile(rb"^(?:from|subject|received|mime-version|message-id):", re.IGNORECASE | re.MULTILINE)
_LARGEST: Final = 30_000_000
_PARTS: Final = 200


class Message(NamedTuple):
    """A mail: who sent it, what it says, and what is attached to it, by name."""

    sender: str
    text: str
    attached: tuple[tuple[str, bytes], ...]


def is_message(content: bytes) -> bool:
    """Whether these are the bytes of a mail."""
    head = _HEADERS.match(content[:100_000].replace(b"\r\n", b"\n"))
    return bool(head and _NEEDED.search(head[0]))


def is_reply(text: str) -> bool:
    """Whether a text holds the line by which our mail is known."""
    return bool(_REFERENCE.search(text))


def message(content: bytes) -> Message:
    """A mail, taken apart. Raises Unreadable where it is too large."""
    if len(content) > _LARGEST:
        raise Unreadable(f"this mail has {len(content) // 1_000_000} MB", "save the attachment by itself")
    parsed = message_from_bytes(content)
    texts, pages, attached = list[str](), list[str](), list[tuple[str, bytes]]()
    for part in _parts(parsed):
        name, kind = part.get_filename() or "", part.get_content_type()
        if name or kind not in ("text/plain", "text/html"):
            attached.append((name or kind, _bytes(part)))
        else:
            (texts if kind == "text/plain" else pages).append(_text(part))
    return Message(
        parseaddr(str(parsed.get("From", "")))[1].lower(), "\n".join(texts) or "\n".join(map(_without_tags, pages)), tuple(attached)
    )


def _parts(parsed: Mail) -> Iterator[Mail]:
    for number, part in enumerate(parsed.walk()):
        if number < _PARTS and not part.is_multipart():
            yield part


def _bytes(part: Mail) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _text(part: Mail) -> str:
    try:
        return _bytes(part).decode(part.get_content_charset() or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return decoded(_bytes(part))


def filled_reply(asked: Asked, text: str, sender: str = "") -> Gathered:
    """What a reply says, for each of those for whom it answers. Raises Unreadable where it is none, or nothing is filled in.

    Whoever replies writes down the days on which they cannot, or that there are none. A reply may hold our lines more than once,
    filled in and quoted as they were.
    """
    parts = _parts_of(_QUOTED.sub("", text))
    if asked.is_of_one and not any(written.text for written in parts.values()):
        return bare_reply(asked, text)
    if not parts:
        advice = "save the whole reply, with what is quoted in it, or say whose it is: --as reply --person PERSON (or --school SCHOOL)"
        raise Unreadable(f"the line `{MARK}: …` of our mail is not in this text", advice)
    replies, faults = list[Reply](), list[Fault]()
    for (cycle, what, id), written in parts.items():
        who = Participant(0, "", sender, id if what == "person" else "", id if what == "school" else "", cycle)
        days, besides = listed_days(written.text, asked.window)
        if (is_none(besides) or is_rest(besides)) and not days:
            replies.append(Reply(who, ()))
        elif (besides and not is_rest(besides)) or not days:
            where = f"line {written.line}: the answer of `{id}`"
            message = f"{where} is not only days{harmless(besides)}, so it was not read" if besides else f"{where} is empty"
            advice = "write into a copy of the file what is meant: days, or `none` / `dim`" if besides else "ask again"
            faults.append(Fault(asked.file, 0, f"{message}; {advice}"))
        else:
            replies.append(Reply(who, tuple(DayAnswer(day, Answer.NO) for day in days)))
    return Gathered(Kind.REPLY, tuple(replies), tuple(faults))


class _Part(NamedTuple):
    """What is written behind one of our lines, and on which line of the text that begins."""

    text: str
    line: int


def _parts_of(text: str) -> dict[tuple[str, str, str], _Part]:
    """What is written behind our lines, by the cycle, `person` or `school`, and the id in them."""
    found: dict[tuple[str, str, str], _Part] = {}
    references = list(_REFERENCE.finditer(text))
    for number, match in enumerate(references):
        end = references[number + 1].start() if number + 1 < len(references) else len(text)
        inside = _END.split(text[match.end() : end])[0]
        key = (match["cycle"].lower(), match["what"].lower(), match["id"].lower())
        prompt, _, answer = inside.partition(":")
        written, before = _filled(answer), found.get(key)
        line = text.count("\n", 0, match.end() + len(prompt)) + 1 + answer[: len(answer) - len(answer.lstrip())].count("\n")
        if before and not (before.text and written):
            found[key] = before if before.text else _Part(written, line)
        else:
            found[key] = _Part(f"{before.text} {written}" if before else written, before.line if before else line)
    return found


def _filled(text: str) -> str:
    """What somebody wrote, into the brackets or behind them."""
    return " ".join(re.sub(r"[\[\]_*]", " ", text).split())


class _Tags(HTMLParser):
    """The text of a page, a line for each of its blocks."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        if tag in ("p", "div", "br", "li", "tr", "blockquote", "pre"):
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)


def _without_tags(page: str) -> str:
    tags = _Tags()
    tags.feed(page[:2_000_000])
    return "".join(tags.pieces).replace("\xa0", " ")
