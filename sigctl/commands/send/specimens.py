"""The lines above papers that are sent, and what somebody is told of the rota, as the files would have them, to try the templates with."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from itertools import islice
from typing import Any, Final

from sigctl.cluster import Cluster
from sigctl.commands.send.news import RotaRun
from sigctl.reports.imprint import imprint
from sigctl.reports.reminders.whom import member_of
from sigctl.reports.sending import PartChange, RotaNews, changes_between, paper_news
from sigctl.words import Words

_MANY: Final = 3
"""How many people are tried."""


def specimens(cluster: Cluster, today: date) -> Iterator[tuple[str, Any]]:
    """What would be sent of the last meeting with minutes, of the next one, and to some people of the rota."""
    languages = cluster.settings.cluster.languages
    for meeting in islice((each for each in cluster.meetings.values() if each.group in cluster.groups), 1):
        news = paper_news(cluster, meeting, "agenda", languages, today)
        yield "sending_paper", news
        yield "sending_paper", replace(news, kind="minutes", is_again=True, is_apart=True)
    cycle = cluster.current_cycle(today)
    if cycle and cluster.rota(cycle.id, "published"):
        run = RotaRun(cluster, cycle, datetime.combine(today, time()))
        for person, parts in islice(run.parts.items(), _MANY):
            news_of = RotaNews(
                imprint=imprint(cluster, today),
                cycle=cycle.name.words,
                to=member_of(cluster, person, today),
                languages=languages,
                is_first=True,
                changes=changes_between((), parts, date.min, {each.host_id for each in parts}),
                entries=len(parts),
                has_sheet=True,
            )
            yield "sending_rota", news_of
            for is_off in (False, True):
                gone = tuple(PartChange(each, None, is_off) for each in parts)
                why = Words("Newid", "A change")
                yield "sending_rota", replace(news_of, is_first=False, changes=gone, why=why, entries=0, taken_out=len(parts))
