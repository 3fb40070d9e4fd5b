"""The gateway's own routes and its door, over ASGI: without a socket, without a sibling."""

from collections.abc import AsyncIterator

import httpx
import pytest
from pydantic import SecretStr

from api_gateway.app import build_app
from api_gateway.settings import GatewaySettings


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    settings = GatewaySettings(
        redis_url=SecretStr("redis://127.0.0.1:1/0"),
        database_url=SecretStr("postgresql+asyncpg://nobody@127.0.0.1:1/none"),
    )
    transport = httpx.ASGITransport(build_app(settings))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:3001") as client:
        yield client


async def test_health_stands_bare(client: httpx.AsyncClient) -> None:
    body = (await client.get("/health")).json()
    assert body.keys() == {"status", "timestamp", "uptime"}
    assert body["status"] == "ok"


async def test_the_documentation_asks_no_other_host_for_anything(
    client: httpx.AsyncClient,
) -> None:
    page = await client.get("/docs")
    assert page.status_code == 200
    assert "://" not in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    for path in (
        "/docs/start.js",
        "/docs/assets/swagger-ui-bundle.js",
        "/docs/assets/swagger-ui.css",
    ):
        assert path in page.text or path == "/docs/start.js"
        assert (await client.get(path)).status_code == 200


@pytest.mark.parametrize(
    "path", ["/nothing", "/api/nothing", "/api/market/..%2fx", "/docs/assets/core.py"]
)
async def test_what_there_is_not_is_a_404_in_the_envelope(
    client: httpx.AsyncClient, path: str
) -> None:
    answer = await client.get(path)
    assert answer.status_code == 404
    assert answer.json()["success"] is False
    assert answer.json()["error"]["requestId"] == answer.headers["x-request-id"]


async def test_a_foreign_host_is_refused_in_the_envelope(client: httpx.AsyncClient) -> None:
    answer = await client.get("/health", headers={"Host": "evil.com"})
    assert (answer.status_code, answer.json()["error"]["type"]) == (400, "bad_request")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
async def test_a_foreign_page_may_change_nothing(client: httpx.AsyncClient, method: str) -> None:
    answer = await client.request(
        method, "/api/market/fetch", headers={"Origin": "http://evil.com"}
    )
    assert (answer.status_code, answer.json()["error"]["type"]) == (403, "forbidden")


async def test_only_trusted_pages_may_read_answers(client: httpx.AsyncClient) -> None:
    trusted = await client.get("/health", headers={"Origin": "http://localhost:3000"})
    assert trusted.headers["access-control-allow-origin"] == "http://localhost:3000"
    foreign = await client.get("/health", headers={"Origin": "http://evil.com"})
    assert "access-control-allow-origin" not in foreign.headers


async def test_a_foreign_page_may_not_even_poll_the_socket(client: httpx.AsyncClient) -> None:
    path = "/socket.io/?EIO=4&transport=polling"
    foreign = await client.get(path, headers={"Origin": "http://evil.com"})
    assert foreign.status_code == 403
    embedded = await client.get(path, headers={"Sec-Fetch-Site": "cross-site"})
    assert embedded.status_code == 403
    assert (await client.get(path)).status_code == 200


@pytest.mark.parametrize(
    ("body", "status"), [(b"zz", 400), (b"\xff", 400), (b"40\x1e9", 400), (b"4" * 70_000, 413)]
)
async def test_polled_packets_that_are_none_are_refused(
    client: httpx.AsyncClient, body: bytes, status: int
) -> None:
    answer = await client.post("/socket.io/?EIO=4&transport=polling&sid=x", content=body)
    assert answer.status_code == status
    assert answer.json()["success"] is False


async def test_a_body_that_announces_too_much_is_refused_unread(
    client: httpx.AsyncClient,
) -> None:
    answer = await client.post("/api/market/fetch", content=b"x" * (1024 * 1024 + 1))
    assert (answer.status_code, answer.json()["error"]["type"]) == (413, "too_large")


@pytest.mark.parametrize("method", ["HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
async def test_the_status_is_only_read(client: httpx.AsyncClient, method: str) -> None:
    answer = await client.request(method, "/api/status")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")
