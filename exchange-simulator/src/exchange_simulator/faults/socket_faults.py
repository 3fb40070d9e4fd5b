"""Lets stream connections in, and does to them what a script says."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from fastapi import Response, WebSocket

from exchange_simulator.faults.arming import Arming
from exchange_simulator.faults.connections import (
    Connections,
    StreamConnection,
    stream_wire_of,
    wire_of,
)
from exchange_simulator.faults.fault_desk import FaultDesk
from exchange_simulator.faults.socket_kinds import SOCKET_KINDS
from exchange_simulator.random_source import coin
from exchange_simulator.subscriptions import Listener

_REFUSING: Final = frozenset(name for name, kind in SOCKET_KINDS.items() if kind.refuses_handshakes)


@dataclass(slots=True)
class SocketFaults:
    desk: FaultDesk
    connections: Connections = field(default_factory=Connections)
    _arming: Arming | None = None
    _begun: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        """What began before this process did has met its connections already."""
        self._begun = self._due()
        self._arming = self.desk.arming

    async def refused(self, websocket: WebSocket) -> bool:
        """Whether the handshake has been answered with a refusal, or cut."""
        faults = self.desk.active(_REFUSING)
        if not faults:
            return False
        source = self.desk.source(faults[0])
        self.desk.tally(faults[0]).bites += 1
        if coin(source):
            wire_of(websocket.scope).abort()
            await asyncio.sleep(0)
        await websocket.send_denial_response(Response(status_code=503))
        return True

    @contextmanager
    def reaching(self, websocket: WebSocket, listener: Listener) -> Iterator[None]:
        """While the connection lasts, faults reach it."""
        connection = StreamConnection(listener, stream_wire_of(websocket.scope))
        with self.connections.kept(connection):
            yield

    def begin_due(self) -> None:
        """Begins each fault whose time has come, once."""
        if self._arming is not self.desk.arming:
            self._arming, self._begun = self.desk.arming, set()
        for index in sorted(self._due() - self._begun):
            self._begun.add(index)
            fault = self.desk.faults[index]
            connections = self.connections.all()
            self.desk.tally(fault).bites += len(connections)
            for connection in connections:
                SOCKET_KINDS[fault.kind].begin(connection, self.desk.exchange_clock.now_ms())

    def _due(self) -> set[int]:
        wall_ms = self.desk.clock.wall_ms()
        return {
            fault.index
            for fault in self.desk.faults
            if fault.kind in SOCKET_KINDS and fault.begins_ms <= wall_ms
        }
