"""JSON for other programs: which format it is, days as `YYYY-MM-DD`, texts as `{cy, en}`. Each command's help promises its own."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from sigctl.words import Words


def json_text(format: str, told: Mapping[str, Any]) -> str:
    """What is told, behind a name and a version that other programs can rely on."""
    return json.dumps({"format": format, "version": 1, **told}, indent=2, ensure_ascii=False) + "\n"


def words_told(words: Words) -> dict[str, str]:
    """A text in both languages."""
    return {"cy": words.cy, "en": words.en}


def day_told(day: date | None) -> str | None:
    """A day, where there is one."""
    return day.isoformat() if day else None
