"""Words that stand in replies beside days: that every day suits, that all others do, and those that may be repeated in a message."""

from typing import Final

_NONE_WORDS: Final = (
    "none|no days|no day|nothing|every day suits|every day suits me|all days suit|all fine|any day suits|dim|dim un|"
    "dim diwrnod|dim byd|pob diwrnod yn iawn|pob diwrnod yn addas|pob diwrnod yn gyfleus|mae pob diwrnod yn addas|"
    "mae pob diwrnod yn gyfleus"
)
_NONE: Final = frozenset(_NONE_WORDS.split("|"))
_REST_WORDS: Final = (
    "all other days suit|all others suit|other days suit|every other day suits|all other days are fine|the rest suit|"
    "the rest suits|mae pob diwrnod arall yn addas|pob diwrnod arall yn addas|mae pob diwrnod arall yn gyfleus|"
    "pob diwrnod arall yn gyfleus|all other days suit mae pob diwrnod arall yn addas|"
    "mae pob diwrnod arall yn addas all other days suit|all other days suit mae pob diwrnod arall yn gyfleus|"
    "mae pob diwrnod arall yn gyfleus all other days suit"
)
_REST: Final = frozenset(_REST_WORDS.split("|"))
_OF_DAYS_WORDS: Final = (
    "w c wc wk week weeks commencing beginning ending every each all any both day days but not except apart from until till to "
    "after before between first last half term morning mornings afternoon afternoons mondays tuesdays wednesdays thursdays "
    "fridays monday tuesday wednesday thursday friday mon tue wed thu fri january february march april may june july august "
    "september october november december the of in or pob bob wythnos wythnosau yn dechrau bore boreau prynhawn hanner tymor ond "
    "heblaw ac eithrio rhwng cyn ar ol tan o hyd llun mawrth mercher iau gwener ionawr chwefror ebrill mai mehefin gorffennaf "
    "awst medi hydref tachwedd rhagfyr dydd dyddiau diwrnod diwrnodau neu"
)
_OF_DAYS: Final = frozenset(_OF_DAYS_WORDS.split())
_LONGEST: Final = 40


def is_none(said: str) -> bool:
    """Whether this says that there is no day that does not suit."""
    return said in _NONE


def is_rest(said: str) -> bool:
    """Whether this says that all days suit that are not named."""
    return said in _REST


def harmless(said: str) -> str:
    """What stands beside days, for a message, as ` (`every`)`; nothing where a word of it is not of days, since it may be a reason."""
    words = said.split()
    return f" (`{said}`)" if words and len(said) < _LONGEST and _OF_DAYS.issuperset(words) else ""


def names_days(said: str) -> bool:
    """Whether a word of this is of days."""
    return not _OF_DAYS.isdisjoint(said.split())
