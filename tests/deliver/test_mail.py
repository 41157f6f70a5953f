"""A message: what a reader sees of it, that its bytes repeat, and that no field writes a header."""

from datetime import date, datetime, timedelta
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigctl.deliver.mail import Attachment, Mail, MailError, eml, message_id, one_line, plain_address, readdressed
from sigctl.event import Event, Published
from sigctl.notice import Notice
from sigctl.render.ics import Address, invitation
from sigctl.words import Words
from tests.postbox import parsed

MOMENT = datetime(2026, 11, 12, 6, 0, tzinfo=ZoneInfo("Europe/London"))
SUMMER = datetime(2027, 6, 1, 6, 0, tzinfo=ZoneInfo("Europe/London"))
ID = "<0123456789abcdef@example.org>"
INVITATION = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nSUMMARY:Ymweliad â Tŷ Coch\r\nEND:VCALENDAR\r\n"
TEXT = "Annwyl Siân,\n\nMae'r ymweliad ar ddydd Mawrth.\n.\nFrom here on: ŵyl y llŷn = 100%\n"
MAIL = Mail(
    sender="ysgrifennydd@example.org",
    sender_name="Grŵp Gwella Ysgolion 3 / School Improvement Group 3",
    reply_to="swyddfa@example.org",
    to="sian@example.org",
    to_name="Enghraifft, Siân Tŷ",
    title="Agenda: Grŵp Strategol, dydd Iau 12 Tachwedd 2026 / Agenda: Strategic Group, Thursday 12 November 2026",
    text=TEXT,
    html='<!DOCTYPE html>\n<html lang="cy"><body><p>Annwyl Siân, dyma\'r ŵyl</p></body></html>\n',
    languages=("cy", "en"),
)


def made(mail: Mail = MAIL, moment: datetime = MOMENT) -> bytes:
    return eml(mail, ID, moment)


def named(content: bytes, header: str) -> tuple[str, str]:
    """The name and the address of a header, decoded as RFC 2047 says; Python's newer way puts spaces into long names."""
    name, address = parseaddr(str(message_from_bytes(content)[header]).replace("\r\n", ""))
    return str(make_header(decode_header(name))), address


def body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def test_a_reader_finds_text_page_names_and_subject_as_they_were_given() -> None:
    content = made()
    message = parsed(content)
    assert message["Subject"] == MAIL.title
    assert named(content, "To") == ("Enghraifft, Siân Tŷ", "sian@example.org")
    assert named(content, "From") == (MAIL.sender_name, "ysgrifennydd@example.org")
    assert len(message["To"].addresses) == len(message["From"].addresses) == 1
    assert message["Reply-To"] == "swyddfa@example.org"
    assert body(message, "plain") == TEXT
    assert body(message, "html") == MAIL.html
    assert message.get_content_type() == "multipart/alternative"


def test_it_says_in_which_languages_it_is_that_no_person_wrote_it_and_when_it_left() -> None:
    message = parsed(made())
    assert message["Content-Language"] == "cy, en"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"] == ID
    assert message["Date"] == "Thu, 12 Nov 2026 06:00:00 +0000"
    assert parsed(made(moment=SUMMER))["Date"] == "Tue, 01 Jun 2027 06:00:00 +0100"


def test_the_same_message_is_the_same_bytes_in_ascii_with_crlf_and_short_lines() -> None:
    attachment = Attachment("agenda.pdf", "application/pdf", bytes(range(256)) * 40)
    mail = MAIL._replace(text="ŵ" * 3000 + "\n" + "a" * 3000 + "\n", attachments=(attachment,), invitation=INVITATION)
    content = made(mail)
    assert content == made(mail)
    assert content.isascii()
    assert content.endswith(b"\r\n")
    lines = content.split(b"\r\n")
    assert not any(b"\r" in line or b"\n" in line for line in lines)
    assert max(map(len, lines)) <= 998


def test_attachments_arrive_byte_for_byte_under_a_name_that_leads_nowhere() -> None:
    content = bytes(range(256)) * 9
    files = (
        Attachment("2026-11-12-strategic-agenda.cy-en.pdf", "application/pdf", content),
        Attachment("../../.bashrc", "text/html", "<p>ŵ</p>\n.\n".encode()),
        Attachment("Cofnodion Tŷ Coch.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"\0"),
    )
    message = parsed(made(MAIL._replace(attachments=files)))
    parts = list(message.iter_attachments())
    assert [part.get_filename() for part in parts] == [files[0].name, "-..-.bashrc", files[2].name]
    assert [part.get_payload(decode=True) for part in parts] == [each.content for each in files]
    assert [part.get_content_type() for part in parts] == [each.media_type for each in files]
    assert message["Content-Language"] == "cy, en"
    assert body(message, "plain") == TEXT


def test_an_invitation_is_an_alternative_with_its_method_and_a_file_to_open() -> None:
    message = parsed(made(MAIL._replace(invitation=INVITATION)))
    calendars = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    assert [(part["content-type"].params["method"], part["content-type"].params["charset"]) for part in calendars] == [("REQUEST", "utf-8")]
    assert calendars[0].get_payload(decode=True) == INVITATION.encode()
    (file,) = message.iter_attachments()
    assert (file.get_content_type(), file.get_filename()) == ("application/ics", "invite.ics")
    assert file.get_payload(decode=True) == INVITATION.encode()


@pytest.mark.parametrize("field", ["sender_name", "to_name", "title"])
@pytest.mark.parametrize("between", ["\r\n", "\n", "\r", "\u2028", "\x0b", "\x85", "\r\n\r\n"])
def test_no_field_adds_a_header(field: str, between: str) -> None:
    content = made(MAIL._replace(**{field: f"Harmless{between}Bcc: thief@example.net{between}X-Added: 1"}))
    message = parsed(content)
    assert message["Bcc"] is None
    assert message["X-Added"] is None
    assert "thief@example.net" not in [each.addr_spec for each in message["To"].addresses]
    assert body(message, "plain") == TEXT


@pytest.mark.parametrize("field", ["sender", "to", "reply_to"])
@pytest.mark.parametrize(
    "address",
    ["a@example.org\r\nBcc: b@example.org", "a@example.org, b@example.org", "a b@example.org", "siân@example.org", "a@", "@b.org",
     "<a@b.org>", "a@b.org>", ".a@example.org", "a..b@example.org", "a@-example.org", "a@exa mple.org", "a@example.org\n"],
)  # fmt: skip
def test_an_address_that_is_none_is_refused_in_plain_words_that_do_not_repeat_it(field: str, address: str) -> None:
    with pytest.raises(MailError) as refused:
        made(MAIL._replace(**{field: address}))
    assert address not in refused.value.message + refused.value.advice
    assert "the address" in refused.value.message


def test_an_address_with_welsh_letters_before_the_at_is_told_and_after_it_is_written_in_ascii() -> None:
    with pytest.raises(MailError, match="letters other than a to z before the @"):
        plain_address("siân@example.org")
    assert plain_address("sian@tŷcoch.cymru") == "sian@xn--tcoch-nhb.cymru"


def test_the_id_comes_from_what_is_told_alone() -> None:
    first = Notice("pen-y-dre-head", "agenda", "strategic-2026-11", date(2026, 11, 12))
    second = first._replace(kind="minutes")
    assert message_id([first, second], "example.org") == message_id([second, first], "example.org")
    others = [first._replace(stage=2), first._replace(person="other"), first._replace(due=date(2026, 11, 13)), second]
    assert len({message_id([each], "example.org") for each in (first, *others)}) == 5
    assert message_id([first], "example.org").endswith("@example.org>")
    assert parsed(eml(MAIL, message_id([first], "example.org"), MOMENT))["Message-ID"] == message_id([first], "example.org")


def test_readdressed_is_the_same_message_to_another_address() -> None:
    attachment = Attachment("agenda.pdf", "application/pdf", bytes(range(256)) * 40)
    before = made(MAIL._replace(attachments=(attachment,), invitation=INVITATION))
    after = readdressed(before, "newydd@example.org", "Siân, Newydd")
    assert named(after, "To") == ("Siân, Newydd", "newydd@example.org")
    assert len(parsed(after)["To"].addresses) == 1
    assert readdressed(after, MAIL.to, MAIL.to_name) == before
    with pytest.raises(MailError):
        readdressed(before, "no address", "")


@pytest.mark.parametrize("name", ["Siân", "Enghraifft Enwog, Siân Tŷ o'r Ŵyl Fawr yn y Cwm", "S" * 59 + "â"])
def test_readdressed_it_also_asks_the_other_address_into_the_calendar(name: str) -> None:
    day = datetime(2026, 11, 12, 9, 0)
    event = Event("round-4.porth.visit@cynon", "visit", Words("Ymweliad", "Visit"), day, day + timedelta(hours=6))
    told = [
        invitation(Published(event, 2, MOMENT), Address("a@example.org", "Cynon"), Address(to, name), ("cy",), "Europe/London")
        for to in (MAIL.to, "newydd.hir.iawn@ysgol-gynradd-y-cwm.example.org")
    ]
    more = tuple(Attachment(f"{number}.ics", "text/calendar", told[0].encode()) for number in (1, 2))
    before = made(MAIL._replace(invitation=told[0], attachments=more))
    after = readdressed(before, "newydd.hir.iawn@ysgol-gynradd-y-cwm.example.org", MAIL.to_name)
    parts = [part for part in parsed(after).walk() if part.get_content_type() in ("text/calendar", "application/ics")]
    assert [part.get_payload(decode=True).decode() for part in parts] == [told[1]] * 4
    assert readdressed(after, MAIL.to, MAIL.to_name) == before


@given(st.text(max_size=300), st.text(max_size=120), st.text(max_size=400))
def test_whatever_stands_in_a_subject_name_or_text_makes_a_sound_message(title: str, name: str, text: str) -> None:
    content = made(MAIL._replace(title=title, to_name=name, text=text))
    assert content.isascii()
    assert max(map(len, content.split(b"\r\n"))) <= 998
    message = parsed(content)
    assert not message.defects
    assert [each.addr_spec for each in message["To"].addresses] == ["sian@example.org"]
    assert message["Subject"] == one_line(title)
    assert named(content, "To") == (one_line(name), "sian@example.org")
    assert message["Auto-Submitted"] == "auto-generated"
    assert set(message.keys()) == {
        "From", "To", "Reply-To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type", "Content-Language",
    }  # fmt: skip
