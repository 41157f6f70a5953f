"""Papers as every command prints them: formats, layouts, languages, where they go, and the cluster's own templates."""

import os
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, NamedTuple

import typer

from sigctl.cluster import Cluster
from sigctl.commands import console
from sigctl.commands.endings import stands_for
from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.messages import counted, listed
from sigctl.source import OUT, TEMPLATES
from sigctl.words import Language

if TYPE_CHECKING:
    from sigctl.render.document.tree import Document

LETTERHEAD: Final = "letterhead.docx"
_LARGEST: Final = 1_000_000
_LISTED: Final = 10
"""So many files that were written are told of one by one."""


class PaperFormat(StrEnum):
    """What a paper is printed as."""

    TEXT = "text"
    MD = "md"
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"

    @property
    def ending(self) -> str:
        """How the name of such a file ends."""
        return "txt" if self is PaperFormat.TEXT else self.value

    @property
    def is_for_terminals(self) -> bool:
        """Whether people read it as it is."""
        return self in (PaperFormat.TEXT, PaperFormat.MD)


class PaperLayout(StrEnum):
    """How two languages stand on a page."""

    BLOCKS = "blocks"
    COLUMNS = "columns"
    SEPARATE = "separate"


Format = Annotated[PaperFormat, typer.Option("--format", help="What to print the paper as.")]
Layout = Annotated[
    PaperLayout,
    typer.Option("--layout", help="Two languages block by block, side by side in columns, or separate, one after the other."),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        help="Write into this file, whose ending tells the format, without --format; or folder (`-o papers/`); `-` means the terminal.",
    ),
]


class Paper(NamedTuple):
    """One paper: its template, the name of its file without language and ending (`2026-11-12-strategic-agenda`), and what it shows."""

    template: str
    stem: str
    report: Any


class Printing(NamedTuple):
    """How papers are printed: the format, the languages in their order, the layout, and where they go."""

    format: PaperFormat = PaperFormat.TEXT
    languages: tuple[Language, ...] = ("cy", "en")
    layout: PaperLayout = PaperLayout.BLOCKS
    output: Path | None = None
    is_strict: bool = False
    dry_run: bool = False


def deliver_papers(cluster: Cluster, papers: Sequence[Paper], printing: Printing) -> None:
    """Print papers, or write each into a file and say so.

    Text and Markdown go to the terminal. What no terminal shows goes into `out/` of the workspace, unless `-o` or a pipe takes it.
    With `-o FOLDER/`, or where there are several, each has a file of its own there. A file that is the same already is left alone.
    Of more than ten files one line tells, and with --verbose each.
    """
    if not papers:
        return
    where = _destination(cluster, papers, printing)
    made = [printed(cluster, paper, printing) for paper in papers]
    if printing.is_strict:
        _refuse_untranslated(cluster, [each for one in made for each in one.missing])
    for note in dict.fromkeys(note for one in made for note in one.notes):
        console.say(note)
    if where is None:
        texts = [one.content for one in made]
        console.deliver(texts[0] if len(texts) == 1 else "\n\n".join(str(text) for text in texts), None)
        return
    paths = [where] if _is_file(papers, printing) else [where / file_name(paper, printing) for paper in papers]
    if len(paths) > _LISTED and not console.is_verbose():
        _put_many(paths, made, where, dry_run=printing.dry_run)
        return
    for path, one in zip(paths, made, strict=True):
        if printing.dry_run:
            console.say(f"would write {_near(path)}")
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            console.deliver(one.content, _near(path))


def _put_many(paths: Sequence[Path], made: Sequence["Made"], where: Path, *, dry_run: bool) -> None:
    """Write many files, and say in one line what became of them."""
    from sigctl.deliver import Written, write

    if dry_run:
        console.say(f"would write {counted(len(paths), 'file')} in {_near(where)}")
        return
    became: Counter[Written] = Counter()
    for path, one in zip(paths, made, strict=True):
        path.parent.mkdir(parents=True, exist_ok=True)
        console.check_output(path)
        became[write(path, one.content)] += 1
    did = {Written.NEW: "wrote {}", Written.CHANGED: "replaced {}", Written.UNCHANGED: "left {} as they were"}
    told = [words.format(counted(became[each], "file")) for each, words in did.items() if became[each]]
    console.say(f"{listed(told)} in {_near(where)}")


def file_name(paper: Paper, printing: Printing) -> str:
    """The name of a paper's file: `2026-11-12-strategic-agenda.cy-en.pdf`."""
    return f"{paper.stem}.{'-'.join(printing.languages)}.{printing.format.ending}"


def _is_file(papers: Sequence[Paper], printing: Printing) -> bool:
    """Whether `-o` names the one file that there will be."""
    output = printing.output
    return output is not None and len(papers) == 1 and not (output.is_dir() or output.suffix == "")


def _destination(cluster: Cluster, papers: Sequence[Paper], printing: Printing) -> Path | None:
    """The file or folder that takes the papers, or None for the terminal or pipe. Refuses, before any work, what cannot be."""
    output, format = printing.output, printing.format
    if output is not None and str(output) != "-":
        if _is_file(papers, printing):
            console.check_output(output)
            return output
        if not output.is_dir() and (output.is_file() or stands_for(output)):
            raise CommandError(f"there are {len(papers)} papers, and {output} is one file", "name a folder, such as -o papers/")
        if not printing.dry_run:
            _make_folder(output)
        return output
    if format.is_for_terminals or output is not None:
        _check_stream(papers, format)
        return None
    if len(papers) == 1 and not console.is_terminal(sys.stdout):
        return None
    if not printing.dry_run:
        _make_folder(cluster.folder / OUT)
    return cluster.folder / OUT


def _check_stream(papers: Sequence[Paper], format: PaperFormat) -> None:
    """Refuse what no stream can carry: several papers that are files, and what a terminal cannot show."""
    if format in (PaperFormat.DOCX, PaperFormat.PDF) and console.is_terminal(sys.stdout):
        raise CommandError(f"{format} is nothing that a terminal can show", f"name a file with -o, such as -o paper.{format}")
    if len(papers) > 1 and not format.is_for_terminals:
        raise CommandError(f"there are {len(papers)} papers, each a file of its own", "name a folder, such as -o papers/")


def _make_folder(folder: Path) -> None:
    if not folder.parent.is_dir():
        raise CommandError(f"there is no folder {folder.parent}", "make it first, or name another folder")
    folder.mkdir(exist_ok=True)


def _near(path: Path) -> Path:
    """A path as somebody in this folder would write it."""
    try:
        near = Path(os.path.relpath(path))
    except ValueError:
        return path
    return path if near.parts[:1] == ("..",) else near


class Made(NamedTuple):
    """A paper that is made: its content, which characters had to be replaced, and which texts await translation."""

    content: Any
    notes: tuple[str, ...] = ()
    missing: tuple[tuple[str, Language], ...] = ()


def printed(cluster: Cluster, paper: Paper, printing: Printing) -> Made:
    """A paper in a format. Raises TemplateFault where a template is wrong."""
    from sigctl.render.document import document, html_of, markdown_of, text_of

    own, languages = own_templates(cluster), printing.languages
    made = document(paper.template, languages, paper.report, printing.layout.value, own)
    missing = tuple((each.text, each.language) for each in made.missing)
    match printing.format:
        case PaperFormat.TEXT:
            return Made(text_of(made), (), missing)
        case PaperFormat.MD:
            return Made(markdown_of(paper.template, languages, paper.report, own), (), missing)
        case PaperFormat.HTML:
            return Made(html_of(made), (), missing)
        case PaperFormat.DOCX | PaperFormat.PDF:
            return bound(made, printing.format, letterhead(cluster))._replace(missing=missing)


def bound(document: "Document", format: PaperFormat, letterhead: bytes | None) -> Made:
    """A document as PDF or Word file, and the characters that had to be replaced in it."""
    name, extra = ("PDF", "pdf") if format is PaperFormat.PDF else ("Word", "word")
    try:
        if format is PaperFormat.PDF:
            from sigctl.render.document.pdf import pdf_of

            made = pdf_of(document)
        else:
            from sigctl.render.document.word import docx_of

            made = docx_of(document, letterhead)
    except ModuleNotFoundError:
        advice = f"`pip install 'sigctl[{extra}]'` brings it; --format html needs nothing"
        raise CommandError(f"{name} needs a package that is not installed", advice) from None
    return Made(made.content, made.notes)


def own_templates(cluster: Cluster) -> Mapping[str, str]:
    """The templates of the cluster's own, by file name. Raises CommandError where one cannot be read, or lies outside the workspace."""
    folder = cluster.folder / TEMPLATES
    if not folder.is_dir():
        return {}
    return {path.name: _text(cluster, path) for path in sorted(folder.glob("*.j2"))}


def _text(cluster: Cluster, path: Path) -> str:
    try:
        return _content(cluster, path).decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise CommandError(f"{TEMPLATES}/{path.name} is not a text in UTF-8", "save it as UTF-8", ExitCode.INVALID) from None


def letterhead(cluster: Cluster) -> bytes | None:
    """The Word file on which the cluster's papers are written, where it has one."""
    path = cluster.folder / TEMPLATES / LETTERHEAD
    return _content(cluster, path, 20 * _LARGEST) if path.is_file() else None


def _content(cluster: Cluster, path: Path, largest: int = _LARGEST) -> bytes:
    """The bytes of a file under `templates/`, which must lie in the workspace and not be too large."""
    name = f"{TEMPLATES}/{path.name}"
    if not path.resolve().is_relative_to(cluster.folder.resolve()):
        raise CommandError(f"{name} is a link that leads out of the workspace", "put the file itself there", ExitCode.INVALID)
    if not path.is_file() or path.stat().st_size > largest:
        raise CommandError(f"{name} is too large, or no file", "a template is a few pages of text", ExitCode.INVALID)
    return path.read_bytes()


def _refuse_untranslated(cluster: Cluster, missing: Sequence[tuple[str, Language]]) -> None:
    """Stop where texts await translation, with a list of them and where they stand."""
    if not missing:
        return
    from sigctl.checks.text import untranslated

    places = [problem.place for problem in untranslated.problems(cluster)]
    tongues = {"cy": "Welsh", "en": "English"}
    told = []
    for text, language in dict.fromkeys(missing):
        place = next((place for place in places if text in place.text), None)
        told.append(f"{place}: `{text}` has no {tongues[language]}" if place else f"`{text}` has no {tongues[language]}")
    raise CommandError(
        f"{counted(len(told), 'text')} of this paper cannot be said in its language", "\n     ".join(told), ExitCode.PROBLEMS
    )
