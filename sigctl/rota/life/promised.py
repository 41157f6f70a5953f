"""What a rota of the files promises besides its teams, judged: reserves who could not stand in, and steps that cannot be so.

That a visit has fewer reserves or facilitators than the cycle asks for breaks nothing: there may be nobody.
"""

from collections.abc import Iterator
from datetime import date

from sigctl.cluster import Cluster
from sigctl.records import Rota, RotaVisit, StageDate
from sigctl.rota.case import Case
from sigctl.rota.duties.standing_in import StandIns
from sigctl.rota.gathering import free_dates
from sigctl.rota.rules import Breach, rules_of
from sigctl.rota.standing import Standing


def broken_duties(cluster: Cluster, case: Case, rota: Rota, stands: Standing, today: date | None) -> Iterator[Breach]:
    """Each reserve and each step of a review that cannot be as the rota has it. What is done or past is let be."""
    stand_ins = StandIns(case, rules_of(case.rules), stands.roster)
    reviewers = {reviewer.id: index for index, reviewer in enumerate(case.reviewers)}
    placed = {case.schools[case.visits[each.visit].host].id: each for each in stands.roster}
    for visit in rota.visits:
        if visit.host not in placed or visit.state in ("done", "cancelled"):
            continue
        for person in visit.reserves:
            if person not in reviewers or stand_ins.one(placed[visit.host], reviewers[person]) is None:
                yield Breach("reserves", (visit.host,), (person,))
        for stage in visit.stages:
            if today is None or stage.date >= today:
                yield from _broken_stage(cluster, case, visit, stage)


def _broken_stage(cluster: Cluster, case: Case, visit: RotaVisit, stage: StageDate) -> Iterator[Breach]:
    if stage.date not in cluster.pupil_days(visit.host):
        yield Breach("stages", (visit.host,), (), (stage.date,))
    homes = {reviewer.id: case.schools[reviewer.school].id for reviewer in case.reviewers}
    for person in stage.facilitators:
        home = homes.get(person)
        if person in visit.team or home in (None, visit.host) or stage.date not in free_dates(cluster, cluster.people[person], home):
            yield Breach("stages", (visit.host,), (person,), (stage.date,))
