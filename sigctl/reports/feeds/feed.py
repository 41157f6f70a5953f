"""The feed of a person, a school, a group and the cluster: whose it is, in which languages, and its events by date."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from sigctl.cluster import Cluster
from sigctl.event import Event
from sigctl.records import Person
from sigctl.reports.feeds import meetings, visits
from sigctl.words import Language, Words, same


@dataclass(frozen=True, slots=True)
class Feed:
    """What stands in a calendar. `owner` is `person:ID`, `school:ID`, `group:ID` or `cluster`."""

    owner: str
    name: Words
    languages: tuple[Language, ...]
    events: tuple[Event, ...]


@dataclass(frozen=True)
class _Diary:
    """All that is on in the cluster."""

    cluster: Cluster
    visits: tuple[visits.Told, ...]
    meetings: tuple[meetings.Asked, ...]

    def feed(self, owner: str, name: Words, events: Iterable[Event], languages: tuple[Language, ...] = ()) -> Feed:
        own = self.cluster.settings.cluster
        called = Words(*(": ".join(filter(None, (own.name.words.said(tongue), name.said(tongue)))) for tongue in ("cy", "en")))
        in_order = sorted(events, key=lambda event: (event.start.isoformat(), event.uid))
        spoken = languages or own.languages
        return Feed(owner, called, spoken, tuple(replace(event, voice=_voice(self.cluster, spoken, event)) for event in in_order))


@lru_cache(1)
def _diary(cluster: Cluster) -> _Diary:
    return _Diary(cluster, visits.visits_told(cluster), meetings.meetings_told(cluster))


def feed_of_person(cluster: Cluster, id: str) -> Feed:
    """Somebody's visits, stages and meetings, in the language in which they are written to. Raises KeyError for nobody in the files."""
    diary, person = _diary(cluster), cluster.people[id]
    called = same(person.name) if person.name else person.post.words if person.post else same(id)
    events = [event for told in diary.visits for event in visits.for_person(told, id)]
    events += meetings.for_person(cluster, diary.meetings, id)
    return diary.feed(f"person:{id}", called, events, _languages(cluster, person))


def feed_of_school(cluster: Cluster, id: str) -> Feed:
    """A school's own visit, when somebody of it is out, and the meetings to which it is asked. Raises KeyError for an unknown one."""
    diary, school = _diary(cluster), cluster.schools[id]
    events = [event for told in diary.visits for event in visits.for_school(told, id)]
    return diary.feed(f"school:{id}", school.name.words, [*events, *meetings.for_school(cluster, diary.meetings, id)])


def feed_of_group(cluster: Cluster, id: str) -> Feed:
    """A group's meetings. Raises KeyError for an unknown one."""
    diary, group = _diary(cluster), cluster.groups[id]
    return diary.feed(f"group:{id}", group.name.words, meetings.for_group(cluster, diary.meetings, id))


def feed_of_cluster(cluster: Cluster) -> Feed:
    """All visits by host, and all meetings; nobody's name."""
    diary = _diary(cluster)
    events = [event for told in diary.visits for event in visits.for_cluster(told)]
    return diary.feed("cluster", Words(), [*events, *meetings.for_cluster(cluster, diary.meetings)])


def feed_of(cluster: Cluster, owner: str) -> Feed | None:
    """The feed of an owner such as `school:treorchy`; None where the files hold none."""
    kind, _, id = owner.partition(":")
    made = {
        "person": (cluster.people, feed_of_person),
        "school": (cluster.schools, feed_of_school),
        "group": (cluster.groups, feed_of_group),
    }
    if owner == "cluster":
        return feed_of_cluster(cluster)
    return made[kind][1](cluster, id) if kind in made and id in made[kind][0] else None


def all_feeds(cluster: Cluster) -> tuple[Feed, ...]:
    """The feeds of the cluster and of all groups, schools and people that have an event in them."""
    feeds = [
        feed_of_cluster(cluster),
        *(feed_of_group(cluster, id) for id in cluster.groups),
        *(feed_of_school(cluster, id) for id in cluster.schools),
        *(feed_of_person(cluster, id) for id in cluster.people),
    ]
    return tuple(feed for feed in feeds if feed.events)


def _languages(cluster: Cluster, person: Person) -> tuple[Language, ...]:
    """In which languages somebody reads: their own, or those of the cluster in its order."""
    return cluster.settings.cluster.languages if person.writes_in == "both" else (person.writes_in,)


def _voice(cluster: Cluster, languages: tuple[Language, ...], event: Event) -> str:
    """What besides an event itself makes its text: the languages, the cluster's own words for calendars, and whose clocks it goes by."""
    return " ".join((*languages, *_own_words(cluster), *([cluster.settings.cluster.time_zone] if event.is_timed else [])))


@lru_cache(1)
def _own_words(cluster: Cluster) -> tuple[str, ...]:
    said = sorted(cluster.settings.words.items())
    return tuple(f"{key}={tuple(text.words)}" for key, text in said if key.startswith("calendar."))
