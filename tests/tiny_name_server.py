"""A name server over UDP that knows what a test tells it, and that may change its mind."""

import asyncio
import ipaddress
import struct
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Final, cast

_HEADER_BYTES: Final = 12
_A_RECORD: Final = 1
_NAME_ASKED_FOR: Final = 0xC00C
_ANSWERED: Final = 0x8180
_NO_SUCH_NAME: Final = 0x8183
_TTL_SECONDS: Final = 600
"""As long as container engines say; whoever believes it finds nobody who moved."""


class TinyNameServer(asyncio.DatagramProtocol):
    """`addresses` is what every name has; with none, there is no such name."""

    def __init__(self, addresses: Iterable[str]) -> None:
        self.addresses = tuple(addresses)
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
        flags = _ANSWERED if self.addresses else _NO_SUCH_NAME
        records = [_record(one) for one in self.addresses] if kind == _A_RECORD else []
        header = struct.pack("!5H", flags, 1, len(records), 0, 0)
        return b"".join((query[:2], header, question, *records))


def _record(address: str) -> bytes:
    """An A record of the name that was asked for."""
    head = struct.pack("!3HIH", _NAME_ASKED_FOR, _A_RECORD, 1, _TTL_SECONDS, 4)
    return head + ipaddress.IPv4Address(address).packed


@asynccontextmanager
async def tiny_name_server(*addresses: str) -> AsyncIterator[TinyNameServer]:
    transport, server = await asyncio.get_running_loop().create_datagram_endpoint(
        lambda: TinyNameServer(addresses), local_addr=("127.0.0.1", 0)
    )
    try:
        yield server
    finally:
        transport.close()
