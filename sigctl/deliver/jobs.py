"""When each job of the daily run last began and last succeeded, and what became of it."""

from datetime import UTC, datetime
from typing import Final, NamedTuple

from sigctl.deliver.state import Connection

SUCCEEDED: Final = "succeeded"
RUNNING: Final = "running"


class Job(NamedTuple):
    """What is known of a job. Times are aware; none where there was none. The outcome is `succeeded`, `running`, or what went wrong."""

    name: str
    began: datetime
    succeeded: datetime | None
    outcome: str

    @property
    def is_failed(self) -> bool:
        """Whether the last attempt came to an end that was no success."""
        return self.outcome not in (SUCCEEDED, RUNNING)


def began(connection: Connection, name: str, moment: datetime) -> None:
    """Note that a job begins."""
    connection.execute(
        "INSERT INTO job (name, began, outcome) VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET began = excluded.began, outcome = ?",
        (name, _text(moment), RUNNING, RUNNING),
    )


def succeeded(connection: Connection, name: str, moment: datetime) -> None:
    """Note that a job did all that it was to do."""
    connection.execute("UPDATE job SET succeeded = ?, outcome = ? WHERE name = ?", (_text(moment), SUCCEEDED, name))


def failed(connection: Connection, name: str, moment: datetime, outcome: str) -> None:
    """Note that a job did not do all that it was to do, and why, in one line without addresses; when it last succeeded stays known.

    The time is noted as it is in the zone of the moment, for people to read.
    """
    told = f"{' '.join(outcome.split())} at {moment:%H:%M on %Y-%m-%d}"
    connection.execute("UPDATE job SET outcome = ? WHERE name = ?", (told, name))


def jobs(connection: Connection) -> tuple[Job, ...]:
    """All jobs that ever began, by name."""
    rows = connection.execute("SELECT name, began, succeeded, outcome FROM job ORDER BY name")
    return tuple(Job(name, _moment(began), _moment(done) if done else None, outcome) for name, began, done, outcome in rows)


def fingerprint(connection: Connection, name: str) -> str:
    """By what the last success of a job is known again; empty where there is none."""
    row = connection.execute("SELECT value FROM about WHERE name = ?", (_about(name),)).fetchone()
    return str(row[0]) if row else ""


def remember(connection: Connection, name: str, fingerprint: str) -> None:
    """Note by what this success of a job is known again, for the next run to see that it has nothing to do."""
    connection.execute("INSERT OR REPLACE INTO about (name, value) VALUES (?, ?)", (_about(name), fingerprint))


def _about(name: str) -> str:
    return f"fingerprint of {name}"


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
