"""The terminal: one thin file a command, and what they share. Imports all rooms; no room imports it.

Nothing is imported here, so that completion and `--version` stay as quick as Python itself.
"""
