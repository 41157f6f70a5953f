"""A conversation with a mail server: one message after the other, each with what became of it. Every wait has an end.

It works below `smtplib.sendmail`, since that does not tell at which step a message failed: before the server had it, or perhaps after.
"""

import contextlib
import smtplib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, Literal, NamedTuple

from sigctl.deliver.mail import MailError, plain_address
from sigctl.deliver.talk import Server, Talk, opened, plain_words, without_addresses

__all__ = ["Answer", "Connection", "MailError", "Server", "connected"]

Verdict = Literal["accepted", "refused", "deferred", "unknown"]
"""What became of a message: the server has it, will never take it, may take it later; or nobody can tell whether it has it."""

_GONE: Final = (smtplib.SMTPServerDisconnected, OSError)
_CLOSING: Final = 421
_LOG_IN_FIRST: Final = 530
_TOO_LARGE: Final = 552
_LONGEST: Final = 200
"""So many letters of an answer are kept."""


class Answer(NamedTuple):
    """What became of a message, with the server's code and its words in one line, without addresses; 0 where it said nothing."""

    verdict: Verdict
    code: int
    text: str


@contextmanager
def connected(server: Server) -> Iterator["Connection"]:
    """A conversation with a server. Raises MailError where it cannot be reached, is not private, or does not let us in."""
    connection = Connection(server)
    connection.open()
    try:
        yield connection
    finally:
        connection.close()


class Connection:
    """A conversation that goes on over many messages; where the server ends it, the next message begins a new one."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._talk: Talk | None = None
        self._is_fresh = False

    def open(self) -> None:
        """Begin the conversation. Raises MailError."""
        self._talk, self._is_fresh = opened(self._server), True

    def close(self) -> None:
        """Take leave, if there is anybody to take leave of."""
        talk, self._talk = self._talk, None
        if talk is not None:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                talk.patience = min(talk.patience, 5.0)
                talk.quit()
            talk.close()

    def send(self, recipient: str, content: bytes, before_data: Callable[[], bool]) -> Answer:
        """Hand one message over. `before_data` is called last before the server gets it; where it says no, the message stays here.

        Raises MailError where the conversation has to begin anew and cannot, or the server takes nothing from us at all.
        """
        try:
            recipient = plain_address(recipient)
        except MailError as wrong:
            return Answer("refused", 0, wrong.message)
        if self._talk is None:
            self.open()
        answer = self._announced(recipient, content)
        if answer is not None and not self._is_fresh and self._talk is None:
            self.open()
            answer = self._announced(recipient, content)
        if answer is None:
            answer = self._handed_over(content, before_data)
        self._is_fresh = False
        return answer._replace(text=without_addresses(answer.text, recipient)[:_LONGEST])

    def _announced(self, recipient: str, content: bytes) -> Answer | None:
        """Say from whom and to whom; what the server has against it, if anything. It has nothing of the message yet."""
        talk = self._talk
        assert talk is not None
        size = [f"size={len(content)}"] if talk.has_extn("size") else []
        try:
            code, words = talk.mail(plain_address(self._server.sender), size)
            self._refuse_refusal_of_ourselves(code, words, is_about_us=500 <= code < 600 and code != _TOO_LARGE)
            if 200 <= code < 300:
                code, words = talk.rcpt(recipient)
                self._refuse_refusal_of_ourselves(code, words, is_about_us=code == _LOG_IN_FIRST)
            if not 200 <= code < 300:
                return self._declined(code, words)
        except _GONE as trouble:
            return self._dropped("deferred", trouble)
        return None

    def _refuse_refusal_of_ourselves(self, code: int, words: bytes, *, is_about_us: bool) -> None:
        """Stop where the server objects to the sender, which is no fault of this message: each of the others would be refused as well."""
        if is_about_us:
            self._hang_up()
            advice = "check `from:`, `user:` and the password under `mail:` in sigctl.yaml; what was not sent waits"
            said = without_addresses(without_addresses(plain_words(words), self._server.sender), self._server.user or "")
            raise MailError(f"{self._server.host} takes no mail from the sender: {code} {said[:_LONGEST]}", advice)

    def _handed_over(self, content: bytes, before_data: Callable[[], bool]) -> Answer:
        if not before_data():
            self._start_over()
            return Answer("deferred", 0, "not sent: it is no longer ours to send")
        talk = self._talk
        assert talk is not None
        try:
            code, words = talk.docmd("DATA")
        except _GONE as trouble:
            return self._dropped("deferred", trouble)
        if code != 354:
            return self._declined(code, words)
        try:
            return self._ended(*talk.poured(content))
        except _GONE as trouble:
            return self._dropped("unknown", trouble)
        except BaseException:
            self._hang_up()
            raise

    def _ended(self, code: int, words: bytes) -> Answer:
        """What the server says once it has all of the message."""
        if 200 <= code < 300:
            return Answer("accepted", code, plain_words(words))
        if 400 <= code < 600:
            return self._declined(code, words, is_over=True)
        self._hang_up()
        return Answer("unknown", max(code, 0), "the mail server gave an answer that nobody understands")

    def _declined(self, code: int, words: bytes, *, is_over: bool = False) -> Answer:
        """A no for good, or for now; afterwards the server is ready for the next message, or gone."""
        if code == _CLOSING:
            self._hang_up()
        elif not is_over:
            self._start_over()
        return Answer("refused" if 500 <= code < 600 else "deferred", max(code, 0), plain_words(words))

    def _dropped(self, verdict: Verdict, trouble: Exception) -> Answer:
        self._hang_up()
        seconds = f"{self._server.timeout:g}"
        slow = isinstance(trouble, TimeoutError) or isinstance(trouble.__context__, TimeoutError)
        told = f"the mail server did not answer within {seconds} seconds" if slow else "the mail server ended the connection"
        return Answer(verdict, 0, told)

    def _start_over(self) -> None:
        """Let the server forget the message that it was told of."""
        try:
            if self._talk is not None and self._talk.docmd("RSET")[0] != 250:
                self._hang_up()
        except _GONE:
            self._hang_up()

    def _hang_up(self) -> None:
        if self._talk is not None:
            self._talk.close()
        self._talk = None
