"""Ctrl-C, `kill` and a closed terminal: each asks for an orderly end."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StopRequestedError(Exception):
    """Raised wherever the program is when it is asked to stop."""


@contextmanager
def stop_on_request() -> Iterator[None]:
    """Within, a stopping signal raises StopRequestedError, once; further ones change nothing."""

    def raise_once(_number: int, _frame: FrameType | None) -> None:
        for number in STOPPING:
            signal.signal(number, signal.SIG_IGN)
        raise StopRequestedError

    before = {number: signal.signal(number, raise_once) for number in STOPPING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
