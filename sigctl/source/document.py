"""One file as values, with what is wrong with it and the place of every key and value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from sigctl.problem import Place, Problem
from sigctl.source.page import BREAK, Page
from sigctl.source.reader import OUTER, Path, Reading, Spot, Value, read_spots, read_values


@dataclass(frozen=True)
class Document:
    """What one file says: its values, what is wrong with it as YAML, and where everything stands.

    `spoilt` holds the paths of values that could not be told, so that nobody complains of them a second time.
    """

    file: str
    text: str
    data: Value = None
    problems: tuple[Problem, ...] = ()
    spoilt: frozenset[Path] = frozenset()
    spots: Mapping[Path, Spot] = field(default_factory=dict, repr=False)

    @property
    def is_whole(self) -> bool:
        """Whether everything in the file could be read."""
        return not any(problem.is_error for problem in self.problems)

    def place(self, path: Path, *, on_key: bool = False) -> Place:
        """Where a value stands, or the nearest thing above it that the file holds; with `on_key`, where its key does."""
        for end in range(len(path), 0 if path else -1, -1):
            spot = self._spot(path[:end])
            if spot:
                return self._page.place(*(spot.key if on_key or end < len(path) else spot.value))
        return Place(self.file)

    def place_in_text(self, start: int, end: int) -> Place:
        """Where a piece of the text stands, by its first character and the one after its last."""
        before = BREAK.split(self.text[:start])
        return self._page.place(len(before) - 1, len(before[-1]), end - start)

    def _spot(self, path: Path) -> Spot | None:
        outer, inner = path[:OUTER], path[OUTER:]
        spot = self.spots.get(outer)
        if spot is None or not inner:
            return spot
        if outer not in self._inner:
            self._inner[outer] = read_spots(self._page, spot)
        return self._inner[outer].get(inner)

    @cached_property
    def _inner(self) -> dict[Path, Mapping[Path, Spot]]:
        return {}

    @cached_property
    def _page(self) -> Page:
        return Page(self.file, self.text)


def parse(file: str, text: str) -> Document:
    """Read a YAML text; whatever is wrong with it is in the document's problems."""
    reading: Reading = read_values(Page(file, text))
    return Document(file, text, reading.data, reading.problems, reading.spoilt, reading.spots)
