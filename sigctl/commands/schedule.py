"""The daily run as each system's clockwork wants it written: a line for cron, two units for systemd, a task for Windows.

Texts from values. Each quotes for itself: cron hands its line to a shell and ends it at a `%`; systemd reads quotes, `%` and `$` in
ways of its own; Windows splits a line of arguments by its own rules.
"""

import shlex
import subprocess
from datetime import time
from typing import Final, NamedTuple
from xml.sax.saxutils import escape

_DELAY: Final = 10
"""Within so many minutes, by chance, so that not all clusters knock at the same server in the same second."""


class Schedule(NamedTuple):
    """What runs (each part an argument), when, for which cluster, in which time zone, and into which file it says what is wrong."""

    id: str
    command: tuple[str, ...]
    at: time
    zone: str
    workspace: str
    log: str

    @property
    def name(self) -> str:
        """What the job is called where jobs have names."""
        return f"sigctl-{self.id}"


def crontab(plan: Schedule) -> str:
    """A line for cron, and what to know about it. Nothing in it needs a shell, a PATH or a home folder."""
    line = " ".join(map(shlex.quote, plan.command)).replace("%", r"\%")
    return f"""\
# sigctl, the cluster {plan.id}: every day at {plan.at:%H:%M} by this computer's clock, do what is due: reminders, calendars, papers.
# To begin: `crontab -e` opens the list of jobs; put these lines at its end, save and close.
# To stop: put a # in front of the last line, or take it out. Nothing is lost: the next run catches up.
# It says nothing while all is well. What goes wrong is mailed to MAILTO, where this computer can send mail, and stands in
# {_one_line(plan.log)}
# `sigctl doctor` tells when each job last succeeded.
#MAILTO=you@example.org
{plan.at.minute} {plan.at.hour} * * * {line}
"""


def service(plan: Schedule) -> str:
    """The unit for systemd that says what runs."""
    return f"""\
# {plan.name}.service: what sigctl does every day for the cluster {plan.id}; {plan.name}.timer says when.
# What goes wrong stands in {_one_line(plan.log)}
# and in the journal: journalctl --user -u {plan.name}
[Unit]
Description=sigctl: what is due today for the cluster {plan.id}

[Service]
Type=oneshot
ExecStart={" ".join(map(_for_systemd, plan.command))}
TimeoutStartSec=1h
StandardInput=null
"""


def timer(plan: Schedule) -> str:
    """The unit for systemd that says when. A day on which the computer was off is caught up when it is on again."""
    return f"""\
# {plan.name}.timer: every day at {plan.at:%H:%M} in {plan.zone}, up to {_DELAY} minutes later by chance, do what is due.
# To begin: put both files into ~/.config/systemd/user/, then
#     systemctl --user daemon-reload
#     systemctl --user enable --now {plan.name}.timer
#     loginctl enable-linger             so that it runs while you are not logged in
# To stop: systemctl --user disable --now {plan.name}.timer
# `sigctl doctor` tells when each job last succeeded.
[Unit]
Description=sigctl: the daily run for the cluster {plan.id}

[Timer]
OnCalendar=*-*-* {plan.at:%H:%M}:00 {plan.zone}
RandomizedDelaySec={_DELAY}min
Persistent=true

[Install]
WantedBy=timers.target
"""


def task(plan: Schedule, *, encoding: str = "") -> str:
    """A task for Windows. A day on which the computer was off is caught up when it is on again.

    It runs as somebody who is logged on: for any other way Windows wants a password, which has no place in a file.
    """
    program, *arguments = plan.command
    declared = f' encoding="{encoding}"' if encoding else ""
    return f"""\
<?xml version="1.0"{declared}?>
<!-- sigctl, the cluster {_in_comment(plan.id)}: every day at {plan.at:%H:%M} by this computer's clock, do what is due.
     To begin: schtasks /Create /TN "{_in_comment(plan.name)}" /XML "{_in_comment(plan.name)}.xml"
     To stop:  schtasks /Delete /TN "{_in_comment(plan.name)}"
     It runs only while you are logged on to Windows, a locked screen included; days without are caught up by the next run.
     So that it runs at any time: open it in the Task Scheduler and choose "Run whether user is logged on or not".
     What goes wrong stands in {_in_comment(plan.log)}
     `sigctl doctor` tells when each job last succeeded. -->
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>{escape(f"sigctl: what is due today for the cluster {plan.id}")}</Description>
  </RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      <StartBoundary>2026-01-01T{plan.at:%H:%M}:00</StartBoundary>
      <Enabled>true</Enabled>
      <RandomDelay>PT{_DELAY}M</RandomDelay>
      <ScheduleByDay>
        <DaysInterval>1</DaysInterval>
      </ScheduleByDay>
    </CalendarTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <RunOnlyIfNetworkAvailable>true</RunOnlyIfNetworkAvailable>
    <Enabled>true</Enabled>
    <Hidden>true</Hidden>
    <ExecutionTimeLimit>PT1H</ExecutionTimeLimit>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>{escape(program)}</Command>
      <Arguments>{escape(subprocess.list2cmdline(arguments))}</Arguments>
      <WorkingDirectory>{escape(plan.workspace)}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
"""


def _for_systemd(word: str) -> str:
    """An argument as systemd reads it."""
    for sign, meant in (("\\", "\\\\"), ('"', '\\"'), ("%", "%%"), ("$", "$$")):
        word = word.replace(sign, meant)
    return f'"{word}"'


def _one_line(text: str) -> str:
    return "".join(sign if sign.isprintable() else "?" for sign in text)


def _in_comment(text: str) -> str:
    return escape(_one_line(text)).replace("--", "- -")
