"""The kinds of mistake that keep a record from being read, or from being joined to the others."""

from sigctl.problem import error

UNKNOWN_FIELD = error(
    "unknown-field",
    """A key that sigctl does not know stands in a record.

Most often it is misspelt, or stands too far in or too far out. `sigctl explain schools` lists the fields of a school, and
so for people, groups, cycles, rotas, meetings and calendars.

Right:

    people:
      - {id: treorchy-head, post: Headteacher, speaks: [cy, en]}

Wrong:

    people:
      - {id: treorchy-head, post: Headteacher, languages: [cy, en]}""",
)
UNKNOWN_SECTION = error(
    "unknown-section",
    """The key at the top of a file is none that sigctl knows.

Known are: calendars, schools, people, groups, programmes, cycles, rotas, meetings; and, in `sigctl.yaml`, sigctl, cluster, mail,
words.

Right:

    schools:
      - {id: treorchy, name: Treorchy Comprehensive School}

Wrong:

    school:
      - {id: treorchy, name: Treorchy Comprehensive School}""",
)
MISSING_FIELD = error(
    "missing-field",
    """A record lacks a field that it cannot do without.

Write the field; `sigctl explain` with its name says what belongs there.

Right:

    schools:
      - {id: treorchy, name: Treorchy Comprehensive School}

Wrong:

    schools:
      - {id: treorchy}""",
)
WRONG_KIND = error(
    "wrong-kind",
    """A list stands where one value belongs, or one value where a list belongs, or a text where fields belong.

Right:

    schools:
      - id: treorchy
        name: {cy: Ysgol Gyfun Treorci, en: Treorchy Comprehensive School}

Wrong:

    schools:
      treorchy:
        name: Treorchy Comprehensive School""",
)
UNKNOWN_VALUE = error(
    "unknown-value",
    """The value is none of those that the field can have.

The message lists them; `sigctl explain` with the field's name says what they mean.

Right:

    schools:
      - {id: treorchy, name: Treorchy Comprehensive School, phase: secondary}

Wrong:

    schools:
      - {id: treorchy, name: Treorchy Comprehensive School, phase: comprehensive}""",
)
OUT_OF_RANGE = error(
    "out-of-range",
    """A number is smaller or larger than the field allows.

The message says what the least or the most is.

Right:

    schools:
      - {id: treorchy, name: Treorchy Comprehensive School, pupils: 1600}

Wrong:

    schools:
      - {id: treorchy, name: Treorchy Comprehensive School, pupils: -1600}""",
)
TEXT_LENGTH = error(
    "text-length",
    """There is nothing where something has to be, or more than there can be; or a text of one line runs over several.

The message says how much there can be.

Right:

    people:
      - {id: treorchy-head, post: Headteacher, weekdays: [tue]}

Wrong:

    people:
      - {id: treorchy-head, post: Headteacher, weekdays: []}""",
)
NOT_A_DATE = error(
    "not-a-date",
    """The value is not a day of the calendar.

Days are written year-month-day with four, two and two digits, such as 2026-11-12, so that nobody can take the month for the day.

Right:

    schools:
      - {id: treorchy, name: Treorchy Comprehensive School, closed: [2026-11-12]}

Wrong:

    schools:
      - {id: treorchy, name: Treorchy Comprehensive School, closed: [12/11/2026]}""",
)
NOT_A_TIME = error(
    "not-a-time",
    """The value is not a time of day.

Times are written hours:minutes by the clock of twenty-four hours, from 0:00 to 23:59.

Right:

    groups:
      - {id: strategic, name: Strategic group, kind: strategic}
    meetings:
      - {id: strategic-2026-11, group: strategic, date: 2026-11-12, start: 15:30}

Wrong:

    groups:
      - {id: strategic, name: Strategic group, kind: strategic}
    meetings:
      - {id: strategic-2026-11, group: strategic, date: 2026-11-12, start: 3.30pm}""",
)
NOT_A_NUMBER = error(
    "not-a-number",
    """The value is not a number, or not one of the kind that the field asks for.

Numbers are written in digits alone, without commas between thousands, units or words.

Right:

    schools:
      - {id: treorchy, name: Treorchy Comprehensive School, pupils: 1600}

Wrong:

    schools:
      - {id: treorchy, name: Treorchy Comprehensive School, pupils: about 1600}""",
)
NOT_YES_OR_NO = error(
    "not-yes-or-no",
    """The value is neither true nor false.

Write `true` or `false`; `yes` and `no` are understood as well.

Right:

    schools:
      - {id: treorchy, name: Treorchy Comprehensive School, contact: {publish: true}}

Wrong:

    schools:
      - {id: treorchy, name: Treorchy Comprehensive School, contact: {publish: sometimes}}""",
)
NOT_AN_ID = error(
    "not-an-id",
    """The value cannot be an id.

An id is what other places in the files call a record: lower-case letters without accents, digits, and single hyphens
between them, at most 64. It is never shown to anybody and should not change when a name does.

Right:

    schools:
      - {id: pen-y-dre, name: Pen-y-Dre High School}

Wrong:

    schools:
      - {id: Pen y Dre, name: Pen-y-Dre High School}""",
)
NOT_AN_ADDRESS = error(
    "not-an-address",
    """The value is not a whole e-mail or web address.

Mail goes to name@example.org, one address a field; a web address begins with https:// or http://.

Right:

    people:
      - {id: treorchy-head, post: Headteacher, email: head@treorchy.example.org}

Wrong:

    people:
      - {id: treorchy-head, post: Headteacher, email: head at treorchy}""",
)
NOT_IN_ORDER = error(
    "not-in-order",
    """An end comes before its beginning.

Most often the year of one of the two is mistyped.

Right:

    schools:
      - {id: treorchy, name: Treorchy Comprehensive School, busy: [{from: 2026-11-12, to: 2026-11-20}]}

Wrong:

    schools:
      - {id: treorchy, name: Treorchy Comprehensive School, busy: [{from: 2026-11-12, to: 2026-11-02}]}""",
)
TOO_LONG = error(
    "too-long",
    """A beginning and an end lie too far apart to be meant: a term over more than half a year, a cycle over more than two years.

Days in a list may run over a year at the most. Most often the year of one of the two is mistyped.

Right:

    schools:
      - {id: treorchy, name: Treorchy Comprehensive School, busy: [{from: 2026-11-12, to: 2026-11-20}]}

Wrong:

    schools:
      - {id: treorchy, name: Treorchy Comprehensive School, busy: [{from: 2026-11-12, to: 2028-11-20}]}""",
)
UNSOUND = error(
    "unsound-record",
    """The fields of a record do not go together; the message says how.

Right:

    groups:
      - {id: strategic, name: Strategic group, kind: strategic, members: [{guest: Headteacher, organisation: Cynon Federation}]}

Wrong:

    groups:
      - {id: strategic, name: Strategic group, kind: strategic, members: [{organisation: Cynon Federation}]}""",
)
NEWER_FORMAT = error(
    "newer-format",
    """The workspace was made by a newer sigctl, in a format that this one does not know.

Install the newest sigctl. Nothing was changed, so that nothing can be lost.""",
)
NO_SETTINGS = error(
    "no-settings",
    """The workspace does not say what cluster it is.

`sigctl.yaml` begins with `sigctl: 1` and a `cluster:` with `id` and `name`. `sigctl init` writes one.""",
)
MISPLACED = error(
    "misplaced-setting",
    """`sigctl:`, `cluster:` or `mail:` stands in a file other than `sigctl.yaml`.

They say what holds for the whole workspace, so there is one place for them. Move it there.""",
)
DUPLICATE_ID = error(
    "duplicate-id",
    """Two records of one kind have the same id, so a place that names it could mean either.

Give one of them another id, and change the places that mean it. A cycle has one draft rota and one published one at most.

Right:

    people:
      - {id: treorchy-head, post: Headteacher}
      - {id: treorchy-deputy, post: Deputy headteacher}

Wrong:

    people:
      - {id: treorchy-head, post: Headteacher}
      - {id: treorchy-head, post: Deputy headteacher}""",
)
UNKNOWN_ID = error(
    "unknown-id",
    """A place names a record that is not in the files.

The id is misspelt, or the record was deleted, or was never written.

Right:

    schools:
      - {id: treorchy, name: Treorchy Comprehensive School}
    people:
      - {id: treorchy-head, post: Headteacher, school: treorchy}

Wrong:

    schools:
      - {id: treorchy, name: Treorchy Comprehensive School}
    people:
      - {id: treorchy-head, post: Headteacher, school: treorchi}""",
)
BY_TYPE = {
    "extra_forbidden": UNKNOWN_FIELD,
    "missing": MISSING_FIELD,
    "literal_error": UNKNOWN_VALUE,
    "greater_than_equal": OUT_OF_RANGE,
    "less_than_equal": OUT_OF_RANGE,
    "out-of-range": OUT_OF_RANGE,
    "string_too_short": TEXT_LENGTH,
    "string_too_long": TEXT_LENGTH,
    "too_short": TEXT_LENGTH,
    "too_long": TEXT_LENGTH,
    "empty-text": TEXT_LENGTH,
    "one-line": TEXT_LENGTH,
    "date": NOT_A_DATE,
    "time": NOT_A_TIME,
    "number": NOT_A_NUMBER,
    "money": NOT_A_NUMBER,
    "yes-or-no": NOT_YES_OR_NO,
    "id": NOT_AN_ID,
    "email": NOT_AN_ADDRESS,
    "web": NOT_AN_ADDRESS,
    "order": NOT_IN_ORDER,
    "span": TOO_LONG,
    "newer-format": NEWER_FORMAT,
    "member": UNSOUND,
    "stage": UNSOUND,
    "time-zone": UNKNOWN_VALUE,
    "string_pattern_mismatch": UNKNOWN_VALUE,
}
"""What a refusal by a record is called, by the type that the validation gives it; any other is WRONG_KIND."""

MISTAKES = (
    UNKNOWN_FIELD, UNKNOWN_SECTION, MISSING_FIELD, WRONG_KIND, UNKNOWN_VALUE, OUT_OF_RANGE, TEXT_LENGTH, NOT_A_DATE,
    NOT_A_TIME, NOT_A_NUMBER, NOT_YES_OR_NO, NOT_AN_ID, NOT_AN_ADDRESS, NOT_IN_ORDER, TOO_LONG, UNSOUND, NEWER_FORMAT,
    NO_SETTINGS, MISPLACED, DUPLICATE_ID, UNKNOWN_ID,
)  # fmt: skip
