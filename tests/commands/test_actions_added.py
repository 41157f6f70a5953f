"""`sigctl actions add`, and corrections: in which language a text stands, at which line, and of which meeting."""

from pathlib import Path

import pytest
from minuted import FILES
from workspaces import write

from sigctl.cluster import load
from tests.commands.conftest import Run
from tests.commands.test_actions import TODAY, action, lines

LATER = ("--today", "2027-01-31")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "cynon", FILES)


def test_it_tells_the_line_at_which_the_action_now_stands(sigctl: Run, folder: Path) -> None:
    for meeting in ("strategic-2026-11", "strategic"):
        outcome = sigctl("actions", "add", meeting, "cy: Un | en: The first of them", "-w", folder, *LATER)
        number = int(outcome.err.rpartition(":")[2])
        assert "- id: " in lines(folder)[number - 1] or "- {id: " in lines(folder)[number - 1]
        assert "The first of them" in "".join(lines(folder)[number - 1 : number + 3])
    outcome = sigctl("actions", "done", "a4", "a8", "--note", "Yes", "-w", folder, *LATER)
    for told_line in outcome.err.splitlines():
        number = int(told_line.split("meetings.yaml:")[1].split(":")[0])
        assert told_line.split("`")[1] in lines(folder)[number - 1]


def test_a_text_in_one_language_is_that_of_the_language_that_was_named(sigctl: Run, folder: Path) -> None:
    outcome = sigctl("actions", "add", "strategic-2026-11", "Send it", "--lang", "en", "-w", folder)
    assert action(folder, "strategic-2026-11", "a8").text.words == ("", "Send it")
    assert "will stand in" not in outcome.err
    page = sigctl("actions", "--format", "md", "--lang", "cy", "-w", folder, *TODAY).out
    assert r"Send it \[heb ei gyfieithu eto\]" in page


def test_a_text_that_names_no_language_stands_in_both_with_a_warning(sigctl: Run, folder: Path) -> None:
    outcome = sigctl("actions", "add", "strategic-2026-11", "Send it", "-w", folder)
    assert action(folder, "strategic-2026-11", "a8").text.words == ("Send it", "Send it")
    assert "`Send it` will stand in Welsh and English as it is" in outcome.err
    for meant in (("2026 / 27", "--lang", "both"), ("cy: Un | en: One",)):
        assert "will stand in" not in sigctl("actions", "add", "strategic-2026-11", *meant, "-w", folder).err


def test_where_a_cluster_speaks_one_language_a_text_is_a_text(sigctl: Run, folder: Path) -> None:
    write(folder, {"sigctl.yaml": FILES["sigctl.yaml"].replace("languages: [cy, en]", "languages: [en]")})
    for id, more in (("b1", ()), ("b2", ("--lang", "en"))):
        outcome = sigctl("actions", "add", "strategic-2026-11", "Send it", "--id", id, *more, "-w", folder)
        assert "will stand in" not in outcome.err
    assert sum("text: Send it" in line for line in lines(folder)) == 2


def test_what_was_put_right_is_of_the_language_that_was_named(sigctl: Run, folder: Path) -> None:
    agree = ("minutes", "agree", "strategic-2026-11", "-w", folder)
    assert "will stand in Welsh and English" in sigctl(*agree, "--correction", "Porth was there", "-n").err
    assert "will stand in" not in sigctl(*agree, "--correction", "Porth was there", "--lang", "en").err
    minutes = load(folder).cluster.meetings["strategic-2026-11"].minutes
    assert minutes is not None
    assert minutes.corrections[-1].text.words == ("", "Porth was there")


@pytest.mark.parametrize(("day", "is_told"), [("2027-01-20", True), ("2027-01-21", False), ("2027-01-22", False)])
def test_an_action_of_a_meeting_that_is_still_to_come_is_added_with_a_warning(day: str, is_told: bool, sigctl: Run, folder: Path) -> None:
    outcome = sigctl("actions", "add", "strategic-2027-01", "cy: Un | en: One", "-w", folder, "--today", day)
    assert outcome.code == 0
    assert ("is on 2027-01-21 and has not been held" in outcome.err) == is_told


def test_the_first_example_of_the_help_is_in_two_languages(sigctl: Run) -> None:
    out = sigctl("actions", "add", "--help").out
    first = next(line for line in out.splitlines() if line.strip().startswith("sigctl actions add"))
    assert "cy: " in first
    assert "| en: " in first


def test_the_help_says_that_actions_of_cancelled_meetings_are_left_out(sigctl: Run) -> None:
    assert "stand under a cancelled meeting are left out" in " ".join(sigctl("actions", "--help").out.split())
