"""How early each kind of reminder goes and how often, where a cluster says nothing else. All in working days of whoever is reminded."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from sigctl.records import Settings
from sigctl.records.reminders import Reminder, ReminderKind


class Rule(NamedTuple):
    """When one kind goes: so many days `before` the due day or `after` it, `again` so many days later, then a `call`.

    None or 0 for the second message or the call means that there is none.
    """

    before: int | None = None
    after: int | None = None
    again: int | None = None
    call: int | None = None
    is_on: bool = True


DEFAULTS: Final[Mapping[ReminderKind, Rule]] = {
    "availability": Rule(before=5, again=3, call=3),
    "agenda-items": Rule(before=10),
    "meeting": Rule(before=5),
    "minutes-due": Rule(after=5, again=5, call=5),
    "minutes-out": Rule(after=3),
    "action-due": Rule(before=5),
    "action-overdue": Rule(after=1, again=5, call=5),
    "visit-soon": Rule(before=10),
    "visit-next-week": Rule(before=5),
    "visit-held": Rule(after=1),
    "host-documents": Rule(before=5, again=3, call=3),
    "workshop": Rule(before=5),
    "training": Rule(before=40),
    "office": Rule(before=30),
}
"""What holds where a cluster says nothing else. What only tells has one message; what asks somebody to do something has three stages."""


def rules_of(settings: Settings) -> Mapping[ReminderKind, Rule]:
    """The rule of each kind, as the cluster has it."""
    kinds = settings.reminders.kinds
    return {kind: _changed(rule, kinds[kind]) if kind in kinds else rule for kind, rule in DEFAULTS.items()}


def _changed(rule: Rule, own: Reminder) -> Rule:
    """A rule with what a cluster says of it; a number that the kind does not count by changes nothing."""
    return Rule(
        before=rule.before if rule.before is None or own.before is None else own.before,
        after=rule.after if rule.after is None or own.after is None else own.after,
        again=rule.again if own.again is None else own.again,
        call=rule.call if own.call is None else own.call,
        is_on=own.on,
    )
