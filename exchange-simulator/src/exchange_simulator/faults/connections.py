"""The stream connections that exist, and the wires that they hang on."""

from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final, Protocol, cast

from exchange_simulator.subscriptions import Listener

WIRE: Final = "exchange_simulator.wire"
"""Under this name the server hands a connection's wire out, among the scope's extensions."""


class Wire(Protocol):
    """A connection below HTTP and WebSocket."""

    def abort(self) -> None:
        """Ends it at once, without a goodbye."""
        ...


class StreamWire(Wire, Protocol):
    """A stream's connection."""

    def freeze(self) -> None:
        """From now on it is never read, written, pinged or closed while the process lives."""
        ...


def wire_of(scope: MutableMapping[str, Any]) -> Wire:  # Any: an ASGI scope
    """Raises KeyError where the server is not the one that `run_simulator` starts."""
    return cast("Wire", scope["extensions"][WIRE])


def stream_wire_of(scope: MutableMapping[str, Any]) -> StreamWire:  # Any: an ASGI scope
    """Raises KeyError where the server is not the one that `run_simulator` starts."""
    return cast("StreamWire", scope["extensions"][WIRE])


@dataclass(frozen=True, eq=False, slots=True)
class StreamConnection:
    listener: Listener
    wire: StreamWire


@dataclass(slots=True)
class Connections:
    _open: set[StreamConnection] = field(default_factory=set)

    @contextmanager
    def kept(self, connection: StreamConnection) -> Iterator[None]:
        self._open.add(connection)
        try:
            yield
        finally:
            self._open.discard(connection)

    def all(self) -> list[StreamConnection]:
        return list(self._open)
