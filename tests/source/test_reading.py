"""What is wrong with a text as YAML: text in, (code, line, column) out. And values survive as they are written."""

from itertools import pairwise

import pytest
from workspaces import inside

from sigctl.source import parse, reader
from sigctl.source.reader import MAX_DEPTH, MAX_PROBLEMS

ESC, BEL, RLO, NBSP, LS, NEL = "\x1b", "\x07", "\u202e", "\xa0", "\u2028", "\x85"

MISTAKES = [
    ("", [("empty-file", 1, 1)]),
    ("# nothing\n\n# at all\n", [("empty-file", 1, 1)]),
    ("---\n", []),
    ("a: b\n...\n", []),
    ("---\na: b\n", []),
    ("a: b\n---\nc: d\n", [("two-documents", 2, 1)]),
    ("a: b\n...\nc: @\n", [("syntax", 3, 1)]),
    ("a: b\na: c\n", [("duplicate-key", 2, 1)]),
    ("a: {b: 1, b: 2, b: 3}\n", [("duplicate-key", 1, 11), ("duplicate-key", 1, 17)]),
    ("a:\n\tb: c\n", [("tab", 2, 1)]),
    ("\ta: b\n", [("tab", 1, 1)]),
    ("a:\n  b: c\n\td: e\n", [("tab", 3, 1)]),
    ("a:\n  -\tb: c\n", [("tab", 2, 4)]),
    ("a: b # a\tcomment\nc\n", [("syntax", 2, 1)]),
    ("a: !!str b\n", [("tag", 1, 4)]),
    ("a: !Important b\n", [("tag", 1, 4)]),
    ("a: !x!y b\n", [("syntax", 1, 4)]),
    ("!map {a: b}\n", [("tag", 1, 1)]),
    ("a: &x b\n", [("alias", 1, 4)]),
    ("a: *x\n", [("alias", 1, 4)]),
    ("a: **bold**\n", [("syntax", 1, 5)]),
    ("a: &x {b: c}\nd:\n  <<: *x\n", [("alias", 1, 4), ("alias", 3, 3)]),
    ("? [a, b]\n: c\nd: e\n", [("key-not-text", 1, 3)]),
    ("{{ name }}: a\n", [("key-not-text", 1, 1)]),
    ("*x : b\n", [("key-not-text", 1, 1)]),
    ("a: @b\n", [("syntax", 1, 4)]),
    ("a: `b`\n", [("syntax", 1, 4)]),
    ("a: %b\n", [("syntax", 1, 4)]),
    ('a: "b\nc: d\n', [("syntax", 1, 4)]),
    ("a: [b, c\nd: e\n", [("syntax", 1, 4)]),
    ("a: [b, c]]\n", [("syntax", 1, 10)]),
    ("a: {b: c\n", [("syntax", 1, 4)]),
    ("a: 'b' c\n", [("syntax", 1, 8)]),
    ("a: b: c\n", [("syntax", 1, 5)]),
    ("name:Aberdare\nphase: primary\n", [("syntax", 1, 6)]),
    ("a: b\n  c: d\n", [("syntax", 2, 3)]),
    ("a: - b\n", [("syntax", 1, 4)]),
    ("- a\nb: c\n", [("syntax", 2, 1)]),
    ('a: "\\q"\n', [("syntax", 1, 5)]),
    ('a: "\\xZZ"\n', [("syntax", 1, 7)]),
    ('a: "\\ud800"\n', [("syntax", 1, 7)]),
    ("%YAML 3.0\n---\na: b\n", [("syntax", 1, 1)]),
    ("a: |9x\n  b\n", [("syntax", 1, 6)]),
    ("a: “b: c”\n", [("syntax", 1, 6)]),
    (f"a: b{ESC}[31mc\n", [("hidden-character", 1, 5)]),
    ("a: b\0c\nd: e\n", [("hidden-character", 1, 5)]),
    (f"a: b\nc: {BEL}d\ne: f{BEL}\n", [("hidden-character", 2, 4), ("hidden-character", 3, 5)]),
    (f"a: Ysgol {RLO}x\n", [("hidden-character", 1, 10)]),
    ("a: b\u200bc\n", [("hidden-character", 1, 5)]),
    ("a: b\ufeffc\n", [("hidden-character", 1, 5)]),
    ("a: b\ud800c\n", [("hidden-character", 1, 5)]),
    ('a: "b\\u202ec"\n', [("hidden-character", 1, 4)]),
    (f"{NBSP}{NBSP}b: c\n", [("hidden-character", 1, 1)]),
    (f"a:{NBSP}b\nc: d\n", [("hidden-character", 1, 3)]),
    (f"a{ESC}: b\n", [("hidden-character", 1, 2)]),
    ("# caf\x1bé\na: b\n", [("hidden-character", 1, 6)]),
    ("é: b\r\nc: !x d\r\n", [("tag", 2, 4)]),
    ("a: b\rc: !x d\r", [("tag", 2, 4)]),
    (f"a: b{NEL}c: !x d{LS}e: !x f\n", [("tag", 2, 4), ("tag", 3, 4)]),
    ("a: 😀 !x\nb: 😀\nc: !x d\n", [("tag", 3, 4)]),
    ("[" * 100_000, [("too-deep", 1, MAX_DEPTH + 1)]),
    ("{a: " * 100_000, [("too-deep", 1, 4 * MAX_DEPTH + 1)]),
    ("- " * 100_000, [("too-deep", 1, 2 * MAX_DEPTH + 1)]),
    ("k" * 10_000 + ": v\n", [("syntax", 1, 1)]),
]


@pytest.mark.parametrize(("text", "expected"), MISTAKES, ids=[repr(text[:30]) for text, _ in MISTAKES])
def test_mistakes_of_layout(text: str, expected: list[tuple[str, int, int]]) -> None:
    found = parse("x.yaml", text).problems
    assert [(problem.code, problem.place.line, problem.place.column) for problem in found] == expected
    assert all(problem.advice for problem in found)


@pytest.mark.parametrize(
    "written",
    ["15:30", "no", "on", "Yes", "0123456", "1_000", ".inf", "=", "2026-11-12", "0x1F", "1e3", "12:30:45", "y", "0o17", "+44 1632 960123"],
)
def test_scalars_stay_text(written: str) -> None:
    assert parse("x.yaml", f"a: {written}\n{written}: b\n").data == {"a": written, written: "b"}


@pytest.mark.parametrize("written", ["", "~", "null", "NULL"])
def test_nothing_is_nothing(written: str) -> None:
    assert parse("x.yaml", f"a: {written}\nb: '{written}'\n").data == {"a": None, "b": written}


def test_texts_are_composed() -> None:
    assert parse("x.yaml", "a: Llŷn w\u0302\nw\u0302: b\n").data == {"a": "Llŷn ŵ", "ŵ": "b"}


def test_emoji_and_flags_are_no_hidden_characters() -> None:
    flag = "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f"
    assert parse("x.yaml", f"a: {flag} 👩\u200d🏫 Ysgol\xa0Uwchradd\n").problems == ()


@pytest.mark.parametrize("mark", ["\u200e", "\u200f", "\u061c"])
def test_marks_of_direction_are_a_part_of_texts(mark: str) -> None:
    found = parse("x.yaml", f"a: {mark}مدرسة{mark} 5\nb: 'x{mark}'\n")
    assert (found.data, found.problems) == ({"a": f"{mark}مدرسة{mark} 5", "b": f"x{mark}"}, ())


@pytest.mark.parametrize("text", ["a{0}: b\n", "a: {0}\n", "a: 'x\u202e{0}'\n", "a: x\u2066{0}\n"])
def test_marks_of_direction_are_no_part_of_keys_and_no_text_alone(text: str) -> None:
    found = parse("x.yaml", text.format("\u200f"))
    assert [each.code for each in found.problems] == ["hidden-character"]
    assert "\u200f" not in found.problems[0].place.text


def test_what_can_be_read_is_read() -> None:
    assert parse("x.yaml", "a: *x\nb: c\nb: d\n? [e]\n: f\ng: h\x1b\n---\ni: j\n").data == {"a": None, "b": "c", "g": "h"}


def test_an_alias_bomb_stays_small() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9))]
    found = parse("x.yaml", "\n".join(lines)).problems
    assert {problem.code for problem in found} == {"alias", "too-many-mistakes"}


def test_too_many_mistakes_end_the_reading() -> None:
    found = parse("x.yaml", "[" + "*a, " * 100_000 + "]").problems
    assert len(found) == MAX_PROBLEMS + 1
    assert found[-1].code == "too-many-mistakes"


def test_a_file_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_ENTRIES", 1000)
    monkeypatch.setattr(reader, "MAX_VALUES", 5000)
    keys = "".join(f"k{n}: v\n" for n in range(1001))
    lists = f"a: [{', '.join(['[1, 2, 3, 4]'] * 900)}]\nb: [{', '.join(['[1, 2, 3, 4]'] * 900)}]\n"
    found = [parse("x.yaml", text).problems for text in (keys, f"a: [{'x, ' * 1001}]", lists)]
    assert [[f"{each.place.line} {each.code}" for each in problems] for problems in found] == [
        ["1001 file-too-big"],
        ["1 file-too-big"],
        ["2 file-too-big"],
    ]


def test_fifty_thousand_keys() -> None:
    document = parse("x.yaml", "".join(f"key{n}: {n}\n" for n in range(50_000)))
    assert document.problems == ()
    assert document.place(("key49999",)).line == 50_000


def test_a_very_long_line_is_not_shown_whole() -> None:
    document = parse("x.yaml", "a: [" + "b, " * 100_000 + "!x c]\n")
    assert [problem.code for problem in document.problems] == ["tag"]
    assert len(document.problems[0].place.text) < 20_000


PLACES = """\
schools:
  - id: aberdare        # a comment
    name: {cy: Aberdâr, en: Aberdare}
    staff_days:
      - 2026-11-12
      - {from: 2026-11-13, to: 2026-11-14,
         why: "a long story"}

  -  {id: treorchy, "name": 'Treorci'}
people:
- id: head
  post: >
    Headteacher
    and more
"""


@pytest.mark.parametrize(
    ("path", "line", "column", "underlined"),
    [
        (("schools",), 2, 3, "- id: aberdare"),
        (("schools", 0), 2, 5, "id: aberdare"),
        (("schools", 0, "id"), 2, 9, "aberdare"),
        (("schools", 0, "name", "cy"), 3, 16, "Aberdâr"),
        (("schools", 0, "staff_days", 0), 5, 9, "2026-11-12"),
        (("schools", 0, "staff_days", 1, "to"), 6, 32, "2026-11-14"),
        (("schools", 0, "staff_days", 1, "why"), 7, 15, "·· ···· ······"),
        (("schools", 1), 9, 6, "{id: treorchy, \"name\": 'Treorci'}"),
        (("schools", 1, "name"), 9, 29, "'Treorci'"),
        (("schools", 1, "nowhere", "at", "all"), 9, 6, "{id: treorchy, \"name\": 'Treorci'}"),
        (("people", 0, "id"), 11, 7, "head"),
        (("people", 0, "post"), 12, 9, ">"),
    ],
)
def test_places_of_values(path: tuple[str | int, ...], line: int, column: int, underlined: str) -> None:
    place = parse("x.yaml", PLACES).place(path)
    shown = place.text[place.column - 1 : place.column - 1 + place.length]
    assert (place.line, place.column) == (line, column)
    assert shown == underlined


def test_places_of_keys() -> None:
    document = parse("x.yaml", PLACES)
    assert str(document.place(("schools", 1, "name"), on_key=True)) == "x.yaml:9:21"
    assert str(document.place(("schools", 0, "nowhere"), on_key=True)) == "x.yaml:2:5"
    assert str(document.place(("nowhere",), on_key=True)) == "x.yaml"


def test_places_in_one_long_flow() -> None:
    document = parse("x.yaml", '{"schools": [{"id": "a", "pupils": 1}, {"id": "b",\n"pupils": 2}]}')
    assert str(document.place(("schools", 0, "pupils"))) == "x.yaml:1:36"
    assert str(document.place(("schools", 1, "id"))) == "x.yaml:1:47"
    assert str(document.place(("schools", 1, "pupils"))) == "x.yaml:2:11"


def test_problems_stand_inside_the_file() -> None:
    assert all(inside(parse("x.yaml", text)) for text, _ in MISTAKES)
    assert all(inside(parse("x.yaml", one + two)) for (one, _), (two, _) in pairwise(MISTAKES[:-4]))
