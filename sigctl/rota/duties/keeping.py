"""What the published rota has settled already, as far as it still can be: it is written into the diary before anybody else is asked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sigctl.rota.duties.diary import Diary
from sigctl.rota.duties.ground import Ground
from sigctl.rota.duties.leading import Leaders
from sigctl.rota.duties.standing_in import StandIn, StandIns
from sigctl.rota.duties.steps import Step, as_published, steps_of


@dataclass(frozen=True, slots=True)
class Kept:
    """Every step of every review with those who lead it already, and the reserves that stay."""

    steps: tuple[Step, ...]
    reserves: tuple[StandIn, ...]

    def at(self, visit: int) -> tuple[StandIn, ...]:
        """The reserves of a visit."""
        return tuple(each for each in self.reserves if each.visit == visit)


def kept_steps(ground: Ground, diary: Diary) -> tuple[Step, ...]:
    """The steps of all reviews, visit by visit, with those of their people who can still lead them."""
    leaders = Leaders(ground, diary)
    return tuple(_with_people(ground, diary, leaders, step) for visit in ground.placed for step in _steps(ground, visit))


def _steps(ground: Ground, visit: int) -> Iterator[Step]:
    before = ground.published.get(visit)
    known = {stage.id: stage for stage in before.stages} if before else {}
    for step in steps_of(ground.cluster, ground.host(visit), visit, ground.dates(visit), ground.cycle.stages):
        yield as_published(step, known, ground.as_of)


def _with_people(ground: Ground, diary: Diary, leaders: Leaders, step: Step) -> Step:
    kept = replace(step, kept=())
    for person in step.kept:
        who, day = ground.number.get(person), step.days[0]
        if who is not None and (ground.is_past(day) or (kept.wanted and leaders.can_lead(kept, who, day))):
            diary.take(who, day)
            kept = replace(kept, kept=(*kept.kept, person), wanted=max(0, kept.wanted - 1))
    return kept


def kept_reserves(ground: Ground, diary: Diary, stand_ins: StandIns, steps: Sequence[Step]) -> Kept:
    """The steps, and the published reserves who can still stand in for somebody."""
    leading = {(step.visit, person) for step in steps for person in step.kept}
    found: list[StandIn] = []
    for visit, before in ground.published.items():
        wanted = ground.case.rules.reserves if ground.wants_reserves(visit) else 0
        for person in before.reserves:
            who, is_leading = ground.number.get(person), (visit, person) in leading
            is_free = who is not None and all(diary.is_open(who, day) for day in ground.dates(visit))
            stand_in = stand_ins.one(ground.placed[visit], who) if wanted and who is not None and is_free and not is_leading else None
            if stand_in:
                found.append(stand_in)
                wanted -= 1
                for day in ground.dates(visit):
                    diary.take(stand_in.reviewer, day)
    return Kept(tuple(steps), tuple(found))
