"""`sigctl remind` killed before each of its changes to what it remembers: nobody gets two, nobody is lost, and doubts are told."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from postbox import Postbox, mail_server

from sigctl.deliver.outbox import Outbox, State
from sigctl.deliver.state import state

from .conftest import ROOT

FILES = """\
sigctl: 1
cluster: {{id: cynon, name: Cynon, languages: [en]}}
mail: {{from: post@example.org, server: 127.0.0.1, port: {port}, security: none}}
schools:
  - {{id: porth, name: Porth}}
people:
  - {{id: ann, name: Ann, email: ann@people.example.org, school: porth}}
  - {{id: ben, name: Ben, email: ben@people.example.org, school: porth}}
groups:
  - {{id: strategic, name: Strategic, kind: strategic, members: [{{person: ann}}, {{person: ben}}]}}
meetings:
  - id: strategic-2026-10
    group: strategic
    date: 2026-10-15
    status: held
    attendance: {{present: [ann, ben]}}
    actions:
      - {{id: a1, text: Send the figures, owner: ann, due: 2026-11-12}}
      - {{id: a2, text: Book the hall, owner: ben, due: 2026-11-12}}
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot fork")
def test_killed_before_any_change_nobody_gets_two_and_nobody_is_lost(tmp_path: Path) -> None:
    box, folder = Postbox(), tmp_path / "cynon"
    folder.mkdir()
    with mail_server(box) as server:
        (folder / "sigctl.yaml").write_text(FILES.format(port=server.port), encoding="utf-8")
        around = {**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(tmp_path / "home")}
        program = Path(__file__).parent / "killing.py"
        command = [sys.executable, str(program), str(folder), "remind", "--kind", "action-overdue", "--today", "2026-11-18"]
        done = subprocess.run(command, env=around, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    cases = [[int(word) for word in line.split()[1:]] for line in done.stdout.splitlines() if line.startswith("case ")]
    assert len(cases) > 20
    assert {killed for _, killed, _, _ in cases[:-1]} == {-9}
    assert cases[-1][1:] == [0, 0, 0]
    got, unsure = Counter(box.to), 0
    for case, _, second, third in cases:
        with state(tmp_path / f"case-{case}" / "cynon") as connection:
            entries = Outbox(connection).entries()
        assert [each.address for each in entries] == [f"{each}@case-{case}.example.org" for each in ("ann", "ben")]
        for each in entries:
            assert got[each.address] == 1 or (got[each.address], each.state) == (0, State.UNKNOWN)
            assert each.state in (State.ACCEPTED, State.UNKNOWN)
        is_unsure = any(each.state is State.UNKNOWN for each in entries)
        assert (second, third) == ((5, 5) if is_unsure else (0, 0)), "a doubt is told by each run until somebody settles it"
        unsure += is_unsure
    assert 0 < unsure < len(cases) / 2
