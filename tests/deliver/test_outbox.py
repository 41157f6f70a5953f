"""The outbox: each message goes its way step by step, and nothing in it is told twice."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from dying import draft

from sigctl.deliver.outbox import AlreadyTold, Outbox, State
from sigctl.deliver.state import FILE, FOLDER, state

FIRST = datetime.fromisoformat("2026-11-23T06:00:00+00:00")
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    with state(tmp_path) as connection:
        yield Outbox(connection)


def state_of(outbox: Outbox, number: int) -> State:
    entry = outbox.entry(number)
    assert entry
    return entry.state


def at_state(outbox: Outbox, wanted: State) -> int:
    """A message that has come as far as this."""
    (number,) = outbox.plan([draft("ann")], FIRST)
    if wanted is State.PLANNED:
        return number
    if wanted is State.FORGOTTEN:
        assert outbox.forget(number, FIRST)
        return number
    assert outbox.begin(number, FIRST)
    end = {State.ACCEPTED: outbox.accepted, State.REFUSED: outbox.refused, State.UNKNOWN: outbox.unknown}
    if wanted in end:
        end[wanted](number, "said", FIRST)
    assert state_of(outbox, number) is wanted
    return number


# planning


def test_what_is_planned_is_known_with_what_it_tells(outbox: Outbox) -> None:
    ann = draft("ann", "a-1", "a-2")
    ann = ann._replace(told={ann.notices[0].key: '{"start": "09:00"}'})
    assert outbox.plan([ann, draft("ben")], FIRST) == (1, 2)
    known = outbox.known()
    assert list(known) == [*ann.notices, *draft("ben").notices]
    assert known[ann.notices[0]] == (State.PLANNED, FIRST.date(), '{"start": "09:00"}', 1)
    entry = outbox.entry(1)
    assert entry
    assert (entry.person, entry.address, entry.notices, entry.made, entry.attempts) == ("ann", "ann@example.org", ann.notices, FIRST, 0)
    assert outbox.content(1) == ann.content


def test_nobody_is_told_the_same_twice_and_of_several_messages_none_is_planned(outbox: Outbox) -> None:
    outbox.plan([draft("ann", "a-1")], FIRST)
    with pytest.raises(AlreadyTold, match="ann"):
        outbox.plan([draft("ben"), draft("ann", "a-1", "a-2")], FIRST)
    assert [each.person for each in outbox.entries()] == ["ann"]
    assert len(outbox.known()) == 1
    assert outbox.plan([draft("ann", "a-2")], FIRST)


def test_the_day_is_that_of_the_cluster_and_of_the_day_on_which_it_left(outbox: Outbox) -> None:
    late = datetime.fromisoformat("2026-07-01T00:30:00+01:00")
    (number,) = outbox.plan([draft("ann")], late)
    (notice,) = outbox.known()
    assert outbox.known()[notice].day.isoformat() == "2026-07-01"
    outbox.begin(number, late + DAY)
    outbox.accepted(number, "250 OK", late + DAY)
    assert outbox.known()[notice].day.isoformat() == "2026-07-02"


def test_what_is_no_longer_due_is_taken_back_and_the_rest_of_it_can_be_planned_anew(outbox: Outbox) -> None:
    ann, ben = draft("ann", "a-1", "a-2"), draft("ben")
    outbox.plan([ann, ben, draft("cat")._replace(origin="send")], FIRST)
    assert outbox.withdraw("remind", {ann.notices[0], ben.notices[0]}) == 1
    assert [each.person for each in outbox.entries()] == ["ben", "cat"]
    assert not outbox.begin(1, FIRST)
    assert outbox.content(1) == b""
    assert outbox.plan([draft("ann", "a-1")], FIRST) == (4,)


@pytest.mark.parametrize("reached", [State.SENDING, State.ACCEPTED, State.REFUSED, State.UNKNOWN, State.FORGOTTEN])
def test_what_has_left_is_not_taken_back(outbox: Outbox, reached: State) -> None:
    number = at_state(outbox, reached)
    assert outbox.withdraw("remind", ()) == 0
    assert state_of(outbox, number) is reached
    with pytest.raises(AlreadyTold):
        outbox.plan([draft("ann")], FIRST)


# the way of a message


@pytest.mark.parametrize("reached", [each for each in State if each is not State.PLANNED])
def test_only_what_is_planned_can_begin(outbox: Outbox, reached: State) -> None:
    number = at_state(outbox, reached)
    assert outbox.ready(FIRST + DAY) == ()
    assert not outbox.begin(number, FIRST + DAY)


def test_what_its_process_left_in_sending_is_unknown(outbox: Outbox) -> None:
    number = at_state(outbox, State.SENDING)
    outbox.plan([draft("ben")], FIRST)
    assert outbox.interrupted(FIRST + HOUR) == 1
    assert state_of(outbox, number) is State.UNKNOWN
    assert state_of(outbox, 2) is State.PLANNED
    assert outbox.interrupted(FIRST + HOUR) == 0


def test_whoever_still_knows_how_it_ended_says_so_though_it_was_called_unknown(outbox: Outbox) -> None:
    number = at_state(outbox, State.SENDING)
    outbox.interrupted(FIRST)
    outbox.accepted(number, "250 OK", FIRST)
    assert state_of(outbox, number) is State.ACCEPTED


def test_what_a_late_sender_says_does_not_undo_what_another_did(tmp_path: Path) -> None:
    with state(tmp_path) as one, state(tmp_path) as two:
        slow, quick = Outbox(one), Outbox(two)
        (number,) = slow.plan([draft("ann")], FIRST)
        assert slow.begin(number, FIRST)
        assert quick.interrupted(FIRST) == 1
        assert quick.retry(number, FIRST)
        assert quick.begin(number, FIRST)
        slow.deferred(number, "451 later", FIRST)
        assert state_of(quick, number) is State.SENDING
        quick.accepted(number, "250 OK", FIRST)
        slow.deferred(number, "451 later", FIRST)
        slow.refused(number, "550 no", FIRST)
        assert state_of(quick, number) is State.ACCEPTED


def test_put_off_before_it_began_by_one_while_another_has_it_changes_nothing(tmp_path: Path) -> None:
    with state(tmp_path) as one, state(tmp_path) as two:
        (number,) = Outbox(one).plan([draft("ann")], FIRST)
        assert Outbox(one).begin(number, FIRST)
        Outbox(two).deferred(number, "451 later", FIRST)
        assert state_of(Outbox(two), number) is State.SENDING


@pytest.mark.parametrize("had_begun", [True, False])
def test_put_off_it_waits_longer_each_time_and_is_refused_after_three_days(outbox: Outbox, had_begun: bool) -> None:
    (number,) = outbox.plan([draft("ann")], FIRST)
    moment, waits = FIRST + 5 * DAY, []
    began = moment
    while True:
        assert not had_begun or outbox.begin(number, moment)
        outbox.deferred(number, "451 later", moment)
        entry = outbox.entry(number)
        assert entry
        if entry.state is not State.PLANNED:
            break
        assert entry.not_before
        waits.append(entry.not_before - moment)
        assert outbox.ready(entry.not_before - timedelta(seconds=1)) == ()
        assert not outbox.begin(number, entry.not_before - timedelta(seconds=1))
        moment = entry.not_before
        assert outbox.ready(moment) == (entry,)
    assert waits[:4] == [timedelta(minutes=15), HOUR, 4 * HOUR, 20 * HOUR]
    assert set(waits[4:]) == {20 * HOUR}
    assert 3 * DAY <= moment - began < 4 * DAY
    assert (entry.state, entry.answer, entry.attempts) == (State.REFUSED, "451 later", len(waits) + 1)


def test_put_off_by_a_run_a_day_it_is_tried_each_day(outbox: Outbox) -> None:
    (number,) = outbox.plan([draft("ann")], FIRST)
    for day in range(4):
        moment = FIRST + day * DAY - timedelta(seconds=day)
        assert [each.number for each in outbox.ready(moment)] == [number] or day == 3
        if outbox.begin(number, moment):
            outbox.deferred(number, "451 later", moment)
    outbox.begin(number, FIRST + 4 * DAY)
    outbox.deferred(number, "451 later", FIRST + 4 * DAY)
    assert state_of(outbox, number) is State.REFUSED


# what people do about it


@pytest.mark.parametrize(("reached", "can"), [(each, each in (State.REFUSED, State.UNKNOWN)) for each in State])
def test_once_more_is_for_what_was_refused_or_is_unknown(outbox: Outbox, reached: State, can: bool) -> None:
    number = at_state(outbox, reached)
    assert outbox.retry(number, FIRST + DAY) is can
    assert state_of(outbox, number) is (State.PLANNED if can else reached)
    assert bool(outbox.ready(FIRST + DAY)) is (can or reached is State.PLANNED)


def test_once_more_begins_the_three_days_anew(outbox: Outbox) -> None:
    number = at_state(outbox, State.REFUSED)
    outbox.retry(number, FIRST + 9 * DAY)
    outbox.begin(number, FIRST + 9 * DAY)
    outbox.deferred(number, "451 later", FIRST + 9 * DAY)
    entry = outbox.entry(number)
    assert entry
    assert (entry.state, entry.not_before, entry.attempts) == (State.PLANNED, FIRST + 9 * DAY + timedelta(minutes=15), 2)


@pytest.mark.parametrize(("reached", "can"), [(each, each in (State.REFUSED, State.UNKNOWN)) for each in State])
def test_another_address_is_for_what_did_not_arrive(outbox: Outbox, reached: State, can: bool) -> None:
    number = at_state(outbox, reached)
    assert outbox.readdress(number, "new@example.org", b"new") is can
    entry = outbox.entry(number)
    assert entry
    assert entry.address == ("new@example.org" if can else "ann@example.org")
    assert (outbox.content(number) == b"new") is can


@pytest.mark.parametrize(
    ("reached", "can"), [(each, each in (State.PLANNED, State.REFUSED, State.UNKNOWN)) for each in State if each is not State.FORGOTTEN]
)
def test_let_be_is_what_has_not_left_and_it_counts_as_told(outbox: Outbox, reached: State, can: bool) -> None:
    number = at_state(outbox, reached)
    assert outbox.forget(number, FIRST) is can
    assert state_of(outbox, number) is (State.FORGOTTEN if can else reached)
    if can:
        assert outbox.ready(FIRST + DAY) == ()
        with pytest.raises(AlreadyTold):
            outbox.plan([draft("ann")], FIRST)


# the right to erasure


def everything(folder: Path) -> bytes:
    return b"".join(each.read_bytes() for each in sorted((folder / FOLDER).iterdir()))


@pytest.mark.parametrize("reached", list(State))
def test_nothing_of_a_person_stays_and_the_count_does(tmp_path: Path, reached: State) -> None:
    with state(tmp_path) as connection:
        outbox = Outbox(connection)
        number = at_state(outbox, reached)
        assert b"ann@example.org" in everything(tmp_path)
        assert outbox.erase("ann") == 1
        assert outbox.known() == {}
        entries = outbox.entries()
        assert len(entries) == (reached is not State.PLANNED)
        for each in entries:
            assert (each.number, each.person, each.address, each.title, each.answer) == (number, "", "", "", "")
            assert each.state is (State.ACCEPTED if reached is State.ACCEPTED else State.FORGOTTEN)
        assert outbox.content(number) == b""
        assert not outbox.retry(number, FIRST)
        assert outbox.erase("ann") == 0
    assert FILE in [each.name for each in (tmp_path / FOLDER).iterdir()]
    assert b"ann" not in everything(tmp_path)


def test_a_list_of_calls_that_waits_is_made_anew_without_the_person(outbox: Outbox) -> None:
    calls = draft("caller")._replace(notices=(*draft("ann").notices, *draft("ben").notices))
    (number,) = outbox.plan([calls], FIRST)
    assert outbox.erase("ann") == 1
    assert outbox.known() == {}
    assert outbox.entry(number) is None


def test_a_list_of_calls_that_was_refused_is_made_anew_for_the_others_on_it(outbox: Outbox) -> None:
    calls = draft("caller")._replace(notices=(*draft("ann").notices, *draft("ben").notices))
    (number,) = outbox.plan([calls], FIRST)
    outbox.begin(number, FIRST)
    outbox.refused(number, "550 no", FIRST)
    outbox.erase("ann")
    assert outbox.plan([draft("ben")], FIRST)


def test_what_nobody_knows_of_stays_to_be_looked_into_and_can_be_made_anew(outbox: Outbox) -> None:
    calls = draft("caller")._replace(notices=(*draft("ann").notices, *draft("ben").notices))
    (number,) = outbox.plan([calls], FIRST)
    outbox.begin(number, FIRST)
    outbox.unknown(number, "the connection broke", FIRST)
    assert not outbox.release(number)
    outbox.erase("ann")
    assert state_of(outbox, number) is State.UNKNOWN
    with pytest.raises(AlreadyTold):
        outbox.plan([draft("ben")], FIRST)
    assert not outbox.retry(number, FIRST)
    assert outbox.release(number)
    assert outbox.plan([draft("ben")], FIRST)


@pytest.mark.parametrize("reached", list(State))
def test_no_text_to_anybody_that_might_name_the_person_stays(tmp_path: Path, reached: State) -> None:
    with state(tmp_path) as connection:
        outbox = Outbox(connection)
        number = at_state(outbox, reached)
        connection.execute("UPDATE message SET content = ?", (b"Besides you, Zoe comes.",))
        outbox.erase("zoe")
        assert outbox.content(number) == b""
        assert (outbox.entry(number) is None) is (reached is State.PLANNED)
        if reached is State.PLANNED:
            assert outbox.plan([draft("ann")], FIRST)
    assert b"Zoe" not in everything(tmp_path)


def test_somebody_called_otherwise_is_so_in_what_others_were_told(outbox: Outbox) -> None:
    about = draft("ann", "round-4/zoe", "zoe-2/x", "round-4")
    told = {each.key: '["zoe", "zoe-2"]' for each in about.notices}
    outbox.plan([about._replace(told=told)], FIRST)
    outbox.rename("zoe", "forgotten-1")
    known = outbox.known()
    assert [each.subject for each in known] == ["round-4/forgotten-1", "zoe-2/x", "round-4"]
    assert {each.told for each in known.values()} == {'["forgotten-1", "zoe-2"]'}


def test_a_list_of_calls_that_left_keeps_what_it_told_of_others_and_none_of_its_text(outbox: Outbox) -> None:
    calls = draft("caller")._replace(notices=(*draft("ann").notices, *draft("ben").notices))
    outbox.plan([calls, draft("cat")], FIRST)
    for number in (1, 2):
        outbox.begin(number, FIRST)
        outbox.accepted(number, "250 OK", FIRST)
    outbox.erase("ann")
    assert [each.person for each in outbox.known()] == ["ben", "cat"]
    assert (outbox.content(1), outbox.content(2)) == (b"", b"")
    entry = outbox.entry(1)
    assert entry
    assert (entry.person, entry.state) == ("caller", State.ACCEPTED)


# what is kept


@pytest.mark.parametrize("reached", list(State))
def test_the_text_of_what_is_done_with_goes_in_time_and_what_it_told_stays(outbox: Outbox, reached: State) -> None:
    number, goes = at_state(outbox, reached), reached in (State.ACCEPTED, State.FORGOTTEN)
    assert outbox.clear(FIRST) == 0
    assert outbox.content(number)
    assert outbox.clear(FIRST + HOUR) == goes
    assert bool(outbox.content(number)) is not goes
    assert state_of(outbox, number) is reached
    with pytest.raises(AlreadyTold):
        outbox.plan([draft("ann")], FIRST)
    assert outbox.clear(FIRST + HOUR) == 0


# what is older than what came after it


def test_what_somebody_was_told_anew_is_known_with_the_message_that_told_it(outbox: Outbox) -> None:
    first = draft("ann", "a-1", "a-2")
    again = draft("ann", "a-1")
    again = again._replace(notices=tuple(each._replace(stage=2) for each in again.notices))
    once_more = again._replace(notices=tuple(each._replace(stage=3) for each in again.notices), message_id="<three>")
    outbox.plan([first, draft("ben", "a-1"), draft("ann", "a-3")], FIRST)
    assert outbox.overtaken(1) == {}
    second, third = outbox.plan([again, once_more], FIRST)
    assert outbox.overtaken(1) == {first.notices[0]: third}
    assert outbox.overtaken(3) == {}
    outbox.forget(third, FIRST)
    assert outbox.overtaken(1) == {first.notices[0]: second}
    assert outbox.overtaken(third) == {}


def test_a_list_of_calls_about_somebody_else_is_nothing_newer(outbox: Outbox) -> None:
    ann, ben = (draft("caller")._replace(notices=draft(each).notices, message_id=f"<{each}>") for each in ("ann", "ben"))
    outbox.plan([ann, ben], FIRST)
    assert outbox.overtaken(1) == {}
