"""Who carries how much: the reviewer-days that each school gives, receives and brings with it, on one scale."""

from dataclasses import dataclass

from sigctl.reports.visits import RotaPage, SchoolLine


@dataclass(frozen=True, slots=True)
class LoadPage:
    """The schools' shares, with the ends of the scales on which they are drawn."""

    page: RotaPage
    schools: tuple[SchoolLine, ...]

    @property
    def most(self) -> int:
        """The most days that a school gives or receives."""
        return max((max(school.gives, school.receives) for school in self.schools), default=0)

    @property
    def furthest(self) -> int:
        """How far from even a school is, or was before the cycle."""
        return max((max(abs(school.balance), abs(school.carried)) for school in self.schools), default=0)


def load_page(page: RotaPage) -> LoadPage:
    """The loads of a rota; schools in the order of the page."""
    return LoadPage(page, page.schools)
