"""Several senders at once, without the lock that would keep them apart: the outbox alone sees to it that nobody gets two."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

from dying import draft, now
from postbox import Postbox, mail_server

from sigctl.deliver.outbox import Outbox, State
from sigctl.deliver.state import state

HERE = Path(__file__).parent
AROUND = {**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE), str(HERE.parent), str(HERE.parents[1])])}
MESSAGES = 60

SENDER = """
import sys
from pathlib import Path
from dying import draft, now
from sigctl.deliver.outbox import AlreadyTold, Outbox
from sigctl.deliver.sending import send
from sigctl.deliver.smtp import Server
from sigctl.deliver.state import state
with state(Path(sys.argv[1])) as connection:
    outbox = Outbox(connection)
    print("there", flush=True)
    sys.stdin.readline()
    for number in range(int(sys.argv[3])):
        try:
            outbox.plan([draft(f"person-{number}")], now())
        except AlreadyTold:
            pass
    server = Server("127.0.0.1", int(sys.argv[2]), "none", None, None, 30.0, "a@example.org")
    print(*send(outbox, server, 1000, now, lambda: False)[:5])
"""


def at_once(folder: Path, port: int, senders: int, plans: int) -> list[list[int]]:
    """What each of several senders counts that begin at the same moment."""
    command = [sys.executable, "-c", SENDER, str(folder), str(port), str(plans)]
    running = [subprocess.Popen(command, env=AROUND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(senders)]
    for each in running:
        assert each.stdout
        assert each.stdout.readline() == "there\n"
    for each in running:
        assert each.stdin
        each.stdin.write("\n")
        each.stdin.flush()
    told = [each.communicate(timeout=120)[0] for each in running]
    assert [each.returncode for each in running] == [0] * senders
    return [[int(number) for number in each.split()] for each in told]


def test_of_two_senders_each_message_leaves_from_one(tmp_path: Path) -> None:
    box = Postbox()
    with mail_server(box) as server, state(tmp_path) as connection:
        Outbox(connection).plan([draft(f"person-{number}") for number in range(MESSAGES)], now())
        told = at_once(tmp_path, server.port, 2, 0)
        assert [sum(each) for each in zip(*told, strict=True)] == [MESSAGES, 0, 0, 0, 0]
        assert Counter(box.to) == Counter({f"person-{number}@example.org": 1 for number in range(MESSAGES)})
        assert {each.state for each in Outbox(connection).entries()} == {State.ACCEPTED}


def test_of_four_that_also_plan_the_same_nobody_gets_two(tmp_path: Path) -> None:
    box = Postbox()
    with mail_server(box) as server:
        at_once(tmp_path, server.port, 4, 20)
    assert Counter(box.to) == Counter({f"person-{number}@example.org": 1 for number in range(20)})


def test_a_server_that_puts_off_half_of_them_gets_each_of_those_once_more_at_the_most(tmp_path: Path) -> None:
    seen: Counter[str] = Counter()

    def patience(address: str) -> str:
        seen[address] += 1
        return "451 later" if int(address.partition("@")[0][7:]) % 2 else "250 OK"

    box = Postbox(rcpt=patience)
    with mail_server(box) as server, state(tmp_path) as connection:
        Outbox(connection).plan([draft(f"person-{number}") for number in range(20)], now())
        at_once(tmp_path, server.port, 2, 0)
        assert Counter(box.to) == Counter({f"person-{number}@example.org": 1 for number in range(0, 20, 2)})
        states = [each.state for each in Outbox(connection).entries()]
        assert states == [State.ACCEPTED, State.PLANNED] * 10
