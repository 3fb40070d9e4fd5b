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
    """`addresses` are what every name has, each time in another order; none: no such name."""

    def __init__(self, addresses: tuple[str, ...]) -> None:
        self.addresses = addresses
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
        if not self.addresses:
            return query[:2] + struct.pack("!5H", _NO_SUCH_NAME, 1, 0, 0, 0) + question
        if kind != _A_RECORD:
            return query[:2] + struct.pack("!5H", _ANSWERED, 1, 0, 0, 0) + question
        self.addresses = (*self.addresses[1:], self.addresses[0])
        records = b"".join(
            struct.pack("!3HIH", 0xC00C, _A_RECORD, 1, _TTL_SECONDS, 4)
            + ipaddress.IPv4Address(address).packed
            for address in self.addresses
        )
        counts = struct.pack("!5H", _ANSWERED, 1, len(self.addresses), 0, 0)
        return query[:2] + counts + question + records


@asynccontextmanager
async def tiny_name_server(*addresses: str) -> AsyncIterator[TinyNameServer]:
    transport, server = await asyncio.get_running_loop().create_datagram_endpoint(
        lambda: TinyNameServer(addresses), local_addr=("127.0.0.1", 0)
    )
    try:
        yield server
    finally:
        transport.close()
