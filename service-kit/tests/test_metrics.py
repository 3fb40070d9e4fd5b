from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from fastapi import FastAPI
from starlette.responses import PlainTextResponse

from service_kit.service import create_service


@asynccontextmanager
async def no_lifespan(_app: FastAPI) -> AsyncIterator[None]:
    yield


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    app = create_service("some-service", lifespan=no_lifespan, version="1.2.3")
    app.mount("/mounted", PlainTextResponse("here"))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://service") as client:
        yield client


async def metrics(client: httpx.AsyncClient) -> str:
    return (await client.get("/metrics")).text


async def test_a_method_that_a_caller_made_up_is_no_label(client: httpx.AsyncClient) -> None:
    for number in range(3):
        await client.request(f"MADE{number}UP", "/livez")
    text = await metrics(client)
    assert 'http_requests_total{method="other",route="/livez",status="405"} 3.0' in text
    assert "MADE" not in text


async def test_what_is_mounted_is_one_route(client: httpx.AsyncClient) -> None:
    for path in ("/mounted/a", "/mounted/b"):
        await client.get(path)
    text = await metrics(client)
    assert 'http_requests_total{method="GET",route="/mounted",status="200"} 2.0' in text


async def test_a_service_says_which_it_is_and_what_its_process_uses(
    client: httpx.AsyncClient,
) -> None:
    text = await metrics(client)
    assert 'service_info{service="some-service",version="1.2.3"} 1.0' in text
    assert "process_resident_memory_bytes" in text
    assert "process_open_fds" in text


async def test_when_a_counter_began_is_no_series_of_its_own(client: httpx.AsyncClient) -> None:
    await client.get("/livez")
    assert "_created" not in await metrics(client)
