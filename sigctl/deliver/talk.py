"""One conversation with a mail server: reaching it, making it private, saying who we are, and hearing it out, each with an end."""

import base64
import contextlib
import io
import ipaddress
import re
import smtplib
import socket
import ssl
import time
from typing import Any, Final, NamedTuple

from sigctl.deliver.mail import MailError, one_line

OUR_NAME: Final = "[127.0.0.1]"
"""How we introduce ourselves: an address literal, which needs no slow question to the network about what this computer is called."""
_AT_THE_END: Final = 4
"""The server may look a message through before it answers for it, so that this answer has so many times the usual time."""
_CHUNK: Final = 64 * 1024
_LINES: Final = 200
"""So many lines an answer may have; a server that goes on and on is no server."""
_LONGEST: Final = 400


class Server(NamedTuple):
    """A mail server, how to speak to it, and in whose name. `timeout` is in seconds."""

    host: str
    port: int
    security: str
    user: str | None
    password: str | None
    timeout: float
    sender: str

    def __repr__(self) -> str:
        """The server without its password."""
        return f"Server({self.host}:{self.port}, {self.security})"


class _Slow(io.RawIOBase):
    """What a server says, read with a limit on the whole of each answer: one letter a minute is no way to answer."""

    def __init__(self, talk: "Talk") -> None:
        self._talk = talk

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """What has come, or TimeoutError where the time for the answer is over."""
        left = self._talk.until - time.monotonic()
        if left <= 0:
            raise TimeoutError("timed out")
        sock = self._talk.sock
        assert sock is not None
        sock.settimeout(left)
        try:
            return sock.recv_into(buffer)
        finally:
            sock.settimeout(self._talk.patience)


class Talk(smtplib.SMTP):
    """A conversation in which each answer must be whole within `patience` seconds."""

    def __init__(self, server: Server, **besides: Any) -> None:
        self.patience = server.timeout
        self.until = 0.0
        super().__init__(server.host, server.port, local_hostname=OUR_NAME, timeout=server.timeout, **besides)

    def getreply(self) -> tuple[int, bytes]:
        """The server's next answer. Raises SMTPServerDisconnected or TimeoutError."""
        self.until = time.monotonic() + self.patience
        if self.file is None:
            self.file = io.BufferedReader(_Slow(self))
        lines: list[bytes] = []
        while len(lines) < _LINES:
            line = self._line()
            lines.append(line[4:].strip(b" \t\r\n"))
            if line[3:4] != b"-" or not line[:3].isdigit():
                code = int(line[:3]) if line[:3].isdigit() else -1
                return code, b"\n".join(lines)
        self.close()
        raise smtplib.SMTPServerDisconnected("an answer without an end")

    def _line(self) -> bytes:
        assert self.file is not None
        try:
            line: bytes = self.file.readline(8193)
        except OSError:
            self.close()
            raise
        if not line or len(line) > 8192:
            self.close()
            raise smtplib.SMTPServerDisconnected("the connection was closed")
        return line

    def poured(self, content: bytes) -> tuple[int, bytes]:
        """Send a message and its end, and wait for what the server says to it."""
        quoted = re.sub(rb"(?m)^\.", b"..", content if content.endswith(b"\r\n") else content + b"\r\n") + b".\r\n"
        assert self.sock is not None
        for start in range(0, len(quoted), _CHUNK):
            self.sock.sendall(quoted[start : start + _CHUNK])
        usual, self.patience = self.patience, self.patience * _AT_THE_END
        try:
            return self.getreply()
        finally:
            self.patience = usual


class PrivateTalk(Talk, smtplib.SMTP_SSL):
    """The same, private from the beginning."""


def opened(server: Server) -> Talk:
    """A conversation that has come as far as the first message."""
    where = f"{server.host}, port {server.port}"
    if server.security == "none" and not _is_this_machine(server.host):
        advice = "write `security: starttls` (port 587) or `security: tls` (port 465) under `mail:` in sigctl.yaml"
        raise MailError(f"mail to {server.host} would travel openly, and the password with it", advice)
    talk = None
    try:
        talk = _greeted(server)
        _log_in(talk, server)
    except MailError:
        _forsake(talk)
        raise
    except (OSError, smtplib.SMTPException) as trouble:
        _forsake(talk)
        raise _in_plain_words(trouble, server, where) from None
    return talk


def _greeted(server: Server) -> Talk:
    """Reach the server, and make the conversation private."""
    context = None if server.security == "none" else ssl.create_default_context()
    talk = PrivateTalk(server, context=context) if server.security == "tls" else Talk(server)
    try:
        talk.ehlo_or_helo_if_needed()
        if server.security == "starttls":
            talk.starttls(context=context)
            talk.ehlo()
    except BaseException:
        _forsake(talk)
        raise
    return talk


def _forsake(talk: Talk | None) -> None:
    if talk is not None:
        talk.close()


def _is_this_machine(host: str) -> bool:
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    return host.lower() in ("localhost", "localhost.localdomain")


def _log_in(talk: Talk, server: Server) -> None:
    """Say who we are, where the server is to know it: by PLAIN (RFC 4616) or LOGIN, in UTF-8."""
    if server.user is None or server.password is None:
        return
    ways = talk.esmtp_features.get("auth", "").upper().split()
    if "PLAIN" in ways:
        code, _ = talk.docmd("AUTH", "PLAIN " + _in_letters("\0".join(("", server.user, server.password))))
    elif "LOGIN" in ways:
        code, _ = talk.docmd("AUTH", "LOGIN")
        for said in (server.user, server.password):
            if code == 334:
                code, _ = talk.docmd(_in_letters(said))
    else:
        raise _no_way_in(server, ways)
    if code not in (235, 503):
        raise _not_let_in(server, code)


def _in_letters(text: str) -> str:
    return base64.b64encode(text.encode("utf-8")).decode("ascii")


def _no_way_in(server: Server, ways: list[str]) -> MailError:
    offers = f"it offers {', '.join(ways)}" if ways else "it asks nobody to log in on this port"
    advice = "ask those who run it for a way to send with a name and a password, or leave `user:` out if it needs none"
    return MailError(f"{server.host} takes no name and password: {offers}", advice)


def _not_let_in(server: Server, code: int) -> MailError:
    """The server's no, by its number alone: its words may repeat what we told it, in letters of any kind."""
    if 400 <= code < 500:
        return MailError(f"{server.host} lets nobody in at the moment (its answer was {code})", "try again later")
    advice = "check `user:` under `mail:` in sigctl.yaml, and the password; some providers want a password made for programs"
    return MailError(f"{server.host} does not accept the name and password (its answer was {max(code, 0)})", advice)


def _in_plain_words(trouble: Exception, server: Server, where: str) -> MailError:
    """Why a server could not be reached, for people."""
    online = "check `server:` and `port:` under `mail:` in sigctl.yaml, and that this computer is online; what waits is sent next time"
    match trouble:
        case socket.gaierror():
            return MailError(f"there is no mail server {server.host}, or this computer is not online", online)
        case TimeoutError():
            advice = "port 465 needs `security: tls`" if server.port == 465 and server.security != "tls" else online
            return MailError(f"{where} did not answer within {server.timeout:g} seconds", advice)
        case ssl.SSLCertVerificationError():
            advice = "write the server's name as its certificate has it, and check the clock of this computer; nothing was sent"
            return MailError(f"the certificate of {where} cannot be trusted: {trouble.verify_message}", advice)
        case ssl.SSLError():
            advice = "port 587 most often goes with `security: starttls`, port 465 with `security: tls`"
            return MailError(f"no private connection with {where} came about", advice)
        case smtplib.SMTPNotSupportedError():
            advice = "try `security: tls` with port 465, or ask those who run it; nothing was sent"
            return MailError(f"{where} does not offer a private connection (STARTTLS)", advice)
        case smtplib.SMTPResponseException():
            return MailError(f"{where} turns us away: {trouble.smtp_code} {plain_words(trouble.smtp_error)}".rstrip(), "try again later")
        case ConnectionRefusedError():
            return MailError(f"nobody takes mail at {where}", online)
        case _:
            return MailError(f"{where} ended the connection", online)


def plain_words(words: bytes | str) -> str:
    """What a server says, in one line that steers no terminal; longer than it is told, so that no name in it is cut before it is hidden."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return one_line(without_addresses(text, ""))[:_LONGEST]


def without_addresses(text: str, besides: str) -> str:
    """A server's words without the address that it was told, without what stands before its @, and without any other address."""
    for each in filter(None, (besides, besides.rpartition("@")[0])):
        text = re.sub(rf"(?<![\w.+-]){re.escape(each)}(?![\w+-])", "\u2026", text, flags=re.IGNORECASE)
    return re.sub(r"[^\s<>()\[\]\"',;:]+@[^\s<>()\[\]\"',;:]+", "\u2026", text)
