"""All groups or one of them, as a paper and for other programs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sigctl.commands.as_json import day_told, json_text, words_told
from sigctl.commands.papers import Paper
from sigctl.render import csv_text, said
from sigctl.reports.groups.criteria import CriterionLine
from sigctl.reports.groups.members import MemberLine, Office, QuietLine
from sigctl.reports.groups.overview import GroupRow, GroupsPage, Head
from sigctl.reports.groups.page import GroupPage
from sigctl.reports.groups.state import PastReview
from sigctl.reports.who import Member
from sigctl.words import Language

_GROUPS: Final = (
    "group", "name", "kind", "state", "office", "person", "person_called", "school", "members", "guests", "meets", "last", "next",
    "review_by",
)  # fmt: skip
_MARKS: Final = ("group", "kind", "member", "called", "school", "date", "mark")


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of groups."""

    page: GroupsPage | GroupPage

    def paper(self) -> Paper:
        """The page as a paper."""
        if isinstance(self.page, GroupsPage):
            return Paper("groups", f"{self.page.as_at}-groups", self.page)
        return Paper("group", f"{self.page.as_at}-{self.page.id}-group", self.page)

    def as_csv(self, language: Language) -> str:
        """A line for each group; of one group, for each member and meeting."""
        if isinstance(self.page, GroupsPage):
            return csv_text(_GROUPS, (_row(group, language) for group in self.page.groups))
        return csv_text(_MARKS, _marks(self.page, language))

    def as_json(self) -> str:
        """All of it, with a name and a version that other programs can rely on."""
        if isinstance(self.page, GroupsPage):
            return json_text("sigctl-groups", _all_told(self.page))
        return json_text("sigctl-group", _one_told(self.page))


def _row(group: GroupRow, language: Language) -> Sequence[object]:
    head = group.head
    who = (head.office, head.name.id, said(head.name.person, language), said(head.name.school, language)) if head else ("", "", "", "")
    days = (group.last or "", group.next or "", group.review_by or "")
    return (group.id, said(group.name, language), group.kind, group.state, *who, group.members, group.guests, group.meets, *days)


def _marks(page: GroupPage, language: Language) -> Iterator[Sequence[object]]:
    for member in page.own:
        name = (said(member.name.person, language), said(member.name.school, language))
        for on, mark in zip(page.meetings, member.marks, strict=True):
            if mark:
                yield (page.id, member.kind, member.id, *name, on, mark)


def _all_told(page: GroupsPage) -> Mapping[str, Any]:
    groups = [
        {
            "group": group.id,
            "name": words_told(group.name),
            "kind": group.kind,
            "state": group.state,
            "head": _head(group.head) if group.head else None,
            "members": group.members,
            "guests": group.guests,
            "meets": group.meets or None,
            "last": day_told(group.last),
            "next": day_told(group.next),
            "review_by": day_told(group.review_by),
            "quiet": [_quiet(line) for line in group.quiet],
        }
        for group in page.groups
    ]
    return {"as_at": page.as_at.isoformat(), "groups": groups}


def _head(head: Head) -> Mapping[str, Any]:
    return {"office": head.office, "person": head.name.id, "since": day_told(head.since)}


def _one_told(page: GroupPage) -> Mapping[str, Any]:
    return {
        "group": page.id,
        "name": words_told(page.name),
        "as_at": page.as_at.isoformat(),
        "kind": page.kind,
        "state": page.state,
        "review_by": day_told(page.review_by),
        "review_is_due": page.review_is_due,
        "last": day_told(page.last),
        "next": day_told(page.next),
        "meetings": [on.isoformat() for on in page.meetings],
        "officers": [_office(office) for office in page.offices],
        "members": [_member(member) for member in page.members],
        "quiet": [_quiet(line) for line in page.quiet],
        "criteria": [_criterion(criterion) for criterion in page.criteria],
        "reviews": [_review(review) for review in page.reviews],
    }


def _office(office: Office) -> Mapping[str, Any]:
    return {
        "office": office.office,
        "called": _name(office.name) if office.name else None,
        "since": day_told(office.since),
        "until": day_told(office.until),
        "ends_soon": office.ends_soon,
    }


def _member(member: MemberLine) -> Mapping[str, Any]:
    return {
        "kind": member.kind,
        "id": member.id or None,
        "called": _name(member.name),
        "since": day_told(member.since),
        "until": day_told(member.until),
        "asked": member.tally.asked,
        "attended": member.tally.attended,
        "marks": list(member.marks),
    }


def _quiet(line: QuietLine) -> Mapping[str, Any]:
    return {"kind": line.member.kind, "id": line.member.id, "missed": line.missed, "how": line.how, "last_seen": day_told(line.last_seen)}


def _criterion(criterion: CriterionLine) -> Mapping[str, Any]:
    return {
        "criterion": criterion.id,
        "text": words_told(criterion.name),
        "state": criterion.standing,
        "baseline": criterion.baseline,
        "target": criterion.target,
        "by": day_told(criterion.by),
        "readings": [{"on": each.on.isoformat(), "value": each.value, "note": each.note or None} for each in criterion.readings],
    }


def _review(review: PastReview) -> Mapping[str, Any]:
    return {
        "on": review.on.isoformat(),
        "recommendation": review.recommendation or None,
        "decision": review.decision or None,
        "decided_on": day_told(review.decided_on),
    }


def _name(name: Member) -> Mapping[str, Any]:
    return {"person": words_told(name.person), "school": words_told(name.school)}
