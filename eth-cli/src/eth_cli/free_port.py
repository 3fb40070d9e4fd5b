"""TCP ports on the loopback address."""

from __future__ import annotations

import random
import socket
from typing import Final

LOOPBACK: Final = "127.0.0.1"
PORTS: Final = range(16_384, 32_768)
"""Below those that systems give to connections that go out: one of these could take it first."""
ATTEMPTS: Final = 1_000

_given: set[int] = set()


def free_port() -> int:
    """A port that nobody listens on at this moment, and that this process was not given before.

    Raises:
        OSError: 1,000 in a row were taken.

    """
    for port in random.SystemRandom().sample(PORTS, ATTEMPTS):
        if port not in _given and is_free(port):
            _given.add(port)
            return port
    raise OSError(f"{ATTEMPTS} ports between {PORTS.start} and {PORTS.stop} were taken")


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
        return True
