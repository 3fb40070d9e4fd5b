"""A program that runs as our child: started, watched, stopped, and never left behind."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from eth_cli import die_with_parent
from eth_cli.account import Account

POLL_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Program:
    """What to run. The log is appended to; the account None keeps our own."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    log_path: Path
    directory: Path = Path("/")
    account: Account | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    stop_seconds: float = 10.0
    death_signal: signal.Signals = field(default=signal.SIGTERM)


class ChildProcess:
    """One run of a program, in a process group of its own.

    The group keeps a Ctrl-C of the terminal away from the child, whose parent decides the order in
    which things stop, and lets what the child started be ended with it.
    """

    def __init__(self, program: Program) -> None:
        self.program = program
        with program.log_path.open("ab") as log:
            self._process = subprocess.Popen(
                _command_line(program),
                cwd=program.directory,
                env=dict(program.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                process_group=0,
            )

    @property
    def pid(self) -> int:
        return self._process.pid

    def exit_status(self) -> int | None:
        """None while it runs; a negative number names the signal that ended it."""
        if self._process.returncode is None and self._has_ended():
            self._end_group()
            self._process.wait()
        return self._process.returncode

    def stop(self) -> None:
        """Ask it to stop; end it when it has not after the program's `stop_seconds`."""
        if self.exit_status() is not None:
            return
        self._process.send_signal(self.program.stop_signal)
        deadline = time.monotonic() + self.program.stop_seconds
        while self.exit_status() is None:
            if time.monotonic() > deadline:
                self.kill()
                return
            time.sleep(POLL_SECONDS)

    def kill(self) -> None:
        """SIGKILL for it and whatever it started."""
        if self._process.returncode is None:
            self._end_group()
            self._process.wait()

    def _has_ended(self) -> bool:
        """Looks without reaping: until then nothing else can get its process group's number."""
        flags = os.WEXITED | os.WNOHANG | os.WNOWAIT
        try:
            return os.waitid(os.P_PID, self.pid, flags) is not None
        except ChildProcessError:  # something else in this process waited for it
            return True

    def _end_group(self) -> None:
        # macOS answers PermissionError for a group of which only the unreaped leader is left.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)


def _command_line(program: Program) -> list[str]:
    account = program.account or Account(uid=-1, gid=-1)
    launcher = [sys.executable, "-I", "-S", die_with_parent.__file__]
    numbers = (os.getpid(), int(program.death_signal), account.uid, account.gid)
    return [*launcher, *(str(number) for number in numbers), *program.command]
