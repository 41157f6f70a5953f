"""The rota as a map: where the schools are, and who drives from where to where, how far and how often."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, radians
from typing import Final

from sigctl.cluster import Cluster
from sigctl.records import School
from sigctl.reports.exchange import Given, exchange_page
from sigctl.reports.visits import RotaPage, SchoolLine
from sigctl.rota.gathering import EARTH, kilometres
from sigctl.words import Words

_DEGREE: Final = radians(1) * EARTH
"""Kilometres to a degree of latitude."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A school on the map, in kilometres east and south of the north-western corner."""

    school: SchoolLine
    east: float
    south: float


@dataclass(frozen=True, slots=True)
class Journey:
    """People of a school on the way to a host: which schools, by their place in the list, and how far it is, in kilometres."""

    start: int
    end: int
    given: Given
    distance: float

    @property
    def kilometres(self) -> float:
        """What they travel in all: there and back, each of them, each day."""
        return round(2 * self.distance * self.given.days, 1)


@dataclass(frozen=True, slots=True)
class TravelPage:
    """Schools and journeys; `unplaced` are schools of which the files say no place."""

    page: RotaPage
    spots: tuple[Spot, ...]
    journeys: tuple[Journey, ...]
    unplaced: tuple[Words, ...] = ()

    @property
    def east(self) -> float:
        """How far east the map reaches, in kilometres."""
        return max((spot.east for spot in self.spots), default=0)

    @property
    def south(self) -> float:
        """How far south the map reaches, in kilometres."""
        return max((spot.south for spot in self.spots), default=0)

    @property
    def kilometres(self) -> float:
        """What everybody travels in all."""
        return round(sum(journey.kilometres for journey in self.journeys), 1)


def travel_page(cluster: Cluster, page: RotaPage) -> TravelPage:
    """The map of a rota: an equirectangular projection, true to scale in the middle."""
    placed = [(school, cluster.schools[school.id]) for school in page.schools]
    spots = tuple(_spots([(line, school) for line, school in placed if school.location]))
    unplaced = tuple(line.name for line, school in placed if not school.location)
    return TravelPage(page, spots, tuple(_journeys(cluster, page, spots)), unplaced)


def _spots(placed: list[tuple[SchoolLine, School]]) -> Iterator[Spot]:
    places = [(line, school.location.lat, school.location.lon) for line, school in placed if school.location]
    if not places:
        return
    north, south, west = max(lat for _, lat, _ in places), min(lat for _, lat, _ in places), min(lon for _, _, lon in places)
    narrow = cos(radians((north + south) / 2))
    for line, lat, lon in places:
        yield Spot(line, round((lon - west) * _DEGREE * narrow, 3), round((north - lat) * _DEGREE, 3))


def _journeys(cluster: Cluster, page: RotaPage, spots: tuple[Spot, ...]) -> Iterator[Journey]:
    at = {spot.school.id: index for index, spot in enumerate(spots)}
    for row in exchange_page(page).rows:
        for given in row:
            if given and given.giver.id in at and given.visit.host_id in at:
                yield Journey(at[given.giver.id], at[given.visit.host_id], given, _between(cluster, given.giver.id, given.visit.host_id))


def _between(cluster: Cluster, a: str, b: str) -> float:
    """The distance as the rota counts it: to a tenth of a kilometre."""
    start, end = cluster.schools[a].location, cluster.schools[b].location
    return round(kilometres(start, end), 1) if start and end else 0.0
