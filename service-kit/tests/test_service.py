from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from fastapi import FastAPI

from service_kit.envelope import success
from service_kit.errors import ConflictError, NotFoundError, StoreUnavailableError, UnavailableError
from service_kit.query_parameters import SymbolText, TimeframeParameter, TimestampParameter
from service_kit.service import create_service
from trading_core.symbol import Symbol


@asynccontextmanager
async def no_lifespan(_app: FastAPI) -> AsyncIterator[None]:
    yield


ERRORS = {
    "missing": NotFoundError("no such candle"),
    "conflict": ConflictError("already running"),
    "away": UnavailableError("market-service cannot be reached"),
    "database": StoreUnavailableError("the database cannot be reached"),
    "bug": RuntimeError("the secret detail"),
}


@pytest.fixture
def app() -> FastAPI:
    app = create_service("some-service", lifespan=no_lifespan)

    @app.get("/candles")
    async def candles(
        symbol: SymbolText, timeframe: TimeframeParameter, since: TimestampParameter = None
    ) -> object:
        data = {"symbol": Symbol.parse(symbol).slashed, "timeframe": timeframe, "since": since}
        return success(data, message="here they are")

    @app.get("/fail/{kind}")
    async def fail(kind: str) -> None:
        raise ERRORS[kind]

    return app


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://service") as client:
        yield client


async def test_an_answer_wears_the_envelope(client: httpx.AsyncClient) -> None:
    answer = await client.get("/candles?symbol=ETHUSDT&timeframe=1h&since=5")
    assert answer.json() == {
        "success": True,
        "data": {"symbol": "ETH/USDT", "timeframe": "1h", "since": 5},
        "message": "here they are",
    }


@pytest.mark.parametrize(
    "query",
    [
        "symbol=ETH-USDT&timeframe=1h",
        "symbol=%00&timeframe=1h",
        "symbol=ETHUSDT&timeframe=2h",
        "symbol=ETHUSDT&timeframe=1H",
        "symbol=ETHUSDT&timeframe=1h&since=-1",
        "symbol=ETHUSDT&timeframe=1h&since=99999999999999999999",
        "symbol=ETHUSDT&timeframe=1h&since=soon",
        "timeframe=1h",
    ],
)
async def test_a_bad_parameter_is_a_400_that_names_it(
    client: httpx.AsyncClient, query: str
) -> None:
    answer = await client.get(f"/candles?{query}")
    error = answer.json()["error"]
    assert (answer.status_code, answer.json()["success"]) == (400, False)
    assert error["type"] == "validation_error"
    assert error["details"][0]["field"] in {"symbol", "timeframe", "since"}
    assert error["requestId"] == answer.headers["x-request-id"]


@pytest.mark.parametrize(
    ("kind", "status", "type_"),
    [
        ("missing", 404, "not_found"),
        ("conflict", 409, "conflict"),
        ("away", 503, "unavailable"),
        ("database", 503, "unavailable"),
        ("bug", 500, "internal_error"),
    ],
)
async def test_every_error_has_its_status_and_the_envelope(
    client: httpx.AsyncClient, kind: str, status: int, type_: str
) -> None:
    answer = await client.get(f"/fail/{kind}")
    assert answer.status_code == status
    assert answer.json()["error"]["type"] == type_
    assert answer.json()["error"]["requestId"] == answer.headers["x-request-id"]
    assert "secret" not in answer.text


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/x", 404), ("PUT", "/livez", 405)])
async def test_an_unknown_route_or_method_wears_the_envelope_too(
    client: httpx.AsyncClient, method: str, path: str, status: int
) -> None:
    answer = await client.request(method, path)
    assert answer.status_code == status
    assert answer.json()["success"] is False


async def test_a_callers_request_id_is_kept_and_a_wild_one_replaced(
    client: httpx.AsyncClient,
) -> None:
    kept = await client.get("/livez", headers={"x-request-id": "abcd-1234"})
    replaced = await client.get("/livez", headers={"x-request-id": "<script>alert</script>"})
    assert kept.headers["x-request-id"] == "abcd-1234"
    assert "script" not in replaced.headers["x-request-id"]


async def test_liveness_does_not_look_at_what_readiness_needs(
    app: FastAPI, client: httpx.AsyncClient
) -> None:
    async def broken() -> str | None:
        raise OSError("connection refused")

    async def away() -> str | None:
        raise UnavailableError("it cannot be reached")

    async def fine() -> str | None:
        return None

    app.state.readiness.update(database=broken, sibling=away, redis=fine)
    assert (await client.get("/livez")).status_code == 200
    answer = await client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["checks"] == {
        "database": "OSError: connection refused",
        "sibling": "it cannot be reached",
        "redis": "ok",
    }
    assert answer.json()["version"] == app.version


async def test_metrics_count_by_the_routes_template(client: httpx.AsyncClient) -> None:
    await client.get("/fail/missing")
    await client.get("/nowhere/at/all")
    text = (await client.get("/metrics")).text
    assert 'http_requests_total{method="GET",route="/fail/{kind}",status="404"} 1.0' in text
    assert 'route="unmatched"' in text
    assert "nowhere" not in text
