"""Why no rota exists, and what would help, said at the places in the files."""

import sys
from collections.abc import Iterable, Sequence

from sigctl.cluster import Cluster
from sigctl.commands import console
from sigctl.commands.messages import listed
from sigctl.commands.rota.reasons import places_of
from sigctl.problem import Place, Problem, error
from sigctl.rota.plan import Conflict, LeftOut, NearPerson, Plan, Relaxation, Source


def tell_conflicts(plan: Plan, cluster: Cluster) -> None:
    """Print each reason as a message at its first place, with the other places below it; and then what would help."""
    console.complain(
        f"no rota can keep all the rules of {plan.cycle}; no draft was written",
        "what stands in the way is listed below; `sigctl explain` with the word in brackets tells more",
        "`sigctl rota --partial` places as many visits as can be",
    )
    console.list_problems([_problem(each, cluster) for each in plan.conflicts], sys.stderr)
    tell_relaxations(plan.relaxations, cluster)


def tell_relaxations(relaxations: Sequence[Relaxation], cluster: Cluster) -> None:
    """Print the changes that would make a rota possible, each at the place where it would be made."""
    if not relaxations:
        return
    enough = [each for each in relaxations if each.is_enough]
    if enough:
        head = "any one of these changes makes a rota possible, the easiest on people first; each was solved for:"
    else:
        head = "no single change was found that is enough; each of these ends one of the conflicts:"
    console.say("\n".join(("", head, *_lined([(each.sources, each.text) for each in enough or relaxations], cluster))))


def _problem(conflict: Conflict, cluster: Cluster) -> Problem:
    first, *others = places_of(conflict.sources, cluster) or (Place("sigctl.yaml"),)
    kind = error(conflict.rule, "")
    if conflict.demands:
        lines = _lined([(each.sources, each.text) for each in conflict.demands], cluster)
        return Problem(kind, _headline(conflict), first, "\n".join((f"{conflict.advice}:", *lines)))
    also = f"see also {listed([f'{place.file}:{place.line}' for place in others[:5]])}" if others else ""
    return Problem(kind, conflict.text, first, "; ".join(filter(None, (conflict.advice, also))))


def _headline(conflict: Conflict) -> str:
    if conflict.is_smallest:
        return "these cannot all hold together, and no fewer of their kind conflict"
    if conflict.is_tight:
        return "these cannot all hold together, and none of them can be left out of the conflict"
    return "these cannot all hold together"


def _lined(parts: Iterable[tuple[Sequence[Source], str]], cluster: Cluster) -> list[str]:
    """Sentences, each after its first place in the files."""
    placed = [(next((f"{each.file}:{each.line}" for each in places_of(sources, cluster)), ""), text) for sources, text in parts]
    width = max((len(place) for place, _ in placed), default=0)
    return [f"      {place:<{width}}  {text}" for place, text in placed]


def tell_left_out(plan: Plan) -> None:
    """Print for each visit that was left out who is nearest to it, and what bars them."""
    number, proof = len(plan.left_out), "no rota holds more" if plan.most_visits else "whether a rota can hold more is not known"
    count = f"{len(plan.visits)} visits are placed and {number} left out; {proof}"
    console.complain(count, "below, for each that is left out: what it lacks, who could come nearest to going there, and what bars them")
    console.say("\n".join(line for visit in plan.left_out for line in _left_out(visit)))


def _left_out(visit: LeftOut) -> list[str]:
    bars = [f"      {bar.text}" for bar in visit.bars[:_FULL]]
    if len(visit.bars) > _FULL:
        bars.append(f"      and so in {len(visit.bars) - _FULL} more weeks or days")
    bars += [f"      {lack.text}" for lack in visit.lacks]
    people = [f"      `{near.person}`, {near.kilometres:g} km away, {_barred(near)}" for near in visit.nearest]
    return ["", f"{visit.host}:", *bars, *people]


_FULL = 3
"""Full weeks or days that are printed; JSON has all."""


def _barred(near: NearPerson) -> str:
    when = f"on {near.day:%a} {near.day.day} {near.day:%b}" if near.day else "on any day"
    if not near.bars:
        return f"could come {when}, as far as their own days and visits go"
    return f"{when}: {'; '.join(bar.text for bar in near.bars)}"
