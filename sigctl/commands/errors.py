"""The one exception by which a command stops with a message."""

from sigctl.commands.exit_codes import ExitCode


class CommandError(Exception):
    """A command cannot go on: what is wrong, what to do, and the exit code."""

    def __init__(self, message: str, advice: str = "", code: ExitCode = ExitCode.USAGE) -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice
        self.code = code
