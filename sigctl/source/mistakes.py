"""The kinds of mistake that a file can have before anybody asks what it means."""

from sigctl.problem import error, warning

UNREADABLE = error(
    "unreadable-file",
    """The file cannot be opened, or is not an ordinary file inside the workspace.

It may be locked by another program, be a link that leads out of the folder, or be a device or a pipe.
Close it elsewhere, check that you may read it, or move it out of the workspace.""",
)
TOO_BIG = error(
    "file-too-big",
    """The file is larger than 20 MB, or holds more than a million values.

A cluster of a thousand schools fits into 2 MB, so a file of that size is something else: a film, a backup,
a spreadsheet under a wrong name. Move it out of the workspace.""",
)
NOT_UTF8 = error(
    "not-utf-8",
    """The file is not saved as UTF-8, so letters such as ŵ and ŷ cannot be told.

In Notepad choose *Save as* and then *Encoding: UTF-8*; in Excel choose *CSV UTF-8*. Nothing else in the file needs to change.""",
)
SYNTAX = error(
    "syntax",
    """The file is not laid out as YAML, so it cannot be read past this place.

Each line is `key: value`; what belongs to a key stands below it, two spaces further in; each entry of a list
begins with a hyphen and a space. A text with a colon and a space in it, or one that begins with a sign such as
`@`, `%`, `*`, `&` or `{`, stands in double quotes.

Right:

    schools:
      - id: rhydywaun
        name: "Ysgol: Rhydywaun"

Wrong:

    schools:
      - id: rhydywaun
        name: Ysgol: Rhydywaun""",
)
TAB = error(
    "tab",
    """A tab stands where spaces are needed.

YAML is set in with spaces alone: two for each step. In most editors the Tab key can be told to write spaces.""",
)
TWO_DOCUMENTS = error(
    "two-documents",
    """The file holds more than one YAML document: a line `---` begins a second one.

Only the first is read. Take the line out, or put what follows it into a file of its own.""",
)
EMPTY = warning(
    "empty-file",
    """There is nothing in the file but blank lines and comments.

It does no harm. Delete it, or write into it what it was made for.""",
)
DUPLICATE_KEY = error(
    "duplicate-key",
    """The same key stands twice in one place, so one of its values would be lost.

Keep the one that is right. Where both are meant, make one list of them.

Right:

    schools:
      - {id: aberdare, name: Aberdare Community School}
      - {id: treorchy, name: Treorchy Comprehensive School}

Wrong:

    schools:
      - {id: aberdare, name: Aberdare Community School}
    schools:
      - {id: treorchy, name: Treorchy Comprehensive School}""",
)
TAG = error(
    "tag",
    """A value begins with `!`, which YAML takes for a tag; sigctl uses none.

Put the text in double quotes if the exclamation mark belongs to it.""",
)
ALIAS = error(
    "alias",
    """A value begins with `*` or `&`, which YAML takes for a reference to another place; sigctl allows none.

Write the value out where it is needed, or put the text in double quotes if the sign belongs to it.""",
)
KEY = error(
    "key-not-text",
    """A key must be a plain word on the left of a colon.""",
)
TOO_DEEP = error(
    "too-deep",
    """Lists and mappings are nested more than forty deep, which no file of a cluster needs.

Most often a bracket was typed by mistake, or the file is not meant for sigctl.""",
)
TOO_MANY = error(
    "too-many-mistakes",
    """One file has more than fifty mistakes of layout, so the rest of it is not read.

Most often one slip near the top causes most of them. Mend the first few and try again.""",
)
HIDDEN = error(
    "hidden-character",
    """The text holds a character that cannot be seen, such as Escape or one that turns the reading direction.

They come with text that was pasted from elsewhere, and can make a page show something other than the file says.
Delete the text and type it again. The marks that Arabic and Hebrew names may need (left-to-right, right-to-left, Arabic letter
mark) are let through in texts, though not in keys and ids.""",
)

MISTAKES = (
    UNREADABLE, TOO_BIG, NOT_UTF8, SYNTAX, TAB, TWO_DOCUMENTS, EMPTY, DUPLICATE_KEY, TAG, ALIAS, KEY, TOO_DEEP, TOO_MANY, HIDDEN,
)  # fmt: skip
