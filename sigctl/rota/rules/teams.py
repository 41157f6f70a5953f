"""Rules about the make-up of one team. x[v,i] is 1 where reviewer i is in the team of visit v."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from sigctl.rota.case import Case, Visit
from sigctl.rota.puzzle import Row
from sigctl.rota.rules.rule import Breach, Draft, Roster, Rule, open_visits


@dataclass(frozen=True, slots=True)
class TeamSize(Rule):
    """A team has exactly so many members, the lead among them.

    For visit v: sum over i of x[v,i] = team of v.
    """

    name: ClassVar[str] = "team"

    def rows(self, draft: Draft) -> Iterator[Row]:
        """One row a visit."""
        for visit, among in draft.to_staff():
            yield Row(visit.team, visit.team, among)

    def breaches(self, case: Case, roster: Roster) -> Iterator[Breach]:
        """Teams that are too small or too large, or name somebody twice."""
        for visit, placed in open_visits(case, roster):
            if len(placed.team) != visit.team or len(set(placed.team)) != visit.team:
                yield self.broken(case, (placed,), placed.team)


@dataclass(frozen=True, slots=True)
class Leads(Rule):
    """A team has at least so many members of level lead, and one of them is named the lead.

    Since every team has a lead, `leads: 0` asks for one all the same. For visit v: sum over leads of x[v,i] ≥ max(1, n).
    """

    at_least: int
    name: ClassVar[str] = "leads"

    def rows(self, draft: Draft) -> Iterator[Row]:
        """One row a visit; one lead is needed even where the rule asks for none, since a team has a lead."""
        for _, among in draft.to_staff():
            yield Row(max(1, self.at_least), None, _at_level(draft, among, "lead"))

    def breaches(self, case: Case, roster: Roster) -> Iterator[Breach]:
        """Teams with too few leads, or led by somebody who cannot."""
        for _, placed in open_visits(case, roster):
            leads = {member for member in placed.team if case.reviewers[member].level == "lead"}
            if placed.lead not in leads or len(leads) < self.at_least:
                yield self.broken(case, (placed,), (placed.lead,))


@dataclass(frozen=True, slots=True)
class Trainees(Rule):
    """A team has at most so many trainees.

    For visit v: sum over trainees of x[v,i] ≤ n.
    """

    at_most: int
    name: ClassVar[str] = "trainees"

    def rows(self, draft: Draft) -> Iterator[Row]:
        """One row a visit."""
        for _, among in draft.to_staff():
            yield Row(None, self.at_most, _at_level(draft, among, "trainee"))

    def breaches(self, case: Case, roster: Roster) -> Iterator[Breach]:
        """Teams with too many trainees."""
        for _, placed in open_visits(case, roster):
            trainees = tuple(member for member in placed.team if case.reviewers[member].level == "trainee")
            if len(trainees) > self.at_most:
                yield self.broken(case, (placed,), trainees)


@dataclass(frozen=True, slots=True)
class OnePerSchool(Rule):
    """No two members of a team come from the same school.

    For visit v and each school: sum over its people of x[v,i] ≤ 1.
    """

    name: ClassVar[str] = "one_per_school"

    def rows(self, draft: Draft) -> Iterator[Row]:
        """One row a visit and school."""
        for (_, visit), among in draft.of_trip.items():
            if not draft.case.visits[visit].settled and len(among) > 1:
                yield Row(None, 1, among)

    def breaches(self, case: Case, roster: Roster) -> Iterator[Breach]:
        """Teams with two from one school."""
        for _, placed in open_visits(case, roster):
            homes = Counter(case.reviewers[member].school for member in placed.team)
            double = tuple(member for member in placed.team if homes[case.reviewers[member].school] > 1)
            if double:
                yield self.broken(case, (placed,), double)


@dataclass(frozen=True, slots=True)
class WelshSpeakers(Rule):
    """Where the host's language is Welsh, at least so many members of its team speak Welsh.

    For visit v to such a host: sum over speakers of x[v,i] ≥ n.
    """

    at_least: int
    name: ClassVar[str] = "welsh_speakers"

    def rows(self, draft: Draft) -> Iterator[Row]:
        """One row a visit to a Welsh school."""
        for visit, among in draft.to_staff():
            if draft.case.schools[visit.host].welsh:
                speakers = (each for each in among if draft.case.reviewers[draft.candidates[each].reviewer].welsh)
                yield Row(self.at_least, None, tuple(speakers))

    def breaches(self, case: Case, roster: Roster) -> Iterator[Breach]:
        """Teams at Welsh schools with too few who speak Welsh."""
        for visit, placed in open_visits(case, roster):
            speakers = sum(case.reviewers[member].welsh for member in placed.team)
            if case.schools[visit.host].welsh and speakers < self.at_least:
                yield self.broken(case, (placed,), placed.team)


@dataclass(frozen=True, slots=True)
class CoverFocus(Rule):
    """Each focus of a visit is among the expertise of somebody in the team.

    For visit v and each focus: sum over those who know it of x[v,i] ≥ 1.
    """

    name: ClassVar[str] = "cover_focus"

    def rows(self, draft: Draft) -> Iterator[Row]:
        """One row a visit and focus."""
        for visit, among in draft.to_staff():
            for focus in visit.focus:
                yield Row(1, None, tuple(each for each in among if self._knows(draft, each, focus)))

    def breaches(self, case: Case, roster: Roster) -> Iterator[Breach]:
        """Teams in which nobody knows a focus."""
        for visit, placed in open_visits(case, roster):
            if not self._covers(case, visit, placed.team):
                yield self.broken(case, (placed,), placed.team)

    @staticmethod
    def _knows(draft: Draft, candidate: int, focus: str) -> bool:
        return focus in draft.case.reviewers[draft.candidates[candidate].reviewer].expertise

    @staticmethod
    def _covers(case: Case, visit: Visit, team: tuple[int, ...]) -> bool:
        known: frozenset[str] = frozenset().union(*(case.reviewers[member].expertise for member in team))
        return known.issuperset(visit.focus)


@dataclass(frozen=True, slots=True)
class Shadowing(Rule):
    """A trainee who was never in a team before goes only where a lead is there for them: one lead for each such trainee.

    For visit v: sum over leads of x[v,i] ≥ sum over new trainees of x[v,i].
    """

    name: ClassVar[str] = "shadowing"

    def rows(self, draft: Draft) -> Iterator[Row]:
        """One row a visit to which new trainees could go."""
        for _, among in draft.to_staff():
            leads = _at_level(draft, among, "lead")
            novices = tuple(each for each in among if draft.case.reviewers[draft.candidates[each].reviewer].novice)
            if novices:
                yield Row(0, None, leads + novices, (1,) * len(leads) + (-1,) * len(novices))

    def breaches(self, case: Case, roster: Roster) -> Iterator[Breach]:
        """Teams with more new trainees than leads."""
        for _, placed in open_visits(case, roster):
            leads = sum(case.reviewers[member].level == "lead" for member in placed.team)
            novices = tuple(member for member in placed.team if case.reviewers[member].novice)
            if len(novices) > leads:
                yield self.broken(case, (placed,), novices)


@dataclass(frozen=True, slots=True)
class NewTriads(Rule):
    """At least one member of each team comes from a school that did not review the host the last time.

    The last time is the host's latest visit of an earlier cycle that was not cancelled; without one, every team is new. For
    visit v: sum over people of schools that were not there of x[v,i] ≥ 1.
    """

    name: ClassVar[str] = "new_triads"

    def rows(self, draft: Draft) -> Iterator[Row]:
        """One row a visit to a school that was visited before."""
        for visit, among in draft.to_staff():
            before = draft.case.schools[visit.host].last_team
            if before:
                yield Row(1, None, tuple(each for each in among if draft.candidates[each].school not in before))

    def breaches(self, case: Case, roster: Roster) -> Iterator[Breach]:
        """Teams from the schools of the last one alone."""
        for visit, placed in open_visits(case, roster):
            before = case.schools[visit.host].last_team
            if before and all(case.reviewers[member].school in before for member in placed.team):
                yield self.broken(case, (placed,), placed.team)


def _at_level(draft: Draft, among: tuple[int, ...], level: str) -> tuple[int, ...]:
    return tuple(each for each in among if draft.case.reviewers[draft.candidates[each].reviewer].level == level)
