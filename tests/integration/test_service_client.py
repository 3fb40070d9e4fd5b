"""The HTTP client for siblings, against a real server on a real socket."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from aiohttp import web
from prometheus_client import CollectorRegistry
from pydantic import BaseModel

from eth_cli.free_port import free_port
from service_kit.errors import BadRequestError, NotFoundError, UnavailableError
from service_kit.service_client import ServiceClient
from service_kit.sibling_metrics import SiblingMetrics

pytestmark = pytest.mark.integration


class Price(BaseModel):
    price: float


class Sibling:
    """Answers `responses` in turn, the last one for ever."""

    def __init__(self) -> None:
        self.responses: list[Callable[[], Awaitable[web.Response]]] = []
        self.requests: list[web.Request] = []

    async def answer(self, request: web.Request) -> web.Response:
        self.requests.append(request)
        number = min(len(self.requests), len(self.responses)) - 1
        return await self.responses[number]()


def replies(status: int, body: str) -> Callable[[], Awaitable[web.Response]]:
    async def reply() -> web.Response:
        return web.Response(status=status, text=body, content_type="application/json")

    return reply


GOOD = replies(200, '{"success": true, "data": {"price": 3.5}}')
DOWN = replies(503, '{"success": false, "error": {"message": "starting", "type": "unavailable"}}')


@pytest.fixture
async def sibling() -> AsyncIterator[tuple[Sibling, ServiceClient]]:
    port, sibling = free_port(), Sibling()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", sibling.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    async with ServiceClient(f"http://127.0.0.1:{port}", "market-service") as client:
        yield sibling, client
    await runner.cleanup()


class Measured:
    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.meter = SiblingMetrics(self.registry).of("market-service")

    def outcomes(self) -> dict[str, float]:
        """Those that happened."""
        (family,) = (one for one in self.registry.collect() if one.name == "sibling_requests")
        return {one.labels["outcome"]: one.value for one in family.samples if one.value}


async def test_data_comes_typed_out_of_the_envelope(
    sibling: tuple[Sibling, ServiceClient],
) -> None:
    server, client = sibling
    server.responses = [GOOD]
    assert await client.get("/price", Price, {"symbol": "ETHUSDT"}) == Price(price=3.5)
    assert server.requests[0].query["symbol"] == "ETHUSDT"


async def test_a_get_is_tried_again_and_a_post_is_not(
    sibling: tuple[Sibling, ServiceClient],
) -> None:
    server, client = sibling
    server.responses = [DOWN, GOOD]
    assert (await client.get("/price", Price)).price == 3.5
    server.requests.clear()
    server.responses = [DOWN]
    with pytest.raises(UnavailableError, match="starting"):
        await client.post("/collect", Price)
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("status", "error"), [(400, BadRequestError), (404, NotFoundError), (500, UnavailableError)]
)
async def test_a_siblings_refusal_stays_the_same_refusal(
    sibling: tuple[Sibling, ServiceClient], status: int, error: type[Exception]
) -> None:
    server, client = sibling
    server.responses = [
        replies(status, '{"success": false, "error": {"message": "because", "type": "x"}}')
    ]
    with pytest.raises(error, match="because"):
        await client.get("/price", Price)


@pytest.mark.parametrize("body", ["<html>", "{}", '{"success": true, "data": {"price": "x"}}'])
async def test_an_unreadable_answer_counts_as_unavailable(
    sibling: tuple[Sibling, ServiceClient], body: str
) -> None:
    server, client = sibling
    server.responses = [replies(200, body)]
    with pytest.raises(UnavailableError, match="unreadably"):
        await client.get("/price", Price)


async def test_every_attempt_is_counted_by_what_came_of_it(
    sibling: tuple[Sibling, ServiceClient],
) -> None:
    server, client = sibling
    server.responses, measured = [DOWN, GOOD], Measured()
    async with ServiceClient(client._base_url, "market", meter=measured.meter) as counted:
        await counted.get("/price", Price)
    assert measured.outcomes() == {"5xx": 1, "2xx": 1}


async def test_a_sibling_that_is_away_or_hangs_is_counted_as_that(
    sibling: tuple[Sibling, ServiceClient],
) -> None:
    async def hang() -> web.Response:
        await asyncio.sleep(5)
        raise AssertionError("nobody waits this long")

    server, client = sibling
    server.responses, measured = [hang], Measured()
    nowhere = f"http://127.0.0.1:{free_port()}"
    for url in (nowhere, client._base_url):
        short = ServiceClient(url, "market", timeout_seconds=0.2, meter=measured.meter)
        async with short:
            with pytest.raises(UnavailableError):
                await short.post("/collect", Price)
    assert measured.outcomes() == {"down": 1, "timeout": 1}


async def test_a_sibling_that_is_not_there_is_named() -> None:
    async with ServiceClient(f"http://127.0.0.1:{free_port()}", "market-service") as client:
        with pytest.raises(UnavailableError, match="market-service cannot be reached"):
            await client.get("/price", Price)


async def test_a_sibling_that_hangs_is_given_up(sibling: tuple[Sibling, ServiceClient]) -> None:
    server, client = sibling

    async def hang() -> web.Response:
        await asyncio.sleep(5)
        raise AssertionError("nobody waits this long")

    server.responses = [hang]
    quick = ServiceClient(client._base_url, "market-service", timeout_seconds=0.2)
    async with quick:
        with pytest.raises(UnavailableError):
            await quick.post("/collect", Price)
