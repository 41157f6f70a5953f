"""Goals in their order where some of them hang on dates: goal by goal in the joint model, each held while the next is improved.

What the search in bands can settle, it settles: the goals on teams that come first. Where a goal on dates comes before them, that
search still helps in two ways: without the goal it gives bounds, and with each visit kept to what the goal needs, good rotas.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from sigctl.rota.puzzle import Fault, Puzzle, Row, Solution
from sigctl.rota.search.counts import bands
from sigctl.rota.search.joint import Settled, Verdict
from sigctl.rota.search.lexicographic import Outcome, optimised
from sigctl.rota.search.linear import Linear
from sigctl.rota.search.master import master_of, plain
from sigctl.rota.search.measured import Measured, Quest, Treatment, is_faulty, measured
from sigctl.rota.search.watch import Stopped, Watch

ON_TEAMS = ("fairness", "travel")
"""The goals that know no dates."""
_EFFORT = 60.0
"""CP-SAT's deterministic time for one goal."""


def staged(puzzle: Puzzle, goals: Sequence[tuple[str, int]], watch: Watch, seed: int = 0) -> Outcome:
    """The best solution by the goals, each a name and a slack in whole units, in their order."""
    first = list(_leading(goals))
    if len(first) == len(goals):
        return optimised(puzzle, goals, watch, seed)
    stages = Stages(puzzle, watch, seed)
    try:
        if first:
            stages.begin(optimised(puzzle, first, watch, seed), first)
        if stages.best or not first:
            stages.improve(goals[len(first) :])
    except Stopped:
        return stages.outcome(ended=False)
    return stages.outcome(ended=stages.is_proved)


@dataclass
class Stages:
    """Goals reached so far: what each may be at the most, what was proved of each, and the best solution.

    `unlike` are ways of treating visits that are not wanted; `holds` can limit goals beforehand; `near` is where to look first,
    which need not be a solution.
    """

    puzzle: Puzzle
    watch: Watch
    seed: int = 0
    unlike: tuple[Treatment, ...] = ()
    near: Solution | None = None
    holds: dict[str, int] = field(default_factory=dict)
    bounds: dict[str, int] = field(default_factory=dict)
    best: Solution | None = None
    is_proved: bool = True
    _teams_stay: bool = False
    _rows: Linear | None = None
    _shut: frozenset[int] = frozenset()

    def begin(self, outcome: Outcome, goals: Sequence[tuple[str, int]]) -> None:
        """Start from what the search in bands has settled; where it ended with a gap, its teams stay, and only days can move."""
        self.bounds |= outcome.bounds
        self.best = outcome.solutions[-1] if outcome.solutions else None
        self.is_proved = outcome.ended
        if self.best is None:
            return
        for goal, slack in goals:
            self.holds[goal] = max(measured(self.puzzle, goal, self.best), self.bounds[goal] + slack)
        if outcome.ended:
            self._narrow()
        else:
            self._teams_stay = True
            self._shut = frozenset(range(len(self.puzzle.candidates))).difference(self.best.chosen)

    def improve(self, goals: Sequence[tuple[str, int]]) -> None:
        """Goal after goal, each held to within its slack while the next is improved."""
        for index, (goal, slack) in enumerate(goals):
            if self.best is None and index:
                return
            if index and goal in ON_TEAMS and goals[index - 1][0] not in ON_TEAMS and not self.unlike:
                self._help(list(_leading(goals[index:])))
            self._improve(goal)
            if self.best:
                self.holds[goal] = max(measured(self.puzzle, goal, self.best), self.bounds[goal] + slack)

    def outcome(self, *, ended: bool) -> Outcome:
        """What stands now."""
        others = [each for each in self.watch.solutions if each != self.best and self._is_held(each)]
        return Outcome((*others, self.best) if self.best else tuple(others), dict(self.bounds), ended)

    def _improve(self, goal: str) -> None:
        """Make one goal as small as it can be."""
        unit = 10 if goal == "travel" else 1
        self.watch.stage(goal, unit)
        floor = self.bounds.get(goal, 0)
        if self.best:
            self.watch.found(self.best, measured(self.puzzle, goal, self.best))
            if measured(self.puzzle, goal, self.best) <= floor:
                self.bounds[goal] = floor
                return
        settled = self._quested(Quest(goal, floor, dict(self.holds), self.best or self.near, _EFFORT, self.seed, self.unlike))
        self.bounds[goal] = floor if self._teams_stay else settled.bound
        self.is_proved &= settled.verdict in (Verdict.BEST, Verdict.NONE)
        if settled.solution:
            self.best = settled.solution
            self.watch.found(settled.solution, settled.cost)

    def _quested(self, quest: Quest) -> Settled:
        model = Measured(self.puzzle, self._rows or plain(self.puzzle), self._shut)
        return self.watch.run(lambda: model.quested(quest), model.halt)

    def _narrow(self) -> None:
        """Shut the candidates, and take the band, that every solution within what is held keeps to."""
        if "travel" not in self.holds:
            return
        base, most = plain(self.puzzle), self.holds["travel"]
        wanted = bands(self.puzzle, self.holds["fairness"]) if "fairness" in self.holds else (None,)
        found = [(master, master.tightened(self.watch, most)) for master in (master_of(self.puzzle, base, band) for band in wanted)]
        open_ones = [(master, answer) for master, answer in found if answer.x is not None and answer.value <= most + 1]
        if open_ones:
            shut = [set(master.beyond(answer, most - answer.value)) for master, answer in open_ones]
            self._shut = frozenset(set.intersection(*shut))
            self._rows = open_ones[0][0].model if len(open_ones) == 1 else None

    def _help(self, goals: Sequence[tuple[str, int]]) -> None:
        """Let the search in bands bound goals on teams that come next, and find a rota that keeps what is held.

        What it proves without the goals that are held is true with them. Of a second goal it is so only where the first one
        is as good with them as without: else more of it is allowed than what the proof supposed.
        """
        assert self.best
        kept = optimised(_kept_to(self.puzzle, self.holds, self.best), goals, self.watch, self.seed)
        if kept.ended and kept.solutions and self._is_held(kept.solutions[-1]):
            self.best = kept.solutions[-1]
            if all(goal not in ON_TEAMS and not most for goal, most in self.holds.items()) and "spread" not in self.holds:
                self.bounds |= kept.bounds
                return
        loose = optimised(self.puzzle, goals, self.watch, self.seed)
        for goal, _ in goals:
            self.bounds[goal] = loose.bounds[goal]
            if measured(self.puzzle, goal, self.best) > loose.bounds[goal]:
                return

    def _is_held(self, solution: Solution) -> bool:
        return all(measured(self.puzzle, goal, solution) <= most for goal, most in self.holds.items())


def _leading(goals: Sequence[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """The goals on teams that come before any on dates."""
    return takewhile(lambda goal: goal[0] in ON_TEAMS, goals)


def _kept_to(puzzle: Puzzle, goals: Mapping[str, int], known: Solution) -> Puzzle:
    """The puzzle in which every solution is as good on some goals as a known one: visits keep what the goals ask of them."""
    for goal in goals:
        if goal == "spread":
            puzzle = _in_weeks(puzzle, known)
        elif goal not in ON_TEAMS:
            chosen = frozenset(known.chosen)
            for fault in puzzle.faults.get(goal, ()):
                if not is_faulty(fault, chosen, known.starts):
                    puzzle = _without(puzzle, fault)
    return _fitted(puzzle)


def _in_weeks(puzzle: Puzzle, known: Solution) -> Puzzle:
    """Each visit in the week in which it begins."""
    mondays = (start - (start + puzzle.weekday) % 7 for start in known.starts)
    weeks = ((127 << monday) if monday >= 0 else 127 >> -monday for monday in mondays)
    return replace(puzzle, starts=tuple(mask & week for mask, week in zip(puzzle.starts, weeks, strict=True)))


def _without(puzzle: Puzzle, fault: Fault) -> Puzzle:
    """The puzzle without the solutions that have a fault."""
    if fault.when is None:
        starts = tuple(mask & fault.starts if visit == fault.visit else mask for visit, mask in enumerate(puzzle.starts))
        rows = tuple(Row(1, 1, (each,)) for each in fault.needed)
        return replace(puzzle, starts=starts, rows=puzzle.rows + rows)
    candidates = list(puzzle.candidates)
    candidates[fault.when] = replace(candidates[fault.when], starts=candidates[fault.when].starts & fault.starts)
    return replace(puzzle, candidates=tuple(candidates))


def _fitted(puzzle: Puzzle) -> Puzzle:
    """Candidates with the first days that their visit still has; those that have none left are in no team."""
    candidates = tuple(replace(each, starts=each.starts & puzzle.starts[each.visit]) for each in puzzle.candidates)
    rows = tuple(Row(None, 0, (index,)) for index, each in enumerate(candidates) if not each.starts)
    return replace(puzzle, candidates=candidates, rows=puzzle.rows + rows)
