"""Nonsense is refused before anything is looked up: there is no server behind these routes."""

from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI

from signals_service.app import build_app
from signals_service.settings import SignalsSettings
from wrong_input import NO_DATABASE, NO_REDIS, WRONG_MARKETS, assert_refused, without_servers

PERFORMANCE = "/api/signals/performance"
BREAKDOWN = "/api/signals/performance/breakdown"
MAPS = "/api/signals/confidence-maps"
SOME_ID = "5aa5fdc4-8ecf-54dd-8ca0-f4b4ae0d9a9c"


@pytest.fixture(scope="module")
def app() -> FastAPI:
    return build_app(SignalsSettings(database_url=NO_DATABASE, redis_url=NO_REDIS))


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with without_servers(app) as client:
        yield client


@pytest.mark.parametrize(("query", "status"), WRONG_MARKETS)
@pytest.mark.parametrize("path", [PERFORMANCE, BREAKDOWN])
async def test_a_market_that_is_none_or_not_watched(
    client: httpx.AsyncClient, path: str, query: dict[str, str], status: int
) -> None:
    assert_refused(await client.get(path, params=query), status)


@pytest.mark.parametrize("text", ["NaN", "-1", str(2**63), "\0", "1e3", "", "yesterday"])
@pytest.mark.parametrize("path", [PERFORMANCE, BREAKDOWN])
async def test_a_time_that_is_none(client: httpx.AsyncClient, path: str, text: str) -> None:
    assert_refused(await client.get(path, params={"since": text}), 400)


@pytest.mark.parametrize("text", ["late", "preview", "LIVE", "", "\0"])
async def test_an_origin_that_has_no_scorecard(client: httpx.AsyncClient, text: str) -> None:
    assert_refused(await client.get(BREAKDOWN, params={"origin": text}), 400)


@pytest.mark.parametrize("text", ["", "\0", "716C70326D5D", "a b", "a\n", "a" * 65, "716c'--"])
async def test_an_engine_that_cannot_be_one(client: httpx.AsyncClient, text: str) -> None:
    assert_refused(await client.get(BREAKDOWN, params={"engineVersion": text}), 400)


@pytest.mark.parametrize("text", ["no-uuid", "0", "%00", SOME_ID[:-1]])
async def test_a_confidence_map_without_a_proper_id(client: httpx.AsyncClient, text: str) -> None:
    assert_refused(await client.get(f"{MAPS}/{text}"), 400)


@pytest.mark.integration
async def test_a_database_that_is_away_is_said_to_be(client: httpx.AsyncClient) -> None:
    for path in (PERFORMANCE, BREAKDOWN, f"{MAPS}/{SOME_ID}"):
        assert_refused(await client.get(path), 503)
