"""The cluster's own templates on trial: each is read, and every paper is made from the files with them, before anybody needs it."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from sigctl.cluster import Cluster
from sigctl.commands.errors import CommandError
from sigctl.commands.papers import LETTERHEAD, letterhead, own_templates
from sigctl.commands.template_headings import Skip, marked, skips
from sigctl.nearest import did_you_mean
from sigctl.problem import Place, Problem, error, warning
from sigctl.source import TEMPLATES
from sigctl.words import LANGUAGES

if TYPE_CHECKING:
    from sigctl.render.faults import TemplateFault

TEMPLATE_FAULT: Final = error(
    "template",
    """A template of the cluster's own cannot be used.

Under `templates/` stand the papers that look otherwise than sigctl's own. The message says what is wrong and in which line; the
papers that need the template cannot be made until it is put right. `sigctl template show` prints ours, and a template that is
taken away gives place to ours again.

Right:

    {% extends "sigctl/agenda.md.j2" %}
    {% block welcome %}
    Croeso! Welcome!
    {% endblock %}

Wrong:

    {% extends "sigctl/agenda.md.j2" %}
    {% block welcome %}
    Croeso! Welcome!""",
)

TEMPLATE_HEADING: Final = warning(
    "template-heading",
    """A template of the cluster's own leaves out a level of headings.

One `#` is for the title, which comes first; below it come `##`, then `###`, one after another. Who listens to a paper finds the way
by its headings, and a level that is left out sounds as if something were missing. The paper is made all the same, with the level put
right.

Right:

    # Agenda
    ## Welcome

Wrong:

    # Agenda
    ### Welcome""",
)
TEMPLATE_NAME: Final = warning(
    "template-name",
    """A file under `templates/` has the name of no paper.

A template takes the place of sigctl's own of the same name: `templates/agenda.md.j2` lays out the agenda. A file of any other name is
never used, unless another template takes it in. Files that begin with `_` are parts of your own, and may have any name.
`sigctl template list` tells which papers there are.

Right:

    templates/agenda.md.j2

Wrong:

    templates/agendaa.md.j2""",
)


class Trial(NamedTuple):
    """What came of trying templates: everything that is wrong with them, and which papers were made."""

    problems: tuple[Problem, ...] = ()
    made: tuple[str, ...] = ()


def problems_of_templates(cluster: Cluster, today: date) -> tuple[Problem, ...]:
    """Whatever is wrong with the cluster's own templates, each with its file and line. A cluster without any is soon done."""
    return trial(cluster, today).problems if (cluster.folder / TEMPLATES).is_dir() else ()


def trial(cluster: Cluster, today: date, *, of_all: bool = False) -> Trial:
    """Read the cluster's own templates, and make every paper that looks otherwise for them, or all of them, in each language."""
    try:
        own, word = own_templates(cluster), letterhead(cluster)
    except CommandError as wrong:
        return Trial((Problem(TEMPLATE_FAULT, wrong.message, Place(TEMPLATES), wrong.advice),))
    if word is not None and not word.startswith(b"PK"):
        advice = "save it in Word as an ordinary document (.docx)"
        return Trial((Problem(TEMPLATE_FAULT, "this is no Word file", Place(f"{TEMPLATES}/{LETTERHEAD}"), advice),))
    if not own and not of_all:
        return Trial()
    from sigctl.render import shelf

    unreadable = tuple(_problem(fault, own) for fault in shelf.faults(own))
    unused = tuple(map(_unused, shelf.unused(own)))
    if unreadable:
        return Trial((*unreadable, *unused))
    found = _made(cluster, own, today, None if of_all else shelf.touched(own))
    return Trial((*found.problems, *unused), found.made)


def _made(cluster: Cluster, own: Mapping[str, str], today: date, wanted: Collection[str] | None) -> Trial:
    """What comes of making papers from what stands in the files."""
    from sigctl.commands.specimens import specimens
    from sigctl.render.environment import page_of
    from sigctl.render.faults import TemplateFault

    problems: dict[tuple[str, str], Problem] = {}
    made: dict[str, None] = {}
    with_marks = marked(own)
    for template, report in specimens(cluster, today, wanted):
        made[template] = None
        for language in LANGUAGES:
            try:
                page = page_of(template, language, report, with_marks)
            except TemplateFault as wrong:
                problems.setdefault((wrong.place, wrong.message), _problem(wrong, own))
                continue
            for each in skips(page.text, own):
                problems.setdefault((f"{each.file}:{each.line}", "heading"), _skipped(each, own))
    return Trial(tuple(problems.values()), tuple(made))


def _skipped(skip: Skip, own: Mapping[str, str]) -> Problem:
    is_title = skip.due == 1
    signs = f"`{'#' * skip.level}`"
    message = f"{signs} stands where the title should" if is_title else f"{signs} leaves out a level of headings"
    advice = "begin the page with one `#` and its title" if is_title else f"write `{'#' * skip.due}` here"
    return Problem(TEMPLATE_HEADING, message, _place(f"{TEMPLATES}/{skip.file}", skip.line, own), advice)


def _unused(name: str) -> Problem:
    """A file that no paper is named after, with the nearest name."""
    from sigctl.render import shelf

    advice = did_you_mean(name, shelf.papers(), "`sigctl template list` tells which papers there are; parts of your own begin with `_`")
    return Problem(
        TEMPLATE_NAME, f"there is no paper `{name.partition('.')[0]}`, so this is never used", Place(f"{TEMPLATES}/{name}"), advice
    )


def _problem(fault: "TemplateFault", own: Mapping[str, str]) -> Problem:
    """A fault as a problem at its line, which is shown."""
    return Problem(TEMPLATE_FAULT, fault.message, _place(fault.file, fault.line, own), fault.advice)


def _place(file: str, line: int, own: Mapping[str, str]) -> Place:
    lines = own.get(file.removeprefix(f"{TEMPLATES}/"), "").splitlines()
    if not 0 < line <= len(lines):
        return Place(file, line, 1 if line else 0)
    text = lines[line - 1]
    return Place(file, line, len(text) - len(text.lstrip()) + 1, max(1, len(text.strip())), text)
