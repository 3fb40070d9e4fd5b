"""Nonsense is refused before anything is looked up: there is no server behind these routes."""

from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI

from analysis_service.app import build_app
from analysis_service.settings import AnalysisSettings
from wrong_input import (
    BAR,
    NO_DATABASE,
    NO_REDIS,
    WRONG_MARKETS,
    WRONG_TIMES,
    assert_refused,
    without_servers,
)

INDICATORS = "/api/analysis/indicators"
HISTORY = "/api/analysis/history"
CALCULATE = "/api/analysis/calculate"


@pytest.fixture(scope="module")
def app() -> FastAPI:
    return build_app(AnalysisSettings(database_url=NO_DATABASE, redis_url=NO_REDIS))


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with without_servers(app) as client:
        yield client


@pytest.mark.parametrize(("query", "status"), WRONG_MARKETS)
@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", INDICATORS), ("GET", HISTORY), ("POST", CALCULATE), ("POST", "/closed-bar")],
)
async def test_a_market_that_is_none_or_not_watched(
    client: httpx.AsyncClient, method: str, path: str, query: dict[str, str], status: int
) -> None:
    usual = BAR if path == "/closed-bar" else {}
    assert_refused(await client.request(method, path, params=usual | query), status)


@pytest.mark.parametrize("text", WRONG_TIMES)
async def test_a_time_at_which_no_bar_opens(client: httpx.AsyncClient, text: str) -> None:
    assert_refused(await client.get(INDICATORS, params={"timestamp": text}), 400)
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
        {"until": "now"},
    ],
)
async def test_a_page_that_is_none(client: httpx.AsyncClient, query: dict[str, str]) -> None:
    assert_refused(await client.get(HISTORY, params=query), 400)


@pytest.mark.parametrize("left_out", list(BAR))
async def test_a_closed_bar_needs_all_of_its_name(client: httpx.AsyncClient, left_out: str) -> None:
    query = {name: value for name, value in BAR.items() if name != left_out}
    assert_refused(await client.post("/closed-bar", params=query), 400)


@pytest.mark.integration
async def test_a_database_that_is_away_is_said_to_be(client: httpx.AsyncClient) -> None:
    for path in (INDICATORS, HISTORY):
        assert_refused(await client.get(path), 503)
    assert_refused(await client.post("/closed-bar", params=BAR), 503)
