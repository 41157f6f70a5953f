"""Entries added to lists and blocks put into people's files, whatever they look like: only the lines meant, and every comment stays."""

from collections.abc import Callable
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sigctl.cluster.edit import Append, Block, Change, Edit, EditError, Remove, edited
from sigctl.source import parse

ACTION = {"id": "a1", "text": {"cy": "Anfon: y ffigurau", "en": "Send, by post, #1"}, "due": "2026-12-18"}
FORM = "# who was there\npresent:\n  - a   # Headteacher\n\nnotes:\n  one:   # 1. Progress\n# the end\n"
MEETING = ("meetings", 0)
REMARKS = st.sampled_from(["", "   # ours", " # - {id: a}"])
BREAKS = st.sampled_from(["", "\n", "\n    # in between\n", "\n\n"])
ACTIONS = {
    "missing": "",
    "nothing": "    actions:{0}\n",
    "empty": "    actions: []{0}\n",
    "in brackets": "    actions: [{{id: x, text: 'it''s'}}]{0}\n",
    "in braces": "    actions:{0}\n      - {{id: x,  text: old, due: 2026-11-30}}{0}\n",
    "by lines": "    actions:{0}\n      - id: x{0}\n        text: >\n          old\n          text\n        due: 2026-11-30{0}\n",
    "not set in": "    actions:\n    - id: x{0}\n      text: old\n",
}


@st.composite
def files(draw: st.DrawFn, actions: str | None = None) -> str:
    """A file of two meetings as somebody might have written it."""
    kind = draw(st.sampled_from(sorted(ACTIONS))) if actions is None else actions
    before = draw(st.sampled_from(["", "# yaml-language-server: $schema=x\n", "\n# Ŵyl\n", "schools:\n  - {id: s, name: S}\n\n"]))
    head = f"meetings:{draw(REMARKS)}\n  - id: m{draw(REMARKS)}\n    date:   2026-11-12{draw(REMARKS)}\n"
    note = draw(st.sampled_from(["", "    venue: |\n      Un\n\n      Dau\n", "    venue: {cy: Llyfrgell,  en: 'Library'}\n"]))
    lines = ACTIONS[kind].format(draw(REMARKS)) + draw(st.sampled_from(["", "    group: g   # the group\n"]))
    after = draw(st.sampled_from(["", "  # about n\n  - {id: n, group: g}\n", "groups: []\n", "# the end\n"]))
    text = before + head + note + lines + draw(BREAKS) + after
    text = text if draw(st.booleans()) else text.rstrip("\n")
    text = text.replace("\n", "\r\n") if draw(st.booleans()) else text
    return ("\ufeff" if draw(st.booleans()) else "") + text


def kept(before: str, after: str) -> list[str]:
    """The lines of the old text that the new one does not have, in order."""
    lines, missing = iter(after.splitlines()), []
    rest = list(lines)
    for line in before.splitlines():
        if line in rest:
            rest = rest[rest.index(line) + 1 :]
        else:
            missing.append(line)
    return missing


def ends(text: str) -> set[str]:
    return {"\r\n" if line.endswith("\r\n") else "\n" for line in text.splitlines(keepends=True) if line.endswith("\n")}


def read(text: str) -> dict[str, list[dict[str, object]]]:
    return parse("", text.removeprefix("\ufeff")).data  # type: ignore[return-value]


@settings(max_examples=300, deadline=None, database=None, derandomize=True)
@given(files())
def test_an_entry_is_added_and_nothing_else_changes(text: str) -> None:
    after = edited(text, [Append((*MEETING, "actions"), ACTION)])
    before, now = read(text), read(after)
    assert now["meetings"][0].pop("actions") == [*(before["meetings"][0].pop("actions", None) or []), ACTION]  # type: ignore[misc]
    assert before == now
    assert all("actions:" in line for line in kept(text, after))
    assert ends(after) == ends(text) or not ends(text)
    assert after.startswith("\ufeff") == text.startswith("\ufeff")


@settings(max_examples=300, deadline=None, database=None, derandomize=True)
@given(files())
def test_a_block_is_put_in_with_its_comments_and_every_line_stays(text: str) -> None:
    after = edited(text, [Block((*MEETING, "minutes"), FORM)])
    assert kept(text, after) == []
    assert read(after)["meetings"][0]["minutes"] == {"present": ["a"], "notes": {"one": None}}
    for comment in ("    # who was there", "# Headteacher", "# 1. Progress", "    # the end"):
        assert comment in after
    assert ends(after) == ends(text) or not ends(text)


@settings(max_examples=200, deadline=None, database=None, derandomize=True)
@given(files("by lines"), st.text(min_size=1, max_size=40), st.sampled_from(["note", "status", "text", "done_on"]))
def test_a_field_of_an_entry_is_written_so_that_it_is_read_again_or_refused(text: str, value: str, key: str) -> None:
    try:
        after = edited(text, [Change((*MEETING, "actions", 0, key), value)])
    except EditError:
        return
    before, now = read(text), read(after)
    before["meetings"][0]["actions"][0][key] = normalize("NFC", value)  # type: ignore[index]
    assert now == before


@pytest.mark.parametrize("kind", sorted(ACTIONS))
def test_several_changes_at_once(kind: str) -> None:
    text = f"meetings:\n  - id: m   # here\n{ACTIONS[kind].format('')}  - id: n\n"
    edits: list[Edit] = [
        Change((*MEETING, "status"), "held"),
        Block((*MEETING, "minutes"), FORM),
        Append((*MEETING, "actions"), ACTION),
        Append((*MEETING, "actions"), ACTION | {"id": "a2"}),
    ]
    found = read(edited(text, edits))["meetings"]
    assert found[0]["status"] == "held"
    assert [each["id"] for each in found[0]["actions"]][-2:] == ["a1", "a2"]  # type: ignore[attr-defined]
    assert found[1] == {"id": "n"}


FOLDED = 'meetings:\n  - {id: ŵm, group: "g", items: [a,\n     b]}   # hello\n  - id: n\n'
UNFOLDED = '  - id: ŵm   # hello\n    group: "g"\n    items: [a, b]\n    minutes:\n      # who was there\n'


@pytest.mark.parametrize("ending", [lambda text: text, lambda text: text.replace("\n", "\r\n")])
def test_a_meeting_in_braces_is_written_by_lines_when_a_block_comes_in(ending: Callable[[str], str]) -> None:
    after = edited(ending(FOLDED), [Block((*MEETING, "minutes"), FORM)])
    assert ending("meetings:\n" + UNFOLDED) in after
    assert after.endswith(ending("  - id: n\n"))


def test_fields_in_braces_behind_a_key_are_written_below_it_when_a_block_comes_in() -> None:
    text = "meetings:\n  - id: m\n    attendance: {apologies: [a],  absent: []}   # by telephone\n    venue: x\n"
    edits = [Block((*MEETING, "attendance", key), "- b   # B\n") for key in ("present", "others")]
    assert edited(text, edits) == (
        "meetings:\n  - id: m\n    attendance:   # by telephone\n      apologies: [a]\n      absent: []\n"
        "      present:\n        - b   # B\n      others:\n        - b   # B\n    venue: x\n"
    )


def test_the_comments_at_the_end_of_a_block_stay_before_the_next() -> None:
    text = "meetings:\n  - id: m\n\n  # about n\n  - id: n\n"
    after = edited(text, [Block((*MEETING, key), f"# one of {key}\n# - two\n") for key in ("decisions", "actions")])
    wanted = "".join(f"    {key}:\n      # one of {key}\n      # - two\n" for key in ("decisions", "actions"))
    assert after == text.replace("  - id: m\n", f"  - id: m\n{wanted}")


@pytest.mark.parametrize(
    ("text", "edit"),
    [
        ("meetings:\n  - {id: m,   # the first\n     group: g}\n", Block((*MEETING, "minutes"), FORM)),
        ("meetings: [{id: m}]\n", Block((*MEETING, "minutes"), FORM)),
        ("meetings:\n  - id: m\n    minutes: {status: draft}\n", Block((*MEETING, "minutes"), FORM)),
        ("meetings:\n  - id: m\n    actions: none\n", Append((*MEETING, "actions"), ACTION)),
        ("meetings:\n  - id: m\n", Append((*MEETING, "minutes", "corrections"), "x")),
        ("meetings:\n  - id: m\n    actions:\n      - x   # why\n", Change((*MEETING, "actions"), ["y"])),
    ],
)
def test_what_cannot_be_done_line_by_line_is_refused(text: str, edit: Edit) -> None:
    with pytest.raises(EditError):
        edited(text, [edit])


TAILED = """\
meetings:
  - id: m
    actions:
      - {id: w}
      - id: x   # first
        text: old
        # about x

          # more about x
      # about the list
    # about the meeting
  - id: n
"""


@pytest.mark.parametrize("entry", [ACTION, {"id": "a1"}, "one"])
@pytest.mark.parametrize("ending", [lambda text: text, lambda text: text.replace("\n", "\r\n")])
def test_comments_set_in_below_the_last_entry_stay_with_it(entry: dict[str, object] | str, ending: Callable[[str], str]) -> None:
    after = edited(ending(TAILED), [Append((*MEETING, "actions"), entry), Append((*MEETING, "actions"), entry)])  # type: ignore[arg-type]
    head, found, tail = after.partition(ending("        # about x\n\n          # more about x\n"))
    assert ending("text: old\n") in head
    assert found
    assert tail.startswith("      - ")
    assert tail.endswith(ending("      # about the list\n    # about the meeting\n  - id: n\n"))
    assert read(after)["meetings"][0]["actions"] == [{"id": "w"}, {"id": "x", "text": "old"}, entry, entry]


@pytest.mark.parametrize("entry", [{"id": "a1", "text": "Un\nDau"}, ACTION])
@pytest.mark.parametrize(
    "last",
    [
        "  - id: x\n    others:\n      - y\n      # in others\n    # about x\n",
        "  - id: x\n    text: |\n      Un\n      # no comment\n\n    # about x\n",
        "  - {id: x}   # ours\n    # about x\n",
        "  - {id: x,\n     text: y}\n\n    # about x\n",
    ],
)
def test_comments_stay_with_an_entry_however_it_is_written(last: str, entry: dict[str, str]) -> None:
    after = edited(f"---\n# \u0175\nactions:\n{last}\n# the end\n", [Append(("actions",), entry)])
    head, _, tail = after.partition(last)
    assert head == "---\n# \u0175\nactions:\n"
    assert tail.lstrip("\n").startswith("  - ")
    assert "#" not in tail.removesuffix("\n# the end\n").replace(", #1", "")


def test_a_comment_in_the_last_line_stays_with_its_entry() -> None:
    text = "actions:\n- id: x\n  # about x"
    assert edited(text, [Append(("actions",), {"id": "y"})]) == "actions:\n- id: x\n  # about x\n- id: y"


def test_letters_in_parts_are_written_as_whole_ones() -> None:
    note, whole = "w\u0302yl", "\u0175yl"
    edits = [
        Change((*MEETING, "venue"), note),
        Append((*MEETING, "actions"), {"text": {"cy": note}, "others": [note]}),
        Block((*MEETING, "minutes"), f"notes: {note}\n# {note}\n"),
    ]
    after = edited("meetings:\n  - id: m\n", edits)
    assert read(after)["meetings"][0] == {
        "id": "m", "venue": whole, "actions": [{"text": {"cy": whole}, "others": [whole]}], "minutes": {"notes": whole},
    }  # fmt: skip
    assert note not in after


@settings(max_examples=300, deadline=None, database=None, derandomize=True)
@given(files(), st.data())
def test_what_is_taken_out_is_gone_and_every_other_line_stays(text: str, data: st.DataObject) -> None:
    meeting = read(text)["meetings"][0]
    inner = [("actions", at) for at, _ in enumerate(meeting.get("actions") or ())]  # type: ignore[arg-type,var-annotated]
    path = data.draw(st.sampled_from([*((key,) for key in meeting), *inner]))
    after = edited(text, [Remove((*MEETING, *path))])
    before, now = read(text), read(after)
    holder: dict[str, object] = before["meetings"][0]
    for key in path[:-1]:
        holder = holder[key]  # type: ignore[assignment]
    del holder[path[-1]]  # type: ignore[arg-type]
    assert now == before
    assert len(kept(after, text)) <= 1, "one line at the most is written otherwise"
    assert all("about n" not in line and "the end" not in line and "Ŵyl" not in line for line in kept(text, after))
    assert ends(after) <= ends(text)
    assert after.startswith("\ufeff") == text.startswith("\ufeff")


@settings(max_examples=200, deadline=None, database=None, derandomize=True)
@given(files("by lines"))
def test_what_was_added_and_is_taken_out_again_was_never_there(text: str) -> None:
    assert read(edited(text, [Append((*MEETING, "actions"), ACTION), Remove((*MEETING, "actions", 1))])) == read(text)
    assert edited(edited(text, [Append((*MEETING, "actions"), ACTION)]), [Remove((*MEETING, "actions", 1))]).rstrip() == text.rstrip()


HEADED = """\
# yaml-language-server: $schema=x
people:
  # Treorchy
  - {id: a, name: A}   # our chair
  - {id: b}

  # away until May
  - id: c
    # the reason
    unavailable: [2026-11-12]   # ill
      # told by telephone
    school: s
  # about d
  - {id: d}
"""


@pytest.mark.parametrize(
    ("path", "gone"),
    [
        (("people", 0), ["  # Treorchy", "  - {id: a, name: A}   # our chair"]),
        (("people", 1), ["  - {id: b}"]),
        (("people", 2), [*HEADED.splitlines()[6:12]]),
        (("people", 3), ["  # about d", "  - {id: d}"]),
        (("people", 2, "unavailable"), [*HEADED.splitlines()[8:11]]),
        (("people", 2, "school"), ["    school: s"]),
        (("people", 2, "unavailable", 0), ["    unavailable: [2026-11-12]   # ill"]),
        (("people", 0, "name"), ["  - {id: a, name: A}   # our chair"]),
    ],
)
@pytest.mark.parametrize("ending", [lambda text: text, lambda text: text.replace("\n", "\r\n")])
def test_the_comments_that_belong_to_it_go_and_no_others(
    path: tuple[str | int, ...], gone: list[str], ending: Callable[[str], str]
) -> None:
    after = edited(ending(HEADED), [Remove(path)])
    assert kept(ending(HEADED), after) == gone


ABOVE = st.sampled_from(
    [
        "",
        "  # about {0}\n",
        "# about {0}\n",
        "  # about {0}\n  # about {0}, more\n",
        "  # apart\n\n",
        "\n  # apart\n\n  # about {0}\n",
        "\n",
    ]
)
ENTRY = st.sampled_from(
    ["  - {{id: {0}}}\n", "  - id: {0}   # about {0}\n    post: x {0}\n      # about {0}\n", "  - {{id: {0},\n     post: x {0}}}\n"]
)


@settings(max_examples=300, deadline=None, database=None, derandomize=True)
@given(st.lists(st.tuples(ABOVE, ENTRY), min_size=2, max_size=5), st.data())
def test_no_remark_on_what_is_gone_stands_above_the_next(entries: list[tuple[str, str]], data: st.DataObject) -> None:
    head, names = "# the people\npeople:\n", "abcde"[: len(entries)]
    text = head + "".join((above + entry).format(name) for name, (above, entry) in zip(names, entries, strict=True))
    at = data.draw(st.integers(0, len(entries) - 1))
    if data.draw(st.booleans()):
        text = text.replace("\n", "\r\n")
    after = edited(text, [Remove(("people", at))])
    assert f"about {names[at]}" not in after
    assert all(f" {names[at]}" in line in line for line in kept(text, after)), "only what was its own goes"
    assert len(kept(text, after)) == (entries[at][0] + entries[at][1]).format(names[at]).rpartition("\n\n")[2].strip("\n").count("\n") + 1


def test_a_remark_below_a_record_that_goes_stays_with_the_record_before() -> None:
    text = "a:\n  - b: 1\n      # about b\n  # about c\n  - c: 1\n  - d: 1\n"
    assert edited(text, [Remove(("a", 1))]) == "a:\n  - b: 1\n      # about b\n  - d: 1\n"


@pytest.mark.parametrize(
    ("text", "path", "wanted"),
    [
        ("a:\n  b: 1   # x\nc: 2\n", ("a", "b"), "a: {}\nc: 2\n"),
        ("a:   # ours\n- b\nc: 2\n", ("a", 0), "a: []   # ours\nc: 2\n"),
        ("a:\n  - b: 1\n", ("a", 0, "b"), "a:\n  - {}\n"),
        ("a:\n  - - x\n    - y\n", ("a", 0, 0), "a:\n  - - y\n"),
        ("a: [x]\n", ("a", 0), "a: []\n"),
        ("a: {b: 1, c}\n", ("a", "c"), "a: {b: 1}\n"),
        ("a:\n  -\n    b: 1\n  -\n", ("a", 0), "a:\n  -\n"),
    ],
)
def test_what_is_left_empty_says_so(text: str, path: tuple[str | int, ...], wanted: str) -> None:
    assert edited(text, [Remove(path)]) == wanted


@pytest.mark.parametrize(
    ("text", "path"),
    [("a: 1\n", ("a",)), ("a: [x,   # one\n  y]\n", ("a", 1)), ("a: 1\nb: 2\n", ("c",)), ("a: [x]\n", ("a", 1)), ("a: x\n", ("a", "b"))],
)
def test_what_cannot_be_taken_out_is_refused(text: str, path: tuple[str | int, ...]) -> None:
    with pytest.raises(EditError):
        edited(text, [Remove(path)])
