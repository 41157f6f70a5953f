"""`sigctl remind`: a secretary's term against a real mail server. Each thing once, to each in their language; what is done stops."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import NamedTuple

import pytest
from postbox import Postbox, mail_server
from reminded import FILES, settings, workspace

from sigctl.cluster import load
from sigctl.commands.remind.now import remind_now
from sigctl.deliver.lock import locked
from tests.commands.conftest import Run, process

PHONES = ("01685", "01443")
ADDRESSES = ("@example.org", "@porth.example.org")


class Ran(NamedTuple):
    """What a run left."""

    code: int
    out: str
    err: str


SILENT = Ran(0, "", "")


@dataclass
class Office:
    """A secretary's office: the workspace, the mail server, and the commands."""

    folder: Path
    box: Postbox
    port: int
    sigctl: Run

    def remind(self, day: str, *more: object) -> "Ran":
        ran = self.sigctl("remind", "-w", self.folder, "--today", day, *more)
        return Ran(ran.code, ran.out, ran.err)

    def confirm(self) -> None:
        assert self.sigctl("outbox", "confirm", "-w", self.folder).code == 0

    def sent_on(self, day: str) -> list[tuple[str, str]]:
        """Who got what on a day, by address and subject; the run said nothing."""
        before = len(self.box.taken)
        assert self.remind(day) == SILENT
        return [(address.partition("@")[0], _subject(message)) for (address, _), message in self._since(before)]

    def _since(self, before: int) -> list[tuple[tuple[str, bytes], EmailMessage]]:
        return list(zip(self.box.taken, self.box.messages, strict=True))[before:]

    def last(self, name: str) -> EmailMessage:
        """The last message to an address that begins so."""
        return [message for (address, _), message in self._since(0) if address.startswith(name)][-1]

    def change(self, file: str, old: str, new: str) -> None:
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")


def _subject(message: EmailMessage) -> str:
    return str(message["Subject"])


def _text(message: EmailMessage) -> str:
    """What a message says, in one line."""
    body = message.get_body(("plain",))
    assert body is not None
    return " ".join(str(body.get_content()).split())


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))


@pytest.fixture
def new(tmp_path: Path, sigctl: Run) -> Iterator[Office]:
    """An office that has sent nothing yet."""
    box = Postbox()
    with mail_server(box) as server:
        yield Office(workspace(tmp_path / "cynon", server.port), box, server.port, sigctl)


@pytest.fixture
def office(new: Office) -> Office:
    """An office that may send."""
    new.confirm()
    return new


DUE = "Action due: 13 November 2026"
OVERDUE = "Action overdue: 13 November 2026"
HWYR = "Gweithred hwyr: 13 Tachwedd 2026"
FFIGURAU = "Gweithred hwyr: Anfon y ffigurau"
ITEMS = "Eitemau ar gyfer yr agenda: Grŵp Strategol, Iau 3 Rhag 2026"
MEETING = "Cyfarfod: Grŵp Strategol, Iau 3 Rhag 2026"
TERM = {
    "2026-11-06": [
        ("pennaeth", f"Gweithred i'w chwblhau: 13 Tachwedd 2026 / {DUE}"),
        ("t.evans", "Gweithred i'w chwblhau: Anfon y ffigurau"),
    ],
    "2026-11-11": [("swyddfa", "Galwadau ffôn i'w gwneud: 11 Tachwedd 2026")],
    "2026-11-16": [
        ("pennaeth", f"{HWYR} / {OVERDUE}"),
        ("t.evans", FFIGURAU),
    ],
    "2026-11-17": [
        ("a.jones", "The visit to your school: Tue 1 Dec 2026"),
        ("pennaeth", "Eich ymweliad: Ysgol Aberdâr, Maw 1 Rhag 2026 / Your visit: Aberdare School, Tue 1 Dec 2026"),
        ("t.evans", "Ymweliad dan eich arweiniad: Ysgol Aberdâr, Maw 1 Rhag 2026"),
    ],
    "2026-11-19": [
        ("a.jones", "Due from your school: Self-evaluation, Thu 26 Nov 2026; 1 more thing"),
        ("pennaeth", f"{ITEMS} / Items for the agenda: Strategic Group, Thu 3 Dec 2026"),
        ("t.evans", ITEMS),
    ],
    "2026-11-23": [
        ("swyddfa", "Galwadau ffôn i'w gwneud: 23 Tachwedd 2026"),
        ("pennaeth", f"Nodyn atgoffa: {HWYR} / Reminder: {OVERDUE}"),
        ("t.evans", f"Nodyn atgoffa: {FFIGURAU}"),
    ],
    "2026-11-24": [
        ("a.jones", "The visit to your school is near: Tue 1 Dec 2026"),
        ("pennaeth", "Mae eich ymweliad yn agos: Ysgol Aberdâr, Maw 1 Rhag 2026 / Your visit is near: Aberdare School, Tue 1 Dec 2026"),
        ("t.evans", "Mae'r ymweliad dan eich arweiniad yn agos: Ysgol Aberdâr, Maw 1 Rhag 2026"),
    ],
    "2026-11-26": [
        ("a.jones", "Meeting: Strategic Group, Thu 3 Dec 2026"),
        ("pennaeth", f"{MEETING} / Meeting: Strategic Group, Thu 3 Dec 2026"),
        ("swyddfa", MEETING),
        ("t.evans", MEETING),
    ],
    "2026-11-30": [("a.jones", "Reminder: Due from your school: Self-evaluation, Thu 26 Nov 2026")],
    "2026-12-02": [("swyddfa", "Ymweliad, wedi'i gynnal neu beidio: Ysgol Aberdâr, Maw 1 Rhag 2026")],
}  # fmt: skip
"""What a term of daily runs sends until the meeting, where nobody does anything."""


def test_a_term_of_daily_runs_sends_each_thing_once_in_the_language_of_each(office: Office) -> None:
    day, sent = date(2026, 11, 5), {}
    while day <= date(2026, 12, 2):
        if found := office.sent_on(day.isoformat()):
            sent[day.isoformat()] = found
            assert office.sent_on(day.isoformat()) == []
        day += timedelta(1)
    assert sent == TERM
    assert len({str(each["Message-ID"]) for each in office.box.messages}) == len(office.box.messages)


def test_days_on_which_nothing_ran_are_caught_up_and_nothing_comes_twice(office: Office) -> None:
    """The second message needs no day of its own: whoever hears of it late hears it once."""
    late = office.sent_on("2026-11-27")
    assert [each for each in late if each[0] == "t.evans"] == [("t.evans", f"{FFIGURAU}; 2 beth arall")]
    assert len({address for address, _ in late}) == len(late)
    assert office.sent_on("2026-11-27") == []


def test_what_came_too_late_is_told_to_whoever_runs_it_and_to_nobody_else(office: Office) -> None:
    office.sent_on("2026-11-06")
    late = office.remind("2026-12-04")
    assert late.code == 5
    assert "came too late to be sent: nothing ran on the days for them" in late.err
    assert "`sigctl remind why PERSON` tells more of each" in late.err
    told = " ".join(_text(message) for message in office.box.messages)
    assert "Meeting: Strategic Group, Thu 3 Dec" not in told
    assert office.remind("2026-12-05") == SILENT


def test_a_school_that_speaks_for_itself_is_among_those_listed(new: Office) -> None:
    new.change("people.yaml", "    school: aberdare\n", "")
    new.change("schools.yaml", "postcode: CF44 0RP", "contact: {email: swyddfa@aberdare.example.org}")
    assert "school:aberdare (Aberdare School), in Welsh and English" in new.remind("2026-11-19", "-n").out


def test_what_is_done_stops_by_itself(office: Office) -> None:
    office.sent_on("2026-11-16")
    assert office.sigctl("actions", "done", "a1", "--today", "2026-11-18", "-w", office.folder).code == 0
    later = [each for number in range(18, 31) for each in office.sent_on(f"2026-11-{number}")]
    assert not [each for each in later if each[0] == "t.evans" and FFIGURAU in each[1]]
    assert [each for each in later if each[0] == "pennaeth" and HWYR in each[1]]
    assert "T Evans" not in _text(office.last("swyddfa"))


def test_a_cancelled_meeting_is_no_longer_told(office: Office) -> None:
    office.sent_on("2026-11-19")
    office.change("meetings.yaml", "    date: 2026-12-03\n", "    date: 2026-12-03\n    status: cancelled\n")
    assert [each for each in office.sent_on("2026-11-26") if "Strategol" in each[1] or "Strategic" in each[1]] == []


def test_whoever_was_told_of_a_meeting_is_told_once_that_it_is_cancelled(office: Office) -> None:
    office.sent_on("2026-11-26")
    office.change("meetings.yaml", "    date: 2026-12-03\n", "    date: 2026-12-03\n    status: cancelled\n")
    subjects = [subject for day in ("2026-11-27", "2026-11-30", "2026-12-01") for _, subject in office.sent_on(day)]
    assert len([each for each in subjects if "Ni chynhelir y cyfarfod" in each or "Meeting does not take place" in each]) == 4
    assert not list(office.last("a.jones").iter_attachments())
    assert "does not take place" in _text(office.last("a.jones"))


def test_whoever_had_the_agenda_is_told_once_that_the_meeting_moved(office: Office) -> None:
    assert office.sigctl("send", "agenda", "strategic-2026-12", "-w", office.folder, "--today", "2026-11-12", "--yes").code == 0
    office.change("meetings.yaml", "    date: 2026-12-03\n", "    date: 2026-12-10\n")
    before = len(office.box.taken)
    office.sent_on("2026-11-13")
    moved = [
        address
        for (address, _), message in office._since(before)
        if "ar ddiwrnod arall" in _text(message) or "another day" in _text(message)
    ]
    assert sorted(each.partition("@")[0] for each in moved) == ["a.jones", "pennaeth", "swyddfa", "t.evans"]
    text = _text(office.last("a.jones"))
    assert "3 December 2026" in text
    assert "10 December 2026" in text
    assert office.sent_on("2026-11-13") == []


def test_a_workspace_that_is_not_confirmed_sends_nothing_and_says_what_to_do(new: Office) -> None:
    for _ in range(2):
        ran = new.remind("2026-11-06")
        assert (ran.code, ran.out) == (1, "")
        assert "this workspace has sent nothing from this computer yet" in ran.err
        assert "`sigctl outbox confirm`" in ran.err
    assert new.box.taken == []
    new.confirm()
    assert new.sent_on("2026-11-06") == TERM["2026-11-06"]


def test_a_run_with_nothing_to_do_needs_no_mail_server_and_prints_nothing(office: Office) -> None:
    office.change("sigctl.yaml", f"port: {office.port}", "port: 1")
    for day in ("2026-11-05", "2026-11-07", "2026-12-27"):
        assert office.remind(day) == SILENT


def test_it_runs_from_cron_without_an_environment(office: Office, tmp_path: Path) -> None:
    ran = process("remind", "-w", office.folder, "--today", "2026-11-06", env={"LC_ALL": "C", "TERM": ""}, cwd=Path("/"))
    assert (ran.code, ran.out, ran.err) == SILENT
    assert len(office.box.taken) == 2
    ran = process("remind", "-w", office.folder, "--today", "2026-11-06", cwd=tmp_path)
    assert (ran.code, ran.out, ran.err) == SILENT
    assert len(office.box.taken) == 2


def test_the_job_of_the_daily_run_does_the_same(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    cluster, day = load(office.folder).cluster, date(2026, 11, 6)
    assert remind_now(cluster, day, True) == 0
    assert "2 messages on 2026-11-06" in capsys.readouterr().err
    assert office.box.taken == []
    assert [remind_now(cluster, day, False) for _ in range(2)] == [0, 0]
    assert [_subject(each) for each in office.box.messages] == [subject for _, subject in TERM["2026-11-06"]]
    assert tuple(capsys.readouterr()) == ("", "")


# what somebody reads


def test_a_letter_to_the_team_tells_who_when_where_and_how_far(office: Office) -> None:
    office.sent_on("2026-11-24")
    text = _text(office.last("pennaeth"))
    english = text.partition("Your visit is near")[2]
    for part in (
        "Aberdare School, CF44 0RP",
        "Tuesday 1 December 2026",
        "T Evans, Treorchy School – Lead reviewer",
        "Starts at: 9am",
        "11.5 km",
        "The programme of the visit is attached.",
    ):
        assert part in english
    assert text.index("Ysgol Aberdâr") < text.index("Aberdare School")
    assert "Aberdare School" not in _text(office.last("t.evans"))
    assert "Learning walk" not in text
    assert "Learning walk" not in _text(office.last("a.jones"))
    files = {name: [each.get_filename() for each in office.last(name).iter_attachments()] for name in ("a.jones", "pennaeth", "t.evans")}
    assert files == {
        "a.jones": ["2026-12-01-aberdare-programme.en.pdf"],
        "pennaeth": ["2026-12-01-aberdare-programme.cy-en.pdf"],
        "t.evans": ["2026-12-01-aberdare-programme.cy.pdf"],
    }


def test_where_no_pdf_can_be_made_the_programme_is_a_page(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sigctl.commands.send.attaching.find_spec", lambda _: None)
    office.sent_on("2026-11-24")
    (file,) = office.last("a.jones").iter_attachments()
    assert (file.get_filename(), file.get_content_type()) == ("2026-12-01-aberdare-programme.en.html", "text/html")
    assert "Learning walk" in file.get_content()


def test_no_letter_tells_of_which_state_of_the_files_it_is(office: Office) -> None:
    for day in TERM:
        office.sent_on(day)
    told = " ".join(_text(each) for each in office.box.messages)
    assert "state of the files" not in told
    assert load(office.folder).cluster.state not in told


def test_the_agenda_goes_with_the_meeting_without_what_is_confidential(office: Office) -> None:
    for day in ("2026-11-24", "2026-11-26"):
        office.sent_on(day)
    names = {name: [each.get_filename() for each in office.last(name).iter_attachments()] for name in ("a.jones", "pennaeth", "t.evans")}
    assert names == {
        "a.jones": ["2026-12-03-strategic-agenda.en.pdf"],
        "pennaeth": ["2026-12-03-strategic-agenda.cy-en.pdf"],
        "t.evans": ["2026-12-03-strategic-agenda.cy.pdf"],
    }
    text = _text(office.last("a.jones"))
    assert "Join online: https://example.org/meet" in text
    assert "The agenda is attached." in text
    assert "figures.pdf" in text
    assert all(b"Somebody" not in content for _, content in office.box.taken)


def test_the_minutes_go_with_the_word_that_they_are_there(office: Office) -> None:
    office.sent_on("2026-10-12")
    office.sent_on("2026-10-13")
    message = office.last("a.jones")
    assert _subject(message) == "Minutes to be read: Strategic Group, Thu 8 Oct 2026"
    assert [each.get_filename() for each in message.iter_attachments()] == ["2026-10-08-strategic-minutes.en.pdf"]


def test_whoever_had_the_agenda_is_told_of_the_meeting_without_it(office: Office) -> None:
    office.sent_on("2026-11-24")
    assert office.sigctl("send", "agenda", "strategic", "--yes", "-w", office.folder, "--today", "2026-11-25").code == 0
    office.sent_on("2026-11-26")
    message = office.last("a.jones")
    assert list(message.iter_attachments()) == []
    assert "Meeting: Strategic Group, Thu 3 Dec 2026" in _text(message)
    assert "On the agenda: Attendance" in _text(message)


@pytest.mark.parametrize(("said", "papers"), [("451 later", 0), ("550 no such user", 1)])
def test_an_agenda_that_waits_leaves_once_and_one_that_was_refused_goes_with_the_reminder(office: Office, said: str, papers: int) -> None:
    office.sent_on("2026-11-24")
    office.box.rcpt = lambda address: said if address.startswith("a.jones") else "250 OK"
    assert office.sigctl("send", "agenda", "strategic", "--yes", "-w", office.folder, "--today", "2026-11-25").code == 5
    office.box.rcpt = lambda _: "250 OK"
    office.sent_on("2026-11-26")
    messages = [message for (address, _), message in office._since(0) if address.startswith("a.jones")]
    (reminder,) = [each for each in messages if "Meeting:" in _text(each)]
    assert len(list(reminder.iter_attachments())) == papers
    attached = [file.get_filename() for each in messages for file in each.iter_attachments()]
    assert attached.count("2026-12-03-strategic-agenda.en.pdf") == 1


def test_whoever_was_sent_the_minutes_is_not_told_besides_that_they_are_there(office: Office) -> None:
    assert office.sigctl("send", "minutes", "strategic", "--yes", "-w", office.folder, "--today", "2026-10-12").code == 0
    assert [each for each in office.sent_on("2026-10-13") if "Minutes" in each[1] or "Cofnodion" in each[1]] == []


def test_what_was_agreed_in_confidence_is_in_no_mail(office: Office) -> None:
    for day in TERM:
        office.sent_on(day)
    assert all("secret letter" not in _text(each) for each in office.box.messages)
    assert any("rhan gyfrinachol" in _text(each) for each in office.box.messages)


def test_nobody_s_absence_is_in_any_mail(office: Office) -> None:
    for day in TERM:
        if day < "2026-12-02":
            office.sent_on(day)
    assert all("2 December" not in _text(each) and "2 Rhagfyr" not in _text(each) for each in office.box.messages)


# calls


def test_the_caller_gets_the_numbers_of_new_calls_and_what_is_theirs_in_one_message(office: Office) -> None:
    for day in ("2026-11-06", "2026-11-16", "2026-11-23", "2026-11-30"):
        office.sent_on(day)
    went = office.sent_on("2026-12-03")
    assert not [each for each in went if "Galwadau" in each[1]]
    went = office.sent_on("2026-12-07")
    assert [each for each in went if each[0] == "swyddfa"] == [("swyddfa", "Galwadau ffôn i'w gwneud: 7 Rhagfyr 2026")]
    text = _text(office.last("swyddfa"))
    for part in (
        "2 berson i'w ffonio",
        "Mae 1 person o restrau cynharach i'w ffonio o hyd hefyd",
        "T Evans, Ysgol Treorci",
        "Ffôn: 01443 333333",
        "Ffôn: 01443 444444",
        "sigctl actions done a1",
    ):
        assert part in text
    assert "01443 555555" not in text


def test_the_call_list_holds_what_the_caller_is_told_besides(office: Office) -> None:
    went = office.sent_on("2026-12-02")
    assert [each for each in went if each[0] == "swyddfa"] == [("swyddfa", "Galwadau ffôn i'w gwneud: 2 Rhagfyr 2026; 2 beth arall")]
    text = _text(office.last("swyddfa"))
    for part in (f"I chi: {MEETING}", "I chi: Ymweliad, wedi'i gynnal neu beidio", "sigctl rota mark aberdare done"):
        assert part in text


def test_the_list_of_calls_prints_what_is_still_open(office: Office) -> None:
    for day in ("2026-11-16", "2026-11-23", "2026-11-30"):
        office.sent_on(day)
    listed = office.sigctl("remind", "calls", "-w", office.folder, "--today", "2026-12-02", "--lang", "en").out
    for part in ("T Evans, Treorchy School", "01443 333333", "01443 444444", "01443 555555", "sigctl actions done a1"):
        assert part in listed
    office.sigctl("actions", "done", "a1", "a2", "a3", "--today", "2026-12-02", "-w", office.folder)
    office.change("round.yaml", "{id: self-evaluation, date: 2026-11-26}", "{id: self-evaluation, date: 2026-11-26, done_on: 2026-12-01}")
    ran = office.sigctl("remind", "calls", "-w", office.folder, "--today", "2026-12-02")
    assert (ran.code, ran.out, ran.err) == (0, "", "nobody is to be called\n")


def test_nobody_to_make_the_calls_is_said(office: Office) -> None:
    office.change("people.yaml", "email: swyddfa@example.org, ", "")
    office.remind("2026-11-06")
    ran = office.remind("2026-11-11")
    assert (ran.code, ran.out) == (5, "")
    assert "1 telephone call to be made, but `secretary`, who makes them, has no `email:`" in ran.err
    assert len(office.box.taken) == 2
    assert office.remind("2026-11-11").code == 5
    assert len(office.box.taken) == 2


# looking before it goes


def test_a_dry_run_tells_who_gets_what_and_why_and_does_nothing(new: Office) -> None:
    ran = new.remind("2026-11-16", "-n")
    assert (ran.code, ran.err) == (0, "")
    assert "2 messages on 2026-11-16" in ran.out
    assert "treorchy-head (T Evans, Treorchy School), in Welsh" in ran.out
    assert "porth-head (Headteacher, Ysgol [/foo] | *Porth* & <i>), in Welsh and English" in ran.out
    assert "Action overdue (action-overdue): the action `a1` was due on 2026-11-13" in ran.out
    assert "to call as well, on a list that goes once there are more of them, or by five working days: No Address" in ran.out
    assert "`secretary` is asked to call" in new.remind("2026-11-11", "-n").out
    assert not [each for each in (*PHONES, *ADDRESSES) if each in ran.out]
    assert new.box.taken == []
    assert not (new.folder / ".sigctl").exists()


def test_a_dry_run_for_other_programs_tells_no_address_number_or_absence(new: Office) -> None:
    ran = new.remind("2026-11-16", "-n", "--format", "json")
    told = json.loads(ran.out)
    assert (told["format"], told["version"], told["today"], told["is_working_day"]) == ("sigctl-reminders", 1, "2026-11-16", True)
    assert [(each["person"], each["languages"], each["calls"]) for each in told["messages"]] == [
        ("porth-head", ["cy", "en"], 0),
        ("treorchy-head", ["cy"], 0),
    ]
    (matter,) = told["messages"][1]["matters"]
    assert {key: matter[key] for key in ("person", "kind", "due", "stage")} == {
        "person": "treorchy-head", "kind": "action-overdue", "due": "2026-11-13", "stage": 1,
    }  # fmt: skip
    assert (told["held"][0]["person"], told["calls"], told["without_address"]) == ("porth-deputy", [], ["porth-deputy"])
    later = json.loads(new.remind("2026-11-23", "-n", "--format", "json").out)
    assert (later["calls"][0]["person"], later["caller"], later["held"]) == ("porth-deputy", "secretary", [])
    assert not [each for each in (*PHONES, *ADDRESSES, "2026-12-02", "secret letter") if each in ran.out]


def test_a_dry_run_where_nothing_is_due_says_so(new: Office) -> None:
    assert new.remind("2026-11-05", "-n") == Ran(0, "", "nothing is due on 2026-11-05\n")
    assert new.remind("2026-11-07", "-n").out == "2026-11-07 is no working day, so nobody is reminded\n"


def test_the_files_of_a_folder_are_the_messages_that_are_sent(office: Office, tmp_path: Path) -> None:
    letters = tmp_path / "letters"
    ran = office.remind("2026-11-06", "--to-folder", letters)
    assert ran.code == 0
    assert "wrote 2 messages" in ran.err
    assert office.box.taken == []
    assert office.sent_on("2026-11-06") == TERM["2026-11-06"]
    assert sorted(each.read_bytes() for each in letters.iterdir()) == sorted(content for _, content in office.box.taken)


def test_one_kind_alone(office: Office) -> None:
    office.remind("2026-11-19", "--kind", "agenda-items")
    assert len(office.box.taken) == 3
    assert all("agenda" in _subject(each) for each in office.box.messages)
    assert [each[0] for each in office.sent_on("2026-11-19")] == ["a.jones", "pennaeth", "t.evans"]
    assert office.sent_on("2026-11-19") == []


def test_of_one_kind_the_list_names_those_alone_who_are_to_be_called_for_it(new: Office) -> None:
    assert "without an address" in new.remind("2026-11-11", "-n", "--kind", "action-due").out
    assert "without an address" not in new.remind("2026-11-11", "-n", "--kind", "office").out


def test_why_tells_of_a_school_what_it_is_told_itself_or_who_is_told_for_it(office: Office) -> None:
    ran = office.sigctl("remind", "why", "school:porth", "-w", office.folder, "--today", "2026-11-18")
    assert ran.code == 0
    assert "`sigctl remind why porth-head`" in ran.err
    assert office.sigctl("remind", "why", "school:prth", "-w", office.folder).code == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--kind", "action-du"), "there is no kind of reminder `action-du`\n   = did you mean `action-due`?"),
        (("--kind", "nonsense", "calls"), "there is no kind of reminder `nonsense`"),
        (("--format", "json"), "write -n as well"),
        (("-n", "--to-folder", "letters"), "leave one of them out"),
    ],
)
def test_what_cannot_be_meant_is_refused(arguments: tuple[str, ...], said: str, new: Office) -> None:
    ran = new.remind("2026-11-16", *arguments)
    assert ran.code == 2
    assert said in ran.err


def test_why_tells_what_went_what_goes_and_what_does_not(office: Office) -> None:
    office.sent_on("2026-11-16")
    out = office.sigctl("remind", "why", "treorchy-head", "-w", office.folder, "--today", "2026-11-18").out
    (line,) = [each for each in out.splitlines() if each.startswith("action-overdue")]
    assert "(not yet): the action `a1` was due on 2026-11-13" in line
    assert "2026-11-16" in line
    assert "2026-11-23" in line
    assert not [each for each in (*PHONES, *ADDRESSES) if each in out]
    ran = office.sigctl("remind", "why", "treorchy-hed", "-w", office.folder)
    assert ran.code == 2
    assert "`treorchy-head`" in ran.err


# trouble


def test_while_the_server_is_down_all_waits_and_then_leaves_as_one_message_a_person(office: Office) -> None:
    office.change("sigctl.yaml", f"port: {office.port}", "port: 1")
    for day in ("2026-11-16", "2026-11-17"):
        ran = office.remind(day)
        assert ran.code == 5
        assert "wait for the next run" in ran.err
    office.change("sigctl.yaml", "port: 1,", f"port: {office.port},")
    assert office.sent_on("2026-11-18") == [
        ("a.jones", "The visit to your school: Tue 1 Dec 2026"),
        ("pennaeth", f"{HWYR}; 1 peth arall / {OVERDUE}; 1 more thing"),
        ("t.evans", f"{FFIGURAU}; 1 peth arall"),
    ]
    assert office.sent_on("2026-11-18") == []


def test_what_is_done_while_it_waits_never_leaves(office: Office) -> None:
    office.change("sigctl.yaml", f"port: {office.port}", "port: 1")
    assert office.remind("2026-11-16").code == 5
    office.sigctl("actions", "done", "a1", "a2", "a3", "--today", "2026-11-16", "-w", office.folder)
    office.change("sigctl.yaml", "port: 1,", f"port: {office.port},")
    assert office.sent_on("2026-11-16") == []


def test_what_the_server_puts_off_leaves_later_as_the_same_message(office: Office) -> None:
    office.box.rcpt = lambda address: "451 4.7.1 greylisted" if address.startswith("t.evans") else "250 OK"
    ran = office.remind("2026-11-06")
    assert ran.code == 5
    assert "1 has to wait" in ran.err
    waiting = json.loads(office.sigctl("outbox", "--state", "planned", "--format", "json", "-w", office.folder).out)["messages"]
    office.box.rcpt = lambda _: "250 OK"
    assert [each[0] for each in office.sent_on("2026-11-09")] == ["t.evans"]
    (before,) = waiting
    after = json.loads(office.sigctl("outbox", "--state", "accepted", "--format", "json", "-w", office.folder).out)["messages"]
    assert before["number"] in [each["number"] for each in after]


def test_what_was_refused_is_not_tried_again_and_the_others_have_theirs(office: Office) -> None:
    office.box.rcpt = lambda address: "550 5.1.1 no such user" if address.startswith("t.evans") else "250 OK"
    ran = office.remind("2026-11-06")
    assert ran.code == 5
    assert "1 was refused" in ran.err
    assert len(office.box.taken) == 1
    office.box.rcpt = lambda _: "250 OK"
    assert office.sent_on("2026-11-06") == []


def test_what_is_to_be_tried_again_leaves_as_it_was(office: Office) -> None:
    office.box.rcpt = lambda address: "550 5.1.1 no such user" if address.startswith("t.evans") else "250 OK"
    office.remind("2026-11-16")
    office.remind("2026-11-23")
    office.box.rcpt = lambda _: "250 OK"
    first, second = json.loads(office.sigctl("outbox", "--state", "refused", "--format", "json", "-w", office.folder).out)["messages"]
    older = office.sigctl("outbox", "retry", first["number"], "-w", office.folder)
    assert older.code == 1
    assert f"`sigctl outbox retry {second['number']}` for the newer one" in older.err
    assert office.sigctl("outbox", "retry", second["number"], "-w", office.folder).code == 0
    assert ("t.evans", f"{FFIGURAU}; 2 beth arall") in office.sent_on("2026-11-24")
    assert "t.evans" not in [each[0] for each in office.sent_on("2026-11-24") if FFIGURAU in each[1]]


def test_a_workspace_without_mail_says_so_when_something_is_due(new: Office) -> None:
    text = "\n".join(line for line in settings(1).splitlines() if not line.startswith("mail:"))
    (new.folder / "sigctl.yaml").write_text(text + "\n", encoding="utf-8")
    assert new.remind("2026-11-05") == SILENT
    ran = new.remind("2026-11-06")
    assert (ran.code, ran.out) == (2, "")
    assert "sigctl.yaml has no `mail:`" in ran.err


def test_another_run_has_the_workspace(office: Office) -> None:
    with locked(office.folder, "sigctl run"):
        ran = office.remind("2026-11-06")
    assert ran.code == 75
    assert "`sigctl run`" in ran.err
    assert office.box.taken == []


# the papers are the cluster's own


def test_a_letter_follows_the_cluster_s_own_template_and_so_does_its_subject(office: Office) -> None:
    own = office.folder / "templates"
    own.mkdir()
    (own / "reminder.md.j2").write_text(
        '{% extends "sigctl/reminder.md.j2" %}{% block title %}\n# Cynon {{ page.sections | length }}\n\n{% endblock %}\n', encoding="utf-8"
    )
    assert office.sigctl("template", "check", "-w", office.folder, "--today", "2026-11-12").code == 0
    assert ("t.evans", "Cynon 1") in office.sent_on("2026-11-06")


@pytest.mark.parametrize("template", ["reminder", "calls"])
def test_a_fault_in_a_template_of_letters_is_found_by_check(template: str, office: Office) -> None:
    own = office.folder / "templates"
    own.mkdir()
    (own / f"{template}.md.j2").write_text(
        f'{{% extends "sigctl/{template}.md.j2" %}}{{% block title %}}{{{{ page.sectoins }}}}{{% endblock %}}\n'
    )
    ran = office.sigctl("template", "check", "-w", office.folder, "--today", "2026-11-12")
    assert ran.code == 1
    assert "did you mean `sections`?" in ran.out


def test_every_file_of_the_workspace_stays_as_it_was(office: Office) -> None:
    for day in TERM:
        office.sent_on(day)
    assert all((office.folder / name).read_text(encoding="utf-8") == text for name, text in FILES.items())
