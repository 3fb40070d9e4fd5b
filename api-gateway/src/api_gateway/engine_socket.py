"""One client as engine.io knows it: what it is sent, how long it may be silent, and its end.

A frame goes straight to the client's wire whenever nothing waits for the client. What cannot go at
once waits in its outbox, in order, and goes from there: to the wire as soon as that takes more, or,
for a client that polls or a server that hands no wire out, the way engine.io sends.
"""

import asyncio
from collections.abc import Callable
from enum import StrEnum
from typing import Any, Final

from engineio.async_socket import AsyncSocket
from engineio.exceptions import QueueEmpty, SocketIsClosedError
from engineio.packet import Packet

from api_gateway.outbox import Delivery, Outbox, PictureKey
from api_gateway.token_bucket import TokenBucket
from api_gateway.websocket_wire import Wire, wire_of

PING_SECONDS: Final = 15
PONG_SECONDS: Final = 10
"""A client that takes nothing, or is gone, has answered no ping after 25 s at the latest."""
STALLED_SECONDS: Final = 15.0
"""For how long the wire of a client for which something waits may stay full."""
HANDSHAKE_SECONDS: Final = 10.0
"""Within which a client enters, or finishes a change to a WebSocket that it began."""
MOST_WAITING: Final = 5_000
MOST_WAITING_BYTES: Final = 4 * 1024 * 1024
MESSAGES_A_SECOND: Final = 20
MESSAGES_AT_ONCE: Final = 60
FLOOD: Final = 200
"""Messages beyond these limits, after which a client is cut off."""
_PING: Final = Delivery("2")


class CutOff(StrEnum):
    """Why a client was cut off."""

    TOO_SLOW = "too_slow"
    SILENT = "silent"
    FLOODING = "flooding"
    HANDSHAKE = "handshake"
    FAULT = "fault"


class EngineSocket(AsyncSocket):  # type: ignore[misc] # engineio ships no types
    """Made by giving a socket of the engine's this class: the engine names its class itself.

    `queue` is an `Outbox`; the engine's server sees to that.
    """

    queue: Outbox
    offer: Callable[[bytes], bool] = staticmethod(lambda _frame: False)
    """Write a frame at once, past what waits; whether it was. So it refuses while anything does:
    only the writer opens it, when nothing is left, and whatever has to wait closes it."""
    _wire: Wire | None = None
    _has_websocket = False
    _heartbeat: asyncio.TimerHandle | None = None
    _awaits_pong = False
    _entrance: asyncio.TimerHandle | None = None
    is_over_limit = False
    """It sends more than it may: what it asks is refused."""
    _messages: TokenBucket
    _end: asyncio.Task[None] | None = None

    @property
    def transport_name(self) -> str:
        """`polling`, `websocket`, or `wire` where its frames are written past ASGI."""
        if not self.upgraded:
            return "polling"
        return "websocket" if self._wire is None else "wire"

    @property
    def waiting_bytes(self) -> int:
        return self.queue.waiting_bytes + (self._wire.waiting_bytes if self._wire else 0)

    def push(self, delivery: Delivery) -> None:
        """An event or an answer: never dropped, and in order; who cannot take it is cut off."""
        if not self.offer(delivery.frame):
            self.keep(delivery)

    def keep(self, delivery: Delivery) -> None:
        """What `push` does with what cannot go at once."""
        self._close_way()
        self.queue.append(delivery)
        if len(self.queue) > MOST_WAITING or self.queue.waiting_bytes > MOST_WAITING_BYTES:
            self.cut_off(CutOff.TOO_SLOW)

    def hold(self, key: PictureKey, picture: Delivery) -> None:
        """A picture that cannot go at once: it waits until there is room, or a newer one."""
        self._close_way()
        if self.queue.hold(key, picture):
            self.server.pictures_dropped.labels("replaced").inc()

    def outdate(self, key: PictureKey) -> None:
        """What a picture that waits shows is no longer so, and what is goes as an event."""
        if self.queue.forget(key):
            self.server.pictures_dropped.labels("outdated").inc()

    def cut_off(self, reason: CutOff) -> None:
        """As if the network had failed, so that its client connects again by itself."""
        if self.closing or self._end is not None:
            return
        self.server.cut_offs.labels(reason).inc()
        self.queue.clear()
        self.queue.end()
        if self._wire is not None:
            self._wire.abort()
        self._end = asyncio.ensure_future(self.close(abort=True))

    def begin(self) -> None:
        now = asyncio.get_running_loop().time()
        self._messages = TokenBucket(MESSAGES_A_SECOND, MESSAGES_AT_ONCE, now)
        self.expect_entry()

    def expect_entry(self) -> None:
        """From now on, it has a little time to enter the namespace."""
        self._entrance = self._after(HANDSHAKE_SECONDS, lambda: self.cut_off(CutOff.HANDSHAKE))

    def enter(self) -> None:
        if self._entrance is not None:
            self._entrance.cancel()

    # What engine.io calls.

    async def send(self, packet: Packet) -> None:
        """Raises SocketIsClosedError."""
        if self.closed:
            raise SocketIsClosedError
        self.push(Delivery(packet.encode()))

    async def receive(self, packet: Packet) -> None:
        left = self._messages.take(asyncio.get_running_loop().time())
        self.is_over_limit = left < 0
        if left < -FLOOD:
            self.cut_off(CutOff.FLOODING)
        else:
            await super().receive(packet)

    async def poll(self) -> list[Delivery]:
        """For the writer of a WebSocket, or the answer to a poll; nothing at all is the end.

        Raises QueueEmpty when nothing comes.
        """
        if self.upgraded and self._wire is not None:
            await self._write(self._wire)
            return []
        try:
            async with asyncio.timeout(PING_SECONDS + PONG_SECONDS):
                await self.queue.stirred()
        except (TimeoutError, asyncio.CancelledError) as error:
            raise QueueEmpty from error
        return self.queue.take()

    def schedule_ping(self) -> None:
        """At the beginning, and at every pong; one that answers no ping counts for nothing."""
        if self._heartbeat is None or self._awaits_pong:
            self._awaits_pong = False
            self._beat(PING_SECONDS, self._ping)

    async def close(
        self, wait: bool = True, abort: bool = False, reason: str | None = None  # noqa: FBT001, FBT002 - engine.io's own
    ) -> None:  # fmt: skip
        del wait  # nothing of ours waits until the rest was sent
        for timer in (self._heartbeat, self._entrance):
            if timer is not None:
                timer.cancel()
        await super().close(wait=False, abort=abort, reason=reason)
        self._close_way()
        self.queue.end()
        self.server.sockets.pop(self.sid, None)

    async def _upgrade_websocket(self, environ: dict[str, Any]) -> Any:  # noqa: ANN401 - engine.io's
        """From the request for a WebSocket until its end; a second one beside it is refused."""
        if self._has_websocket:
            return self.server._bad_request("It has a WebSocket")  # noqa: SLF001 - as engine.io does
        self._has_websocket, self._wire = True, wire_of(environ["asgi.scope"])
        limit = self._after(HANDSHAKE_SECONDS, self._give_up_upgrade)
        try:
            return await super()._upgrade_websocket(environ)
        finally:
            limit.cancel()
            if not self.upgraded:
                self._has_websocket, self._wire, self.upgrading = False, None, False

    def _close_way(self) -> None:
        self.__dict__.pop("offer", None)

    async def _write(self, wire: Wire) -> None:
        """Write what could not go at once; return when nothing ever will again."""
        while not wire.is_closed:
            if self.queue.is_empty and self.queue.is_ended:
                return
            if self.queue.is_empty:
                self.offer = wire.offer
            await self.queue.stirred()
            try:
                async with asyncio.timeout(STALLED_SECONDS):
                    await wire.until_writable()
            except TimeoutError:
                self.cut_off(CutOff.TOO_SLOW)
                return
            while (first := self.queue.first()) is not None and wire.offer(first.frame):
                self.queue.drop_first()

    def _ping(self) -> None:
        self._awaits_pong = True
        self.push(_PING)
        self._beat(PONG_SECONDS, lambda: self.cut_off(CutOff.SILENT))

    def _beat(self, seconds: float, work: Callable[[], None]) -> None:
        if self._heartbeat is not None:
            self._heartbeat.cancel()
        self._heartbeat = self._after(seconds, work)

    def _give_up_upgrade(self) -> None:
        """It may go on polling, if only its WebSocket can be ended."""
        if self.upgraded:
            return
        if self._wire is None:
            self.cut_off(CutOff.HANDSHAKE)
        else:
            self._wire.abort()

    def _after(self, seconds: float, work: Callable[[], None]) -> asyncio.TimerHandle:
        return asyncio.get_running_loop().call_later(seconds, work)
