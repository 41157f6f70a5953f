"""What a command of the rota works on: which cycle, which of its rotas, in which languages."""

from datetime import date

from sigctl.cluster import Cluster
from sigctl.commands import options
from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode
from sigctl.nearest import did_you_mean
from sigctl.records import Cycle, Rota, Status
from sigctl.words import LANGUAGES, Language


def cycle_with_visits(cluster: Cluster, wanted: str | None, today: date) -> Cycle:
    """The cycle of that id, or else the current one; there must be visits in it."""
    how = "`sigctl explain cycles` shows how to write one"
    if wanted is not None and wanted not in cluster.cycles:
        known = f"the cycles are {', '.join(cluster.cycles)}" if cluster.cycles else how
        raise CommandError(f"there is no cycle `{wanted}`", did_you_mean(wanted, cluster.cycles, known))
    found = cluster.cycles[wanted] if wanted else cluster.current_cycle(today)
    if found is None:
        raise CommandError("the workspace has no cycle, so there is nothing to plan", how)
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


def languages_of(cluster: Cluster, lang: options.Lang | None) -> tuple[Language, ...]:
    """The languages of the page: those of the cluster, in its order, or the one that was asked for, or both."""
    own = cluster.settings.cluster.languages
    if lang is None:
        return own
    return lang.languages if lang is not options.Lang.BOTH else (*own, *(each for each in LANGUAGES if each not in own))
