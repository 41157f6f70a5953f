"""What a careful secretary would look for in the joined picture: one file a family of checks.

Each check is a generator of findings; its docstring is the manual. Sees no rota search, and cannot print.
"""

from typing import Final

from sigctl.checks import (
    agenda,
    calendars,
    cycles,
    diary,
    fixed,
    groups,
    life,
    meetings,
    minutes,
    people,
    programmes,
    reminders,
    rotas,
    schools,
    settings,
    stages,
    teams,
    text,
    wishes,
)
from sigctl.checks.check import Check
from sigctl.cluster import Cluster
from sigctl.cluster.sweeping import without_sweeping
from sigctl.problem import Mistake, Problem, in_file_order

CHECKS: Final[tuple[Check, ...]] = (
    settings.open_mail,
    settings.language_twice,
    reminders.caller_unreachable,
    reminders.reminder_without_effect,
    reminders.wanted_too_late,
    reminders.answer_unasked,
    reminders.done_too_early,
    calendars.half_term_outside,
    calendars.terms_overlap,
    calendars.terms_out_of_order,
    calendars.school_year,
    calendars.term_outside_year,
    calendars.half_term_names,
    calendars.no_school_day,
    calendars.unclear_calendar,
    calendars.no_calendar,
    calendars.cycle_beyond_calendar,
    calendars.no_pupil_days,
    schools.school_format,
    schools.same_school_number,
    schools.phone_format,
    schools.school_dates,
    schools.outside_kingdom,
    schools.no_location,
    schools.rule_needs_field,
    schools.host_not_member,
    people.school_has_left,
    people.person_has_left,
    people.reviewer_without_school,
    people.training_lapses,
    people.training_too_late,
    people.training_order,
    people.own_school_conflict,
    people.unusual_expertise,
    cycles.host_twice,
    cycles.no_visits,
    cycles.no_open_days,
    fixed.fixed_start,
    fixed.fixed_start_until,
    fixed.fixed_team,
    fixed.fixed_twice,
    teams.no_expert,
    teams.no_welsh_speaker,
    teams.no_lead,
    teams.team_too_large,
    cycles.rules_contradict,
    cycles.goal_twice,
    cycles.same_id_inside,
    stages.stages_out_of_order,
    stages.stage_beyond_calendar,
    programmes.sessions_overlap,
    programmes.session_order,
    programmes.programme_days,
    wishes.unknown_half_term,
    wishes.impossible_wish,
    wishes.wish_not_counted,
    groups.two_officers,
    groups.officer_not_member,
    groups.member_twice,
    groups.reports_in_circle,
    groups.group_dates,
    groups.after_the_end,
    groups.member_has_left,
    groups.criterion_dates,
    life.review_dates,
    life.review_decision,
    life.merge_into,
    life.reading_dates,
    life.criterion_unclear,
    life.merged_school,
    meetings.meeting_day,
    meetings.meeting_times,
    meetings.too_many_minutes,
    meetings.attendance_twice,
    meetings.needless_substitute,
    meetings.minutes_too_early,
    meetings.agreed_at,
    meetings.note_without_item,
    meetings.action_state,
    minutes.minutes_signature,
    minutes.no_such_item,
    minutes.item_id,
    minutes.not_a_member,
    agenda.block_twice,
    agenda.feedback_elsewhere,
    agenda.feedback_after_end,
    agenda.carried_too_early,
    agenda.quorum_too_large,
    diary.two_places,
    meetings.chair_away,
    rotas.rota_dates,
    rotas.rota_lead,
    rotas.rota_host,
    rotas.rota_twice_out,
    text.untranslated,
    text.ampersand,
    text.wrong_weekday,
)
"""All checks; what they find is put in file order, so theirs does not matter."""

MISTAKES: Final[tuple[Mistake, ...]] = tuple(each.mistake for each in CHECKS)

ABOUT_ROTAS: Final[frozenset[Mistake]] = frozenset(
    each.mistake
    for each in (
        calendars.no_pupil_days,
        schools.host_not_member,
        cycles.no_open_days,
        cycles.rules_contradict,
        fixed.fixed_start,
        fixed.fixed_team,
        fixed.fixed_twice,
        teams.no_expert,
        teams.no_welsh_speaker,
        teams.no_lead,
        teams.team_too_large,
        rotas.rota_dates,
        rotas.rota_lead,
        rotas.rota_host,
        rotas.rota_twice_out,
    )
)
"""Mistakes by which a cycle has no rota, or an earlier rota no longer fits. The files can be read all the same, so they do not
keep `sigctl rota` from planning: it says why there is no rota, or makes a better one."""


def problems_of(cluster: Cluster) -> tuple[Problem, ...]:
    """Everything that the checks find, in file order."""
    with without_sweeping():
        return in_file_order([problem for each in CHECKS for problem in each.problems(cluster)])


__all__ = ["ABOUT_ROTAS", "CHECKS", "MISTAKES", "Check", "problems_of"]
