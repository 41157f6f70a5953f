"""What a run of sigctl holds from before it reads the files to its end: the lock of a workspace."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode

_until_the_end: Final = ExitStack()
_held: Final[set[Path]] = set()


def hold(workspace: Path, what: str) -> None:
    """Lock a workspace until this run ends, so that no other changes it meanwhile. `what` is told to whoever finds it locked.

    Never waits: where another run has it, this one ends with a message and code 75. Raises OSError where nothing can be written.
    """
    folder = workspace.resolve()
    if folder not in _held:
        _until_the_end.enter_context(held(folder, what))
        _held.add(folder)


def let_go() -> None:
    """Unlock whatever this run has locked."""
    _held.clear()
    _until_the_end.close()


@contextmanager
def held(folder: Path, what: str) -> Iterator[None]:
    """Lock a workspace for a part of a run."""
    from sigctl.deliver.lock import Locked, locked

    with ExitStack() as stack:
        try:
            stack.enter_context(locked(folder, what))
        except Locked as taken:
            since = f" since {taken.since}" if taken.since else ""
            message = f"{folder} is locked: {taken.holder} has been at work in it{since}"
            raise CommandError(message, "nothing was changed; try again when it has ended", ExitCode.LOCKED) from None
        yield
