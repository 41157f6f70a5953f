"""`sigctl template`: how the papers look, and how a cluster makes them its own."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Final

import typer

from sigctl.cluster import Cluster
from sigctl.commands import console, options
from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.holding import hold
from sigctl.commands.opening import opened, workspace_folder
from sigctl.commands.own_templates import trial
from sigctl.commands.papers import LETTERHEAD, PaperFormat, bound, own_templates
from sigctl.nearest import did_you_mean
from sigctl.source import TEMPLATES

_PAGE: Final = ".md.j2"
_EPILOG: Final = """\
Each paper is laid out by one template, a text in Markdown with places for what your files say; text, HTML, Word and PDF all come
from it. To change a paper, copy its template into `templates/` of your workspace, and change there the one block that you want
otherwise. Everything else goes on as it is, also when sigctl is updated.

For example:

    sigctl template list                  which papers there are, and the blocks of each
    sigctl template copy agenda           begin an agenda of your own
    sigctl template check                 make every paper with it, in both languages"""

app = typer.Typer(epilog=_EPILOG)

Name = Annotated[str, typer.Argument(metavar="NAME", help="The template, such as `agenda`.")]


@app.callback()
def template() -> None:
    """Make your papers your own: list, show, copy and check their templates."""


@app.command("list")
def list_(workspace: options.Workspace = None) -> None:
    """List the templates, the blocks of each, and which of them your cluster replaces.

    A block is a part of a paper that can be replaced by itself. Those marked with `*` are your own.
    """
    from sigctl.render import shelf
    from sigctl.render.faults import TemplateFault

    own = own_templates(opened(workspace))
    paint = console.paint_for(sys.stdout)
    for name in dict.fromkeys((*shelf.built_in(), *own)):
        try:
            mine = shelf.shape(f"{TEMPLATES}/{name}", own[name], own) if name in own else None
        except TemplateFault as wrong:
            console.result(f"{paint(_short(name), 'strong')}  cannot be read: {wrong.place}: {wrong.message}")
            continue
        replaced = set(mine.blocks) if mine else set()
        ours = shelf.blocks_of(name) if name in shelf.built_in() else ()
        whose = "" if mine is None else f"  your own, {'built upon ' + mine.extends if mine.extends else 'whole'}: {TEMPLATES}/{name}"
        blocks = [f"{each}*" if each in replaced else each for each in dict.fromkeys((*ours, *(mine.blocks if mine else ())))]
        if name.startswith("_") and mine is None:
            continue
        console.result(f"{paint(_short(name), 'strong')}{whose}")
        if blocks:
            console.result(f"    {', '.join(blocks)}")


@app.command()
def show(
    name: Name,
    own: Annotated[bool, typer.Option("--own", help="Your cluster's own instead of sigctl's.")] = False,
    workspace: options.Workspace = None,
) -> None:
    """Print a template: sigctl's, or with --own your cluster's.

    For example:

        sigctl template show agenda
    """
    if own:
        found = own_templates(opened(workspace))
        console.result(found[_file(name, found)].rstrip("\n"))
        return
    from sigctl.render import shelf

    console.result(shelf.built_in()[_file(name, shelf.built_in())].rstrip("\n"))


@app.command()
def copy(
    name: Name,
    block: Annotated[
        str | None, typer.Option("--block", metavar="BLOCK", help="The block to begin with; the first one, where left out.")
    ] = None,
    whole: Annotated[bool, typer.Option("--whole", help="All of sigctl's template, which no update of sigctl will change.")] = False,
    workspace: options.Workspace = None,
    dry_run: options.DryRun = False,
) -> None:
    """Begin a template of your own, in `templates/` of the workspace. What stands there already is left alone.

    The copy builds upon sigctl's template and has one block of it, for you to change; take in others as you need them.
    `letterhead` copies the Word file on which papers are written, to be changed in Word.

    For example:

        sigctl template copy agenda
        sigctl template copy agenda --block dates
        sigctl template copy agenda --whole
        sigctl template copy letterhead
    """
    folder = workspace_folder(workspace)
    if not dry_run:
        hold(folder, "sigctl template copy")
    if name in ("letterhead", LETTERHEAD):
        _put(folder, LETTERHEAD, _letterhead(opened(workspace)), dry_run=dry_run)
        return
    from sigctl.render import shelf

    file = _file(name, shelf.built_in())
    text = shelf.built_in()[file]
    _put(folder, file, text if whole else _beginning(file, text, block), dry_run=dry_run)


def _beginning(file: str, text: str, wanted: str | None) -> str:
    """A template that builds upon ours, with one block of it as it stands there."""
    from sigctl.render import shelf

    known = shelf.blocks_of(file)
    if wanted is not None and wanted not in known:
        raise CommandError(f"`{_short(file)}` has no block `{wanted}`", did_you_mean(wanted, known, f"its blocks are {', '.join(known)}"))
    top = f'{{% extends "sigctl/{file}" %}}\n{{#- The blocks of it: {", ".join(known)}. What you leave out stays as it is. #}}\n'
    found = shelf.block_text(text, wanted or known[0]) if known else ""
    return f"{top}\n{found}\n" if found else top


def _letterhead(cluster: Cluster) -> bytes:
    """Our own plain letterhead, with the cluster's name and the numbers of pages, as a Word file without text."""
    from sigctl.render import label
    from sigctl.render.document.tree import Document, Line, Margins, Run

    about = cluster.settings.cluster
    head = tuple(Line((Run(name),)) for name in dict.fromkeys(about.name.said(language) for language in about.languages))
    page, of = (" / ".join(dict.fromkeys(label(f"page.{key}", each) for each in about.languages)) for key in ("page", "of"))
    made: bytes = bound(Document(head, about.languages, (), Margins(head, (), page, of)), PaperFormat.DOCX, None).content
    return made


def _put(folder: Path, file: str, content: str | bytes, *, dry_run: bool) -> None:
    path = folder / TEMPLATES / file
    if path.exists() or path.is_symlink():
        raise CommandError(f"there is a {TEMPLATES}/{file} already", "change that one, or take it away first", ExitCode.PROBLEMS)
    if not dry_run:
        from sigctl.deliver import write

        if (folder / TEMPLATES).is_symlink():
            raise CommandError(f"{TEMPLATES} is a link to another folder", "put an ordinary folder there")
        write(path, content)
    console.say(f"{'would write' if dry_run else 'wrote'} {TEMPLATES}/{file}")


@app.command("check")
def check_(workspace: options.Workspace = None, today: options.Today = None) -> None:
    """Make every paper from your files with your templates, in both languages, and say what goes wrong.

    Told with file and line: what cannot be read, names that do not exist, blocks that sigctl's template does not have, headings that
    leave out a level, and files that are named after no paper. The same is part of `sigctl check`. Writes nothing.

    Exit code: 0 where every paper can be made, 1 where one cannot.
    """
    cluster = opened(workspace)
    day = options.today_in(cluster.settings.cluster.time_zone, today)
    found = trial(cluster, day, of_all=True)
    console.list_problems(found.problems, sys.stdout)
    if any(each.is_error for each in found.problems):
        raise typer.Exit(ExitCode.PROBLEMS)
    if found.made:
        console.say(f"every paper can be made in Welsh and English: {', '.join(found.made)}")
    else:
        console.say("the templates can be read; there is nothing in the files yet that a paper could be made of")


def _file(name: str, files: Iterable[str]) -> str:
    """The file of a template that is named in short."""
    files = list(files)
    for each in (name, f"{name}{_PAGE}", f"{name}.svg.j2"):
        if each in files:
            return each
    shorts = [_short(each) for each in files]
    raise CommandError(f"there is no template `{name}`", did_you_mean(name, shorts, f"there are {', '.join(shorts)}" if shorts else ""))


def _short(file: str) -> str:
    return file.removesuffix(_PAGE)
