"""Letters of reminders about what stands in the files, and the list of calls, to try the cluster's templates with."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from sigctl.cluster import Cluster
from sigctl.reports.imprint import imprint
from sigctl.reports.letters import CallsPage, Pages, topic_of
from sigctl.reports.reminders import Call, Letter, Matter
from sigctl.reports.reminders.asof import AsOf
from sigctl.reports.reminders.making import occurrences
from sigctl.reports.reminders.whom import member_of


def specimens(cluster: Cluster, today: date) -> Iterator[tuple[str, Any]]:
    """A letter about the first thing of each kind and role, one about all of them, and calls; nothing where there is nothing to tell."""
    matters = _one_of_each(cluster, today)
    if not matters:
        return
    made, pages, languages = imprint(cluster, today), Pages(cluster, today), cluster.settings.cluster.languages
    members = [member_of(cluster, each.notice.person, today) for each in matters]
    letters = [Letter(made, member, "both", 1, (each,)) for member, each in zip(members, matters, strict=True)]
    found = [pages.letter(each, languages) for each in letters]
    yield from (("reminder", each) for each in found)
    yield "reminder", replace(found[0], is_again=True)
    whole = replace(found[0], sections=tuple(each.sections[0] for each in found))
    yield "reminder", whole
    calls = tuple(Call(member, "", "", each) for member, each in zip(members, matters, strict=True))
    yield "calls", CallsPage(made, calls, whole.sections)


def _one_of_each(cluster: Cluster, today: date) -> list[Matter]:
    """The first thing of each kind and role, what is still to come before what is over."""
    found: dict[str, Matter] = {}
    for it in sorted(occurrences(AsOf(cluster, today, {})), key=lambda each: each.due < today):
        matter = Matter(it.notice, it.opens, it.about(), "")
        found.setdefault(topic_of(matter), matter)
    return list(found.values())
