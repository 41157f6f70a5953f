"""Letters of reminders to look at: each kind of thing, for each role, the first time and again."""

from dataclasses import replace
from datetime import date, time

from sigctl.notice import Notice
from sigctl.reports.actions import ActionLine
from sigctl.reports.imprint import Imprint
from sigctl.reports.letters import CallsPage, LetterPage, Section
from sigctl.reports.reminders import (
    About,
    AboutAction,
    AboutAvailability,
    AboutMeeting,
    AboutOffice,
    AboutStage,
    AboutTraining,
    AboutVisit,
    Call,
    Matter,
)
from sigctl.reports.visit import StageLine, VisitLine
from sigctl.reports.who import Member
from sigctl.words import Words, same

BARE = Imprint(same("SIG 3"), Words(), "", date(2026, 11, 12), "")
IMPRINT = Imprint(
    Words("Grŵp Gwella Ysgolion 3", "School Improvement Group 3"),
    same("Siân Enghraifft"),
    "swyddfa@example.org",
    date(2026, 11, 12),
    "a1b2c3d4",
)
HEAD = Words("Pennaeth", "Headteacher")
TREORCHY = Words("Ysgol Gyfun Treorci", "Treorchy Comprehensive School")
NAUGHTY = same("Ysgol [/foo] & *Tŷ* | `Coch`")
READER = Member("treorchy-head", HEAD, "treorchy", TREORCHY)
OTHER = Member("coch-head", same("R Jones"), "coch", NAUGHTY, HEAD)
GROUP = Words("Grŵp Strategol", "Strategic Group")
ROUND = Words("Rownd 1", "Round 1")

MEETING = AboutMeeting(GROUP, "strategic", "strategic-2026-12", date(2026, 12, 3), None, None, Words(), "")
MEETING_IN_FULL = replace(
    MEETING,
    start=time(15, 30),
    end=time(17),
    venue=Words("Y llyfrgell", "The library"),
    link="https://example.org/meet",
    items=(Words("Ffigurau", "Figures"), same("*A* | b")),
    papers=("figures.pdf",),
)
ACTION = AboutAction(
    ActionLine(
        "a1", "a1", "strategic-2026-11", date(2026, 11, 5), "strategic", GROUP, Words("Anfon y ffigurau", "Send the figures"), READER,
        "treorchy", TREORCHY, False, date(2026, 11, 20), None, "", "due", False,
    )
)  # fmt: skip
CONFIDENTIAL = AboutAction(replace(ACTION.line, text=Words(), is_confidential=True))
WORKSHOP = StageLine("workshop", Words("Gweithdy", "Workshop"), date(2026, 12, 10), is_due=False)
REPORT = StageLine("report", Words("Adroddiad", "Report"), date(2026, 12, 15))
FIGURES = StageLine("self-evaluation", Words("Hunanwerthuso", "Self-evaluation"), date(2026, 11, 18))
VISIT = VisitLine("coch", NAUGHTY, (date(2026, 11, 24),), (READER,))
VISIT_IN_FULL = replace(
    VISIT,
    dates=(date(2026, 11, 24), date(2026, 11, 25)),
    team=(READER, Member("porth-deputy", Words("", "Deputy headteacher"), "porth", same("Porth School"))),
    reserves=(OTHER,),
)
OFFICE = AboutOffice(GROUP, "strategic", "chair", date(2026, 12, 31), READER)
AVAILABLE = AboutAvailability(ROUND, "round-1", date(2027, 1, 11), date(2027, 3, 19), date(2026, 11, 20), "reviewer")


def matter(kind: str, about: About, stage: int = 1, due: date = date(2026, 11, 20), whom: Member = READER) -> Matter:
    """Something of that kind."""
    return Matter(Notice(whom.id, kind, "subject", due, stage), date(2026, 11, 5), about, "because")


ONE_OF_EACH: dict[str, tuple[str, About]] = {
    "availability_reviewer": ("availability", AVAILABLE),
    "availability_host": ("availability", replace(AVAILABLE, role="host", school=TREORCHY)),
    "agenda-items": ("agenda-items", MEETING),
    "meeting_cancelled": ("meeting", replace(MEETING_IN_FULL, change="cancelled", before=MEETING.day)),
    "meeting_moved": ("meeting", replace(MEETING_IN_FULL, change="moved", before=date(2026, 12, 1))),
    "meeting": ("meeting", MEETING),
    "minutes-due": ("minutes-due", MEETING),
    "minutes-due_own": ("minutes-due", replace(MEETING, keeps_files=True)),
    "minutes-out": ("minutes-out", MEETING),
    "action-due": ("action-due", ACTION),
    "action-overdue_left": ("action-overdue", replace(ACTION, left=OTHER)),
    "action-overdue": ("action-overdue", CONFIDENTIAL),
    **{f"visit-soon_{role}": ("visit-soon", AboutVisit(VISIT, ROUND, role)) for role in ("host", "lead", "member", "reserve")},  # type: ignore[arg-type]
    **{
        f"visit-next-week_{role}": ("visit-next-week", AboutVisit(VISIT_IN_FULL, ROUND, role, 12.5))  # type: ignore[arg-type]
        for role in ("host", "lead", "member", "reserve")
    },
    "visit-held": ("visit-held", AboutVisit(VISIT, ROUND, "caller")),
    "host-documents": ("host-documents", AboutStage(FIGURES, VISIT, ROUND, "host")),
    "host-documents_after": ("host-documents", AboutStage(REPORT, VISIT, ROUND, "host")),
    "host-documents_lead": ("host-documents", AboutStage(REPORT, VISIT, ROUND, "team")),
    **{f"workshop_{role}": ("workshop", AboutStage(WORKSHOP, VISIT, ROUND, role)) for role in ("host", "facilitator", "team")},  # type: ignore[arg-type]
    "training": ("training", AboutTraining(date(2026, 12, 31))),
    "office": ("office", OFFICE),
    "office_chair": ("office", replace(OFFICE, holder=OTHER)),
}
"""What each kind tells to each role, by the words that tell of it."""


def letter(topic: str, stage: int = 1, imprint: Imprint = IMPRINT) -> LetterPage:
    """A letter about one thing."""
    return LetterPage(imprint, READER, stage > 1, (section(topic, stage),), ("cy", "en"), may_choose=True)


def section(topic: str, stage: int = 1) -> Section:
    """That part of a letter."""
    kind, about = ONE_OF_EACH[topic]
    near = kind == "visit-next-week"
    title = about.line.text if isinstance(about, AboutAction) else Words()
    return Section(topic, matter(kind, about, stage), time(9) if near else None, "CF42 6UB" if near else "", attached=near, title=title)


LONG = LetterPage(
    IMPRINT,
    READER,
    is_again=False,
    sections=(
        section("action-overdue", 2),
        Section("meeting", matter("meeting", MEETING_IN_FULL)),
        Section("office", matter("office", replace(OFFICE, office="keeper of the *keys*")), has_word=False),
        Section("workshop_host", matter("workshop", AboutStage(replace(WORKSHOP, facilitators=(OTHER,)), VISIT_IN_FULL, ROUND, "host"))),
    ),
)
AGAIN = LetterPage(IMPRINT, READER, is_again=True, sections=(section("action-overdue", 2), section("training", 2)))
ATTACHED = LetterPage(IMPRINT, READER, is_again=False, sections=(Section("meeting", matter("meeting", MEETING_IN_FULL), attached=True),))
PASSED_ON = LetterPage(
    IMPRINT, READER, is_again=False, sections=(Section("meeting", matter("meeting", replace(MEETING_IN_FULL, may_pass_on=True))),)
)
CALLED = [
    *(Call(READER, "01685 000000", "pennaeth@example.org", matter(kind, about, 3)) for kind, about in dict(ONE_OF_EACH.values()).items()),
    Call(OTHER, "", "", matter("action-due", ACTION, 3, whom=OTHER), "sigctl actions done a1"),
]
CALLS = CallsPage(IMPRINT, tuple(CALLED), (section("office"),), older=3)
