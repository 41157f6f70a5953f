"""`sigctl explain`: what a word means, be it a field of the files, a rule of the rota or the code of a message."""

import sys
from functools import cache
from inspect import cleandoc
from typing import Annotated

import typer

from sigctl.commands import console
from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.manual import paragraphs, rows
from sigctl.commands.plain_words import brief, default_of, example_of, kind_of
from sigctl.commands.shapes import Field, all_fields, choices, fields_in, sections
from sigctl.nearest import did_you_mean
from sigctl.problem import Mistake


def explain(
    word: Annotated[str | None, typer.Argument(metavar="WORD", help="A section, a field, a value, a rule or a code.")] = None,
) -> None:
    """Say what a field or a message's code means.

    A field is named by the keys that lead to it, with points between them; the last of them is enough where only one field
    has that name. A code is the word in brackets at the end of a message. The rules and the goals of the rota are explained by
    their names, the rules that always hold as well; and so is each word that a field takes as its value, such as `lead`.
    Without a word, lists what there is to explain.

    Exit code: 1 where there is nothing of that name.

    For example:

        sigctl explain schools                all fields of a school
        sigctl explain max_out                one field: what it means, what belongs into it, an example
        sigctl explain cycles.rules           the rules that a rota keeps to
        sigctl explain fairness               a goal, or any other value of a field
        sigctl explain unknown-field          what a message means, and what to do
    """
    if word is None:
        console.result(_contents())
        return
    fields, found, name = fields_of(word), mistakes(), word.strip().lower()
    rule = name.replace("-", "_")
    pages = [page(fields[0]) if len(fields) == 1 else choice(word, fields)] if fields else []
    pages += [manual(found[name])] if name in found else []
    pages += [rule_page(rule)] if rule in rules() and not fields_of(f"rules.{rule}") else []
    pages += [value_page(name)] if name in choices() else []
    if not pages:
        known = (*found, *rules(), *choices(), *(each.name for each in all_fields()), *(each.key for each in all_fields()))
        advice = did_you_mean(word, known, "`sigctl explain` lists what there is")
        raise CommandError(f"there is nothing called `{word}`", advice, ExitCode.PROBLEMS)
    console.result("\n\n".join(pages))


def mistakes() -> dict[str, Mistake]:
    """Every kind of mistake that a message can tell of, by its code."""
    from sigctl import checks, cluster, source
    from sigctl.commands.own_templates import TEMPLATE_FAULT, TEMPLATE_HEADING, TEMPLATE_NAME
    from sigctl.commands.own_words import UNKNOWN_WORDS

    of_papers = (TEMPLATE_FAULT, TEMPLATE_HEADING, TEMPLATE_NAME, UNKNOWN_WORDS)
    return {each.code: each for each in (*source.MISTAKES, *cluster.MISTAKES, *checks.MISTAKES, *of_papers)}


@cache
def rules() -> dict[str, str]:
    """What each rule of a rota says, by its name: its first paragraph; what follows is for those who read the code."""
    from sigctl.rota.rules import RULES

    return {rule.name: " ".join(cleandoc(rule.__doc__ or "").partition("\n\n")[0].split()) for rule in RULES}


def fields_of(word: str) -> tuple[Field, ...]:
    """The fields that a word may mean: the one with exactly that name, or else all whose name ends so.

    By its name alone a rule is meant, and not what becomes of it in a rota edited by hand.
    """
    keys = tuple(word.strip().lower().replace("-", "_").split("."))
    exact = tuple(each for each in all_fields() if each.path == keys)
    found = (each for each in all_fields() if each.path[-len(keys) :] == keys)
    return exact or tuple(each for each in found if len(keys) > 1 or each.path[:-1] != ("cycles", "by_hand"))


def page(field: Field) -> str:
    """All about a field: what it means, what belongs into it, an example, and the fields in it."""
    paint, width = console.paint_for(sys.stdout), console.width_of(sys.stdout)
    facts = [("what", kind_of(field.shape)), ("where", f"`{field.path[0]}:` at the top of a file" if len(field.path) == 1 else "")]
    facts += [("default", default_of(field)), ("required", "yes" if field.required else "")]
    inner = fields_in(field)
    blocks = [
        f"{paint(field.name, 'strong')}\n\n{paragraphs(field.description, width)}",
        "\n".join(rows(((name, value) for name, value in facts if value), width)),
        f"{paint('Example:', 'strong')}\n" + "\n".join(f"    {line}" for line in example_of(field)),
    ]
    if field.path[:2] == ("cycles", "rules") and field.key in rules():
        blocks.insert(1, paragraphs(f"The rule: {rules()[field.key]}", width).replace("The rule:", paint("The rule:", "strong"), 1))
    if meanings := field.shape.words:
        blocks.insert(2, f"{paint('Values:', 'strong')}\n" + "\n".join(rows(meanings.items(), width)))
    if inner:
        listed = ((f"{each.key}{' *' if each.required else ''}", f"{each.description} ({brief(each.shape)})") for each in inner)
        blocks += [f"{paint('Fields:', 'strong')} (* cannot be left out)\n" + "\n".join(rows(listed, width))]
    return "\n\n".join(blocks)


def rule_page(name: str) -> str:
    """A rule of the rota that no field sets, for it always holds."""
    paint, width = console.paint_for(sys.stdout), console.width_of(sys.stdout)
    return f"{paint(name, 'strong')}: a rule that every rota keeps\n\n{paragraphs(rules()[name], width)}"


def value_page(word: str) -> str:
    """A word that fields take as their value: what it means in each."""
    paint, width = console.paint_for(sys.stdout), console.width_of(sys.stdout)
    (field, meaning), *others = choices()[word]
    if not others:
        return f"{paint(word, 'strong')}: a value of {field.name}\n\n{paragraphs(meaning, width)}"
    if all(told == meaning for _, told in others):
        names = ", ".join(each.name for each, _ in choices()[word])
        return f"{paint(word, 'strong')}: a value of {len(others) + 1} fields\n\n{paragraphs(meaning, width)}\n\nFields: {names}"
    listed = rows(((each.name, told) for each, told in choices()[word]), width)
    return "\n".join((f"{paint(word, 'strong')}: a value of {len(others) + 1} fields", "", *listed))


def choice(word: str, fields: tuple[Field, ...]) -> str:
    """The fields that share a name, to choose from."""
    width = console.width_of(sys.stdout)
    listed = rows(((each.name, each.description) for each in fields), width)
    return "\n".join((f"There are {len(fields)} fields called `{word}`:", "", *listed))


def manual(mistake: Mistake) -> str:
    """The manual of a kind of mistake."""
    paint, width = console.paint_for(sys.stdout), console.width_of(sys.stdout)
    severity = mistake.severity.value
    head = f"{paint(mistake.code, 'strong')}: {paint(severity, severity)}"
    return f"{head}\n\n{paragraphs(mistake.manual.strip(), width)}"


def _contents() -> str:
    paint, width = console.paint_for(sys.stdout), console.width_of(sys.stdout)
    fixed = [(name, text) for name, text in rules().items() if not fields_of(f"rules.{name}")]
    blocks = (
        (f"{paint('What stands at the top of a file:', 'strong')}", [(key, each.description) for key, each in sections().items()]),
        (f"{paint('What every rota keeps, besides cycles.rules:', 'strong')}", fixed),
        (f"{paint('What a message may say in brackets:', 'strong')}", [(code, _line(each)) for code, each in sorted(mistakes().items())]),
    )
    return "\n\n".join("\n".join((title, *rows(pairs, width))) for title, pairs in blocks)


def _line(mistake: Mistake) -> str:
    return " ".join(mistake.summary.split())
