"""The gateway's sockets: a real Valkey, a real python-socketio client, raw frames as well."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, suppress

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosedError, InvalidStatus

from eth_cli.valkey_server import ValkeyServer
from gateway_alone import gateway_alone
from service_kit.cache import LIVE_CANDLE, PRICE, Cache
from service_kit.event_bus import EventBus
from service_kit.events import CandleTick, Channel, FeedState, FeedStatus, PriceTick
from service_kit.redis_connection import create_redis
from service_kit.settings import RedisSettings
from service_process import ServiceProcess
from socket_client import RoomClient, room_client, until
from trading_core.timeframe import Timeframe

pytestmark = pytest.mark.integration

MINUTE = 60_000
UPGRADING = ("polling", "websocket")
FEED = FeedState(state=FeedStatus.LIVE, age_ms=10, source="recording", kind="replay")


@pytest.fixture(scope="module")
def gateway(
    valkey: ValkeyServer, module_database_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ServiceProcess]:
    """One for all tests, so each has symbols of its own: what is known of a price stays known."""
    settings = {
        "SYMBOLS": "ETH/USDT,BTC/USDT,SOL/USDT,ADA/USDT,XRP/USDT,BNB/USDT,DOT/USDT",
        "MAX_ROOMS_PER_SOCKET": "3",
        "FEED_KIND": "replay",
        "FEED_SOURCE": "recording",
    }
    folder = tmp_path_factory.mktemp("gateway")
    with gateway_alone(module_database_url, valkey.redis_url, folder, **settings) as service:
        yield service


@pytest.fixture
async def bus(redis_settings: RedisSettings) -> AsyncIterator[EventBus]:
    redis = create_redis(redis_settings)
    yield EventBus(redis)
    await redis.aclose()


def connected(gateway: ServiceProcess) -> AbstractAsyncContextManager[RoomClient]:
    """As a client that is told of no transport: it polls first, then upgrades."""
    return room_client(gateway.url, *UPGRADING)


def price(value: float, symbol: str) -> PriceTick:
    return PriceTick(symbol=symbol, price=value, timestamp=7, change_24h=1.5, source="recording")


def candle(opened: int, close: float, *, closed: bool, symbol: str) -> CandleTick:
    row = (opened, 1.0, 9.0, 0.5, close, 3.0)
    return CandleTick(symbol=symbol, timeframe=Timeframe.M1, candle=row, closed=closed)


@pytest.mark.parametrize("transports", [["websocket"], [*UPGRADING]])
async def test_a_client_is_greeted_and_joins_and_leaves_rooms(
    gateway: ServiceProcess, transports: list[str]
) -> None:
    async with room_client(gateway.url, *transports) as client:
        await until(lambda: client.got("connected"))
        assert client.got("connected")[0].keys() == {"message", "timestamp"}
        joined = await client.ask("subscribe", {"symbol": "ETHUSDT", "timeframe": "1m"})
        assert joined.keys() == {"ok", "room", "epoch", "seq"}
        assert (joined["ok"], joined["room"], joined["seq"]) == (True, "ETH/USDT_1m", 0)
        assert (await client.ask("subscribe"))["room"] == "ETH/USDT_1h"
        left = await client.ask("unsubscribe", {"symbol": "ETH/USDT"})
        assert left == {"ok": True, "room": "ETH/USDT_1h"}


async def test_wrong_input_is_acked_with_a_sentence(gateway: ServiceProcess) -> None:
    async with connected(gateway) as client:
        for event, body in (
            ("subscribe", {"symbol": "DOGE/USDT"}),
            ("subscribe", {"symbol": 5}),
            ("subscribe", "ETHUSDT"),
            ("unsubscribe", {"timeframe": "7m"}),
            ("nonsense", {}),
        ):
            answer = await client.ask(event, body)
            assert answer["ok"] is False
            assert isinstance(answer["error"], str)
            await client.socket.emit(event, body)
        for timeframe in ("1m", "5m", "15m"):
            assert (await client.ask("subscribe", {"timeframe": timeframe}))["ok"]
        refused = await client.ask("subscribe", {"timeframe": "1h"})
        assert refused == {"ok": False, "error": "a socket may be in 3 rooms"}


async def test_what_is_known_is_shown_at_once_on_subscribing(
    gateway: ServiceProcess, bus: EventBus, redis_settings: RedisSettings
) -> None:
    redis = create_redis(redis_settings)
    cache = Cache(redis)
    await cache.set(PRICE, "SOLUSDT", value=price(1.5, "SOLUSDT").to_json())
    live = candle(0, 2.0, closed=False, symbol="SOLUSDT")
    await cache.set(LIVE_CANDLE, "SOLUSDT", "1m", value=live.to_json())
    await redis.aclose()
    await bus.publish(Channel.FEED, FEED)
    async with connected(gateway) as client:
        await client.ask("subscribe", {"symbol": "SOLUSDT", "timeframe": "1m"})
        await until(lambda: client.got("price_update"))
        assert client.got("price_update")[0]["symbol"] == "SOLUSDT"
        assert client.got("price_update")[0]["change24h"] == 1.5
        assert client.got("candle_update") == [live.model_dump(mode="json", by_alias=True)]
        assert client.got("feed_state")[0]["source"] == "recording"


async def test_a_price_comes_once_to_a_socket_in_two_rooms_and_not_to_other_symbols(
    gateway: ServiceProcess, bus: EventBus
) -> None:
    async with connected(gateway) as both, connected(gateway) as other, connected(gateway) as none:
        minutes = {"symbol": "ADA/USDT", "timeframe": "1m"}
        hours = {"symbol": "ADA/USDT", "timeframe": "1h"}
        await both.ask("subscribe", minutes)
        await both.ask("subscribe", hours)
        await other.ask("subscribe", {"symbol": "BTC/USDT"})
        await bus.publish(Channel.PRICES, price(10.0, "ADAUSDT"))
        await bus.publish(Channel.PRICES, price(20.0, "BTCUSDT"))
        await until(lambda: both.got("price_update") and other.got("price_update"))
        assert [p["price"] for p in both.got("price_update")] == [10.0]
        assert [p["price"] for p in other.got("price_update")] == [20.0]
        assert none.got("price_update") == []
        await both.ask("unsubscribe", minutes)
        await bus.publish(Channel.PRICES, price(11.0, "ADAUSDT"))
        await until(lambda: len(both.got("price_update")) == 2)
        await both.ask("unsubscribe", hours)
        await bus.publish(Channel.PRICES, price(12.0, "ADAUSDT"))
        await asyncio.sleep(0.5)
        assert len(both.got("price_update")) == 2


async def test_prices_come_four_times_a_second_at_most_and_every_five_seconds_at_least(
    gateway: ServiceProcess, bus: EventBus
) -> None:
    async with connected(gateway) as client:
        await client.ask("subscribe", {"symbol": "XRPUSDT"})
        began = time.monotonic()
        for step in range(40):
            await bus.publish(Channel.PRICES, price(100.0 + step, "XRPUSDT"))
            await asyncio.sleep(0.025)
        await until(lambda: client.got("price_update")[-1]["price"] == 139.0)
        count = len(client.got("price_update"))
        assert 4 <= count <= 4 * (time.monotonic() - began) + 1
        await until(lambda: len(client.got("price_update")) > count)
        times = client.times("price_update")
        assert times[-1] - times[-2] <= 5.1


async def test_of_closed_candles_that_are_published_only_the_pictures_before_them_come(
    gateway: ServiceProcess, bus: EventBus
) -> None:
    """They themselves come from the log of rooms, where nobody has put these."""
    async with connected(gateway) as client:
        await client.ask("subscribe", {"symbol": "BNB/USDT", "timeframe": "1m"})
        for number in range(100):
            for close, closed in ((1.0, False), (1.5, False), (2.0, True)):
                tick = candle(number * MINUTE, close, closed=closed, symbol="BNBUSDT")
                await bus.publish(Channel.CANDLES, tick)
        await bus.publish(
            Channel.CANDLES, candle(100 * MINUTE, 1.0, closed=False, symbol="BNBUSDT")
        )
        await until(lambda: client.got("candle_update")[-1]["candle"][0] == 100 * MINUTE)
        came = client.got("candle_update")
        assert not any(one["closed"] for one in came)
        assert [one["candle"][0] for one in came] == sorted(one["candle"][0] for one in came)


async def test_the_feed_is_told_to_all_and_is_offline_when_the_market_is_silent(
    gateway: ServiceProcess, bus: EventBus
) -> None:
    async with connected(gateway) as client:
        await bus.publish(Channel.FEED, FEED)
        await until(lambda: [s["state"] for s in client.got("feed_state")][-1:] == ["live"])
        await until(lambda: client.got("feed_state")[-1]["state"] == "offline")
        silent = client.got("feed_state")[-1]
        assert (silent["source"], silent["kind"]) == ("recording", "replay")
        assert silent["ageMs"] >= 5_000
        await bus.publish(Channel.FEED, FEED)
        await until(lambda: client.got("feed_state")[-1]["state"] == "live")


async def test_events_that_cannot_be_read_stop_nothing(
    gateway: ServiceProcess, bus: EventBus, redis_settings: RedisSettings
) -> None:
    redis = create_redis(redis_settings)
    async with connected(gateway) as client:
        await client.ask("subscribe", {"symbol": "DOT/USDT"})
        for channel in Channel:
            await redis.publish(channel, b"\xff no JSON")
        await bus.publish(Channel.PRICES, price(1.0, "???"))
        await bus.publish(Channel.PRICES, price(2.0, "DOTUSDT"))
        await until(lambda: client.got("price_update"))
        assert client.got("price_update")[-1]["price"] == 2.0
    await redis.aclose()


def socket_url(gateway: ServiceProcess) -> str:
    return gateway.url.replace("http", "ws", 1) + "/socket.io/?EIO=4&transport=websocket"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "http://evil.com"}, 403),
        ({"Origin": "null"}, 403),
        ({"Host": "evil.com"}, 400),
    ],
)
async def test_a_foreign_page_gets_no_socket(
    gateway: ServiceProcess, headers: dict[str, str], status: int
) -> None:
    with pytest.raises(InvalidStatus) as refused:
        await connect(socket_url(gateway), additional_headers=headers)
    assert refused.value.response.status_code == status
    assert json.loads(refused.value.response.body)["success"] is False


@pytest.mark.parametrize("origin", [None, "http://localhost:3000", "same"])
async def test_our_pages_and_native_clients_get_one(
    gateway: ServiceProcess, origin: str | None
) -> None:
    headers = {} if origin is None else {"Origin": gateway.url if origin == "same" else origin}
    async with connect(socket_url(gateway), additional_headers=headers) as socket:
        assert str(await socket.recv()).startswith("0{")
        assert "Sec-WebSocket-Extensions" not in (
            socket.response.headers if socket.response else {}
        )


async def _read_to_the_end(socket: ClientConnection) -> None:
    with suppress(ConnectionClosedError):  # how it was closed is not the question
        async for _message in socket:
            pass


@pytest.mark.parametrize(
    "frame",
    [
        "zz",
        "4zz",
        b"\x00\x01",
        '451-["x",{"_placeholder":true,"num":0}]',
        '42["subscribe","' + "x" * 70_000 + '"]',
    ],
)
async def test_a_frame_that_no_client_sends_ends_its_connection_and_no_other(
    gateway: ServiceProcess, frame: str | bytes
) -> None:
    async with connected(gateway) as other:
        async with connect(socket_url(gateway)) as socket:
            await socket.send("40")
            await socket.send(frame)
            await asyncio.wait_for(_read_to_the_end(socket), 5)
        assert (await other.ask("subscribe"))["ok"]


@pytest.mark.parametrize(
    "frame", ["42", "42[]", "42{}", "42[5]", '42["disconnect"]', "42" + "[" * 60_000, "40", "431[]"]
)
async def test_a_packet_without_sense_harms_nobody(gateway: ServiceProcess, frame: str) -> None:
    async with connected(gateway) as other:
        async with connect(socket_url(gateway)) as socket:
            await socket.send("40")
            await socket.send(frame)
            await socket.send("2probe")
        assert (await other.ask("subscribe"))["ok"]
