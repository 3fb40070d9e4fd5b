"""The exchange's WebSocket streams: `/ws`, `/ws/<stream>`, `/stream?streams=<stream>/<stream>`."""

import asyncio
import re
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from fastapi import APIRouter, WebSocket, WebSocketDisconnect

from exchange_simulator.ending import EXPIRED, POLICY_VIOLATION, Ending
from exchange_simulator.faults.socket_faults import SocketFaults
from exchange_simulator.stream_request import STREAMS_PER_CONNECTION, answer
from exchange_simulator.subscriptions import Listener, Subscriptions

LONGEST_CONNECTION_SECONDS: Final = 24 * 3600
MESSAGES_PER_SECOND: Final = 5

CLOSE_SECONDS: Final = 5
"""A client that reads nothing cannot be told goodbye; the server then just drops it."""

_NUMBERED_BASE: Final = re.compile(r"stream(/\d+)?")
"""What ccxt puts in the place of a stream: `/ws/stream/0`."""


def stream_router(subscriptions: Subscriptions, faults: SocketFaults) -> APIRouter:
    router = APIRouter()

    @router.websocket("/ws")
    async def bare(websocket: WebSocket) -> None:
        await _serve(websocket, [], Listener(wrapped=False), subscriptions, faults)

    @router.websocket("/ws/{path:path}")
    async def raw(websocket: WebSocket, path: str) -> None:
        streams = [] if _NUMBERED_BASE.fullmatch(path) else _names(path)
        await _serve(websocket, streams, Listener(wrapped=False), subscriptions, faults)

    @router.websocket("/stream")
    async def combined(websocket: WebSocket, streams: str = "") -> None:
        await _serve(websocket, _names(streams), Listener(wrapped=True), subscriptions, faults)

    return router


@dataclass(slots=True)
class InboundLimit:
    """At most `MESSAGES_PER_SECOND` messages in any second."""

    _arrivals: deque[float] = field(default_factory=deque)

    def exceeded_by_one_at(self, seconds: float) -> bool:
        while self._arrivals and self._arrivals[0] <= seconds - 1:
            self._arrivals.popleft()
        self._arrivals.append(seconds)
        return len(self._arrivals) > MESSAGES_PER_SECOND


def _names(text: str) -> list[str]:
    return [name for name in text.split("/") if name]


async def _serve(
    websocket: WebSocket,
    streams: list[str],
    listener: Listener,
    subscriptions: Subscriptions,
    faults: SocketFaults,
) -> None:
    if await faults.refused(websocket):
        return
    await websocket.accept()
    if len(streams) > STREAMS_PER_CONNECTION:
        await websocket.close(POLICY_VIOLATION, "too many streams")
        return
    subscriptions.add(listener, streams)
    try:
        with faults.reaching(websocket, listener):
            ending = await _converse(websocket, listener, subscriptions)
    finally:
        subscriptions.forget(listener)
    if ending:
        with suppress(TimeoutError, WebSocketDisconnect):
            await asyncio.wait_for(websocket.close(ending.code, ending.reason), CLOSE_SECONDS)


async def _converse(
    websocket: WebSocket, listener: Listener, subscriptions: Subscriptions
) -> Ending | None:
    """Until one side ends it; None where it was the client."""
    parts = (
        asyncio.create_task(_read(websocket, listener, subscriptions)),
        asyncio.create_task(_write(websocket, listener)),
        asyncio.create_task(_watch(listener)),
    )
    try:
        done, _ = await asyncio.wait(parts, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for part in parts:
            part.cancel()
        await asyncio.gather(*parts, return_exceptions=True)
    return next(iter(done)).result()


async def _read(
    websocket: WebSocket, listener: Listener, subscriptions: Subscriptions
) -> Ending | None:
    limit = InboundLimit()
    while True:
        message = await websocket.receive()
        if message["type"] == "websocket.disconnect":
            return None
        if limit.exceeded_by_one_at(asyncio.get_running_loop().time()):
            return Ending(POLICY_VIOLATION, "Too many requests")
        text = message.get("text") or message.get("bytes") or b""
        listener.offer(answer(text, listener, subscriptions).decode())


async def _write(websocket: WebSocket, listener: Listener) -> None:
    with suppress(WebSocketDisconnect):
        while True:
            frame = await listener.frames.get()
            if isinstance(frame, str):
                await websocket.send_text(frame)
            else:
                await websocket.send_bytes(frame)


async def _watch(listener: Listener) -> Ending:
    """Until something ends the connection; at the latest its day."""
    try:
        await asyncio.wait_for(listener.ended.wait(), LONGEST_CONNECTION_SECONDS)
    except TimeoutError:
        return EXPIRED
    return listener.ending
