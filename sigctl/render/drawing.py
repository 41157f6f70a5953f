"""Report values into pictures, as SVG, by the templates in `templates/`. What the data says is never markup.

Two languages are two pictures in one, the first above the second, each marked with its language.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from markupsafe import escape

from sigctl.render import dates, visit_words
from sigctl.render.curves import ribbon
from sigctl.render.faults import NoSuchName, telling_where
from sigctl.render.figures import number, signed
from sigctl.render.labels import catalogue, counted, label, said
from sigctl.render.loading import Own, Sandbox, in_order, loader
from sigctl.render.marks import without_marking
from sigctl.render.picture import size_of
from sigctl.render.placing import Box, placed
from sigctl.render.widths import text_width, wrapped
from sigctl.words import Language, Words

_NO_OWN: Final[Mapping[str, str]] = {}
_LIGHT: Final = (214, 230, 244)
_DARK: Final = (0, 80, 143)


@lru_cache(8)
def _environment(own: Own) -> Sandbox:
    environment = Sandbox(
        loader=loader(own),
        undefined=NoSuchName,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(signed=signed, number=number, px=_pixels)
    environment.globals.update(text_width=text_width, wrapped=wrapped, ribbon=ribbon, placed=placed, box=Box, shade=shade)
    return environment


def _pixels(value: float) -> str:
    """A length, to a tenth of a pixel."""
    return f"{value:.1f}".removesuffix(".0")


def shade(part: float) -> str:
    """A blue between light (0) and dark (1)."""
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in zip(_LIGHT, _DARK, strict=True))


def drawing(view: str, languages: Sequence[Language], report: Any, own: Mapping[str, str] = _NO_OWN) -> str:
    """A report as a picture, such as `calendar`. Raises TemplateFault where the template is wrong."""
    with telling_where(f"{view}.svg.j2"), without_marking():
        drawn = [_drawn(view, language, report, in_order(own)) for language in languages]
    return drawn[0] if len(drawn) == 1 else _one_below_the_other(drawn, languages, report)


def _drawn(view: str, language: Language, report: Any, own: Own) -> str:
    return (
        _environment(own)
        .get_template(f"{view}.svg.j2")
        .render(
            report=report,
            page=getattr(report, "page", report),
            lang=language,
            said=lambda words: said(words, language),
            label=lambda key: label(key, language),
            counted=lambda key, count: counted(key, count, language),
            words=catalogue(language)["dates"],
            plain_day=lambda value: dates.plain_day(value, language),
            short_day=lambda value: dates.short_day(value, language),
            short_days=lambda first, last: dates.short_days(first, last, language),
            plain_days=lambda first, last: dates.plain_days(first, last, language),
            who=lambda member: visit_words.who(member, language),
            stage_words=lambda stage: visit_words.stage_words(stage, language),
            entries=lambda visits, width: entries(visits, language, width, is_draft=report.page.status == "draft"),
            widest=lambda texts, size: widest(texts, language, size),
        )
    )


def _one_below_the_other(drawn: Sequence[str], languages: Sequence[Language], report: Any) -> str:
    sizes = [size_of(each) for each in drawn]
    width, height = max(across for across, _ in sizes), sum(down for _, down in sizes)
    titles = " / ".join(dict.fromkeys(said(report.page.cycle, language) for language in languages))
    parts, top = [], 0.0
    for each, (_, down) in zip(drawn, sizes, strict=True):
        parts.append(each.replace("<svg ", f'<svg y="{top:g}" ', 1))
        top += down
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}" role="img">'
    return f"{head}\n<title>{escape(titles)}</title>\n{''.join(parts)}</svg>\n"


def widest(texts: Iterable[Words], language: Language, size: float) -> float:
    """The width of the widest of some names; 0 where there are none."""
    return max((text_width(said(text, language), size) for text in texts), default=0.0)


Line = tuple[str, str, bool]
"""A line of an entry: what it is (such as `head`, `state` or `member`), its text, and whether it goes on from the last."""


def entries(visits: Iterable[Any], language: Language, width: float, *, is_draft: bool = False) -> tuple[tuple[Any, tuple[Line, ...]], ...]:
    """All that there is to say of each visit, in lines that fit a width; in a draft all visits are planned, which goes without saying."""
    return tuple((visit, tuple(_lines(_told(visit, language, is_draft), width))) for visit in visits)


def _lines(told: Iterable[tuple[str, str]], width: float) -> Iterable[Line]:
    for kind, text in told:
        for place, line in enumerate(wrapped(text, 15 if kind == "head" else 13, width)):
            yield kind, line, place > 0


def _told(visit: Any, language: Language, is_draft: bool) -> Iterable[tuple[str, str]]:
    yield "head", said(visit.host, language)
    yield "when", f"{dates.short_days(visit.first, visit.last, language)} {visit.last.year}"
    if not is_draft or visit.state != "planned":
        yield "state", visit_words.state_words(visit, language)
    for index, member in enumerate(visit.team):
        lead = "" if index else f" ({label('rota.leads', language)})"
        yield "member" if index else "lead", visit_words.who(member, language) + lead
    yield from visit_words.details(visit, language)
