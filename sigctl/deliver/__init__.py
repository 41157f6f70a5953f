"""All effects on the world outside: files written whole or not at all. Knows no schools."""

from sigctl.deliver.files import Written, write

__all__ = ["Written", "write"]
