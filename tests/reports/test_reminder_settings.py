"""What a cluster says about its reminders: which kinds go, how early, how often, on which days not, and who makes the calls."""

from datetime import date
from pathlib import Path

from chased import Diary, cluster_of, days, with_action

from sigctl.cluster import Cluster
from sigctl.records.reminders import AFTER, REMINDER_KINDS
from sigctl.reports.reminders import reminders
from sigctl.reports.reminders.rules import DEFAULTS


def autumn(cluster: Cluster) -> Diary:
    return Diary().run(cluster, days(date(2026, 9, 1), date(2026, 12, 18)))


def test_quiet_days_of_the_cluster_wait_for_the_next_working_day(tmp_path: Path) -> None:
    quiet = cluster_of(tmp_path, {"sigctl.yaml": ("", "reminders: {quiet: [{from: 2026-11-16, to: 2026-11-17}]}\n")})
    told = [line for line in autumn(quiet).lines("action-overdue") if line[2].endswith("a1")]
    assert told[0][0] == "2026-11-18"
    assert reminders(quiet, date(2026, 11, 16), {}).is_quiet


def test_the_caller_is_whom_the_settings_name(tmp_path: Path) -> None:
    named = cluster_of(tmp_path, {"sigctl.yaml": ("", "reminders: {caller: pen-head}\n")})
    made = reminders(named, date(2026, 11, 23), {})
    assert made.calls.to
    assert made.calls.to.id == "pen-head"


def test_settings_change_a_kind_or_stop_it(tmp_path: Path) -> None:
    kinds = "reminders: {kinds: {action-due: {before: 2}, action-overdue: {after: 3, again: 0, call: 4}, meeting: false}}\n"
    diary = autumn(cluster_of(tmp_path, {"sigctl.yaml": ("", kinds)}))
    assert [line for line in diary.lines("action-due", "action-overdue") if line[2].endswith("a1")] == [
        ("2026-11-11", "dan-head", "strategic-2026-10/a1", 1),
        ("2026-11-18", "dan-head", "strategic-2026-10/a1", 1),
        ("2026-11-25", "dan-head", "strategic-2026-10/a1", 3),
    ]
    assert diary.lines("meeting") == []
    assert {day for day, _, subject, _ in diary.lines("agenda-items") if subject == "strategic-2026-12"} == {"2026-11-19"}


def test_on_the_day_itself_or_the_last_working_day_before_it(tmp_path: Path) -> None:
    kinds = "reminders: {kinds: {action-due: {before: 0}, visit-next-week: {before: 0}}}\n"
    told = cluster_of(tmp_path, {"sigctl.yaml": ("", kinds)})
    sunday = with_action(told, "strategic-2026-10", "a1", due=date(2026, 11, 22))
    diary = autumn(sunday)
    assert [line[0] for line in diary.lines("action-due") if line[2].endswith(("a1", "a2"))] == ["2026-11-13", "2026-11-20"]
    assert {line[0] for line in diary.lines("visit-next-week")} == {"2026-11-24"}


def test_every_kind_is_documented_as_it_is() -> None:
    from sigctl.commands.shapes import choices

    words = {kind: next(told for field, told in choices()[kind] if field.name == "reminders.kinds") for kind in REMINDER_KINDS}
    assert list(DEFAULTS) == list(REMINDER_KINDS)
    for kind, rule in DEFAULTS.items():
        numbers = [each for each in (rule.before, rule.after, rule.again, rule.call) if each is not None]
        assert [int(each) for each in words[kind].replace(",", " ").replace(".", " ").split() if each.isdecimal()] == numbers
        assert (rule.after is not None) == (kind in AFTER)
        assert ("once" in words[kind]) == (rule.again is None)
