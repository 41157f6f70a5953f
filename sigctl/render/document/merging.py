"""Two languages into one tree, block by block, neither before the other in weight.

What both say alike stands once. Where the two differ in shape, their sections stand one after the other, and where even the
headings differ, so do the whole pages.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from sigctl.render.document.tree import (
    Block,
    Columns,
    Figure,
    Heading,
    Line,
    Lines,
    Listing,
    NewPage,
    Paragraph,
    Quote,
    Table,
    Terms,
)
from sigctl.words import Language

Blocks = tuple[Block, ...]
Pair = tuple[Language, Language]


def merged(first: Blocks, second: Blocks, languages: Pair) -> Blocks:
    """One page in two languages, block by block."""
    return tuple(_by_section(spoken(first, languages[0]), spoken(second, languages[1])))


def separated(first: Blocks, second: Blocks, languages: Pair) -> Blocks:
    """One language after the other, each with its own title, the second on a new page."""
    return (*spoken(first, languages[0]), NewPage(), *spoken(second, languages[1]))


def in_columns(first: Blocks, second: Blocks, languages: Pair) -> Blocks:
    """The two languages side by side, a row for each block; the title, new pages, tables and headings right above them go across."""
    return tuple(_sheets(_rows(spoken(first, languages[0]), spoken(second, languages[1])), languages))


def _rows(ours: Blocks, theirs: Blocks) -> Iterator[tuple[Blocks, Blocks]]:
    if _all_alike(ours, theirs):
        yield from (((a,), (b,)) for a, b in zip(ours, theirs, strict=True))
        return
    first, second = _sections(ours), _sections(theirs)
    if len(first) == len(second) > 1:
        for one, other in zip(first, second, strict=True):
            yield from _rows(one, other) if _all_alike(one, other) else [(one, other)]
        return
    yield ours, theirs


def _sheets(rows: Iterator[tuple[Blocks, Blocks]], languages: Pair) -> Iterator[Block]:
    """The rows in columns; what goes across parts them."""
    held: list[tuple[Blocks, Blocks]] = []
    for row, across in _told_across(list(rows)):
        if not across:
            held.append(row)
            continue
        if held:
            yield Columns(languages, tuple(held))
            held = []
        yield from map(_stacked, _joined(row[0][0], row[1][0]))
    if held:
        yield Columns(languages, tuple(held))


def _stacked(block: Block) -> Block:
    """A heading below the title with its languages one below the other; anything else as it is."""
    return replace(block, is_stacked=True) if isinstance(block, Heading) and block.level > 1 else block


def _told_across(rows: Sequence[tuple[Blocks, Blocks]]) -> Iterator[tuple[tuple[Blocks, Blocks], bool]]:
    """Each row, and whether it goes across: with what goes across, the headings above it do."""
    across = False
    told = []
    for row in reversed(rows):
        across = len(row[0]) == len(row[1]) == 1 and _are_alike(row[0][0], row[1][0]) and _goes_across(row[0][0], below=across)
        told.append((row, across))
    return reversed(told)


def _goes_across(block: Block, *, below: bool) -> bool:
    """Whether a block is neither left nor right: the title, a new page, a table, and a heading with such a thing below."""
    match block:
        case Heading(level=level):
            return level == 1 or below
        case NewPage() | Table():
            return True
    return False


def _by_section(ours: Blocks, theirs: Blocks) -> Iterator[Block]:
    if _all_alike(ours, theirs):
        for a, b in zip(ours, theirs, strict=True):
            yield from _joined(a, b)
        return
    first, second = _sections(ours), _sections(theirs)
    if [_level(each) for each in first] != [_level(each) for each in second]:
        yield from (*ours, NewPage(), *theirs)
        return
    for one, other in zip(first, second, strict=True):
        yield from _section(one, other)


def _section(ours: Blocks, theirs: Blocks) -> Iterator[Block]:
    """A section; where the shapes below its heading differ, one language stands below the other."""
    if _all_alike(ours, theirs):
        yield from _by_section(ours, theirs)
    elif ours and theirs and _are_alike(ours[0], theirs[0]):
        yield from (*_joined(ours[0], theirs[0]), *ours[1:], *theirs[1:])
    else:
        yield from (*ours, *theirs)


def _sections(blocks: Blocks) -> list[Blocks]:
    """The blocks from each heading to the next; what stands before the first is a section as well."""
    starts = [index for index, block in enumerate(blocks) if isinstance(block, Heading)]
    bounds = [0, *(each for each in starts if each), len(blocks)]
    return [blocks[start:end] for start, end in pairwise(bounds)]


def _level(section: Blocks) -> int:
    return section[0].level if section and isinstance(section[0], Heading) else 0


def _all_alike(ours: Sequence[Block], theirs: Sequence[Block]) -> bool:
    return len(ours) == len(theirs) and all(map(_are_alike, ours, theirs))


def _are_alike(one: Block, other: Block) -> bool:
    """Whether two blocks have one shape, so that each of their parts has its like."""
    match one, other:
        case Heading(level=a), Heading(level=b):
            return a == b
        case Listing(items=a, first=first), Listing(items=b, first=start):
            return first == start and len(a) == len(b) and all(map(_all_alike, a, b))
        case Table(head=a), Table(head=b):
            return len(a) == len(b) and len(one.rows) == len(other.rows)
        case Terms(entries=a), Terms(entries=b):
            return len(a) == len(b)
        case Quote(blocks=a), Quote(blocks=b):
            return _all_alike(a, b)
    return type(one) is type(other)


def _joined(one: Block, other: Block) -> Blocks:
    """Two blocks of one shape as one, or as two in a row where a block holds but one language."""
    match one, other:
        case Heading(), Heading():
            return (replace(one, lines=both(one.lines, other.lines)),)
        case Paragraph(line=a), Paragraph(line=b):
            return tuple(Paragraph(line) for line in both((a,), (b,)))
        case Listing(items=a), Listing(items=b):
            return (replace(one, items=tuple(map(_all_joined, a, b))),)
        case Table(), Table():
            return (_table(one, other),)
        case Terms(entries=a), Terms(entries=b):
            return (Terms(tuple((both(x, y), both(v, w)) for (x, v), (y, w) in zip(a, b, strict=True))),)
        case Quote(blocks=a), Quote(blocks=b):
            return (Quote(_all_joined(a, b)),)
        case NewPage(), _:
            return (one,)
    return (one,) if one == other else (one, other)


def _all_joined(ours: Blocks, theirs: Blocks) -> Blocks:
    return tuple(block for a, b in zip(ours, theirs, strict=True) for block in _joined(a, b))


def _table(one: Table, other: Table) -> Table:
    rows = tuple(tuple(map(both, a, b)) for a, b in zip(one.rows, other.rows, strict=True))
    return replace(one, head=tuple(map(both, one.head, other.head)), rows=rows)


def both(ours: Lines, theirs: Lines) -> Lines:
    """The lines of both languages, or one that belongs to none where they are the same."""
    if tuple(line.runs for line in ours) == tuple(line.runs for line in theirs):
        return tuple(replace(line, language=None) for line in ours)
    return tuple(line for line in (*ours, *theirs) if line.runs)


def spoken(blocks: Blocks, language: Language) -> Blocks:
    """Blocks, each line of which tells its language."""
    return tuple(_spoken(block, language) for block in blocks)


def _spoken(block: Block, language: Language) -> Block:
    def tell(lines: Lines) -> Lines:
        return tuple(_line(line, language) for line in lines)

    match block:
        case Heading(lines=lines):
            return replace(block, lines=tell(lines))
        case Paragraph(line=line):
            return Paragraph(_line(line, language))
        case Listing(items=items):
            return replace(block, items=tuple(spoken(item, language) for item in items))
        case Table(head=head, rows=rows):
            return replace(block, head=tuple(map(tell, head)), rows=tuple(tuple(map(tell, row)) for row in rows))
        case Terms(entries=entries):
            return Terms(tuple((tell(label), tell(value)) for label, value in entries))
        case Figure(alt=alt):
            return replace(block, alt=_line(alt, language))
        case Quote(blocks=blocks):
            return Quote(spoken(blocks, language))
    return block


def _line(line: Line, language: Language) -> Line:
    return replace(line, language=line.language or language)
