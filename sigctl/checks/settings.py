"""What is wrong with the settings of the workspace."""

from collections.abc import Iterator
from typing import Final

from sigctl.checks.check import Finding, check
from sigctl.cluster import Cluster
from sigctl.problem import Severity

_HERE: Final = ("localhost", "127.0.0.1", "::1")


@check("open-mail", Severity.WARNING)
def open_mail(cluster: Cluster) -> Iterator[Finding]:
    """Mail would go to another machine without encryption.

    Names, addresses and the password would pass through the network in the open. `security: none` is for a server on this very
    machine; others know `starttls`, or `tls`.

    Right:

        mail: {from: office@example.org, server: smtp.example.org, security: starttls}

    Wrong:

        mail: {from: office@example.org, server: smtp.example.org, security: none}
    """
    mail = cluster.settings.mail
    if mail and mail.security == "none" and mail.server and mail.server.lower() not in _HERE:
        yield Finding(cluster.setting_place("mail", "security"), "mail to another machine goes in the open", "write `security: starttls`")


@check("language-twice", Severity.WARNING)
def language_twice(cluster: Cluster) -> Iterator[Finding]:
    """The cluster's languages name the same one twice.

    Papers would hold each text twice. Write each language once; the first comes first on a page.

    Right:

        cluster: {id: cynon, name: {cy: Clwstwr Cynon, en: Cynon Cluster}, languages: [cy, en]}

    Wrong:

        cluster: {id: cynon, name: {cy: Clwstwr Cynon, en: Cynon Cluster}, languages: [cy, cy]}
    """
    languages = cluster.settings.cluster.languages
    if len(set(languages)) < len(languages):
        yield Finding(cluster.setting_place("cluster", "languages", 1), f"`{languages[1]}` stands here twice", "write each language once")
