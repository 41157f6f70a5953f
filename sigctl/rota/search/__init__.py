"""The search: decomposed into who and when, with proofs. Sees the puzzle alone, and is the only place that knows a solver."""
