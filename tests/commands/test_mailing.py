"""Mail as every command sends it: whom, in which language, what is lacking in the settings, and what is said when it does not go well."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from sigctl.cluster import Cluster, load
from sigctl.commands import console
from sigctl.commands.clock import moment_in
from sigctl.commands.delivering import deliver_waiting, server_of
from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.mailing import Written, addressee, draft, eml_name, languages_for, put_in_folder
from sigctl.deliver.mail import message_id
from sigctl.deliver.outbox import Draft, Outbox, State
from sigctl.deliver.state import state
from sigctl.deliver.witness import confirm
from sigctl.notice import Notice
from tests.commands.conftest import Run
from tests.postbox import Postbox, Talk, greeting, login, mail_server, one_message, parsed, played
from tests.workspaces import base_files, write

DAY = date(2026, 11, 2)
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH")

SECRET = "canari-4711"
PEOPLE = """\
people:
  - {id: sian, name: "Jones, Siân", post: Clerk, email: sian@example.org}
  - {id: ann, post: Clerk, email: ann@example.org, writes_in: en}
  - {id: huw, post: Clerk, email: huw@example.org, writes_in: cy}
  - {id: nobody, post: Clerk}
  - {id: odd, post: Clerk, email: siân@example.org}
"""


@pytest.fixture(autouse=True)
def _at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()


def cluster_with(tmp_path: Path, mail: str) -> Cluster:
    files = base_files()
    files["sigctl.yaml"] += f"mail: {mail}\n" if mail else ""
    return load(write(tmp_path / "workspace", files | {"more.yaml": PEOPLE})).cluster


def written(cluster: Cluster, person: str, kind: str = "agenda") -> Draft:
    notices = (Notice(person, kind, "meeting", DAY),)
    return draft(cluster, Written(person, "Teitl", "Testun\n", "<p>Testun</p>\n", notices, "send"), moment_in(cluster, DAY))


FROM = "{from: swyddfa@example.org, reply_to: ateb@example.org, server: 127.0.0.1, port: %d, security: none, timeout: 1%s}"


@pytest.mark.parametrize(
    ("person", "languages"), [("sian", ("cy", "en")), ("ann", ("en",)), ("huw", ("cy",)), ("school:porth", ("cy", "en"))]
)
def test_everybody_is_written_to_in_their_language_and_who_said_nothing_in_both(
    tmp_path: Path, person: str, languages: tuple[str, ...]
) -> None:
    assert languages_for(cluster_with(tmp_path, ""), person) == languages


def test_a_draft_is_the_same_bytes_on_the_same_day_and_knows_what_it_tells(tmp_path: Path) -> None:
    cluster = cluster_with(tmp_path, FROM % (25, ""))
    made = written(cluster, "sian")
    assert made == written(cluster, "sian")
    assert made.message_id == message_id(made.notices, "example.org")
    message = parsed(made.content)
    assert message["Reply-To"] == "ateb@example.org"
    assert message["From"].addresses[0].display_name == "Clwstwr Cynon / Cynon Cluster"
    assert message["Date"] == "Mon, 02 Nov 2026 09:00:00 +0000"
    assert addressee(cluster, "sian").name == "Jones, Siân"


@pytest.mark.parametrize("person", ["nobody", "odd"])
def test_an_address_of_no_use_is_told_with_the_person_and_without_the_address(tmp_path: Path, person: str) -> None:
    with pytest.raises(CommandError) as wrong:
        written(cluster_with(tmp_path, FROM % (25, "")), person)
    assert f"`{person}`" in wrong.value.message
    assert "@example" not in wrong.value.message + wrong.value.advice


@pytest.mark.parametrize(
    ("mail", "said"),
    [
        ("", "no `mail:`"),
        ("{from: a@example.org}", "names no server"),
        ("{from: a@example.org, server: s, password_file: x}", "a password and no user"),
        ("{from: a@example.org, server: s, user: u, password_file: x}", "cannot be read"),
    ],
)
def test_what_is_lacking_in_the_settings_is_told(tmp_path: Path, mail: str, said: str) -> None:
    with pytest.raises(CommandError, match=said) as wrong:
        server_of(cluster_with(tmp_path, mail))
    assert wrong.value.advice


def test_a_folder_gets_the_messages_under_names_that_stay(tmp_path: Path) -> None:
    cluster = cluster_with(tmp_path, FROM % (25, ""))
    drafts = [written(cluster, each) for each in ("sian", "ann")]
    put_in_folder(tmp_path / "letters", drafts)
    put_in_folder(tmp_path / "letters", drafts)
    assert {path.name: path.read_bytes() for path in (tmp_path / "letters").iterdir()} == {eml_name(each): each.content for each in drafts}
    with pytest.raises(CommandError, match="no folder"):
        put_in_folder(tmp_path / "not" / "there", drafts)


class Sender:
    """A workspace with messages that wait."""

    def __init__(self, cluster: Cluster, *people: str) -> None:
        self.cluster = cluster
        with state(cluster.folder) as connection:
            Outbox(connection).plan([written(cluster, each) for each in people], moment_in(cluster, DAY))

    def confirm(self) -> "Sender":
        with state(self.cluster.folder) as connection:
            confirm(self.cluster.folder, connection)
        return self

    def send(self) -> ExitCode:
        with state(self.cluster.folder) as connection:
            return deliver_waiting(self.cluster, connection, moment=moment_in(self.cluster, DAY))

    def states(self) -> list[State]:
        with state(self.cluster.folder) as connection:
            return [each.state for each in Outbox(connection).entries()]


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Iterator[pytest.CaptureFixture[str]]:
    console.start()
    return capsys


def test_all_well_says_nothing(tmp_path: Path, said: pytest.CaptureFixture[str]) -> None:
    box = Postbox()
    with mail_server(box) as server:
        sender = Sender(cluster_with(tmp_path, FROM % (server.port, "")), "sian", "ann").confirm()
        assert sender.send() is ExitCode.DONE
        assert sender.send() is ExitCode.DONE
    assert box.to == ["sian@example.org", "ann@example.org"]
    assert said.readouterr() == ("", "")


def test_a_workspace_that_was_not_confirmed_says_nothing_to_the_server(tmp_path: Path) -> None:
    box = Postbox()
    with mail_server(box) as server:
        sender = Sender(cluster_with(tmp_path, FROM % (server.port, "")), "sian")
        with pytest.raises(CommandError, match="sent nothing from this computer") as wrong:
            sender.send()
        assert "sigctl outbox confirm" in wrong.value.advice
    assert not box.greeted_as
    assert sender.states() == [State.PLANNED]


def test_trouble_is_one_short_block_with_numbers_and_no_address(tmp_path: Path, said: pytest.CaptureFixture[str]) -> None:
    answers = {"sian@example.org": "550 5.1.1 <sian@example.org> unknown", "ann@example.org": "451 later"}
    box = Postbox(rcpt=lambda address: answers.get(address, "250 OK"))
    with mail_server(box) as server:
        sender = Sender(cluster_with(tmp_path, FROM % (server.port, ", at_most: 3")), "sian", "ann", "huw").confirm()
        assert sender.send() is ExitCode.PARTLY
    out, err = said.readouterr()
    assert out == ""
    assert err.count("error:") == 1
    assert len(err.splitlines()) <= 3
    assert "of 3 messages, 1 was refused and 1 has to wait" in err
    assert "@" not in err
    assert sender.states() == [State.REFUSED, State.PLANNED, State.ACCEPTED]


def test_the_ceiling_is_told_and_the_rest_leaves_the_next_time(tmp_path: Path, said: pytest.CaptureFixture[str]) -> None:
    box = Postbox()
    with mail_server(box) as server:
        sender = Sender(cluster_with(tmp_path, FROM % (server.port, ", at_most: 1")), "sian", "ann").confirm()
        assert sender.send() is ExitCode.PARTLY
        assert "1 waits for the next run" in said.readouterr().err
        assert sender.send() is ExitCode.DONE
    assert len(box.taken) == 2


def test_a_server_that_is_not_there_leaves_everything_waiting(tmp_path: Path, said: pytest.CaptureFixture[str]) -> None:
    with played(greeting) as server:
        pass
    sender = Sender(cluster_with(tmp_path, FROM % (server.port, "")), "sian", "ann").confirm()
    assert sender.send() is ExitCode.PARTLY
    assert "2 messages wait for the next run" in said.readouterr().err
    assert sender.states() == [State.PLANNED] * 2


def test_what_nobody_knows_is_told_with_the_next_step(tmp_path: Path, said: pytest.CaptureFixture[str]) -> None:
    def part(talk: Talk) -> None:
        greeting(talk)
        talk.until("DATA")
        talk.say("354 go on")
        talk.hear_message()

    with played(part) as server:
        sender = Sender(cluster_with(tmp_path, FROM % (server.port, "")), "sian").confirm()
        assert sender.send() is ExitCode.PARTLY
        err = said.readouterr().err
        assert sender.send() is ExitCode.DONE
    assert "1 may or may not have arrived" in err
    assert "sigctl outbox retry" in err
    assert sender.states() == [State.UNKNOWN]


@pytest.mark.parametrize("trouble", ["wrong password", "open file", "empty file"])
def test_the_password_is_in_nothing_that_is_said(tmp_path: Path, sigctl: Run, trouble: str) -> None:
    box = Postbox()
    with mail_server(box, **login("swyddfa", SECRET)) as server:
        cluster = cluster_with(tmp_path, FROM % (server.port, ", user: swyddfa, password_file: secret"))
        Sender(cluster, "sian").confirm()
        (cluster.folder / "secret").write_text({"wrong password": f"wrong-{SECRET}", "empty file": f"\n{SECRET}"}.get(trouble, SECRET))
        (cluster.folder / "secret").chmod(0o644 if trouble == "open file" else 0o600)
        done = sigctl("remind", "-v", "-w", cluster.folder)
        assert done.code != 0
        assert SECRET not in done.out + done.err
        assert done.err
        (cluster.folder / "secret").write_text(SECRET)
        (cluster.folder / "secret").chmod(0o600)
        with state(cluster.folder) as connection:
            assert deliver_waiting(cluster, connection, moment=moment_in(cluster, DAY)) is ExitCode.DONE
    assert box.to == ["sian@example.org"]
    assert not any(SECRET.encode() in path.read_bytes() for path in (cluster.folder / ".sigctl").rglob("*") if path.is_file())


def test_a_server_that_goes_away_is_named_as_the_reason_and_no_ceiling_is(tmp_path: Path, said: pytest.CaptureFixture[str]) -> None:
    def one(talk: Talk) -> None:
        greeting(talk)
        one_message(talk)
        talk.drop()

    def closed(talk: Talk) -> None:
        talk.say("421 closing")

    with played(one, closed) as server:
        sender = Sender(cluster_with(tmp_path, FROM % (server.port, "")), "sian", "ann", "huw").confirm()
        assert sender.send() is ExitCode.PARTLY
    err = said.readouterr().err
    assert "of 3 messages, 2 wait for the next run" in err
    assert "turns us away" in err
    assert "at most" not in err
    assert sender.states() == [State.ACCEPTED, State.PLANNED, State.PLANNED]


def left(cluster: Cluster, person: str, days: int) -> None:
    """A large message that left some days ago."""
    moment = datetime.now(UTC) - timedelta(days=days)
    with state(cluster.folder) as connection:
        outbox, kind = Outbox(connection), f"agenda-{days}"
        (number,) = outbox.plan([written(cluster, person, kind)._replace(content=b"x" * 3_000_000)], moment)
        outbox.begin(number, moment)
        outbox.accepted(number, "250 OK", moment)


def test_texts_are_kept_for_a_year_and_then_the_file_shrinks(tmp_path: Path, sigctl: Run) -> None:
    with mail_server(Postbox()) as server:
        cluster = cluster_with(tmp_path, FROM % (server.port, ""))
    left(cluster, "sian", 367)
    left(cluster, "sian", 365)
    file = cluster.folder / ".sigctl" / "state.sqlite"
    before = file.stat().st_size
    with state(cluster.folder) as connection:
        assert deliver_waiting(cluster, connection, moment=moment_in(cluster, DAY)) is ExitCode.DONE
        outbox = Outbox(connection)
        assert (len(outbox.content(1)), len(outbox.content(2))) == (0, 3_000_000)
        assert len(outbox.known()) == 2
    assert file.stat().st_size < before * 0.6
    assert "not kept any more" in sigctl("outbox", "show", "1", "-w", cluster.folder).out


def test_another_day_named_by_today_empties_no_text(tmp_path: Path) -> None:
    cluster = cluster_with(tmp_path, FROM % (25, ""))
    left(cluster, "sian", 1)
    with state(cluster.folder) as connection:
        deliver_waiting(cluster, connection, moment=moment_in(cluster, date(2040, 1, 1)))
        assert Outbox(connection).content(1)
