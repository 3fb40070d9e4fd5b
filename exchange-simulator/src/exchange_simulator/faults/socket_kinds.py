"""What happens to stream connections: to all that exist when the fault begins."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from exchange_simulator.ending import EXPIRED, GOING_AWAY, Ending
from exchange_simulator.faults.connections import StreamConnection
from exchange_simulator.faults.entries import FaultEntry, LastingEntry

SHUTDOWN: Final = Ending(GOING_AWAY, "server shutdown")

SHUTDOWN_NOTICE_SECONDS: Final = 3.0
"""Between the announcement of a shutdown and the close."""


@dataclass(frozen=True, slots=True)
class SocketKind:
    """`begin` is called once for every connection that exists, with the exchange's time."""

    begin: Callable[[StreamConnection, int], None]
    entry: type[FaultEntry] = FaultEntry
    refuses_handshakes: bool = False


def _abort(connection: StreamConnection, _now_ms: int) -> None:
    connection.wire.abort()


def _freeze(connection: StreamConnection, _now_ms: int) -> None:
    connection.wire.freeze()
    connection.listener.silent = True


def _silence(connection: StreamConnection, _now_ms: int) -> None:
    connection.listener.silent = True


def _expire(connection: StreamConnection, _now_ms: int) -> None:
    connection.listener.end(EXPIRED)


def _announce_shutdown(connection: StreamConnection, now_ms: int) -> None:
    connection.listener.offer(f'{{"e":"serverShutdown","E":{now_ms}}}')
    loop = asyncio.get_running_loop()
    loop.call_later(SHUTDOWN_NOTICE_SECONDS, connection.listener.end, SHUTDOWN)


SOCKET_KINDS: Final[Mapping[str, SocketKind]] = {
    "drop_sockets": SocketKind(_abort),
    "refuse_sockets": SocketKind(_abort, LastingEntry, refuses_handshakes=True),
    "half_open": SocketKind(_freeze),
    "silent_stream": SocketKind(_silence, LastingEntry),
    "expire_connections": SocketKind(_expire),
    "server_shutdown": SocketKind(_announce_shutdown),
}
