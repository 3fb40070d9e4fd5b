"""A name server over UDP that knows what a test tells it, and that may change its mind."""

import asyncio
import ipaddress
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final, cast

_HEADER_BYTES: Final = 12
_A_RECORD: Final = 1
_ANSWERED: Final = 0x8180
_NO_SUCH_NAME: Final = 0x8183
_TTL_SECONDS: Final = 600
"""As long as container engines say; whoever believes it finds nobody who moved."""


class TinyNameServer(asyncio.DatagramProtocol):
    """`address` is what every name has; None: there is no such name."""

    def __init__(self, address: str | None) -> None:
        self.address = address
        self.port = 0
        self._transport: asyncio.DatagramTransport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.DatagramTransport", transport)
        self.port = transport.get_extra_info("sockname")[1]

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self._transport.sendto(self._answer(data), addr)

    def _answer(self, query: bytes) -> bytes:
        name_end = query.index(b"\0", _HEADER_BYTES) + 1
        question = query[_HEADER_BYTES : name_end + 4]
        (kind,) = struct.unpack_from("!H", query, name_end)
        if self.address is None:
            return query[:2] + struct.pack("!5H", _NO_SUCH_NAME, 1, 0, 0, 0) + question
        if kind != _A_RECORD:
            return query[:2] + struct.pack("!5H", _ANSWERED, 1, 0, 0, 0) + question
        record = struct.pack("!3HIH", 0xC00C, _A_RECORD, 1, _TTL_SECONDS, 4)
        packed = ipaddress.IPv4Address(self.address).packed
        return query[:2] + struct.pack("!5H", _ANSWERED, 1, 1, 0, 0) + question + record + packed


@asynccontextmanager
async def tiny_name_server(address: str | None) -> AsyncIterator[TinyNameServer]:
    transport, server = await asyncio.get_running_loop().create_datagram_endpoint(
        lambda: TinyNameServer(address), local_addr=("127.0.0.1", 0)
    )
    try:
        yield server
    finally:
        transport.close()
