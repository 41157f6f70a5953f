"""What sigctl remembers: one file, for its owner alone, told in plain words where it cannot be used."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from sigctl.deliver.state import FILE, FOLDER, StateError, glance, has_state, shrink, state, transaction

POSIX = pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nothing is forbidden to the administrator")


def names(connection: sqlite3.Connection) -> list[str]:
    return [name for (name,) in connection.execute("SELECT name FROM about ORDER BY name")]


def put(connection: sqlite3.Connection, name: str) -> None:
    connection.execute("INSERT INTO about (name, value) VALUES (?, '')", (name,))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no file modes")
def test_it_is_for_its_owner_alone_from_the_first_moment(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with state(tmp_path) as connection:
            modes = []
            connection.execute("BEGIN IMMEDIATE")
            put(connection, "a")
            modes = [each.stat().st_mode & 0o777 for each in sorted((tmp_path / FOLDER).iterdir())]
            connection.execute("COMMIT")
    finally:
        os.umask(before)
    assert modes == [0o600, 0o600]


def test_what_is_done_stays_done(tmp_path: Path) -> None:
    with state(tmp_path) as connection:
        put(connection, "a")
    with state(tmp_path) as connection:
        assert names(connection) == ["a"]


def test_a_transaction_happens_all_or_not_at_all(tmp_path: Path) -> None:
    def half(connection: sqlite3.Connection) -> None:
        with transaction(connection):
            put(connection, "b")
            raise KeyboardInterrupt

    with state(tmp_path) as connection:
        with transaction(connection):
            put(connection, "a")
        with pytest.raises(KeyboardInterrupt):
            half(connection)
        assert names(connection) == ["a"]


def test_each_step_is_on_disk_before_the_next(tmp_path: Path) -> None:
    with state(tmp_path) as connection:
        assert connection.execute("PRAGMA synchronous").fetchone() == (3,)
        put(connection, "a")
        with closing(sqlite3.connect(tmp_path / FOLDER / FILE)) as other:
            assert names(other) == ["a"]


def test_whoever_looks_makes_nothing(tmp_path: Path) -> None:
    with glance(tmp_path) as connection:
        assert names(connection) == []
    assert not has_state(tmp_path)
    assert not list(tmp_path.iterdir())
    with state(tmp_path) as connection:
        put(connection, "a")
    assert has_state(tmp_path)
    with glance(tmp_path) as connection:
        assert names(connection) == ["a"]


def test_a_newer_sigctl_is_recognised(tmp_path: Path) -> None:
    with state(tmp_path) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(StateError, match="newer sigctl"), state(tmp_path):
        pass


def test_a_damaged_file_is_told_and_left_alone(tmp_path: Path) -> None:
    with state(tmp_path) as connection:
        put(connection, "a")
    file = tmp_path / FOLDER / FILE
    file.write_bytes(b"This is a letter, not a state. " * 400)
    before = file.read_bytes()
    with pytest.raises(StateError, match="damaged") as wrong, state(tmp_path):
        pass
    assert "backup" in wrong.value.advice
    assert file.read_bytes() == before


def test_a_mistake_of_ours_is_not_called_damage(tmp_path: Path) -> None:
    with state(tmp_path) as connection:
        put(connection, "a")
    with pytest.raises(sqlite3.IntegrityError), state(tmp_path) as connection:
        put(connection, "a")


def test_two_at_once_wait_for_each_other(tmp_path: Path) -> None:
    with state(tmp_path) as one, state(tmp_path) as two:
        put(one, "a")
        put(two, "b")
        assert names(one) == ["a", "b"]


@pytest.mark.skipif(os.name == "nt", reason="a limit on the size of files is of POSIX")
def test_a_full_disk_names_the_file_and_what_was_done_stays(tmp_path: Path) -> None:
    def fill(connection: sqlite3.Connection) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages}")
        connection.execute("INSERT INTO about (name, value) VALUES ('b', ?)", ("x" * 1_000_000,))

    with state(tmp_path) as connection:
        put(connection, "a")
    with pytest.raises(OSError, match="No space left") as wrong, state(tmp_path) as connection:
        fill(connection)
    assert wrong.value.filename == str(tmp_path / FOLDER / FILE)
    with state(tmp_path) as connection:
        assert names(connection) == ["a"]


@POSIX
def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(PermissionError) as wrong, state(tmp_path):
            pass
    finally:
        tmp_path.chmod(0o700)
    assert str(wrong.value.filename).startswith(str(tmp_path / FOLDER))


def test_a_full_disk_is_named_also_where_several_things_are_done_at_once(tmp_path: Path) -> None:
    """SQLite takes the whole of it back by itself then, so that there is nothing left to take back."""

    def fill(connection: sqlite3.Connection) -> None:
        put(connection, "a")
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages}")
        with transaction(connection):
            put(connection, "b")
            connection.execute("INSERT INTO about (name, value) VALUES ('c', ?)", ("x" * 1_000_000,))

    with pytest.raises(OSError, match="No space left"), state(tmp_path) as connection:
        fill(connection)
    with state(tmp_path) as connection:
        assert names(connection) == ["a"]


def test_what_cannot_be_finished_while_another_program_reads_is_taken_back_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sigctl.deliver.state._WAIT", 0.1)
    with state(tmp_path) as reading:
        put(reading, "a")
        reader = reading.execute("SELECT name FROM about UNION ALL SELECT name FROM about")
        assert reader.fetchone() == ("a",)
        with state(tmp_path) as writing:
            with pytest.raises(sqlite3.OperationalError, match="locked"), transaction(writing):
                put(writing, "b")
            assert not writing.in_transaction
            reader.fetchall()
            with transaction(writing):
                put(writing, "c")
            assert names(writing) == ["a", "c"]
            reader = reading.execute("SELECT name FROM about")
            reader.fetchone()
            with pytest.raises(StateError, match=r"another program has .* open"), state(tmp_path) as third, transaction(third):
                put(third, "d")
            reader.fetchall()


def test_a_file_that_has_become_too_large_shrinks_when_it_is_asked_to(tmp_path: Path) -> None:
    with state(tmp_path) as connection:
        connection.execute("INSERT INTO about (name, value) VALUES ('b', ?)", ("x" * 4_000_000,))
        assert not shrink(connection)
        connection.execute("DELETE FROM about WHERE name = 'b'")
        put(connection, "a")
        before = (tmp_path / FOLDER / FILE).stat().st_size
        with state(tmp_path) as another:
            reader = another.execute("SELECT name FROM about UNION ALL SELECT name FROM about")
            reader.fetchone()
            connection.execute("PRAGMA busy_timeout = 100")
            assert not shrink(connection)
            reader.fetchall()
        assert shrink(connection)
        assert not shrink(connection)
        assert names(connection) == ["a"]
    assert (tmp_path / FOLDER / FILE).stat().st_size < before / 20
