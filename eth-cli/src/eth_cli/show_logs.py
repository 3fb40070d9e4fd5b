"""`./eth logs`: the newest lines of the parts' logs, and then those that follow."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from eth_cli.data_folder import DataFolder
from eth_cli.stack_errors import WrongOptionError

POLL_SECONDS = 0.3


def logs_of(folder: DataFolder, part: str | None) -> list[Path]:
    """The log of one part, else all. Raises WrongOptionError for a part that has none."""
    logs = sorted(folder.logs.glob("*.log"))
    if part is None:
        return logs
    chosen = [log for log in logs if log.stem == part]
    if not chosen:
        names = ", ".join(log.stem for log in logs) or "none yet"
        raise WrongOptionError(f"There is no log of {part!r} in {folder.logs}; there are: {names}.")
    return chosen


def print_newest(logs: Sequence[Path], count: int, write: Callable[[str], None]) -> None:
    for log in logs:
        with log.open(errors="replace") as lines:
            for line in deque(lines, maxlen=count):
                write(_labelled(log, line, logs))


def follow(logs: Sequence[Path], write: Callable[[str], None]) -> None:
    """Never returns: what is written from now on, as it is written."""
    tails = [(log, new_lines(log)) for log in logs]
    while True:
        for log, tail in tails:
            for line in next(tail):
                write(_labelled(log, line, logs))
        time.sleep(POLL_SECONDS)


def new_lines(log: Path) -> Iterator[list[str]]:
    """Each step: the whole lines added since the last, also after the log was rotated."""
    position = log.stat().st_size
    while True:
        if log.stat().st_size < position:
            position = 0
        with log.open("rb") as file:
            file.seek(position)
            added = file.read()
        whole = added[: added.rfind(b"\n") + 1]
        position += len(whole)
        yield whole.decode(errors="replace").splitlines(keepends=True)


def _labelled(log: Path, line: str, logs: Sequence[Path]) -> str:
    return f"{log.stem:>10} | {line}" if len(logs) > 1 else line
