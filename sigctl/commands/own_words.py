"""What a cluster says instead of our words: from `words:` in `sigctl.yaml` to every page of this run, and what is wrong there."""

from collections.abc import Iterator
from typing import Final

from sigctl.cluster import Cluster
from sigctl.nearest import did_you_mean
from sigctl.problem import Place, Problem, error

UNKNOWN_WORDS: Final = error(
    "unknown-words",
    """A key under `words:` is none of those that sigctl's papers use.

It would change nothing. `sigctl words` lists the keys, each with what the papers say there. A word that is counted has a key for
each form: `page.minutes.two` stands where there are two of them, `page.minutes.other` where no other form is asked for.

Right:

    words:
      rota.host: {cy: Ysgol letyol, en: Host school}

Wrong:

    words:
      rota.hosts: {cy: Ysgol letyol, en: Host school}""",
)


def problems_of_words(cluster: Cluster) -> Iterator[Problem]:
    """Each key under `words:` that no paper uses."""
    if not cluster.settings.words:
        return
    from sigctl.render.labels import FREE, sayings

    known = sayings("cy")
    for key in cluster.settings.words:
        if key not in known and not key.startswith(FREE):
            place = _place(cluster, key)
            advice = (
                f"write `{key}.other`, or another form"
                if f"{key}.other" in known
                else did_you_mean(key, known, "`sigctl words` lists them")
            )
            yield Problem(UNKNOWN_WORDS, f"no paper uses the words `{key}`", place, advice)


def _place(cluster: Cluster, key: str) -> Place:
    origin = cluster.origins.get(("settings", ""))
    return origin.document.place((*origin.path, "words", key), on_key=True) if origin else Place("sigctl.yaml")


def speak_as(cluster: Cluster) -> None:
    """Let the cluster's own words stand on every page that this run makes."""
    if cluster.settings.words:
        from sigctl.render.labels import speak

        speak({key: text.words for key, text in cluster.settings.words.items()})
