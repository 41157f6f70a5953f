"""`sigctl outbox forget`: let messages be that are not to leave (again)."""

from typing import Final

from sigctl.commands import console, options
from sigctl.commands.clock import now_in
from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.holding import hold
from sigctl.commands.opening import workspace_folder
from sigctl.commands.outbox.choosing import Numbers, meant, told_of
from sigctl.deliver.outbox import Outbox, State
from sigctl.deliver.state import glance, state

_WHY_NOT: Final = {State.SENDING: "is on its way just now", State.ACCEPTED: "has left already"}


def forget(numbers: Numbers, workspace: options.Workspace = None, dry_run: options.DryRun = False) -> None:
    """Let messages be: they never leave (again), and are no longer something to look into.

    For those that are `planned`, `refused` or `unknown`. What they tell counts as told, so that no reminder says it once more.

    For example:

        sigctl outbox forget 12 14
    """
    folder = workspace_folder(workspace)
    if not dry_run:
        hold(folder, "sigctl outbox forget")
    with (glance if dry_run else state)(folder) as connection:
        box = Outbox(connection)
        found = meant(box, numbers)
        for each in found:
            if each.state in _WHY_NOT:
                raise CommandError(f"message {each.number} {_WHY_NOT[each.state]}", "leave it out", ExitCode.PROBLEMS)
        for each in found:
            if each.state is State.FORGOTTEN:
                console.say(f"nothing to do: message {each.number} was forgotten already")
                continue
            if not dry_run:
                box.forget(each.number, now_in("UTC"))
            console.say(f"{'would forget' if dry_run else 'forgot'} {told_of(each)}")
