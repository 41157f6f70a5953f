"""What a command of the rota works on: which cycle, which of its rotas."""

from datetime import date

from sigctl.cluster import Cluster
from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.known import check_known
from sigctl.nearest import did_you_mean
from sigctl.records import Cycle, Rota, Status


def cycle_with_visits(cluster: Cluster, wanted: str | None, today: date) -> Cycle:
    """The cycle of that id, or else the current one; there must be visits in it."""
    check_known(cluster, "cycles", wanted)
    found = cluster.cycles[wanted] if wanted else cluster.current_cycle(today)
    if found is None:
        raise CommandError("the workspace has no cycle, so there is nothing to plan", "`sigctl explain cycles` shows how to write one")
    if not found.visits:
        message = f"the cycle `{found.id}` has no visits, so there is nothing to plan"
        raise CommandError(message, "list the schools to be visited under `visits:`, each as `- {host: …}`", ExitCode.PROBLEMS)
    return found


def rota_of(cluster: Cluster, cycle: Cycle, *, preferring: Status) -> Rota:
    """The rota of a cycle: the draft or the published one as preferred, or else the other one."""
    other: Status = "published" if preferring == "draft" else "draft"
    found = cluster.rota(cycle.id, preferring) or cluster.rota(cycle.id, other)
    if found is None:
        raise CommandError(f"{cycle.id} has no rota yet", "`sigctl rota` plans one", ExitCode.PROBLEMS)
    return found


def host_of(rota: Rota, wanted: str) -> str:
    """The host that was named, which the rota must visit."""
    hosts = [visit.host for visit in rota.visits]
    if wanted not in hosts:
        advice = did_you_mean(wanted, hosts, f"its hosts are {', '.join(hosts)}")
        raise CommandError(f"the rota of {rota.cycle} has no visit at `{wanted}`", advice)
    return wanted
