"""How the messages of a round are written: in the language of each person, with the papers that go with them, ready for the outbox."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sigctl.cluster import Cluster
from sigctl.commands.mailing import Written, draft, languages_for
from sigctl.commands.papers import own_templates
from sigctl.commands.remind.attaching import Papers
from sigctl.commands.remind.messages import ORIGIN, Message
from sigctl.notice import Notice
from sigctl.reports.letters import Pages, calls_page
from sigctl.words import Language

if TYPE_CHECKING:
    from sigctl.deliver.outbox import Draft


@dataclass(frozen=True)
class Writing:
    """Writes the messages of a run, all at the same moment and with the same templates."""

    cluster: Cluster
    moment: datetime
    templates: Mapping[str, str]
    papers: Papers
    pages: Pages

    def draft(self, message: Message) -> "Draft":
        """A message as it is to leave. Raises CommandError where the address is one that no server takes."""
        languages, matters = languages_for(self.cluster, message.to), message.letter.matters if message.letter else ()
        papers = {each.notice: found for each in matters if (found := self.papers.of(self.cluster, each, languages, self.moment.date()))}
        title, text, html = self._written(message, languages, papers)
        written = Written(message.to, title, text, html, message.notices, ORIGIN, tuple(papers.values()))
        return draft(self.cluster, written, self.moment)

    def _written(self, message: Message, languages: tuple[Language, ...], attached: Mapping[Notice, Any]) -> tuple[str, str, str]:
        """The title, the text and the page of HTML; two languages one below the other."""
        from sigctl.render.document import document, mail_html_of, text_of

        letter = self.pages.letter(message.letter, languages, attached) if message.letter else None
        page = calls_page(message.calls, letter) if message.calls else letter
        made = document("calls" if message.calls else "reminder", languages, page, "separate", self.templates)
        title = " / ".join(dict.fromkeys(line.text for line in made.title))
        return title, text_of(made), mail_html_of(made)


def writing(cluster: Cluster, moment: datetime, had: frozenset[tuple[str, str, str]]) -> Writing:
    """What writes the messages of a run; no paper goes twice to those who `had` it.

    Raises CommandError where a template of the cluster's own cannot be read.
    """
    return Writing(cluster, moment, own_templates(cluster), Papers(had), Pages(cluster, moment.date()))
