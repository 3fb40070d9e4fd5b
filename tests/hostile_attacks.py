"""Ways to hold a server's connection without being of any use to anybody."""

import asyncio
import json
import socket
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final

from lean_socket import HEAD_END, upgrade_request
from service_kit.room import Room
from websocket_frames import TEXT, FrameReader, client_frame

BYTE_SECONDS: Final = 0.5
SMALL_BUFFER_BYTES: Final = 4_096
"""Of the kernel, for what was sent to somebody who does not read."""
READ_BYTES: Final = 65_536


@dataclass(frozen=True, slots=True)
class Target:
    host: str
    port: int
    rooms: tuple[Room, ...]
    epoch: str
    """Of the log of rooms, so that all of it can be asked for."""

    @property
    def name(self) -> str:
        return f"{self.host}:{self.port}"


Attack = Callable[[socket.socket, Target], Awaitable[None]]
"""On a connected socket; what it does never ends well, and it may return at any time."""


async def stay_silent(_connection: socket.socket, _target: Target) -> None:
    """A connection, and not one byte."""


async def drip_headers(connection: socket.socket, target: Target) -> None:
    """A request that never comes to its body."""
    await _drip(connection, f"GET /socket.io/ HTTP/1.1\r\nHost: {target.name}\r\n".encode())
    await _drip(connection, b"X-Patience: forever\r\n" * 1_000)


async def drip_body(connection: socket.socket, target: Target) -> None:
    """A polled packet of which every byte is late."""
    head = (
        "POST /socket.io/?EIO=4&transport=polling&sid=nobody HTTP/1.1\r\n"
        f"Host: {target.name}\r\nContent-Type: text/plain\r\nContent-Length: 10000\r\n\r\n"
    )
    await _send(connection, head.encode())
    await _drip(connection, b"4" * 10_000)


async def stop_halfway(connection: socket.socket, target: Target) -> None:
    """A WebSocket that answers pings, and never enters Socket.IO."""
    frames = await _upgrade(connection, target)
    while data := await asyncio.get_running_loop().sock_recv(connection, READ_BYTES):
        for _opcode, payload in frames.feed(data):
            if payload == b"2":
                await _send_packet(connection, "3")


async def never_read(connection: socket.socket, target: Target) -> None:
    """A client in every room that reads nothing of what is said there."""
    await _enter(connection, target, "subscribe", {})


async def never_read_the_past(connection: socket.socket, target: Target) -> None:
    """The same, which has asked for all that was ever said, too."""
    await _enter(connection, target, "resume", {"epoch": target.epoch, "seq": 0})


DEAF: Final[Mapping[str, Attack]] = {"never reads": never_read}
GREEDY: Final[Mapping[str, Attack]] = {"asks for all, never reads": never_read_the_past}
SLOW: Final[Mapping[str, Attack]] = {
    "silent": stay_silent,
    "headers byte by byte": drip_headers,
    "body byte by byte": drip_body,
    "half a handshake": stop_halfway,
}


async def connect(target: Target) -> socket.socket:
    """Raises OSError when the server refuses."""
    connection = socket.socket()
    connection.settimeout(0)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL_BUFFER_BYTES)
    try:
        loop = asyncio.get_running_loop()
        await loop.sock_connect(connection, (target.host, target.port))
    except OSError:
        connection.close()
        raise
    return connection


async def _upgrade(connection: socket.socket, target: Target) -> FrameReader:
    """Up to the end of the server's headers; raises ConnectionError when it hangs up instead."""
    await _send(connection, upgrade_request(target.name))
    head, frames = b"", FrameReader()
    while HEAD_END not in head:
        data = await asyncio.get_running_loop().sock_recv(connection, READ_BYTES)
        if not data:
            raise ConnectionError("the server hung up")
        head += data
    list(frames.feed(head.partition(HEAD_END)[2]))
    return frames


async def _enter(
    connection: socket.socket, target: Target, event: str, place: dict[str, object]
) -> None:
    await _upgrade(connection, target)
    await _send_packet(connection, "40")
    for number, room in enumerate(target.rooms):
        wish = {"symbol": room.symbol.slashed, "timeframe": room.timeframe.value, **place}
        await _send_packet(connection, f"42{number}{json.dumps([event, wish])}")


async def _send_packet(connection: socket.socket, packet: str) -> None:
    await _send(connection, client_frame(TEXT, packet.encode()))


async def _send(connection: socket.socket, data: bytes) -> None:
    await asyncio.get_running_loop().sock_sendall(connection, data)


async def _drip(connection: socket.socket, data: bytes) -> None:
    for at in range(len(data)):
        await _send(connection, data[at : at + 1])
        await asyncio.sleep(BYTE_SECONDS)
