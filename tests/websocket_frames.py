"""WebSocket frames (RFC 6455) of a client that takes no extension: whole texts, and no more."""

import struct
from collections.abc import Iterator
from typing import Final

TEXT: Final = 0x1
CLOSE: Final = 0x8
PING: Final = 0x9
PONG: Final = 0xA
_WHOLE: Final = 0x80
_MASKED: Final = 0x80
_NO_MASK: Final = bytes(4)
"""A client has to mask what it sends; any key will do, and this one changes nothing."""


def client_frame(opcode: int, payload: bytes) -> bytes:
    head = bytes([_WHOLE | opcode])
    if len(payload) < 126:
        head += bytes([_MASKED | len(payload)])
    else:
        head += bytes([_MASKED | 126]) + struct.pack("!H", len(payload))
    return head + _NO_MASK + payload


class FrameReader:
    """Cuts what a server sends into frames, however it arrives."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def feed(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        """Opcode and payload of each frame that is whole now; asserts that none is a part."""
        self._bytes += data
        while (frame := self._next()) is not None:
            yield frame

    def _next(self) -> tuple[int, bytes] | None:
        if len(self._bytes) < 2:
            return None
        assert self._bytes[0] & _WHOLE, "a server of ours sends whole messages"
        start, length = 2, self._bytes[1]
        if length == 126:
            start, length = 4, int.from_bytes(self._bytes[2:4])
        elif length == 127:
            start, length = 10, int.from_bytes(self._bytes[2:10])
        if len(self._bytes) < start + length:
            return None
        frame = self._bytes[0] & 0x0F, bytes(self._bytes[start : start + length])
        del self._bytes[: start + length]
        return frame
