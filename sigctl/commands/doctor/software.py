"""The programs at work: this one, Python, and the packages that it needs or can use."""

import platform
import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from typing import Final

from sigctl import __version__
from sigctl.commands.doctor.finding import Finding, Patient, bad, good, warning

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_EXTRAS: Final = {"pdf": ("typst", "PDF"), "word": ("python-docx", "Word"), "keyring": ("keyring", "the keyring")}


def of_versions(patient: Patient) -> Iterator[Finding]:
    """Which versions are at work, and what is not installed."""
    yield good("sigctl", f"{__version__}, with Python {platform.python_version()} on {platform.system()}")
    needed = _needed()
    found = {name: _version(name) for name in needed}
    missing = [name for name, number in found.items() if not number]
    if missing:
        yield bad("packages", f"not installed: {', '.join(missing)}", "`pip install sigctl` brings them")
    elif needed:
        yield good("packages", ", ".join(f"{name} {number}" for name, number in found.items()))
    else:
        yield good("packages", "sigctl runs from its source, uninstalled, so nothing here tells what it needs")
    yield from _extras(patient)


def _extras(patient: Patient) -> Iterator[Finding]:
    """What need not be there; only where the workspace relies on it, its absence is worth a word."""
    numbers = {extra: _version(package) for extra, (package, _) in _EXTRAS.items()}
    mail = patient.cluster.settings.mail
    wanted = {
        "pdf": "papers" in patient.cluster.settings.daily.jobs,
        "keyring": mail is not None and mail.user is not None and mail.password_file is None,
    }
    lacking = [extra for extra, is_wanted in wanted.items() if is_wanted and not numbers[extra]]
    for extra in lacking:
        yield warning("extras", f"{_EXTRAS[extra][1]} needs a package that is not installed", f"`pip install 'sigctl[{extra}]'` brings it")
    if not lacking:
        there = [f"{_EXTRAS[extra][0]} {number}" for extra, number in numbers.items() if number]
        yield good("extras", ", ".join(there) or "none installed: no PDF, no Word")


def _needed() -> tuple[str, ...]:
    """What sigctl cannot do without, by its own account; nothing where it is not installed.

    What is needed on some systems alone counts where it is there.
    """
    try:
        wanted = [each.partition(";") for each in requires("sigctl") or ()]
    except PackageNotFoundError:
        return ()
    named = [(_NAME.match(text.strip()), condition) for text, _, condition in wanted if "extra" not in condition]
    return tuple(sorted(name[0] for name, condition in named if name and (not condition or _version(name[0]))))


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
