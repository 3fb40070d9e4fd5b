"""The gateway as a process before strangers: whom it believes, and what it asks the token for."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from eth_cli.free_port import free_port
from eth_cli.valkey_server import ValkeyServer
from raw_request import raw_status
from service_process import ServiceProcess, running_service
from stub_sibling import StubSibling, json_answer, stub_sibling

pytestmark = pytest.mark.integration

TOKEN = "a-token-of-the-operators"
ANSWER = '{"success":true,"data":{}}'
SIBLINGS = ("MARKET", "ANALYSIS", "PATTERNS", "SIGNALS", "ML")
TRUSTED, TRUSTED_BLOCK, STRANGER = "127.0.0.1", "127.0.0.9", "127.0.0.2"


@pytest.fixture(scope="module")
def sibling_port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def gateway(
    sibling_port: int,
    valkey: ValkeyServer,
    module_database_url: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[ServiceProcess]:
    """It has its token of a file, and every sibling is the same stub."""
    secrets = tmp_path_factory.mktemp("secrets")
    (secrets / "admin_token").write_text(f"{TOKEN}\n")
    settings = {
        "REDIS_URL": valkey.redis_url,
        "DATABASE_URL": module_database_url,
        "SECRETS_DIR": str(secrets),
        "REQUIRE_ADMIN_TOKEN": "true",
        "TRUSTED_PROXIES": f"{TRUSTED}, 127.0.0.8/29",
        **{f"{name}_SERVICE_URL": f"http://127.0.0.1:{sibling_port}" for name in SIBLINGS},
    }
    with running_service("api_gateway", settings, tmp_path_factory.mktemp("gateway")) as service:
        yield service


@pytest.fixture
async def sibling(sibling_port: int) -> AsyncIterator[StubSibling]:
    async with stub_sibling(sibling_port) as sibling:
        for path in ("/api/market/price", "/api/market/fetch", "/train"):
            sibling.answers[path] = json_answer(ANSWER)
        yield sibling


def client_from(address: str, gateway: ServiceProcess) -> httpx.AsyncClient:
    transport = httpx.AsyncHTTPTransport(local_address=address)
    return httpx.AsyncClient(base_url=gateway.url, transport=transport)


@pytest.mark.parametrize(
    ("peer", "said", "known"),
    [
        (TRUSTED, "10.0.0.7", "10.0.0.7"),
        (TRUSTED, "6.6.6.6, 10.0.0.7", "10.0.0.7"),
        (TRUSTED, "10.0.0.7, 127.0.0.9", "10.0.0.7"),
        (TRUSTED_BLOCK, "2001:db8::7", "2001:db8::7"),
        (STRANGER, "10.0.0.7", STRANGER),
        (STRANGER, "127.0.0.1", STRANGER),
    ],
)
async def test_only_a_trusted_proxy_is_believed_about_its_client(
    gateway: ServiceProcess, sibling: StubSibling, peer: str, said: str, known: str
) -> None:
    claims = {"X-Real-IP": "6.6.6.6", "Forwarded": "for=6.6.6.6", "X-Forwarded-Host": "evil.com"}
    async with client_from(peer, gateway) as client:
        answer = await client.get(
            "/api/market/price",
            headers={"X-Forwarded-For": said, "X-Forwarded-Proto": "https"} | claims,
        )
    assert answer.status_code == 200
    headers = sibling.received[0].headers
    assert headers["x-forwarded-for"] == known
    assert [name for name in headers if "forwarded" in name or name == "x-real-ip"] == [
        "x-forwarded-for"
    ]


@pytest.mark.parametrize("path", ["/api/market/fetch", "/api/ml/train?async=true"])
async def test_the_token_opens_the_door_and_goes_no_further(
    gateway: ServiceProcess, sibling: StubSibling, path: str
) -> None:
    async with client_from(TRUSTED, gateway) as client:
        assert (await client.post(path)).status_code == 401
        wrong = await client.post(path, headers={"Authorization": "Bearer wrong-token"})
        assert wrong.status_code == 401
        assert sibling.received == []
        answer = await client.post(path, headers={"Authorization": f"Bearer {TOKEN}"})
    assert (answer.status_code, answer.text) == (200, ANSWER)
    assert [one.headers.get("authorization") for one in sibling.received] == [None]
    log = gateway.log.read_text()
    assert TOKEN not in log
    assert "wrong-token" not in log


@pytest.mark.parametrize(
    "target",
    [
        "/api/market/fetch/",
        "/api/market//fetch",
        "//api/market/fetch",
        "/api/./market/fetch",
        "/api/ml/predict/../../market/fetch",
        "/api/ml/predict/..%2ftrain",
        "/%61pi/market/fetch",
        "/api/market/%66etch",
        "/api/market/fetch%00",
        "/API/market/fetch",
        "/api/market/fetch;x",
        "/api/market/fetch?/api/ml/predict",
        "/api/market/fetch#/api/ml/predict",
        "/socket.io/../api/market/fetch",
        "/socket.io/%2e%2e/api/market/fetch",
        "http://localhost/api/market/fetch",
        "http://localhost/api/ml/train",
    ],
)
async def test_no_spelling_of_a_path_slips_by_the_token(
    gateway: ServiceProcess, sibling: StubSibling, target: str
) -> None:
    status = await asyncio.to_thread(raw_status, gateway.url, f"POST {target} HTTP/1.1")
    assert status in {400, 401, 404}
    assert sibling.received == []


def test_a_door_without_a_key_does_not_start() -> None:
    settings = {
        "DATABASE_URL": "postgresql+asyncpg://nobody@127.0.0.1:1/none",
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "REQUIRE_ADMIN_TOKEN": "true",
    }
    ended = subprocess.run(
        [sys.executable, "-m", "api_gateway"],
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert ended.returncode == 2
    assert len(ended.stderr.splitlines()) == 1
    assert "REQUIRE_ADMIN_TOKEN needs ADMIN_TOKEN" in ended.stderr
