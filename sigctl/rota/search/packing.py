"""How often at the most something can be used in the days that there are: said of teams, before anybody looks at dates.

In a short window, or where people must stay at home for long between visits, dates alone limit how many visits a person or a
school can serve. Found out by cores, this takes for ever; by counting, no time at all.
"""

from collections.abc import Iterator
from dataclasses import replace

from sigctl.rota.puzzle import Puzzle, Resource, Row


def packed(puzzle: Puzzle) -> Puzzle:
    """The puzzle with a row for each resource that days limit, and accounts that know of it."""
    limits = dict(_limits(puzzle))
    rows = tuple(Row(None, limit, among) for among, limit in limits.items())
    accounts = tuple(replace(each, most=min(each.most, limits.get(each.candidates, each.most))) for each in puzzle.accounts)
    return replace(puzzle, rows=puzzle.rows + rows, accounts=accounts) if rows else puzzle


def _limits(puzzle: Puzzle) -> Iterator[tuple[tuple[int, ...], int]]:
    """Sets of candidates of whom only so many can be chosen; settled visits keep no limits, so they are left alone."""
    for resource in puzzle.resources:
        among = tuple(sorted(each for claim in resource.claims for each in claim.candidates or ()))
        visits = {claim.visit for claim in resource.claims} | ({resource.keeper} - {None})
        if resource.weekly or resource.capacity is None or not among or any(puzzle.settled[each] for each in visits if each is not None):
            continue
        kept = 0 if resource.keeper is None else 1
        limit = resource.capacity * max(0, most_runs(puzzle, resource, among) - kept)
        if limit < len(among):
            yield among, limit


def most_runs(puzzle: Puzzle, resource: Resource, among: tuple[int, ...]) -> int:
    """How many visits fit one after the other into the days on which they can begin, were each as short as the shortest.

    The one that begins first is always taken, which is best where all are of one length.
    """
    starts = 0 if resource.keeper is None else puzzle.starts[resource.keeper]
    visits = {claim.visit for claim in resource.claims}
    for each in among:
        starts |= puzzle.candidates[each].starts
    if resource.keeper is not None:
        visits.add(resource.keeper)
    length = min(puzzle.days[visit] for visit in visits) + resource.gap
    count = 0
    while starts:
        count += 1
        first = (starts & -starts).bit_length() - 1
        starts = starts >> (first + length) << (first + length)
    return count
