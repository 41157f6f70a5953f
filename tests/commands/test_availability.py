"""`sigctl availability`: asked once, answered in any form, written line by line, chased until answered."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from asked import FILES
from postbox import Postbox, mail_server
from workspaces import told, write

from sigctl.cluster import load
from tests.commands.conftest import Outcome, Run, process

TODAY = "2026-09-21"


@dataclass
class Office:
    """A secretary's office: the workspace, the mail server, and the command."""

    folder: Path
    box: Postbox
    sigctl: Run

    def run(self, *arguments: object, today: str = TODAY) -> Outcome:
        return self.sigctl("availability", *arguments, "-w", self.folder, "--today", today)

    def lines(self, file: str) -> list[str]:
        return (self.folder / file).read_text(encoding="utf-8").splitlines()

    def put(self, name: str, content: str | bytes) -> Path:
        path = self.folder.parent / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path


@pytest.fixture
def office(tmp_path: Path, sigctl: Run, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    monkeypatch.setenv("HOME", str(tmp_path))
    box = Postbox()
    with mail_server(box) as server:
        files = {name: text.replace("PORT", str(server.port)) for name, text in FILES.items()}
        folder = write(tmp_path / "cynon", files)
        assert sigctl("outbox", "confirm", "-w", folder).code == 0
        yield Office(folder, box, sigctl)


def new_lines(before: list[str], after: list[str]) -> list[str]:
    return [line for line in after if line not in before]


# asking


def test_each_is_asked_once_with_a_form_in_their_language(office: Office) -> None:
    first = office.run("ask")
    assert first.code == 5, "the deputy has no address"
    assert "treorchy-deputy" in first.err
    assert sorted(office.box.to) == ["ann@example.org", "huw@example.org", "sian@example.org"]
    assert office.run("ask").code == 5
    assert len(office.box.taken) == 3, "nobody is asked twice"
    by_address = dict(zip(office.box.to, office.box.messages, strict=True))
    sian = by_address["sian@example.org"]
    assert sian["Subject"] == "Pryd ydych chi ar gael? Rownd 4"
    names = [part.get_filename() for part in sian.iter_attachments()]
    assert names == ["availability-round-4-aberdare-head.xlsx", "availability-round-4-aberdare.xlsx"]
    assert by_address["huw@example.org"]["Subject"] == "When are you free? Round 4"
    assert "Pryd" in by_address["ann@example.org"]["Subject"]
    assert "When" in by_address["ann@example.org"]["Subject"]


def test_a_preview_sends_and_remembers_nothing(office: Office) -> None:
    out = office.run("ask", "-n").out
    assert [line.split(":")[0] for line in out.splitlines()] == ["aberdare-head", "porth-head", "treorchy-head"]
    assert "as reviewer and as host `aberdare`" in out
    assert office.box.taken == []
    assert office.run("ask", "--person", "porth-head").code == 0
    assert office.box.to == ["huw@example.org"]


def test_one_school_alone(office: Office) -> None:
    office.run("ask", "--school", "aberdare")
    (mail,) = office.box.messages
    assert [part.get_filename() for part in mail.iter_attachments()] == ["availability-round-4-aberdare.xlsx"]
    office.run("ask", "--person", "aberdare-head")
    assert [part.get_filename() for part in office.box.messages[1].iter_attachments()] == ["availability-round-4-aberdare-head.xlsx"]


def test_messages_and_forms_as_files(office: Office) -> None:
    folder = office.folder.parent / "forms"
    assert office.run("ask", "--to-folder", folder).code == 5
    once = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert sum(name.endswith(".eml") for name in once) == 3
    assert "availability-round-4-treorchy-deputy.xlsx" in once, "a form also for whoever has no address"
    office.run("ask", "--to-folder", folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == once
    assert office.box.taken == []


def test_a_cycle_that_does_not_say_by_when(office: Office) -> None:
    path = office.folder / "round-4.yaml"
    path.write_text(path.read_text().replace("    availability:\n      wanted_by: 2026-10-09     # before the planning\n", ""))
    for arguments in (("ask",), ()):
        ran = office.run(*arguments)
        assert ran.code == 1
        assert "availability: {wanted_by: YEAR-MONTH-DAY}" in ran.err


def test_nobody_is_asked_about_days_that_are_planned(office: Office) -> None:
    rota = "rotas:\n  - {cycle: round-4, status: published, visits: []}\n"
    (office.folder / "rotas").mkdir()
    (office.folder / "rotas" / "round-4.yaml").write_text(rota)
    assert "is planned or has begun" in office.run("ask").err
    assert office.box.taken == []
    assert office.run("ask", "--person", "porth-head").code == 0
    assert office.box.to == ["huw@example.org"]


def test_who_is_asked_early_is_reminded_and_who_answers_is_not(office: Office) -> None:
    office.run("ask", "--person", "porth-head")
    poll = office.put("poll.csv", "Name,2026-11-24\nHuw Prys,yes\n")
    remind = ("remind", "--kind", "availability", "-n", "-w", office.folder, "--today", "2026-10-05")
    assert "porth-head" in office.sigctl(*remind).out
    assert office.run("read", poll, "--yes").code == 0
    assert "porth-head" not in office.sigctl(*remind).out


def test_a_reminder_brings_the_form_again_and_says_how_to_answer(office: Office) -> None:
    office.run("ask")
    assert office.sigctl("remind", "--kind", "availability", "-w", office.folder, "--today", "2026-10-05").code in (0, 5)
    again = dict(zip(office.box.to[3:], office.box.messages[3:], strict=True))
    sian = again["sian@example.org"]
    names = [part.get_filename() for part in sian.iter_attachments()]
    assert names == ["availability-round-4-aberdare-head.xlsx", "availability-round-4-aberdare.xlsx"]
    body = again["huw@example.org"].get_body(("plain",))
    assert body
    assert "Reply with the days that do not suit you" in " ".join(body.get_content().split())
    (form,) = again["huw@example.org"].iter_attachments()
    content = form.get_payload(decode=True)
    assert isinstance(content, bytes)
    ran = office.run("read", office.put("form.xlsx", answered(content, {7: "No"})), "--yes")
    assert ran.code == 0, ran.err
    assert [each.first.isoformat() for each in load(office.folder).cluster.people["porth-head"].unavailable] == ["2026-11-02"]


# reading


def test_a_poll_changes_only_the_lines_meant(office: Office) -> None:
    people, cycle = office.lines("people.yaml"), office.lines("round-4.yaml")
    poll = office.put("poll.csv", "Name,2026-11-24,2026-11-25,2026-11-26\nLlyr Siân,no,no,yes\nHuw Prys,no,yes,yes\n")
    ran = office.run("read", poll, "--yes")
    assert ran.code == 0, ran.err
    assert new_lines(people, office.lines("people.yaml")) == [
        "      - {from: 2026-11-24, to: 2026-11-25}",
        "      - 2026-11-24",
    ]
    assert new_lines(cycle, office.lines("round-4.yaml")) == [
        "      answered:",
        '        - {person: aberdare-head, on: 2026-09-21, source: "poll, poll.csv"}',
        '        - {person: porth-head, on: 2026-09-21, source: "poll, poll.csv"}',
    ]
    assert [line for line in people if line not in office.lines("people.yaml")] == [], "comments and all other lines stay"
    assert [line for line in cycle if line not in office.lines("round-4.yaml")] == []
    cluster = load(office.folder).cluster
    assert [(each.first.isoformat(), each.last.isoformat()) for each in cluster.people["aberdare-head"].unavailable][-1] == (
        "2026-11-24",
        "2026-11-25",
    )
    assert [each.first.isoformat() for each in cluster.people["porth-head"].unavailable] == ["2026-11-24"]
    answered = cluster.cycles["round-4"].availability.answered  # type: ignore[union-attr]
    assert [(each.person, each.on, each.source) for each in answered] == [
        ("aberdare-head", date(2026, 9, 21), "poll, poll.csv"), ("porth-head", date(2026, 9, 21), "poll, poll.csv"),
    ]  # fmt: skip
    assert not [each for each in told(office.folder) if each.is_error]


def test_the_change_is_shown_with_file_line_source_and_date_before_it_is_made(office: Office) -> None:
    poll = office.put("poll.csv", "Name,2026-11-24\nHuw Prys,no\n")
    before = office.lines("people.yaml")
    ran = office.run("read", poll, "-n")
    assert "porth-head: 1 day not available (poll, poll.csv; read on 2026-09-21)" in ran.out
    shown = [line for line in ran.out.splitlines() if " + " in line]
    assert any("2026-11-24" in line for line in shown)
    assert "people.yaml:" in ran.out
    assert office.lines("people.yaml") == before


def test_a_change_is_shown_without_what_else_stands_on_its_line(office: Office) -> None:
    """Records in braces hold everything on one line; the file keeps it all."""
    path, old = office.folder / "people.yaml", "email: ann@example.org}"
    one_line = 'email: ann@example.org, phone: "01443 555123", reviewer: {level: lead, trained: 2025-09-01}, unavailable: [2026-11-10]}'
    path.write_text(path.read_text(encoding="utf-8").replace(old, one_line), encoding="utf-8")
    ran = office.run("read", office.put("poll.csv", "Name,2026-11-24\nAnn Jones,no\n"), "--yes")
    assert ran.code == 0, ran.err
    shown = [line for line in ran.out.splitlines() if "name: Ann Jones" in line and " + " in line]
    assert [("2026-11-24" in line, "·" in line) for line in shown] == [(True, True)]
    assert not any(secret in ran.out + ran.err for secret in ("ann@", "555123"))
    assert "ann@example.org" in path.read_text(encoding="utf-8")


STRAY = """\
Name,Phone,Remark 31/02/2026 Coed Duon,2026-11-24,Which? 12/13/2026
Gwyn Canary,01443 555123,2 Nov 2026,IVF,in hospital
canary@example.org,01443 555123,Stryd Fawr 3,2 Nov,in hospital
"""
LISTS = "Email,Days that Canary Coed Duon cannot\ncanary@example.org,2026-11-24\n"


def test_a_file_that_is_no_answer_is_told_by_rows_and_columns_alone(office: Office) -> None:
    """Whatever is fed to it: what stands in a cell may be anything, so that none of it is repeated."""
    for file in (office.put("stray.csv", STRAY), office.put("lists.csv", LISTS), office.folder / "people.yaml"):
        for kind in ((), ("--as", "poll"), ("--as", "reply"), ("--as", "form")):
            ran = office.run("read", file, *kind, "--yes")
            assert ran.code in (1, 5)
            said = ran.out + ran.err
            assert not any(
                each in said for each in ("Canary", "canary", "555123", "Coed Duon", "Stryd", "IVF", "hospital", "000000", "@", "Prys")
            )
    ran = office.run("read", office.put("stray.csv", STRAY), "--yes")
    assert "stray.csv, row 2, column A: nobody of the 4 people" in ran.err
    assert "stray.csv, row 1: column C asks about no day" in ran.err


def test_the_sender_of_a_mail_is_never_told(office: Office) -> None:
    reference = "sigctl-availability: round-4 person:{}\n\nI cannot be out on:{}\n\nsigctl-availability-end\n"
    for name, text in (
        ("one", reference.format("porth-head", " 24 November")), ("two", reference.format("nobody", " 24 November")),
        ("three", reference.format("porth-head", " ask canary@example.org")), ("four", "I am away on 24 November\n"),
    ):  # fmt: skip
        mail = f"From: Canary Jones <canary@example.org>\nSubject: RE: When are you free?\nMIME-Version: 1.0\n\n{text}"
        ran = office.run("read", office.put(f"{name}.eml", mail), "--yes")
        assert ran.code == (0 if name == "one" else 5 if name in ("two", "three") else 1), ran.err
        assert not any(each in (ran.out + ran.err) for each in ("canary", "Canary"))
    everything = "".join(path.read_text(encoding="utf-8") for path in office.folder.glob("*.yaml"))
    assert "canary" not in everything
    assert "reply by mail, one.eml" in everything


def test_nothing_is_written_where_nobody_says_yes(office: Office) -> None:
    poll = office.put("poll.csv", "Name,2026-11-24\nHuw Prys,no\n")
    before = office.lines("people.yaml")
    ran = process("availability", "read", poll, "-w", office.folder, "--today", TODAY)
    assert ran.code == 2
    assert "--yes writes it" in ran.err
    assert office.lines("people.yaml") == before


def test_reading_a_file_twice_changes_nothing(office: Office) -> None:
    poll = office.put("poll.csv", "Name,2026-11-24\nHuw Prys,no\n")
    office.run("read", poll, "--yes")
    before = [office.lines(name) for name in FILES]
    ran = office.run("read", poll, "--yes", today="2026-09-28")
    assert "nothing changes" in ran.err
    assert [office.lines(name) for name in FILES] == before


def test_a_later_answer_stands_in_the_place_of_the_earlier_one(office: Office) -> None:
    office.run("read", office.put("one.csv", "Name,2026-11-24\nHuw Prys,no\n"), "--yes")
    office.run("read", office.put("two.csv", "Name,2026-11-25\nHuw Prys,no\n"), "--yes", today="2026-09-28")
    availability = load(office.folder).cluster.cycles["round-4"].availability
    assert availability
    assert [(each.person, each.on.isoformat(), each.source) for each in availability.answered] == [
        ("porth-head", "2026-09-28", "poll, two.csv")
    ]


def test_what_the_files_rule_out_is_told_and_stays(office: Office) -> None:
    ran = office.run("read", office.put("poll.csv", "Name,2026-11-10,2026-11-11\nSiân Llŷr,yes,if need be\n"), "--yes")
    assert "`aberdare-head` can on 2026-11-10, which the files rule out (people.yaml:10)" in ran.err
    assert "2026-11-11 if need be" in ran.err
    assert "      - 2026-11-10          # governors" in office.lines("people.yaml")


def test_whoever_cannot_be_matched_is_told_and_the_rest_is_written(office: Office) -> None:
    poll = office.put("poll.csv", "Name,2026-11-24\nAnnie Jones,no\nHuw Prys,no\nGwyn Nobody,no\n")
    ran = office.run("read", poll, "--yes")
    assert ran.code == 5
    assert "poll.csv, row 2, column A: it may be `treorchy-deputy` or `treorchy-head`; say which behind --person" in ran.err
    assert "row 4, column A: nobody of the 4 people" in ran.err
    people = load(office.folder).cluster.people
    assert people["porth-head"].unavailable
    assert not people["treorchy-deputy"].unavailable
    again = office.run("read", poll, "--person", "treorchy-deputy", "--yes")
    assert load(office.folder).cluster.people["treorchy-deputy"].unavailable
    assert "Annie" not in again.err


def test_everything_wrong_in_all_files_at_once(office: Office) -> None:
    bad = office.put("bad.csv", "Name,2026-11-24\nHuw Prys,x\n,no\n")
    ran = office.run("read", bad, office.put("empty.csv", ""), office.folder / "missing.csv", "--yes")
    assert ran.code == 5
    for text in ("bad.csv, row 2: `x` under 2026-11-24", "bad.csv, row 3:", "this file is empty", "there is no such file"):
        assert text in ran.err


def test_no_file_can_be_read(office: Office) -> None:
    assert office.run("read", office.put("empty.csv", ""), "--yes").code == 1


def test_the_form_that_was_sent_comes_back_filled_in(office: Office) -> None:
    office.run("ask", "--person", "porth-head")
    (attached,) = office.box.messages[0].iter_attachments()
    content = attached.get_payload(decode=True)
    assert isinstance(content, bytes)
    ran = office.run("read", office.put("form.xlsx", answered(content, {7: "No", 8: "No", 9: "Yes"})), "--yes")
    assert ran.code == 0, ran.err
    (days,) = load(office.folder).cluster.people["porth-head"].unavailable
    assert (days.first.isoformat(), days.last.isoformat()) == ("2026-11-02", "2026-11-03")


def answered(form: bytes, answers: Mapping[int, str]) -> bytes:
    """A form with answers in column B by row."""
    packed, out = zipfile.ZipFile(io.BytesIO(form)), io.BytesIO()
    sheet = packed.read("xl/worksheets/sheet1.xml").decode()
    for row, text in answers.items():
        sheet = re.sub(rf'(<c r="B{row}" s="\d+")/>', rf'\1 t="inlineStr"><is><t>{text}</t></is></c>', sheet)
    with zipfile.ZipFile(out, "w") as again:
        for name in packed.namelist():
            again.writestr(name, sheet if name == "xl/worksheets/sheet1.xml" else packed.read(name))
    return out.getvalue()


def test_the_mail_that_was_sent_comes_back_as_a_reply(office: Office) -> None:
    office.run("ask", "--person", "aberdare-head")
    body = office.box.messages[0].get_body(("plain",))
    assert body
    text = body.get_content()
    lines = iter(("Ni allaf fod allan ar: 24 Tachwedd, 3-4 Rhagfyr", "Ni all yr ysgol groesawu ar: dim"))
    filled = "\n".join(next(lines) if line.startswith("Ni all") and line.rstrip().endswith("ar:") else line for line in text.splitlines())
    quoted = "Diolch!\n\n" + "".join(f"> {line}\n" for line in filled.splitlines())
    ran = office.run("read", office.put("reply.txt", quoted), "--yes")
    assert ran.code == 0, ran.err
    cluster = load(office.folder).cluster
    days = [(each.first.isoformat(), each.last.isoformat()) for each in cluster.people["aberdare-head"].unavailable][2:]
    assert days == [("2026-11-24", "2026-11-24"), ("2026-12-03", "2026-12-04")]
    availability = cluster.cycles["round-4"].availability
    assert availability
    assert {each.person or each.school for each in availability.answered} == {"aberdare-head", "aberdare"}


ICS = (
    "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART;VALUE=DATE:20261124\nSUMMARY:{title}\n{mark}END:VEVENT\n"
    "BEGIN:VEVENT\nUID:2\nDTSTART:soon\nSUMMARY:Oncology\nEND:VEVENT\nEND:VCALENDAR\n"
)


def test_a_persons_calendar_and_nothing_of_what_stands_in_it(office: Office) -> None:
    ics = office.put("outlook.ics", ICS.format(title="Oncology", mark=""))
    assert office.run("read", ics, "--yes").code == 1, "it does not say whose it is"
    ran = office.run("read", ics, "--person", "porth-head", "--yes")
    assert ran.code == 5, "one entry is broken"
    assert [each.first.isoformat() for each in load(office.folder).cluster.people["porth-head"].unavailable] == ["2026-11-24"]
    everything = ran.out + ran.err + "".join(path.read_text() for path in office.folder.glob("*.yaml"))
    assert "Oncology" not in everything


def test_an_inset_day_in_a_schools_feed_that_is_marked_as_free(office: Office) -> None:
    ics = office.put("school.ics", ICS.format(title="HMS / INSET", mark="TRANSP:TRANSPARENT\n"))
    office.run("read", ics, "--school", "treorchy", "--yes")
    cluster = load(office.folder).cluster
    assert [each.first.isoformat() for each in cluster.schools["treorchy"].staff_days] == ["2026-11-24"]
    assert date(2026, 11, 24) not in cluster.pupil_days("treorchy")
    availability = cluster.cycles["round-4"].availability
    assert availability
    assert availability.answered == (), "a school's calendar is no answer of the host"


def test_the_list_tells_who_is_silent(office: Office) -> None:
    office.run("read", office.put("poll.csv", "Name,2026-11-24\nHuw Prys,no\n"), "--yes")
    lines = office.run().out.splitlines()
    assert lines[0] == "round-4: answers are wanted by 2026-10-09; 1 of 5 have come"
    assert "  porth-head, on 2026-09-21, poll, poll.csv" in lines
    assert "  treorchy-deputy, no `email:` in the files" in lines
    assert office.run("list").out.splitlines() == lines


def test_a_locked_workspace_is_left_alone_and_a_preview_needs_no_lock(office: Office) -> None:
    from sigctl.deliver.lock import locked

    poll = office.put("poll.csv", "Name,2026-11-24\nHuw Prys,no\n")
    with locked(office.folder, "sigctl run"):
        assert process("availability", "read", poll, "--yes", "-w", office.folder).code == 75
        assert process("availability", "read", poll, "-n", "-w", office.folder, "--today", TODAY).code == 0


# an answer in part, a row of a poll, a reply in somebody's own words


def answered_for(office: Office) -> set[str]:
    availability = load(office.folder).cluster.cycles["round-4"].availability
    return {each.person or each.school or "" for each in availability.answered} if availability else set()


def test_a_form_half_filled_is_kept_and_its_person_still_reminded(office: Office) -> None:
    office.run("ask", "--person", "porth-head")
    (attached,) = office.box.messages[0].iter_attachments()
    form = attached.get_payload(decode=True)
    assert isinstance(form, bytes)
    ran = office.run("read", office.put("half.xlsx", answered(form, {7: "No"})), "--yes")
    assert ran.code == 0, ran.err
    assert "`porth-head` has answered in part, and left" in ran.err
    assert "they are still reminded" in ran.err
    assert [each.first.isoformat() for each in load(office.folder).cluster.people["porth-head"].unavailable] == ["2026-11-02"]
    assert answered_for(office) == set()
    remind = ("remind", "--kind", "availability", "-n", "-w", office.folder, "--today", "2026-10-05")
    assert "porth-head" in office.sigctl(*remind).out
    office.run("read", office.put("whole.xlsx", answered(form, {5: "Yes", 7: "No"})), "--yes")
    assert answered_for(office) == {"porth-head"}


SEVERAL = "Name,2026-11-24\nGwyn Nobody,no\nHP,no\nSiân Llŷr,yes\n"


def test_a_row_that_nobody_is_known_by_is_given_to_whom_one_names(office: Office) -> None:
    poll = office.put("poll.csv", SEVERAL)
    ran = office.run("read", poll, "--person", "porth-head", "-n")
    assert ran.code == 5
    assert "row 2, column A" in ran.err
    assert "row 3, column A" in ran.err
    assert "--row 3 --person PERSON" in ran.err
    ran = office.run("read", poll, "--row", "3", "--person", "porth-head", "--yes")
    assert ran.code == 0, ran.err
    assert answered_for(office) == {"porth-head"}
    wrong = office.run("read", poll, "--row", "9", "--person", "porth-head", "--yes")
    assert (wrong.code, "answers stand in rows 2, 3 and 4" in wrong.err) == (1, True)


def test_one_row_that_is_left_over_is_whose_one_names(office: Office) -> None:
    ran = office.run("read", office.put("poll.csv", "Name,2026-11-24\nHP,no\nSiân Llŷr,yes\n"), "--person", "porth-head", "--yes")
    assert ran.code == 0, ran.err
    assert answered_for(office) == {"porth-head", "aberdare-head"}


def test_addresses_in_the_column_of_names(office: Office) -> None:
    poll = office.put("poll.csv", "Name,2026-11-24\nHUW@example.org,no\nSiân <sian@example.org>,no\n")
    ran = office.run("read", poll, "--yes")
    assert ran.code == 0, ran.err
    assert answered_for(office) == {"porth-head", "aberdare-head"}


def test_a_reply_to_a_reminder_in_their_own_words(office: Office) -> None:
    text = office.put("r3.txt", "Helo,\n\nI can't do 24 November.\n\nDiolch\nHuw\n")
    assert "--as reply --person PERSON" in office.run("read", text, "--as", "reply", "--yes").err
    ran = office.run("read", text, "--person", "porth-head", "--yes")
    assert ran.code == 0, ran.err
    office.run("read", text, "--as", "reply", "--school", "treorchy", "--yes")
    assert answered_for(office) == {"porth-head", "treorchy"}
    assert [each.first.isoformat() for each in load(office.folder).cluster.schools["treorchy"].busy] == ["2026-11-24"]


def test_files_to_send_by_hand_need_no_mail_server(office: Office) -> None:
    settings = office.folder / "sigctl.yaml"
    settings.write_text("".join(line for line in settings.read_text().splitlines(keepends=True) if not line.startswith("mail:")))
    folder = office.folder.parent / "forms"
    ran = office.run("ask", "--to-folder", folder)
    assert ran.code == 5
    assert "write `mail: {from: NAME@YOUR-DOMAIN}`" in ran.err
    assert [path.suffix for path in folder.iterdir()] == [".xlsx"] * 5, "the forms are there all the same"
    group = "groups:\n  - {id: s, name: S, kind: strategic, officers: [{office: secretary, person: porth-head}]}\n"
    (office.folder / "groups.yaml").write_text(group)
    assert "mail: {from" not in office.run("ask", "--to-folder", folder).err
    assert sum(path.suffix == ".eml" for path in folder.iterdir()) == 3
    assert b"huw@example.org" in next(folder.glob("treorchy-head.*.eml")).read_bytes().split(b"\r\nTo:")[0]


def test_a_calendar_without_a_day_that_matters_is_told_as_such(office: Office) -> None:
    ics = office.put("school.ics", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:2\nDTSTART:soon\nSUMMARY:INSET\nEND:VEVENT\nEND:VCALENDAR\n")
    ran = office.run("read", ics, "--school", "treorchy", "--yes")
    assert "no closed or INSET day" in ran.err
    assert "the files say all of it already" not in ran.err


def test_answers_are_written_as_those_beside_them(office: Office) -> None:
    office.run("read", office.put("one.csv", "Name,2026-11-24,2026-11-25\nHuw Prys,no,no\n"), "--yes")
    office.run("read", office.put("two.csv", "Name,2026-11-24\nSiân Llŷr,yes\n"), "--yes")
    assert '        - {person: aberdare-head, on: 2026-09-21, source: "poll, two.csv"}' in office.lines("round-4.yaml")
    assert any(line.strip() == "- {from: 2026-11-24, to: 2026-11-25}" for line in office.lines("people.yaml"))


def test_a_poll_left_open_in_part_is_no_whole_answer(office: Office) -> None:
    poll = office.put("poll.csv", "Name,2026-11-24,2026-11-25\nHuw Prys,no,\nSiân Llŷr,no,yes\nAnn Jones,,\n")
    ran = office.run("read", poll, "--yes")
    assert "`porth-head` has answered in part, and left 1 day open" in ran.err
    assert answered_for(office) == {"aberdare-head"}
    assert "nothing changes: the files say" not in office.run("read", office.put("empty.csv", "Name,2026-11-24\nHuw Prys,\nX,no\n")).err


def test_a_reply_that_names_days_that_suit_and_no_more_is_no_whole_answer(office: Office) -> None:
    text = office.put("r4.txt", "24 Nov no\n25 Nov yes\n")
    assert "has answered in part" in office.run("read", text, "--person", "porth-head", "--yes").err
    assert answered_for(office) == set()
    office.run("read", office.put("r5.txt", "24 Nov no\nMae pob diwrnod arall yn addas\n"), "--person", "porth-head", "--yes")
    assert answered_for(office) == {"porth-head"}
