"""What is printed follows from how the name behind `-o` ends, where `--format` is left out; a file whose name would lie is refused."""

from pathlib import Path
from typing import Any, Final

from sigctl.commands.errors import CommandError

_FORMATS: Final = {
    ".txt": "text",
    ".md": "md",
    ".html": "html",
    ".htm": "html",
    ".docx": "docx",
    ".pdf": "pdf",
    ".csv": "csv",
    ".xlsx": "xlsx",
    ".json": "json",
    ".svg": "svg",
    ".png": "png",
}
"""The format that the ending of a file's name stands for."""


def stands_for(file: Path) -> str | None:
    """The format that the name of a file promises, if any."""
    return _FORMATS.get(file.suffix.lower())


def follow_ending(command: Any, context: Any) -> None:
    """Let the format of a command follow from its `-o FILE`. Raises CommandError where `--format` names another, or it has none such."""
    output: Path | None = context.params.get("output")
    choice = next((each for each in command.params if each.name == "format"), None)
    wanted = stands_for(output) if output and not output.is_dir() else None
    if context.resilient_parsing or choice is None or wanted is None:
        return
    formats = {str(each.value): each for each in choice.type_descriptor.choices}
    given = context.params["format"] if context.get_parameter_source("format").name != "DEFAULT" else None
    if given is None and wanted in formats:
        context.params["format"] = formats[wanted]
    elif given is None:
        others = ", ".join(ending for ending, format in _FORMATS.items() if format in formats)
        raise CommandError(f"`{context.command_path}` makes no {wanted}, as {output} would be", f"it can make {others}")
    elif given.value != wanted:
        endings = " or ".join(ending for ending, format in _FORMATS.items() if format == given.value)
        raise CommandError(f"--format {given.value} and {output} disagree", f"leave --format out, or let the name end with {endings}")
