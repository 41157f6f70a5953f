"""What each run says again until somebody has looked into it: messages of which nobody knows whether they arrived."""

from typing import TYPE_CHECKING

from sigctl.commands import console
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.messages import counted

if TYPE_CHECKING:
    from sigctl.deliver.state import Connection


def told_of_doubts(connection: "Connection") -> ExitCode:
    """Say what earlier runs have left in doubt; a run that leaves more tells of that itself.

    Told once, it would be lost with the mail of a machine that nobody reads, and somebody might wait for ever for what never came.
    """
    from sigctl.deliver.outbox import Outbox, State

    found = [each.number for each in Outbox(connection).entries([State.UNKNOWN])]
    if not found:
        return ExitCode.DONE
    message = f"{counted(len(found), 'message')} of earlier runs may or may not have arrived, and nobody has looked into it"
    first = f"`sigctl outbox retry {found[0]}` sends it again, `sigctl outbox forget {found[0]}` lets it be"
    console.complain(message, first if len(found) == 1 else f"`sigctl outbox` lists them; {first.replace(' it', ' one')}")
    return ExitCode.PARTLY
