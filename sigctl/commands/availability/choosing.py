"""Which cycle is meant, and that it asks anybody at all."""

from datetime import date

from sigctl.cluster import Cluster
from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.known import check_known
from sigctl.records import Cycle


def cycle_meant(cluster: Cluster, wanted: str | None, today: date) -> Cycle:
    """The cycle that was named, or else the next to be planned that asks for answers, or else the current one."""
    check_known(cluster, "cycles", wanted)
    if wanted is not None:
        return cluster.cycles[wanted]
    asking = sorted((each for each in cluster.cycles.values() if each.availability and each.last >= today), key=lambda each: each.first)
    found = asking[0] if asking else cluster.current_cycle(today)
    if found is None:
        raise CommandError("there is no cycle in the files", "`sigctl explain cycles` shows how to write one", ExitCode.PROBLEMS)
    return found


def refuse_unasked(cycle: Cycle) -> None:
    """Stop where a cycle does not say by when answers are wanted. Raises CommandError."""
    if cycle.availability is None:
        message = f"`{cycle.id}` does not say by when answers are wanted"
        advice = f"write `availability: {{wanted_by: YEAR-MONTH-DAY}}` under `{cycle.id}`; the visits are planned after that day"
        raise CommandError(message, advice, ExitCode.PROBLEMS)
