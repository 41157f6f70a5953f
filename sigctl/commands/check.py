"""`sigctl check`: everything that is wrong in the files of a workspace."""

import json
import os
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from sigctl.commands import console
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.opening import COUNTED, Inspected, inspected, stops, what_was_read
from sigctl.commands.options import Strict, Workspace, today_in
from sigctl.commands.own_templates import problems_of_templates
from sigctl.commands.own_words import speak_as
from sigctl.problem import Problem, in_file_order

_IN_MESSAGES: Final = "%\r\n"
_IN_SETTINGS: Final = "%\r\n:,"


class Format(StrEnum):
    """How the problems are listed."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


def check(
    workspace: Workspace = None,
    strict: Strict = False,
    format: Annotated[Format, typer.Option("--format", help="How to list the problems.")] = Format.TEXT,
) -> None:
    """Say what is wrong in the files, all at once.

    Reads every file of the workspace and lists each mistake at its place, with what to do about it. Changes nothing.
    Templates of your own are tried as well: each paper is made with them, in both languages.
    Errors stop other commands from working; warnings are worth a look. `sigctl explain` with the word in brackets at
    the end of a message tells more about it.

    Exit code: 0 where nothing is wrong or there are only warnings, 1 where there are errors (with --strict, also where
    there are warnings), 2 where there is no workspace.

    For example:

        sigctl check                          the workspace in this folder
        sigctl check -w our-cluster           one that is elsewhere
        sigctl check --format json            for another program: one object with `format` ("sigctl-check"),
                                              `version` (1), `errors`, `warnings`, `read` (how many files, schools,
                                              people, …) and `problems`, each with `code`, `severity`, `message`,
                                              `advice`, `file`, `line`, `column` and `length` (from 1; 0: the whole file)
        sigctl check --format github          notes at the lines of a pull request
    """
    found = inspected(workspace)
    found = found._replace(problems=in_file_order([*found.problems, *_of_templates(found)]))
    match format:
        case Format.TEXT:
            _as_text(found)
        case Format.JSON:
            utf8 = (getattr(sys.stdout, "encoding", None) or "utf-8").lower().replace("-", "") == "utf8"
            console.result(json.dumps(as_json(found), indent=2, ensure_ascii=not utf8))
        case Format.GITHUB:
            for problem in found.problems:
                console.result(annotation(problem, found.cluster.folder))
    if stops(found.problems, strict=strict):
        raise typer.Exit(ExitCode.PROBLEMS)


def _of_templates(found: Inspected) -> Iterator[Problem]:
    """What is wrong with the cluster's own templates; tried with the files only where these are sound."""
    if any(each.is_error for each in found.problems):
        return
    today = today_in(found.cluster.settings.cluster.time_zone, None)
    speak_as(found.cluster)
    yield from problems_of_templates(found.cluster, today)


def _as_text(found: Inspected) -> None:
    if found.problems:
        console.list_problems(found.problems, sys.stdout)
    elif not console.is_quiet():
        paint = console.paint_for(sys.stdout)
        console.result(f"{paint('nothing is wrong', 'good')} in {what_was_read(found.cluster)}")


def as_json(found: Inspected) -> dict[str, Any]:
    """The problems as other programs read them. The version changes only when a field's meaning does or one goes."""
    errors = sum(each.is_error for each in found.problems)
    return {
        "format": "sigctl-check",
        "version": 1,
        "errors": errors,
        "warnings": len(found.problems) - errors,
        "read": {"files": len(found.cluster.files), **{kind: len(found.cluster.records(kind)) for kind in COUNTED}},
        "problems": [problem_json(each) for each in found.problems],
    }


def problem_json(problem: Problem) -> dict[str, Any]:
    """One problem as other programs read it."""
    place = problem.place
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "message": problem.message,
        "advice": problem.advice,
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "length": place.length if place.line else 0,
    }


def annotation(problem: Problem, folder: Path) -> str:
    """A problem as a workflow command of GitHub, which shows it at its line."""
    place = problem.place
    file = Path(os.path.relpath(folder / place.file)).as_posix()
    where = {"file": file, "title": problem.code}
    if place.line:
        where |= {"line": str(place.line), "col": str(place.column), "endColumn": str(place.column + place.length)}
    settings = ",".join(f"{key}={_escaped(value, _IN_SETTINGS)}" for key, value in where.items())
    told = "\n".join(filter(None, (problem.message, problem.advice)))
    return f"::{problem.severity.value} {settings}::{_escaped(told, _IN_MESSAGES)}"


def _escaped(text: str, signs: str) -> str:
    return "".join(f"%{ord(sign):02X}" if sign in signs else sign for sign in text)
