"""No telephone number, address, reason, conflict or password, and nothing confidential, leaves the files by a way where it may not.

Every command of the table is run on a workspace in which each of these is an unmistakable word. A new command has to be added here.
"""

import email.header
import io
import shutil
import zipfile
from pathlib import Path

import pytest
from hardened import CANARIES, TODAY, hardened
from postbox import Postbox, login, mail_server

from .conftest import Outcome, Run
from .table import COMMANDS, SENDING, commands, takes, typed

OPEN = {"why fixed"}
"""What may be shown: why a visit is fixed is nobody's private matter."""
MAY: dict[str, set[str]] = {
    "remind calls": {"phone", "address"},
    "outbox show": {"address"},
    "minutes show strategic-2026-06 --confidential": {"confidential item"},
}
"""What some commands may show, since they are asked for it by somebody who sits there."""

KEPT = (".sigctl/state.sqlite", ".sigctl/state.sqlite-journal")


def test_every_command_is_tried() -> None:
    assert set(commands()) == set(COMMANDS), "write them into COMMANDS of table.py, with what may stand behind them and how they end"


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def leaks(text: str, but: set[str]) -> list[str]:
    """What of the private things stands in a text."""
    return [what for what, word in CANARIES.items() if what not in OPEN | but and word in text]


def readable(file: str, content: bytes) -> str:
    """What a file says, unpacked where it is packed."""
    if file.endswith((".docx", ".xlsx")):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "\n".join(archive.read(each).decode("utf-8", "replace") for each in archive.namelist())
    if file.endswith(".eml"):
        message = email.message_from_bytes(content)
        parts = [(each.get_filename() or "", each.get_payload(decode=True)) for each in message.walk()]
        whole = [readable(name, part) for name, part in parts if isinstance(part, bytes)]
        return "\n".join([str(email.header.make_header(email.header.decode_header(str(message["Subject"])))), *whole])
    return content.decode("utf-8", "replace")


def allowed(arguments: str) -> set[str]:
    return {what for words, found in MAY.items() if arguments.startswith(words) for what in found}


def where(done: Outcome, before: dict[str, bytes], after: dict[str, bytes], arguments: str) -> list[tuple[str, list[str]]]:
    """Each way by which something private has left, with what it was."""
    may = allowed(arguments)
    found = [("stdout", leaks(done.out, may)), ("stderr", leaks(done.err, may))]
    for file, content in after.items():
        if before.get(file) == content or file in KEPT or (file in before and file.endswith((".yaml", ".txt"))):
            continue
        mail = {"address", "phone"} if file.endswith(".eml") else set[str]()
        source = set(CANARIES) if file.startswith(("rotas/", ".sigctl/backup-")) else set[str]()
        found.append((file, leaks(readable(file, content), may | mail | source)))
    return [each for each in found if each[1]]


def copied(busy: Path, folder: Path) -> Path:
    """A copy to work in."""
    shutil.copytree(busy.parent, folder.parent)
    return folder


@pytest.mark.parametrize("name", COMMANDS)
def test_nothing_private_gets_out(name: str, busy: Path, tmp_path: Path, home: Path, sigctl: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for number, (arguments, code) in enumerate(COMMANDS[name].items()):
        folder = copied(busy, tmp_path / str(number) / "work")
        monkeypatch.chdir(folder)
        if name != "outbox confirm":
            assert sigctl("outbox", "confirm").code == 0
        is_last = number == len(COMMANDS[name]) - 1
        for loud in ((), ("-v",)) if is_last else ((),):
            before, at_home = files(folder), files(home)
            asked = f"{name} {arguments}".strip()
            today = TODAY if takes(name, "--today") else ()
            done = sigctl(*typed(asked, folder), *today, *loud)
            assert loud or done.code == code, (asked, done.code, done.err)
            assert done.code != 70, (asked, done.err)
            assert not where(done, before, files(folder), asked), asked
            assert not where(Outcome(0, "", ""), at_home, files(home), asked), asked


@pytest.mark.parametrize("command", SENDING)
def test_nothing_private_gets_out_where_messages_leave(command: str, busy: Path, tmp_path: Path, home: Path, sigctl: Run) -> None:
    """One address is refused, with the server's words about it."""
    folder = copied(busy, tmp_path / "work" / "work")
    settings_file = folder / "sigctl.yaml"
    box = Postbox(rcpt=lambda address: f"550 5.1.1 <{address}> is unknown" if "address-4" in address else "250 OK")
    with mail_server(box, **login("canary", "canary-password")) as server:
        settings_file.write_text(settings_file.read_text(encoding="utf-8").replace("port: 9,", f"port: {server.port},"), encoding="utf-8")
        assert sigctl("outbox", "confirm", "-w", folder).code == 0
        before = files(folder)
        done = sigctl(*command.split(), "-w", folder, *TODAY, "-v")
    assert done.code == 5, done.err
    assert box.taken
    assert not where(done, before, files(folder), command)
    for content in (content for _, content in box.taken):
        assert not leaks(readable("a.eml", content), {"address", "phone"})
    asked = sigctl("outbox", "list", "-w", folder)
    assert not leaks(asked.out + asked.err, set())


SPOILT = (lambda line: line.replace(":", "", 1), lambda line: line + " ]", lambda line: line.replace(": ", ": [", 1))
"""Ways to make a mistake in a line."""


@pytest.mark.parametrize("how", ["text", "json", "github"])
def test_a_mistake_beside_something_private_does_not_show_it(how: str, tmp_path: Path, sigctl: Run) -> None:
    folder = hardened(tmp_path / "work")
    for file in ("people.yaml", "schools.yaml", "cycles.yaml", "meetings.yaml", "sigctl.yaml"):
        whole = (folder / file).read_text(encoding="utf-8")
        for number in range(0, whole.count("\n"), 1 if how == "text" else 4):
            for spoil in SPOILT if how == "text" else SPOILT[:1]:
                lines = whole.splitlines()
                lines[number] = spoil(lines[number])
                (folder / file).write_text("\n".join(lines) + "\n", encoding="utf-8")
                done = sigctl("check", "--format", how, "-v", "-w", folder)
                found = leaks(done.out + done.err, {"confidential item", "remark"})
                assert not found, f"{file}:{number + 1}: {lines[number]}\n{done.out}"
        (folder / file).write_text(whole, encoding="utf-8")
