"""A Socket.IO client that keeps what it was sent, and says where it stands in a room's log."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import socketio

SEQUENCED = frozenset({"new_signal", "signal_update", "indicator_update", "candle_update"})


class RoomClient:
    """`numbers` is what came of the log, in the order in which it came; -n is a snapshot at n."""

    def __init__(self) -> None:
        self.events: list[tuple[str, dict[str, Any], float]] = []
        self.numbers: list[int] = []
        self.socket = socketio.AsyncClient(reconnection=False)
        self.socket.on("*", self._keep)

    async def _keep(self, event: str, payload: dict[str, Any]) -> None:
        self.events.append((event, payload, time.monotonic()))
        if event == "snapshot":
            self.numbers.append(-payload["seq"])
        elif event in SEQUENCED and "seq" in payload:
            self.numbers.append(payload["seq"])

    def got(self, event: str) -> list[dict[str, Any]]:
        return [payload for name, payload, _at in self.events if name == event]

    def times(self, event: str) -> list[float]:
        """When each came, in seconds of the monotonic clock."""
        return [at for name, _payload, at in self.events if name == event]

    async def ask(self, event: str, *body: object) -> Any:  # noqa: ANN401 - an ack is JSON
        return await self.socket.call(event, *body, timeout=10)


@asynccontextmanager
async def room_client(url: str, *transports: str) -> AsyncIterator[RoomClient]:
    """Over a WebSocket alone, or over the first of the transports that are named, then the next."""
    client = RoomClient()
    await client.socket.connect(url, transports=[*transports] or ["websocket"])
    try:
        yield client
    finally:
        await client.socket.disconnect()


async def until(holds: Callable[[], object], seconds: float = 8.0) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not come"
        await asyncio.sleep(0.01)
