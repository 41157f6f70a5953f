"""The options of `sigctl rota` itself, which say how it plans."""

from typing import Annotated

import typer

Seed = Annotated[int, typer.Option("--seed", metavar="NUMBER", min=0, max=2**31 - 1, help="Which of equally good rotas to take.")]
TimeLimit = Annotated[float | None, typer.Option("--time-limit", metavar="SECONDS", min=0.1, help="Stop then, with the best rota found.")]
Replace = Annotated[bool, typer.Option("--replace", help="Write over a draft that was edited by hand.")]
Partial = Annotated[
    bool, typer.Option("--partial", help="Where not all visits can be placed, place as many as can be, and say what bars the others.")
]
