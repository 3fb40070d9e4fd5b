"""The gateway as a process, passing requests on to a sibling on a real socket."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Iterator
from urllib.parse import urlsplit

import httpx
import pytest
from aiohttp import web
from pydantic import SecretStr

from api_gateway import forward_routes
from api_gateway.app import build_app
from api_gateway.settings import GatewaySettings
from eth_cli.free_port import free_port
from eth_cli.valkey_server import ValkeyServer
from raw_request import raw_status
from service_process import ServiceProcess, running_service
from stub_sibling import StubSibling, json_answer, stub_sibling

pytestmark = pytest.mark.integration

PRICE = '{"success":true,"data":{"price":1.5}}'
DOCUMENT = {
    "paths": {
        "/api/market/price": {"get": {"responses": {}}},
        "/collect": {"post": {}},
        "/predict": {"post": {}},
    },
    "components": {"schemas": {}},
}


@pytest.fixture(scope="module")
def market_port() -> int:
    """The one gateway of these tests knows one sibling, which each test starts anew."""
    return free_port()


@pytest.fixture(scope="module")
def gateway(
    market_port: int,
    valkey: ValkeyServer,
    module_database_url: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[ServiceProcess]:
    """Every sibling is the same stub."""
    url = f"http://127.0.0.1:{market_port}"
    siblings = ("MARKET", "ANALYSIS", "PATTERNS", "SIGNALS", "ML")
    settings = {
        "REDIS_URL": valkey.redis_url,
        "DATABASE_URL": module_database_url,
        **{f"{sibling}_SERVICE_URL": url for sibling in siblings},
    }
    with running_service("api_gateway", settings, tmp_path_factory.mktemp("gateway")) as service:
        yield service


@pytest.fixture
async def market(market_port: int) -> AsyncIterator[StubSibling]:
    async with stub_sibling(market_port) as sibling:
        sibling.answers["/api/market/price"] = json_answer(PRICE)
        sibling.answers["/livez"] = json_answer("{}")
        sibling.answers["/openapi.json"] = json_answer(json.dumps(DOCUMENT))
        yield sibling


@pytest.fixture
async def client(gateway: ServiceProcess) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=gateway.url, timeout=20) as client:
        yield client


async def test_a_request_and_its_answer_pass_through_unchanged(
    market: StubSibling, client: httpx.AsyncClient
) -> None:
    market.answers["/api/market/candles"] = json_answer(PRICE, headers={"ETag": '"v1"'})
    answer = await client.get(
        "/api/market/candles?symbol=ETH%2FUSDT&limit=5",
        headers={
            "X-Request-ID": "request-0001",
            "If-None-Match": '"v0"',
            "X-Forwarded-For": "10.0.0.7",
            "Connection": "close, X-Secret-Hop",
            "X-Secret-Hop": "1",
            "TE": "trailers",
        },
    )
    assert (answer.status_code, answer.text, answer.headers["etag"]) == (200, PRICE, '"v1"')
    assert answer.headers.get_list("x-request-id") == ["request-0001"]
    assert len(answer.headers.get_list("date")) == 1
    [received] = market.received
    assert received.target == "/api/market/candles?symbol=ETH%2FUSDT&limit=5"
    assert received.headers["x-request-id"] == "request-0001"
    assert received.headers["x-forwarded-for"] == "10.0.0.7"
    assert received.headers["if-none-match"] == '"v0"'
    assert received.headers["host"] == urlsplit(market.url).netloc
    assert not {"x-secret-hop", "te"} & received.headers.keys()


@pytest.mark.parametrize("status", [204, 304, 400, 405, 429, 503])
async def test_whatever_the_sibling_says_is_passed_on(
    market: StubSibling, client: httpx.AsyncClient, status: int
) -> None:
    body = "" if status in {204, 304} else '{"success":false}'
    market.answers["/api/market/price"] = json_answer(body, status, {"Allow": "GET"})
    answer = await client.delete("/api/market/price")
    assert (answer.status_code, answer.text) == (status, body)
    assert answer.headers["allow"] == "GET"


async def test_bodies_are_passed_on_up_to_a_megabyte(
    market: StubSibling, client: httpx.AsyncClient
) -> None:
    market.answers["/api/market/fetch"] = json_answer(PRICE)

    async def chunks(count: int) -> AsyncIterator[bytes]:
        for _ in range(count):
            yield b"x" * 1024

    whole = await client.post("/api/market/fetch", content=b"x" * 1024 * 1024)
    streamed = await client.post("/api/market/fetch", content=chunks(1024))
    assert (whole.status_code, streamed.status_code) == (200, 200)
    assert [len(one.body) for one in market.received] == [1024 * 1024] * 2
    announced = await client.post("/api/market/fetch", content=b"x" * (1024 * 1024 + 1))
    endless = await client.post("/api/market/fetch", content=chunks(1100))
    assert (announced.status_code, endless.status_code) == (413, 413)
    assert endless.json()["error"]["type"] == "too_large"


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("/api/signals/generate", "/api/signals/generate"),
        ("/api/analysis/calculate?timeframe=1h", "/api/analysis/calculate?timeframe=1h"),
        ("/api/patterns/detect", "/api/patterns/detect"),
        ("/api/ml/predict", "/predict"),
        ("/api/ml/train?async=true", "/train?async=true"),
    ],
)
async def test_a_posted_body_reaches_its_sibling_as_it_was_sent(
    market: StubSibling, client: httpx.AsyncClient, path: str, there: str
) -> None:
    body = '{"symbol":"ETH/USDT","timeframe":"1h"}'
    market.answers[there.partition("?")[0]] = json_answer('{"bare":true}', 202)
    answer = await client.post(path, content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.text) == (202, '{"bare":true}')
    [received] = market.received
    assert (received.method, received.target, received.body) == ("POST", there, body.encode())
    assert received.headers["content-type"] == "application/json"


async def test_what_is_internal_of_a_sibling_stays_so(
    market: StubSibling, client: httpx.AsyncClient
) -> None:
    for path in ("/api/ml/metrics", "/api/ml/readyz", "/api/ml/closed-bar", "/api/closed-bar"):
        assert (await client.post(path)).status_code == 404
    assert market.targets() == []


async def test_old_room_events_are_pruned_when_asked(client: httpx.AsyncClient) -> None:
    answer = await client.post("/room-events/prune")
    assert answer.json() == {"success": True, "data": {"pruned": 0}}
    assert "/room-events/prune" not in (await client.get("/openapi.json")).text


async def test_a_long_answer_is_streamed_while_it_is_made(
    market: StubSibling, client: httpx.AsyncClient
) -> None:
    seen = asyncio.Event()

    async def slowly(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(b"first ")
        await asyncio.wait_for(seen.wait(), 5)
        await response.write(b"second")
        return response

    market.answers["/api/market/candles"] = slowly
    parts = []
    async with client.stream("GET", "/api/market/candles") as answer:
        async for part in answer.aiter_raw():
            parts.append(part)
            seen.set()
    assert b"".join(parts) == b"first second"
    assert parts[0] == b"first "


async def test_an_answer_that_breaks_off_is_never_taken_for_a_whole_one(
    market: StubSibling, client: httpx.AsyncClient
) -> None:
    async def break_off(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": request.query["announced"]})
        await response.prepare(request)
        await response.write(b"half")
        assert request.transport is not None
        request.transport.close()
        return response

    market.answers["/api/market/candles"] = break_off
    small = await client.get("/api/market/candles?announced=100")
    assert small.status_code == 503
    with pytest.raises(httpx.RemoteProtocolError):
        await client.get("/api/market/candles?announced=1000000")


async def test_a_sibling_that_is_away_is_a_503_in_the_envelope(
    client: httpx.AsyncClient,
) -> None:
    answer = await client.get("/api/market/price")
    assert answer.status_code == 503
    assert answer.json()["error"]["message"] == "market-service cannot be reached"
    ready = await client.get("/readyz")
    assert (ready.status_code, ready.json()["checks"]["redis"]) == (503, "ok")
    assert (await client.get("/health")).status_code == 200


async def test_a_sibling_that_does_not_answer_is_a_504_in_the_envelope(
    market: StubSibling, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def never(_request: web.Request) -> web.Response:
        await asyncio.sleep(60)
        return web.Response()

    market.answers["/api/market/price"] = never
    monkeypatch.setattr(forward_routes, "ANSWER_SECONDS", 0.2)
    settings = GatewaySettings(
        redis_url=SecretStr("redis://127.0.0.1:1/0"),
        database_url=SecretStr("postgresql+asyncpg://nobody@127.0.0.1:1/none"),
        market_service_url=market.url,
    )
    app = build_app(settings)
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://localhost") as client,
    ):
        answer = await client.get("/api/market/price")
    assert (answer.status_code, answer.json()["error"]["type"]) == (504, "timeout")


@pytest.mark.parametrize(
    "target",
    [
        "/api/market/../../collect",
        "/api/market/..%2f..%2fcollect",
        "/api/market/%2e%2e/%2e%2e/collect",
        "/api/market/%252e%252e/%252e%252e/collect",
        "/api/market/..\\..\\collect",
        "//collect",
        "/api//collect",
        "/api/collect",
        "/collect",
    ],
)
async def test_no_spelling_of_a_path_reaches_internal_routes(
    market: StubSibling, gateway: ServiceProcess, target: str
) -> None:
    status = await asyncio.to_thread(raw_status, gateway.url, f"POST {target} HTTP/1.1")
    assert status in {400, 404}
    assert market.targets() == []


async def test_one_document_tells_of_all_public_routes_also_when_a_sibling_is_away(
    market: StubSibling, client: httpx.AsyncClient
) -> None:
    document = (await client.get("/openapi.json")).json()
    own = {"/api/status", "/api/status/ready", "/health"}
    assert document["paths"].keys() == {"/api/market/price", "/api/ml/predict"} | own
    market.answers["/openapi.json"] = json_answer("", status=500)
    assert (await client.get("/openapi.json")).json() == document


async def test_the_gateway_counts_what_it_passes_on(
    market: StubSibling, client: httpx.AsyncClient
) -> None:
    await client.get("/api/market/price")
    assert (await client.get("/readyz")).json()["ready"] is True
    metrics = (await client.get("/metrics")).text
    [counted] = re.findall(
        r'^forwarded_requests_total{outcome="2xx",sibling="market-service"} (.+)$',
        metrics,
        re.MULTILINE,
    )
    assert float(counted) >= 1
    assert market.targets()[0] == "/api/market/price"
