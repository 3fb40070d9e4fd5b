"""The door of a platform that strangers reach, over ASGI: without a socket, without a sibling."""

from collections.abc import AsyncIterator

import httpx
import pytest
from pydantic import SecretStr

from api_gateway.app import build_app
from api_gateway.guard_token import REFUSAL, needs_token
from api_gateway.settings import GatewaySettings

TOKEN = "a-token-of-the-operators"
PAGE = "http://localhost:3000"
OPEN = [
    "/api/analysis/calculate",
    "/api/patterns/detect",
    "/api/signals/generate",
    "/api/ml/predict",
    "/api/ml/features/engineer",
]
CLOSED = [
    ("POST", "/api/market/fetch"),
    ("POST", "/api/signals/5f0c/replay"),
    ("POST", "/api/ml/train"),
    ("POST", "/api/ml/train/5f0c/cancel"),
    ("DELETE", "/api/ml/train/5f0c"),
    ("PUT", "/api/analysis/calculate"),
    ("POST", "/api/market/collect"),
    ("POST", "/api/some/new/route"),
    ("POST", "/collect"),
    ("FETCH", "/api/market/fetch"),
]
ODD_SPELLINGS = [
    "/api/market/fetch/",
    "/api//market/fetch",
    "//api/market/fetch",
    "/api/market/./fetch",
    "/api/signals/generate/../../market/fetch",
    "/api/market/%66etch",
    "/%61pi/market/fetch",
    "/api%2fmarket%2ffetch",
    "/API/market/fetch",
    "/api/market/FETCH",
    "/api/market/fetch;/api/ml/predict",
    "/socket.io",
    "/socket.iox/",
    "/api/ml/predict/../train",
    "/api/ml/predict%2f..%2ftrain",
]


looks_for_siblings = pytest.mark.integration
"""And finds none: what is past the door is told that nobody answers."""


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    """Whatever passes the door finds a sibling that is away: a 503."""
    nowhere = "http://127.0.0.1:1"
    settings = GatewaySettings(
        redis_url=SecretStr("redis://127.0.0.1:1/0"),
        database_url=SecretStr("postgresql+asyncpg://nobody@127.0.0.1:1/none"),
        market_service_url=nowhere,
        analysis_service_url=nowhere,
        patterns_service_url=nowhere,
        signals_service_url=nowhere,
        ml_service_url=nowhere,
        require_admin_token=True,
        admin_token=SecretStr(TOKEN),
    )
    app = build_app(settings)
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://localhost:3001") as client,
    ):
        yield client


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


@pytest.mark.parametrize(("method", "path"), CLOSED)
async def test_what_costs_or_changes_something_is_refused_without_the_token(
    client: httpx.AsyncClient, method: str, path: str
) -> None:
    answer = await client.request(method, path)
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    error = answer.json()["error"]
    assert (error["type"], error["message"]) == ("unauthorized", REFUSAL)
    assert error["requestId"] == answer.headers["x-request-id"]


@pytest.mark.parametrize("path", ODD_SPELLINGS)
def test_no_spelling_of_a_path_slips_by(path: str) -> None:
    assert needs_token("POST", path, "/socket.io")


@pytest.mark.parametrize(
    "headers",
    [
        [("Authorization", "Bearer wrong")],
        [("Authorization", "Bearer ")],
        [("Authorization", "Bearer")],
        [("Authorization", f"Basic {TOKEN}")],
        [("Authorization", TOKEN)],
        [("Authorization", f"Bearer {TOKEN}x")],
        [("Authorization", f"Bearer {TOKEN[:-1]}")],
        [("Authorization", f"Bearer {TOKEN}, {TOKEN}")],
        [("Authorization", b"Bearer \xff\xfe")],
        [("Authorization", f"Bearer {TOKEN}"), ("Authorization", "Bearer wrong")],
        [("Proxy-Authorization", f"Bearer {TOKEN}")],
    ],
)
async def test_what_is_not_the_token_is_refused_as_none_is(
    client: httpx.AsyncClient, headers: list[tuple[str, str]]
) -> None:
    assert (await client.post("/api/market/fetch", headers=headers)).status_code == 401


@looks_for_siblings
@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
async def test_the_token_lets_in(client: httpx.AsyncClient, scheme: str) -> None:
    headers = {"Authorization": f"{scheme} {TOKEN}"}
    for path in ("/api/market/fetch", "/api/ml/train"):
        assert (await client.post(path, headers=headers)).status_code == 503


@looks_for_siblings
@pytest.mark.parametrize("path", OPEN)
async def test_what_computes_one_answer_stays_open(client: httpx.AsyncClient, path: str) -> None:
    assert (await client.post(path)).status_code == 503


@looks_for_siblings
async def test_reading_and_sockets_stay_open(client: httpx.AsyncClient) -> None:
    assert (await client.get("/api/market/price")).status_code == 503
    assert (await client.get("/health")).status_code == 200
    handshake = await client.get("/socket.io/?EIO=4&transport=polling")
    assert handshake.status_code == 200
    polled = await client.post("/socket.io/?EIO=4&transport=polling&sid=x", content=b"zz")
    assert polled.status_code == 400


async def test_an_error_of_the_models_routes_has_its_sentence_in_detail(
    client: httpx.AsyncClient,
) -> None:
    assert (await client.post("/api/ml/train")).json()["detail"] == REFUSAL
    assert "detail" not in (await client.post("/api/market/fetch")).json()


async def test_refusals_are_counted(client: httpx.AsyncClient) -> None:
    await client.post("/api/ml/train")
    await client.post("/api/ml/train", headers=bearer("wrong"))
    await client.post("/api/ml/train", headers=bearer(TOKEN))
    line = 'refused_requests_total{reason="token"} 2.0'
    assert line in (await client.get("/metrics")).text


async def test_a_trusted_page_may_send_the_token_and_read_why_it_was_refused(
    client: httpx.AsyncClient,
) -> None:
    asks = {"Access-Control-Request-Method": "POST"}
    wish = {"Access-Control-Request-Headers": "authorization"}
    preflight = await client.options("/api/ml/train", headers={"Origin": PAGE, **asks, **wish})
    assert preflight.status_code == 200
    assert "Authorization" in preflight.headers["access-control-allow-headers"]
    refused = await client.post("/api/ml/train", headers={"Origin": PAGE})
    assert refused.headers["access-control-allow-origin"] == PAGE


@looks_for_siblings
async def test_the_document_says_where_the_token_is_asked_for(client: httpx.AsyncClient) -> None:
    document = (await client.get("/openapi.json")).json()
    scheme = document["components"]["securitySchemes"]["adminToken"]
    assert (scheme["type"], scheme["scheme"]) == ("http", "bearer")
    assert "security" not in document["paths"]["/api/status"]["get"]
