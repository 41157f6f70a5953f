"""All effects on the world outside: files written whole or not at all. Knows no schools."""

from sigctl.deliver.files import Written, try_writing, write

__all__ = ["Written", "try_writing", "write"]
