"""Which workspace may send: the one that has been sending from here, and no copy of it, and no older state of it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from dying import draft, now

from sigctl.deliver.outbox import Outbox
from sigctl.deliver.state import FILE, FOLDER, state
from sigctl.deliver.witness import Standing, advance, confirm, count, hold, standing


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "home"
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("LOCALAPPDATA", str(home))
    return home


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace that has sent twice."""
    folder = tmp_path / "cynon"
    folder.mkdir()
    with state(folder) as connection:
        confirm(folder, connection)
    sends(folder)
    sends(folder)
    return folder


def sends(folder: Path) -> None:
    with state(folder) as connection:
        advance(folder, connection)


def stands(folder: Path) -> Standing:
    with state(folder) as connection:
        return standing(folder, connection)


def confirms(folder: Path) -> None:
    with state(folder) as connection:
        confirm(folder, connection)


def kept(folder: Path) -> bytes:
    return (folder / FOLDER / FILE).read_bytes()


def restored(folder: Path, content: bytes) -> None:
    (folder / FOLDER / FILE).write_bytes(content)


def test_a_new_one_waits_to_be_confirmed(tmp_path: Path) -> None:
    assert stands(tmp_path) == "new"
    assert stands(tmp_path) == "new"
    confirms(tmp_path)
    assert stands(tmp_path) == "confirmed"


def test_the_one_that_sends_goes_on_sending(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(5):
        assert stands(workspace) == "confirmed"
        sends(workspace)
    monkeypatch.chdir(workspace)
    assert stands(Path()) == "confirmed"
    link = workspace.parent / "link"
    link.symlink_to(workspace)
    assert stands(link) == "confirmed"


def test_no_setting_of_a_shell_has_a_say(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(workspace.parent / "elsewhere"))
    monkeypatch.setenv("XDG_DATA_HOME", str(workspace.parent / "elsewhere"))
    assert stands(workspace) == "confirmed"


def test_a_copy_sends_nothing_and_the_first_one_goes_on(workspace: Path) -> None:
    copy = shutil.copytree(workspace, workspace.parent / "copy")
    assert stands(copy) == "moved"
    assert stands(workspace) == "confirmed"
    confirms(copy)
    assert (stands(copy), stands(workspace)) == ("confirmed", "confirmed")


def test_a_copy_that_sent_and_comes_back_is_recognised(workspace: Path) -> None:
    copy = shutil.copytree(workspace, workspace.parent / "copy")
    confirms(copy)
    restored(workspace, kept(copy))
    assert stands(workspace) == "restored"


def test_a_copy_without_its_state_as_git_makes_it_is_new(workspace: Path) -> None:
    clone = shutil.copytree(workspace, workspace.parent / "clone", ignore=shutil.ignore_patterns(FOLDER))
    assert stands(clone) == "new"


def test_a_clone_in_the_place_of_the_one_that_sent_is_not_taken_for_new(workspace: Path) -> None:
    shutil.rmtree(workspace / FOLDER)
    assert stands(workspace) == "restored"
    confirms(workspace)
    assert stands(workspace) == "confirmed"


def test_an_older_state_sends_nothing(workspace: Path) -> None:
    older = kept(workspace)
    sends(workspace)
    restored(workspace, older)
    assert stands(workspace) == "restored"
    confirms(workspace)
    assert stands(workspace) == "confirmed"
    newest = kept(workspace)
    sends(workspace)
    sends(workspace)
    restored(workspace, newest)
    assert stands(workspace) == "restored"


def test_a_moved_folder_waits_and_so_does_what_takes_its_place(workspace: Path) -> None:
    moved = workspace.rename(workspace.parent / "moved")
    assert stands(moved) == "moved"
    workspace.mkdir()
    assert stands(workspace) == "restored"


def test_another_user_waits(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(workspace.parent / "other"))
    monkeypatch.setenv("LOCALAPPDATA", str(workspace.parent / "other"))
    assert stands(workspace) == "moved"


def test_a_note_that_cannot_be_read_lets_nothing_leave(workspace: Path, home: Path) -> None:
    (note,) = home.rglob("*.json")
    for text in ("", "{}", "[]", '{"id": null}', '{"id": "", "generation": "x"}'):
        note.write_text(text)
        assert stands(workspace) == "restored"


def test_a_state_that_ran_ahead_elsewhere_waits_as_well(workspace: Path, home: Path) -> None:
    """As where a home is restored, or two computers take turns in a shared folder."""
    (note,) = home.rglob("*.json")
    older = note.read_bytes()
    sends(workspace)
    sends(workspace)
    note.write_bytes(older)
    assert stands(workspace) == "restored"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("times", [1, 3])
def test_killed_between_the_state_and_the_note_it_goes_on(workspace: Path, times: int) -> None:
    """Each of the runs is killed when the state has counted it and the note has not."""
    code = f"""
import os, signal
from pathlib import Path
from sigctl.deliver import witness
from sigctl.deliver.state import state
real = witness._put_outside
folder = Path({str(workspace)!r})
with state(folder) as connection:
    def killed(workspace, mark):
        if mark.generation > before:
            os.kill(os.getpid(), signal.SIGKILL)
        real(workspace, mark)
    before = witness._inside(connection).generation
    witness._put_outside = killed
    witness.advance(folder, connection)
"""
    for _ in range(times):
        done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True)
        assert done.returncode == -9, done.stderr
        assert stands(workspace) == "confirmed"
    sends(workspace)
    assert stands(workspace) == "confirmed"


def test_where_the_note_cannot_be_written_nothing_is_confirmed(tmp_path: Path, home: Path) -> None:
    home.mkdir()
    (home / ".local").write_text("a file where a folder belongs")
    (home / "sigctl").write_text("a file where a folder belongs")
    with state(tmp_path) as connection:
        with pytest.raises(OSError, match="sigctl"):
            confirm(tmp_path, connection)
        (home / ".local").unlink()
        (home / "sigctl").unlink()
        assert standing(tmp_path, connection) != "confirmed"


def a_message_leaves(folder: Path, person: str) -> None:
    with state(folder) as connection:
        outbox = Outbox(connection, lambda: count(folder))
        (number,) = outbox.plan([draft(person)], now())
        assert outbox.begin(number, now())
        outbox.accepted(number, "250 OK", now())


def test_a_state_kept_in_the_midst_of_a_run_that_was_killed_is_known_to_be_older(workspace: Path) -> None:
    """Both have counted as many runs; what left in between is counted beside the workspace."""
    sends(workspace)
    a_message_leaves(workspace, "ann")
    snapshot = kept(workspace)
    a_message_leaves(workspace, "ben")
    assert stands(workspace) == "confirmed"
    restored(workspace, snapshot)
    assert stands(workspace) == "restored"
    confirms(workspace)
    assert stands(workspace) == "confirmed"
    sends(workspace)
    a_message_leaves(workspace, "ben")
    assert stands(workspace) == "confirmed"


def test_taken_back_or_erased_messages_do_not_make_a_state_look_older(workspace: Path) -> None:
    sends(workspace)
    a_message_leaves(workspace, "ann")
    with state(workspace) as connection:
        connection.execute("DELETE FROM message")
    assert stands(workspace) == "confirmed"


def test_stopped_between_the_message_and_its_count_or_between_count_and_note_it_goes_on(workspace: Path, home: Path) -> None:
    sends(workspace)
    a_message_leaves(workspace, "ann")
    (tally,) = home.rglob("*.begun")
    assert tally.stat().st_size == 1
    tally.unlink()
    assert stands(workspace) == "confirmed"
    sends(workspace)
    assert stands(workspace) == "confirmed"
    a_message_leaves(workspace, "ben")
    sends(workspace)
    assert not list(home.rglob("*.begun"))


def test_a_state_of_a_time_before_messages_were_counted_goes_on(workspace: Path, home: Path) -> None:
    a_message_leaves(workspace, "ann")
    with state(workspace) as connection:
        connection.execute("DELETE FROM about WHERE name = 'begun'")
    (note,) = home.rglob("*.json")
    note.write_text(note.read_text().replace('"begun"', '"other"'))
    for tally in home.rglob("*.begun"):
        tally.unlink()
    assert stands(workspace) == "confirmed"


def test_held_nothing_leaves_until_it_is_confirmed_anew(workspace: Path) -> None:
    with state(workspace) as connection:
        hold(connection)
    assert stands(workspace) == "held"
    assert stands(shutil.copytree(workspace, workspace.parent / "copy")) == "moved"
    confirms(workspace)
    assert stands(workspace) == "confirmed"
