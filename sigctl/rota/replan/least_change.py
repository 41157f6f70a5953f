"""What a change of a published rota costs: the visits that change, the trouble to people, and the weeks by which visits move."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from sigctl.records import State
from sigctl.rota.case import Case
from sigctl.rota.puzzle import Fault, Puzzle, Row
from sigctl.rota.rules import Placed
from sigctl.rota.standing import Standing

LEAST: Final = ("changes", "people", "weeks")
"""What is made small before the goals of the cycle: visits that change, trouble to people, and the weeks by which visits move."""
TROUBLE: Final[Mapping[State, int]] = {"planned": 1, "told": 2, "confirmed": 3}
"""What it counts for each person when a visit changes, by how far it was announced."""


def with_changes(case: Case, stands: Standing, puzzle: Puzzle) -> Puzzle:
    """The puzzle in which it is a fault that a visit is not as it was published, and one for each person to whom that matters."""
    open_ones = [placed for placed in stands.roster if not case.visits[placed.visit].settled]
    visits = (_changes(case, stands, puzzle, placed) for placed in open_ones)
    people = (fault for placed in open_ones for fault in _troubles(case, stands, puzzle, placed))
    weeks = (fault for placed in open_ones for fault in _weeks_moved(puzzle, placed))
    return replace(puzzle, faults={**puzzle.faults, "changes": tuple(visits), "people": tuple(people), "weeks": tuple(weeks)})


def _changes(case: Case, stands: Standing, puzzle: Puzzle, placed: Placed) -> Fault:
    """That a visit changes; it does in any case where somebody of its team is no reviewer now, or its lead cannot lead."""
    members = _members(puzzle, placed)
    with_strangers = {host for host, _ in stands.strangers}
    is_whole = None not in members and case.schools[case.visits[placed.visit].host].id not in with_strangers
    is_whole = is_whole and case.reviewers[placed.lead].level == "lead"
    stays = start_as_it_stands(case, placed.visit, placed.days) if is_whole else 0
    return Fault(placed.visit, 1, stays, tuple(each for each in members if each is not None))


def _troubles(case: Case, stands: Standing, puzzle: Puzzle, placed: Placed) -> Iterator[Fault]:
    """For the host, each member, and each who comes in: that the visit changes for them."""
    weight = TROUBLE.get(stands.states[placed.visit], 1)
    stays = start_as_it_stands(case, placed.visit, placed.days)
    members = _members(puzzle, placed)
    yield Fault(placed.visit, weight, stays)
    yield from (Fault(placed.visit, weight, 0 if each is None else stays, () if each is None else (each,)) for each in members)
    yield from (Fault(placed.visit, weight, 0, when=each) for each in puzzle.of_visit[placed.visit] if each not in members)


def _members(puzzle: Puzzle, placed: Placed) -> list[int | None]:
    """The candidates that are the members of a team; None for one who cannot be in it on any day."""
    known = {puzzle.candidates[each].reviewer: each for each in puzzle.of_visit[placed.visit]}
    return [known.get(member) for member in placed.team]


def must_change(case: Case, stands: Standing, puzzle: Puzzle) -> frozenset[int]:
    """The visits that cannot stay as they stand, whatever becomes of the others: each changes in every way out."""
    return frozenset(fault.visit for fault in puzzle.faults["changes"] if not _can_stay(case, stands, puzzle, fault))


def _can_stay(case: Case, stands: Standing, puzzle: Puzzle, fault: Fault) -> bool:
    placed = stands.placed(fault.visit)
    start = start_as_it_stands(case, fault.visit, placed.days) if placed else 0
    if not fault.starts & start & puzzle.starts[fault.visit] or any(not puzzle.candidates[each].starts & start for each in fault.needed):
        return False
    own, team = frozenset(puzzle.of_visit[fault.visit]), frozenset(fault.needed)
    return all(_holds(row, team) for row in puzzle.rows if own.issuperset(row.candidates))


def _holds(row: Row, team: frozenset[int]) -> bool:
    weights = row.weights or (1,) * len(row.candidates)
    total = sum(weight for each, weight in zip(row.candidates, weights, strict=True) if each in team)
    return (row.low is None or row.low <= total) and (row.high is None or total <= row.high)


def _weeks_moved(puzzle: Puzzle, placed: Placed) -> Iterator[Fault]:
    """A fault for each week by which a visit begins earlier or later than it stands."""
    if not placed.days:
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
