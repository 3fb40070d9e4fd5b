"""The server's messages: each an event's name and its payload, as the contract spells them."""

from enum import StrEnum
from typing import Any

import orjson

from service_kit.events import CandleTick, Event, FeedState, PriceTick
from service_kit.room_queries import RoomEvent

Payload = dict[str, Any]  # Any: JSON
Message = tuple[str, Payload]


class SnapshotReason(StrEnum):
    """Why a socket gets a picture of now in place of what it missed."""

    UNKNOWN_EPOCH = "unknown_epoch"
    TOO_OLD = "too_old"
    TOO_MANY = "too_many"
    AHEAD_OF_LOG = "ahead_of_log"
    LOG_RESTARTED = "log_restarted"


def connected(event_ms: int) -> Message:
    return "connected", {"message": "Connected to the ETH Trading Platform", "timestamp": event_ms}


def price_update(tick: PriceTick) -> Message:
    return "price_update", _json(tick)


def candle_update(tick: CandleTick) -> Message:
    return "candle_update", _json(tick)


def feed_state(state: FeedState) -> Message:
    return "feed_state", _json(state)


def frame_of(event: str, payload: Payload) -> str:
    """The packet as it goes over the wire, but for the transport's own mark."""
    return f"{_EVENT}{orjson.dumps([event, payload]).decode()}"


def room_event(event: RoomEvent, epoch: str) -> str:
    """The packet of a logged event, whose payload is JSON already, with its place in the log."""
    place = f'{{"epoch":"{epoch}","seq":{event.seq},'
    return f'{_EVENT}["{event.event}",{place}{event.payload[1:]}]'


_EVENT = "2"


def _json(event: Event) -> Payload:
    return event.model_dump(mode="json", by_alias=True)
