"""What the tests of this folder share: sigctl run in this process, a home where nothing of ours is remembered, a workspace at work."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hardened import DRAFT, TODAY, hardened


@dataclass(frozen=True)
class Outcome:
    """What a run of sigctl left: its exit code and what it said."""

    code: int
    out: str
    err: str


Run = Callable[..., Outcome]
POLL = """\
Participant,Email,2026-11-10,2026-11-11
Siân Llwyd,canary-address-3@example.org,OK,
Nobody At All,canary-address-9@example.org,OK,OK
Ann Enghraifft,canary-address-1@example.org,,OK
"""
"""An answer to when people are free, with an address that nobody has."""


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder that is empty."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(folder))
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM", "SIGCTL_DEBUG", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture
def sigctl(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run sigctl in this process."""
    from sigctl.commands.run import run

    def call(*arguments: object) -> Outcome:
        capsys.readouterr()
        code = run([str(each) for each in arguments])
        return Outcome(int(code), *capsys.readouterr())

    return call


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace to be copied, in which a lot goes on.

    There is a published rota and another draft, calendars are written, and of the messages one was refused, of one nobody knows
    whether it arrived, and the others wait, since there is no mail server. Beside it lies a poll.
    """
    from sigctl.commands.run import run
    from sigctl.deliver.outbox import Outbox
    from sigctl.deliver.state import state

    folder = hardened(tmp_path_factory.mktemp("busy") / "work")
    with pytest.MonkeyPatch.context() as around:
        around.setenv("HOME", str(tmp_path_factory.mktemp("home")))
        for command, code in (("rota publish", 0), ("calendar", 0), ("outbox confirm", 0), ("remind", 5)):
            today = () if command == "outbox confirm" else TODAY
            assert run([*command.split(), "-w", str(folder), *today]) == code, command
    moment = datetime(2026, 9, 21, 7, 0, tzinfo=UTC)
    with state(folder) as connection:
        outbox = Outbox(connection)
        for number in (1, 2):
            assert outbox.begin(number, moment)
        outbox.refused(1, "550 5.1.1 no such user here", moment)
        outbox.unknown(2, "", moment)
        assert len(outbox.entries()) > 2
    (folder / "rotas" / "round-4.draft.yaml").write_text(
        DRAFT.replace("2027-01-26, 2027-01-27", "2027-02-02, 2027-02-03"), encoding="utf-8"
    )
    (folder.parent / "poll.csv").write_text(POLL, encoding="utf-8")
    return folder
