"""The question as it is sent: the mail and the forms that go with it, a message a person."""

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from sigctl.cluster import Cluster
from sigctl.commands.mailing import Written, draft, languages_for
from sigctl.commands.papers import own_templates
from sigctl.reports.availability import AskLetter, Request
from sigctl.reports.who import Member
from sigctl.words import LANGUAGES, Language, Words

if TYPE_CHECKING:
    from sigctl.deliver.mail import Attachment
    from sigctl.deliver.outbox import Draft
    from sigctl.render.availability_form import AvailabilityForm

ORIGIN: Final = "availability"
"""What the outbox calls messages of this command."""
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def question(cluster: Cluster, letter: AskLetter, moment: datetime) -> "Draft":
    """The question to one person, as it is to leave. Raises CommandError where the address is one that no server takes."""
    from sigctl.render.document import document, mail_html_of, text_of

    languages = languages_for(cluster, letter.to.id)
    made = document("availability", languages, replace(letter, languages=languages), "separate", own_templates(cluster))
    title = " / ".join(dict.fromkeys(line.text for line in made.title))
    notices = tuple(each.notice for each in letter.requests)
    attached = forms(letter, languages, moment.date())
    return draft(cluster, Written(letter.to.id, title, text_of(made), mail_html_of(made), notices, ORIGIN, attached), moment)


def forms(letter: AskLetter, languages: tuple[Language, ...], made: date) -> tuple["Attachment", ...]:
    """The forms that go with a letter: one for the person, one for each school for which they answer."""
    from sigctl.deliver.mail import Attachment
    from sigctl.render.availability_form import availability_form

    return tuple(
        Attachment(file_name(each), _XLSX, availability_form(_form(letter, each, made), languages)) for each in letter.requests if each.days
    )


def file_name(request: Request) -> str:
    """The name of a form's file: `availability-round-4-aberdare-head.xlsx`."""
    whose = request.school_id or request.notice.person
    return f"availability-{request.cycle_id}-{whose.replace(':', '-')}.xlsx"


def _form(letter: AskLetter, request: Request, made: date) -> "AvailabilityForm":
    from sigctl.render.availability_form import AvailabilityForm

    name = request.school if request.role == "host" else _called(letter.to)
    return AvailabilityForm(
        cycle_id=request.cycle_id,
        cycle=letter.cycle,
        person=request.notice.person,
        school_id=request.school_id,
        name=name,
        wanted_by=request.wanted_by,
        days=request.days,
        made=made,
    )


def _called(member: Member) -> Words:
    """Somebody with their school, as the form is headed."""
    cy, en = (", ".join(filter(None, (member.person.said(each), member.school.said(each)))) for each in LANGUAGES)
    return Words(cy or member.id, en or member.id)
