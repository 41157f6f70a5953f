"""All effects on the world outside: files written whole or not at all. Knows no schools."""

from sigctl.deliver.files import Written, remove, try_writing, write

__all__ = ["Written", "remove", "try_writing", "write"]
