"""Live events and the API's page through Nginx, with the gateway that it stands before."""

from collections.abc import Iterator

import httpx
import pytest
from websockets import InvalidStatus, Origin
from websockets.asyncio.client import connect

from eth_cli.nginx_server import Front
from eth_cli.valkey_server import ValkeyServer
from gateway_alone import gateway_alone
from running_nginx import RunningNginx, running_nginx
from socket_client import room_client

pytestmark = pytest.mark.integration

HANDSHAKE = "/socket.io/?EIO=4&transport="
WORTH_PACKING_BYTES = 1_024
FOREIGN = "https://evil.example"


@pytest.fixture(scope="module")
def nginx(
    valkey: ValkeyServer, module_database_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningNginx]:
    folder = tmp_path_factory.mktemp("gateway")
    with (
        gateway_alone(
            module_database_url,
            valkey.redis_url,
            folder,
            REQUIRE_ADMIN_TOKEN="true",
            ADMIN_TOKEN="a-token-of-the-operators",
        ) as gateway,
        running_nginx(Front(gateway=gateway.url.removeprefix("http://"))) as nginx,
    ):
        yield nginx


@pytest.mark.parametrize("ways", [("websocket",), ("polling",), ("polling", "websocket")])
async def test_rooms_are_entered_over_every_transport(
    nginx: RunningNginx, ways: tuple[str, ...]
) -> None:
    async with room_client(nginx.url, *ways) as client:
        answer = await client.ask("subscribe", {"symbol": "ETH/USDT", "timeframe": "1m"})
        assert (answer["ok"], answer["room"]) == (True, "ETH/USDT_1m")
        assert client.socket.transport() == ways[-1]


async def test_our_own_page_gets_a_socket_and_a_foreign_one_does_not(nginx: RunningNginx) -> None:
    url = nginx.url.replace("http", "ws", 1) + HANDSHAKE + "websocket"
    async with connect(url, origin=Origin(nginx.url)) as socket:
        assert str(await socket.recv()).startswith("0{")
    with pytest.raises(InvalidStatus, match="403"):
        await connect(url, origin=Origin(FOREIGN))
    async with httpx.AsyncClient(base_url=nginx.url) as client:
        for method, path in (("GET", HANDSHAKE + "polling"), ("POST", "/api/patterns/detect")):
            answer = await client.request(method, path, headers={"Origin": FOREIGN})
            assert (answer.status_code, answer.json()["success"]) == (403, False)


async def test_the_admin_token_passes_through_nginx_to_the_door(nginx: RunningNginx) -> None:
    async with httpx.AsyncClient(base_url=nginx.url) as client:
        refused = await client.post("/api/market/fetch")
        assert (refused.status_code, refused.headers["www-authenticate"]) == (401, "Bearer")
        token = {"Authorization": "Bearer a-token-of-the-operators"}
        assert (await client.post("/api/market/fetch", headers=token)).status_code == 503


async def test_the_page_of_the_api_has_a_policy_of_its_own_and_is_whole(
    nginx: RunningNginx,
) -> None:
    async with httpx.AsyncClient(base_url=nginx.url) as client:
        page = await client.get("/docs")
        assert page.status_code == 200
        [policy] = page.headers.get_list("content-security-policy")
        assert "script-src 'self'" in policy
        for path in ("/docs/start.js", "/docs/assets/swagger-ui-bundle.js", "/openapi.json"):
            answer = await client.get(path, headers={"Accept-Encoding": "gzip"})
            assert answer.status_code == 200
            assert answer.headers.get_list("x-content-type-options") == ["nosniff"]
            if len(answer.content) > WORTH_PACKING_BYTES:
                assert answer.headers["content-encoding"] == "gzip"
