"""Mail servers for tests, on loopback: a real one that keeps what it takes, and one that plays any part, line by line."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from sigctl.deliver.smtp import Server


@dataclass
class Postbox:
    """What a mail server does with what it is told, and what it has taken, in order: to whom, and the message."""

    taken: list[tuple[str, bytes]] = field(default_factory=list)
    rcpt: Callable[[str], str] = lambda address: "250 OK"
    data: Callable[[str], str] = lambda address: "250 OK"
    greeted_as: set[str] = field(default_factory=set)

    async def handle_EHLO(self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]) -> list[str]:  # noqa: N802
        self.greeted_as.add(hostname)
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:  # noqa: N802
        said = self.rcpt(address)
        if said.startswith("2"):
            envelope.rcpt_tos.append(address)
        return said

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        said = self.data(envelope.rcpt_tos[0])
        if said.startswith("2"):
            self.taken += [(each, bytes(envelope.original_content or b"")) for each in envelope.rcpt_tos]
        return said

    @property
    def messages(self) -> list[EmailMessage]:
        """What was taken, as messages."""
        return [parsed(content) for _, content in self.taken]

    @property
    def to(self) -> list[str]:
        """To whom the messages went."""
        return [address for address, _ in self.taken]


def parsed(content: bytes) -> EmailMessage:
    found = message_from_bytes(content, policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


class _Controller(Controller):
    """On a port that the system chooses."""

    def _trigger_server(self) -> None:
        if self.server is not None:
            self.port = self.server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        super()._trigger_server()


@contextmanager
def mail_server(box: Postbox, **settings: Any) -> Iterator[Server]:
    """A real mail server that does what the box says."""
    controller = _Controller(box, hostname="127.0.0.1", port=0, ready_timeout=20, **settings)
    controller.start()
    try:
        yield at(controller.port)
    finally:
        controller.stop(no_assert=True)


def login(user: str, password: str) -> dict[str, Any]:
    """Settings of a server that lets in whoever knows the password."""

    def authenticator(server: SMTP, session: Session, envelope: Envelope, mechanism: str, told: LoginPassword) -> AuthResult:
        return AuthResult(success=(told.login, told.password) == (user.encode(), password.encode()), handled=False)

    return {"authenticator": authenticator, "auth_required": True, "auth_require_tls": False}


def at(port: int, **changed: Any) -> Server:
    """A server on this machine."""
    return Server("127.0.0.1", port, "none", None, None, 5.0, "ysgrifennydd@example.org")._replace(**changed)


class Talk:
    """The server's side of one conversation: says lines, and hears them."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.file = sock.makefile("rb")
        self.over = threading.Event()

    def say(self, *lines: str) -> None:
        self.sock.sendall("".join(f"{line}\r\n" for line in lines).encode())

    def hear(self) -> str:
        line: bytes = self.file.readline()
        if not line:
            raise ConnectionError("the client left")
        return line.decode().rstrip("\r\n")

    def hear_message(self) -> bytes:
        lines = []
        while (line := self.file.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b"."))
        return b"".join(lines)

    def until(self, word: str, answers: str = "250 OK") -> str:
        """Answer everything until a command comes that begins with a word, which is given back unanswered."""
        while not (said := self.hear()).upper().startswith(word):
            self.say(answers)
        return said

    def hang(self) -> None:
        """Say nothing any more until the test is over, or the client leaves."""
        with suppress(OSError):
            while self.sock.recv(65536):
                pass

    def drop(self) -> None:
        raise ConnectionError("dropped")


@contextmanager
def played(*parts: Callable[[Talk], None]) -> Iterator[Server]:
    """A server that plays one part a connection, in order, and the last one again and again."""
    listening = socket.create_server(("127.0.0.1", 0))
    talks: list[Talk] = []

    def play() -> None:
        number = 0
        with suppress(OSError):
            while True:
                sock, _ = listening.accept()
                talks.append(Talk(sock))
                part = parts[min(number, len(parts) - 1)]
                threading.Thread(target=_one, args=(part, talks[-1]), daemon=True).start()
                number += 1

    threading.Thread(target=play, daemon=True).start()
    try:
        yield at(listening.getsockname()[1], timeout=0.4)
    finally:
        _shut(listening)
        for each in talks:
            _shut(each.sock)


def _one(part: Callable[[Talk], None], talk: Talk) -> None:
    with suppress(OSError, ssl.SSLError):
        part(talk)
    _shut(talk.sock)


def _shut(sock: socket.socket) -> None:
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)
    sock.close()


def greeting(talk: Talk) -> None:
    """As far as the first message."""
    talk.say("220 post.example.org ESMTP")
    talk.until("EHLO")
    talk.say("250-post.example.org", "250 8BITMIME")


def one_message(talk: Talk, last: str = "250 2.0.0 queued") -> bytes:
    """Take one message, whatever it is, and say the last word to it."""
    talk.until("DATA")
    talk.say("354 go on")
    content = talk.hear_message()
    talk.say(last)
    return content
