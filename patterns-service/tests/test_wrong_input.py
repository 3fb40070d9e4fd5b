"""Nonsense is refused before anything is looked up: there is no server behind these routes."""

from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI
from pydantic import SecretStr

from patterns_service.app import build_app
from patterns_service.settings import PatternsSettings

NOBODY = PatternsSettings(
    database_url=SecretStr("postgresql+asyncpg://nobody@127.0.0.1:1/none"),
    redis_url=SecretStr("redis://127.0.0.1:1/0"),
)
DETECT = "/api/patterns/detect"
RECENT = "/api/patterns/recent"
BAR = {"symbol": "ETHUSDT", "timeframe": "5m", "timestamp": "300000"}
MARKETS = [
    ({"symbol": "nonsense"}, 400),
    ({"symbol": ""}, 400),
    ({"symbol": "ETH\0USDT"}, 400),
    ({"symbol": "A" * 60_000}, 400),
    ({"symbol": "BTC/USDT"}, 404),
    ({"timeframe": "2m"}, 400),
    ({"timeframe": "NaN"}, 400),
]


@pytest.fixture(scope="module")
def app() -> FastAPI:
    return build_app(NOBODY)


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://patterns") as client:
        yield client


def assert_refused(answer: httpx.Response, status: int) -> None:
    assert (answer.status_code, answer.json()["success"]) == (status, False)
    assert 0 < len(answer.json()["error"]["message"]) <= 500


@pytest.mark.parametrize(("query", "status"), MARKETS)
@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", DETECT), ("GET", RECENT), ("POST", "/closed-bar")],
)
async def test_a_market_that_is_none_or_not_watched(
    client: httpx.AsyncClient, method: str, path: str, query: dict[str, str], status: int
) -> None:
    usual = BAR if path == "/closed-bar" else {}
    assert_refused(await client.request(method, path, params=usual | query), status)


@pytest.mark.parametrize("text", ["NaN", "1", "-3600000", str(2**63), "\0", "1e3", ""])
async def test_a_time_at_which_no_bar_opens(client: httpx.AsyncClient, text: str) -> None:
    assert_refused(await client.post("/closed-bar", params=BAR | {"timestamp": text}), 400)


@pytest.mark.parametrize(
    "query",
    [
        {"limit": "0"},
        {"limit": "5001"},
        {"limit": "NaN"},
        {"since": "-1"},
        {"since": str(2**63)},
        {"since": "5", "until": "5"},
        {"since": str(2**53)},
        {"until": "0"},
        {"until": "now"},
    ],
)
async def test_a_range_that_is_none(client: httpx.AsyncClient, query: dict[str, str]) -> None:
    assert_refused(await client.get(RECENT, params=query), 400)


@pytest.mark.parametrize("text", ["0", "101", "-1", "NaN", ""])
async def test_bars_to_look_back_over_are_1_to_100(client: httpx.AsyncClient, text: str) -> None:
    assert_refused(await client.post("/closed-bar", params=BAR | {"bars": text}), 400)


@pytest.mark.parametrize("left_out", list(BAR))
async def test_a_closed_bar_needs_all_of_its_name(client: httpx.AsyncClient, left_out: str) -> None:
    query = {name: value for name, value in BAR.items() if name != left_out}
    assert_refused(await client.post("/closed-bar", params=query), 400)


@pytest.mark.integration
async def test_a_database_that_is_away_is_said_to_be(client: httpx.AsyncClient) -> None:
    assert_refused(await client.get(RECENT), 503)
    assert_refused(await client.post(DETECT), 503)
    assert_refused(await client.post("/closed-bar", params=BAR), 503)
