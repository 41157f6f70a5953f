"""The rules of a rota. `RULES` is the table of contents; search, verification and explanation all read the same list."""

from sigctl.records import Rules
from sigctl.rota.rules.dates import HostStaysHome, OutPerSchool, VisitsPerDay, VisitsPerWeek
from sigctl.rota.rules.hosts import Fixed, OpenDays, Visited
from sigctl.rota.rules.loads import DaysBetween, NoSwaps, VisitsPerReviewer
from sigctl.rota.rules.members import (
    Availability,
    AvoidSameTrust,
    Conflicts,
    OtherAuthority,
    OwnSchool,
    ReturnAfter,
    SamePhase,
    SimilarSize,
)
from sigctl.rota.rules.rule import Breach, Draft, Placed, Roster, Rule
from sigctl.rota.rules.teams import CoverFocus, Leads, NewTriads, OnePerSchool, Shadowing, TeamSize, Trainees, WelshSpeakers

RULES: tuple[type[Rule], ...] = (
    Visited,
    OpenDays,
    Fixed,
    Availability,
    OwnSchool,
    Conflicts,
    TeamSize,
    Leads,
    Trainees,
    OnePerSchool,
    NoSwaps,
    ReturnAfter,
    VisitsPerReviewer,
    DaysBetween,
    VisitsPerWeek,
    VisitsPerDay,
    OutPerSchool,
    HostStaysHome,
    WelshSpeakers,
    CoverFocus,
    AvoidSameTrust,
    OtherAuthority,
    SamePhase,
    SimilarSize,
    NewTriads,
    Shadowing,
)
"""Every rule that a rota can have to keep, in the order of the manual."""


def rules_of(wanted: Rules) -> tuple[Rule, ...]:
    """The rules that hold in a cycle, with their values; those that are switched off are left out."""
    holding: tuple[Rule | None, ...] = (
        Visited(),
        OpenDays(),
        Fixed(),
        Availability(),
        OwnSchool(),
        Conflicts(),
        TeamSize(),
        Leads(wanted.leads),
        Trainees(wanted.trainees),
        OnePerSchool() if wanted.one_per_school else None,
        None if wanted.swaps else NoSwaps(single=wanted.one_per_school),
        ReturnAfter(wanted.return_after) if wanted.return_after else None,
        VisitsPerReviewer(wanted.visits_per_reviewer),
        DaysBetween(wanted.days_between),
        None if wanted.visits_per_week is None else VisitsPerWeek(wanted.visits_per_week),
        None if wanted.visits_per_day is None else VisitsPerDay(wanted.visits_per_day),
        OutPerSchool(wanted.out_per_school),
        HostStaysHome() if wanted.host_stays_home else None,
        WelshSpeakers(wanted.welsh_speakers) if wanted.welsh_speakers else None,
        CoverFocus() if wanted.cover_focus else None,
        AvoidSameTrust() if wanted.avoid_same_trust else None,
        OtherAuthority() if wanted.other_authority else None,
        SamePhase() if wanted.same_phase else None,
        None if wanted.similar_size is None else SimilarSize(wanted.similar_size),
        NewTriads() if wanted.new_triads else None,
        Shadowing() if wanted.shadowing else None,
    )
    return tuple(rule for rule in holding if rule)


__all__ = ["RULES", "Breach", "Draft", "Placed", "Roster", "Rule", "rules_of"]
