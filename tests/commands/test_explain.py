"""`sigctl explain`: every field and every code."""

from typing import Any

import pytest

from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.explain import mistakes, rules
from sigctl.commands.plain_words import example_of, kind_of
from sigctl.commands.shapes import Field, all_fields, fields_in
from sigctl.records import KINDS, Settings
from sigctl.source import parse

from .conftest import Run

FIELDS = {field.name: field for field in all_fields()}


def complete(raw: Any, field: Field) -> Any:
    """An example with the fields filled in that cannot be left out, each by its own example."""
    inner = {each.key: each for each in fields_in(field)}
    if isinstance(raw, list):
        return [complete(each, field) for each in raw]
    if not isinstance(raw, dict) or not inner:
        return raw
    needed = {key: shown(each) for key, each in inner.items() if each.required and key not in raw}
    return {key: complete(value, inner[key]) if key in inner else value for key, value in {**raw, **needed}.items()}


def shown(field: Field) -> Any:
    """The value of a field's own example."""
    value: Any = parse("example.yaml", "\n".join(example_of(field))).data
    for key in field.path:
        value = value[0] if isinstance(value, list) else value
        value = value[key]
    return value


@pytest.mark.parametrize("name", FIELDS)
def test_the_example_of_each_field_is_right(name: str) -> None:
    field = FIELDS[name]
    document = parse("example.yaml", "\n".join(example_of(field)))
    assert not document.problems
    assert isinstance(document.data, dict)
    section = field.path[0]
    raw = complete(document.data[section], FIELDS[section])
    if section in KINDS:
        KINDS[section].model_validate(raw[0])
    else:
        Settings.model_validate({"sigctl": "1", "cluster": {"id": "a", "name": "A"}, section: raw})


def test_each_field_is_explained(sigctl: Run) -> None:
    for name, field in FIELDS.items():
        done = sigctl("explain", name)
        assert done.code == 0
        assert done.out.startswith(f"{name}\n\n{field.description.split()[0]}")
        assert kind_of(field.shape).split()[-1] in done.out


def test_every_rule_is_explained(sigctl: Run) -> None:
    for name, text in rules().items():
        assert text.split(".")[0].split()[0] in sigctl("explain", name).out
    assert f"The rule: {rules()['swaps'][:30]}" in sigctl("explain", "swaps").out
    assert sigctl("explain", "team").out.startswith("There are 4 fields called `team`:\n")
    assert sigctl("explain", "own_school").out.startswith("own_school: a rule that every rota keeps\n\nNobody reviews their own school.")


def test_rules_are_explained_without_formulas(sigctl: Run) -> None:
    for name, text in rules().items():
        shown = sigctl("explain", name).out
        assert text.endswith("."), text
        assert not any(sign in shown for sign in ("x[", "sum over", "\u2264", "\u2265")), shown
    assert sigctl("explain", "own-school").out == sigctl("explain", "own_school").out


def test_every_value_of_a_choice_is_explained(sigctl: Run) -> None:
    shapes = {name: field.shape.inner or field.shape for name, field in FIELDS.items()}
    for name, shape in shapes.items():
        assert tuple(shape.meanings) == shape.choices, name
        assert all(meaning.endswith(".") for meaning in shape.meanings.values())
        for word in shape.choices:
            shown = sigctl("explain", word).out
            assert f"{word}: a value of " in shown
            assert name in shown
    assert sigctl("explain", "fairness").out.startswith("fairness: a value of cycles.goals.goal\n\nGive and take are even")
    assert sigctl("explain", "draft").out.startswith("draft: a value of 2 fields\n\n  rotas.status  ")
    assert "\nValues:\n  lead      Can lead a team." in sigctl("explain", "level").out


def test_what_a_field_takes_is_said_in_nouns() -> None:
    assert kind_of(FIELDS["cycles.visits.fixed"].shape) == "the fields of what is settled beforehand"


def test_every_code_is_explained(sigctl: Run) -> None:
    for code, mistake in mistakes().items():
        done = sigctl("explain", code)
        assert f"{code}: {mistake.severity.value}\n\n" in done.out


def test_a_field_page(sigctl: Run) -> None:
    assert sigctl("explain", "max_out").out == (
        "schools.max_out\n\n"
        "How many of its people may be out on one day; the cycle's `out_per_school`, where left out.\n\n"
        "  what  a whole number from 0\n\n"
        "Example:\n"
        "    schools:\n"
        "      - id: pen-y-dre\n"
        "        max_out: 2\n"
    )


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("schools", "schools\n"),
        ("people.reviewer.level", "people.reviewer.level\n"),
        ("reviewer.level", "people.reviewer.level\n"),
        ("level", "people.reviewer.level\n"),
        ("swaps", "cycles.rules.swaps\n"),
        ("Max-Out", "schools.max_out\n"),
        ("id", "There are 15 fields called `id`:\n"),
        ("unknown-field", "unknown-field: error\n"),
    ],
)
def test_a_word_finds_its_page(sigctl: Run, word: str, found: str) -> None:
    assert sigctl("explain", word).out.startswith(found)


@pytest.mark.parametrize(
    ("word", "nearest"), [("max_ot", "max_out"), ("schols", "schools"), ("unknown-feild", "unknown-field"), ("cycles.rule", "cycles.rules")]
)
def test_the_nearest_is_named(sigctl: Run, word: str, nearest: str) -> None:
    done = sigctl("explain", word)
    assert (done.code, done.out) == (ExitCode.PROBLEMS, "")
    assert done.err == f"sigctl: error: there is nothing called `{word}`\n   = did you mean `{nearest}`?\n"


def test_without_a_word_all_is_listed(sigctl: Run) -> None:
    listed = sigctl("explain").out
    assert all(f"  {key} " in listed for key in (*KINDS, *mistakes()))


def test_defaults_and_what_is_required(sigctl: Run) -> None:
    assert "  default  3\n" in sigctl("explain", "days_between").out
    assert "  default  none\n" in sigctl("explain", "visits_per_week").out
    assert "  default  [mon, tue, wed, thu, fri]\n" in sigctl("explain", "weekdays").out
    assert "  required  yes\n" in sigctl("explain", "cycles.from").out
