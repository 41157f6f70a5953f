"""Figures, and what was proved about a goal, in words."""

from typing import Protocol

from sigctl.render.labels import label
from sigctl.words import Language


class Proven(Protocol):
    """What a page knows of a goal."""

    @property
    def goal(self) -> str:
        """The goal's name."""

    @property
    def value(self) -> float:
        """What was reached."""

    @property
    def bound(self) -> float:
        """What nothing can go below."""

    @property
    def slack(self) -> float:
        """How much worse than the best the goal may be."""

    @property
    def is_first(self) -> bool:
        """Whether no other goal comes before it."""

    @property
    def is_best(self) -> bool:
        """Whether nothing better is possible."""

    @property
    def gap(self) -> float:
        """By how many hundredths the value may lie above the best."""


def signed(value: int) -> str:
    """A whole number with its sign; a real minus, and nothing before 0."""
    return f"+{value}" if value > 0 else str(value).replace("-", "\u2212")


def number(value: float) -> str:
    """A figure with a comma between thousands, and a decimal only where there is one."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"


def percent(value: float) -> str:
    """A share in hundredths, as exactly as it is of use."""
    return f"{value:.0f}%" if value >= 10 else f"{value:.2g}%"


def goal_words(goal: str, value: float, language: Language) -> str:
    """A goal and its value: "Fairness: 3 days …"."""
    unit = label(f"rota.{goal}_one" if value == 1 else f"rota.{goal}_unit", language)
    return f"{label(f'rota.{goal}', language)}: {number(value)} {unit}"


def proof_line(proof: Proven, language: Language) -> str:
    """A goal, its value and what was proved: "Fairness: 3 days …; fairest possible"."""

    def words(key: str) -> str:
        return label(f"rota.{key}", language)

    held = "" if proof.is_first else f" {words('best_after')}"
    said = goal_words(proof.goal, proof.value, language)
    if proof.is_best:
        return f"{said}; {words(f'best_{proof.goal}')}{held} ({words('within')} 0%)"
    if proof.slack and proof.value <= proof.bound + proof.slack:
        return f"{said}; {words('the_best')} {number(proof.bound)}{held}, {words('slack')} {number(proof.slack)}"
    if proof.bound <= 0:
        return said
    return f"{said}; {words('within')} {percent(proof.gap)} {words('of_the_best')}; {words('at_least')} {number(proof.bound)}{held}"
