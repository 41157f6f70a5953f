"""How a group stands on a day: active, quiet, over, or due to be asked whether it is still needed."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, Literal

from sigctl.cluster import Cluster
from sigctl.cluster.membership import meetings_of
from sigctl.records import Group, Meeting
from sigctl.records.group import GroupReview
from sigctl.reports.groups.attendance import held_meetings
from sigctl.words import Words

State = Literal["not_begun", "ended", "due", "quiet", "active"]
STATES: Final[tuple[State, ...]] = ("due", "quiet", "active", "not_begun", "ended")
"""All states, those that ask for something first."""

_PATIENCE: Final = {
    "weekly": 60, "fortnightly": 75, "monthly": 100, "half-termly": 150, "termly": 240, "yearly": 550, "as-needed": 365,
}  # fmt: skip
"""After how many days without a meeting a group is quiet, by how often it meets: about twice that, and never less than the summer."""
_SEASON: Final = timedelta(183)
"""How long before its day a group may be reviewed, so that this counts as the review that was due."""


@dataclass(frozen=True, slots=True)
class PastReview:
    """What was asked and decided about whether a group is still needed; what was decided after the day of the report is left out."""

    on: date
    costs: Words
    benefits: Words
    recommendation: str = ""
    decision: str = ""
    decided_on: date | None = None
    into: Words = field(default_factory=Words)


def reviews_of(cluster: Cluster, group: Group, as_at: date) -> tuple[PastReview, ...]:
    """The reviews of a group up to a day, by date."""
    known = sorted((review for review in group.reviews if review.on <= as_at), key=lambda review: review.on)
    return tuple(_review(cluster, review, as_at) for review in known)


def _review(cluster: Cluster, review: GroupReview, as_at: date) -> PastReview:
    is_decided = review.decision is not None and (review.decided_on or review.on) <= as_at
    other = cluster.groups.get(review.into or "")
    return PastReview(
        on=review.on,
        costs=review.costs.words if review.costs else Words(),
        benefits=review.benefits.words if review.benefits else Words(),
        recommendation=review.recommendation or "",
        decision=(review.decision or "") if is_decided else "",
        decided_on=(review.decided_on or review.on) if is_decided else None,
        into=other.name.words if other else Words(),
    )


def state_of(cluster: Cluster, group: Group, as_at: date) -> State:
    """How a group stands on a day."""
    if group.ended and group.ended < as_at:
        return "ended"
    if group.started and group.started > as_at:
        return "not_begun"
    if is_review_due(cluster, group, as_at):
        return "due"
    return "quiet" if _is_quiet(cluster, group, as_at) else "active"


def is_review_due(cluster: Cluster, group: Group, as_at: date) -> bool:
    """Whether the day has passed by which to ask if the group is still needed, and nothing was decided in the half year before it."""
    if group.review_by is None or group.review_by >= as_at or (group.ended and group.ended < as_at):
        return False
    last = group.review_by - _SEASON
    return not any(review.decided_on and review.decided_on >= last for review in reviews_of(cluster, group, as_at))


def _is_quiet(cluster: Cluster, group: Group, as_at: date) -> bool:
    """Whether the group has not met for long. Where the files know of meetings only after the day, nothing can be said of it."""
    held = held_meetings(cluster, group.id, date.max)
    before = [meeting.date for meeting in held if meeting.date <= as_at]
    if held and not before:
        return False
    since = before[-1] if before else group.started
    return since is not None and (as_at - since).days > _PATIENCE[group.meets or "as-needed"]


def next_meeting(cluster: Cluster, group: str, as_at: date) -> Meeting | None:
    """The first meeting of a group after a day, or on it where it is still to be held; whether it was held since or not."""
    meetings = meetings_of(cluster, group)
    return next((each for each in meetings if each.date > as_at or (each.date == as_at and each.status == "planned")), None)


def unmarked_meetings(cluster: Cluster, group: str, as_at: date) -> tuple[date, ...]:
    """The days of meetings that have passed without being marked as held or cancelled."""
    return tuple(each.date for each in meetings_of(cluster, group) if each.status == "planned" and each.date < as_at)
