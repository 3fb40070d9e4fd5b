"""Where we stand in the log of each room, and what to say to go on from there. No socket."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from service_kit.room import Room

Payload = dict[str, Any]  # Any: JSON


@dataclass(frozen=True, slots=True)
class Place:
    """Every event up to `seq` was heard, in one life of the log."""

    epoch: str
    seq: int


class RoomFollower:
    def __init__(self, rooms: tuple[Room, ...]) -> None:
        self.rooms = rooms
        self._by_key = {(room.symbol.compact, room.timeframe.value): room for room in rooms}
        self._places: dict[Room, Place] = {}

    def request(self, room: Room) -> tuple[str, Payload]:
        """The event to send for a room after every connection, and its body."""
        wish = {"symbol": room.symbol.slashed, "timeframe": room.timeframe.value}
        place = self._places.get(room)
        if place is None:
            return "subscribe", wish
        return "resume", {**wish, "epoch": place.epoch, "seq": place.seq}

    def accepted(self, room: Room, ack: Payload) -> None:
        """From this number on everything is told to us; an event may have come before the ack."""
        if ack.get("epoch") is None or ack.get("seq") is None:
            return
        place, known = Place(ack["epoch"], ack["seq"]), self._places.get(room)
        if ack.get("snapshot") or known is None or place.epoch != known.epoch:
            self._places[room] = place

    def hears(self, payload: Payload) -> bool:
        """Whether an event of the log is news; from now on it is none."""
        room = self._by_key.get((payload.get("symbol", ""), payload.get("timeframe", "")))
        if room is None or "epoch" not in payload:
            return False
        place, known = Place(payload["epoch"], payload["seq"]), self._places.get(room)
        if known is not None and known.epoch == place.epoch and place.seq <= known.seq:
            return False
        self._places[room] = place
        return True
