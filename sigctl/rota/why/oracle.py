"""Whether there is any rota at all: yes, no, or not known within the effort. Everything here that is said to be so was asked here."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from math import inf

from sigctl.rota.case import Case
from sigctl.rota.puzzle import Puzzle
from sigctl.rota.puzzling import puzzle_of
from sigctl.rota.rules import rules_of
from sigctl.rota.search.joint import Joint, Verdict
from sigctl.rota.search.master import plain
from sigctl.rota.search.packing import packed
from sigctl.rota.search.watch import Watch
from sigctl.rota.why.shrinking import Exhausted

_NEAREST = 25
"""Candidates of each visit that the first look at a large puzzle is confined to."""
_LARGE = 400
"""Candidates from which a puzzle is large."""
_SOON = 70
"""First days that the first look at a long puzzle is confined to."""


_LEAST = 0.002
"""Deterministic time that a question takes at the least, for all that is done before a solver has it."""


class _Measured(Joint):
    @property
    def spent(self) -> float:
        """The deterministic time that the search took."""
        return float(self._solver.response_proto.deterministic_time)


@dataclass
class Oracle:
    """Answers by solving, in CP-SAT's deterministic time, so that the answers are the same on every machine.

    `spent` is what all answers so far have taken; a question raises Exhausted when that is more than `most`.
    """

    watch: Watch
    seed: int = 0
    effort: float = 3.0
    spent: float = field(default=0.0, init=False)
    most: float = field(default=inf, init=False)

    def possible(self, puzzle: Puzzle, effort: float | None = None) -> bool | None:
        """Whether a puzzle has a solution; None where the effort was too small to know.

        Where dates rule everything, looking at few candidates for a start is much quicker, but only a yes counts then.
        """
        if self.spent > self.most:
            raise Exhausted
        most = effort or self.effort
        if len(puzzle.candidates) > _LARGE and puzzle.resources and self._asked(_teams_alone(puzzle), (), most / 3) is False:
            return False
        soon = _sooner(puzzle)
        is_costly = len(puzzle.candidates) > _LARGE and any(each.cost for each in puzzle.candidates)
        if (is_costly or soon is not puzzle) and self._asked(soon, _beyond_nearest(soon) if is_costly else (), most / 3):
            return True
        return self._asked(puzzle, (), most)

    def holds(self, case: Case, effort: float | None = None) -> bool | None:
        """Whether a case has a rota."""
        return self.possible(puzzle_of(case, rules_of(case.rules)), effort)

    def _asked(self, puzzle: Puzzle, shut: Collection[int], effort: float) -> bool | None:
        whole = packed(puzzle)
        rows = plain(whole)
        if rows.impossible or not all(puzzle.starts):
            return False
        joint = _Measured(whole, rows, shut)
        verdict = self.watch.run(lambda: joint.any(effort, self.seed), joint.halt).verdict
        self.spent += _LEAST + joint.spent
        if verdict is Verdict.UNKNOWN:
            return None
        return verdict is not Verdict.NONE


def _teams_alone(puzzle: Puzzle) -> Puzzle:
    """What the puzzle asks of teams, on whatever days: without a solution, the puzzle has none, and that is seen at once."""
    whole = packed(puzzle)
    candidates = tuple(replace(each, starts=1) for each in whole.candidates)
    return replace(whole, resources=(), candidates=candidates, starts=tuple(int(days != 0) for days in whole.starts))


def _sooner(puzzle: Puzzle) -> Puzzle:
    """The puzzle in its first days alone, where it is much longer and each visit has a first day among them."""
    early = (1 << _SOON) - 1
    if not any(starts & ~early for starts in puzzle.starts) or not all(starts & early for starts in puzzle.starts):
        return puzzle
    candidates = tuple(replace(each, starts=each.starts & early) for each in puzzle.candidates)
    return replace(puzzle, starts=tuple(starts & early for starts in puzzle.starts), candidates=candidates)


def _beyond_nearest(puzzle: Puzzle) -> list[int]:
    cost = [candidate.cost for candidate in puzzle.candidates]
    ordered = (sorted(among, key=lambda each: (cost[each], each)) for among in puzzle.of_visit)
    return [each for among in ordered for each in among[_NEAREST:]]


def narrowed(case: Case, visits: Collection[int]) -> Case:
    """The case with some of its visits alone."""
    return replace(case, visits=tuple(case.visits[each] for each in sorted(visits)))
