"""market-service as processes, with the simulated exchange, PostgreSQL and Valkey, at 60×."""

import time
from collections.abc import Callable, Iterator
from decimal import Decimal

import httpx
import pytest
from redis import Redis

from market_stack import EPOCH, MarketStack, market_stack, wait_until
from trading_core.timeframe import HOUR_MS, Timeframe

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def stack(
    migrate: Callable[..., None], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[MarketStack]:
    with market_stack(migrate, tmp_path_factory.mktemp("market")) as stack:
        yield stack


def test_every_candle_is_stored_as_the_exchange_closed_it(stack: MarketStack) -> None:
    wait_until(lambda: len(stack.ledger(Timeframe.M5)) >= 2, "two 5m bars have closed")
    wait_until(lambda: not stack.missing(), "everything is stored")
    origins = dict(stack.query("SELECT origin::text, count(*) FROM ohlcv_data GROUP BY 1"))
    assert set(origins) == {"live", "backfill"}
    live = stack.query("SELECT min(timestamp) FROM ohlcv_data WHERE origin = 'live'")
    assert live[0][0] >= EPOCH - HOUR_MS


def test_history_reaches_as_far_as_it_is_wanted(stack: MarketStack) -> None:
    def done() -> bool:
        candles = httpx.get(stack.market.url + "/status", timeout=30).json()["candles"]
        return all(series["backfill"]["done"] for series in candles["ETHUSDT"].values())

    wait_until(done, "the backfill is done")
    since_ms = Timeframe.H1.window_start(EPOCH)
    page = stack.get("/api/market/candles", timeframe="1h", since=since_ms, limit=5_000)
    opens = [row[0] for row in page["candles"]]
    assert opens[0] == since_ms
    assert opens == list(range(since_ms, opens[-1] + 1, HOUR_MS))


def test_every_route_answers(stack: MarketStack) -> None:
    price = stack.get("/api/market/price")
    assert (price["symbol"], price["source"]) == ("ETH/USDT", "simulated:seed-42")
    assert price["price"] > 0
    assert price["low24h"] <= price["price"] <= price["high24h"]
    assert not price["stale"]
    ohlcv = stack.get("/api/market/ohlcv", timeframe="1m", limit=3)
    exact = stack.stored(Timeframe.M1)
    assert ohlcv["count"] == 3
    for candle in ohlcv["candles"]:
        assert Decimal(candle["close"]) == exact[candle["timestamp"]][3]
        assert not candle["volume"].endswith(".0")
    volume = stack.get("/api/market/volume", timeframe="1m", candles=10)
    assert volume["volumeRatio"] == pytest.approx(volume["currentVolume"] / volume["avgVolume"])
    for path in ("/api/market/fetch?timeframe=5m&limit=10", "/collect?timeframe=1m"):
        assert httpx.post(stack.market.url + path, timeout=30).json()["success"] is True


def test_pages_are_cut_as_asked(stack: MarketStack) -> None:
    newest = stack.get("/api/market/candles", timeframe="1m", limit=5)
    opens = [row[0] for row in newest["candles"]]
    assert opens == sorted(opens)
    assert newest["closedUntil"] == opens[-1] + 60_000
    part = {"since": opens[1], "until": opens[3]}
    page = stack.get("/api/market/candles", timeframe="1m", **part)
    assert [row[0] for row in page["candles"]] == opens[1:3]
    oldest = stack.get("/api/market/candles", timeframe="1m", since=opens[1], limit=1)
    assert [row[0] for row in oldest["candles"]] == [opens[1]]
    before = stack.get("/api/market/candles", timeframe="1m", until=opens[3], limit=1)
    assert [row[0] for row in before["candles"]] == [opens[2]]


def test_a_page_of_the_past_need_not_be_sent_twice(stack: MarketStack) -> None:
    url = f"{stack.market.url}/api/market/candles?timeframe=1m&until={EPOCH}&limit=10"
    first = httpx.get(url)
    again = httpx.get(url, headers={"If-None-Match": f'"other", {first.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    assert httpx.get(url, headers={"If-None-Match": '"other"'}).status_code == 200
    assert "etag" not in httpx.get(f"{stack.market.url}/api/market/candles").headers


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/market/price?symbol=BTC/USDT", 404),
        ("/api/market/price?symbol=nonsense", 400),
        ("/api/market/price?symbol=", 400),
        ("/api/market/ohlcv?symbol=ETH%00USDT", 400),
        ("/api/market/ohlcv?timeframe=2m", 400),
        ("/api/market/ohlcv?limit=501", 400),
        ("/api/market/ohlcv?limit=1e3", 400),
        ("/api/market/candles?limit=0", 400),
        ("/api/market/candles?since=-1", 400),
        ("/api/market/candles?since=99999999999999999999", 400),
        ("/api/market/candles?since=5&until=5", 400),
        ("/api/market/candles?until=now", 400),
        ("/api/market/volume?candles=0", 400),
        ("/api/market/nothing", 404),
    ],
)
def test_wrong_input_is_refused_with_the_envelope(
    stack: MarketStack, path: str, status: int
) -> None:
    answer = httpx.get(stack.market.url + path)
    assert answer.status_code == status
    assert answer.json()["success"] is False
    assert answer.json()["error"]["message"]


@pytest.mark.parametrize(
    "path",
    [
        "/api/market/fetch?limit=1001",
        "/api/market/fetch?timeframe=1M",
        "/collect",
        "/collect?timeframe=1m&symbol=nonsense",
    ],
)
def test_wrong_orders_are_refused_too(stack: MarketStack, path: str) -> None:
    assert httpx.post(stack.market.url + path).status_code == 400


def test_collecting_what_the_stream_delivered_asks_the_exchange_for_nothing(
    stack: MarketStack,
) -> None:
    def requests() -> str:
        lines = httpx.get(stack.market.url + "/metrics").text.splitlines()
        return next(
            line for line in lines if line.startswith('exchange_requests_total{outcome="ok"')
        )

    wait_until(lambda: not stack.missing(), "everything is stored")
    before = requests()
    for _ in range(5):
        httpx.post(stack.market.url + "/collect?timeframe=5m").raise_for_status()
    assert requests() == before


def test_others_hear_prices_candles_and_the_feed(stack: MarketStack) -> None:
    with Redis.from_url(stack.valkey.redis_url) as client, client.pubsub() as pubsub:
        pubsub.subscribe("market:prices", "market:candles", "market:feed")
        heard: dict[bytes, bytes] = {}

        def hear() -> bool:
            message = pubsub.get_message(ignore_subscribe_messages=True, timeout=0.5)
            if message is not None:
                heard[message["channel"]] = message["data"]
            return len(heard) == 3

        wait_until(hear, "all three channels have spoken")
        assert b'"source":"simulated:seed-42"' in heard[b"market:prices"]
        assert b'"state":"live"' in heard[b"market:feed"]
        assert client.exists("price:ETHUSDT", "live-candle:ETHUSDT:1h", "feed:state") == 3
        ((_id, fields),) = client.xrevrange("candles.closed", count=1)
        assert b'"symbol":"ETHUSDT"' in fields[b"json"]


def test_without_redis_reads_and_storing_go_on(stack: MarketStack) -> None:
    stack.valkey.kill()
    try:
        before = len(stack.stored(Timeframe.M1))
        wait_until(lambda: len(stack.stored(Timeframe.M1)) >= before + 3, "bars are stored")
        assert stack.get("/api/market/ohlcv", timeframe="1m")["count"] == 100
        assert stack.get("/api/market/price")["price"] > 0
    finally:
        stack.valkey.start()
    wait_until(lambda: stack.feed()["state"] == "live", "the feed is live")


def test_nothing_is_lost_while_the_database_is_away(stack: MarketStack) -> None:
    stack.postgres.kill()
    answer = httpx.get(f"{stack.market.url}/api/market/candles?since=1", timeout=30)
    assert (answer.status_code, answer.json()["success"]) == (503, False)
    time.sleep(3)
    stack.postgres.start()
    wait_until(lambda: not stack.missing(), "everything is stored")


def test_a_dead_exchange_shows_and_its_hole_is_healed(stack: MarketStack) -> None:
    stack.simulator.kill()
    wait_until(lambda: stack.feed()["state"] in ("delayed", "stale"), "the feed is not live")
    time.sleep(12)
    assert stack.get("/api/market/price")["stale"] is True
    stack.simulator.start()
    wait_until(lambda: stack.simulator.answers("/readyz"), "the exchange is back")
    wait_until(lambda: stack.feed()["state"] == "live", "the feed is live")
    wait_until(lambda: not stack.missing(), "the hole is healed")
    assert stack.feed()["reconnects"] >= 1
    healed = stack.query("SELECT count(*) FROM ohlcv_data WHERE origin = 'healed'")
    assert healed[0][0] > 0


def test_a_follower_serves_and_takes_over(stack: MarketStack) -> None:
    follower = stack.follower
    follower.start()
    try:
        wait_until(lambda: follower.answers("/readyz"), "the follower is ready")
        feed = httpx.get(follower.url + "/status", timeout=30).json()["feed"]
        assert (feed["leader"], feed["state"], feed["connected"]) == (False, "live", True)
        assert feed["frames"] > 0
        metrics = httpx.get(follower.url + "/metrics").text
        assert "market_feed_age_seconds NaN" in metrics
        assert 'market_feed_state{state="live"} 0.0' in metrics
        assert httpx.get(follower.url + "/api/market/price").json()["data"]["price"] > 0
        assert httpx.post(follower.url + "/collect?timeframe=1m", timeout=30).is_success
        stack.market.kill()
        wait_until(
            lambda: httpx.get(follower.url + "/status", timeout=30).json()["feed"]["leader"],
            "the follower leads",
        )
        wait_until(lambda: not stack.missing(), "everything is stored")
    finally:
        follower.stop()
        stack.market.start()
        wait_until(lambda: stack.market.answers("/readyz"), "the market is back")


def test_nothing_crashed_on_the_way(stack: MarketStack) -> None:
    for process in (stack.market, stack.follower):
        assert '"level": "error"' not in process.log.read_text(), process.log
        assert "Traceback" not in process.log.read_text()
