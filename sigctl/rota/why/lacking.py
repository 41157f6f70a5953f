"""What kind of people a visit lacks that a rota in part leaves out: how many it needs, who could go, and what bars the others."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from sigctl.rota.case import Case, Reviewer, Visit
from sigctl.rota.plan import Bar, NearPerson
from sigctl.rota.why.obstacles import counted, listed

_SHOWN: Final = 6
"""People of a kind whose bars are told."""


class _Kind(NamedTuple):
    rule: str
    one: str
    many: str
    need: int
    fits: Callable[[Reviewer], bool]


def lacking(case: Case, index: int, near: Sequence[NearPerson]) -> Iterator[Bar]:
    """The kinds of which fewer could go than the team needs; where there is none, that they cannot go together.

    `near` is everybody from another school than the host, each with what bars them on their best day.
    """
    visit = case.visits[index]
    lacks = [text for kind in _kinds(case, visit) if (text := _lack(case, kind, near))]
    yield from lacks
    if not lacks:
        yield Bar("team", "of each kind enough people could go, but not all on the same day, or not in one team")


def _kinds(case: Case, visit: Visit) -> Iterator[_Kind]:
    rules = case.rules
    yield _Kind("leads", "lead is", "leads are", max(1, rules.leads), lambda each: each.level == "lead")
    if case.schools[visit.host].welsh:
        need = rules.welsh_speakers
        yield _Kind("welsh_speakers", "member who speaks Welsh is", "members who speak Welsh are", need, lambda each: each.welsh)
    for focus in visit.focus if rules.cover_focus else ():
        know = f"member who knows `{focus}` is"
        yield _Kind("cover_focus", know, know, 1, lambda each, focus=focus: focus in each.expertise)  # type: ignore[misc]
    trained = visit.team - rules.trainees
    yield _Kind("trainees", "member who is no trainee is", "members who are no trainees are", trained, lambda each: each.level != "trainee")
    yield _Kind("team", "member is", "members are", visit.team, lambda _: True)


def _lack(case: Case, kind: _Kind, near: Sequence[NearPerson]) -> Bar | None:
    """That too few of a kind could go: who could, and for each of the nearest others which rule bars them."""
    known = {each.id: each for each in case.reviewers}
    among = [each for each in near if kind.fits(known[each.person])]
    able = [each for each in among if not each.bars]
    if _at_once(case, [known[each.person] for each in able]) >= kind.need:
        return None
    could = f"only {listed([f'`{each.person}`' for each in able])} could go" if able else "none of that kind could go"
    text = f"{counted(kind.need, kind.one, kind.many)} needed, and {could}"
    barred = sorted((each for each in among if each.bars), key=lambda each: (each.kilometres, each.person))
    told = [f"`{each.person}` ({each.bars[0].text})" for each in barred[:_SHOWN]]
    more = [f"{len(barred) - _SHOWN} more"] if len(barred) > _SHOWN else []
    is_told = bool(told) and kind.rule != "team"
    return Bar(kind.rule, text + (f"; barred are {', '.join([*told, *more])}" if is_told else ""))


def _at_once(case: Case, people: Sequence[Reviewer]) -> int:
    """How many of some people can be in one team, as far as their schools allow it."""
    most = 1 if case.rules.one_per_school else len(people)

    def out(school: int) -> int:
        own = case.schools[school].max_out
        return min(most, case.rules.out_per_school if own is None else own)

    return sum(min(number, out(school)) for school, number in Counter(each.school for each in people).items())
