"""Whatever a file holds, reading it ends, raises nothing, and every problem stands inside the file."""

from hypothesis import given, settings
from hypothesis import strategies as st
from workspaces import base_files, inside

from sigctl.source import Document, parse
from sigctl.source.files import decoded

ODD = ["\x00", "\x1b", "\x85", "\xa0", "\u2028", "\u202e", "\ufeff", "ŵ", "😀", "id: a\n", "\n  - ", ": ", "---", "..."]
SIGNS = st.sampled_from([*"\t\n\r:-?,[]{}#&*!|>'\"%@`<=~ \\", *ODD])
LIKE_YAML = st.lists(st.one_of(SIGNS, st.text("abc019.", min_size=1, max_size=4)), max_size=40).map("".join)
FUZZ = settings(max_examples=100, deadline=None, database=None, derandomize=True)
TEXTS = list(base_files().values())


def every_place(document: Document) -> None:
    """Ask for the place of each value that a document holds."""
    waiting = [((), document.data)]
    while waiting:
        path, value = waiting.pop()
        assert document.place(path).line or path == ()
        inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        waiting += [((*path, key), each) for key, each in inner]


@FUZZ
@given(st.binary(max_size=200))
def test_any_bytes(content: bytes) -> None:
    assert inside(decoded("x.yaml", content))


@FUZZ
@given(st.text(max_size=100))
def test_any_text(text: str) -> None:
    assert inside(parse("x.yaml", text))


@FUZZ
@given(LIKE_YAML)
def test_texts_like_yaml(text: str) -> None:
    document = parse("x.yaml", text)
    assert inside(document)
    every_place(document)


@FUZZ
@given(st.sampled_from(TEXTS), st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 8), LIKE_YAML), min_size=1, max_size=3))
def test_mutated_files(text: str, changes: list[tuple[int, int, str]]) -> None:
    for at, length, new in changes:
        at %= len(text) + 1
        text = text[:at] + new + text[at + length :]
    document = parse("x.yaml", text)
    assert inside(document)
    every_place(document)
