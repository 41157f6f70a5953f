"""`sigctl init`: a workspace to start from."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Annotated, Final, Literal

import typer

from sigctl.cluster import SETTINGS_FILE, find_workspace
from sigctl.commands import console
from sigctl.commands.editor import SCHEMA_FILE, schema_text, with_schema_line
from sigctl.commands.errors import CommandError
from sigctl.commands.messages import visible
from sigctl.commands.options import DryRun, Lang, Today, today_in
from sigctl.commands.school_year import school_year_for
from sigctl.deliver import write
from sigctl.nearest import folded

Nation = Literal["wales", "england", "scotland", "northern-ireland"]
STARTER: Final = {
    SETTINGS_FILE: "sigctl.yaml",
    "calendar.yaml": "calendar.yaml",
    "schools.yaml": "schools.yaml",
    "people.yaml": "people.yaml",
    "group.yaml": "group.yaml",
    "round-1.yaml": "cycle.yaml",
}
"""The files of a starter workspace, and the template of each."""
UNKEPT: Final = ".gitignore"
"""What no version control is to keep, for those who use one; one that is there already is somebody's own, and stays."""


def init(
    folder: Annotated[Path, typer.Argument(metavar="[FOLDER]", help="Where to make it; the current folder, where left out.")] = Path(),
    name: Annotated[str | None, typer.Option("--name", metavar="TEXT", help="The name of the cluster.")] = None,
    nation: Annotated[Nation | None, typer.Option("--nation", help="Whose bank holidays the schools keep. [default: wales]")] = None,
    lang: Annotated[
        Lang | None,
        typer.Option("--lang", metavar="cy|en|both", help="In which languages the cluster's papers are to be. The remarks stay English."),
    ] = None,
    today: Today = None,
    dry_run: DryRun = False,
) -> None:
    """Make a workspace to start from.

    Writes a few files, full of remarks: six made-up schools, the people who review, a school year, a group with a meeting, and
    a cycle of visits. They check clean and give a rota and an agenda at once, so that you can try everything before you put
    your own schools in their place. On a terminal it asks for what was not given; elsewhere it asks nothing. It never
    overwrites a file.

    The dates of terms follow a rule of thumb for the school year that is on. Replace them by those that your authority publishes.

    For example:

        sigctl init our-cluster
        sigctl init our-cluster --name "Clwstwr y Bryniau" --lang cy
        sigctl init our-cluster --nation england --lang en
        sigctl init -n                        only list what would be written
    """
    _refuse_what_is_there(folder)
    if console.can_ask():
        name = name or typer.prompt("Name of the cluster", default="Our cluster", err=True)
        nation = nation or _asked_nation()
        lang = lang or Lang(_choice("Languages of its papers", [each.value for each in Lang], "both" if nation == "wales" else "en"))
    nation = nation or "wales"
    words = _words(name, nation, lang or Lang.BOTH, today_in("Europe/London", today))
    texts = {file: _text(template, words, nation, lang or Lang.BOTH) for file, template in STARTER.items()}
    whole = {SCHEMA_FILE: schema_text(), **_unkept(folder), **texts}
    _refuse(folder, [file for file, text in whole.items() if (folder / file).exists() and (folder / file).read_bytes() != text.encode()])
    _write(folder, whole, dry_run=dry_run)


def _unkept(folder: Path) -> Mapping[str, str]:
    """What no version control is to keep. Somebody's own list is not touched; what it lacks is told."""
    text, own = _template("gitignore"), folder / UNKEPT
    if not own.exists():
        return {UNKEPT: text}
    wanted = [line for line in text.splitlines() if not line.startswith("#")]
    there = own.read_text(encoding="utf-8", errors="replace").split()
    lacking = [line for line in wanted if line not in there]
    if lacking:
        console.say(f"{own} is as it was; add to it, so that nothing private is kept: {' '.join(lacking)}")
    return {}


def _asked_nation() -> Nation:
    nations: tuple[Nation, ...] = ("wales", "england", "scotland", "northern-ireland")
    answer = _choice("Nation", list(nations), "wales")
    return next(each for each in nations if each == answer)


def _choice(question: str, answers: list[str], default: str) -> str:
    """One of some answers; asks again until it is one of them."""
    while True:
        answer = str(typer.prompt(f"{question} ({', '.join(answers)})", default=default, err=True)).strip().lower()
        if answer in answers:
            return answer
        console.say(f"`{answer}` is not one of {', '.join(answers)}")


def _refuse_what_is_there(folder: Path) -> None:
    """Stop where a file would be in the way, or where another workspace would read what is written.

    What an earlier run may have written that was cut short is looked at later, when it is known what it would be now.
    """
    if folder.exists() and not folder.is_dir():
        raise CommandError(f"{folder} is a file, not a folder", "name another folder")
    there = sorted({path.name for path in folder.glob("*.y*ml")} | ({SCHEMA_FILE} if (folder / SCHEMA_FILE).exists() else set()))
    is_cut_short = SETTINGS_FILE not in there and {*there} <= {*STARTER, SCHEMA_FILE}
    _refuse(folder, [] if is_cut_short else there)
    around = find_workspace(folder.absolute())
    if around:
        raise CommandError(f"{folder} lies inside the workspace {around}", "nothing was written; name a folder outside it")


def _refuse(folder: Path, there: Sequence[str]) -> None:
    if there:
        message = f"{', '.join(there)} {'stands' if len(there) == 1 else 'stand'} in the way in {folder.absolute()}"
        raise CommandError(message, "nothing was written; name a new folder: `sigctl init our-cluster`")


def _words(name: str | None, nation: str, lang: Lang, today: date) -> Mapping[str, str]:
    """What the templates are filled in with."""
    year, window = school_year_for(today, nation)
    days = [day for day in year.days if day in window]
    mondays = [day for day in days if day.weekday() == 0]
    cluster_name = " ".join(visible(name).split()) if name else ""
    dates = {
        "first": window.first,
        "last": window.last,
        "busy_start": mondays[2],
        "busy_end": next(day for day in reversed(days) if day.isocalendar()[:2] == mondays[2].isocalendar()[:2]),
        "away_start": mondays[4],
        "away_end": next(day for day in days if day > mondays[4]),
        "meeting": next(day for day in days if day.weekday() == 3),
        "staff_day": next(day for day in days if day.weekday() == 4),
        "example_start": mondays[5],
        "trained": date(year.start - 1, 9, 18),
        "trained_lately": year.terms[0].first,
    }
    for term in year.terms:
        assert term.half_term
        dates |= {f"{term.id}_start": term.first, f"{term.id}_end": term.last}
        dates |= {f"{term.id}_break_start": term.half_term.first, f"{term.id}_break_end": term.half_term.last}
    return {
        "id": _id(cluster_name),
        "name": json.dumps(cluster_name, ensure_ascii=False) if cluster_name else "{cy: Ein clwstwr, en: Our cluster}",
        "languages": {Lang.CY: "[cy]", Lang.EN: "[en]"}.get(lang, "[cy, en]  # the first comes first on a page in both"),
        "nation": nation,
        "year": year.name,
        **{key: day.isoformat() for key, day in dates.items()},
    }


def _id(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", folded(name)).strip("-")[:40].strip("-") or "our-cluster"


def _text(template: str, words: Mapping[str, str], nation: str, lang: Lang) -> str:
    """A file of the starter workspace: filled in, in the languages that are wanted."""
    text = Template(_template(template)).substitute(words)
    if lang is not Lang.BOTH:
        text = re.sub(r"\{cy: ([^,}]+), en: ([^}]+)\}", r"\1" if lang is Lang.CY else r"\2", text)
    if nation != "wales":
        text = re.sub(r"^ +(language|speaks): .*\n", "", text, flags=re.MULTILINE)
    return with_schema_line(text, SETTINGS_FILE)


def _template(name: str) -> str:
    return files("sigctl.commands").joinpath("starter", name).read_text(encoding="utf-8")


def _write(folder: Path, texts: Mapping[str, str], *, dry_run: bool) -> None:
    """Write the files, the settings last: until those are there it is no workspace, and a run that was cut short can be run again."""
    for file, text in sorted(texts.items(), key=lambda each: each[0] == SETTINGS_FILE):
        if not dry_run:
            write(folder / file, text)
        console.say(f"{'would write' if dry_run else 'wrote'} {folder / file}")
    if not dry_run:
        there = f'`cd "{folder}"`, ' if " " in str(folder) else f"`cd {folder}`, " if folder != Path() else ""
        console.say(f"\nLook into sigctl.yaml first; then try {there}`sigctl check`, `sigctl rota` and `sigctl agenda`.")
