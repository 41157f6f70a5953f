"""Where the mail password comes from, who may read it, and that no error repeats it."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend

from sigctl.deliver import passwords
from sigctl.deliver.mail import MailError
from sigctl.deliver.passwords import SERVICE, password_in_file, password_in_keyring

SECRET = "canari ŵ 4711"


def kept(folder: Path, content: bytes = SECRET.encode() + b"\n", mode: int = 0o600) -> Path:
    path = folder / "mail-password"
    path.write_bytes(content)
    path.chmod(mode)
    return path


@pytest.mark.parametrize("content", [b"%s", b"%s\n", b"%s\r\n", b"\xef\xbb\xbf%s\n", b"%s\nanother line\n"])
@pytest.mark.parametrize("mode", [0o600, 0o400])
def test_the_first_line_of_a_file_of_ones_own_is_the_password(tmp_path: Path, content: bytes, mode: int) -> None:
    kept(tmp_path, content % SECRET.encode(), mode)
    assert password_in_file(tmp_path, "mail-password") == SECRET
    assert password_in_file(Path("/nowhere"), str(tmp_path / "mail-password")) == SECRET


def test_spaces_are_part_of_a_password(tmp_path: Path) -> None:
    kept(tmp_path, b" a b \n")
    assert password_in_file(tmp_path, "mail-password") == " a b "


def test_a_name_in_ones_home_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    kept(tmp_path)
    assert password_in_file(Path("/nowhere"), "~/mail-password") == SECRET


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps files by other rules")
@pytest.mark.parametrize("mode", [0o604, 0o640, 0o644, 0o660, 0o602, 0o666, 0o700 | 0o001])
def test_a_file_that_others_can_read_is_refused_with_the_command_that_mends_it(tmp_path: Path, mode: int) -> None:
    path = kept(tmp_path, mode=mode)
    with pytest.raises(MailError, match="can be read by others") as wrong:
        password_in_file(tmp_path, "mail-password")
    assert wrong.value.advice == f"type: chmod 600 '{path}'"
    assert SECRET not in wrong.value.message + wrong.value.advice
    path.chmod(0o600)
    assert password_in_file(tmp_path, "mail-password") == SECRET


@pytest.mark.parametrize("content", [b"", b"\n", b"\r\nsecond\n"])
def test_an_empty_file_is_told(tmp_path: Path, content: bytes) -> None:
    kept(tmp_path, content)
    with pytest.raises(MailError, match="is empty"):
        password_in_file(tmp_path, "mail-password")


@pytest.mark.parametrize("content", [b"canari\xff\n", b"canari\0canari\n", b"canari" * 1000])
def test_what_is_no_line_of_text_is_told_and_not_shown(tmp_path: Path, content: bytes) -> None:
    kept(tmp_path, content)
    with pytest.raises(MailError, match="no line of text") as wrong:
        password_in_file(tmp_path, "mail-password")
    assert "canari" not in wrong.value.message + wrong.value.advice + str(wrong.value.__cause__)


def test_a_missing_file_a_folder_and_a_pipe_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(MailError, match="cannot be read: No such file"):
        password_in_file(tmp_path, "mail-password")
    (tmp_path / "folder").mkdir()
    with pytest.raises(MailError, match="is no file"):
        password_in_file(tmp_path, "folder")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe", 0o600)
        with pytest.raises(MailError, match="is no file"):
            password_in_file(tmp_path, "pipe")


class Ring(KeyringBackend):
    priority = 1  # type: ignore[assignment]
    trouble: Exception | None = None

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        if self.trouble:
            raise self.trouble
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held[service, username] = password


@pytest.fixture
def ring() -> Iterator[Ring]:
    before, ring = keyring.get_keyring(), Ring()
    keyring.set_keyring(ring)
    yield ring
    keyring.set_keyring(before)


def test_the_keyring_tells_what_it_was_given(ring: Ring) -> None:
    ring.set_password(SERVICE, "sian@example.org", SECRET)
    assert password_in_keyring("sian@example.org") == SECRET


def test_an_empty_keyring_is_told_with_the_command_that_fills_it(ring: Ring) -> None:
    with pytest.raises(MailError, match="holds no mail password") as wrong:
        password_in_keyring("sian@example.org")
    assert wrong.value.advice.endswith(f"-m keyring set {SERVICE} 'sian@example.org'")


def test_a_keyring_that_is_locked_is_told_without_what_it_says(ring: Ring) -> None:
    ring.trouble = RuntimeError(f"locked: {SECRET}")
    with pytest.raises(MailError, match="RuntimeError") as wrong:
        password_in_keyring("sian@example.org")
    assert SECRET not in wrong.value.message + wrong.value.advice


def test_a_keyring_that_waits_for_somebody_is_not_waited_for(ring: Ring, monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    never = threading.Event()
    monkeypatch.setattr(passwords, "_WAIT", 0.1)
    monkeypatch.setattr(Ring, "get_password", lambda *_: never.wait(30))
    with pytest.raises(MailError, match="no answer within"):
        password_in_keyring("sian@example.org")
    never.set()


def test_without_the_package_it_is_told_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(MailError, match="not installed") as wrong:
        password_in_keyring("sian@example.org")
    assert "pip install 'sigctl[keyring]'" in wrong.value.advice
    assert "password_file" in wrong.value.advice
