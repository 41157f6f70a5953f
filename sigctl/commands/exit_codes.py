"""What sigctl tells the program that called it."""

from enum import IntEnum


class ExitCode(IntEnum):
    """How a command ended, each with the sentence that `sigctl help exit-codes` shows."""

    meaning: str

    def __new__(cls, value: int, meaning: str) -> "ExitCode":  # noqa: D102
        code = int.__new__(cls, value)
        code._value_ = value
        code.meaning = meaning
        return code

    DONE = 0, "done, or nothing to do"
    PROBLEMS = 1, "problems found (`check`), differences (`rota diff`), or nothing to work on"
    USAGE = 2, "wrong usage: a command, an option or a folder that is not there"
    INVALID = 3, "the files of the workspace are invalid; `sigctl check` lists what is wrong"
    NO_ROTA = 4, "no rota exists that keeps all rules"
    PARTLY = 5, "done in part"
    INTERNAL = 70, "a mistake inside sigctl itself"
    SYSTEM = 74, "a file could not be read or written: a full disk, a missing permission"
    LOCKED = 75, "another run has the workspace locked; try again later"
    INTERRUPTED = 130, "stopped by Ctrl-C"
    PIPE = 141, "whoever read the output stopped reading"
    TERMINATED = 143, "stopped by the system"
