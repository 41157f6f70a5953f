"""Talking to mail servers, good and bad: what is told of each message, and that nothing waits for ever."""

import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import trustme

from sigctl.deliver.smtp import Answer, MailError, Server, connected
from sigctl.deliver.talk import OUR_NAME
from tests.postbox import Postbox, Talk, at, greeting, login, mail_server, one_message, played

CONTENT = b"From: a@example.org\r\nSubject: x\r\n\r\n.a line that begins with a point\r\n..two\r\n.\r\nend\r\n"
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH")

SECRET = "canari-Gŵyl-4711"


def yes() -> bool:
    return True


def sent(server: Server, *recipients: str, before: Callable[[], bool] = yes) -> list[Answer]:
    with connected(server) as connection:
        return [connection.send(each, CONTENT, before) for each in recipients or ("sian@example.org",)]


def test_a_server_gets_the_message_as_it_is_and_who_it_is_from() -> None:
    box = Postbox()
    with mail_server(box) as server:
        (answer,) = sent(server)
    assert (answer.verdict, answer.code) == ("accepted", 250)
    assert box.taken == [("sian@example.org", CONTENT)]
    assert box.greeted_as == {OUR_NAME}


def test_many_messages_go_over_one_connection_each_to_its_own_recipient() -> None:
    box = Postbox()
    names = [f"person-{number}@example.org" for number in range(60)]
    with mail_server(box) as server:
        answers = sent(server, *names)
    assert {each.verdict for each in answers} == {"accepted"}
    assert box.to == names


def test_a_refused_recipient_is_told_and_the_next_one_is_served() -> None:
    box = Postbox(rcpt=lambda address: "550 5.1.1 <gone@example.org>: no such user" if address.startswith("gone") else "250 OK")
    with mail_server(box) as server:
        answers = sent(server, "a@example.org", "gone@example.org", "b@example.org")
    assert [each.verdict for each in answers] == ["accepted", "refused", "accepted"]
    assert answers[1].code == 550
    assert "no such user" in answers[1].text
    assert "gone" not in answers[1].text
    assert box.to == ["a@example.org", "b@example.org"]


@pytest.mark.parametrize(("said", "verdict"), [("451 4.7.1 greylisted, come back", "deferred"), ("552 5.3.4 too big", "refused")])
def test_what_a_server_says_to_a_recipient_or_to_the_whole_message_counts(said: str, verdict: str) -> None:
    for box in (Postbox(rcpt=lambda _: said), Postbox(data=lambda _: said)):
        with mail_server(box) as server:
            (answer,) = sent(server)
        assert (answer.verdict, answer.code) == (verdict, int(said[:3]))
        assert box.taken == []


@pytest.mark.parametrize(
    ("step", "said"), [("MAIL", "553 5.7.1 not your address"), ("MAIL", "530 log in first"), ("RCPT", "530 log in first")]
)
def test_a_server_that_objects_to_the_sender_stops_the_run_and_no_message_counts_as_refused(step: str, said: str) -> None:
    with played(part(step, lambda talk: talk.say(said))) as server, pytest.raises(MailError, match=said) as wrong:
        sent(server)
    assert "`from:`" in wrong.value.advice


def test_a_message_that_is_too_large_is_refused_by_itself() -> None:
    with played(part("MAIL", lambda talk: talk.say("552 5.3.4 too large"))) as server:
        assert sent(server)[0].verdict == "refused"


def test_the_last_word_before_the_text_leaves_is_ours() -> None:
    box = Postbox()
    with mail_server(box) as server:
        answers = sent(server, "a@example.org", before=lambda: False)
        assert answers[0].verdict == "deferred"
        assert box.taken == []
        order: list[str] = []
        box.data = lambda address: order.append("text") or "250 OK"
        box.rcpt = lambda address: order.append("recipient") or "250 OK"
        sent(server, before=lambda: order.append("we say yes") or True)
    assert order == ["recipient", "we say yes", "text"]


def test_a_mistake_of_ours_before_the_text_leaves_sends_nothing_and_is_not_swallowed() -> None:
    def fail() -> bool:
        raise ZeroDivisionError

    box = Postbox()
    with mail_server(box) as server, pytest.raises(ZeroDivisionError):
        sent(server, before=fail)
    assert box.taken == []


def part(at_step: str, then: Callable[[Talk], None]) -> Callable[[Talk], None]:
    """A server that is friendly until a step, and then does something else."""

    def play(talk: Talk) -> None:
        if at_step == "connect":
            return then(talk)
        talk.say("220 post.example.org ESMTP")
        if at_step == "EHLO":
            talk.until("EHLO")
            return then(talk)
        talk.until("EHLO")
        talk.say("250 post.example.org")
        if at_step in ("MAIL", "RCPT", "DATA"):
            talk.until(at_step)
            return then(talk)
        talk.until("DATA")
        talk.say("354 go on")
        if at_step == "in the text":
            talk.file.readline()
            return then(talk)
        talk.hear_message()
        return then(talk)

    return play


BEFORE = ["MAIL", "RCPT", "DATA"]
AFTER = ["in the text", "after the text"]


@pytest.mark.parametrize("step", [*BEFORE, *AFTER])
@pytest.mark.parametrize("then", [Talk.hang, Talk.drop], ids=["hangs", "drops"])
def test_silence_before_the_text_means_later_and_after_it_that_nobody_knows(step: str, then: Callable[[Talk], None]) -> None:
    with played(part(step, then)) as server:
        (answer,) = sent(server)
    assert answer.verdict == ("deferred" if step in BEFORE else "unknown")
    assert answer.code == 0
    assert "the mail server" in answer.text


@pytest.mark.parametrize("step", ["connect", "EHLO"])
@pytest.mark.parametrize("then", [Talk.hang, Talk.drop], ids=["hangs", "drops"])
def test_a_server_that_does_not_get_as_far_as_a_message_is_told_in_plain_words(step: str, then: Callable[[Talk], None]) -> None:
    with played(part(step, then)) as server, pytest.raises(MailError) as wrong:
        sent(server)
    assert str(server.port) in wrong.value.message
    assert wrong.value.advice


def drip(talk: Talk) -> None:
    """Answer, a letter at a time, without ever coming to an end."""
    for _ in range(100):
        talk.say("250-wait")
        time.sleep(0.1)


@pytest.mark.parametrize(("step", "verdict"), [("RCPT", "deferred"), ("after the text", "unknown")])
def test_an_answer_that_never_ends_is_no_answer(step: str, verdict: str) -> None:
    with played(part(step, drip)) as server:
        (answer,) = sent(server._replace(timeout=0.3))
    assert answer.verdict == verdict


def test_a_flood_of_lines_is_no_answer() -> None:
    with played(part("RCPT", lambda talk: talk.say(*["250-more"] * 5000))) as server:
        assert sent(server)[0].verdict == "deferred"
    with played(part("RCPT", lambda talk: talk.say("250 " + "x" * 100_000))) as server:
        assert sent(server)[0].verdict == "deferred"


@pytest.mark.parametrize(
    ("said", "verdict"), [("what?", "unknown"), ("354 go on", "unknown"), ("999 done", "unknown"), ("250", "accepted")]
)
def test_a_last_word_that_nobody_understands_is_not_taken_for_yes(said: str, verdict: str) -> None:
    with played(part("after the text", lambda talk: talk.say(said))) as server:
        assert sent(server)[0].verdict == verdict


def test_a_closing_server_is_met_again_for_the_next_message() -> None:
    """421 at a step, or a server that takes so many messages and hangs up: nothing is lost, nothing doubled."""
    taken: list[bytes] = []

    def one_and_gone(talk: Talk) -> None:
        greeting(talk)
        taken.append(one_message(talk))

    def closing(talk: Talk) -> None:
        greeting(talk)
        talk.until("RCPT")
        talk.say("421 4.3.2 closing")

    with played(one_and_gone, one_and_gone, closing, one_and_gone) as server:
        answers = sent(server, *[f"{letter}@example.org" for letter in "abcd"])
    assert [(each.verdict, each.code) for each in answers] == [("accepted", 250)] * 2 + [("deferred", 421), ("accepted", 250)]
    assert len(taken) == 3


def test_a_server_that_drops_every_third_connection_gets_each_message_once() -> None:
    taken: list[bytes] = []

    def good(talk: Talk) -> None:
        greeting(talk)
        taken.append(one_message(talk))

    parts = [good, good, part("MAIL", Talk.drop)] * 4
    with played(*parts) as server:
        answers = sent(server, *[f"p{number}@example.org" for number in range(9)])
    assert [each.verdict for each in answers].count("accepted") == len(taken)
    assert {each.verdict for each in answers} == {"accepted", "deferred"}


def test_a_server_that_is_full_is_told_with_its_words() -> None:
    with played(lambda talk: talk.say("421 4.7.0 too many connections from sian@example.org")) as server, pytest.raises(MailError) as wrong:
        sent(server)
    assert "too many connections" in wrong.value.message
    assert "sian" not in wrong.value.message


def test_nobody_there_and_no_such_server_are_told_apart() -> None:
    with played(greeting) as server:
        pass
    with pytest.raises(MailError, match="nobody takes mail at"):
        sent(server)
    with pytest.raises(MailError, match="there is no mail server"):
        sent(at(25, host="post.invalid", security="starttls"))


def test_an_open_connection_to_another_machine_is_refused_before_anything_is_said() -> None:
    for host in ("192.0.2.1", "post.example.org", "127.0.0.1.example.org"):
        with pytest.raises(MailError, match="openly"):
            sent(at(25, host=host))


def test_a_bad_address_is_refused_without_asking_the_server() -> None:
    box = Postbox()
    with mail_server(box) as server:
        answers = sent(server, "siân@example.org", "a@example.org> SIZE=1\r\nRCPT TO:<b@example.org", "c@example.org")
    assert [each.verdict for each in answers] == ["refused", "refused", "accepted"]
    assert box.to == ["c@example.org"]


def test_whoever_knows_the_password_is_let_in_and_nobody_else() -> None:
    box = Postbox()
    with mail_server(box, **login("ysgrifennydd", SECRET)) as server:
        known = server._replace(user="ysgrifennydd", password=SECRET)
        assert sent(known)[0].verdict == "accepted"
        with pytest.raises(MailError, match="does not accept the name and password") as wrong:
            sent(known._replace(password="wrong-" + SECRET))
    assert SECRET not in str(wrong.value.args) + wrong.value.message + wrong.value.advice
    assert SECRET not in repr(known)
    assert len(box.taken) == 1


@pytest.mark.parametrize("way", ["LOGIN", "PLAIN"])
@pytest.mark.parametrize("code", [535, 454])
def test_a_server_that_repeats_the_password_does_not_make_us_repeat_it(way: str, code: int) -> None:
    heard = []

    def part(talk: Talk) -> None:
        talk.say("220 post ESMTP")
        talk.until("EHLO")
        talk.say("250-post", f"250 AUTH {way}")
        heard.extend(talk.until("AUTH").split())
        for asked in ("334 VXNlcm5hbWU6", "334 UGFzc3dvcmQ6") if way == "LOGIN" else ():
            talk.say(asked)
            heard.append(talk.hear())
        talk.say(f"{code} no: {' '.join(heard)} {SECRET} sian@example.org")

    with played(part) as server, pytest.raises(MailError) as wrong:
        sent(server._replace(user="sian@example.org", password=SECRET))
    told = wrong.value.message + wrong.value.advice
    assert str(code) in told
    assert len(heard) > 2
    assert not any(each in told for each in (SECRET, "sian@", *heard[2:]))


def test_a_server_that_names_the_recipient_by_what_stands_before_the_at_does_not_make_us_name_them() -> None:
    said = "550 5.1.1 user Ysgrifennydd: no such user here (ysgrifennydd), ysgrifenyddion are" + 30 * " known" + " ysgrifennydd"
    with mail_server(Postbox(rcpt=lambda address: said)) as server:
        (answer,) = sent(server, "ysgrifennydd@example.org")
    assert answer.text.startswith("5.1.1 user …: no such user here (…), ysgrifenyddion are known")
    assert "ysgrifennydd" not in answer.text.lower()
    assert len(answer.text) <= 200


def test_a_server_without_a_way_to_log_in_is_told_with_what_it_offers() -> None:
    def part(talk: Talk) -> None:
        talk.say("220 post ESMTP")
        talk.until("EHLO")
        talk.say("250-post", "250 AUTH XOAUTH2")
        talk.hear()

    with played(part) as server, pytest.raises(MailError, match="XOAUTH2"):
        sent(server._replace(user="sian@example.org", password=SECRET))


@contextmanager
def certified(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *names: str, trusted: bool = True) -> Iterator[ssl.SSLContext]:
    """The certificate of a server of these names, which this computer trusts."""
    authority, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names).configure_cert(context)
    (authority if trusted else trustme.CA()).cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path / "none"))
    yield context


def test_starttls_makes_the_connection_private_before_the_password_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    box = Postbox()
    with (
        certified(tmp_path, monkeypatch, "localhost", "127.0.0.1") as context,
        mail_server(box, tls_context=context, require_starttls=True, **login("sian", SECRET) | {"auth_require_tls": True}) as server,
    ):
        answers = sent(server._replace(security="starttls", user="sian", password=SECRET), "a@example.org", "b@example.org")
    assert [each.verdict for each in answers] == ["accepted"] * 2
    assert [content for _, content in box.taken] == [CONTENT] * 2


def test_tls_is_private_from_the_beginning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    box = Postbox()
    with (
        certified(tmp_path, monkeypatch, "127.0.0.1") as context,
        mail_server(box, ssl_context=context, **login("sian", SECRET)) as server,
    ):
        assert sent(server._replace(security="tls", user="sian", password=SECRET))[0].verdict == "accepted"


@pytest.mark.parametrize(("names", "trusted"), [(["post.example.org"], True), (["127.0.0.1"], False)], ids=["other name", "stranger"])
@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_that_cannot_be_trusted_ends_it_before_anything_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, security: str, names: list[str], trusted: bool
) -> None:
    box = Postbox()
    with certified(tmp_path, monkeypatch, *names, trusted=trusted) as context:
        how = {"tls_context": context} if security == "starttls" else {"ssl_context": context}
        with mail_server(box, **how) as server, pytest.raises(MailError, match="cannot be trusted"):
            sent(server._replace(security=security, user="sian", password=SECRET))
    assert box.taken == []


def test_a_server_that_offers_no_privacy_gets_no_password() -> None:
    heard: list[str] = []

    def part(talk: Talk) -> None:
        talk.say("220 post ESMTP")
        heard.append(talk.hear())
        talk.say("250-post", "250 AUTH PLAIN LOGIN")
        heard.append(talk.hear())

    with played(part) as server, pytest.raises(MailError, match="STARTTLS"):
        sent(server._replace(security="starttls", user="sian", password=SECRET))
    assert not any(line.upper().startswith("AUTH") for line in heard)


def test_the_wrong_kind_of_privacy_is_told_with_the_right_one() -> None:
    box = Postbox()
    with mail_server(box) as server, pytest.raises(MailError) as wrong:
        sent(server._replace(security="tls"))
    assert "starttls" in wrong.value.advice
