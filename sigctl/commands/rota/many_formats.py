"""How many workspaces went, a line for each: as text, Markdown, CSV or JSON."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from sigctl.commands.errors import CommandError
from sigctl.commands.messages import cells, visible
from sigctl.commands.rota.one_of_many import Answer
from sigctl.render import csv_text, number

_HEADER: Final = ("Workspace", "Cycle", "Status", "Goals", "Seconds", "Draft, or what is wrong")
_UNITS: Final = {"fairness": "days", "travel": "km"}
_RIGHT: Final = 4
"""The column whose figures stand at the right."""


def check_format(format: str) -> None:
    """Refuse, before any work, a format in which many workspaces cannot be told."""
    if format not in _FORMATS:
        raise CommandError(f"--all cannot be printed as {format}", f"choose from {', '.join(_FORMATS)}")


def printed(answers: Sequence[Answer], format: str) -> str:
    """All answers in a format."""
    return _FORMATS[format](answers)


def as_text(answers: Sequence[Answer]) -> str:
    """A table without lines, a workspace in each row."""
    rows = [_HEADER, *(tuple(visible(each) for each in _row(answer)) for answer in answers)]
    widths = [max(cells(row[column]) for row in rows) for column in range(len(_HEADER))]
    return "".join("  ".join(_padded(row, widths)).rstrip() + "\n" for row in rows)


def _padded(row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    for column, (text, width) in enumerate(zip(row, widths, strict=True)):
        space = " " * (width - cells(text))
        yield space + text if column == _RIGHT else text + space


def as_markdown(answers: Sequence[Answer]) -> str:
    """A Markdown table."""
    lines = [_HEADER, ["---"] * len(_HEADER), *(_row(answer) for answer in answers)]
    return "".join(f"| {' | '.join(visible(each).replace('|', chr(92) + '|') for each in line)} |\n" for line in lines)


def _row(answer: Answer) -> tuple[str, ...]:
    told = answer.told
    seconds = f"{told['seconds']:.1f}" if "seconds" in told else ""
    goals = ", ".join(map(_goal, told.get("goals", ())))
    return answer.workspace, told.get("cycle", ""), answer.status, goals, seconds, answer.wrote or answer.trouble


def _goal(goal: Mapping[str, Any]) -> str:
    """A goal with its value, and its bound where that is not reached."""
    unit = f" {_UNITS[goal['name']]}" if goal["name"] in _UNITS else ""
    bound = "" if goal["value"] <= goal["bound"] else f" (at least {number(goal['bound'])})"
    return f"{goal['name']} {number(goal['value'])}{unit}{bound}"


def as_csv(answers: Sequence[Answer]) -> str:
    """A line for each workspace, with two columns for each goal that any of them has."""
    goals = list(dict.fromkeys(goal["name"] for answer in answers for goal in answer.told.get("goals", ())))
    header = ["workspace", "cycle", "status", "exit_code", "seconds", "visits"]
    header += [name for goal in goals for name in (goal, f"{goal}_bound")]
    return csv_text([*header, "draft", "problem"], (_csv_row(answer, goals) for answer in answers))


def _csv_row(answer: Answer, goals: Sequence[str]) -> list[object]:
    told = answer.told
    of = {goal["name"]: goal for goal in told.get("goals", ())}
    figures = [of[goal][what] if goal in of else "" for goal in goals for what in ("value", "bound")]
    start = [answer.workspace, told.get("cycle", ""), answer.status, answer.code, told.get("seconds", ""), len(told.get("visits", ()))]
    return [*start, *figures, answer.wrote, answer.trouble]


def as_json(answers: Sequence[Answer]) -> str:
    """A list of what `sigctl rota --format json` prints, each with `workspace` and `exit_code`, and `problem` where there is one."""
    listed = []
    for answer in answers:
        told = dict(answer.told) or {"format": "sigctl-rota", "version": 1, "status": answer.status.replace(" ", "-")}
        problem = {"problem": answer.trouble} if answer.trouble else {}
        listed.append({"workspace": answer.workspace, "exit_code": int(answer.code)} | told | problem)
    return json.dumps(listed, indent=2, ensure_ascii=False) + "\n"


_FORMATS: Final[Mapping[str, Callable[[Sequence[Answer]], str]]] = {"text": as_text, "md": as_markdown, "csv": as_csv, "json": as_json}
