"""Report values into Markdown, by the templates in `templates/` and those that a cluster has of its own.

Templates are sandboxed, may not change what they are given, and fail on a name that does not exist. What the data says
is never markup: each value is escaped for the kind of text that is written.
"""

from collections.abc import Callable, Mapping
from datetime import date, time
from functools import lru_cache
from typing import Any, NamedTuple

from jinja2 import Template
from markupsafe import Markup

from sigctl.render import dates
from sigctl.render.faults import NoSuchName, telling_where
from sigctl.render.figures import number, proof_line, signed
from sigctl.render.labels import counted, label, said
from sigctl.render.literal import LiteralEnvironment, joined, markdown_escaped, prose, with_spans, without_marks
from sigctl.render.loading import Own, Sandbox, in_order, loader
from sigctl.render.marks import Untranslated, listening
from sigctl.render.visit_words import details, focus_words, state_words, unmet_line, who
from sigctl.words import Language


class Page(NamedTuple):
    """A page in Markdown: as people read it, with each language marked, its pictures by name, and what it lacks."""

    text: str
    spans: str
    pictures: dict[str, str]
    missing: tuple[Untranslated, ...]


class _Environment(LiteralEnvironment, Sandbox):
    """Sandboxed, and literal in all that is data."""


@lru_cache(8)
def environment(own: Own = ()) -> _Environment:
    """What makes pages of Markdown; the cluster's own templates come before ours."""
    made = _Environment(
        loader=loader(own),
        undefined=NoSuchName,
        autoescape=True,
        finalize=markdown_escaped,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters.update(signed=signed, number=number, said_besides=_said_besides, prose=prose, join=joined)
    made.filters.update(e=markdown_escaped, escape=markdown_escaped, forceescape=markdown_escaped)
    return made


def _said_besides(visit: Any, language: Language) -> list[str]:
    """Reserves, stages and the lock by hand of a visit, in words."""
    return [text for _, text in details(visit, language)]


def rendered(template: str, language: Language, report: Any, own: Mapping[str, str] | None = None) -> str:
    """A report in one language as Markdown. Raises TemplateFault where the template is wrong."""
    return page_of(template, language, report, own or {}).text


def names() -> tuple[str, ...]:
    """Everything that a template may name at its beginning."""
    return ("page", "lang", *_words("en"), *_pictures("en", {}, {}))


def page_of(template: str, language: Language, report: Any, own: Mapping[str, str]) -> Page:
    """A report in one language as a page of Markdown. Raises TemplateFault where the template is wrong."""
    pictures: dict[str, str] = {}
    missing: list[Untranslated] = []
    file = f"{template}.md.j2"
    with telling_where(file), listening(missing):
        loaded: Template = environment(in_order(own)).get_template(file)
        text = loaded.render(page=report, lang=language, **_words(language), **_pictures(language, pictures, own))
    return Page(without_marks(text), with_spans(text), pictures, tuple(dict.fromkeys(missing)))


def _words(language: Language) -> dict[str, Callable[..., Any]]:
    """What a template may call, in its language. Whatever it gives is escaped where it is written."""

    def clocks(start: time, end: time | None = None) -> str:
        return dates.clocks(start, end, language)

    def days(first: date, last: date) -> str:
        return dates.short_days(first, last, language)

    return {
        "said": lambda words: said(words, language),
        "label": lambda key: label(key, language),
        "counted": lambda key, count: counted(key, count, language),
        "day": lambda value: dates.day(value, language),
        "day_within": lambda value: dates.day_within(value, language),
        "plain_day": lambda value: dates.plain_day(value, language),
        "short_day": lambda value: dates.short_day(value, language),
        "short_days": days,
        "clock": lambda value: dates.clock(value, language),
        "clocks": clocks,
        "number": number,
        "who": lambda member: who(member, language),
        "link": link,
        "proof_line": lambda proof: proof_line(proof, language),
        "unmet_line": lambda wish: unmet_line(wish, language),
        "state_words": lambda visit: state_words(visit, language),
        "focus_words": lambda name: focus_words(name, language),
        "said_besides": lambda visit: _said_besides(visit, language),
    }


def link(text: str, address: str) -> Markup:
    """A link with its text, where the address is one of the web or of mail; else the text alone."""
    shown = str(markdown_escaped(text))
    safe = address.startswith(("https://", "http://", "mailto:")) and not set(address) & set(" <>\\\n\r\t")
    return Markup(f"[{shown}](<{address}>)") if safe else Markup(shown)


def _pictures(language: Language, pictures: dict[str, str], own: Mapping[str, str]) -> dict[str, Callable[..., Markup]]:
    """What puts a picture on the page: `picture("loads", page.loads, "what it shows")`."""

    def picture(view: str, report: Any, alt: str) -> Markup:
        from sigctl.render.drawing import drawing

        name = f"{len(pictures) + 1}-{view}-{language}"
        pictures[name] = drawing(view, [language], report, own)
        return Markup(f"![{markdown_escaped(alt)}](picture:{name})")

    return {"picture": picture}
