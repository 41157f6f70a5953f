"""Why a rota is as it is, and why there is none. Every answer is solved for, and none is guessed."""
