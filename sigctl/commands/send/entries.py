"""The entries for somebody's calendar that go with a message about their visits: made, changed, or taken out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from sigctl.cluster import Cluster
from sigctl.commands.clock import now_in
from sigctl.commands.mailing import SCHOOL, addressee, mail_settings
from sigctl.event import Event, Published
from sigctl.records import Cycle
from sigctl.reports.feeds import feed_of_person, feed_of_school
from sigctl.reports.sending import Part
from sigctl.words import Language

if TYPE_CHECKING:
    from sigctl.deliver.mail import Attachment
    from sigctl.deliver.state import Connection


@dataclass(frozen=True)
class Entries:
    """The calendar entries of a cycle's visits at a moment, numbered on from those of which calendars know."""

    cluster: Cluster
    cycle: Cycle
    moment: datetime
    connection: "Connection"

    def invitations(self, person: str, languages: tuple[Language, ...], parts: Sequence[Part]) -> tuple["Attachment", ...]:
        """An ICS file for each entry that somebody is sent with news of these parts."""
        from sigctl.deliver.mail import Attachment
        from sigctl.render.ics import Address, invitation

        who, cluster = addressee(self.cluster, person), self.cluster.settings.cluster
        sender = Address(mail_settings(self.cluster).sender, cluster.name.words.said(languages[0]))
        to = Address(who.address, who.name)
        found = list(dict.fromkeys(event for part in parts for event in self._entries(person, part)))
        names = [f"{_host_of(event)}{f'-{number}' if len(found) > 1 else ''}.ics" for number, event in enumerate(found, start=1)]
        texts = (invitation(event, sender, to, languages, cluster.time_zone) for event in found)
        return tuple(Attachment(name, "text/calendar", text.encode("utf-8")) for name, text in zip(names, texts, strict=True))

    def record(self, told: Mapping[str, Sequence[Part]]) -> None:
        """Note that calendars are told of these parts. A day to come, which `--today` may name, has not come yet."""
        from sigctl.deliver.events import published

        noted = min(self.moment, now_in(self.cluster.settings.cluster.time_zone))
        for owner in dict.fromkeys(_owner(person, part) for person, parts in told.items() for part in parts):
            published(self.connection, owner, self._events(owner), noted)

    def _entries(self, person: str, part: Part) -> Iterator[Published]:
        """The entries of a part: of the visit itself, or of the stage that somebody leads."""
        from sigctl.deliver.events import would_publish

        owner, stem = _owner(person, part), f"{self.cycle.id}.{part.host_id}."
        wanted = f"{stem}{'.'.join(part.slot.split()[1:])}@" if part.role == "stage" else f"{stem}visit"
        for each in would_publish(self.connection, owner, self._events(owner), self.moment):
            is_over = _last_day(each.event) < self.moment.date()
            if each.event.uid.startswith(wanted) and not is_over:
                yield each

    def _events(self, owner: str) -> tuple[Event, ...]:
        kind, _, id = owner.partition(":")
        return (feed_of_school if kind == "school" else feed_of_person)(self.cluster, id).events


def _owner(person: str, part: Part) -> str:
    """Whose calendar holds the entry of a part: the host school's for its own visit, else that of the person."""
    return f"{SCHOOL}{part.host_id}" if part.role == "host" else f"person:{person}"


def _last_day(event: Event) -> date:
    return event.end.date() if isinstance(event.end, datetime) else event.end


def _host_of(published: Published) -> str:
    return published.event.uid.split(".")[1]
