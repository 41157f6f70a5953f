"""One message as it leaves: a text, a page of HTML, attachments and a calendar's invitation, as mail is written (RFC 5322).

The same message is the same bytes whenever it is made: nothing in it is random, and its id comes from what it tells.
"""

import base64
import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any, Final, NamedTuple

from sigctl.notice import Notice
from sigctl.words import Language

_POLICY: Final = policy.SMTP.clone(max_line_length=76)
_SHORT: Final = 60
"""So many letters of a header stand on its first line."""
_PIECE: Final = 39
"""So many bytes go into one encoded word, whose line stays below 76 letters."""
_LOCAL: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}")
_DOMAIN: Final = re.compile(r"(?=.{1,253}\Z)[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*")
_CALENDAR: Final = re.compile(
    rb"(Content-Type: (?:text/calendar|application/ics)[^\r\n]*(?:\r\n[^\r\n]+)*\r\n\r\n)((?:[A-Za-z0-9+/=]+\r\n)+)"
)
"""A part that a calendar reads: what is said of it, and the whole of it in base64."""
_ATTENDEE: Final = re.compile(rb"(?m)^ATTENDEE[^\r\n]*(?:\r\n[ \t][^\r\n]*)*")
_WIDEST: Final = 75
_ADDRESS_ADVICE: Final = "correct `email:` in the files, or leave it out so that the person is told of otherwise"


class MailError(Exception):
    """Mail cannot be made or cannot leave: what is wrong, and what to do. Names no address and no password."""

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice


class Attachment(NamedTuple):
    """A file that goes with a message."""

    name: str
    media_type: str
    content: bytes


class Mail(NamedTuple):
    """One message to one person. `invitation` is an ICS text with a method of its own, for one event."""

    sender: str
    sender_name: str
    reply_to: str
    to: str
    to_name: str
    title: str
    text: str
    html: str
    languages: tuple[Language, ...]
    attachments: tuple[Attachment, ...] = ()
    invitation: str = ""


def message_id(notices: Iterable[Notice], domain: str) -> str:
    """The id of the message that tells of these things: the same whenever it is made, another where it tells of others."""
    told = "\n".join(sorted(notice.key for notice in notices))
    return f"<{hashlib.sha256(told.encode('utf-8')).hexdigest()[:40]}@{_domain(domain)}>"


def eml(mail: Mail, message_id: str, moment: datetime) -> bytes:
    """The whole message, ready to be handed to a server: lines of ASCII that end with CRLF. Raises MailError for an address of no use."""
    body = EmailMessage(_POLICY)
    _fill(body, mail)
    body["Content-Language"] = ", ".join(mail.languages)
    _name_boundaries(body, message_id)
    return "".join(_head(mail, message_id, moment)).encode("ascii") + body.as_bytes()


def readdressed(content: bytes, address: str, name: str) -> bytes:
    """The same message to another address of the same person, who is invited there as well."""
    head, between, body = content.partition(b"\r\n\r\n")
    line, invited = f"To: {_mailbox(address, name)}".encode("ascii"), plain_address(address).encode("ascii")
    head = re.sub(rb"(?m)^To: [^\r\n]*(?:\r\n[ \t][^\r\n]*)*", lambda _: line, head, count=1)
    return head + between + _CALENDAR.sub(lambda part: part[1] + _invited(part[2], invited), body)


def _invited(encoded: bytes, address: bytes) -> bytes:
    """A part of a calendar's, in base64, that asks whoever has this address."""

    def asked(found: re.Match[bytes]) -> bytes:
        before, mailto, _ = re.sub(rb"\r\n[ \t]", b"", found[0]).rpartition(b"mailto:")
        return _folded(before + mailto + address)

    return base64.encodebytes(_ATTENDEE.sub(asked, base64.b64decode(encoded))).replace(b"\n", b"\r\n")


def _folded(line: bytes) -> bytes:
    """A line of a calendar in pieces of at most 75 octets, none of which ends inside a letter (RFC 5545)."""
    pieces = [b""]
    for letter in line.decode("utf-8"):
        if len(pieces[-1] + letter.encode("utf-8")) > _WIDEST - (len(pieces) > 1):
            pieces.append(b"")
        pieces[-1] += letter.encode("utf-8")
    return b"\r\n ".join(pieces)


def _head(mail: Mail, message_id: str, moment: datetime) -> Iterator[str]:
    """The lines above the body. They are folded and encoded here (RFC 2047), in one way whatever Python's version."""
    yield f"From: {_mailbox(mail.sender, mail.sender_name)}\r\n"
    yield f"To: {_mailbox(mail.to, mail.to_name)}\r\n"
    if mail.reply_to and mail.reply_to != mail.sender:
        yield f"Reply-To: {_mailbox(mail.reply_to, '')}\r\n"
    yield f"Subject: {_unquoted(one_line(mail.title))}\r\n"
    yield f"Date: {format_datetime(moment)}\r\n"
    yield f"Message-ID: {message_id}\r\n"
    yield "Auto-Submitted: auto-generated\r\n"


def _mailbox(address: str, name: str) -> str:
    """An address with the name before it, which is a name whatever stands in it."""
    name, plain = one_line(name), plain_address(address)
    if not name:
        return plain
    quoted = '"' + re.sub(r'(["\\])', r"\\\1", name) + '"'
    return f"{quoted if _is_plain(quoted) else _encoded(name)}\r\n <{plain}>"


def _unquoted(text: str) -> str:
    """A text of a header that has no grammar."""
    return text if _is_plain(text) else _encoded(text)


def _is_plain(text: str) -> bool:
    """Whether a text can stand in a header as it is."""
    return text.isascii() and len(text) <= _SHORT and "=?" not in text


def _encoded(text: str) -> str:
    """A text as encoded words, each on a line of its own."""
    pieces = [""]
    for letter in text:
        if len((pieces[-1] + letter).encode("utf-8")) > _PIECE:
            pieces.append("")
        pieces[-1] += letter
    return "\r\n ".join(f"=?utf-8?b?{base64.b64encode(piece.encode('utf-8')).decode('ascii')}?=" for piece in pieces)


def one_line(text: str) -> str:
    """A text as a header can hold it: in one line, without characters that nobody sees."""
    seen = (" " if unicodedata.category(each) in ("Cc", "Zl", "Zp") else each for each in unicodedata.normalize("NFC", text))
    kept = "".join(each for each in seen if unicodedata.category(each) not in ("Cf", "Cs"))
    return " ".join(kept.split())


def plain_address(address: str) -> str:
    """An address as every server takes it, with a domain in ASCII. Raises MailError where there is none such."""
    local, _, domain = address.rpartition("@")
    if not _LOCAL.fullmatch(local) or local.startswith(".") or local.endswith(".") or ".." in local:
        what = "has letters other than a to z before the @" if not local.isascii() else "is not one that a mail server takes"
        raise MailError(f"the address {what}", _ADDRESS_ADVICE)
    return f"{local}@{_domain(domain)}"


def _domain(domain: str) -> str:
    """A domain in ASCII: `ysgol.cymru` as it is, `tŷ.cymru` as `xn--t-zcb.cymru`."""
    try:
        plain = domain if domain.isascii() else domain.encode("idna").decode("ascii")
    except UnicodeError:
        plain = ""
    if not _DOMAIN.fullmatch(plain):
        raise MailError("the address does not end with the name of a mail domain", _ADDRESS_ADVICE)
    return plain


def _fill(message: EmailMessage, mail: Mail) -> None:
    """The text, and beside it the same as a page; then whatever is attached."""
    message.set_content(mail.text, cte="quoted-printable")
    message.add_alternative(mail.html, subtype="html", cte="quoted-printable")
    if mail.invitation:
        invitation = mail.invitation.encode("utf-8")
        _add(message.add_alternative, invitation, "text/calendar", {})
        message.add_attachment(invitation, "application", "ics", filename="invite.ics")
    for each in mail.attachments:
        _add(message.add_attachment, each.content, each.media_type, {"filename": _file_name(each.name)})


def _add(adding: Any, content: bytes, media_type: str, besides: dict[str, Any]) -> None:
    """Add a part whose bytes stay as they are; one for a calendar says what is asked of it."""
    main, _, sub = media_type.partition("/")
    params = {"params": {"charset": "utf-8", "method": _method(content)}} if sub == "calendar" else {}
    adding(content, main, sub, cte="base64", **params, **besides)


def _method(invitation: bytes) -> str:
    """What a calendar is asked to do with an invitation."""
    found = re.search(rb"(?m)^METHOD:([A-Z]+)\r?$", invitation)
    return found[1].decode("ascii") if found else "PUBLISH"


def _file_name(name: str) -> str:
    """A name that leads into no folder."""
    return re.sub(r'[/\\:*?"<>|]', "-", one_line(name)).lstrip(".") or "attachment"


def _name_boundaries(message: EmailMessage, message_id: str) -> None:
    """Between the parts stands what comes from the message's id and can stand in none of them: no encoding of ours writes `=_`."""
    stem = hashlib.sha256(message_id.encode("utf-8")).hexdigest()[:24]
    for number, part in enumerate(_multiparts(message)):
        part.set_boundary(f"=_{stem}_{number}")


def _multiparts(message: EmailMessage) -> Iterator[EmailMessage]:
    return (part for part in message.walk() if part.is_multipart() and isinstance(part, EmailMessage))
