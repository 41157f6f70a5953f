"""What a change of a published rota costs: the visits that change, the trouble to people, and the weeks by which visits move."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from sigctl.records import State
from sigctl.rota.case import Case
from sigctl.rota.puzzle import Fault, Puzzle
from sigctl.rota.rules import Placed
from sigctl.rota.standing import Standing

LEAST: Final = ("changes", "people", "weeks")
"""What is made small before the goals of the cycle: visits that change, trouble to people, and the weeks by which visits move."""
TROUBLE: Final[Mapping[State, int]] = {"planned": 1, "told": 2, "confirmed": 3}
"""What it counts for each person when a visit changes, by how far it was announced."""


def with_changes(case: Case, stands: Standing, puzzle: Puzzle) -> Puzzle:
    """The puzzle in which it is a fault that a visit is not as it was published, and one for each person to whom that matters."""
    candidates = {(each.visit, each.reviewer): index for index, each in enumerate(puzzle.candidates)}
    visits, people = [], []
    for placed in stands.roster:
        if case.visits[placed.visit].settled:
            continue
        weight = TROUBLE.get(stands.states[placed.visit], 1)
        stays = start_as_it_stands(case, placed.visit, placed.days)
        known = [candidates.get((placed.visit, member)) for member in placed.team]
        team = tuple(each for each in known if each is not None)
        whole = stays if None not in known else 0
        visits.append(Fault(placed.visit, 1, whole, team))
        people.append(Fault(placed.visit, weight, stays))
        people += [Fault(placed.visit, weight, 0 if each is None else stays, () if each is None else (each,)) for each in known]
        newcomers = (each for each in puzzle.of_visit[placed.visit] if each not in team)
        people += [Fault(placed.visit, weight, 0, when=each) for each in newcomers]
    weeks = (fault for placed in stands.roster for fault in _weeks_moved(case, puzzle, placed))
    return replace(puzzle, faults={**puzzle.faults, "changes": tuple(visits), "people": tuple(people), "weeks": tuple(weeks)})


def _weeks_moved(case: Case, puzzle: Puzzle, placed: Placed) -> Iterator[Fault]:
    """A fault for each week by which a visit begins earlier or later than it stands."""
    if case.visits[placed.visit].settled or not placed.days:
        return
    own, weekday = placed.days[0], puzzle.weekday
    left = [(day + weekday) // 7 - (own + weekday) // 7 for day in range(puzzle.starts[placed.visit].bit_length())]
    for far in range(1, max(map(abs, left), default=0) + 1):
        near = sum(1 << day for day, week in enumerate(left) if abs(week) < far)
        if puzzle.starts[placed.visit] & ~near:
            yield Fault(placed.visit, 1, near)


def start_as_it_stands(case: Case, visit: int, days: Sequence[int]) -> int:
    """The first day of a visit as it stands, as a set; none where its days are no longer a run of its length."""
    run = list(range(days[0], days[0] + case.visits[visit].days)) if days else []
    return 1 << days[0] if run and list(days) == run else 0
