"""The agenda that builds itself: of a meeting that the files hold, or of one that is proposed. Pure: a cluster and a day in, values out."""

from sigctl.reports.agenda.around import Around
from sigctl.reports.agenda.gathering import Known
from sigctl.reports.agenda.making import agenda_page, proposed_meeting
from sigctl.reports.agenda.page import AgendaItem, AgendaPage

__all__ = ["AgendaItem", "AgendaPage", "Around", "Known", "agenda_page", "proposed_meeting"]
