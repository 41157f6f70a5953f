"""The rival that a good engineer writes first: one CP-SAT model of the whole cycle.

A boolean for each first day of a visit and for each person who may be in its team; an interval for each of these people, so that
a person's visits keep their distance and a school's people out on a day stay within its limit; one objective after the other,
with what was found as a hint. Presolve and two workers, as CP-SAT has them by default.
"""

import threading
import time
from typing import Any

from eligible import Placed, Rota, bits, eligible, most_out, most_visits, openings, scores
from ortools.sat.python import cp_model

from sigctl.rota.case import Case


class OneModel:
    """The model of a case."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.model = cp_model.CpModel()
        self.who = [eligible(case, visit) for visit in case.visits]
        self.day = [
            {day: self.model.new_bool_var(f"y{v}_{day}") for day in bits(case.starts(visit))} for v, visit in enumerate(case.visits)
        ]
        self.goes = [{person: self.model.new_bool_var(f"x{v}_{person}") for person in who} for v, who in enumerate(self.who)]
        self._dates()
        self._teams()
        self._people()
        self._schools()
        self._swaps()
        self.spread = self._spread()
        self.travel = sum(
            2 * visit.days * case.tenths[case.reviewers[person].school][visit.host] * var
            for visit, goes in zip(case.visits, self.goes, strict=True)
            for person, var in goes.items()
        )

    def _dates(self) -> None:
        weeks: dict[Any, list[Any]] = {}
        days: dict[int, list[Any]] = {}
        self.start = []
        for visit, day in zip(self.case.visits, self.day, strict=True):
            self.model.add_exactly_one(day.values())
            start = self.model.new_int_var_from_domain(cp_model.Domain.from_values(list(day)), "")
            self.model.add(start == sum(first * var for first, var in day.items()))
            self.start.append(start)
            for first, var in day.items():
                weeks.setdefault(self.case.day(first).isocalendar()[:2], []).append(var)
                for later in range(visit.days):
                    days.setdefault(first + later, []).append(var)
        for limit, groups in ((self.case.rules.visits_per_week, weeks), (self.case.rules.visits_per_day, days)):
            for group in groups.values() if limit is not None else ():
                self.model.add(sum(group) <= limit)

    def _teams(self) -> None:
        rules, people = self.case.rules, self.case.reviewers
        for visit, goes, who, day in zip(self.case.visits, self.goes, self.who, self.day, strict=True):
            self.model.add(sum(goes.values()) == visit.team)
            self.model.add(sum(var for person, var in goes.items() if people[person].level == "lead") >= max(1, rules.leads))
            self.model.add(sum(var for person, var in goes.items() if people[person].level == "trainee") <= rules.trainees)
            if self.case.schools[visit.host].welsh:
                self.model.add(sum(var for person, var in goes.items() if people[person].welsh) >= rules.welsh_speakers)
            for focus in visit.focus if rules.cover_focus else ():
                self.model.add_bool_or([var for person, var in goes.items() if focus in people[person].expertise])
            for person in visit.members:
                self.model.add(goes[person] == 1)
            for person, var in goes.items():
                if who[person].bit_count() < len(day):
                    self.model.add_bool_or([var.negated(), *(day[first] for first in bits(who[person]))])
            self._of_one_school(goes)

    def _of_one_school(self, goes: dict[int, Any]) -> None:
        homes: dict[int, list[Any]] = {}
        for person, var in goes.items():
            homes.setdefault(self.case.reviewers[person].school, []).append(var)
        for group in homes.values() if self.case.rules.one_per_school else ():
            self.model.add_at_most_one(group)

    def _people(self) -> None:
        """Each person's number of visits, and the days between them."""
        gap = self.case.rules.days_between
        of: dict[int, list[tuple[int, Any]]] = {}
        for number, goes in enumerate(self.goes):
            for person, var in goes.items():
                of.setdefault(person, []).append((number, var))
        for person, visits in of.items():
            most = most_visits(self.case, self.case.reviewers[person])
            self.model.add(sum(var for _, var in visits) <= most)
            if most > 1:
                self.model.add_no_overlap([self._interval(number, var, gap) for number, var in visits])

    def _interval(self, number: int, present: Any, more: int = 0) -> Any:
        days = self.case.visits[number].days + more
        return self.model.new_optional_fixed_size_interval_var(self.start[number], days, present, "")

    def _schools(self) -> None:
        """How many of a school's people are out on a day, and that the host stays at home."""
        hosts = self.case.hosts()
        out: dict[int, list[Any]] = {}
        for number, goes in enumerate(self.goes):
            for person, var in goes.items():
                out.setdefault(self.case.reviewers[person].school, []).append(self._interval(number, var))
        for school, intervals in out.items():
            most = most_out(self.case, school)
            demands = [1] * len(intervals)
            if self.case.rules.host_stays_home and school in hosts and most:
                number = hosts[school]
                intervals = [*intervals, self.model.new_fixed_size_interval_var(self.start[number], self.case.visits[number].days, "")]
                demands.append(most)
            self.model.add_cumulative(intervals, demands, most)

    def _swaps(self) -> None:
        if self.case.rules.swaps:
            return
        hosts, sends = self.case.hosts(), {}
        for number, goes in enumerate(self.goes):
            for person, var in goes.items():
                pair = (self.case.reviewers[person].school, self.case.visits[number].host)
                if pair[0] in hosts:
                    sends.setdefault(pair, []).append(var)
        for (a, b), there in sends.items():
            back = sends.get((b, a), ())
            if a < b and back and self.case.rules.one_per_school:
                self.model.add_at_most_one([*there, *back])
            elif a < b:
                for one in there:
                    for other in back:
                        self.model.add_at_most_one([one, other])

    def _spread(self) -> Any:
        opening = openings(self.case)
        given: dict[int, list[Any]] = {number: [] for number, school in enumerate(self.case.schools) if school.reviewers}
        for visit, goes in zip(self.case.visits, self.goes, strict=True):
            for person, var in goes.items():
                given[self.case.reviewers[person].school].append(visit.days * var)
        least, most = self.model.new_int_var(-10_000, 10_000, "least"), self.model.new_int_var(-10_000, 10_000, "most")
        for school, terms in given.items():
            self.model.add(opening[school] + sum(terms) >= least)
            self.model.add(opening[school] + sum(terms) <= most)
        return most - least

    def variables(self) -> list[Any]:
        return [var for group in (*self.day, *self.goes) for var in group.values()]

    def rota(self, value: Any) -> Rota:
        """The rota of a solution; the lead stands first in each team."""
        found: Rota = {}
        for number, (day, goes) in enumerate(zip(self.day, self.goes, strict=True)):
            team = [person for person, var in goes.items() if value(var)]
            team.sort(key=lambda person: (self.case.reviewers[person].level != "lead", person))
            found[number] = Placed(next(first for first, var in day.items() if value(var)), tuple(team))
        return found


class _First(cp_model.CpSolverSolutionCallback):
    """Notes when the first solution came, and stops the search at a solution once its time is over."""

    def __init__(self, began: float) -> None:
        super().__init__()
        self.began = began
        self.first: float | None = None
        self.is_over = False

    def on_solution_callback(self) -> None:
        if self.first is None:
            self.first = time.monotonic() - self.began
        if self.is_over:
            self.stop_search()


def plan(case: Case, limit: float, began: float) -> dict[str, Any]:
    """Fairness for at most half of the time, once there is any rota; then travel, with fairness held."""
    built = OneModel(case)
    callback = _First(began)
    solver, status = _solve(built, built.spread, limit - (time.monotonic() - began), callback, share=0.5)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return {"infeasible": status == cp_model.INFEASIBLE}
    fairness, bound = round(solver.objective_value), round(solver.best_objective_bound)
    is_fairest = status == cp_model.OPTIMAL
    rota = built.rota(solver.value)
    answer: dict[str, Any] = {"first": callback.first, "bounds": {"fairness": bound}}
    built.model.add(built.spread <= fairness)
    for var in built.variables():
        built.model.add_hint(var, solver.value(var))
    left = limit - (time.monotonic() - began)
    if left > 0:
        solver, status = _solve(built, built.travel, left, callback)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            rota = min(rota, built.rota(solver.value), key=lambda each: scores(case, each))
        if is_fairest and status != cp_model.UNKNOWN:
            answer["bounds"]["travel"] = solver.best_objective_bound / 10
        answer["proved"] = is_fairest and status == cp_model.OPTIMAL
    return answer | {"rota": rota}


def _solve(built: OneModel, goal: Any, seconds: float, callback: _First, share: float = 1) -> tuple[Any, Any]:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    solver.parameters.max_time_in_seconds = max(0.1, seconds)
    callback.is_over = False
    built.model.minimize(goal)

    def enough() -> None:
        callback.is_over = True
        if callback.first is not None:
            solver.stop_search()

    timer = threading.Timer(seconds * share, enough)
    timer.daemon = True
    if share < 1:
        timer.start()
    status = solver.solve(built.model, callback)
    timer.cancel()
    return solver, status
