"""A sender that can be killed before any of its statements to the state, at any of its steps. Run as a program, it forks one a case.

    python dying.py FOLDER PORT MESSAGES

Each case is a folder `case-K` with a state of its own: its first run is killed before its K-th statement, its second goes to its end. It
goes on until a first run ended by itself, and prints how many cases there were.
"""

import os
import signal
import sqlite3
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from sigctl.deliver.outbox import Draft, Outbox
from sigctl.deliver.sending import send
from sigctl.deliver.smtp import Server
from sigctl.deliver.state import state
from sigctl.deliver.witness import advance, confirm, count, standing
from sigctl.notice import Notice

DUE = date(2026, 11, 20)
TEXT = "From: a@example.org\r\nTo: {0}\r\nSubject: Remember\r\nMessage-ID: <{0}>\r\n\r\nDear {0}\r\n"


def draft(person: str, *subjects: str) -> Draft:
    """A message that tells somebody of some things."""
    notices = tuple(Notice(person, "action-due", each, DUE) for each in (subjects or ("a-1",)))
    address = f"{person}@example.org"
    return Draft(
        "remind", person, address, "Remember", notices, TEXT.format(address).encode(), f"<{person}-{'-'.join(subjects)}@example.org>"
    )


def now() -> datetime:
    return datetime.now(UTC)


def run(workspace: Path, port: int, people: list[str], kill_before: int = -1) -> int:
    """What `sigctl remind` does, as far as the state and the server are concerned; returns how many statements that took."""
    workspace.mkdir(exist_ok=True)
    counted = 0

    def before(statement: str) -> None:
        nonlocal counted
        if counted == kill_before:
            os.kill(os.getpid(), signal.SIGKILL)
        counted += 1

    with state(workspace) as connection:
        connection.set_trace_callback(before)
        through(workspace, connection, port, people)
        connection.set_trace_callback(None)
    return counted


def through(workspace: Path, connection: sqlite3.Connection, port: int, people: list[str]) -> None:
    if standing(workspace, connection) == "new":
        confirm(workspace, connection)
    outbox = Outbox(connection, lambda: count(workspace))
    outbox.interrupted(now())
    known = {notice.person for notice in outbox.known()}
    outbox.plan([draft(each) for each in people if each not in known], now())
    assert standing(workspace, connection) == "confirmed"
    advance(workspace, connection)
    send(outbox, Server("127.0.0.1", port, "none", None, None, 5.0, "a@example.org"), 100, now, lambda: False)
    advance(workspace, connection)


def forked(workspace: Path, port: int, people: list[str], kill_before: int = -1) -> bool:
    """Run in a process of its own; says whether it came to its end."""
    child = os.fork()
    if child == 0:
        try:
            run(workspace, port, people, kill_before)
            os._exit(0)
        except BaseException as trouble:
            print(repr(trouble), file=sys.stderr, flush=True)
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFEXITED(status)


def main(folder: Path, port: int, messages: int) -> None:
    case, ended = -1, False
    while not ended:
        case += 1
        people = [f"case-{case}-person-{number}" for number in range(messages)]
        ended = forked(folder / f"case-{case}", port, people, case)
        assert forked(folder / f"case-{case}", port, people)
    print(case)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
