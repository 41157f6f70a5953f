"""The folder of a workspace: its files, its templates, whether it can be written, the room on its disk, what was left in it."""

import shutil
from collections.abc import Iterator
from typing import Final

from sigctl.commands.doctor.finding import Finding, Patient, bad, good, warning
from sigctl.commands.messages import counted, summary
from sigctl.commands.opening import what_was_read
from sigctl.commands.own_templates import problems_of_templates
from sigctl.commands.own_words import speak_as
from sigctl.source import TEMPLATES

_MEGABYTE: Final = 1_000_000
_TOO_LITTLE: Final = 50 * _MEGABYTE
_LITTLE: Final = 500 * _MEGABYTE


def of_files(patient: Patient) -> Iterator[Finding]:
    """What is wrong in the files, counted."""
    if not patient.is_sound:
        yield bad("files", summary(patient.problems), "`sigctl check` lists what is wrong; until then nothing else works")
    elif patient.problems:
        yield warning("files", summary(patient.problems), "`sigctl check` tells more")
    else:
        yield good("files", what_was_read(patient.cluster))


def of_templates(patient: Patient) -> Iterator[Finding]:
    """Whether the papers can be made with the cluster's own templates."""
    if not (patient.folder / TEMPLATES).is_dir() or not patient.is_sound:
        return
    speak_as(patient.cluster)
    found = problems_of_templates(patient.cluster, patient.now.date())
    if any(each.is_error for each in found):
        yield bad("templates", summary(found), "`sigctl template check` lists what is wrong")
    elif found:
        yield warning("templates", summary(found), "`sigctl template check` tells more")
    else:
        yield good("templates", "every paper can be made with your own templates")


def of_folder(patient: Patient) -> Iterator[Finding]:
    """Whether something can be written, and how much."""
    from sigctl.deliver import try_writing

    try:
        try_writing(patient.folder / ".sigctl" / "trial")
    except OSError as trouble:
        advice = "whoever runs sigctl must be allowed to write there; is the drive connected, and not locked?"
        yield bad("folder", f"{patient.folder} cannot be written: {trouble.strerror}", advice)
    else:
        yield good("folder", f"{patient.folder} can be written")
    free = shutil.disk_usage(patient.folder).free
    told = f"{free // _MEGABYTE:,} MB are free"
    if free < _TOO_LITTLE:
        yield bad("disk", told, "make room: what cannot be written is not remembered")
    elif free < _LITTLE:
        yield warning("disk", told, "make room before it is full")
    else:
        yield good("disk", told)


def of_leftovers(patient: Patient) -> Iterator[Finding]:
    """What runs that were killed have left half written; it is taken away."""
    from sigctl.deliver.files import swept

    gone = swept(patient.folder)
    yield good("leftovers", f"took away {counted(gone, 'file')} that a run left half written" if gone else "no file was left half written")
