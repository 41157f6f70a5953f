"""Wrong usage in our own words: what Typer complains about, and the nearest thing that there is."""

import re
from typing import Any, Final, NamedTuple

from typer.exceptions import TyperException

from sigctl.nearest import did_you_mean


class Complaint(NamedTuple):
    """What is wrong with a command line, what to do, and which command it was for."""

    message: str
    advice: str
    command: str


def complaint(wrong: TyperException) -> Complaint:
    """What Typer refused, put plainly."""
    context = getattr(wrong, "ctx", None)
    path = context.command_path if context else "sigctl"
    message, advice = _words(wrong, context)
    return Complaint(message, advice or f"`{path} --help` tells how to use it", path)


def _words(wrong: TyperException, context: Any) -> tuple[str, str]:
    unknown = getattr(wrong, "option_name", None)
    if unknown and type(wrong).__name__ == "NoSuchOption":
        known = [name for each in context.command.get_params(context) for name in each.opts] if context else []
        return f"there is no option `{unknown}`", did_you_mean(unknown, known)
    parameter = getattr(wrong, "param", None)
    if parameter is None:
        return _without_parameter(wrong.format_message()), ""
    name = max(parameter.opts, key=len) if parameter.param_type_name == "option" else parameter.metavar or parameter.name.upper()
    if type(wrong).__name__ == "MissingParameter":
        return f"{name} is missing", ""
    choices = parameter.type_descriptor.choices
    if choices:
        given = wrong.message.partition("'")[2].partition("'")[0]
        words = [str(getattr(choice, "value", choice)) for choice in choices]
        return f"`{given}` is not one of {', '.join(words)} for {name}", did_you_mean(given, words)
    if wanted := next((words.format(*found.groups()) for sign, words in _WANTED if (found := sign.match(wrong.message))), None):
        return f"{name} takes {wanted}", ""
    told, _, advice = wrong.message.partition("; ")
    return f"{_sentence(told)}, for {name}", advice


_WANTED: Final = tuple(
    (re.compile(sign), words)
    for sign, words in {
        r"Input should be greater than or equal to (.+)": "a number from {} on",
        r"Input should be less than or equal to (.+)": "a number up to {}",
        r"Input should be a valid integer": "a whole number, such as 3",
        r"Input should be a valid (?:number|decimal)": "a number, such as 2.5",
    }.items()
)
"""What Typer says of a number that it does not take, and what we say instead."""


def _without_parameter(text: str) -> str:
    if text.startswith("Got unexpected extra argument"):
        return f"`{text.partition(')')[2].strip(' ()')}` is one word too many"
    if text.endswith("requires an argument."):
        return f"`{text.split(chr(39))[1]}` needs a value behind it"
    return _sentence(text)


def _sentence(text: str) -> str:
    """Typer's words without their capital and full stop."""
    text = text.removeprefix("Value error, ").rstrip(".").replace("'", "`")
    return text[:1].lower() + text[1:]
