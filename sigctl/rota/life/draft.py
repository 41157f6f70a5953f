"""The files of a rota, drafted and published: their text, what their heads tell, and whether somebody has edited a draft."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from sigctl.records import Rota, RotaVisit, Status
from sigctl.rota.plan import GoalResult, Plan, PlannedStage, PlannedVisit
from sigctl.source import Tree, yaml_text

_HEAD: Final = """\
# The draft rota of {cycle}, written by `sigctl rota`: {proof}.
# You may edit it: `sigctl rota check` says whether it still keeps the rules, `sigctl rota publish` makes it the rota that people
# rely on. Once you have, `sigctl rota` leaves it alone; `sigctl rota --replace` writes a new one over it.
{made}# checksum: {checksum}
"""
_PUBLISHED: Final = """\
# The rota of {cycle}, published on {today} by `sigctl rota publish`; earlier ones are in rotas/earlier.
# You may edit it. `sigctl rota mark` says how far a visit has come; `sigctl rota replan` changes as little as it must.
{made}"""
_SWAPPED: Final = """\
# A draft of {cycle}, made by `sigctl rota swap` from the published rota. `sigctl rota publish` publishes it.
{made}"""
_CHECKSUM: Final = re.compile(r"^# checksum: ([0-9a-f]{16})$", re.MULTILINE)
_FILES: Final = re.compile(r"^# files: ([0-9a-f]{16})$", re.MULTILINE)
_PLANNED: Final = re.compile(r"^# planned: (.+)$", re.MULTILINE)
_GOAL: Final = re.compile(r"([a-z_]+) (-?[\d.]+), at best (-?[\d.]+)(?:; |$)")
_OURS: Final = (
    "# The draft rota of ", "# You may edit it", "# rely on. Once you", "# A draft of ", "# The rota of ", "# planned: ", "# files: ",
    "# checksum: ", "# yaml-language-server: ",
)  # fmt: skip
"""How the lines begin that sigctl writes on top of a rota."""


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of a rota file tells: a digest of the files that it was made from, and what was planned and proved of each goal.

    For each goal by its name its value and the bound that no rota can pass; nothing where the head does not say it.
    """

    files: str = ""
    goals: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    def lines(self) -> str:
        """The lines of a head that tell it."""
        goals = "; ".join(f"{name} {value:.10g}, at best {bound:.10g}" for name, (value, bound) in self.goals.items())
        return (f"# planned: {goals}\n" if goals else "") + (f"# files: {self.files}\n" if self.files else "")


def head_of(text: str) -> Head:
    """What the head of a rota file tells."""
    files, planned = _FILES.search(_unix(text)), _PLANNED.search(_unix(text))
    goals = _GOAL.findall(planned[1]) if planned else []
    return Head(files[1] if files else "", {name: (float(value), float(bound)) for name, value, bound in goals})


def published_file(cycle: str) -> str:
    """Where the published rota of a cycle stands in the workspace."""
    return f"rotas/{cycle}.yaml"


def earlier_file(cycle: str, today: date, number: int = 1) -> str:
    """Where a published rota is kept that another one replaces on a day; its ending keeps it from being read as a rota."""
    return f"rotas/earlier/{cycle}.{today}{f'-{number}' if number > 1 else ''}.yaml.txt"


def draft_file(cycle: str) -> str:
    """Where the draft of a cycle stands in the workspace."""
    return f"rotas/{cycle}.draft.yaml"


def draft_text(plan: Plan, files: str = "") -> str:
    """A plan as the text of its file, with the digest of the files that it was made from."""
    body = rota_text(plan.cycle, "draft", plan.visits)
    proof = "; ".join(map(_proof, plan.goals, range(len(plan.goals)))) or "no goals"
    made = Head(files, {goal.name: (goal.value, goal.bound) for goal in plan.goals}).lines()
    return _HEAD.format(cycle=plan.cycle, proof=proof, made=made, checksum=_checksum(body)) + body


def published_head(cycle: str, today: date, made: Head) -> str:
    """The lines on top of a published rota."""
    return _PUBLISHED.format(cycle=cycle, today=today, made=made.lines())


def swapped_head(cycle: str, made: Head) -> str:
    """The lines on top of a draft that was made of a published rota."""
    return _SWAPPED.format(cycle=cycle, made=made.lines())


def without_head(text: str) -> str:
    """The text of a rota without the lines that sigctl wrote on top of it; whatever somebody else wrote there stays."""
    lines = _unix(text).removeprefix("\ufeff").splitlines(keepends=True)
    top = next((number for number, line in enumerate(lines) if not line.startswith("#")), len(lines))
    return "".join([line for line in lines[:top] if not line.startswith(_OURS)] + lines[top:])


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n")


def rota_text(cycle: str, status: Status, visits: Sequence[PlannedVisit]) -> str:
    """A rota as YAML."""
    return yaml_text({"rotas": [{"cycle": cycle, "status": status, "visits": list(map(_visit, visits))}]})


def visits_of(rota: Rota | None) -> tuple[PlannedVisit, ...]:
    """The visits of a rota file, as a plan has them; none where there is no rota."""
    return tuple(map(planned_visit, rota.visits)) if rota else ()


def planned_visit(visit: RotaVisit) -> PlannedVisit:
    """A visit of a rota file, as a plan has it."""
    stages = tuple(PlannedStage(stage.id, stage.date, stage.facilitators) for stage in visit.stages)
    return PlannedVisit(visit.host, tuple(sorted(visit.dates)), visit.lead, visit.team, visit.state, visit.reserves, stages)


def _visit(visit: PlannedVisit) -> Tree:
    tree: dict[str, Tree] = {"host": visit.host, "dates": list(visit.dates), "lead": visit.lead, "team": list(visit.team)}
    if visit.reserves:
        tree["reserves"] = list(visit.reserves)
    if visit.stages:
        tree["stages"] = list(map(_stage, visit.stages))
    return tree | {"state": visit.state}


def _stage(stage: PlannedStage) -> Tree:
    tree: dict[str, Tree] = {"id": stage.id, "date": stage.day}
    return tree | {"facilitators": list(stage.facilitators)} if stage.facilitators else tree


def _proof(goal: GoalResult, place: int) -> str:
    """What is known of a goal; one that is not the first is as good as it can be while those before it are held."""
    held = "" if place == 0 else f" without giving up the {'goal' if place == 1 else 'goals'} before it"
    reached = f"{goal.name} {goal.value:g}"
    if goal.value <= goal.bound:
        return f"{reached}, the best possible{held}"
    if goal.bound <= 0:
        return f"{reached}, which may not be the best possible"
    return f"{reached}, and none can be below {goal.bound:g}{held}"


def is_edited(text: str) -> bool:
    """Whether the text of a draft is no longer as `sigctl rota` wrote it."""
    found = _CHECKSUM.search(_unix(text))
    body = _unix(text).partition(found[0] + "\n")[2] if found else ""
    return found is None or found[1] != _checksum(body)


def _checksum(body: str) -> str:
    return hashlib.sha256(body.encode("utf-8")).hexdigest()[:16]
