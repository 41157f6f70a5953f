"""What is wrong with the stages of a review: their order, and days for which there is no calendar."""

from collections.abc import Iterator
from itertools import pairwise

from sigctl.checks.calendars import days_are_known
from sigctl.checks.check import Finding, check
from sigctl.checks.questions import belongs, current_cycles
from sigctl.cluster import Cluster
from sigctl.problem import Severity
from sigctl.records import Cycle, Stage
from sigctl.term_dates import shift


@check("stages-out-of-order", Severity.WARNING)
def stages_out_of_order(cluster: Cluster) -> Iterator[Finding]:
    """The stages of a review do not stand in the order of their days.

    They are shown in the order of the file. Where the order was meant, a number is mistyped: `due: -10` is before the visit,
    `due: 10` after it.

    Right:

        cycles:
          - id: round-4
            name: Round 4
            from: 2026-11-02
            to: 2027-03-19
            visits: [{host: aberdare}]
            stages: [{id: self-evaluation, due: -10}, {id: workshop, within: 15}]

    Wrong:

        cycles:
          - id: round-4
            name: Round 4
            from: 2026-11-02
            to: 2027-03-19
            visits: [{host: aberdare}]
            stages: [{id: workshop, within: 15}, {id: self-evaluation, due: -10}]
    """
    for cycle in cluster.cycles.values():
        for index, (before, stage) in enumerate(pairwise(cycle.stages), start=1):
            if _latest(stage) < _earliest(before):
                place = cluster.place("cycles", cycle.id, "stages", index, "due" if stage.within is None else "within")
                told = f"`{stage.id}` stands after `{before.id}`, but comes before it"
                yield Finding(place, told, "check the number and its sign, or change the order")


@check("stage-beyond-calendar", Severity.WARNING)
def stage_beyond_calendar(cluster: Cluster) -> Iterator[Finding]:
    """A stage of a late or an early visit falls on a day for which there is no calendar, so that it gets no date.

    Days of a stage are counted in the pupil days of the host. Write the calendar of the school year before or after as soon as
    its dates are published, or ask for fewer days.

    Right:

        cycles:
          - id: round-4
            name: Round 4
            from: 2026-11-02
            to: 2027-03-19
            visits: [{host: aberdare}]
            stages: [{id: impact-review, due: 60}]

    Wrong:

        cycles:
          - id: round-4
            name: Round 4
            from: 2026-11-02
            to: 2027-03-19
            visits: [{host: aberdare}]
            stages: [{id: impact-review, due: 160}]
    """
    for cycle in current_cycles(cluster) if days_are_known(cluster) else ():
        for index, stage in enumerate(cycle.stages):
            host = next((visit.host for visit in cycle.visits if _is_beyond(cluster, cycle, visit.host, stage)), None)
            if host:
                count, when = _latest(stage), "after a late" if _latest(stage) > 0 else "before an early"
                place = cluster.place("cycles", cycle.id, "stages", index, "due" if stage.within is None else "within")
                told = f"there is no calendar for {abs(count)} pupil days {when} visit at `{host}`"
                year = "after" if count > 0 else "before"
                yield Finding(place, told, f"write the calendar of the school year {year}, or ask for fewer days")


def _is_beyond(cluster: Cluster, cycle: Cycle, host: str, stage: Stage) -> bool:
    """Whether the calendar ends too early for a stage of the latest visit of a host, or begins too late for that of the earliest.

    A school that comes or goes has no days beyond that, whatever calendars there are.
    """
    if host not in cluster.schools or not belongs(cluster, cycle, host):
        return False
    if cluster.schools[host].left if _latest(stage) > 0 else cluster.schools[host].joined:
        return False
    days = cluster.pupil_days(host)
    inside = [day for day in days if cycle.first <= day <= cycle.last]
    count = _latest(stage)
    return bool(inside) and shift(days, max(inside) if count > 0 else min(inside), count) is None


def _latest(stage: Stage) -> int:
    return stage.within if stage.due is None and stage.within else stage.due or 0


def _earliest(stage: Stage) -> int:
    return 1 if stage.due is None else stage.due
