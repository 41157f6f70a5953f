"""Time zones as calendars name them: by the IANA's names, by those of Windows, or by a zone that the file describes."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone, tzinfo
from functools import cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from sigctl.intake.entries import Entry, told

_OFFSET: Final = re.compile(r"([+-])(\d\d)(\d\d)")
_LONDON: Final = "Europe/London"
_DISPLAYED: Final = re.compile(r"\(?(?:UTC|GMT)\)?.*\b(?:london|lisbon|dublin|edinburgh)\b", re.IGNORECASE)


class Zones:
    """The zones of one file. `unknown` gathers the names that nobody knows, for which the cluster's own zone is taken."""

    def __init__(self, own: tzinfo, described: Sequence[Entry]) -> None:
        self.own = own
        self.unknown: dict[str, None] = {}
        self._described = {about.get("TZID", ""): about for about in map(told, described)}

    def placed(self, value: date, name: str) -> date:
        """A day as it is; a time in its zone: that which icalendar found, or that of the name, or the cluster's own."""
        if not isinstance(value, datetime) or value.tzinfo:
            return value
        return value.replace(tzinfo=self.named(name) if name.strip() else self.own)

    def named(self, name: str) -> tzinfo:
        """The zone of a name."""
        wanted = name.strip().strip('"')
        about = self._described.get(wanted, {})
        found = _known(wanted) or _known(about.get("X-LIC-LOCATION", "")) or self._away(about.get("TZOFFSETTO", ""))
        if found is None:
            self.unknown[wanted[:60]] = None
        return found or self.own

    def _away(self, offset: str) -> tzinfo | None:
        """A zone of which the file tells no more than how far it is from Greenwich; summer time is not known then."""
        match = _OFFSET.fullmatch(offset) if len(self._described) == 1 else None
        if match is None:
            return None
        away = timedelta(hours=int(match[2]), minutes=int(match[3])) * (-1 if match[1] == "-" else 1)
        if away in (timedelta(), timedelta(hours=1)):
            return None
        return timezone(away) if abs(away) < timedelta(hours=24) else None


@cache
def _known(name: str) -> tzinfo | None:
    """A zone whose name icalendar knows, as it stands or without what Exchange and others write around it."""
    from icalendar.timezone import tzp

    if _DISPLAYED.match(name):
        return ZoneInfo(_LONDON)
    parts = name.strip("/").split("/")
    for each in (name, re.sub(r" \d$", "", name), "/".join(parts[-2:]), "/".join(parts[-3:])):
        try:
            found: Any = tzp.timezone(each) if each else None
        except (OSError, ValueError):
            continue
        if isinstance(found, tzinfo):
            return found
    return None
