"""Messages as every command writes them: who is written to in which language, the message itself, and files of it for a mail program."""

import os
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from sigctl.cluster import Cluster
from sigctl.commands import console
from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.messages import counted
from sigctl.notice import Notice
from sigctl.records.settings import Mail as MailSettings
from sigctl.words import Language

if TYPE_CHECKING:
    from sigctl.deliver.mail import Attachment, Mail
    from sigctl.deliver.outbox import Draft

SCHOOL: Final = "school:"
"""What stands before the id of a school that is written to itself, because nobody there is known by an address."""
_UNTOLD: Final[Mapping[str, str]] = {}


class Addressee(NamedTuple):
    """Somebody who is written to: by id, with the name that stands before the address, which is empty where none is known."""

    id: str
    address: str
    name: str


class Written(NamedTuple):
    """A message as its reader will see it, to a person by id or a school as `school:ID`, with what it tells and which command wrote it.

    `told` holds, by the key of a notice, what was told in a form that can be compared later.
    """

    to: str
    title: str
    text: str
    html: str
    notices: tuple[Notice, ...]
    origin: str
    attachments: tuple["Attachment", ...] = ()
    invitation: str = ""
    told: Mapping[str, str] = _UNTOLD


def addressee(cluster: Cluster, to: str) -> Addressee:
    """Who is written to: a person by id, or a school as `school:ID`."""
    if to.startswith(SCHOOL):
        school = cluster.schools[to.removeprefix(SCHOOL)]
        name = _both(cluster.settings.cluster.languages, school.name.words.said)
        return Addressee(to, (school.contact.email if school.contact else None) or "", name)
    person = cluster.people[to]
    return Addressee(to, person.email or "", person.name or "")


def languages_for(cluster: Cluster, to: str) -> tuple[Language, ...]:
    """The languages in which somebody is written to: the one that they asked for, or else those of the cluster, in its order."""
    person = cluster.people.get(to)
    if person is None or person.writes_in == "both":
        return cluster.settings.cluster.languages
    return (person.writes_in,)


def draft(cluster: Cluster, written: Written, moment: datetime) -> "Draft":
    """A message as it is to leave. Raises CommandError where `mail:` is missing, or the address is one that no server takes."""
    from sigctl.deliver.mail import MailError, eml, message_id, plain_address
    from sigctl.deliver.outbox import Draft

    settings, to = mail_settings(cluster), written.to
    try:
        sender = plain_address(settings.sender)
    except MailError as wrong:
        raise CommandError(f"`from:` under `mail:` in sigctl.yaml: {wrong.message}", "write an address such as name@example.org") from None
    try:
        address = plain_address(addressee(cluster, to).address)
        id = message_id(written.notices, sender.rpartition("@")[2])
        content = eml(_mail(cluster, written, sender, address), id, moment)
    except MailError as wrong:
        raise CommandError(f"`{to}` cannot be written to: {wrong.message}", wrong.advice, ExitCode.PROBLEMS) from None
    return Draft(written.origin, to, address, written.title, written.notices, content, id, dict(written.told))


def _mail(cluster: Cluster, written: Written, sender: str, address: str) -> "Mail":
    from sigctl.deliver.mail import Mail

    languages = languages_for(cluster, written.to)
    return Mail(
        sender=sender,
        sender_name=_both(languages, cluster.settings.cluster.name.words.said),
        reply_to=mail_settings(cluster).reply_to or "",
        to=address,
        to_name=addressee(cluster, written.to).name,
        title=written.title,
        text=written.text,
        html=written.html,
        languages=languages,
        attachments=written.attachments,
        invitation=written.invitation,
    )


def mail_settings(cluster: Cluster) -> MailSettings:
    """How mail leaves. Raises CommandError where the workspace does not say."""
    found = cluster.settings.mail
    if found is None:
        advice = "write `mail: {from: NAME@YOUR-DOMAIN, server: YOUR-MAIL-SERVER}` into it; `sigctl explain mail` tells all of it"
        raise CommandError("sigctl.yaml has no `mail:`, so nothing can be sent", advice)
    return found


def put_in_folder(folder: Path, drafts: Collection["Draft"]) -> None:
    """Write each message into a file of its own instead of sending it, and say so. Nothing is recorded: it can be sent later."""
    from sigctl.deliver.files import write

    if not folder.parent.is_dir():
        raise CommandError(f"there is no folder {folder.parent}", "make it first, or name another one behind --to-folder")
    if folder.exists() and not folder.is_dir():
        raise CommandError(f"{folder} is a file", "name a folder behind --to-folder")
    folder.mkdir(exist_ok=True)
    for each in drafts:
        write(folder / eml_name(each), each.content)
    console.say(f"wrote {counted(len(drafts), 'message')} into {folder}{os.sep if str(folder)[-1:] != os.sep else ''}; nothing was sent")


def eml_name(draft: "Draft") -> str:
    """The name of a message's file, by whom it is to: `pen-y-dre-head.3f2a91cd.eml`."""
    return f"{draft.person.replace(':', '-')}.{draft.message_id.strip('<>')[:8]}.eml"


def _both(languages: Sequence[Language], said: Callable[[Language], str]) -> str:
    return " / ".join(dict.fromkeys(filter(None, map(said, languages))))
