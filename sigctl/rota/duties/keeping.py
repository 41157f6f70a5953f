"""What the published rota has settled already, as far as it still can be: it is written into the diary before anybody else is asked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sigctl.rota.duties.diary import Diary
from sigctl.rota.duties.ground import Ground
from sigctl.rota.duties.leading import Leaders
from sigctl.rota.duties.standing_in import StandIn, StandIns
from sigctl.rota.duties.steps import Step, as_published, left_over, steps_of


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
    """The steps that the cycle asks for, and what else is published. A visit that is done gets no new step on days that are over."""
    known, opens = {stage.id: stage for stage in ground.stages(visit)}, ground.opens(visit)
    for asked in steps_of(ground.cluster, ground.host(visit), visit, ground.dates(visit), ground.cycle.stages):
        step = as_published(asked, known, opens)
        is_over = step.days and opens and step.days[-1] < opens
        if step.stands or not (is_over and ground.is_done(visit)):
            yield step
    wanted = {stage.id for stage in ground.cycle.stages}
    yield from (left_over(visit, stage) for id, stage in known.items() if id not in wanted)


def _with_people(ground: Ground, diary: Diary, leaders: Leaders, step: Step) -> Step:
    """A step with those of its published people who can lead it still; with all of them where it is over."""
    kept, opens = replace(step, kept=()), ground.opens(step.visit)
    for person in step.kept:
        who, day = ground.number.get(person), step.days[0]
        if (opens and day < opens) or (who is not None and leaders.can_lead(kept, who, day)):
            kept = replace(kept, kept=(*kept.kept, person), wanted=max(0, kept.wanted - 1))
            if who is not None:
                diary.take(who, day)
    return kept


def kept_reserves(ground: Ground, diary: Diary, stand_ins: StandIns, steps: Sequence[Step]) -> Kept:
    """The steps, and the published reserves of visits to come who can still stand in for somebody."""
    leading = {(step.visit, person) for step in steps for person in step.kept}
    found: list[StandIn] = []
    for visit, before in ground.published.items():
        for person in () if ground.is_over(visit) else dict.fromkeys(before.reserves):
            who = None if (visit, person) in leading else ground.number.get(person)
            known = stand_ins.one(ground.placed[visit], who) if who is not None else None
            stand_in = called(diary, known, ground.dates(visit)) if known else None
            if stand_in:
                found.append(stand_in)
                for day in ground.dates(visit):
                    diary.take(stand_in.reviewer, day, needs_room=stand_in.needs_room)
    return Kept(tuple(steps), tuple(found))


def called(diary: Diary, stand_in: StandIn, dates: Sequence[date]) -> StandIn | None:
    """A stand-in who has nothing else to do on the days of a visit, for as many places as their school can spare them; or None."""
    if not all(diary.is_open(stand_in.reviewer, day) for day in dates):
        return None
    has_room = all(diary.has_room(stand_in.reviewer, day) for day in dates)
    left = stand_in if has_room else stand_in.without_room()
    return left if left.places else None
