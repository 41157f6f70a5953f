"""What all engines share: an engine maps one function over the workspaces, and nothing else.

Whatever happens to one workspace, even the sudden end of its process, the others get their answer.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.rota.one_of_many import Answer, Task

PAUSE: Final = 0.2
"""Seconds between two looks at how far all are, and at whether somebody wants an end."""


@dataclass(frozen=True, slots=True)
class Headway:
    """How far all are: how many are done of how many, and for those known to be at work
    the gap between best and bound, in hundredths of the best; None where none is known yet."""

    done: int
    among: int
    gaps: Mapping[str, float | None]


Look = Callable[[Headway], bool]
"""Told now and then how far all are; answers whether to stop."""


class Engine(Protocol):
    """Plans workspaces side by side."""

    def answers(self, tasks: Sequence[Task], look: Look) -> Iterator[Answer]:
        """The answers, as they come. Once a look asks for an end, what has not been begun is answered as stopped."""


def stopped(task: Task) -> Answer:
    """The answer of a workspace that nobody came to."""
    return Answer(task.workspace, ExitCode.INTERRUPTED, trouble="stopped before it was planned")


def lost(task: Task, what: str) -> Answer:
    """The answer of a workspace whose process came to a sudden end."""
    return Answer(task.workspace, ExitCode.INTERNAL, trouble=f"{what}; the machine may have had no memory left")
