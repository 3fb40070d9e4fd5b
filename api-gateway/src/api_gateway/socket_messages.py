"""The server's messages: each an event's name and its payload, as the contract spells them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import orjson

from api_gateway.outbox import Delivery, PictureKey
from service_kit.events import CandleTick, Event, FeedState, PriceTick
from service_kit.room import Room
from service_kit.room_queries import RoomEvent
from trading_core.symbol import Symbol

Payload = dict[str, Any]  # Any: JSON


class SnapshotReason(StrEnum):
    """Why a socket gets a picture of now in place of what it missed."""

    UNKNOWN_EPOCH = "unknown_epoch"
    TOO_OLD = "too_old"
    TOO_MANY = "too_many"
    AHEAD_OF_LOG = "ahead_of_log"
    LOG_RESTARTED = "log_restarted"


@dataclass(frozen=True, slots=True)
class Picture:
    """What is so now; of those with one key the latest wins."""

    key: PictureKey
    payload: Payload


@dataclass(frozen=True, slots=True)
class RoomDelivery:
    """An event of a room's log, ready to be sent."""

    seq: int
    event: str
    delivery: Delivery


def price_update(tick: PriceTick) -> Picture:
    return Picture(PictureKey("price_update", tick.symbol), _json(tick))


def candle_update(tick: CandleTick) -> Picture:
    """Of an open candle."""
    return Picture(open_candle(room_of(tick)), _json(tick))


def open_candle(room: Room) -> PictureKey:
    return PictureKey("candle_update", room.name)


def room_of(tick: CandleTick) -> Room:
    """Raises InvalidSymbolError."""
    return Room(Symbol.parse(tick.symbol), tick.timeframe)


def feed_state(state: FeedState) -> Picture:
    return Picture(PictureKey("feed_state", ""), _json(state))


def packet_of(event: str, payload: Payload) -> str:
    """The engine.io packet as it goes over any transport."""
    return f"{_EVENT}{orjson.dumps([event, payload]).decode()}"


def room_event(event: RoomEvent, epoch: str) -> RoomDelivery:
    """A logged event, whose payload is JSON already, with its place in the log."""
    place = f'{{"epoch":"{epoch}","seq":{event.seq},'
    packet = f'{_EVENT}["{event.event}",{place}{event.payload[1:]}]'
    return RoomDelivery(event.seq, event.event, Delivery(packet))


def snapshot(seq: int, payload: Payload) -> RoomDelivery:
    return RoomDelivery(seq, "snapshot", Delivery(packet_of("snapshot", payload)))


_EVENT: Final = "42"
"""engine.io's message, and in it socket.io's event."""


def _json(event: Event) -> Payload:
    return event.model_dump(mode="json", by_alias=True)
