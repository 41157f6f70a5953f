"""The options of `sigctl rota` that are about many workspaces, and their part of its manual."""

from pathlib import Path
from typing import Annotated, Final

import typer

All = Annotated[
    Path | None, typer.Option("--all", metavar="FOLDER", help="Plan every workspace below this folder, with a line for each: see below.")
]
Jobs = Annotated[
    int | None, typer.Option("--jobs", metavar="NUMBER", min=1, help="With --all, how many at a time; as many as there are processors.")
]
EngineAddress = Annotated[
    str | None, typer.Option("--engine", metavar="ADDRESS", help="With --all, a Dask scheduler or a Ray cluster whose workers plan them.")
]

MANUAL: Final = """\
A region is many workspaces. `--all` plans each folder below that holds a sigctl.yaml as `sigctl rota` in it would, each in a
process of its own, and prints a line for each in the order of their names; what is wrong with one does not stop the others.
Ctrl-C keeps what is done, and the best rotas so far of those at work. Exit code: 0 where every workspace has its rota; the code
that all have in common, where none has (3: all are invalid, 4: none is possible); else 5, done in part.

An engine that runs already can do the work: Dask at tcp://HOST:8786, or Ray at ray://HOST:10001, or `ray` for the cluster that this
machine belongs to. `pip install 'sigctl[dask]'` or `'sigctl[ray]'` brings what it takes to speak with it. Its workers need sigctl
as well, and the folder under the same path: they read the files and write the drafts themselves. What a worker has begun it ends,
even after Ctrl-C.

For example:

    sigctl rota --all region -n              only look; a line for each workspace
    sigctl rota --all region --time-limit 60 --format csv -o region.csv
    sigctl rota --all region --format json   a list of what the single run prints, each with `workspace` and `exit_code`, and
                                             `problem` where something is wrong
    sigctl rota --all /srv/region --engine tcp://scheduler:8786
"""
