import asyncio
from collections.abc import Callable, Mapping

import httpx
import pytest
from fastapi import FastAPI

from exchange_simulator.app import simulator_app
from exchange_simulator.faults.fault_desk import FaultDesk
from exchange_simulator.feed import Feed
from service_kit.clock import Clock

START_MS = 1_722_816_000_000
NOW_MS = START_MS + 30 * 3_600_000 + 12_345


class Client:
    """Asks an app in this process, as if from an address."""

    def __init__(self, app: FastAPI, ip: str = "127.0.0.1") -> None:
        self._transport = httpx.ASGITransport(app, client=(ip, 50_000))

    def get(self, path: str, params: Mapping[str, str | int] | None = None) -> httpx.Response:
        async def ask() -> httpx.Response:
            async with httpx.AsyncClient(
                transport=self._transport, base_url="http://exchange"
            ) as client:
                return await client.get(path, params=params)

        return asyncio.run(ask())


@pytest.fixture
def client(feed: Feed, clock_at: Callable[..., Clock]) -> Client:
    return Client(simulator_app(feed, FaultDesk(clock_at(NOW_MS), feed.market.symbols)))


def test_ping_and_time(client: Client) -> None:
    assert client.get("/api/v3/ping").json() == {}
    assert client.get("/api/v3/time").json() == {"serverTime": NOW_MS}


def test_a_kline_row_has_twelve_fields_as_the_exchange_types_them(client: Client) -> None:
    query = {"symbol": "ETHUSDT", "interval": "1h", "limit": 2}
    closed, still_open = client.get("/api/v3/klines", params=query).json()
    assert len(closed) == len(still_open) == 12
    assert [type(field) for field in closed] == [
        int, str, str, str, str, str, int, str, int, str, str, str,
    ]  # fmt: skip
    assert closed[6] == closed[0] + 3_600_000 - 1
    assert all(len(closed[n].partition(".")[2]) == 8 for n in (1, 2, 3, 4, 5, 7, 9, 10))
    low, high, volume, quote = (float(closed[n]) for n in (3, 2, 5, 7))
    assert low <= quote / volume <= high
    assert 0 < float(closed[9]) < volume
    assert still_open[0] == NOW_MS - NOW_MS % 3_600_000


def test_five_hundred_klines_unless_told_and_a_thousand_at_most(client: Client) -> None:
    query = {"symbol": "ETHUSDT", "interval": "1m"}
    assert len(client.get("/api/v3/klines", params=query).json()) == 500
    assert len(client.get("/api/v3/klines", params={**query, "limit": 5000}).json()) == 1000


@pytest.mark.parametrize(
    ("path", "query", "code"),
    [
        ("klines", {"interval": "1h"}, -1102),
        ("klines", {"symbol": "ETHUSDT"}, -1102),
        ("klines", {"symbol": "", "interval": "1h"}, -1105),
        ("klines", {"symbol": "ethusdt", "interval": "1h"}, -1100),
        ("klines", {"symbol": "NOPE", "interval": "1h"}, -1121),
        ("klines", {"symbol": "ETHUSDT", "interval": "1H"}, -1120),
        ("klines", {"symbol": "ETHUSDT", "interval": "1h", "startTime": "-1"}, -1100),
        ("klines", {"symbol": "ETHUSDT", "interval": "1h", "startTime": "x"}, -1100),
        ("klines", {"symbol": "ETHUSDT", "interval": "1h", "endTime": "9" * 20}, -1130),
        ("klines", {"symbol": "ETHUSDT", "interval": "1h", "limit": "0"}, -1130),
        ("klines", {"symbol": "ETHUSDT", "interval": "1h", "limit": ""}, -1105),
        ("ticker/24hr", {"symbol": "NOPE"}, -1121),
        ("ticker/24hr", {"symbol": "ETHUSDT", "type": "HALF"}, -1130),
        ("ticker/price", {"symbols": "ETHUSDT"}, -1100),
        ("exchangeInfo", {"symbol": "ETHUSDT", "symbols": '["ETHUSDT"]'}, -1128),
        ("exchangeInfo", {"symbols": '["NOPE"]'}, -1121),
        ("aggTrades", {}, -1102),
        ("aggTrades", {"symbol": "ETHUSDT", "fromId": "1", "startTime": "1"}, -1128),
        ("aggTrades", {"symbol": "ETHUSDT", "fromId": "x"}, -1100),
        ("trades", {"symbol": "NOPE"}, -1121),
        ("depth", {"symbol": "ETHUSDT", "limit": "0"}, -1130),
    ],
)
def test_wrong_input_has_the_documented_code(
    client: Client, path: str, query: dict[str, str], code: int
) -> None:
    answer = client.get(f"/api/v3/{path}", params=query)
    assert answer.status_code == 400
    assert answer.json()["code"] == code
    assert set(answer.json()) == {"code", "msg"}
    assert "X-MBX-USED-WEIGHT-1M" in answer.headers


@pytest.mark.parametrize("number", ["0", str(2**63 - 1)])
@pytest.mark.parametrize("name", ["startTime", "endTime"])
def test_extreme_times_are_answered(client: Client, name: str, number: str) -> None:
    query = {"symbol": "ETHUSDT", "interval": "1d", name: number}
    assert client.get("/api/v3/klines", params=query).status_code == 200


def test_the_ticker_is_full_or_mini_one_or_many(client: Client) -> None:
    full = client.get("/api/v3/ticker/24hr", params={"symbol": "ETHUSDT"}).json()
    mini = client.get("/api/v3/ticker/24hr", params={"type": "MINI"}).json()
    price = client.get("/api/v3/ticker/price", params={"symbols": '["ETHUSDT"]'}).json()
    assert len(full) == 21
    assert mini[0].items() <= full.items()
    assert price == [{"symbol": "ETHUSDT", "price": full["lastPrice"]}]
    assert full["closeTime"] - full["openTime"] == 86_400_000


def test_best_prices_and_depth_agree_with_the_ticker(client: Client) -> None:
    ticker = client.get("/api/v3/ticker/24hr", params={"symbol": "ETHUSDT"}).json()
    one = client.get("/api/v3/ticker/bookTicker", params={"symbol": "ETHUSDT"}).json()
    some = client.get("/api/v3/ticker/bookTicker", params={"symbols": '["ETHUSDT"]'}).json()
    every = client.get("/api/v3/ticker/bookTicker").json()
    depth = client.get("/api/v3/depth", params={"symbol": "ETHUSDT", "limit": 5}).json()
    assert one.keys() == {"symbol", "bidPrice", "bidQty", "askPrice", "askQty"}
    assert some == every == [one]
    assert one.items() <= ticker.items()
    assert depth.keys() == {"lastUpdateId", "bids", "asks"}
    assert depth["bids"][0] == [one["bidPrice"], one["bidQty"]]
    assert depth["asks"][0] == [one["askPrice"], one["askQty"]]
    assert [len(depth["bids"]), len(depth["asks"])] == [5, 5]


def test_aggregated_and_single_trades_have_the_fields_of_the_exchange(client: Client) -> None:
    query = {"symbol": "ETHUSDT", "limit": 1000}
    aggregated = client.get("/api/v3/aggTrades", params=query).json()
    single = client.get("/api/v3/trades", params=query).json()
    assert len(aggregated) == len(single) == 1000
    assert set(aggregated[0]) == set("apqflTmM")
    assert set(single[0]) == {
        "id", "price", "qty", "quoteQty", "time", "isBuyerMaker", "isBestMatch",
    }  # fmt: skip
    assert single[-1]["id"] == aggregated[-1]["l"]
    assert single[-1]["price"] == aggregated[-1]["p"]


def test_weights_of_trades_and_books(client: Client) -> None:
    used = [
        int(client.get(path, params={"symbol": "ETHUSDT"}).headers["X-MBX-USED-WEIGHT-1M"])
        for path in ("/api/v3/aggTrades", "/api/v3/trades", "/api/v3/depth")
    ]
    assert used == [4, 29, 34]
    used_after = client.get("/api/v3/ticker/bookTicker").headers["X-MBX-USED-WEIGHT-1M"]
    assert int(used_after) == 38


def test_exchange_info_names_the_recorded_increments(client: Client) -> None:
    info = client.get("/api/v3/exchangeInfo", params={"symbol": "ETHUSDT"}).json()
    (symbol,) = info["symbols"]
    filters = {one["filterType"]: one for one in symbol["filters"]}
    assert (symbol["baseAsset"], symbol["quoteAsset"]) == ("ETH", "USDT")
    assert filters["PRICE_FILTER"]["tickSize"] == "0.01000000"
    assert info["rateLimits"][0]["limit"] == 6000


def test_weights_are_told_and_their_excess_is_refused(client: Client) -> None:
    used = [
        int(client.get(f"/api/v3/{path}").headers["X-MBX-USED-WEIGHT-1M"])
        for path in ("ping", "exchangeInfo", "ticker/24hr", "ticker/price")
    ]
    assert used == [1, 21, 101, 105]
    statuses = []
    while 418 not in statuses:
        answer = client.get("/api/v3/ticker/24hr")
        statuses.append(answer.status_code)
    assert set(statuses) == {200, 429, 418}
    assert int(answer.headers["Retry-After"]) == 120
    assert answer.json()["code"] == -1003


def test_the_feed_tells_what_it_is(client: Client) -> None:
    answer = client.get("/control/feed").json()
    assert answer["source"] == "replay:test"
    assert answer["nowMs"] == NOW_MS


def test_the_ledger_holds_every_candle_closed_since_the_start(client: Client) -> None:
    def opens(**query: str | int) -> list[int]:
        asked = {"symbol": "ETH/USDT", "timeframe": "1h", **query}
        return [row[0] for row in client.get("/control/ledger", params=asked).json()]

    hours = [START_MS + n * 3_600_000 for n in range(30)]
    assert opens() == hours
    assert opens(since=START_MS - 7_200_000)[:3] == [
        START_MS - 7_200_000,
        START_MS - 3_600_000,
        START_MS,
    ]
    assert opens(since=hours[3], until=hours[9], limit=5) == hours[3:8]
    assert opens(since=NOW_MS) == []


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({}, 400),
        ({"symbol": "ETHUSDT", "timeframe": "2h"}, 400),
        ({"symbol": "!", "timeframe": "1h"}, 400),
        ({"symbol": "BTCUSDT", "timeframe": "1h"}, 404),
        ({"symbol": "ETHUSDT", "timeframe": "1h", "since": "-1"}, 400),
        ({"symbol": "ETHUSDT", "timeframe": "1h", "until": str(2**70)}, 400),
    ],
)
def test_the_ledger_refuses_what_it_does_not_have(
    client: Client, query: dict[str, str], status: int
) -> None:
    assert client.get("/control/ledger", params=query).status_code == status


def test_the_control_surface_is_closed_to_other_machines(
    feed: Feed, clock_at: Callable[..., Clock]
) -> None:
    stranger = Client(
        simulator_app(feed, FaultDesk(clock_at(NOW_MS), feed.market.symbols)), ip="192.0.2.7"
    )
    assert stranger.get("/control/feed").status_code == 403
    assert stranger.get("/api/v3/ping").status_code == 200
