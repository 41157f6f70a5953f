"""What a conflict holds against each other, in the users' own words: what is asked alike of several is said once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sigctl.rota.case import Case, Days
from sigctl.rota.plan import Demand, Source
from sigctl.rota.why.asking import Ask
from sigctl.rota.why.obstacles import counted, listed
from sigctl.rota.why.words import days_words


@dataclass(frozen=True, slots=True)
class Saying:
    """One ask in words: about whom (so that asks of the same words can share them), the words around that, and the places.

    The words have {who} where the ids stand; `many` is for more than one, and the same as `one` where left out.
    """

    who: str
    one: str
    many: str
    sources: tuple[Source, ...]


def demands(case: Case, asks: Sequence[Ask], last: int | None) -> tuple[Demand, ...]:
    """Everything that is in conflict: first the visits, then the days, then what teams and people are bound by."""
    alike: dict[tuple[str, str, str], list[Saying]] = {}
    tongue = _Tongue(case, asks, last)
    for ask in sorted(asks, key=lambda each: (_FIRST.get(each.rule, 1), asks.index(each))):
        saying = tongue.said(ask)
        alike.setdefault((ask.rule, saying.one, saying.many), []).append(saying)
    return tuple(_demand(rule, same) for (rule, _, _), same in alike.items())


_FIRST: Final[Mapping[str, int]] = {"visits": -3, "done": -2, "published": -1, "fixed": -1, "window": 0, "busy": 0}


def _demand(rule: str, same: Sequence[Saying]) -> Demand:
    names = list(dict.fromkeys(each.who for each in same))
    words = same[0].one if len(names) == 1 else same[0].many or same[0].one
    sources = tuple(dict.fromkeys(source for each in same for source in each.sources))
    return Demand({"once": "days_between"}.get(rule, rule), words.format(who=listed(names), number=len(names)), sources)


class _Tongue:
    def __init__(self, case: Case, asks: Sequence[Ask], last: int | None) -> None:
        self._case = case
        self._last = last
        self._asks = frozenset(asks)
        self._visits = [ask.visits[0] for ask in asks if ask.rule == "visits"]
        self._days: Days = 0
        for visit in self._visits:
            self._days |= case.visits[visit].open

    def said(self, ask: Ask) -> Saying:
        """An ask in words."""
        return _SAID.get(ask.rule, _Tongue.other)(self, ask)

    def other(self, ask: Ask) -> Saying:
        """A rule for which there are no words here."""
        host = f"`{self._host(ask)}`" if ask.visits else ""
        rule = f"`{ask.rule}: {_plain(getattr(self._case.rules, ask.rule, True))}`"
        return Saying(host, f"{rule} holds" + " for the team at {who}" * bool(host), "", self._in_rules(ask.rule))

    def visits(self, ask: Ask) -> Saying:
        """The visit takes place."""
        days = self._case.visits[ask.visits[0]].days
        run = f", on {days} days in a row" if days > 1 else ""
        each = f", each on {days} days in a row" if days > 1 else ""
        one, many = f"the visit at {{who}} takes place{run}", f"the {{number}} visits at {{who}} take place{each}"
        return Saying(f"`{self._host(ask)}`", one, many, self._of_visit(ask))

    def done(self, ask: Ask) -> Saying:
        """The visit has taken place."""
        visit = self._case.visits[ask.visits[0]]
        text = f"the visit at {{who}} has taken place, from {self._case.day(visit.start or 0)}, with {self._people(visit.members)}"
        return Saying(f"`{self._host(ask)}`", text, "", (Source("rotas", f"{self._case.cycle} published"),))

    def published(self, ask: Ask) -> Saying:
        """The visit stays as people know it."""
        visit = self._case.visits[ask.visits[0]]
        when = f" begins on {self._case.day(visit.start)}" if visit.start is not None else " stays"
        team = f", with {self._people(visit.members)}" if visit.members else ""
        text = f"the visit at {{who}}{when}{team}: it is published, and people have been told"
        return Saying(f"`{self._host(ask)}`", text, "", (Source("rotas", f"{self._case.cycle} published"),))

    def fixed(self, ask: Ask) -> Saying:
        """What is fixed by hand."""
        visit, source = self._case.visits[ask.visits[0]], self._of_visit(ask, "fixed")
        host = self._host(ask)
        if ask.people:
            return Saying(f"`{self._case.reviewers[ask.people[0]].id}`", f"{{who}} is fixed for the team at `{host}`",
                          f"{{who}} are fixed for the team at `{host}`", source)  # fmt: skip
        if visit.start is None:
            text = (
                f"{listed([f'`{each}`' for each in visit.strangers])} is fixed for the team at {{who}}, and is no reviewer who takes part"
            )
        else:
            text = f"the visit at {{who}} is fixed to begin on {self._case.day(visit.start)}"
        return Saying(f"`{host}`", text, "", source)

    def window(self, ask: Ask) -> Saying:  # noqa: ARG002
        """The cycle's end; when it begins is a fact."""
        last = self._case.day(self._last or 0)
        return Saying("", f"every visit ends by {last}, the last day of the cycle", "", (self._in_cycle("to"),))

    def busy(self, ask: Ask) -> Saying:
        """The host is busy."""
        host = self._host(ask)
        return Saying(f"`{host}`", "nobody is at {who} on the days on which it is `busy`", "", (Source("schools", host, ("busy",)),))

    def team(self, ask: Ask) -> Saying:
        """So many members."""
        team = counted(self._case.visits[ask.visits[0]].team, "member")
        one, many = f"the team at {{who}} has {team}", f"each team at {{who}} has {team}"
        return Saying(f"`{self._host(ask)}`", one, many, self._of_visit(ask))

    def leads(self, ask: Ask) -> Saying:
        """So many leads, and who could be."""
        need = counted(max(1, self._case.rules.leads), "lead")
        return self._needing(ask, need, "leads", lambda each: self._case.reviewers[each].level == "lead")

    def welsh_speakers(self, ask: Ask) -> Saying:
        """So many who speak Welsh, and who does."""
        need = counted(self._case.rules.welsh_speakers, "member who speaks Welsh", "members who speak Welsh")
        return self._needing(ask, need, "welsh_speakers", lambda each: self._case.reviewers[each].welsh)

    def cover_focus(self, ask: Ask) -> Saying:
        """Somebody who knows a focus, and who does."""
        focus = self._case.visits[ask.visits[0]].focus[ask.nth]
        return self._needing(
            ask, f"a member who knows `{focus}`", "cover_focus", lambda each: focus in self._case.reviewers[each].expertise
        )

    def _needing(self, ask: Ask, need: str, rule: str, fits: Callable[[int], bool]) -> Saying:
        among = [each for each in range(len(self._case.reviewers)) if fits(each) and self._could(each)]
        who = f"; only {self._people(among)} could be" if among else "; there is nobody"
        text = f"{{who}} needs {need}{who}"
        return Saying(f"`{self._host(ask)}`", f"the team at {text}", f"each team at {text}", self._in_rules(rule))

    def _could(self, reviewer: int) -> bool:
        """Whether somebody could be at one of the visits, as far as what is in conflict says."""
        person = self._case.reviewers[reviewer]
        away = Ask("availability", people=(reviewer,)) in self._asks and not person.free & self._days
        return not away and any(self._case.visits[each].host != person.school for each in self._visits)

    def trainees(self, ask: Ask) -> Saying:
        """No more trainees than that."""
        most = counted(self._case.rules.trainees, "trainee")
        one, many = f"the team at {{who}} has {most} at the most", f"each team at {{who}} has {most} at the most"
        return Saying(f"`{self._host(ask)}`", one, many, self._in_rules("trainees"))

    def one_per_school(self, ask: Ask) -> Saying:
        """Nobody from the same school."""
        text = "no two members of the team at {who} come from one school"
        return Saying(f"`{self._host(ask)}`", text, text.replace("the team", "a team"), self._in_rules("one_per_school"))

    def own_school(self, ask: Ask) -> Saying:
        """Not one's own school."""
        host = self._host(ask)
        return Saying(f"`{host}`", "nobody from {who} reviews their own school", "", (Source("schools", host),))

    def avoid_same_trust(self, ask: Ask) -> Saying:
        """Not a school of the trust."""
        return Saying(f"`{self._host(ask)}`", "nobody from the trust of {who} is in the team there", "", self._in_rules("avoid_same_trust"))

    def other_authority(self, ask: Ask) -> Saying:
        """Not a school of the authority."""
        text = "nobody from the local authority of {who} is in the team there"
        return Saying(f"`{self._host(ask)}`", text, "", self._in_rules("other_authority"))

    def same_phase(self, ask: Ask) -> Saying:
        """No school of another phase."""
        text = "the team at {who} comes from schools of its phase"
        return Saying(f"`{self._host(ask)}`", text, text.replace("the team", "each team"), self._in_rules("same_phase"))

    def similar_size(self, ask: Ask) -> Saying:
        """No school of quite another size."""
        text = (
            f"nobody from a school that differs in size from {{who}} more than {self._case.rules.similar_size:g} times is in the team there"
        )
        return Saying(f"`{self._host(ask)}`", text, "", self._in_rules("similar_size"))

    def new_triads(self, ask: Ask) -> Saying:
        """Somebody from a school that was not there."""
        text = "the team at {who} has a member from a school that did not review it the last time"
        return Saying(f"`{self._host(ask)}`", text, text.replace("the team", "each team"), self._in_rules("new_triads"))

    def shadowing(self, ask: Ask) -> Saying:
        """A lead for each new trainee."""
        text = "the team at {who} has a lead for each trainee who is in their first team"
        return Saying(f"`{self._host(ask)}`", text, text.replace("the team", "each team"), self._in_rules("shadowing"))

    def conflicts(self, ask: Ask) -> Saying:
        """Not at a school with which there is a conflict."""
        id, host = self._case.reviewers[ask.people[0]].id, self._host(ask)
        return Saying(f"`{id}`", f"{{who}} may not review `{host}`", "", (Source("people", id),))

    def return_after(self, ask: Ask) -> Saying:
        """Not so soon again."""
        text = f"{{who}} reviewed `{self._host(ask)}` less than {counted(self._case.rules.return_after + 1, 'cycle')} ago"
        return Saying(f"`{self._case.reviewers[ask.people[0]].id}`", text, "", self._in_rules("return_after"))

    def swaps(self, ask: Ask) -> Saying:
        """Not there and back."""
        a, b = (self._case.schools[each].id for each in ask.schools)
        return Saying(f"`{a}` and `{b}`", "{who} do not review each other", "", self._in_rules("swaps"))

    def visits_per_reviewer(self, ask: Ask) -> Saying:
        """No more visits than that."""
        person = self._case.reviewers[ask.people[0]]
        own = person.max_visits is not None
        most = counted(person.max_visits if person.max_visits is not None else self._case.rules.visits_per_reviewer, "visit")
        place = (Source("people", person.id, ("reviewer", "max_visits")),) if own else self._in_rules("visits_per_reviewer")
        return Saying(f"`{person.id}`", f"{{who}} does {most} at the most", f"{{who}} do {most} each at the most", place)

    def days_between(self, ask: Ask) -> Saying:
        """Days at school between two visits."""
        lie = f"{counted(self._case.rules.days_between, 'day lies', 'days lie')} between two visits of"
        return Saying(
            f"`{self._case.reviewers[ask.people[0]].id}`", f"{lie} {{who}}", f"{lie} each of {{who}}", self._in_rules("days_between")
        )

    def once(self, ask: Ask) -> Saying:
        """One place at a time."""
        id = self._case.reviewers[ask.people[0]].id
        return Saying(f"`{id}`", "{who} is at one visit at a time", "each of {who} is at one visit at a time", (Source("people", id),))

    def visits_per_week(self, ask: Ask) -> Saying:
        """So many visits a week."""
        most = counted(self._case.rules.visits_per_week or 0, "visit")
        return Saying("", f"there {_is(most)} at the most in one week", "", self._in_rules(ask.rule))

    def visits_per_day(self, ask: Ask) -> Saying:
        """So many visits a day."""
        most = counted(self._case.rules.visits_per_day or 0, "visit")
        return Saying("", f"there {_is(most)} at the most on one day", "", self._in_rules(ask.rule))

    def out_per_school(self, ask: Ask) -> Saying:
        """So many out at once."""
        school = self._case.schools[ask.schools[0]]
        most = counted(self._case.rules.out_per_school if school.max_out is None else school.max_out, "person", "people")
        place = self._in_rules(ask.rule) if school.max_out is None else (Source("schools", school.id, ("max_out",)),)
        one, many = f"{{who}} sends {most} out on one day at the most", f"{{who}} each send {most} out on one day at the most"
        return Saying(f"`{school.id}`", one, many, place)

    def host_stays_home(self, ask: Ask) -> Saying:
        """Nobody out while host."""
        id = self._case.schools[ask.schools[0]].id
        one, many = "{who} sends nobody out while it is host", "none of {who} sends anybody out while it is host"
        return Saying(f"`{id}`", one, many, self._in_rules(ask.rule))

    def availability(self, ask: Ask) -> Saying:
        """The days on which somebody can come, or cannot, whichever is shorter."""
        person = self._case.reviewers[ask.people[0]]
        can, cannot = self._days & person.free, self._days & ~person.free
        if not can:
            one, many = "{who} can come on none of these days", ""
        elif can.bit_count() <= cannot.bit_count():
            one, many = f"{{who}} can come only on {days_words(self._case, can)}", ""
        else:
            one, many = f"{{who}} cannot come on {days_words(self._case, cannot)}", ""
        return Saying(f"`{person.id}`", one, many, (Source("people", person.id),))

    def _host(self, ask: Ask) -> str:
        return self._case.schools[self._case.visits[ask.visits[0]].host].id

    def _people(self, numbers: Sequence[int]) -> str:
        return listed([f"`{self._case.reviewers[each].id}`" for each in numbers]) if numbers else "nobody"

    def _in_cycle(self, *path: str | int) -> Source:
        return Source("cycles", self._case.cycle, path)

    def _in_rules(self, rule: str) -> tuple[Source, ...]:
        return (self._in_cycle("rules", rule),)

    def _of_visit(self, ask: Ask, *path: str | int) -> tuple[Source, ...]:
        return (self._in_cycle("visits", self._case.visits[ask.visits[0]].entry, *path),)


def _is(most: str) -> str:
    return f"{'is' if most.startswith('1 ') else 'are'} {most}"


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


_SAID: Final[Mapping[str, Callable[[_Tongue, Ask], Saying]]] = {
    name: getattr(_Tongue, name)
    for name in (
        "visits", "done", "published", "fixed", "window", "busy", "team", "leads", "welsh_speakers", "cover_focus", "trainees",
        "one_per_school", "own_school", "avoid_same_trust", "other_authority", "same_phase", "similar_size", "new_triads", "shadowing",
        "conflicts", "return_after", "swaps", "visits_per_reviewer", "days_between",
        "once", "visits_per_week", "visits_per_day", "out_per_school", "host_stays_home", "availability",
    )
}  # fmt: skip
