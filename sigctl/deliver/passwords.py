"""Where the password of the mail server is: in a file that its owner alone can read, or in the computer's keyring. It is told nowhere."""

import os
import stat
import sys
from pathlib import Path
from threading import Thread
from typing import Final

from sigctl.deliver.mail import MailError

SERVICE: Final = "sigctl"
"""Under this name the keyring holds the passwords of ours."""
_LONGEST: Final = 1024
_WAIT: Final = 20.0
"""Seconds for a keyring to answer; one that asks somebody who is not there never would."""


def password_in_file(workspace: Path, name: str) -> str:
    """The first line of the file that holds the password; a relative name counts from the workspace.

    Raises MailError where it is no file, others can read it, or nothing stands in it.
    """
    path = workspace / Path(name).expanduser()
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
    except OSError as trouble:
        advice = "write the password into it, on one line, or correct `password_file:` under `mail:` in sigctl.yaml"
        raise MailError(f"the file of the mail password, {path}, cannot be read: {trouble.strerror}", advice) from None
    try:
        _refuse_open(path, os.fstat(handle))
        first = os.read(handle, _LONGEST + 1).partition(b"\n")[0]
    finally:
        os.close(handle)
    return _told(path, first)


def _refuse_open(path: Path, found: os.stat_result) -> None:
    """Refuse what is no file, and what others can read."""
    if not stat.S_ISREG(found.st_mode):
        raise MailError(f"{path}, which should hold the mail password, is no file", "name a file that holds the password on one line")
    if os.name != "posix":
        return
    if found.st_uid not in (os.getuid(), 0) and os.getuid() != 0:
        raise MailError(f"the file of the mail password, {path}, belongs to somebody else", "make one of your own")
    if found.st_mode & 0o077:
        raise MailError(f"the file of the mail password, {path}, can be read by others", f"type: chmod 600 '{path}'")


def _told(path: Path, first: bytes) -> str:
    try:
        password = first.decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError:
        password = None
    if password is None or len(first) > _LONGEST or "\0" in password:
        raise MailError(
            f"the file of the mail password, {path}, holds no line of text", "write the password into it, on one line"
        ) from None
    if not password:
        raise MailError(f"the file of the mail password, {path}, is empty", "write the password into it, on its first line")
    return password


def password_in_keyring(user: str) -> str:
    """The password that the computer's keyring holds for a user. Raises MailError where there is none, or no keyring."""
    try:
        import keyring
    except ModuleNotFoundError:
        advice = "`pip install 'sigctl[keyring]'` brings it; or name a file with `password_file:` under `mail:` in sigctl.yaml"
        raise MailError("the mail password is to come from the keyring, which needs a package that is not installed", advice) from None
    found: list[str | None] = []
    trouble: list[str] = []

    def ask() -> None:
        try:
            found.append(keyring.get_password(SERVICE, user))
        except Exception as error:
            trouble.append(type(error).__name__)

    asking = Thread(target=ask, daemon=True)
    asking.start()
    asking.join(_WAIT)
    if not found:
        why = trouble[0] if trouble else f"no answer within {_WAIT:g} seconds"
        advice = "unlock it; where nobody is there to do that, as in a job at night, name a file with `password_file:` under `mail:`"
        raise MailError(f"the keyring of this computer cannot be asked for the mail password ({why})", advice)
    if not found[0]:
        advice = f"type: {Path(sys.executable).name} -m keyring set {SERVICE} '{user}'"
        raise MailError("the keyring of this computer holds no mail password of this user", advice)
    return found[0]
