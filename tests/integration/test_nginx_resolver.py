"""A gateway that is made anew has another address: Nginx finds it by its name."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest

from eth_cli.free_port import free_port
from eth_cli.nginx_server import Front
from running_nginx import running_nginx
from stub_sibling import StubSibling, json_answer, stub_sibling
from tiny_name_server import TinyNameServer, tiny_name_server

pytestmark = pytest.mark.integration

PATH = "/api/status"
FIRST, SECOND = "127.0.0.3", "127.0.0.4"
PATIENCE_SECONDS = 30


@asynccontextmanager
async def nginx_that_asks(names: TinyNameServer, port: int) -> AsyncIterator[httpx.AsyncClient]:
    """It asks again every second, so that the test is quick."""
    front = Front(f"gateway.test:{port}", resolver=f"127.0.0.1:{names.port} valid=1s")
    with running_nginx(front) as nginx:
        async with httpx.AsyncClient(base_url=nginx.url) as client:
            yield client


@asynccontextmanager
async def gateway_at(host: str, port: int) -> AsyncIterator[StubSibling]:
    async with stub_sibling(port, host) as gateway:
        gateway.answers[PATH] = json_answer(f'"{host}"')
        yield gateway


async def answer_of(client: httpx.AsyncClient, host: str) -> None:
    """Wait until it is this one that answers; until then the envelope says that nobody does."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while (answer := await client.get(PATH)).status_code != 200:
            assert (answer.status_code, answer.json()["success"]) == (502, False)
            await asyncio.sleep(0.05)
    assert answer.json() == host


async def test_a_gateway_that_moved_is_found_again() -> None:
    port = free_port()
    async with tiny_name_server(FIRST) as names, nginx_that_asks(names, port) as client:
        async with gateway_at(FIRST, port):
            await answer_of(client, FIRST)
        assert (await client.get(PATH)).status_code == 502
        names.addresses = (SECOND,)
        async with gateway_at(SECOND, port):
            await answer_of(client, SECOND)


async def test_nginx_starts_before_the_gateway_has_a_name() -> None:
    port = free_port()
    async with tiny_name_server() as names, nginx_that_asks(names, port) as client:
        assert (await client.get("/")).status_code == 200
        assert (await client.get(PATH)).status_code == 502
        async with gateway_at(FIRST, port):
            names.addresses = (FIRST,)
            await answer_of(client, FIRST)


async def test_of_several_gateways_one_that_died_is_nobodys_loss() -> None:
    port = free_port()
    async with (
        tiny_name_server(FIRST, SECOND) as names,
        nginx_that_asks(names, port) as client,
        gateway_at(SECOND, port),
    ):
        async with gateway_at(FIRST, port) as first:
            while not first.received:
                assert (await client.get(PATH)).status_code == 200
        for method in ("GET", "POST") * 10:
            answer = await client.request(method, PATH)
            assert (answer.status_code, answer.json()) == (200, SECOND)
