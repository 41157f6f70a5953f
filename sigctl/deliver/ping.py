"""A word to a watchman on the web after each run, so that somebody notices when runs stop. Knows no schools."""

import urllib.error
import urllib.request
from threading import Thread
from typing import Final
from urllib.parse import urlsplit, urlunsplit

_WAIT: Final = 10.0
"""Seconds for the whole of it: the name, the connection, the answer."""


def is_address(url: str) -> bool:
    """Whether a text is the address of a page of the web."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and url.isprintable() and " " not in url and parts.port != 0
    except ValueError:
        return False


def ping(url: str, *, is_well: bool, wait: float = _WAIT) -> str:
    """Tell an address that a run went well, or by `/fail` behind it that it did not; why that was not possible, or nothing.

    The answer never shows the address itself: whoever knows it can speak in our name.
    """
    told: list[str] = []
    asking = Thread(target=lambda: told.append(_asked(url if is_well else _failing(url), wait)), daemon=True)
    asking.start()
    asking.join(wait)
    return told[0] if told else f"{urlsplit(url).hostname} did not answer within {wait:g} seconds"


def _failing(url: str) -> str:
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/fail"))


def _asked(url: str, wait: float) -> str:
    host = urlsplit(url).hostname
    request = urllib.request.Request(url, headers={"User-Agent": "sigctl"})
    try:
        with urllib.request.urlopen(request, timeout=wait):
            return ""
    except urllib.error.HTTPError as answer:
        return f"{host} answered {answer.code}"
    except TimeoutError:
        return f"{host} did not answer within {wait:g} seconds"
    except Exception:
        return f"{host} could not be reached"
