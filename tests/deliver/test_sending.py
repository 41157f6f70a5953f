"""What leaves, and what becomes of it: against a real mail server, with processes that are killed at every step."""

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from dying import draft, now, run
from postbox import Postbox, Talk, at, greeting, mail_server, one_message, played

from sigctl.deliver.outbox import Outbox, State
from sigctl.deliver.sending import Tally, send, to_be_stopped
from sigctl.deliver.smtp import MailError, Server
from sigctl.deliver.state import state
from sigctl.deliver.witness import standing

POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows cannot fork, and has no SIGKILL")
HERE = Path(__file__).parent
FIRST = datetime.fromisoformat("2026-11-23T06:00:00+00:00")


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))


@contextmanager
def outbox_of(folder: Path) -> Iterator[Outbox]:
    folder.mkdir(exist_ok=True)
    with state(folder) as connection:
        yield Outbox(connection)


def sent(outbox: Outbox, server: Server, moment: datetime | None = None, at_most: int = 100) -> Tally:
    return send(outbox, server, at_most, (lambda: moment) if moment else now, lambda: False)


def states(outbox: Outbox) -> list[State]:
    return [each.state for each in outbox.entries()]


# killed


@POSIX
def test_killed_before_any_statement_nobody_gets_two_and_nobody_is_lost(tmp_path: Path) -> None:
    box = Postbox()
    with mail_server(box) as server:
        command = [sys.executable, str(HERE / "dying.py"), str(tmp_path), str(server.port), "2"]
        around = {**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE), str(HERE.parent), str(HERE.parents[1])])}
        done = subprocess.run(command, env=around, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
        cases, unsure = int(done.stdout), 0
        assert cases > 30
        assert max(Counter(box.to).values()) == 1
        for case in range(cases + 1):
            with outbox_of(tmp_path / f"case-{case}") as outbox:
                entries = outbox.entries()
                assert [each.person for each in entries] == [f"case-{case}-person-{number}" for number in (0, 1)]
                for each in entries:
                    assert each.state in (State.ACCEPTED, State.UNKNOWN)
                    assert each.state is State.UNKNOWN or each.address in box.to
                    unsure += each.state is State.UNKNOWN and outbox.retry(each.number, now())
                sent(outbox, server)
                assert states(outbox) == [State.ACCEPTED] * 2
        assert unsure
        assert set(Counter(box.to).values()) == {1, 2}
        assert sum(Counter(box.to).values()) - 2 * (cases + 1) <= unsure


@POSIX
@pytest.mark.parametrize("takes_it", [True, False])
def test_killed_while_the_server_has_the_message_it_is_unknown(tmp_path: Path, takes_it: bool) -> None:
    box, child = Postbox(), 0

    def kill(address: str) -> str:
        if address.startswith("ben") and len(box.taken) == 1:
            os.kill(child, signal.SIGKILL)
            return "250 OK" if takes_it else "451 later"
        return "250 OK"

    box.data = kill
    people = ["ann", "ben", "cat"]
    with mail_server(box) as server:
        code = f"from dying import run; from pathlib import Path; run(Path({str(tmp_path / 'w')!r}), {server.port}, {people!r})"
        around = {**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE), str(HERE.parent), str(HERE.parents[1])])}
        process = subprocess.Popen([sys.executable, "-c", code], env=around)
        child = process.pid
        assert process.wait(60) == -signal.SIGKILL
        for _ in range(2):
            run(tmp_path / "w", server.port, people)
        assert Counter(box.to) == Counter({f"{each}@example.org": 1 for each in (people if takes_it else ["ann", "cat"])})
        with outbox_of(tmp_path / "w") as outbox:
            assert states(outbox) == [State.ACCEPTED, State.UNKNOWN, State.ACCEPTED]
            assert outbox.retry(2, now())
            sent(outbox, server)
            assert states(outbox) == [State.ACCEPTED] * 3
            assert Counter(box.to)["ben@example.org"] == 1 + takes_it


@POSIX
@pytest.mark.parametrize("stage", ["begun", "data", "half", "whole"])
def test_killed_on_the_way_it_is_unknown_and_the_others_leave_with_the_next_run(tmp_path: Path, stage: str) -> None:
    """The server hears of the message, takes the word DATA, has half of it, or all of it and has not answered."""
    running: list[subprocess.Popen[bytes]] = []

    def kills(talk: Talk) -> None:
        greeting(talk)
        talk.until("DATA")
        if stage != "begun":
            talk.say("354 go on")
        if stage == "half":
            talk.hear()
        if stage == "whole":
            talk.hear_message()
        running[0].kill()

    people = ["ann", "ben", "cat"]
    around = {**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE), str(HERE.parent), str(HERE.parents[1])])}
    with played(kills) as server:
        code = f"from dying import run; from pathlib import Path; run(Path({str(tmp_path / 'w')!r}), {server.port}, {people!r})"
        running.append(subprocess.Popen([sys.executable, "-c", f"input(); {code}"], env=around, stdin=subprocess.PIPE))
        running[0].communicate(b"\n", timeout=60)
        assert running[0].returncode == -signal.SIGKILL
    box = Postbox()
    with mail_server(box) as server:
        for _ in range(2):
            run(tmp_path / "w", server.port, people)
    assert box.to == ["ben@example.org", "cat@example.org"]
    with outbox_of(tmp_path / "w") as outbox:
        assert states(outbox) == [State.UNKNOWN, State.ACCEPTED, State.ACCEPTED]


# what the server says


def test_refused_by_one_does_not_keep_the_others_waiting(tmp_path: Path) -> None:
    box = Postbox(rcpt=lambda address: "550 no such user" if address.startswith("ben") else "250 OK")
    with mail_server(box) as server, outbox_of(tmp_path) as outbox:
        outbox.plan([draft("ann"), draft("ben"), draft("cat")], FIRST)
        assert sent(outbox, server) == Tally(accepted=2, refused=1)
        assert states(outbox) == [State.ACCEPTED, State.REFUSED, State.ACCEPTED]
        refused = outbox.entry(2)
        assert refused
        assert refused.answer == "550 no such user"
        assert sent(outbox, server) == Tally()
        assert box.to == ["ann@example.org", "cat@example.org"]


def test_a_server_that_asks_for_patience_gets_it_and_the_message_later(tmp_path: Path) -> None:
    answers = iter(["451 greylisted", "250 OK"])
    box = Postbox(rcpt=lambda address: next(answers))
    with mail_server(box) as server, outbox_of(tmp_path) as outbox:
        outbox.plan([draft("ann")], FIRST)
        assert sent(outbox, server, FIRST) == Tally(deferred=1)
        assert sent(outbox, server, FIRST + timedelta(minutes=14)) == Tally()
        assert sent(outbox, server, FIRST + timedelta(minutes=15)) == Tally(accepted=1)
        assert box.to == ["ann@example.org"]


def test_put_off_for_three_days_it_is_told_to_be_refused(tmp_path: Path) -> None:
    with mail_server(Postbox(rcpt=lambda address: "451 later")) as server, outbox_of(tmp_path) as outbox:
        outbox.plan([draft("ann")], FIRST)
        assert sent(outbox, server, FIRST) == Tally(deferred=1)
        assert sent(outbox, server, FIRST + timedelta(days=3)) == Tally(refused=1)
        assert states(outbox) == [State.REFUSED]


def test_a_server_that_goes_away_on_the_way_leaves_the_rest_and_what_became_of_the_others_is_told(tmp_path: Path) -> None:
    def breaks(talk: Talk) -> None:
        greeting(talk)
        talk.until("DATA")
        talk.say("354 go on")
        talk.hear_message()
        talk.drop()

    def is_closed(talk: Talk) -> None:
        talk.say("421 closing")

    with played(breaks, is_closed) as server, outbox_of(tmp_path) as outbox:
        outbox.plan([draft(f"person-{number}") for number in range(4)], FIRST)
        tally = sent(outbox, server)
        assert tally[:5] == Tally(unknown=1, waiting=3)[:5]
        assert tally.trouble
        assert tally.trouble.message
        assert (tally.tried, tally.number) == (1, 4)
        assert states(outbox) == [State.UNKNOWN] + [State.PLANNED] * 3
        with pytest.raises(MailError):
            sent(outbox, server)


def test_without_a_server_nothing_is_lost(tmp_path: Path) -> None:
    box = Postbox()
    with outbox_of(tmp_path) as outbox:
        outbox.plan([draft("ann")], FIRST)
        with mail_server(box) as server:
            pass
        with pytest.raises(MailError):
            sent(outbox, at(server.port))
        assert states(outbox) == [State.PLANNED]
        with mail_server(box) as server:
            assert sent(outbox, server) == Tally(accepted=1)
    assert box.to == ["ann@example.org"]


def test_a_connection_that_breaks_while_the_message_leaves_makes_it_unknown_and_the_next_one_leaves(tmp_path: Path) -> None:
    def breaks(talk: Talk) -> None:
        greeting(talk)
        talk.until("DATA")
        talk.say("354 go on")
        talk.hear_message()
        talk.drop()

    def works(talk: Talk) -> None:
        greeting(talk)
        one_message(talk)
        talk.hang()

    with played(breaks, works) as server, outbox_of(tmp_path) as outbox:
        outbox.plan([draft("ann"), draft("ben")], FIRST)
        assert sent(outbox, server) == Tally(unknown=1, accepted=1)
        assert states(outbox) == [State.UNKNOWN, State.ACCEPTED]
        assert sent(outbox, server) == Tally()


def test_a_server_that_falls_silent_again_and_again_leaves_the_rest_for_the_next_run(tmp_path: Path) -> None:
    def breaks(talk: Talk) -> None:
        greeting(talk)
        talk.until("DATA")
        talk.say("354 go on")
        talk.hear_message()
        talk.drop()

    with played(breaks) as server, outbox_of(tmp_path) as outbox:
        outbox.plan([draft(f"person-{number}") for number in range(10)], FIRST)
        tally = sent(outbox, server)
        assert tally[:5] == Tally(unknown=3, waiting=7)[:5]
        assert tally.trouble
        assert "silent" in tally.trouble.message
        assert states(outbox) == [State.UNKNOWN] * 3 + [State.PLANNED] * 7


def test_a_ceiling_lets_the_rest_leave_with_the_next_run(tmp_path: Path) -> None:
    box = Postbox()
    with mail_server(box) as server, outbox_of(tmp_path) as outbox:
        outbox.plan([draft(f"person-{number}") for number in range(5)], FIRST)
        assert sent(outbox, server, at_most=2) == Tally(accepted=2, waiting=3)
        assert len(box.to) == 2
        assert sent(outbox, server, at_most=3) == Tally(accepted=3)
        assert sorted(box.to) == [f"person-{number}@example.org" for number in range(5)]


def test_what_the_server_puts_off_does_not_stand_before_what_is_new(tmp_path: Path) -> None:
    box = Postbox(rcpt=lambda address: "451 later" if address.startswith("ann") else "250 OK")
    with mail_server(box) as server, outbox_of(tmp_path) as outbox:
        outbox.plan([draft("ann")], FIRST)
        sent(outbox, server, FIRST)
        outbox.plan([draft("ben")], FIRST)
        assert sent(outbox, server, FIRST + timedelta(days=1), at_most=1) == Tally(accepted=1, waiting=1)
        assert box.to == ["ben@example.org"]


# stopped


def test_asked_to_stop_it_ends_between_two_messages(tmp_path: Path) -> None:
    box = Postbox()
    with mail_server(box) as server, outbox_of(tmp_path) as outbox:
        outbox.plan([draft(f"person-{number}") for number in range(4)], FIRST)
        tally = send(outbox, server, 100, now, lambda: len(box.taken) == 2)
        assert tally[:5] == Tally(accepted=2, waiting=2)[:5]
        assert tally.trouble
        assert "asked to end" in tally.trouble.message
        assert states(outbox) == [State.ACCEPTED] * 2 + [State.PLANNED] * 2


def test_an_accident_while_a_message_leaves_makes_it_unknown_at_once(tmp_path: Path) -> None:
    def hangs(talk: Talk) -> None:
        greeting(talk)
        talk.until("DATA")
        talk.say("354 go on")
        talk.hear_message()
        os.kill(os.getpid(), signal.SIGINT)
        talk.over.wait(0.2)
        os.kill(os.getpid(), signal.SIGINT)
        talk.hang()

    with played(hangs) as server, outbox_of(tmp_path) as outbox:
        outbox.plan([draft("ann"), draft("ben")], FIRST)
        with pytest.raises(KeyboardInterrupt), to_be_stopped() as stopped:
            send(outbox, server._replace(timeout=30.0), 100, now, stopped)
        assert states(outbox) == [State.UNKNOWN, State.PLANNED]


def test_a_wish_to_end_is_kept_until_the_work_inside_is_done() -> None:
    done = []

    def ended() -> None:
        with to_be_stopped() as stopped:
            assert not stopped()
            signal.raise_signal(signal.SIGINT)
            assert stopped()
            done.append("all")

    with pytest.raises(KeyboardInterrupt):
        ended()
    assert done == ["all"]


def test_a_wish_that_nobody_is_to_hear_is_not_heard() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with to_be_stopped() as stopped:
            signal.raise_signal(signal.SIGINT)
            assert not stopped()
    finally:
        signal.signal(signal.SIGINT, before)


@POSIX
def test_a_killed_run_keeps_its_standing(tmp_path: Path) -> None:
    """A stop between the state and the note beside it is no reason to ask anybody: counted in all cases of the first test."""
    with mail_server(Postbox()) as server:
        run(tmp_path / "w", server.port, ["ann"])
    with state(tmp_path / "w") as connection:
        assert standing(tmp_path / "w", connection) == "confirmed"
