"""Linear models in whole numbers, and the one place that calls HiGHS and SCIP.

Through the solver's own messages and not through OR-Tools' Python front: that front takes 0.35 s to import and seconds to
build what is built here in milliseconds (2 cores, version 9.15).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import Any, Final

_SOON: Final = {"separating/gomory/maxroundsroot": 0, "propagating/probing/maxprerounds": 0, "branching/relpscost/initcand": 30}
"""What lets SCIP branch soon: no cuts of the tableau, which gain little on rotas and make relaxations slow, no probing, and fewer
candidates to branch on that are tried out."""
_STRONG: Final = 0.25
"""The share of SCIP's simplex steps that such trials may take."""


@dataclass(frozen=True, slots=True)
class LinearRow:
    """low ≤ sum of coefficient × column ≤ high, all whole numbers but for infinite ends; columns in order."""

    low: float
    high: float
    columns: tuple[int, ...]
    coefficients: tuple[int, ...]

    def value(self, x: Sequence[float]) -> float:
        """The sum at a point."""
        return sum(a * x[c] for c, a in zip(self.columns, self.coefficients, strict=True))


@dataclass(frozen=True, slots=True)
class Answer:
    """What HiGHS found: the point (None where there is none), its value, the proven bound, and the prices of a relaxation.

    Those are the reduced costs of columns and the duals of rows. `work` is how many simplex steps it took: a measure of effort
    that is the same on every machine. `ended` is False where the limit of nodes came first; the bound holds then, too, and the
    point is the best so far.
    """

    x: tuple[float, ...] | None
    value: float = inf
    bound: float = inf
    reduced: tuple[float, ...] = ()
    duals: tuple[float, ...] = ()
    work: int = 0
    ended: bool = True


@dataclass(frozen=True, slots=True)
class Effort:
    """How far a solver goes for whole numbers: to a gap, or through so many nodes; and its seed.

    `branching` asks SCIP, which soon branches, instead of HiGHS, which cuts and looks for good points first.
    """

    gap: float = 0.0
    nodes: int = 1_000_000
    seed: int = 0
    branching: bool = False


class SolverError(RuntimeError):
    """HiGHS gave up, which it should never do on models like ours."""


@dataclass
class Linear:
    """A model to minimise: columns between 0 and 1, whole unless relaxed, and rows. `impossible` once a row cannot hold."""

    costs: list[int] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    rows: list[LinearRow] = field(default_factory=list)
    impossible: bool = False

    def copy(self) -> "Linear":
        """A model that can grow apart from this one."""
        return Linear(list(self.costs), list(self.whole), list(self.rows), self.impossible)

    def column(self, cost: int = 0, *, whole: bool = True) -> int:
        """A new column."""
        self.costs.append(cost)
        self.whole.append(whole)
        return len(self.costs) - 1

    def row(self, low: float, high: float, columns: Sequence[int], coefficients: Sequence[int] = ()) -> None:
        """A new row; coefficients are 1 where left out."""
        if not columns:
            self.impossible |= low > 0 or high < 0
            return
        pairs = sorted(zip(columns, coefficients or [1] * len(columns), strict=True))
        self.rows.append(LinearRow(low, high, tuple(c for c, _ in pairs), tuple(a for _, a in pairs)))

    def relaxed(self, shut: Collection[int] = ()) -> Answer:
        """The optimum without the wish for whole numbers, the shut columns being 0."""
        return self._solved(shut, None, Effort())

    def best(self, shut: Collection[int], extra: Sequence[float], effort: Effort) -> Answer:
        """An optimum in whole numbers, as far as the effort goes, the shut columns being 0, `extra` being added to the costs."""
        return self._solved(shut, extra, effort)

    def _solved(self, shut: Collection[int], extra: Sequence[float] | None, effort: Effort) -> Answer:
        if self.impossible:
            return Answer(None)
        costs = self.costs if extra is None else [a + b for a, b in zip(self.costs, extra, strict=True)]
        high = [1.0] * len(costs)
        for column in shut:
            high[column] = 0.0
        return solved(
            Message(
                costs,
                high,
                None if extra is None else self.whole,
                [row.low for row in self.rows],
                [row.high for row in self.rows],
                [index for index, row in enumerate(self.rows) for _ in row.columns],
                [column for row in self.rows for column in row.columns],
                [coefficient for row in self.rows for coefficient in row.coefficients],
            ),
            effort,
        )


@dataclass(frozen=True, slots=True)
class Message:
    """A model as HiGHS is told of it: columns from 0 to `high`, rows from `low` to `top`, and the entries, row by row.

    Where `whole` is None, the columns need not be whole.
    """

    costs: Sequence[float]
    high: Sequence[float]
    whole: Sequence[bool] | None
    low: Sequence[float]
    top: Sequence[float]
    rows: Sequence[int]
    columns: Sequence[int]
    coefficients: Sequence[float]


def solved(message: Message, effort: Effort) -> Answer:
    """The optimum of a model, as far as the effort goes."""
    from ortools.math_opt import callback_pb2, model_parameters_pb2, parameters_pb2  # type: ignore[import-untyped]
    from ortools.math_opt.core.python import solver  # type: ignore[import-untyped]

    call: Any = solver.solve
    result = call(
        _told(message),
        parameters_pb2.SOLVER_TYPE_GSCIP if effort.branching else parameters_pb2.SOLVER_TYPE_HIGHS,
        parameters_pb2.SolverInitializerProto(),
        _parameters(message, effort),
        model_parameters_pb2.ModelSolveParametersProto(),
        None,
        callback_pb2.CallbackRegistrationProto(),
        None,
        None,
    )
    return _read(result)


def _parameters(message: Message, effort: Effort) -> Any:
    from ortools.math_opt import parameters_pb2

    parameters = parameters_pb2.SolveParametersProto(random_seed=effort.seed)
    if message.whole is not None:
        parameters.relative_gap_tolerance = 0.0
        parameters.absolute_gap_tolerance = effort.gap
        parameters.node_limit = effort.nodes
    if effort.branching:
        parameters.gscip.int_params.update(_SOON)
        parameters.gscip.real_params["branching/relpscost/sbiterquot"] = _STRONG
    return parameters


def _told(message: Message) -> Any:
    from ortools.math_opt import model_pb2

    told = model_pb2.ModelProto()
    count = len(message.costs)
    told.variables.ids.extend(range(count))
    told.variables.lower_bounds.extend([0.0] * count)
    told.variables.upper_bounds.extend(message.high)
    told.variables.integers.extend([False] * count if message.whole is None else message.whole)
    priced = [column for column in range(count) if message.costs[column]]
    told.objective.linear_coefficients.ids.extend(priced)
    told.objective.linear_coefficients.values.extend([message.costs[column] for column in priced])
    told.linear_constraints.ids.extend(range(len(message.low)))
    told.linear_constraints.lower_bounds.extend(message.low)
    told.linear_constraints.upper_bounds.extend(message.top)
    told.linear_constraint_matrix.row_ids.extend(message.rows)
    told.linear_constraint_matrix.column_ids.extend(message.columns)
    told.linear_constraint_matrix.coefficients.extend(message.coefficients)
    return told


def _read(result: Any) -> Answer:
    from ortools.math_opt import result_pb2

    reason = result.termination.reason
    if reason in (result_pb2.TERMINATION_REASON_INFEASIBLE, result_pb2.TERMINATION_REASON_INFEASIBLE_OR_UNBOUNDED):
        return Answer(None)
    bound, work = result.termination.objective_bounds.dual_bound, result.solve_stats.simplex_iterations
    limited = (result_pb2.TERMINATION_REASON_FEASIBLE, result_pb2.TERMINATION_REASON_NO_SOLUTION_FOUND)
    if reason not in (*limited, result_pb2.TERMINATION_REASON_OPTIMAL):
        raise SolverError(result_pb2.TerminationReasonProto.Name(reason))
    best = result.solutions[0] if result.solutions else None
    return Answer(
        tuple(best.primal_solution.variable_values.values) if best else None,
        best.primal_solution.objective_value if best else inf,
        bound,
        tuple(best.dual_solution.reduced_costs.values) if best else (),
        tuple(best.dual_solution.dual_values.values) if best else (),
        work,
        reason == result_pb2.TERMINATION_REASON_OPTIMAL,
    )
