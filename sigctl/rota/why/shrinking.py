"""A small part of some things that still conflicts: by leaving out, and then the smallest by hitting sets. Knows no rota.

The question `possible` answers True, False or None, which is "not known" and never counts as a conflict.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from math import inf
from typing import Generic, TypeVar

from sigctl.rota.search.linear import Effort, Linear

T = TypeVar("T", bound=Hashable)
Question = Callable[[Sequence[T]], bool | None]


@dataclass(frozen=True, slots=True)
class Core(Generic[T]):
    """Things that conflict. If the core `is_tight`, none can be left out; if it `is_smallest`, no fewer conflict."""

    items: tuple[T, ...]
    is_tight: bool
    is_smallest: bool = False


def shrunk(items: Sequence[T], possible: Question[T]) -> Core[T]:
    """Things that still conflict, of which none can be left out: pieces go, at first halves, at last single ones."""
    kept = list(items)
    size = max(1, len(kept) // 2)
    while True:
        index, is_tight = 0, True
        while index < len(kept):
            rest = kept[:index] + kept[index + size :]
            answer = possible(rest) if rest else True
            if answer is False:
                kept = rest
            else:
                is_tight &= answer is True
                index += size
        if size == 1:
            return Core(tuple(kept), is_tight)
        size = max(1, size // 2)


class Exhausted(Exception):
    """There is no time for another question."""


def smallest(items: Sequence[T], core: Core[T], possible: Question[T]) -> Core[T]:
    """The smallest part of the items that conflicts; or the core that is known, when the question raises Exhausted.

    By implicit hitting sets (A. Ignatiev, A. Previti, M. Liffiton and J. Marques-Silva, "Smallest MUS extraction with minimal
    hitting set dualization", CP 2015): what conflicts meets every set whose leaving out makes all the rest possible. The
    smallest meeting of those that are known either conflicts, and then nothing smaller does, or shows another such set.
    """
    try:
        return _smallest(items, core, possible)
    except Exhausted:
        return core


def _smallest(items: Sequence[T], core: Core[T], possible: Question[T]) -> Core[T]:
    corrections = [{each} for each in core.items if possible([other for other in items if other != each]) is True]
    while True:
        hitting = _hitting(items, corrections)
        if len(hitting) >= len(core.items):
            return Core(core.items, core.is_tight, is_smallest=core.is_tight)
        answer = possible(hitting)
        if answer is False:
            return Core(hitting, is_tight=True, is_smallest=True)
        if answer is None:
            return core
        chosen = set(hitting)
        inside = set(_grown(hitting, [each for each in items if each not in chosen], possible))
        corrections.append({each for each in items if each not in inside})


def _hitting(items: Sequence[T], sets: Sequence[set[T]]) -> tuple[T, ...]:
    """The fewest items of which each set holds one."""
    wanted = [each for each in items if any(each in some for some in sets)]
    forced = {next(iter(some)) for some in sets if len(some) == 1}
    model = Linear()
    for _ in wanted:
        model.column(1)
    for some in sets:
        model.row(1, inf, [column for column, each in enumerate(wanted) if each in some])
    if len(forced) == len(wanted) or not wanted:
        return tuple(wanted)
    x = model.best((), [0.0] * len(wanted), Effort()).x
    assert x is not None
    return tuple(each for column, each in enumerate(wanted) if x[column] > 0.5)


def _grown(chosen: Sequence[T], others: Sequence[T], possible: Question[T]) -> list[T]:
    """As many of the others as go with what is chosen, first come first served, by halves."""
    if not others:
        return list(chosen)
    together = [*chosen, *others]
    if possible(together) is True:
        return together
    if len(others) == 1:
        return list(chosen)
    half = len(others) // 2
    return _grown(_grown(chosen, others[:half], possible), others[half:], possible)
