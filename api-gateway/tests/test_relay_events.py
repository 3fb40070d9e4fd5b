from collections.abc import AsyncIterator
from typing import Any

import pytest
from prometheus_client import CollectorRegistry
from pydantic import ValidationError

from api_gateway.gateway_metrics import GatewayMetrics
from api_gateway.market_picture import MarketPicture
from api_gateway.relay_events import RelayEvents
from api_gateway.socket_messages import Picture
from service_kit.events import CandleTick, Channel, FeedState, FeedStatus, PriceTick
from service_kit.room import Room
from service_kit.settings import FeedSettings
from trading_core.timeframe import Timeframe

MINUTE = 60_000


class SilentBus:
    async def subscribe(self, *channels: Channel) -> AsyncIterator[tuple[Channel, bytes]]:
        for channel in channels:
            yield channel, b"no JSON"


class Outbox:
    def __init__(self) -> None:
        self.sent: list[tuple[str, str | None, dict[str, Any]]] = []
        self.outdated: list[str] = []

    def show(self, picture: Picture, to: str | None = None) -> None:
        self.sent.append((picture.key.event, to, picture.payload))

    def outdate(self, room: Room) -> None:
        self.outdated.append(room.name)

    def take(self, event: str) -> list[tuple[str | None, dict[str, Any]]]:
        taken = [(to, payload) for name, to, payload in self.sent if name == event]
        self.sent = [message for message in self.sent if message[0] != event]
        return taken


class Relay:
    """A relay whose time stands where it is told."""

    def __init__(self) -> None:
        self.now = 0.0
        self.outbox = Outbox()
        self.metrics = GatewayMetrics.register(CollectorRegistry())
        picture = MarketPicture.blank(FeedSettings(), self.now)
        self.relay = RelayEvents(
            SilentBus(), picture, self.outbox, self.metrics.unreadable, lambda: self.now
        )

    def price(self, price: float) -> None:
        tick = PriceTick(symbol="ETHUSDT", price=price, timestamp=1, source="binance")
        self.relay.receive(Channel.PRICES, tick.to_json())

    def candle(self, opened: int, close: float, *, closed: bool) -> None:
        candle = (opened, 1.0, 9.0, 1.0, close, 5.0)
        tick = CandleTick(symbol="ETHUSDT", timeframe=Timeframe.M1, candle=candle, closed=closed)
        self.relay.receive(Channel.CANDLES, tick.to_json())

    def told(self, opened: int, close: float) -> None:
        """The closed candle went to its room."""
        candle = (opened, 1.0, 9.0, 1.0, close, 5.0)
        tick = CandleTick(symbol="ETHUSDT", timeframe=Timeframe.M1, candle=candle, closed=True)
        self.relay.hear_closed(tick.to_json().decode())

    def at(self, now: float) -> None:
        self.now = now
        self.relay.send_what_is_due()

    def candles(self) -> list[tuple[int, float, bool]]:
        sent = self.outbox.take("candle_update")
        return [(p["candle"][0], p["candle"][4], p["closed"]) for _to, p in sent]


def test_a_price_goes_to_the_symbols_watchers_at_most_four_times_a_second() -> None:
    relay = Relay()
    for price in (1.0, 2.0, 3.0):
        relay.price(price)
    relay.at(0.3)
    sent = relay.outbox.take("price_update")
    assert [(to, p["price"]) for to, p in sent] == [
        ("prices:ETHUSDT", 1.0),
        ("prices:ETHUSDT", 3.0),
    ]
    assert sent[0][1].keys() >= {"symbol", "timestamp", "source", "change24h", "volume24h"}


def test_a_price_that_stands_still_is_repeated_within_five_seconds() -> None:
    relay = Relay()
    relay.price(1.0)
    relay.outbox.take("price_update")
    for step in range(1, 101):
        relay.at(step * 0.05)
    assert len(relay.outbox.take("price_update")) == 1


def test_a_closed_candle_is_left_to_the_log_and_no_older_open_one_follows_it() -> None:
    relay = Relay()
    relay.candle(0, 1.0, closed=False)
    relay.candle(0, 2.0, closed=False)
    relay.candle(0, 3.0, closed=True)
    relay.told(0, 3.0)
    relay.candle(0, 2.5, closed=False)
    relay.at(0.5)
    assert relay.candles() == [(0, 1.0, False)]
    relay.told(MINUTE, 4.0)
    relay.candle(MINUTE, 3.5, closed=False)
    relay.candle(2 * MINUTE, 5.0, closed=False)
    relay.at(1.0)
    assert relay.candles() == [(2 * MINUTE, 5.0, False)]


def test_an_open_candle_waits_for_the_closed_one_before_it() -> None:
    relay = Relay()
    relay.candle(0, 1.0, closed=True)
    relay.candle(MINUTE, 2.0, closed=False)
    relay.candle(MINUTE, 3.0, closed=False)
    relay.at(0.5)
    assert relay.candles() == []
    relay.told(0, 1.0)
    assert relay.candles() == [(MINUTE, 3.0, False)]


def test_an_open_candle_does_not_wait_for_one_that_cannot_be_stored() -> None:
    relay = Relay()
    relay.candle(0, 1.0, closed=True)
    relay.candle(MINUTE, 2.0, closed=False)
    relay.at(1.0)
    assert relay.candles() == [(MINUTE, 2.0, False)]
    relay.candle(MINUTE, 3.0, closed=False)
    relay.at(1.3)
    assert relay.candles() == [(MINUTE, 3.0, False)]


def test_an_open_candle_that_still_waits_for_a_slow_socket_is_outdated_by_the_closed_one() -> None:
    relay = Relay()
    relay.candle(0, 1.0, closed=False)
    relay.told(0, 2.0)
    assert relay.outbox.outdated == ["ETH/USDT_1m"]
    relay.candle(MINUTE, 3.0, closed=False)
    relay.told(0, 2.0)
    assert relay.outbox.outdated == ["ETH/USDT_1m"]


def test_a_healed_candle_does_not_hide_the_live_one() -> None:
    relay = Relay()
    relay.candle(5 * MINUTE, 1.0, closed=False)
    relay.candle(5 * MINUTE, 2.0, closed=False)
    relay.told(0, 9.0)
    relay.at(1.0)
    assert relay.outbox.outdated == []
    assert relay.candles() == [(5 * MINUTE, 1.0, False), (5 * MINUTE, 2.0, False)]


def test_candles_go_to_the_room_of_their_symbol_and_timeframe() -> None:
    relay = Relay()
    relay.candle(0, 1.0, closed=False)
    assert [to for to, _payload in relay.outbox.take("candle_update")] == ["ETH/USDT_1m"]


def test_the_feed_is_told_to_all_and_offline_when_the_market_is_silent() -> None:
    relay = Relay()
    state = FeedState(state=FeedStatus.LIVE, age_ms=100, source="binance", kind="live")
    relay.relay.receive(Channel.FEED, state.to_json())
    for now in (0.5, 1.0, 1.5, 5.1):
        relay.at(now)
    sent = relay.outbox.take("feed_state")
    assert [(to, p["state"]) for to, p in sent] == [
        (None, "live"),
        (None, "live"),
        (None, "offline"),
    ]
    assert sent[0][1] == {"state": "live", "ageMs": 100, "source": "binance", "kind": "live"}


def test_an_event_that_cannot_be_read_is_an_error_of_its_own() -> None:
    with pytest.raises(ValidationError):
        Relay().relay.receive(Channel.PRICES, b"{}")
