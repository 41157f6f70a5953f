"""Mail: the password and who may read it, and whether the server lets us in. Nothing is sent."""

from collections.abc import Iterator
from typing import Final

from sigctl.commands.doctor.finding import Finding, Patient, bad, good, warning
from sigctl.commands.errors import CommandError

_WAIT: Final = 15.0
"""So many seconds the server has for each answer, whatever `timeout:` says: somebody is waiting."""
_WAYS: Final = {"starttls": "made private by STARTTLS", "tls": "private from the beginning", "none": "open, within this computer"}


def of_mail(patient: Patient) -> Iterator[Finding]:
    """The password, and as far into a conversation with the server as can be gone without sending."""
    mail = patient.cluster.settings.mail
    if mail is None:
        if patient.reminds and patient.is_sound:
            yield warning("mail", "sigctl.yaml has no `mail:`, so nothing can be sent", "`sigctl explain mail` tells what to write")
        return
    from sigctl.commands.delivering import server_of
    from sigctl.deliver.mail import MailError
    from sigctl.deliver.smtp import connected

    try:
        server = server_of(patient.cluster)
    except CommandError as wrong:
        yield bad("password" if "password" in wrong.message else "mail", wrong.message, wrong.advice)
        return
    if mail.user is not None:
        place = "only its owner can read its file" if mail.password_file else "the keyring of this computer has it"
        yield good("password", place)
    try:
        with connected(server._replace(timeout=min(server.timeout, _WAIT))):
            pass
    except MailError as wrong:
        yield bad("mail", wrong.message, wrong.advice)
    else:
        entry = ", and lets us in" if mail.user is not None else ""
        yield good("mail", f"{server.host}, port {server.port}, answers{entry}; the connection is {_WAYS[mail.security]}; nothing was sent")
