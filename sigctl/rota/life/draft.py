"""The file of a drafted rota, and whether somebody has edited it since it was written."""

import hashlib
import re
from collections.abc import Sequence
from typing import Final

from sigctl.records import Status
from sigctl.rota.plan import GoalResult, Plan, PlannedStage, PlannedVisit
from sigctl.source import Tree, yaml_text

_HEAD: Final = """\
# The draft rota of {cycle}, written by `sigctl rota`: {proof}.
# You may edit it. Once you have, `sigctl rota` leaves it alone; `sigctl rota --replace` writes a new one over it.
# checksum: {checksum}
"""
_CHECKSUM: Final = re.compile(r"^# checksum: ([0-9a-f]{16})$", re.MULTILINE)


def draft_file(cycle: str) -> str:
    """Where the draft of a cycle stands in the workspace."""
    return f"rotas/{cycle}.draft.yaml"


def draft_text(plan: Plan) -> str:
    """A plan as the text of its file."""
    body = rota_text(plan.cycle, "draft", plan.visits)
    proof = "; ".join(map(_proof, plan.goals, range(len(plan.goals))))
    return _HEAD.format(cycle=plan.cycle, proof=proof or "no goals", checksum=_checksum(body)) + body


def rota_text(cycle: str, status: Status, visits: Sequence[PlannedVisit]) -> str:
    """A rota as YAML."""
    return yaml_text({"rotas": [{"cycle": cycle, "status": status, "visits": list(map(_visit, visits))}]})


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
    found = _CHECKSUM.search(text)
    body = text.replace("\r\n", "\n").partition(found[0] + "\n")[2] if found else ""
    return found is None or found[1] != _checksum(body)


def _checksum(body: str) -> str:
    return hashlib.sha256(body.encode("utf-8")).hexdigest()[:16]
