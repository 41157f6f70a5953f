"""What every paper carries: whose it is, whom to ask, when it was made and from which state of the files."""

from dataclasses import dataclass
from datetime import date

from sigctl.cluster import Cluster
from sigctl.cluster.membership import officers_on
from sigctl.records import Group
from sigctl.reports.who import who
from sigctl.words import Words

_KEEPERS = ("secretary", "clerk", "convenor", "chair")
"""The offices that answer for a paper, the first that is held."""


@dataclass(frozen=True, slots=True)
class Imprint:
    """What every paper carries. `contact` is a person or post, `email` an address; either may be empty. `state` changes with the files."""

    body: Words
    contact: Words
    email: str
    made: date
    state: str


def imprint(cluster: Cluster, today: date, group: Group | None = None) -> Imprint:
    """The imprint of a paper of a group, or of the whole cluster: its contact is the group's secretary, or else the strategic group's."""
    mail = cluster.settings.mail
    groups = [each for each in (group, *_leading(cluster)) if each]
    keeper = next((found for each in groups if (found := _keeper(each, today))), None)
    person = cluster.people.get(keeper) if keeper else None
    address = (mail.reply_to or mail.sender) if mail else (person.email if person else None)
    return Imprint(
        body=cluster.settings.cluster.name.words,
        contact=who(cluster, person.id, today).person if person else Words(),
        email=address or "",
        made=today,
        state=cluster.state,
    )


def _leading(cluster: Cluster) -> list[Group]:
    return [group for group in cluster.groups.values() if group.kind == "strategic"] or [
        group for group in cluster.groups.values() if group.kind == "steering"
    ]


def _keeper(group: Group, today: date) -> str | None:
    held = officers_on(group, today)
    return next((held[office] for office in _KEEPERS if office in held), None)
