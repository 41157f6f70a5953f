"""From the outbox to the mail server, one message after the other, so that nothing leaves twice and nothing is lost. Knows no schools."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from types import FrameType
from typing import TYPE_CHECKING, Final, NamedTuple

from sigctl.deliver.mail import MailError
from sigctl.deliver.outbox import STOPPED, Entry, Outbox

if TYPE_CHECKING:
    from sigctl.deliver.smtp import Answer, Connection, Server

_PATIENCE: Final = 3
"""After so many messages in a row at which the server fell silent, the rest waits for the next run."""
_CLOSING: Final = 421
"""What a server says when it ends the conversation."""
_SILENCE: Final = MailError(f"the mail server fell silent {_PATIENCE} times in a row", "the next run goes on")
_END: Final = MailError("sigctl was asked to end", "the next run goes on")

_WISHES: Final = tuple(signal.Signals[name] for name in ("SIGTERM", "SIGINT", "SIGHUP") if name in signal.Signals.__members__)
"""How a process is asked to end; whoever is not to hear of one has had it ignored."""


class Tally(NamedTuple):
    """What became of the messages of a run; `waiting` are those that could have left and wait for the next one.

    `trouble` tells why they wait, where it was not that so many had left already.
    """

    accepted: int = 0
    deferred: int = 0
    refused: int = 0
    unknown: int = 0
    waiting: int = 0
    trouble: MailError | None = None

    @property
    def number(self) -> int:
        """How many messages there were."""
        return self.tried + self.waiting

    @property
    def tried(self) -> int:
        """How many messages something became of."""
        return self.accepted + self.deferred + self.refused + self.unknown


def send(outbox: Outbox, server: "Server", at_most: int, clock: Callable[[], datetime], stopped: Callable[[], bool]) -> Tally:
    """Send what is ready, `at_most` so many, and record what became of each before the next.

    Ends early, between two messages, when `stopped` says so or the server has fallen silent; what was not sent waits. Raises MailError
    where the server cannot be reached, or does not let us in, before anything has become of any message.
    """
    ready = outbox.ready(clock())
    if not ready:
        return Tally()
    from sigctl.deliver.smtp import connected

    tally, silent = Tally(), 0
    with connected(server) as connection:
        for done, entry in enumerate(ready):
            trouble = _END if stopped() else _SILENCE if silent == _PATIENCE else None
            if done == at_most or trouble:
                return tally._replace(waiting=len(ready) - done, trouble=trouble)
            try:
                answer = _send_one(outbox, connection, entry, clock)
            except MailError as wrong:
                if not tally.tried:
                    raise
                return tally._replace(waiting=len(ready) - done, trouble=wrong)
            if answer is not None:
                tally = tally._replace(**{answer.verdict: getattr(tally, answer.verdict) + 1})
                silent = silent + 1 if _is_silence(answer) else 0
    return tally


def _send_one(outbox: Outbox, connection: "Connection", entry: Entry, clock: Callable[[], datetime]) -> "Answer | None":
    """Send a message and record what became of it; None where another sender has it."""
    begun: list[bool] = []

    def begin() -> bool:
        begun.append(outbox.begin(entry.number, clock()))
        return begun[-1]

    content = outbox.content(entry.number)
    if not content:
        return None
    try:
        answer = connection.send(entry.address, content, begin)
    except BaseException:
        if any(begun):
            outbox.unknown(entry.number, STOPPED, clock())
        raise
    if begun == [False]:
        return None
    said, moment = f"{answer.code} {answer.text}" if answer.code else answer.text, clock()
    if answer.verdict == "deferred":
        return answer if outbox.deferred(entry.number, said, moment) else answer._replace(verdict="refused")
    record = {"accepted": outbox.accepted, "refused": outbox.refused, "unknown": outbox.unknown}
    record[answer.verdict](entry.number, said, moment)
    return answer


def _is_silence(answer: "Answer") -> bool:
    return answer.verdict in ("deferred", "unknown") and answer.code in (0, _CLOSING)


@contextmanager
def to_be_stopped() -> Iterator[Callable[[], bool]]:
    """Let Ctrl-C, a closed window and the system's wish to end wait until the work inside has come to a good place; says whether one came.

    Afterwards the process is ended in the way in which it would have been; so it is at once where somebody insists.
    """
    came: list[int] = []

    def remember(number: int, frame: FrameType | None) -> None:
        came.append(number)
        handler = before[signal.Signals(number)]
        if len(came) > 1 and callable(handler):
            handler(number, frame)

    heard = [each for each in _WISHES if signal.getsignal(each) is not signal.SIG_IGN]
    before = {each: signal.signal(each, remember) for each in heard if threading.current_thread() is threading.main_thread()}
    try:
        yield lambda: bool(came)
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
    if came:
        signal.raise_signal(came[0])
