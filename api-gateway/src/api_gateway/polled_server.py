"""The Socket.IO server, whose answers to a poll are as small as every client takes them."""

import asyncio
from collections.abc import Iterator
from typing import Any, Final

import socketio
from engineio.async_socket import AsyncSocket
from engineio.exceptions import QueueEmpty
from engineio.packet import CLOSE, Packet

MOST_IN_A_POLL: Final = 16
"""engineio's own client drops an answer of more packets, and its connection with it."""


class PolledSocket(AsyncSocket):  # type: ignore[misc] # engineio ships no types
    """What does not fit into one answer waits for the next poll."""

    async def poll(self) -> list[Packet]:
        """Wait for packets; none at all is the end. Raises QueueEmpty when nothing comes."""
        patience = self.server.ping_interval + self.server.ping_timeout
        try:
            first = await asyncio.wait_for(self.queue.get(), patience)
        except (TimeoutError, asyncio.CancelledError) as error:
            raise QueueEmpty from error
        self.queue.task_done()
        return [] if first is None else [first, *self._waiting()]

    async def receive(self, packet: Packet) -> None:
        await super().receive(packet)
        if packet.packet_type == CLOSE:
            self.queue.put_nowait(None)  # or its open poll would be answered a ping later

    def _waiting(self) -> Iterator[Packet]:
        for _ in range(min(self.queue.qsize(), MOST_IN_A_POLL - 1)):
            packet = self.queue.get_nowait()
            self.queue.task_done()
            if packet is None:
                self.queue.put_nowait(None)
                return
            yield packet


class PolledServer(socketio.AsyncServer):  # type: ignore[misc] # socketio ships no types
    async def _handle_eio_connect(self, eio_sid: str, environ: dict[str, Any]) -> Any:  # noqa: ANN401
        # The engine names the class of its sockets itself, and this is the first we see of one.
        self.eio.sockets[eio_sid].__class__ = PolledSocket
        return await super()._handle_eio_connect(eio_sid, environ)
