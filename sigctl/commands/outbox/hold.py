"""`sigctl outbox hold`: let nothing leave until somebody has looked."""

from sigctl.commands import console, options
from sigctl.commands.holding import hold as lock
from sigctl.commands.opening import workspace_folder
from sigctl.deliver.state import state
from sigctl.deliver.witness import hold as hold_standing


def hold(workspace: options.Workspace = None) -> None:
    """Let no message leave from this workspace until `sigctl outbox confirm`.

    For the time after a computer came back from a backup, before anything runs on it: what left since the backup is not known then,
    and would leave again. Or for any other time in which nothing is to be sent, whatever runs by itself.

    For example:

        sigctl outbox hold
    """
    folder = workspace_folder(workspace)
    lock(folder, "sigctl outbox hold")
    with state(folder) as connection:
        hold_standing(connection)
    console.say("held: nothing leaves from here until `sigctl outbox confirm`")
