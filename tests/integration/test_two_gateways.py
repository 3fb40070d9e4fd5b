"""Two gateways at once behind the platform's Nginx: sockets that poll, and a rolling restart."""

import asyncio
import json
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from aiohttp import web

from api_gateway.session_route import session_route
from follower_connections import lean, polling, usual
from gateway_replicas import ADDRESSES, GatewayReplicas, gateway_replicas, nginx_before
from restarting_gateway import RestartingGateway, growing_log
from room_followers import RoomFollowers
from running_nginx import RunningNginx
from stub_sibling import StubSibling, stub_sibling

pytestmark = pytest.mark.integration

OPEN = "/socket.io/?EIO=4&transport=polling"
SLOW_SECONDS = 0.4
PAUSE_SECONDS = 0.05
"""Between one answer and the next question of one caller."""
PATIENCE_SECONDS = 30
IN_A_ROW = 20
"""Requests that one gateway alone answered: Nginx takes turns, so the other is no choice of it."""


async def slow_answer(_request: web.Request) -> web.Response:
    """So that some are on their way whenever a gateway is told to stop."""
    await asyncio.sleep(SLOW_SECONDS)
    return web.json_response({"success": True})


@pytest.fixture
async def market() -> AsyncIterator[StubSibling]:
    async with stub_sibling() as sibling:
        sibling.answers["/api/market/price"] = slow_answer
        sibling.answers["/api/market/fetch"] = slow_answer
        yield sibling


@pytest.fixture
def settings(database_url: str, redis_url: str, market: StubSibling) -> dict[str, str]:
    return {
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "MARKET_SERVICE_URL": market.url,
    }


async def open_session(client: httpx.AsyncClient) -> str:
    answer = (await client.get(OPEN)).raise_for_status()
    return str(json.loads(answer.text.removeprefix("0"))["sid"])


async def session_statuses(doors: list[httpx.AsyncClient]) -> tuple[str, list[int]]:
    """Enter, and hear the greeting, each request through another Nginx, without a cookie."""
    sid = await open_session(doors[0])
    path = f"{OPEN}&sid={sid}"
    entered = await doors[1].post(path, content="40")
    heard = [await door.get(path) for door in doors]
    return sid, [entered.status_code, *(one.status_code for one in heard)]


@asynccontextmanager
async def two_doors(replicas: GatewayReplicas) -> AsyncIterator[list[httpx.AsyncClient]]:
    """Two Nginx, as there are two pods of the frontend."""
    async with (
        nginx_before(replicas) as first,
        nginx_before(replicas) as second,
        httpx.AsyncClient(base_url=first.url, cookies=None) as one,
        httpx.AsyncClient(base_url=second.url, cookies=None) as other,
    ):
        await seen_by(first, one, set(ADDRESSES))
        await seen_by(second, other, set(ADDRESSES))
        yield [one, other]


async def seen_by(nginx: RunningNginx, client: httpx.AsyncClient, wanted: set[str]) -> None:
    """Return when Nginx passes requests on to these gateways and to no others."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            before = len(nginx.accesses.read_text().splitlines())
            for _ in range(IN_A_ROW):
                await client.get("/health")
            lines = nginx.accesses.read_text().splitlines()[before:]
            asked = (json.loads(line) for line in lines)
            health = [one for one in asked if one["target"] == "/health"]
            found = {one["gateway"].rpartition(":")[0] for one in health if one["status"] == 200}
            if found == wanted and all(one["status"] == 200 for one in health):
                return


async def test_a_client_that_polls_finds_its_gateway_through_whichever_nginx(
    settings: dict[str, str], tmp_path: Path
) -> None:
    async with gateway_replicas(settings, tmp_path) as replicas, two_doors(replicas) as doors:
        sessions = [await session_statuses(doors) for _ in range(12)]
        routes = {session_route(f"{address}:{replicas.port}") for address in ADDRESSES}
        assert {sid[:33] for sid, _ in sessions} == routes
        assert Counter(status for _, statuses in sessions for status in statuses) == {200: 36}


async def test_without_its_address_a_gateway_is_not_found_again(
    settings: dict[str, str], tmp_path: Path
) -> None:
    """What the test before would say if ids did not lead back."""
    alone = gateway_replicas(settings, tmp_path, is_told_its_address=False)
    async with alone as replicas, two_doors(replicas) as doors:
        sid = await open_session(doors[0])
        entered = [await doors[0].post(f"{OPEN}&sid={sid}", content="40") for _ in range(2)]
        assert {one.status_code for one in entered} == {200, 400}


@dataclass
class Callers:
    """People who ask all the time, and count what they are answered."""

    client: httpx.AsyncClient
    requests: list[tuple[str, str]]
    answers: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By method and path, and the status or what went wrong."""

    @asynccontextmanager
    async def asking(self, each: int = 4) -> AsyncIterator[None]:
        ended = asyncio.Event()
        tasks = [
            asyncio.create_task(self._ask(method, path, ended))
            for method, path in self.requests
            for _ in range(each)
        ]
        try:
            yield
        finally:
            ended.set()
            await asyncio.gather(*tasks)

    async def _ask(self, method: str, path: str, ended: asyncio.Event) -> None:
        while not ended.is_set():
            try:
                answer = await self.client.request(method, path)
                said = str(answer.status_code)
            except httpx.HTTPError as error:
                said = repr(error)
            self.answers[f"{method} {path}", said] += 1
            await asyncio.sleep(PAUSE_SECONDS)

    def failures(self) -> dict[tuple[str, str], int]:
        return {one: count for one, count in self.answers.items() if one[1] != "200"}


async def _replace(
    replicas: GatewayReplicas, nginx: RunningNginx, client: httpx.AsyncClient, address: str
) -> None:
    replicas.take_off(address)
    await seen_by(nginx, client, set(ADDRESSES) - {address})
    await replicas.stop(address)
    await replicas.start(address)
    await seen_by(nginx, client, set(ADDRESSES))


async def test_a_rolling_restart_drops_no_request_and_no_event(
    settings: dict[str, str], tmp_path: Path
) -> None:
    """As in the cluster: out of the name, time to hear of it, SIGTERM, another in its place."""
    log = RestartingGateway(settings["DATABASE_URL"], settings["REDIS_URL"], tmp_path)
    async with (
        gateway_replicas(settings, tmp_path) as replicas,
        nginx_before(replicas) as nginx,
        log.writer() as writer,
        httpx.AsyncClient(base_url=nginx.url, timeout=PATIENCE_SECONDS) as client,
    ):
        await seen_by(nginx, client, set(ADDRESSES))
        kinds = [polling] * 6 + [usual] * 4 + [lean] * 6
        chance = random.Random(7)  # noqa: S311 - a test's dice
        followers = RoomFollowers.of(nginx.url, kinds, chance)
        callers = Callers(
            client,
            [("GET", "/api/market/price"), ("POST", "/api/market/fetch"), ("GET", "/health")],
        )
        async with followers.following():
            async with growing_log(writer, 2.0), callers.asking():
                await followers.begun()
                for address in ADDRESSES:
                    await _replace(replicas, nginx, client, address)
            await followers.settle(writer.database)
    assert callers.failures() == {}
    assert min(callers.answers.values()) >= 10
    assert followers.faults() == []
    assert sum(one.resumed for one in followers.everybody) >= len(followers.everybody)


async def test_a_gateway_that_stops_unannounced_costs_no_reader_an_answer(
    settings: dict[str, str], tmp_path: Path
) -> None:
    """What it was asked is answered still; whoever comes after is passed on to the other."""
    async with (
        gateway_replicas(settings, tmp_path) as replicas,
        nginx_before(replicas) as nginx,
        httpx.AsyncClient(base_url=nginx.url, timeout=PATIENCE_SECONDS) as client,
    ):
        await seen_by(nginx, client, set(ADDRESSES))
        callers = Callers(client, [("GET", "/api/market/price"), ("GET", "/health")])
        async with callers.asking():
            await asyncio.sleep(SLOW_SECONDS)
            await replicas.stop(ADDRESSES[0])
            await asyncio.sleep(SLOW_SECONDS)
    assert callers.failures() == {}
    assert min(callers.answers.values()) >= 4
