"""Who answers for a school: one rule for reminders, papers, the rota and calendars."""

from datetime import date
from pathlib import Path

import pytest
from workspaces import write

from sigctl.cluster import load
from sigctl.reports.reminders.whom import speaks_for

DAY = date(2026, 11, 23)
HEAD = "  - {id: head, post: Headteacher, school: porth%s}\n"
ASSISTANT = "  - {id: assistant, post: Classroom assistant, school: porth%s}\n"
TEACHER = "  - {id: teacher, post: Teacher, school: porth%s}\n"
MAIL = ", email: someone@example.org"


@pytest.mark.parametrize(
    ("people", "contact", "wanted"),
    [
        (HEAD % MAIL + ASSISTANT % MAIL, True, "head"),
        (HEAD % "" + TEACHER % MAIL + ASSISTANT % MAIL, True, "teacher"),  # a member of the strategic group
        (HEAD % "" + ASSISTANT % MAIL, True, "school:porth"),
        (HEAD % "" + ASSISTANT % MAIL, False, "assistant"),
        (HEAD % "" + ASSISTANT % "", False, "head"),
        (ASSISTANT % "", False, "assistant"),
        ("  - {id: elsewhere, post: Clerk}\n", True, "school:porth"),
        ("  - {id: elsewhere, post: Clerk}\n", False, "school:porth"),
    ],
)
def test_the_first_who_can_be_written_to_answers_for_a_school(people: str, contact: bool, wanted: str, tmp_path: Path) -> None:
    own = ", contact: {email: office@example.org}" if contact else ""
    member = "{person: teacher}" if "id: teacher" in people else "{school: porth}"
    text = (
        "sigctl: 1\ncluster: {id: small, name: Small}\n"
        f"schools:\n  - {{id: porth, name: Porth{own}}}\npeople:\n{people}"
        f"groups:\n  - {{id: strategic, name: Strategic, kind: strategic, members: [{member}]}}\n"
    )
    cluster, problems = load(write(tmp_path, {"sigctl.yaml": text}))
    assert not problems
    assert speaks_for(cluster, "porth", DAY) == wanted
