"""A document in one language or two, out of a template and a report, with what stands around it on every page."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

from sigctl.render.dates import plain_day
from sigctl.render.document.merging import both, in_columns, merged, separated
from sigctl.render.document.reading import read_markdown
from sigctl.render.document.tree import Block, Document, Figure, Heading, Line, Lines, Margins, Missing, Run
from sigctl.render.environment import Page, page_of
from sigctl.render.labels import label, said
from sigctl.render.literal import cleaned, markdown_escaped
from sigctl.render.marks import STRETCH, language_of, listening
from sigctl.words import Language

Layout = Literal["blocks", "columns", "separate"]
"""How two languages stand on a page: block by block, side by side, or one after the other."""

_LAYOUTS: Final = {"blocks": merged, "columns": in_columns, "separate": separated}
_NOWHERE: Final[Mapping[str, str]] = {}


def document(
    template: str, languages: Sequence[Language], report: Any, layout: Layout = "blocks", own: Mapping[str, str] = _NOWHERE
) -> Document:
    """A report as a document, from which every format is written. `own` are the cluster's templates, by file name.

    Raises TemplateFault where a template is wrong.
    """
    pages = [page_of(template, language, report, own) for language in languages]
    read = [read_markdown(page.spans) for page in pages]
    if len(read) == 1:
        blocks, pictures = read[0], dict(pages[0].pictures)
    else:
        first, second = _same_pictures(read, pages)
        blocks = _LAYOUTS[layout](first, second, (languages[0], languages[1]))
        pictures = {name: drawn for page in pages for name, drawn in page.pictures.items()}
    missing = [each for page in pages for each in page.missing]
    with listening(missing):
        margins = _margins(report, languages)
    return Document(
        title=_title(read, languages),
        languages=tuple(languages),
        blocks=blocks,
        margins=margins,
        pictures=pictures,
        missing=tuple(Missing(text, language) for text, language in dict.fromkeys(missing)),
        made=imprint.made if (imprint := getattr(report, "imprint", None)) else None,
    )


def _same_pictures(read: Sequence[tuple[Block, ...]], pages: Sequence[Page]) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """Let a picture that is the same in both languages have one name."""
    names = {drawn: name for name, drawn in pages[0].pictures.items()}
    alike = {name: names[drawn] for name, drawn in pages[1].pictures.items() if drawn in names}
    second = (Figure(alike.get(each.name, each.name), each.alt) if isinstance(each, Figure) else each for each in read[1])
    return read[0], tuple(second)


def _title(read: Sequence[tuple[Block, ...]], languages: Sequence[Language]) -> Lines:
    """The lines of the title, which is the first heading of each page."""
    found: list[Lines] = []
    for blocks, language in zip(read, languages, strict=True):
        heading = next((each for each in blocks if isinstance(each, Heading)), None)
        line = Line(heading.lines[0].runs if heading and heading.lines else (), language if len(languages) > 1 else None)
        found.append((line,))
    return found[0] if len(found) == 1 else both(found[0], found[1])


def _margins(report: Any, languages: Sequence[Language]) -> Margins:
    def in_both(key: str) -> str:
        return " / ".join(dict.fromkeys(label(key, language) for language in languages))

    imprint = getattr(report, "imprint", None)
    head = _lines([cleaned(said(imprint.body, language)) for language in languages], languages) if imprint else ()
    foot = _lines([imprint_line(imprint, language) for language in languages], languages) if imprint else ()
    return Margins(head, foot, in_both("page.page"), in_both("page.of"))


def _lines(texts: Sequence[str], languages: Sequence[Language]) -> Lines:
    lines = [(Line(_runs(text), language if len(texts) > 1 else None),) for text, language in zip(texts, languages, strict=True)]
    return lines[0] if len(lines) == 1 else both(lines[0], lines[1])


def _runs(text: str) -> tuple[Run, ...]:
    """A text with marks as runs, of which those in another language say so."""
    runs, end = [], 0
    for found in STRETCH.finditer(text):
        runs += [Run(text[end : found.start()]), Run(found[2], language=language_of(found[1]))]
        end = found.end()
    return tuple(run for run in (*runs, Run(text[end:])) if run.text)


def imprint_line(imprint: Any, language: Language) -> str:
    """Whom to ask, when a paper was made and from which state of the files."""
    whom = ", ".join(filter(None, (said(imprint.contact, language), imprint.email)))
    parts = [f"{label('page.contact', language)}: {whom}"] if whom else []
    parts += [f"{label('page.made', language)}: {plain_day(imprint.made, language)}"]
    parts += [f"{label('page.files', language)}: {imprint.state}"] if imprint.state else []
    return cleaned(" \u00b7 ".join(parts))


def markdown_of(template: str, languages: Sequence[Language], report: Any, own: Mapping[str, str] = _NOWHERE) -> str:
    """A report as Markdown, once in each language, with its imprint below. Raises TemplateFault where a template is wrong."""
    return "\n".join(_markdown(template, language, report, own) for language in languages)


def _markdown(template: str, language: Language, report: Any, own: Mapping[str, str]) -> str:
    text = page_of(template, language, report, own).text
    imprint = getattr(report, "imprint", None)
    if imprint is None:
        return text
    below = markdown_escaped(f"{said(imprint.body, language)} \u00b7 {imprint_line(imprint, language)}")
    return f"{text.rstrip()}\n\n{below}\n"
