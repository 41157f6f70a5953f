"""The files of calendars: whether any lies about that sigctl does not know any more, and that is read all the same."""

from collections.abc import Iterator
from typing import Final

from sigctl.commands.doctor.finding import Finding, Patient, good, warning
from sigctl.commands.messages import counted, listed

_SHOWN: Final = 3
_BEGINNING: Final = 6
"""So many letters tell a file from another; the whole name is what keeps it private."""


def of_calendars(patient: Patient) -> Iterator[Finding]:
    """Calendars of this cluster whose names the state does not know: lost with it, or left when it came from a backup."""
    from sigctl.commands.calendar.places import left_over
    from sigctl.deliver.events import feed_names
    from sigctl.deliver.state import StateError, glance

    try:
        with glance(patient.folder) as connection:
            number, strays = len(feed_names(connection)), left_over(patient.cluster, connection)
    except StateError:
        return
    if strays:
        yield _of_strays([path.name for path in strays])
    elif number:
        yield good("calendars", f"{counted(number, 'calendar')} kept, and no other left over")


def _of_strays(names: list[str]) -> Finding:
    more = [f"{len(names) - _SHOWN} more"] if len(names) > _SHOWN else []
    shown = listed([*(f"`{name[:_BEGINNING]}….ics`" for name in names[:_SHOWN]), *more])
    message = f"{counted(len(names), 'calendar file')} here, of which sigctl knows nothing any more: {shown}"
    advice = "whoever has the address of one reads old news for ever: delete them; `sigctl calendar list` names them"
    return warning("calendars", message, advice)
