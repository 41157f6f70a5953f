"""Changes in a file that people own: a value set or taken out, an entry added, a block of lines put in. Only the lines meant change.

Whatever was changed is read again before anybody writes it: where the new text does not say exactly what was meant, or has lost a
comment, it is refused.
"""

import copy
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from yaml_edit import Document as Tree
from yaml_edit import YamlError, YamlFile

from sigctl.cluster.removal import Cut, hyphen_of, without_lines, without_part
from sigctl.source import Path, Value, parse

_MARK: Final = "\ufeff"
_HERE: Final = "sigctl-puts-a-text-here"
_PLAIN_KEY: Final = re.compile(r"(\A\{|, )['\"](on|off|yes|no|y|n)['\"]:")
"""A key in braces that older readers of YAML take for yes or no, and which people write without quotes all the same."""
_WIDEST: Final = 130
"""An entry that would make a line longer than this is written over several lines."""

Written = str | Sequence["Written"] | Mapping[str, "Written"]
"""What can be written: a text, a list, fields."""


class Change(NamedTuple):
    """One value to write: the path to it, and what shall stand there. A key that is missing is added."""

    path: Path
    value: Written


class Append(NamedTuple):
    """One more entry at the end of a list: the path to the list, which is made where it is missing or empty."""

    path: Path
    value: Written


class Block(NamedTuple):
    """Lines to put in, with the comments in them: the path to a key that is missing or has nothing behind it, and the lines below it.

    The lines begin at the margin; they are set in as the place asks for.
    """

    path: Path
    text: str


class Remove(NamedTuple):
    """What shall go: the path to a key or to an entry of a list. The comments that belong to it go with it."""

    path: Path


Edit = Change | Append | Block | Remove


class EditError(Exception):
    """A text could not be changed so that it says what was meant, and nothing else."""


def edited(text: str, edits: Sequence[Edit]) -> str:
    """The text with the changes made. Raises EditError where that cannot be done line by line."""
    edits = [_composed(edit) for edit in edits]
    mark, body = (_MARK, text.removeprefix(_MARK)) if text.startswith(_MARK) else ("", text)
    before = parse("", body)
    if not before.is_whole:
        raise EditError("the file cannot be read whole")
    try:
        meant = _meant(before.data, edits)
        after, comments, gone = _written(body, edits)
    except (YamlError, LookupError, TypeError, AttributeError, ValueError) as trouble:
        raise EditError(str(trouble)) from trouble
    again = parse("", after)
    if again.problems != before.problems or again.data != meant:
        raise EditError("the change would have touched more than was meant")
    if Counter(_comments(after)) + Counter(gone) != Counter(_comments(body)) + Counter(comments):
        raise EditError("the change would have lost a comment")
    return mark + after


def without_comments(text: str, is_unwanted: Callable[[int, str], bool]) -> str:
    """The text without the comments for which this holds, given the line of each, counted from 1; nothing else changes."""
    mark, body = (_MARK, text.removeprefix(_MARK)) if text.startswith(_MARK) else ("", text)
    content, after = body.encode("utf-8"), body
    for comment in reversed(YamlFile.parse(body).comments()):
        first, last = (len(content[:place].decode("utf-8")) for place in comment.byte_range())
        if is_unwanted(body.count("\n", 0, first) + 1, comment.text()):
            before = after[:first].rstrip(" \t")
            is_alone = before.endswith("\n") or not before
            after = before + (re.sub(r"\A\r?\n", "", after[last:]) if is_alone else after[last:])
    if parse("", after).data != parse("", body).data:
        raise EditError("taking out a comment would have touched more than that")
    return mark + after


def _composed(edit: Edit) -> Edit:
    """A change whose letters are whole, as files are read: some keyboards and programs give `ŵ` in two parts."""
    if isinstance(edit, Remove):
        return edit
    if isinstance(edit, Block):
        return edit._replace(text=unicodedata.normalize("NFC", edit.text))
    return edit._replace(value=_whole_letters(edit.value))


def _whole_letters(value: Written) -> Written:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, Mapping):
        return {key: _whole_letters(each) for key, each in value.items()}
    return [_whole_letters(each) for each in value]


def _meant(value: Value, edits: Sequence[Edit]) -> Value:
    """What the file shall say."""
    whole = copy.deepcopy(value)
    for edit in edits:
        holder: Any = whole
        for key in edit.path[:-1]:
            holder = holder[key]
        key = edit.path[-1]
        if isinstance(edit, Change):
            holder[key] = copy.deepcopy(edit.value)
        elif isinstance(edit, Append):
            holder[key] = [*(_known(holder, key) or []), copy.deepcopy(edit.value)]
        elif isinstance(edit, Remove):
            del holder[key]
        elif _known(holder, key) is not None:
            raise EditError(f"there is something behind `{key}` already")
        else:
            holder[key] = parse("", edit.text).data
    return whole


def _known(holder: Any, key: str | int) -> Any:
    return holder.get(key) if isinstance(holder, dict) else holder[key]


def _written(text: str, edits: Sequence[Edit]) -> tuple[str, list[str], list[str]]:
    """The text with the changes made, the comments that came with them, and those that went.

    Blocks are put in last, where each has kept its place, so that the comments at the end of one stay before the next.
    """
    tree, blocks, gone = Tree.parse(text), list[Block](), list[str]()
    for edit in edits:
        if isinstance(edit, Change):
            _put(tree, edit.path, edit.value)
        elif isinstance(edit, Append):
            tree = _with_entry(tree, edit)
        elif isinstance(edit, Remove):
            tree, comments = _without(tree, edit)
            gone += comments
        else:
            tree = _with_place_for(tree, edit, len(blocks))
            blocks.append(edit)
    after = str(tree)
    for number, block in enumerate(blocks):
        after = _with_block(after, block, number)
    return after, [comment for block in blocks for comment in _comments(block.text)], gone


def _put(tree: Tree, path: Path, value: Written) -> None:
    """A value behind a key; ranges of days in a list stand on one line each, as people write them."""
    ranges = [number for number, each in enumerate(value) if isinstance(each, Mapping)] if isinstance(value, list | tuple) else []
    holder: Any = _holder(tree, path)
    if not ranges or holder.is_flow_style() or any(set(value[number]) != {"from", "to"} for number in ranges):  # type: ignore[index]
        holder[path[-1]] = value
        return
    holder[path[-1]] = [_HERE if number in ranges else each for number, each in enumerate(value)]
    for number in ranges:
        holder[path[-1]].as_sequence()[number].as_scalar().set_value(_on_one_line(value[number]))  # type: ignore[index]


def _comments(text: str) -> list[str]:
    return [comment.text() for comment in YamlFile.parse(text).comments()]


def _holder(tree: Tree, path: Path) -> Any:
    """The list or the fields in which the last key of a path stands."""
    holder: Any = tree
    for key in path[:-1]:
        node = holder[key]
        holder = node.as_sequence() if node.is_sequence() else node.as_mapping()
    return holder


def _with_entry(tree: Tree, edit: Append) -> Tree:
    """The tree with one more entry in a list. Comments that are set in below the last one stay below that."""
    entries = _entries(tree, edit)
    if entries is None or entries.is_empty():
        _put(tree, edit.path, [edit.value])
        return tree
    if entries.is_flow_style():
        entries.append(edit.value)
        return tree
    text = str(tree)
    start, end = _set_in_below(text, entries[len(entries) - 1].byte_range())
    if start == end:
        _append(entries, edit.value)
        return tree
    tree = Tree.parse(text[:start] + text[end:])
    _append(_entries(tree, edit), edit.value)
    return Tree.parse(_put_back(str(tree), text[start:end], start))


def _append(entries: Any, value: Written) -> None:
    """One more entry, on one line where the last one that has fields is, or where that is short."""
    fields = [entry for number in range(len(entries)) if (entry := entries[number]).is_mapping()]
    is_short = _is_on_one_line(fields[-1]) if fields else isinstance(value, Mapping)
    if is_short and isinstance(value, Mapping) and len(line := _on_one_line(value)) < _WIDEST:
        entries.append(_HERE)
        entries[len(entries) - 1].as_scalar().set_value(line)
    else:
        entries.append(value)


def _set_in_below(text: str, entry: tuple[int, int]) -> tuple[int, int]:
    """Where the comments begin and end that stand below an entry of a list, further in than its hyphen."""
    content = text.encode("utf-8")
    first, last = (len(content[:end].decode("utf-8")) for end in entry)
    hyphen = len(text[text.rfind("\n", 0, first) + 1 : first].split("-")[0])
    start = last if text[:last].endswith("\n") else (text.find("\n", last) + 1 or len(text))
    comments = re.compile(rf"(?:(?:[ \t]*\r?\n)*[ ]{{{hyphen + 1},}}#[^\n]*(?:\n|\Z))*")
    found = comments.match(text, start)
    return (start, found.end()) if found else (start, start)


def _put_back(text: str, comments: str, start: int) -> str:
    """The text with comments where they stood before; the last line ends as it did."""
    if not comments.endswith("\n"):
        comments, text = comments + _end_of_line(text), text.removesuffix("\n").removesuffix("\r")
    return text[:start] + comments + text[start:]


def _end_of_line(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _entries(tree: Tree, edit: Append) -> Any:
    """The list of a path, or None where it is missing or has nothing behind it."""
    holder, key = _holder(tree, edit.path), edit.path[-1]
    node = holder[key] if isinstance(key, int) else holder.get(key)
    return node.as_sequence() if node is not None else None


def _is_on_one_line(node: Any) -> bool:
    return bool(node.is_mapping() and node.as_mapping().is_flow_style())


def _on_one_line(value: Written) -> str:
    """A value as it is written on one line, in braces or brackets where it has parts."""
    tree: Any = Tree.parse("[]\n")
    tree.as_sequence().append(value)
    return _PLAIN_KEY.sub(r"\1\2:", str(tree).strip()[1:-1])


def _with_place_for(tree: Tree, edit: Block, number: int) -> Tree:
    """The tree with a key that keeps the place for a block; fields that stand in braces are first written one a line."""
    holder = _holder(tree, edit.path)
    if holder.is_flow_style():
        tree = Tree.parse(_unfolded(str(tree), holder))
        holder = _holder(tree, edit.path)
    holder[edit.path[-1]] = f"{_HERE}-{number}"
    return tree


def _with_block(text: str, edit: Block, number: int) -> str:
    """The text with the lines of a block below the key that has kept its place."""
    end = _end_of_line(text)
    place = re.search(rf"^([ \t-]*)([^\r\n]*?)[ \t]*{_HERE}-{number}(?!\d)", text, re.MULTILINE)
    if place is None:
        raise EditError("there is no place for it")
    indent = " " * (len(place[1]) + 2)
    rest = re.match(r"[^\r\n]*", text[place.end() :])
    tail = rest[0] if rest else ""
    lines = (f"{indent}{line}" if line else "" for line in edit.text.splitlines())
    return "".join((text[: place.start()], place[1], place[2], tail, *(end + line for line in lines), text[place.end() + len(tail) :]))


def _unfolded(text: str, fields: Any) -> str:
    """The text with fields that stood in braces one a line; what stood behind the braces stays on the first line."""
    content = text.encode("utf-8")
    first: int = fields.byte_range()[0]
    inside = _raw(content, fields).rstrip()
    if "\n" in inside and "#" in inside:
        raise EditError("there is a comment inside of braces")
    before, behind = content[:first].decode("utf-8"), content[first + len(inside.encode("utf-8")) :].decode("utf-8")
    tail = re.match(r"[^\r\n]*", behind)
    remark = tail[0] if tail else ""
    line = re.split(r"[\r\n]", before)[-1]
    entries = [_folded(f"{_raw(content, each.key())}: {_raw(content, each.value())}") for each in fields.entries()]
    head, indent = (before, len(line)) if not line.strip(" \t-") else (before.rstrip(" \t"), len(line) - len(line.lstrip(" -")) + 2)
    end = _end_of_line(text) + " " * indent
    lines = [entries[0] + remark, *entries[1:]] if head is before else [remark, *entries]
    return "".join((head, end.join(lines), behind[len(remark) :]))


def _folded(text: str) -> str:
    """A text of several lines on one."""
    return re.sub(r"\s*\r?\n\s*", " ", text.rstrip())


def _raw(content: bytes, node: Any) -> str:
    """A key or a value just as it is written; nothing where there is none."""
    if node is None:
        return ""
    first, last = node.byte_range()
    return content[first:last].decode("utf-8")


def _without(tree: Tree, edit: Remove) -> tuple[Tree, list[str]]:
    """The tree without a key or an entry, and the comments that went with it. What is left empty is written as `{}` or `[]`."""
    text, key, found = str(tree), edit.path[-1], _holder(tree, edit.path)
    holder: Any = tree.as_mapping() if isinstance(found, Tree) else found
    parts = _parts(text, holder)
    index = key if isinstance(key, int) else [each.key_matches(key) for each in holder.entries()].index(True)
    start, end = parts[index]
    empty: Written = [] if isinstance(key, int) else {}
    if len(parts) == 1 and len(edit.path) == 1:
        raise EditError("nothing would be left in the file")
    is_flow, is_entry = holder.is_flow_style(), isinstance(key, int)
    cut = without_part(text, parts, index) if is_flow else without_lines(text, start, end, is_entry=is_entry)
    if cut is None and len(parts) == 1 and "#" not in text[start:end]:
        cut = Cut(text[:start] + ("{}" if empty == {} else "[]") + text[end:], text[start:end])
    if cut is None:
        raise EditError("what stands beside it is in the way")
    after = Tree.parse(cut.text)
    if len(parts) == 1 and _entries(after, Append(edit.path[:-1], "")) is None:
        _holder(after, edit.path[:-1])[edit.path[-2]] = empty
    return after, _comments(cut.gone)


def _parts(text: str, holder: Any) -> list[tuple[int, int]]:
    """Where each key or entry begins, or its hyphen, and where its content ends."""
    content = text.encode("utf-8")

    def at(place: int) -> int:
        return len(content[:place].decode("utf-8"))

    is_flow = holder.is_flow_style()
    if hasattr(holder, "entries"):
        ends = [each.value() or each.key() if is_flow else each for each in holder.entries()]
        found = [(at(each.key().byte_range()[0]), at(end.byte_range()[1])) for each, end in zip(holder.entries(), ends, strict=True)]
    else:
        found = [(at(node.byte_range()[0]), at(node.byte_range()[1])) for node in holder.values()]
        if not is_flow:
            found = [(hyphen, max(end, hyphen + 1)) for start, end in found if (hyphen := hyphen_of(text, start)) is not None]
    return found if is_flow else [(start, _last_letter(text, start, end)) for start, end in found]


def _last_letter(text: str, start: int, end: int) -> int:
    """Where the last letter stands that is no comment on a line of its own."""
    return start + len(re.sub(r"(\s*\n[ \t]*(#[^\n]*)?)*\s*\Z", "", text[start:end]))
