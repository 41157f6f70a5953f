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


def proof_line(proof: Proven, language: Language) -> str:
    """A goal, its value and what was proved: "Fairness: 3 days …; fairest possible"."""
    said = f"{label(f'rota.{proof.goal}', language)}: {number(proof.value)} {label(f'rota.{proof.goal}_unit', language)}"
    if proof.is_best:
        held = "" if proof.is_first else f" {label('rota.best_after', language)}"
        return f"{said}; {label(f'rota.best_{proof.goal}', language)}{held} ({label('rota.within', language)} 0%)"
    if proof.slack and proof.value <= proof.bound + proof.slack:
        allowed = f"{label('rota.slack', language)} {number(proof.slack)}"
        return f"{said}; {label('rota.the_best', language)} {number(proof.bound)}, {allowed}"
    within = f"{label('rota.within', language)} {proof.gap:.2g}% {label('rota.of_the_best', language)}"
    return f"{said}; {within}; {label('rota.at_least', language)} {number(proof.bound)}"
