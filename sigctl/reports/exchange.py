"""Who visits whom: for each pair of schools, the reviewer-days that the one gives to the other."""

from dataclasses import dataclass

from sigctl.reports.visit import VisitLine
from sigctl.reports.visits import RotaPage, SchoolLine
from sigctl.reports.who import Member


@dataclass(frozen=True, slots=True)
class Given:
    """What a school gives to another: a visit of the other, and the people who go there."""

    giver: SchoolLine
    visit: VisitLine
    people: tuple[Member, ...]

    @property
    def days(self) -> int:
        """Reviewer-days."""
        return len(self.people) * len(self.visit.dates)


@dataclass(frozen=True, slots=True)
class ExchangePage:
    """Schools against schools: a row of gifts for each school that gives, in the order of the hosts; None where it gives nothing."""

    page: RotaPage
    schools: tuple[SchoolLine, ...]
    rows: tuple[tuple[Given | None, ...], ...]

    @property
    def most(self) -> int:
        """The most days that one school gives to another."""
        return max((given.days for row in self.rows for given in row if given), default=0)


def exchange_page(page: RotaPage) -> ExchangePage:
    """The matrix of a rota."""
    visits = {visit.host_id: visit for visit in page.held}

    def given(giver: SchoolLine, host: SchoolLine) -> Given | None:
        visit = visits.get(host.id)
        people = tuple(member for member in visit.team if member.school_id == giver.id) if visit else ()
        return Given(giver, visit, people) if visit and people else None

    return ExchangePage(page, page.schools, tuple(tuple(given(giver, host) for host in page.schools) for giver in page.schools))
