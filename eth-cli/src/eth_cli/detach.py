"""Run something in a session of its own, and come back when it is ready."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

READY = b"r"


def run_detached(work: Callable[[Callable[[], None]], int]) -> int:
    """Run `work` in a child; return 0 once it calls what it is given, else its exit code.

    Until then it writes to our terminal, and a Ctrl-C here asks it to stop.
    """
    ready_end, tell_end = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ready_end)
        _be_the_child(work, tell_end)
    os.close(tell_end)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: os.kill(child, signal.SIGTERM))
    if os.read(ready_end, 1) == READY:
        return 0
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _be_the_child(work: Callable[[Callable[[], None]], int], tell_end: int) -> NoReturn:
    os.setsid()
    exit_code = 1
    try:
        exit_code = work(lambda: _tell(tell_end))
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(exit_code)


def _tell(tell_end: int) -> None:
    os.write(tell_end, READY)


def leave_terminal(log: Path) -> None:
    """From here on, read nothing and write to the log only."""
    sys.stdout.flush()
    sys.stderr.flush()
    written = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    silent = os.open(os.devnull, os.O_RDONLY)
    os.dup2(silent, 0)
    os.dup2(written, 1)
    os.dup2(written, 2)
    os.close(silent)
    os.close(written)
