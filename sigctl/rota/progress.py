"""How far a search is, as a value, and the one way to stop it."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a search is: what it is doing, the best found and the bound for a goal (days or kilometres), visits placed."""

    stage: str = "reading"
    goal: str = ""
    best: float | None = None
    bound: float | None = None
    visits_placed: int = 0


Listener = Callable[[Progress], bool | None]
"""Told of progress several times a second, from the thread that asked for the plan; answers True to stop the search."""
