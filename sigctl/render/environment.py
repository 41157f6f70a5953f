"""Report values into Markdown, by the templates in `templates/`.

Templates are sandboxed, may not change what they are given, and fail on a name that does not exist. What the data says
is never markup: each value is escaped for the kind of text that is written.
"""

import re
from functools import cache
from typing import Any, Final

from jinja2 import PackageLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from sigctl.render import dates
from sigctl.render.figures import proof_line, signed
from sigctl.render.labels import label, said
from sigctl.render.visit_words import details, state_words, unmet_line
from sigctl.words import Language

_MARKDOWN: Final = re.compile(r"([\\`*_\[\]<>#|~&!])")


def markdown_escaped(value: object) -> object:
    """A text in which no character means anything to Markdown; other values and finished markup as they are."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return Markup(_MARKDOWN.sub(r"\\\1", value.replace("\n", " ")))


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=PackageLoader("sigctl.render"),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=markdown_escaped,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(signed=signed, said_besides=_said_besides)
    return environment


def _said_besides(visit: Any, language: Language) -> list[str]:
    """Reserves, stages and the lock by hand of a visit, in words."""
    return [text for _, text in details(visit, language)]


def rendered(template: str, language: Language, report: Any) -> str:
    """A report in one language as Markdown. Raises jinja2.TemplateError where the template is wrong."""
    loaded = _environment().get_template(f"{template}.md.j2")
    return loaded.render(
        page=report,
        said=lambda words: said(words, language),
        label=lambda key: Markup(label(key, language)),
        day=lambda value: dates.day(value, language),
        plain_day=lambda value: dates.plain_day(value, language),
        short_days=lambda first, last: dates.short_days(first, last, language),
        proof_line=lambda proof: proof_line(proof, language),
        unmet_line=lambda wish: unmet_line(wish, language),
        lang=language,
        state_words=lambda visit: state_words(visit, language),
        said_besides=lambda visit: _said_besides(visit, language),
    )
