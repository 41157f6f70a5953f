"""Wrong usage in our own words: what Typer complains about, and the nearest thing that there is."""

from typing import Any, NamedTuple

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
    told, _, advice = wrong.message.partition("; ")
    return f"{_sentence(told)}, for {name}", advice


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
