"""Sending papers and the rota, to a real mail server: who gets what, once, in which language, and what happens when things change."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from email.message import EmailMessage
from pathlib import Path
from shutil import which

import pytest

from sigctl.deliver.state import state
from tests.commands.conftest import ROOT, Outcome, Run
from tests.postbox import Postbox, mail_server, parsed
from tests.workspaces import base_files, write

TODAY = "2026-11-02"

PEOPLE = """\
people:
  - id: aberdare-head
    name: Siân Enghraifft
    post: {cy: Pennaeth, en: Headteacher}
    school: aberdare
    email: sian@aberdare.example.org
    phone: "01685 999111"
    writes_in: en
    expertise: [attendance]
    reviewer: {level: lead, trained: 2025-09-12}
    unavailable: [{from: 2026-11-09, to: 2026-11-09, why: llawdriniaeth canari}]
  - id: treorchy-head
    post: {cy: Pennaeth, en: Headteacher}
    school: treorchy
    email: pennaeth@treorchy.example.org
    writes_in: cy
    speaks: [cy, en]
    expertise: [attendance]
    reviewer: {level: lead, trained: 2025-09-12}
  - id: rhydywaun-head
    post: {cy: Pennaeth, en: Headteacher}
    school: rhydywaun
    email: pennaeth@rhydywaun.example.org
    speaks: [cy, en]
    expertise: [attendance]
    reviewer: {level: lead, trained: 2025-09-12}
  - {id: porth-head, post: Pennaeth, school: porth, expertise: [attendance], reviewer: {level: reviewer, trained: 2025-09-12}}
"""
GROUPS = """\
groups:
  - id: strategic
    name: {cy: Grŵp Strategol, en: Strategic Group}
    kind: strategic
    members: [{person: aberdare-head}, {person: treorchy-head}, {school: rhydywaun}, {school: porth}]
    officers: [{office: secretary, person: aberdare-head}]
"""
MEETINGS = """\
meetings:
  - id: strategic-2026-10
    group: strategic
    date: 2026-10-08
    start: 15:30
    end: 17:00
    status: held
    items:
      - {id: paper, title: {cy: Cynnydd, en: Progress}}
      - {id: pay, title: {cy: Cyflog canari, en: Pay canary}, confidential: true}
    minutes:
      taken_by: aberdare-head
      notes: {paper: {cy: Trafodwyd., en: It was talked over.}, pay: {cy: Cyfrinach canari, en: Secret canary}}
  - id: strategic-2026-12
    group: strategic
    date: 2026-12-03
    start: 15:30
    end: 17:00
    venue: {cy: Neuadd, en: Hall}
    items: [{id: plan, title: {cy: Y cynllun, en: The plan}}, {id: staff, title: Staff canari, confidential: true}]
"""
ROTA = """\
rotas:
  - cycle: round-4
    status: published
    visits:
      # this remark stays
      - {host: aberdare, dates: [2026-11-17, 2026-11-18], lead: treorchy-head, team: [treorchy-head, rhydywaun-head], state: planned}
      - {host: treorchy, dates: [2026-11-24, 2026-11-25], lead: aberdare-head, team: [aberdare-head, rhydywaun-head], state: planned}
      - {host: rhydywaun, dates: [2027-01-19, 2027-01-20], lead: aberdare-head, team: [aberdare-head, treorchy-head], state: planned}
"""


class Office:
    """A workspace whose mail goes to a server of its own."""

    def __init__(self, folder: Path, box: Postbox, run: Run) -> None:
        self.folder, self.box, self.run = folder, box, run

    def send(self, *arguments: str, today: str = TODAY, format: str = "html") -> Outcome:
        return self.run("send", *arguments, "-w", self.folder, "--today", today, "--format", format)

    def change(self, file: str, before: str, after: str) -> None:
        text = (self.folder / file).read_text(encoding="utf-8")
        assert before in text
        (self.folder / file).write_text(text.replace(before, after), encoding="utf-8")

    def collected(self) -> Mapping[str, EmailMessage]:
        """What came since the last time, by address; nobody gets two."""
        found, self.box.taken = self.box.taken, []
        assert len({to for to, _ in found}) == len(found)
        return {to: parsed(content) for to, content in found}


SIAN, TREORCHY, RHYDYWAUN = "sian@aberdare.example.org", "pennaeth@treorchy.example.org", "pennaeth@rhydywaun.example.org"
ALL = {SIAN, TREORCHY, RHYDYWAUN}


def laid_out(folder: Path, port: int) -> Path:
    settings = base_files()["sigctl.yaml"] + (
        f"mail: {{from: swyddfa@example.org, server: 127.0.0.1, port: {port}, security: none, timeout: 5}}\n"
    )
    texts = {"people.yaml": PEOPLE, "groups.yaml": GROUPS, "meetings.yaml": MEETINGS, "rotas/round-4.yaml": ROTA, "sigctl.yaml": settings}
    return write(folder, base_files() | texts)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sigctl: Run) -> Iterator[Office]:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    box = Postbox()
    with mail_server(box) as server:
        made = Office(laid_out(tmp_path / "cynon", server.port), box, sigctl)
        assert sigctl("outbox", "confirm", "-w", made.folder).code == 0
        yield made


def plain(message: EmailMessage) -> str:
    """Its text, in one line."""
    part = message.get_body(("plain",))
    assert part is not None
    return " ".join(str(part.get_content()).split())


def everything(message: EmailMessage) -> str:
    """All that can be read in a message, attachments of text with it."""
    parts = [part for part in message.walk() if part.get_content_maintype() == "text"]
    return str(message["Subject"]) + "".join(part.get_payload(decode=True).decode() for part in parts)


def calendars(message: EmailMessage) -> list[str]:
    """The calendar files that come with a message, each once."""
    parts = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    return [re.sub(r"\r\n ", "", part.get_payload(decode=True).decode()) for part in parts]


def test_an_agenda_goes_to_members_in_their_language_once(office: Office) -> None:
    done = office.send("agenda", "strategic", "--yes", format="pdf")
    assert done.code == 5  # porth's head has no address
    assert "`porth-head` has no address" in done.err
    got = office.collected()
    assert set(got) == ALL
    assert got[SIAN]["Subject"] == "Agenda: Strategic Group, Thu 3 Dec 2026"
    assert got[TREORCHY]["Subject"] == "Agenda: Grŵp Strategol, Iau 3 Rhag 2026"
    assert got[RHYDYWAUN]["Subject"] == f"{got[TREORCHY]['Subject']} / {got[SIAN]['Subject']}"
    assert got[RHYDYWAUN]["Content-Language"] == "cy, en"
    assert "The plan" in plain(got[SIAN])
    assert "Y cynllun" not in plain(got[SIAN])
    (paper,) = got[TREORCHY].iter_attachments()
    assert paper.get_filename() == "2026-12-03-strategic-agenda.cy.pdf"
    assert paper.get_payload(decode=True).startswith(b"%PDF")
    for message in got.values():
        assert "canari" not in everything(message)
    again = office.send("agenda", "strategic", "--yes")
    assert "nothing to do" in again.err
    assert office.collected() == {}


def test_who_joins_later_gets_it_and_the_others_do_not(office: Office) -> None:
    office.send("agenda", "strategic-2026-12", "--yes")
    office.collected()
    office.change("people.yaml", "{id: porth-head, ", "{id: porth-head, email: pennaeth@porth.example.org, ")
    done = office.send("agenda", "strategic", "--yes")
    assert done.code == 0
    assert set(office.collected()) == {"pennaeth@porth.example.org"}


def test_again_sends_what_has_changed_and_refuses_what_has_not(office: Office) -> None:
    office.send("agenda", "strategic", "--yes")
    office.collected()
    refused = office.send("agenda", "strategic", "--again", "--yes", today="2026-11-16")
    assert refused.code == 1
    assert "as everybody has it already" in refused.err
    office.change("meetings.yaml", "en: The plan", "en: The new plan")
    told = office.send("agenda", "strategic", "--yes")
    assert "`--again` sends it once more" in told.err
    assert office.collected() == {}
    assert office.send("agenda", "strategic", "--again", "--yes").code == 5
    got = office.collected()
    assert set(got) == {SIAN, RHYDYWAUN}  # the Welsh text is as it was
    assert got[SIAN]["Subject"].startswith("Changed: Agenda")
    assert office.send("agenda", "strategic", "--again", "--yes").code == 1
    assert office.collected() == {}


def test_minutes_leave_without_what_is_confidential(office: Office) -> None:
    done = office.send("minutes", "strategic", "--yes")
    assert done.code == 5
    got = office.collected()
    assert set(got) == ALL
    for message in got.values():
        assert "canari" not in everything(message)
        assert "canary" not in everything(message)
    assert "It was talked over." in plain(got[SIAN])
    assert "What is confidential is not included." in plain(got[SIAN])
    assert "sent: Siân Enghraifft (`aberdare-head`): Minutes: Strategic Group, Thu 8 Oct 2026" in done.out


def test_a_look_sends_nothing_and_remembers_nothing(office: Office, tmp_path: Path) -> None:
    before = sorted(path.name for path in office.folder.rglob("*"))
    for what in (["agenda", "strategic"], ["minutes", "strategic"], ["rota"]):
        seen = office.send(*what, "-n")
        assert "to Siân Enghraifft (`aberdare-head`), in en:" in seen.out
        assert "@" not in seen.out.replace("swyddfa@example.org", "")
        assert "999111" not in seen.out
        asked = office.send(*what)
        assert asked.code in (0, 5)
        assert "`--yes` sends it" in asked.err
        folder = tmp_path / "letters"
        assert office.send(*what, "--to-folder", str(folder)).code in (0, 5)
        assert sorted(path.name.split(".")[0] for path in folder.iterdir()) == ["aberdare-head", "rhydywaun-head", "treorchy-head"]
        assert all(parsed(path.read_bytes())["Message-ID"] for path in folder.iterdir())
        for path in folder.iterdir():
            path.unlink()
    assert office.collected() == {}
    assert sorted(path.name for path in office.folder.rglob("*")) == before
    office.send("agenda", "strategic", "--yes")
    assert set(office.collected()) == ALL


def test_the_files_for_a_folder_are_the_messages_that_leave(office: Office, tmp_path: Path) -> None:
    office.send("rota", "--to-folder", str(tmp_path / "letters"))
    office.send("rota", "--yes")
    files = {path.read_bytes() for path in (tmp_path / "letters").iterdir()}
    assert files == {content for _, content in office.box.taken}


def test_a_copy_of_the_workspace_sends_nothing(office: Office, tmp_path: Path) -> None:
    office.folder.rename(tmp_path / "copy")
    office.folder = tmp_path / "copy"
    refused = office.send("agenda", "strategic", "--yes")
    assert refused.code != 0
    assert "sigctl outbox confirm" in refused.err
    assert office.collected() == {}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["agenda", "strategic-2026-10"], "is held"),
        (["minutes", "strategic-2026-12"], "no minutes yet"),
        (["agenda", "strategy"], "strategic"),
        (["rota", "--cycle", "round-5"], "round-4"),
    ],
)
def test_what_cannot_be_sent_is_told(office: Office, arguments: list[str], said: str) -> None:
    refused = office.send(*arguments, "--yes")
    assert refused.code in (1, 2)
    assert said in refused.err
    assert office.collected() == {}


def test_the_rota_tells_everybody_their_own_part_with_calendar_entries(office: Office) -> None:
    done = office.send("rota", "--yes")
    assert done.code == 0, done.err
    got = office.collected()
    assert set(got) == ALL
    sian = plain(got[SIAN])
    assert "your school is visited" in sian
    assert "Treorchy Comprehensive School, Tue 24 to Wed 25 Nov 2026" in sian
    assert "chi sy'n arwain y tîm" in plain(got[TREORCHY])
    assert {re.search("METHOD:(.*)\r", text)[1] for text in calendars(got[SIAN])} == {"REQUEST"}  # type: ignore[index]
    uids = {re.search("UID:(.*)\r", text)[1] for text in calendars(got[SIAN])}  # type: ignore[index]
    assert uids == {"round-4.aberdare.visit@cynon", "round-4.treorchy.visit@cynon", "round-4.rhydywaun.visit@cynon"}
    assert all("SEQUENCE:0\r" in text and f"mailto:{SIAN}" in text for text in calendars(got[SIAN]))
    for message in got.values():
        assert "canari" not in everything(message)
        assert "999111" not in everything(message)


def test_visits_of_which_everybody_was_told_are_marked_so(office: Office) -> None:
    done = office.send("rota", "--yes")
    rota = (office.folder / "rotas/round-4.yaml").read_text(encoding="utf-8")
    assert rota == ROTA.replace("state: planned", "state: told")
    assert "marked `aberdare`, `treorchy` and `rhydywaun` as told in rotas/round-4.yaml" in done.err
    assert "nothing to do" in office.send("rota", "--yes").err
    assert len(office.collected()) == 3


def test_a_visit_is_not_marked_while_somebody_has_not_been_told(office: Office) -> None:
    office.box.rcpt = lambda address: "451 4.7.1 later" if address == TREORCHY else "250 OK"
    done = office.send("rota", "--yes")
    assert done.code == 5
    assert "waits: `treorchy-head`" in done.out
    assert "state: told" not in (office.folder / "rotas/round-4.yaml").read_text(encoding="utf-8")
    office.box.rcpt = lambda address: "250 OK"
    office.collected()
    later = office.send("rota", "--yes", today="2026-11-03")
    assert later.code == 0
    assert set(office.collected()) == {TREORCHY}
    assert (office.folder / "rotas/round-4.yaml").read_text(encoding="utf-8").count("state: told") == 3


def test_when_a_visit_moves_only_those_concerned_hear_before_now_and_why(office: Office) -> None:
    office.send("rota", "--yes")
    office.collected()
    office.change("rotas/round-4.yaml", "2027-01-19, 2027-01-20", "2027-02-02, 2027-02-03")
    office.change("rotas/round-4.yaml", "team: [treorchy-head, rhydywaun-head]", "team: [rhydywaun-head, treorchy-head]")
    done = office.send("rota", "--yes", "--why", "cy: Arolwg Estyn | en: An inspection")
    assert done.code == 0, done.err
    got = office.collected()
    assert set(got) == ALL  # the host, the lead, the member; nobody for the order of names
    text = plain(got[SIAN])
    assert "An inspection" in text
    assert "Tue 19 to Wed 20 Jan 2027" in text
    assert "Tue 2 to Wed 3 Feb 2027" in text
    assert "Treorchy Comprehensive School," not in text.split("Rhydywaun", 1)[0]
    assert "Arolwg Estyn" in plain(got[TREORCHY])
    (entry,) = calendars(got[SIAN])
    assert "UID:round-4.rhydywaun.visit@cynon\r" in entry
    assert "SEQUENCE:1\r" in entry
    assert "DTSTART;VALUE=DATE:20270202\r" in entry


def test_an_edit_that_leaves_everybodys_part_as_it_was_tells_nobody(office: Office) -> None:
    office.send("rota", "--yes")
    office.collected()
    office.change("rotas/round-4.yaml", "# this remark stays", "# another remark")
    office.change("rotas/round-4.yaml", "dates: [2026-11-17, 2026-11-18]", "dates: [2026-11-18, 2026-11-17]")
    assert "nothing to do: 3 people know the rota as it is" in office.send("rota", "--yes").err
    assert office.collected() == {}


def test_a_change_of_team_reaches_who_joins_who_leaves_the_host_and_the_team(office: Office) -> None:
    office.change("people.yaml", "{id: porth-head, ", "{id: porth-head, email: pennaeth@porth.example.org, ")
    office.send("rota", "--yes")
    assert set(office.collected()) == ALL
    office.change("rotas/round-4.yaml", "team: [aberdare-head, rhydywaun-head]", "team: [aberdare-head, porth-head]")
    office.send("rota", "--yes")
    got = office.collected()
    assert set(got) == ALL | {"pennaeth@porth.example.org"}
    assert "You have no part in this any more." in plain(got[RHYDYWAUN])
    (gone,) = calendars(got[RHYDYWAUN])
    assert "METHOD:CANCEL" in gone
    assert "STATUS:CANCELLED" in gone
    assert "SEQUENCE:1\r" in gone
    new = plain(got["pennaeth@porth.example.org"])
    assert "Your part in the visits" in new
    assert "Treorchy Comprehensive School" in new


def test_a_cancelled_visit_is_taken_out_of_calendars(office: Office) -> None:
    office.send("rota", "--yes")
    office.collected()
    office.change(
        "rotas/round-4.yaml", "team: [aberdare-head, treorchy-head], state: told", "team: [aberdare-head, treorchy-head], state: cancelled"
    )
    office.send("rota", "--yes")
    got = office.collected()
    assert set(got) == ALL
    assert "This visit to your school does not take place." in plain(got[RHYDYWAUN])
    assert all("METHOD:CANCEL" in text for message in got.values() for text in calendars(message))
    assert all(len(calendars(message)) == 1 for message in got.values())


def test_what_changed_twice_before_it_left_is_told_once_as_it_is_now(office: Office) -> None:
    office.send("rota", "--yes")
    office.collected()
    office.box.rcpt = lambda address: "451 4.7.1 later"
    office.change("rotas/round-4.yaml", "2027-01-19, 2027-01-20", "2027-02-02, 2027-02-03")
    assert office.send("rota", "--yes").code == 5
    office.box.rcpt = lambda address: "250 OK"
    office.change("rotas/round-4.yaml", "2027-02-02, 2027-02-03", "2027-02-23, 2027-02-24")
    office.send("rota", "--yes")
    got = office.collected()
    assert set(got) == ALL
    assert "3 Feb 2027" not in plain(got[SIAN])
    assert "Tue 19 to Wed 20 Jan 2027" in plain(got[SIAN])
    assert "Tue 23 to Wed 24 Feb 2027" in plain(got[SIAN])


def test_what_was_changed_back_before_it_left_is_not_told(office: Office) -> None:
    office.send("rota", "--yes")
    office.collected()
    office.box.rcpt = lambda address: "451 4.7.1 later"
    office.change("rotas/round-4.yaml", "2027-01-19, 2027-01-20", "2027-02-02, 2027-02-03")
    office.send("rota", "--yes")
    office.box.rcpt = lambda address: "250 OK"
    office.change("rotas/round-4.yaml", "2027-02-02, 2027-02-03", "2027-01-19, 2027-01-20")
    office.send("rota", "--yes", today="2026-11-04")
    assert office.collected() == {}
    assert not re.search("planned", office.run("outbox", "-w", office.folder).out)


def test_what_is_over_is_told_to_nobody(office: Office) -> None:
    office.send("rota", "--yes", today="2026-12-01")
    got = office.collected()
    assert set(got) == ALL
    assert "2027" in plain(got[SIAN])
    for message in got.values():
        assert "Nov 2026" not in plain(message)
        assert "Tach 2026" not in plain(message)
    rota = (office.folder / "rotas/round-4.yaml").read_text(encoding="utf-8")
    assert re.findall("state: ([a-z]+)}", rota) == ["planned", "planned", "told"]


def test_refused_is_told_and_not_tried_again_by_itself(office: Office) -> None:
    office.box.rcpt = lambda address: "550 5.1.1 no such user" if address == SIAN else "250 OK"
    done = office.send("agenda", "strategic", "--yes")
    assert done.code == 5
    assert "refused: Siân Enghraifft (`aberdare-head`)" in done.out
    assert SIAN not in done.out + done.err
    office.box.rcpt = lambda address: "250 OK"
    office.collected()
    again = office.send("agenda", "strategic", "--yes")
    assert office.collected() == {}
    assert "it did not reach `aberdare-head`, or nobody knows" in again.err


@pytest.mark.skipif(os.name == "nt", reason="a terminal of the other kind")
def test_on_a_terminal_it_shows_asks_and_sends(office: Office) -> None:
    import pty

    for answer, expected in (("n\n", set()), ("y\n", ALL)):
        leader, follower = pty.openpty()
        command = [sys.executable, "-m", "sigctl", "send", "agenda", "strategic", "-w", str(office.folder), "--today", TODAY]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "dumb"}
        with subprocess.Popen(command, stdin=follower, stdout=follower, stderr=follower, env=environment, close_fds=True) as process:
            os.close(follower)
            os.write(leader, answer.encode())
            seen = b""
            while True:
                try:
                    seen += os.read(leader, 4096)
                except OSError:
                    break
            process.wait(60)
        os.close(leader)
        text = seen.decode()
        assert "Send 3 messages?" in text
        assert text.index("to Siân Enghraifft") < text.index("Send 3 messages?")
        assert set(office.collected()) == expected


def test_a_school_whose_people_have_no_address_is_written_to_itself(office: Office) -> None:
    office.change(
        "schools.yaml", "{id: porth, name: Porth Community School,", "{id: porth, name: Porth, contact: {email: info@porth.example.org},"
    )
    done = office.send("agenda", "strategic", "--yes")
    assert done.code == 0, done.err
    got = office.collected()
    assert set(got) == ALL | {"info@porth.example.org"}
    assert "`school:porth`" in done.out
    assert office.send("agenda", "strategic", "--yes").err.startswith("nothing to do")


def test_what_may_not_have_come_is_told_and_a_visit_of_which_nobody_knows_is_not_marked(office: Office) -> None:
    office.box.data = lambda address: "999 what" if address == SIAN else "250 OK"
    done = office.send("rota", "--yes")
    assert done.code == 5
    assert "unknown: Siân Enghraifft (`aberdare-head`)" in done.out
    assert "state: told" not in (office.folder / "rotas/round-4.yaml").read_text(encoding="utf-8")
    office.box.data = lambda address: "250 OK"
    office.collected()
    again = office.send("rota", "--yes")
    assert office.collected() == {}
    assert "it did not reach `aberdare-head`, or nobody knows" in again.err


def test_word_files_can_be_attached_instead(office: Office) -> None:
    office.send("minutes", "strategic", "--yes", format="docx")
    (paper,) = office.collected()[SIAN].iter_attachments()
    assert paper.get_filename() == "2026-10-08-strategic-minutes.en.docx"
    assert paper.get_payload(decode=True).startswith(b"PK")


def test_the_page_of_a_mail_needs_nothing_from_elsewhere_and_no_new_mail_program(office: Office) -> None:
    office.send("rota", "--yes")
    for message in office.collected().values():
        page = message.get_body(("html",))
        assert page is not None
        html = str(page.get_content())
        assert not re.search(r"var\(|<script|@import|url\(|src=|:has|grid|rem;", html)
        assert len(html) < 20_000


@pytest.mark.parametrize("what", [["agenda", "strategic"], ["rota"]])
def test_what_was_on_its_way_when_an_earlier_run_was_killed_counts_as_told_to_nobody(office: Office, what: list[str]) -> None:
    office.change("people.yaml", "{id: porth-head, ", "{id: porth-head, email: pennaeth@porth.example.org, ")
    office.send(*what, "--yes")
    (office.folder / "rotas/round-4.yaml").write_text(ROTA, encoding="utf-8")
    with state(office.folder) as connection:
        connection.execute("UPDATE message SET state = 'sending' WHERE person = 'aberdare-head'")
    office.collected()
    done = office.send(*what, "--yes")
    assert done.code == 5
    assert "it did not reach `aberdare-head`, or nobody knows" in done.err
    assert office.collected() == {}
    assert "told" not in (office.folder / "rotas/round-4.yaml").read_text(encoding="utf-8")
    assert office.send(*what, "--yes").code == 0


def test_a_rota_that_was_changed_while_messages_left_is_not_marked(office: Office) -> None:
    file = office.folder / "rotas/round-4.yaml"

    def saved_meanwhile(address: str) -> str:
        file.write_text(ROTA.replace("2027-01-19, 2027-01-20", "2027-02-02, 2027-02-03"), encoding="utf-8")
        return "250 OK"

    office.box.rcpt = saved_meanwhile
    done = office.send("rota", "--yes")
    assert done.code == 5
    assert "somebody changed rotas/round-4.yaml while the messages left" in done.err
    assert "state: told" not in file.read_text(encoding="utf-8")
    office.box.rcpt = lambda address: "250 OK"
    office.collected()
    assert office.send("rota", "--yes").code == 0
    assert "2 to Wed 3 Feb 2027" in plain(office.collected()[SIAN])
    assert file.read_text(encoding="utf-8").count("state: told") == 3


def test_a_visit_is_marked_also_where_its_messages_leave_with_a_later_run(office: Office) -> None:
    office.box.rcpt = lambda address: "451 4.7.1 later" if address == TREORCHY else "250 OK"
    office.send("rota", "--yes")
    office.box.rcpt = lambda address: "250 OK"
    office.collected()
    later = office.run("remind", "-w", office.folder, "--today", "2026-11-03")
    assert later.code == 0, later.err
    assert any("Eich rhan" in parsed(content)["Subject"] for to, content in office.box.taken if to == TREORCHY)
    assert (office.folder / "rotas/round-4.yaml").read_text(encoding="utf-8") == ROTA.replace("state: planned", "state: told")
    assert "nothing to do" in office.send("rota", "--yes", today="2026-11-03").err


ACTION = "{id: a1, item: paper, text: {cy: Gwaith, en: Work}, owner: aberdare-head, due: 2026-11-02}"


def test_an_agenda_that_left_on_a_later_day_than_it_was_made_is_as_it_was(office: Office) -> None:
    office.change("meetings.yaml", "    minutes:\n", f"    actions:\n      - {ACTION}\n    minutes:\n")
    office.box.rcpt = lambda address: "451 4.7.1 later"
    office.send("agenda", "strategic", "--yes", today="2026-11-02")
    office.box.rcpt = lambda address: "250 OK"
    office.send("agenda", "strategic", "--yes", today="2026-11-03")
    assert set(office.collected()) == ALL
    again = office.send("agenda", "strategic", "--yes", today="2026-11-04")
    assert "it has changed" not in again.err
    assert "nothing to do: 3 people have it" in again.err


def test_a_visit_that_does_not_take_place_is_told_so_to_host_and_team(office: Office) -> None:
    office.send("rota", "--yes")
    office.collected()
    office.change(
        "rotas/round-4.yaml", "team: [aberdare-head, treorchy-head], state: told", "team: [aberdare-head, treorchy-head], state: cancelled"
    )
    seen = office.send("rota", "-n")
    assert "rhydywaun (does not take place)" in seen.out
    office.send("rota", "--yes")
    got = office.collected()
    assert "This visit to your school does not take place." in plain(got[RHYDYWAUN])
    assert "This visit does not take place." in plain(got[SIAN])
    assert "Nid yw'r ymweliad hwn yn digwydd." in plain(got[TREORCHY]).replace("’", "'")
    for message in got.values():
        text = plain(message)
        assert "takes the entry out of your calendar" in text or "tynnu'r cofnod o'ch calendr" in text.replace("’", "'")
        for wrong in ("no part in this", "accept it", "Role", "Rôl", "you are in the team", "cannot do this", "allwch wneud hyn"):
            assert wrong not in text


def test_who_leaves_a_team_is_not_told_that_the_visit_does_not_take_place(office: Office) -> None:
    office.send("rota", "--yes")
    office.collected()
    office.change("rotas/round-4.yaml", "team: [treorchy-head, rhydywaun-head]", "team: [treorchy-head]")
    office.send("rota", "--yes")
    text = plain(office.collected()[RHYDYWAUN])
    assert "You have no part in this any more." in text
    assert "does not take place" not in text


def test_an_agenda_tells_its_readers_nothing_that_is_for_the_secretary(office: Office) -> None:
    office.change("meetings.yaml", "{id: plan, title: {cy: Y cynllun, en: The plan}}", "{id: plan, title: The plan, minutes: 200}")
    for format in ("html", "docx"):
        seen = office.send("agenda", "strategic", "--yes", "--again" if format == "docx" else "--format=html", format=format)
        assert "the items take 2" in seen.err or format == "docx"
    for message in office.collected().values():
        assert "The items take" not in everything(message)
        assert "Mae'r eitemau'n cymryd" not in everything(message)


def test_visits_that_nobody_marked_are_told_to_the_secretary_and_not_in_the_agenda(office: Office) -> None:
    seen = office.send("agenda", "strategic", "--yes", today="2026-11-30")
    assert "the visits at `aberdare` and `treorchy` are past and not marked as done; `sigctl rota mark HOST done`" in seen.err
    got = office.collected()
    assert "Treorchy Comprehensive School" in everything(got[SIAN])
    assert "not marked as done" not in everything(got[SIAN])


def test_where_only_waiting_messages_leave_it_is_told_to_whom(office: Office) -> None:
    office.box.rcpt = lambda address: "451 4.7.1 later" if address == SIAN else "250 OK"
    office.send("agenda", "strategic", "--yes")
    office.box.rcpt = lambda address: "250 OK"
    later = office.send("agenda", "strategic", "--yes", today="2026-11-03")
    assert later.out.startswith("sent: Siân Enghraifft (`aberdare-head`): Agenda")


def test_calendars_are_not_told_of_an_entry_that_went_to_nobody(office: Office) -> None:
    office.change("people.yaml", "email: sian@aberdare.example.org", "email: siân@aberdare.example.org")
    done = office.send("rota", "--yes")
    assert done.code == 5
    with state(office.folder) as connection:
        owners = {owner for (owner,) in connection.execute("SELECT owner FROM event")}
    assert "person:aberdare-head" not in owners
    assert "person:treorchy-head" in owners


def test_a_day_to_come_is_not_noted_in_calendars(office: Office) -> None:
    office.send("rota", "--yes", today="2027-01-11")
    with state(office.folder) as connection:
        noted = {changed[:4] for (changed,) in connection.execute("SELECT changed FROM event")}
    assert noted
    assert "2027" not in noted


def test_a_reason_in_one_language_is_not_sent_unasked_to_readers_of_two(office: Office) -> None:
    office.send("rota", "--yes")
    office.collected()
    office.change("rotas/round-4.yaml", "2027-01-19, 2027-01-20", "2027-02-02, 2027-02-03")
    refused = office.send("rota", "--yes", "--why", "Estyn inspects")
    assert refused.code == 2
    assert "cy: … | en: …" in refused.err
    assert office.collected() == {}
    assert office.send("rota", "--yes", "--why", "Estyn inspects", "--lang", "both").code == 0
    assert set(office.collected()) == ALL


def test_that_no_reason_is_told_for_a_change_is_said_and_not_for_the_first_news(office: Office) -> None:
    assert "no reason" not in office.send("rota", "--yes").err
    office.change("rotas/round-4.yaml", "2027-01-19, 2027-01-20", "2027-02-02, 2027-02-03")
    assert "no reason is told for the change; --why gives one" in office.send("rota", "--yes").err


@pytest.mark.skipif(os.name == "nt", reason="a terminal of the other kind")
def test_on_a_terminal_a_change_without_a_reason_asks_for_one(office: Office) -> None:
    office.send("rota", "--yes")
    office.collected()
    office.change("rotas/round-4.yaml", "2027-01-19, 2027-01-20", "2027-02-02, 2027-02-03")
    seen = on_terminal(office, "cy: Arolwg | en: An inspection\ny\n", "send", "rota", "--today", TODAY)
    assert "Why has it changed?" in seen
    assert "An inspection" in plain(office.collected()[SIAN])


def on_terminal(office: Office, typed: str, *arguments: str) -> str:
    """What is seen where somebody types at a terminal."""
    import pty

    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "sigctl", *arguments, "-w", str(office.folder)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "dumb", "COLUMNS": "100"}
    with subprocess.Popen(command, stdin=follower, stdout=follower, stderr=follower, env=environment, close_fds=True) as process:
        os.close(follower)
        os.write(leader, typed.encode())
        seen = b""
        while True:
            try:
                seen += os.read(leader, 4096)
            except OSError:
                break
        process.wait(60)
    os.close(leader)
    return seen.decode()


@pytest.mark.skipif(os.name == "nt", reason="a terminal of the other kind")
def test_the_outbox_on_a_terminal_tells_a_title_in_one_language_and_else_in_both(office: Office) -> None:
    office.send("agenda", "strategic", "--yes")
    both = "Agenda: Grŵp Strategol, Iau 3 Rhag 2026 / Agenda: Strategic Group, Thu 3 Dec 2026"
    assert both in office.run("outbox", "-w", office.folder).out
    lines = on_terminal(office, "", "outbox").splitlines()
    assert " ".join(lines).count("Strategic") == 1  # to the one who reads English alone
    assert max(map(len, lines)) <= 100


def test_who_knows_the_rota_is_only_who_was_told(office: Office) -> None:
    office.change("rotas/round-4.yaml", "team: [aberdare-head, rhydywaun-head], state", "team: [aberdare-head, porth-head], state")
    office.send("rota", "--yes", today="2026-12-01")  # the visits of porth-head are over
    assert "nothing to do: 3 people know the rota as it is" in office.send("rota", "--yes", today="2026-12-01").err


def test_all_mail_is_signed_by_whose_it_is_whatever_the_group(office: Office) -> None:
    office.change("groups.yaml", "groups:\n", """groups:
  - id: alncos
    name: ALNCos
    kind: working
    members: [{person: aberdare-head}]
    officers: [{office: convenor, person: treorchy-head}]
""")  # fmt: skip
    office.change("meetings.yaml", "meetings:\n", "meetings:\n  - {id: aln, group: alncos, date: 2026-12-01}\n")
    done = office.send("agenda", "aln", "--yes")
    assert done.code == 0, done.err
    assert "Siân Enghraifft, Cynon Cluster" in plain(office.collected()[SIAN])


def test_the_names_stand_below_the_paper_where_the_question_is_asked(office: Office) -> None:
    seen = office.send("agenda", "strategic", "-n")
    assert seen.out.index("The plan") < seen.out.index("to Siân Enghraifft")
    assert "3 messages would leave; nothing was sent" in seen.err


def test_a_file_with_a_mark_at_its_beginning_keeps_it_when_a_visit_is_marked(office: Office) -> None:
    file = office.folder / "rotas/round-4.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + ROTA.replace("\n", "\r\n").encode())
    assert office.send("rota", "--yes").code == 0
    assert file.read_bytes() == b"\xef\xbb\xbf" + ROTA.replace("\n", "\r\n").replace("state: planned", "state: told").encode()


def test_whoever_is_not_written_to_because_somebody_was_forgotten_is_named_with_what_to_type(office: Office) -> None:
    office.box.rcpt = lambda address: "451 4.7.1 later"
    office.send("agenda", "strategic", "--yes")
    office.box.rcpt = lambda address: "250 OK"
    done = office.run("forget", "porth-head", "--yes", "-w", office.folder, "--today", TODAY)
    assert done.code == 0, done.err
    (command,) = re.findall("for `aberdare-head`, `treorchy-head` and `rhydywaun-head`; now type `sigctl (.*?)` again", done.err)
    assert office.send(*command.split()[1:], "--yes").code in (0, 5)
    assert set(office.collected()) == ALL


@pytest.mark.skipif(which("pdftotext") is None, reason="nothing here reads a PDF")
def test_the_agenda_that_comes_with_a_reminder_tells_nothing_that_is_for_the_secretary(office: Office, tmp_path: Path) -> None:
    office.change("meetings.yaml", "{id: plan, title: {cy: Y cynllun, en: The plan}}", "{id: plan, title: The plan, minutes: 200}")
    office.run("agenda", "strategic", "-w", office.folder, "--today", TODAY, "--format", "pdf", "-o", tmp_path / "own.pdf")
    assert "items take" in words_of((tmp_path / "own.pdf").read_bytes())
    office.run("remind", "-w", office.folder, "--today", "2026-11-30")
    papers = [part for message in office.box.messages for part in message.iter_attachments() if "agenda" in (part.get_filename() or "")]
    assert papers
    for paper in papers:
        assert "items take" not in words_of(paper.get_payload(decode=True))


def words_of(pdf: bytes) -> str:
    """What can be read in a PDF, in one line."""
    return " ".join(subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode().split())
