"""What people and schools are called in English text: by id, and the first time by post or name and school as well."""

from sigctl.cluster import Cluster
from sigctl.records import Cycle
from sigctl.render import said, who
from sigctl.reports.visit import Visits


class Called:
    """The names of a cluster's people and schools; whom it has named once, it names by the id alone after that."""

    def __init__(self, cluster: Cluster, cycle: Cycle) -> None:
        self._visits = Visits(cluster, cycle)
        self._known: set[str] = set()

    def school(self, id: str) -> str:
        """A school: its id and its name."""
        return f"{id} ({said(self._visits.cluster.schools[id].name.words, 'en')})"

    def person(self, id: str) -> str:
        """A person: the id, and the first time the post or the name, and the school."""
        if id in self._known:
            return id
        self._known.add(id)
        return f"{id} ({who(self._visits.member(id), 'en')})"
