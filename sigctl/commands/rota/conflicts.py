"""Why no rota exists, said at the places in the files."""

import sys

from sigctl.cluster import Cluster
from sigctl.commands import console
from sigctl.commands.messages import listed
from sigctl.commands.rota.formats import places_of
from sigctl.problem import Place, Problem, error
from sigctl.rota import Conflict, Plan


def tell_conflicts(plan: Plan, cluster: Cluster) -> None:
    """Print each reason as a message at its first place, with the other places below it."""
    console.complain(
        f"no rota can keep all the rules of {plan.cycle}; no draft was written",
        "what stands in the way is listed below; `sigctl explain` with the word in brackets tells more",
    )
    console.list_problems([_problem(each, cluster) for each in plan.conflicts], sys.stderr)


def _problem(conflict: Conflict, cluster: Cluster) -> Problem:
    first, *others = places_of(conflict, cluster) or (Place("sigctl.yaml"),)
    also = f"see also {listed([f'{place.file}:{place.line}' for place in others[:5]])}" if others else ""
    return Problem(error(conflict.rule, ""), conflict.text, first, "; ".join(filter(None, (conflict.advice, also))))
