"""What a doctor says of one thing, and what it is told of."""

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from sigctl.cluster import Cluster
from sigctl.problem import Problem


class Verdict(StrEnum):
    """How well something is."""

    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"


class Finding(NamedTuple):
    """What was looked at, how well it is, what was found, and what to do."""

    about: str
    verdict: Verdict
    message: str
    advice: str = ""


class Patient(NamedTuple):
    """A workspace as it was read, what is wrong in its files, and what time it is in its time zone."""

    cluster: Cluster
    problems: tuple[Problem, ...]
    now: datetime

    @property
    def folder(self) -> Path:
        """Where it is."""
        return self.cluster.folder

    @property
    def is_sound(self) -> bool:
        """Whether its files can be worked with."""
        return not any(each.is_error for each in self.problems)

    @property
    def reminds(self) -> bool:
        """Whether its daily run sends mail."""
        return "reminders" in self.cluster.settings.daily.jobs


def good(about: str, message: str) -> Finding:
    """All is well."""
    return Finding(about, Verdict.GOOD, message)


def warning(about: str, message: str, advice: str) -> Finding:
    """Worth a look."""
    return Finding(about, Verdict.WARNING, message, advice)


def bad(about: str, message: str, advice: str) -> Finding:
    """Something will not work."""
    return Finding(about, Verdict.BAD, message, advice)
