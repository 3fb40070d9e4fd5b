"""The server's messages: each an event's name and its payload, as the contract spells them."""

from typing import Any

from service_kit.events import CandleTick, Event, FeedState, PriceTick

Payload = dict[str, Any]  # Any: JSON
Message = tuple[str, Payload]


def connected(event_ms: int) -> Message:
    return "connected", {"message": "Connected to the ETH Trading Platform", "timestamp": event_ms}


def price_update(tick: PriceTick) -> Message:
    return "price_update", _json(tick)


def candle_update(tick: CandleTick) -> Message:
    return "candle_update", _json(tick)


def feed_state(state: FeedState) -> Message:
    return "feed_state", _json(state)


def _json(event: Event) -> Payload:
    return event.model_dump(mode="json", by_alias=True)
