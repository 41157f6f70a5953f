"""Runs sigctl as if there had been a format before the first, in which people had a `role:` and no `post:`."""

import sys
from collections.abc import Iterable

from sigctl.cluster import format as versions
from sigctl.cluster.edit import Change, Edit, Remove
from sigctl.source import Document


def with_posts(document: Document) -> Iterable[Edit]:
    """The step from that format to the first."""
    data = document.data
    people = data.get("people") if isinstance(data, dict) else None
    for index, person in enumerate(people if isinstance(people, list) else ()):
        if isinstance(person, dict) and "role" in person:
            yield Change(("people", index, "post"), str(person["role"]))
            yield Remove(("people", index, "role"))


STEPS = (versions.Step(0, "`role:` is called `post:`", with_posts),)


if __name__ == "__main__":
    from sigctl.commands.run import run

    versions.STEPS = STEPS  # type: ignore[misc]
    sys.exit(run(sys.argv[1:]))
