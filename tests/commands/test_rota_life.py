"""The life of a rota: drafted, checked, published, marked, swapped, compared and counted, as a secretary does it."""

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from workspaces import base_files, write

from sigctl.source import parse

from .conftest import Run

DRAFT, PUBLISHED, EARLIER = "rotas/round-4.draft.yaml", "rotas/round-4.yaml", "rotas/earlier/round-4.2026-09-20.yaml.txt"
TODAY = ("--today", "2026-09-20")
DEPUTY = (
    "  - {id: porth-deputy, post: Deputy headteacher, school: porth, speaks: [cy], expertise: [attendance], "
    "reviewer: {level: lead, trained: 2025-09-12}}\n"
)
CYCLE = """\
cycles:
  - id: round-4
    name: {cy: Rownd 4, en: Round 4}
    from: 2026-11-02
    to: 2027-03-19
    focus: [attendance]
    visit: {days: 2, team: 2}
    rules: {swaps: true, visits_per_reviewer: 3}
    visits: [{host: aberdare}, {host: treorchy}, {host: rhydywaun}, {host: porth}]
"""
BY_HAND = """\
rotas:
  # the four of us, as agreed on the telephone
  - cycle: round-4
    status: draft
    visits:
      - host: aberdare
        dates: [2026-11-10, 2026-11-11]
        lead: treorchy-head    # she knows the school
        team: [treorchy-head, rhydywaun-head]
      - {host: treorchy, dates: [2026-11-24, 2026-11-25], lead: aberdare-head, team: [aberdare-head, porth-head]}   # in the new hall
      - host: rhydywaun
        dates: [2027-01-12, 2027-01-13]
        lead: treorchy-head
        team: [treorchy-head, porth-head]
        state: planned
      - host: porth
        dates: [2027-01-26, 2027-01-27]
        lead: rhydywaun-head
        team: [aberdare-head, rhydywaun-head]
"""


@pytest.fixture
def cluster(tmp_path: Path) -> Path:
    """A cluster of four schools with a cycle of four visits and no rota yet."""
    files = base_files()
    return write(tmp_path / "cluster", files | {"people.yaml": files["people.yaml"] + DEPUTY, "cycles.yaml": CYCLE})


@pytest.fixture
def by_hand(cluster: Path) -> Path:
    """The cluster with a draft that somebody wrote by hand, which keeps every rule."""
    return write(cluster, {DRAFT: BY_HAND})


@pytest.fixture
def published(by_hand: Path, sigctl: Run) -> Path:
    """The cluster with that draft published."""
    assert sigctl("rota", "publish", "-q", "-w", by_hand, *TODAY).code == 0
    return by_hand


def text(folder: Path, file: str) -> str:
    return (folder / file).read_bytes().decode("utf-8")


def change(folder: Path, file: str, old: str, new: str) -> None:
    before = text(folder, file)
    assert old in before
    (folder / file).write_bytes(before.replace(old, new, 1).encode("utf-8"))


def visits(folder: Path, file: str = PUBLISHED) -> dict[str, Mapping[str, object]]:
    data = parse(file, text(folder, file)).data
    assert isinstance(data, dict)
    found = data["rotas"][0]["visits"]  # type: ignore[index,call-overload]
    return {each["host"]: each for each in found}  # type: ignore[index,call-overload,union-attr,misc]


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != "lock"}


# publish


def test_a_planned_draft_is_published_and_says_what_is_new_for_whom(sigctl: Run, cluster: Path) -> None:
    assert sigctl("rota", "-w", cluster, *TODAY).code == 0
    planned = visits(cluster, DRAFT)
    done = sigctl("rota", "publish", "-w", cluster, "--lang", "en", *TODAY)
    assert done.code == 0, done.err
    assert visits(cluster) == planned
    assert "status: published" in text(cluster, PUBLISHED)
    assert "every visit is new" in done.out
    assert done.out.index("By school") < done.out.index("Ysgol Gyfun Rhydywaun") < done.out.index("By person")
    assert f"wrote {PUBLISHED}" in done.err
    assert sigctl("check", "--strict", "-w", cluster).code == 0


def test_publishing_twice_does_nothing(sigctl: Run, cluster: Path) -> None:
    sigctl("rota", "-w", cluster, *TODAY)
    sigctl("rota", "publish", "-w", cluster, *TODAY)
    sigctl("rota", "-w", cluster, *TODAY)
    before = files(cluster)
    for _ in range(2):
        again = sigctl("rota", "publish", "-w", cluster, "--today", "2026-10-01")
        assert (again.code, again.out) == (0, "")
        assert "nothing to publish" in again.err
    assert files(cluster) == before


def test_dry_run_shows_the_changes_and_writes_nothing(sigctl: Run, by_hand: Path) -> None:
    before = files(by_hand)
    done = sigctl("rota", "publish", "-n", "-w", by_hand, *TODAY)
    assert (done.code, done.err) == (0, f"would write {PUBLISHED}\n")
    assert "Porth Community School" in done.out
    assert files(by_hand) == before


def test_comments_of_a_draft_made_by_hand_are_in_the_published_rota(sigctl: Run, published: Path) -> None:
    assert not (published / DRAFT).exists()
    for comment in ("# the four of us, as agreed on the telephone", "# she knows the school", "# in the new hall"):
        assert comment in text(published, PUBLISHED)
    assert sigctl("check", "--strict", "-w", published).code == 0


def test_the_rota_before_is_kept_and_not_read(sigctl: Run, published: Path) -> None:
    first = text(published, PUBLISHED)
    write(published, {DRAFT: BY_HAND.replace("2026-11-10, 2026-11-11", "2026-11-17, 2026-11-18")})
    done = sigctl("rota", "publish", "-w", published, *TODAY)
    assert done.code == 0, done.err
    assert text(published, EARLIER) == first
    assert f"kept the one before as {EARLIER}" in done.err
    assert sigctl("check", "--strict", "-w", published).code == 0
    second = text(published, PUBLISHED)
    write(published, {DRAFT: BY_HAND})
    sigctl("rota", "publish", "-w", published, *TODAY)
    assert text(published, EARLIER) == first
    assert text(published, EARLIER.replace("-20.", "-20-2.")) == second


def test_a_visit_that_stands_keeps_its_state_and_one_that_changes_is_planned_again(sigctl: Run, published: Path) -> None:
    sigctl("rota", "mark", "aberdare", "told", "porth", "-w", published, *TODAY)
    sigctl("rota", "mark", "treorchy", "confirmed", "-w", published, *TODAY)
    write(published, {DRAFT: BY_HAND.replace("2027-01-26, 2027-01-27", "2027-02-02, 2027-02-03")})
    shown = sigctl("rota", "publish", "--lang", "en", "-w", published, *TODAY)
    assert shown.code == 0, shown.err
    assert "1 moved" in shown.out
    assert "(had been told)" in shown.out
    assert {host: visit.get("state", "planned") for host, visit in visits(published).items()} == {
        "aberdare": "told", "treorchy": "confirmed", "rhydywaun": "planned", "porth": "planned",
    }  # fmt: skip


def test_a_draft_made_from_other_files_is_refused(sigctl: Run, cluster: Path) -> None:
    sigctl("rota", "-w", cluster, *TODAY)
    change(cluster, "schools.yaml", "id: porth, name: Porth Community School", "id: porth, name: Porth, busy: [2027-03-01]")
    before = files(cluster)
    done = sigctl("rota", "publish", "-w", cluster, *TODAY)
    assert (done.code, done.out) == (1, "")
    assert "the files have changed since" in done.err
    assert "`sigctl rota` plans it again" in done.err
    assert files(cluster) == before
    assert sigctl("rota", "-w", cluster, *TODAY).code == 0
    assert sigctl("rota", "publish", "-w", cluster, *TODAY).code == 0


def test_what_no_rota_hangs_on_may_change(sigctl: Run, cluster: Path) -> None:
    """Names, the order of records, a comment, another file for a school."""
    sigctl("rota", "-w", cluster, *TODAY)
    lines = text(cluster, "schools.yaml").splitlines(keepends=True)
    write(cluster, {"schools.yaml": "# ours\n" + "".join([lines[0], *reversed(lines[2:])]), "more/first.yaml": lines[0] + lines[1]})
    change(cluster, "schools.yaml", "Porth Community School", "Porth")
    change(cluster, "cycles.yaml", "{host: aberdare}, {host: treorchy}", "{host: treorchy}, {host: aberdare}")
    assert sigctl("rota", "publish", "-w", cluster, *TODAY).code == 0


def test_an_edited_draft_that_breaks_a_rule_is_refused_at_its_place(sigctl: Run, by_hand: Path) -> None:
    change(by_hand, DRAFT, "[aberdare-head, porth-head]", "[aberdare-head, treorchy-head]")
    before = files(by_hand)
    done = sigctl("rota", "publish", "-w", by_hand, *TODAY)
    assert (done.code, done.out) == (1, "")
    assert f"{DRAFT}:10:102: error: `treorchy-head` is from `treorchy`, the school that is visited [own_school]" in done.err
    assert "it is not published" in done.err
    assert files(by_hand) == before


@pytest.mark.parametrize(("weight", "code", "told"), [("block", 1, "error"), ("warn", 0, "warning"), ("allow", 0, "")])
def test_the_cycle_says_what_a_broken_rule_does(sigctl: Run, by_hand: Path, weight: str, code: int, told: str) -> None:
    change(by_hand, "cycles.yaml", "    visits: [", f"    by_hand: {{days_between: {weight}}}\n    visits: [")
    change(by_hand, DRAFT, "dates: [2026-11-24, 2026-11-25], lead: aberdare-head, team: [aberdare-head, porth-head]",
           "dates: [2026-11-12, 2026-11-13], lead: rhydywaun-head, team: [rhydywaun-head, porth-head]")  # fmt: skip
    checked = sigctl("rota", "check", "-w", by_hand, *TODAY)
    assert checked.code == code
    assert ("[days_between]" in checked.out) is bool(told)
    assert f"{told}: `rhydywaun-head` is at `aberdare` until 2026-11-11 and at `treorchy` from 2026-11-12" in checked.out or not told
    done = sigctl("rota", "publish", "-w", by_hand, *TODAY)
    assert done.code == code
    assert (by_hand / PUBLISHED).exists() is (code == 0)


def test_an_edited_draft_made_from_other_files_says_how_to_go_on(sigctl: Run, cluster: Path) -> None:
    sigctl("rota", "-w", cluster, *TODAY)
    change(cluster, DRAFT, "state: planned", "state: told")
    change(cluster, "schools.yaml", "id: porth, name", "id: porth, busy: [2027-03-01], name")
    done = sigctl("rota", "publish", "-w", cluster, *TODAY)
    assert done.code == 1
    assert "`sigctl rota check` says which rules it breaks now; `sigctl rota --replace` plans it again" in done.err
    assert "the files have changed since" in sigctl("rota", "check", "-w", cluster, *TODAY).err


def test_a_folder_that_leads_out_of_the_workspace_is_not_followed(sigctl: Run, by_hand: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (by_hand / "rotas" / "earlier").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    done = sigctl("rota", "publish", "-w", by_hand, *TODAY)
    assert done.code == 2
    assert "rotas/earlier leads out of the workspace" in done.err
    assert not (by_hand / PUBLISHED).exists()


def test_nothing_else_is_written_over(sigctl: Run, by_hand: Path) -> None:
    write(by_hand, {PUBLISHED: "groups: []\n"})
    before = files(by_hand)
    done = sigctl("rota", "publish", "-w", by_hand, *TODAY)
    assert done.code == 2
    assert "is there already" in done.err
    assert files(by_hand) == before


def test_a_draft_elsewhere_stays_where_it_is(sigctl: Run, cluster: Path) -> None:
    write(cluster, {"ours.yaml": BY_HAND + "groups: []\n"})
    done = sigctl("rota", "publish", "-w", cluster, *TODAY)
    assert done.code == 0, done.err
    assert "ours.yaml still holds the draft" in done.err
    assert text(cluster, "ours.yaml") == BY_HAND + "groups: []\n"
    assert set(visits(cluster)) == {"aberdare", "treorchy", "rhydywaun", "porth"}


def test_without_a_draft_there_is_nothing_to_publish(sigctl: Run, cluster: Path) -> None:
    done = sigctl("rota", "publish", "-w", cluster, *TODAY)
    assert (done.code, done.out) == (1, "")
    assert "`sigctl rota` plans one" in done.err


# diff


def test_diff_tells_new_moved_changed_and_cancelled_visits(sigctl: Run, published: Path) -> None:
    draft = (
        BY_HAND.replace("2026-11-10, 2026-11-11", "2026-11-17, 2026-11-18")
        .replace("lead: treorchy-head\n", "lead: porth-deputy\n")
        .replace("team: [treorchy-head, porth-head]", "team: [porth-deputy, treorchy-head]")
        .replace("team: [aberdare-head, rhydywaun-head]", "team: [aberdare-head, rhydywaun-head]\n        state: cancelled")
    )
    write(published, {DRAFT: draft})
    done = sigctl("rota", "diff", "-w", published, "--format", "json", *TODAY)
    told = json.loads(done.out)
    assert done.code == 1
    assert {each["host"]: each["what"] for each in told["changes"]} == {"aberdare": "moved", "rhydywaun": "team", "porth": "cancelled"}
    moved = next(each for each in told["changes"] if each["host"] == "aberdare")
    assert (moved["before"]["dates"], moved["after"]["dates"]) == (["2026-11-10", "2026-11-11"], ["2026-11-17", "2026-11-18"])
    english = sigctl("rota", "diff", "-w", published, "--lang", "en", *TODAY).out
    assert "1 moved, 1 team changed, 1 cancelled" in english
    assert "Tue 17 to Wed 18 Nov (before Tue 10 to Wed 11 Nov)" in english
    people = sigctl("rota", "diff", "-w", published, "--lang", "en", "--by", "person", *TODAY).out
    assert "By school" not in people
    assert "Deputy headteacher, Porth Community School\n    Ysgol Gyfun Rhydywaun: joins the team" in people
    both = sigctl("rota", "diff", "-w", published, *TODAY).out
    assert both.index("Newidiadau: Rownd 4") < both.index("Changes: Round 4")


def test_diff_is_silent_of_what_is_the_same(sigctl: Run, published: Path) -> None:
    done = sigctl("rota", "diff", "-w", published, "--lang", "en", *TODAY)
    assert done.code == 0
    assert "Nothing changes." in done.out
    write(published, {DRAFT: BY_HAND.replace("[treorchy-head, rhydywaun-head]", "[rhydywaun-head, treorchy-head]")})
    assert sigctl("rota", "diff", "-w", published, *TODAY).code == 0


# check


def test_check_says_what_the_rota_scores_and_how_far_that_is_from_the_best(sigctl: Run, cluster: Path) -> None:
    sigctl("rota", "-w", cluster, *TODAY)
    clean = sigctl("rota", "check", "-w", cluster, *TODAY)
    assert clean.code == 0
    assert f"every rule is kept in {DRAFT}" in clean.out
    assert "fairness 0, the best possible" in clean.out
    told = json.loads(sigctl("rota", "check", "-w", cluster, "--format", "json", *TODAY).out)
    assert (told["format"], told["version"], told["problems"]) == ("sigctl-rota-check", 1, [])
    assert told["goals"][0] == {"name": "fairness", "value": 0, "best": 0}


def test_check_measures_an_edited_draft_by_what_was_proved(sigctl: Run, cluster: Path) -> None:
    sigctl("rota", "-w", cluster, *TODAY)
    head = text(cluster, DRAFT).partition("rotas:")[0]
    uneven = BY_HAND.replace("[treorchy-head, porth-head]", "[treorchy-head, aberdare-head]").replace(
        "team: [aberdare-head, porth-head]", "team: [aberdare-head, rhydywaun-head]"
    )
    write(cluster, {DRAFT: head + uneven})
    done = sigctl("rota", "check", "-w", cluster, *TODAY)
    assert done.code == 0, done.out
    assert "more than the best possible, 0" in done.out or "it was 0 in the rota as planned" in done.out


def test_check_looks_at_a_file_of_ones_own(sigctl: Run, cluster: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text(BY_HAND.replace("2026-11-24, 2026-11-25", "2026-11-27, 2026-11-28"), encoding="utf-8")
    done = sigctl("rota", "check", mine, "-w", cluster, *TODAY)
    assert done.code == 1
    assert "mine.yaml:10:46: error: `treorchy` cannot be host on 2026-11-28" in done.out
    mine.write_text(BY_HAND.replace("team: [aberdare-head, porth-head]", "team: [aberdare-head, porth-haed]"), encoding="utf-8")
    unknown = sigctl("rota", "check", mine, "-w", cluster, *TODAY)
    assert unknown.code == 3
    assert "did you mean `porth-head`?" in unknown.err
    mine.write_text(BY_HAND, encoding="utf-8")
    assert sigctl("rota", "check", mine, "-w", cluster, *TODAY).code == 0
    write(cluster, {DRAFT: BY_HAND})
    assert f"every rule is kept in {cluster / DRAFT}" in sigctl("rota", "check", DRAFT, "-w", cluster, *TODAY).out
    assert sigctl("rota", "check", "nowhere.yaml", "-w", cluster, *TODAY).code == 2
    assert sigctl("rota", "check", mine, "--draft", "-w", cluster, *TODAY).code == 2


IN_THE_HALL = "dates: [2026-11-24, 2026-11-25], lead: aberdare-head, team: [aberdare-head, porth-head]"


@pytest.mark.parametrize(
    ("instead", "column", "told"),
    [
        ("dates: [2026-11-24], lead: aberdare-head, team: [aberdare-head, porth-head]", 26,
         "the visit at `treorchy` is to take 2 days in a row, but here it takes 2026-11-24 [window]"),
        ("dates: [2026-11-24, 2026-11-25], lead: aberdare-head, team: [aberdare-head]", 80,
         "the team at `treorchy` has 1 member who can be in it; 2 are needed [team]"),
        ("dates: [2026-11-24, 2026-11-25], lead: porth-head, team: [aberdare-head, porth-head]", 65,
         "`porth-head` leads the visit at `treorchy`, but is no reviewer of level lead [leads]"),
        ("dates: [2026-11-10, 2026-11-11], lead: porth-deputy, team: [porth-deputy, porth-head]", 100,
         "`porth` has 2 people out on 2026-11-10 and 2026-11-11, `porth-deputy` and `porth-head`; 1 is the most [out_per_school]"),
        ("dates: [2026-11-10, 2026-11-11], lead: aberdare-head, team: [aberdare-head, porth-head]", 87,
         "`aberdare-head` is out on 2026-11-10 and 2026-11-11, when their own school, `aberdare`, is host [host_stays_home]"),
    ],
)  # fmt: skip
def test_each_broken_rule_is_told_in_words_at_its_place(sigctl: Run, by_hand: Path, instead: str, column: int, told: str) -> None:
    change(by_hand, DRAFT, IN_THE_HALL, instead)
    done = sigctl("rota", "check", "-w", by_hand, *TODAY)
    assert done.code == 1
    assert f"{DRAFT}:10:{column}: error: {told}" in done.out


def test_a_visit_that_is_not_there_is_told_where_the_cycle_asks_for_it(sigctl: Run, by_hand: Path) -> None:
    line = next(each for each in BY_HAND.splitlines(keepends=True) if IN_THE_HALL in each)
    change(by_hand, DRAFT, line, "")
    done = sigctl("rota", "check", "-w", by_hand, *TODAY)
    assert done.code == 1
    assert "cycles.yaml:9:39: error: `treorchy` has no visit, or more than one [visits]" in done.out


def test_check_of_the_published_rota_sees_what_has_changed_since(sigctl: Run, published: Path) -> None:
    assert sigctl("rota", "check", "--published", "-w", published, *TODAY).code == 0
    change(published, "people.yaml", "id: aberdare-head, post", "id: aberdare-head, unavailable: [2026-11-24], post")
    done = sigctl("rota", "check", "--published", "-w", published, *TODAY)
    assert done.code == 1
    assert "`aberdare-head` is out on 2026-11-24, on which they are not available [availability]" in done.out
    assert PUBLISHED in done.out


def test_a_cancelled_visit_is_a_warning(sigctl: Run, published: Path) -> None:
    sigctl("rota", "mark", "porth", "cancelled", "-w", published, *TODAY)
    done = sigctl("rota", "check", "--published", "-w", published, *TODAY)
    assert done.code == 0
    assert "warning: the visit at `porth` is cancelled" in done.out


# mark


def test_mark_changes_only_the_lines_meant(sigctl: Run, published: Path) -> None:
    before = text(published, PUBLISHED).splitlines()
    done = sigctl("rota", "mark", "rhydywaun", "told", "treorchy", "-w", published, *TODAY)
    assert (done.code, done.err) == (0, f"marked `rhydywaun` and `treorchy` as told in {PUBLISHED}\n")
    after = text(published, PUBLISHED).splitlines()
    assert {host: visit.get("state") for host, visit in visits(published).items()} == {
        "aberdare": None, "treorchy": "told", "rhydywaun": "told", "porth": None,
    }  # fmt: skip
    assert len([line for line in after if line not in before]) == 2
    assert "# in the new hall" in text(published, PUBLISHED)


def test_mark_keeps_the_line_ends_of_windows(sigctl: Run, published: Path) -> None:
    crlf = text(published, PUBLISHED).replace("\n", "\r\n")
    (published / PUBLISHED).write_bytes(crlf.encode("utf-8"))
    assert sigctl("rota", "mark", "rhydywaun", "told", "-w", published, *TODAY).code == 0
    assert text(published, PUBLISHED) == crlf.replace("state: planned", "state: told")


def test_mark_that_is_so_already_or_only_looked_at_writes_nothing(sigctl: Run, published: Path) -> None:
    before = files(published)
    assert "nothing to do" in sigctl("rota", "mark", "rhydywaun", "planned", "-w", published, *TODAY).err
    assert sigctl("rota", "mark", "rhydywaun", "told", "-n", "-w", published, *TODAY).code == 0
    assert files(published) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("rhydywaun", "tolld"), "did you mean `told`?"),
        (("rhydywan", "told"), "did you mean `rhydywaun`?"),
        (("rhydywaun", "told", "done"), "name one state"),
    ],
)
def test_mark_names_the_nearest(sigctl: Run, published: Path, words: tuple[str, ...], said: str) -> None:
    done = sigctl("rota", "mark", *words, "-w", published, *TODAY)
    assert done.code == 2
    assert said in done.err


def test_mark_needs_a_published_rota(sigctl: Run, by_hand: Path) -> None:
    done = sigctl("rota", "mark", "rhydywaun", "told", "-w", by_hand, *TODAY)
    assert done.code == 1
    assert "`sigctl rota publish` publishes the draft" in done.err


# locks by publishing


def test_planning_again_leaves_told_and_confirmed_visits_where_they_are(sigctl: Run, published: Path) -> None:
    sigctl("rota", "mark", "aberdare", "told", "-w", published, *TODAY)
    sigctl("rota", "mark", "porth", "confirmed", "-w", published, *TODAY)
    done = sigctl("rota", "-w", published, *TODAY)
    assert done.code == 0, done.err
    assert "2 visits of the published rota are told or confirmed and stay" in done.err
    planned, before = visits(published, DRAFT), visits(published)
    for host, state in (("aberdare", "told"), ("porth", "confirmed")):
        assert planned[host]["dates"] == before[host]["dates"]
        assert planned[host]["lead"] == before[host]["lead"]
        assert sorted(planned[host]["team"]) == sorted(before[host]["team"])  # type: ignore[call-overload]
        assert planned[host]["state"] == state
    assert planned["rhydywaun"]["dates"] != before["rhydywaun"]["dates"] or planned["rhydywaun"]["team"] != before["rhydywaun"]["team"]


def test_what_is_fixed_by_hand_goes_before_what_was_published(sigctl: Run, published: Path) -> None:
    sigctl("rota", "mark", "aberdare", "told", "-w", published, *TODAY)
    change(published, "cycles.yaml", "{host: aberdare}", "{host: aberdare, fixed: {start: 2026-12-01, by: secretary, why: the hall}}")
    assert sigctl("rota", "-w", published, *TODAY).code == 0
    planned = visits(published, DRAFT)["aberdare"]
    assert planned["dates"] == ["2026-12-01", "2026-12-02"]
    assert planned["state"] == "planned"


# swap


def test_a_swap_changes_only_the_lines_meant_and_tells_the_scores(sigctl: Run, by_hand: Path) -> None:
    before = text(by_hand, DRAFT)
    done = sigctl("rota", "swap", "rhydywaun", "porth-head", "porth-deputy", "-w", by_hand, *TODAY)
    assert done.code == 0, done.err
    assert text(by_hand, DRAFT) == before.replace("team: [treorchy-head, porth-head]", "team: [treorchy-head, porth-deputy]")
    assert "fairness" in done.out
    assert "travel" in done.out
    assert done.err == f"changed {DRAFT}\n"


def test_two_people_change_places(sigctl: Run, by_hand: Path) -> None:
    done = sigctl("rota", "swap", "rhydywaun", "porth-head", "aberdare-head", "--with", "porth", "-w", by_hand, *TODAY)
    assert done.code == 1
    assert "`porth-head` is from `porth`, the school that is visited [own_school]" in done.err
    done = sigctl("rota", "swap", "aberdare", "treorchy-head", "porth-head", "--with", "rhydywaun", "-n", "-w", by_hand, *TODAY)
    assert done.code == 2
    assert "`treorchy-head` is in the team at `rhydywaun` already" in done.err
    done = sigctl("rota", "swap", "aberdare", "rhydywaun-head", "porth-head", "--with", "treorchy", "-w", by_hand, *TODAY)
    assert done.code == 0, done.err
    assert visits(by_hand, DRAFT)["aberdare"]["team"] == ["treorchy-head", "porth-head"]
    assert visits(by_hand, DRAFT)["treorchy"]["team"] == ["aberdare-head", "rhydywaun-head"]


def test_a_swap_that_breaks_a_rule_is_refused_with_every_rule_in_words(sigctl: Run, by_hand: Path) -> None:
    before = files(by_hand)
    change(by_hand, "cycles.yaml", "visits_per_reviewer: 3", "visits_per_reviewer: 2")
    before = files(by_hand)
    done = sigctl("rota", "swap", "treorchy", "porth-head", "rhydywaun-head", "-w", by_hand, *TODAY)
    assert (done.code, done.out) == (1, "")
    assert "`rhydywaun-head` is on 3 visits, at `aberdare`, `porth` and `treorchy`; 2 is the most [visits_per_reviewer]" in done.err
    assert "nothing was changed" in done.err
    assert files(by_hand) == before


def test_who_takes_the_place_of_a_lead_leads_if_they_can(sigctl: Run, by_hand: Path) -> None:
    assert sigctl("rota", "swap", "rhydywaun", "treorchy-head", "aberdare-head", "-w", by_hand, *TODAY).code == 0
    assert visits(by_hand, DRAFT)["rhydywaun"]["lead"] == "aberdare-head"
    done = sigctl("rota", "swap", "rhydywaun", "aberdare-head", "porth-head", "-w", by_hand, *TODAY)
    assert done.code == 2


def test_a_swap_in_a_published_rota_makes_a_draft_of_it(sigctl: Run, published: Path) -> None:
    sigctl("rota", "mark", "rhydywaun", "told", "-w", published, *TODAY)
    before = text(published, PUBLISHED)
    done = sigctl("rota", "swap", "rhydywaun", "porth-head", "porth-deputy", "-w", published, *TODAY)
    assert (done.code, done.err) == (0, f"wrote {DRAFT}\n")
    assert text(published, PUBLISHED) == before
    assert "# in the new hall" in text(published, DRAFT)
    assert visits(published, DRAFT)["rhydywaun"]["state"] == "planned"
    assert sigctl("rota", "-w", published, *TODAY).code == 1, "planning again leaves the swap alone"
    assert sigctl("rota", "publish", "-w", published, *TODAY).code == 0
    assert visits(published)["rhydywaun"]["team"] == ["treorchy-head", "porth-deputy"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("rhydywaun", "porth-haed", "porth-deputy"), "did you mean `porth-head`?"),
        (("rhydywaun", "aberdare-head", "porth-deputy"), "`aberdare-head` is not in the team at `rhydywaun`"),
        (("rhydywaun", "porth-head", "treorchy-head"), "`treorchy-head` is in the team at `rhydywaun` already"),
        (("rhydywan", "porth-head", "treorchy-head"), "did you mean `rhydywaun`?"),
    ],
)
def test_a_swap_that_is_none_is_told(sigctl: Run, by_hand: Path, words: tuple[str, ...], said: str) -> None:
    done = sigctl("rota", "swap", *words, "-w", by_hand, *TODAY)
    assert done.code == 2
    assert said in done.err


# fairness

BEFORE = """\
cycles:
  - {id: round-3, name: {cy: Rownd 3, en: Round 3}, from: 2026-09-07, to: 2026-10-23, visits: [{host: aberdare}, {host: porth}]}
rotas:
  - cycle: round-3
    status: published
    visits:
      - {host: aberdare, dates: [2026-09-15, 2026-09-16], lead: treorchy-head, team: [treorchy-head, porth-head], state: done}
      - {host: porth, dates: [2026-09-22], lead: treorchy-head, team: [treorchy-head, aberdare-head], state: cancelled}
"""


def test_fairness_counts_what_earlier_rotas_left(sigctl: Run, by_hand: Path) -> None:
    write(by_hand, {"before.yaml": BEFORE})
    change(by_hand, "schools.yaml", "{id: aberdare, name", "{id: aberdare, carried: 3, name")
    change(by_hand, "schools.yaml", "{id: rhydywaun, name", "{id: rhydywaun, joined: 2026-10-26, name")
    told = json.loads(sigctl("rota", "fairness", "-w", by_hand, "--cycle", "round-4", "--format", "json", *TODAY).out)
    schools = {each["school"]: each for each in told["schools"]}
    assert [each["cycle"] for each in told["cycles"]] == ["round-3", "round-4"]
    assert schools["aberdare"]["carried"] == 3
    assert [(each["given"], each["received"], each["balance"]) for each in schools["aberdare"]["cycles"]] == [(0, 4, -1), (4, 4, -1)]
    assert [each["balance"] for each in schools["treorchy"]["cycles"]] == [2, 2]
    assert schools["rhydywaun"]["joined"] == "2026-10-26"
    assert [(each["cycle"], each["balance"]) for each in schools["rhydywaun"]["cycles"]] == [("round-4", 0)]
    english = sigctl("rota", "fairness", "-w", by_hand, "--cycle", "round-4", "--lang", "en", *TODAY).out
    assert "Ysgol Gyfun Rhydywaun (new, since 26 October 2026)" in english
    assert "+0 \u22124 = \u22121" in english
    assert "(draft)" in english


def test_fairness_as_csv_and_markdown(sigctl: Run, by_hand: Path) -> None:
    write(by_hand, {"before.yaml": BEFORE})
    rows = list(csv.DictReader(io.StringIO(sigctl("rota", "fairness", "-w", by_hand, "--cycle", "round-4", "--format", "csv", *TODAY).out)))
    assert len(rows) == 2 * 4
    row = next(row for row in rows if (row["school"], row["cycle"]) == ("porth", "round-3"))
    assert (row["given"], row["received"], row["balance"]) == ("2", "0", "2")
    pages = sigctl("rota", "fairness", "-w", by_hand, "--cycle", "round-4", "--format", "md", *TODAY).out
    assert pages.index("# Rhoi a derbyn") < pages.index("# Give and take")


def test_the_search_begins_from_the_balances_that_earlier_rotas_left(sigctl: Run, cluster: Path) -> None:
    """Aberdare received four days in the round before, of which Treorchy and Porth gave two each: it gives most in this one."""
    write(cluster, {"before.yaml": BEFORE})
    told = json.loads(sigctl("rota", "-w", cluster, "--cycle", "round-4", "-n", "--format", "json", *TODAY).out)
    given = dict.fromkeys(("aberdare", "treorchy", "rhydywaun", "porth"), 0)
    for visit in told["visits"]:
        for member in visit["team"]:
            given[member.partition("-")[0]] += len(visit["dates"])
    balances = {"aberdare": -4, "treorchy": 2, "rhydywaun": 0, "porth": 2}
    final = [balances[school] + days - 4 for school, days in given.items()]
    assert told["goals"][0]["value"] == max(final) - min(final) == 4
    assert given["aberdare"] == 6


def test_planning_anew_over_a_draft_that_calls_visits_done_keeps_the_rules(sigctl: Run, by_hand: Path) -> None:
    done = BY_HAND.replace("2026-11-24, 2026-11-25", "2026-11-10, 2026-11-11").replace(
        "        lead", "        state: done\n        lead", 1
    )
    write(by_hand, {DRAFT: done.replace("[aberdare-head, porth-head]}", "[aberdare-head, porth-head], state: done}")})
    assert sigctl("rota", "--replace", "-w", by_hand, *TODAY).code == 0
    assert {visit["state"] for visit in visits(by_hand, DRAFT).values()} == {"planned"}
    assert sigctl("rota", "check", "-w", by_hand, *TODAY).code == 0


def test_check_calls_nothing_the_best_that_was_planned_for_the_least_change(sigctl: Run, published: Path) -> None:
    scores = json.loads(sigctl("rota", "check", "-w", published, "--format", "json", *TODAY).out)["goals"]
    goals = "; ".join(f"{goal['name']} {goal['value']}, at best {goal['value']}" for goal in scores)
    for least, told, best in (("changes 1, at best 1; ", "as it was planned", None), ("", "the best possible", scores[0]["value"])):
        write(published, {DRAFT: f"# planned: {least}{goals}\n{BY_HAND}"})
        assert f"fairness {scores[0]['value']:g}, {told}\n" in sigctl("rota", "check", "-w", published, *TODAY).out
        assert json.loads(sigctl("rota", "check", "-w", published, "--format", "json", *TODAY).out)["goals"][0]["best"] == best


@pytest.fixture
def retired(by_hand: Path, sigctl: Run) -> Path:
    """The cluster with a published rota of which the first visit is done, by a lead and somebody who has retired since."""
    change(by_hand, DRAFT, "team: [treorchy-head, rhydywaun-head]", "team: [treorchy-head, porth-deputy]")
    assert sigctl("rota", "publish", "-q", "-w", by_hand, *TODAY).code == 0
    assert sigctl("rota", "mark", "aberdare", "done", "-q", "-w", by_hand, "--today", "2026-11-20").code == 0
    change(by_hand, "people.yaml", DEPUTY, "  - {id: porth-deputy, post: Deputy headteacher, school: porth}\n")
    return by_hand


def test_who_has_retired_since_a_visit_was_done_keeps_no_draft_from_being_published(sigctl: Run, retired: Path) -> None:
    assert sigctl("rota", "-w", retired, *TODAY).code == 0
    assert visits(retired, DRAFT)["aberdare"]["team"] == ["porth-deputy", "treorchy-head"]
    done = sigctl("rota", "publish", "-w", retired, *TODAY)
    assert done.code == 0, done.err
    assert sigctl("rota", "check", "-w", retired, *TODAY).code == 0


def test_a_done_visit_cannot_lose_a_member_who_has_retired(sigctl: Run, retired: Path) -> None:
    change(retired, PUBLISHED, "status: published", "status: draft")
    (retired / PUBLISHED).replace(retired / "ours.yaml")
    write(retired, {PUBLISHED: text(retired, "ours.yaml").replace("status: draft", "status: published")})
    change(retired, "ours.yaml", "[treorchy-head, porth-deputy]", "[treorchy-head]")
    checked = sigctl("rota", "check", "--draft", "-w", retired, *TODAY)
    assert checked.code == 1
    assert "the visit at `aberdare` is done, so it stays as it was [fixed]" in checked.out


@pytest.mark.parametrize(("weight", "code"), [("block", 1), ("warn", 0), ("allow", 0)])
def test_the_cycle_says_what_becomes_of_a_member_who_is_no_reviewer(sigctl: Run, by_hand: Path, weight: str, code: int) -> None:
    write(by_hand, {"people.yaml": text(by_hand, "people.yaml") + "  - {id: clerk, post: Clerk, school: porth}\n"})
    change(by_hand, "cycles.yaml", "    visits: [", f"    by_hand: {{reviewers: {weight}, team: allow}}\n    visits: [")
    change(by_hand, DRAFT, "team: [aberdare-head, porth-head]", "team: [aberdare-head, clerk]")
    checked = sigctl("rota", "check", "-w", by_hand, *TODAY)
    assert checked.code == code
    assert ("`clerk` is in the team at `treorchy`" in checked.out) is (weight != "allow")


def test_a_school_that_has_left_need_not_be_visited(sigctl: Run, published: Path) -> None:
    """After it has left, the draft that replanning makes without it can be published; until then it must be visited."""
    change(published, PUBLISHED, "dates: [2026-11-10, 2026-11-11]", "dates: [2026-12-08, 2026-12-09]")
    change(published, "schools.yaml", "id: aberdare,", "id: aberdare, left: 2026-11-25,")
    change(published, PUBLISHED, "2026-11-24, 2026-11-25", "2026-11-17, 2026-11-18")
    assert sigctl("rota", "mark", "treorchy", "done", "-w", published, "--today", "2026-11-20").code == 0
    today = ("--today", "2026-11-26")
    assert sigctl("rota", "replan", "-w", published, *today).code == 0
    assert "aberdare" not in visits(published, DRAFT)
    assert sigctl("rota", "check", "-w", published, *TODAY).code == 1
    done = sigctl("rota", "publish", "-w", published, *today)
    assert done.code == 0, done.err


def test_changes_are_refused_where_the_files_are_invalid(sigctl: Run, by_hand: Path) -> None:
    change(by_hand, "people.yaml", "school: porth", "school: prth")
    for command in (("publish",), ("check",), ("diff",), ("mark", "porth", "told"), ("fairness",)):
        assert sigctl("rota", *command, "-w", by_hand, *TODAY).code == 3


def test_each_command_has_a_manual_with_examples(sigctl: Run) -> None:
    for command in ("publish", "check", "diff", "mark", "fairness", "swap"):
        shown = sigctl("rota", command, "--help")
        assert shown.code == 0
        assert f"sigctl rota {command}" in shown.out.partition("For example")[2]
