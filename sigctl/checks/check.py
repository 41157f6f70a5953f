"""What a check is: a generator of findings whose docstring is the manual that `sigctl explain` prints."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from inspect import cleandoc
from typing import NamedTuple

from sigctl.cluster import Cluster
from sigctl.problem import Mistake, Place, Problem, Severity


class Finding(NamedTuple):
    """One thing that a check found: where, what is wrong, what to do."""

    place: Place
    message: str
    advice: str = ""


Finder = Callable[[Cluster], Iterator[Finding]]


@dataclass(frozen=True)
class Check:
    """A question asked of the whole cluster, and the mistake that it finds."""

    mistake: Mistake
    find: Finder

    def problems(self, cluster: Cluster) -> Iterator[Problem]:
        """Every problem of this kind that the cluster has."""
        return (Problem(self.mistake, found.message, found.place, found.advice) for found in self.find(cluster))


def check(code: str, severity: Severity) -> Callable[[Finder], Check]:
    """Make a check of a generator; its docstring becomes the manual of its mistake."""

    def wrap(find: Finder) -> Check:
        return Check(Mistake(code, severity, cleandoc(find.__doc__ or "")), find)

    return wrap
