"""What ticks a thing off: the command that whoever keeps the files types once it is known to be done."""

from sigctl.reports.reminders.about import AboutAction, AboutMeeting, AboutStage
from sigctl.reports.reminders.asof import AsOf
from sigctl.reports.reminders.values import Matter


def command_for(now: AsOf, matter: Matter) -> str:
    """The command after which nobody is reminded of something any more; empty where none does it alone."""
    match matter.about:
        case AboutAction(line):
            return f"sigctl actions done {line.ref}"
        case AboutStage(stage=stage, visit=visit):
            return f"sigctl rota done {visit.host_id} {stage.id}{_of_cycle(now, matter)}"
        case AboutMeeting(meeting_id=meeting) if matter.notice.kind == "minutes-due":
            return f"sigctl minutes new {meeting}"
        case _:
            return ""


def _of_cycle(now: AsOf, matter: Matter) -> str:
    """Which cycle is meant, where there are several."""
    return f" --cycle {matter.notice.subject.partition('/')[0]}" if len(now.cluster.cycles) > 1 else ""
