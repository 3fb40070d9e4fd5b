"""Packets as clients may send them; the libraries trust them more than one should."""

import re
from typing import Final

from engineio.payload import Payload
from socketio.packet import DISCONNECT, EVENT, Packet
from socketio.packet import packet_names as PACKET_NAMES  # noqa: N812 - it is a constant

LARGEST_PACKET_BYTES: Final = 64 * 1024
MOST_POLLED_PACKETS: Final = 64
"""In one body; a client that polls sends all at once that it has."""
Payload.max_decode_packets = MOST_POLLED_PACKETS

# engine.io: close, ping, pong, upgrade, noop; or a message, which holds a socket.io packet:
# connect, disconnect, event, ack. Clients of ours send nothing binary.
_ENGINE_PACKET: Final = re.compile(r"[1356]|[23](?:probe)?|4[0-3].*", re.DOTALL)
_RESERVED_EVENTS: Final = frozenset({"connect", "connect_error", "disconnect", "*"})
"""The last one is python-socketio's own name for all others."""
_POLLED_SEPARATOR: Final = "\x1e"


def is_engine_packet(text: str) -> bool:
    return _ENGINE_PACKET.fullmatch(text) is not None


def polled_packets(body: bytes) -> list[str]:
    """The packets in the body of a polling POST; bytes that are no text make no packet."""
    return body.decode(errors="replace").split(_POLLED_SEPARATOR)


class CheckedPacket(Packet):  # type: ignore[misc] # socketio ships no types
    """A packet that cannot be read, or is no event of a client's, is read as a disconnect."""

    def decode(self, encoded_packet: str) -> int:
        try:
            attachments = super().decode(encoded_packet)
        except (ValueError, IndexError, RecursionError):
            return self._disconnect()
        return 0 if not attachments and self._is_sound() else self._disconnect()

    def _is_sound(self) -> bool:
        return self.packet_type < len(PACKET_NAMES) and (
            self.packet_type != EVENT or _is_event(self.data)
        )

    def _disconnect(self) -> int:
        self.packet_type, self.namespace, self.data, self.id = DISCONNECT, None, None, None
        return 0


def _is_event(data: object) -> bool:
    return (
        isinstance(data, list)
        and bool(data)
        and isinstance(data[0], str)
        and data[0] not in _RESERVED_EVENTS
    )
