"""What Nginx passes on to the gateway, what it says in its place, and how much it lets one ask."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from aiohttp import web

from eth_cli.free_port import free_port
from eth_cli.nginx_server import Front
from raw_request import raw_status
from running_nginx import RunningNginx, logged_access, running_nginx
from stub_sibling import StubSibling, json_answer, stub_sibling

pytestmark = pytest.mark.integration

PRICE = "/api/market/price"
POLL = "/socket.io/?EIO=4&transport=polling"
ANSWER = '{"success":true}'
TRUSTED, STRANGER = "127.0.0.1", "127.0.0.2"
REQUESTS, SOCKETS = 3, 2
"""At once, of one client, where there are limits."""


@pytest.fixture(scope="module")
def gateway_port() -> int:
    """Each test starts its gateway anew; both Nginx stay."""
    return free_port()


@pytest.fixture(scope="module")
def nginx(gateway_port: int) -> Iterator[RunningNginx]:
    with running_nginx(Front(gateway=f"127.0.0.1:{gateway_port}")) as nginx:
        yield nginx


@pytest.fixture(scope="module")
def strict_nginx(gateway_port: int) -> Iterator[RunningNginx]:
    front = Front(
        gateway=f"127.0.0.1:{gateway_port}",
        requests_per_second=1,
        request_burst=REQUESTS - 1,
        sockets_per_client=SOCKETS,
    )
    with running_nginx(front) as nginx:
        yield nginx


@pytest.fixture
async def gateway(gateway_port: int) -> AsyncIterator[StubSibling]:
    async with stub_sibling(gateway_port) as gateway:
        for path in (PRICE, "/api/signals/generate", "/docs", "/socket.io/", "/udf/config"):
            gateway.answers[path] = json_answer(ANSWER)
        yield gateway


@pytest.fixture
async def client(nginx: RunningNginx) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=nginx.url) as client:
        yield client


def client_from(address: str, nginx: RunningNginx) -> httpx.AsyncClient:
    transport = httpx.AsyncHTTPTransport(local_address=address)
    return httpx.AsyncClient(base_url=nginx.url, transport=transport)


def assert_refused(answer: httpx.Response, status: int, kind: str) -> None:
    error = answer.json()["error"]
    assert (answer.status_code, error["type"]) == (status, kind)
    assert error["requestId"] == answer.headers["x-request-id"]
    assert answer.headers["cache-control"] == "no-store"


async def test_a_request_is_passed_on_as_it_was_sent(
    gateway: StubSibling, client: httpx.AsyncClient, nginx: RunningNginx
) -> None:
    target = "/api/signals/generate?symbol=ETH%2FUSDT&x=a%20b"
    answer = await client.post(target, json={"a": 1}, headers={"Authorization": "Bearer x"})
    assert (answer.status_code, answer.text) == (200, ANSWER)
    [received] = gateway.received
    assert (received.method, received.target, received.body) == ("POST", target, b'{"a":1}')
    assert received.headers["host"] == f"127.0.0.1:{nginx.port}"
    assert received.headers["authorization"] == "Bearer x"
    assert not {"upgrade", "forwarded", "x-real-ip"} & received.headers.keys()


@pytest.mark.parametrize(
    ("peer", "said", "known"),
    [
        (TRUSTED, "10.0.0.7", "10.0.0.7"),
        (TRUSTED, "6.6.6.6, 10.0.0.7", "10.0.0.7"),
        (TRUSTED, "6.6.6.6, 10.0.0.7, 127.0.0.1", "10.0.0.7"),
        (TRUSTED, "nonsense", TRUSTED),
        (STRANGER, "10.0.0.7", STRANGER),
        (STRANGER, "127.0.0.1", STRANGER),
    ],
)
async def test_a_forged_client_is_replaced_by_the_real_one(
    gateway: StubSibling, nginx: RunningNginx, peer: str, said: str, known: str
) -> None:
    claims = {"X-Real-IP": "6.6.6.6", "Forwarded": "for=6.6.6.6", "X-Forwarded-Host": "evil.com"}
    async with client_from(peer, nginx) as client:
        await client.get(PRICE, headers={"X-Forwarded-For": said, **claims})
    headers = gateway.received[0].headers
    told = {name: value for name, value in headers.items() if "forwarded" in name}
    assert told == {"x-forwarded-for": known, "x-forwarded-proto": "http"}
    assert "x-real-ip" not in headers


@pytest.mark.parametrize(("peer", "scheme"), [(TRUSTED, "https"), (STRANGER, "http")])
async def test_only_a_trusted_proxy_is_believed_about_tls(
    gateway: StubSibling, nginx: RunningNginx, peer: str, scheme: str
) -> None:
    says = {"X-Forwarded-For": "10.0.0.7", "X-Forwarded-Proto": "https"}
    async with client_from(peer, nginx) as client:
        answer = await client.get(PRICE, headers=says)
    assert gateway.received[0].headers["x-forwarded-proto"] == scheme
    assert ("strict-transport-security" in answer.headers) == (scheme == "https")


async def test_a_sane_request_id_is_kept_and_another_is_made(
    gateway: StubSibling, client: httpx.AsyncClient
) -> None:
    await client.get(PRICE, headers={"X-Request-ID": "client-0001"})
    for odd in ("short", "x" * 65, 'a"b{}<script>', "spaces in it"):
        await client.get(PRICE, headers={"X-Request-ID": odd})
    await client.get(PRICE)
    kept, *made = (one.headers["x-request-id"] for one in gateway.received)
    assert kept == "client-0001"
    assert len(set(made)) == 5
    assert all(len(one) == 32 and one.isalnum() for one in made)


async def test_what_the_gateway_says_of_its_answer_is_not_said_twice(
    gateway: StubSibling, client: httpx.AsyncClient
) -> None:
    own = {
        "Content-Security-Policy": "default-src 'self'",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "public, max-age=60",
        "X-Request-ID": "gateway-0001",
    }
    gateway.answers["/docs"] = json_answer(ANSWER, headers=own)
    answer = await client.get("/docs")
    assert {name: answer.headers.get_list(name) for name in own} == {
        name: [value] for name, value in own.items()
    }
    bare = await client.get(PRICE)
    assert "cache-control" not in bare.headers
    assert bare.headers["content-security-policy"].startswith("default-src 'none'")


async def test_the_gateways_own_refusals_pass_as_they_are(
    gateway: StubSibling, client: httpx.AsyncClient
) -> None:
    for status in (400, 401, 404, 405, 413, 429, 502, 503, 504):
        gateway.answers[PRICE] = json_answer(f'{{"of":{status}}}', status)
        answer = await client.get(PRICE)
        assert (answer.status_code, answer.json()) == (status, {"of": status})


async def test_a_body_that_is_too_large_is_refused_in_the_envelope(
    gateway: StubSibling, client: httpx.AsyncClient
) -> None:
    assert_refused(await client.post(PRICE, content=b"x" * 1_100_000), 413, "too_large")
    assert gateway.received == []
    assert (await client.post(PRICE, content=b"x" * 1_000_000)).status_code == 200


async def test_a_gateway_that_is_away_is_told_in_the_envelope_and_found_again(
    gateway_port: int, client: httpx.AsyncClient
) -> None:
    away = await client.get(PRICE)
    assert_refused(away, 502, "unavailable")
    assert away.headers["retry-after"] == "1"
    for _ in range(2):
        async with stub_sibling(gateway_port) as gateway:
            gateway.answers[PRICE] = json_answer(ANSWER)
            assert (await client.get(PRICE)).status_code == 200
        assert_refused(await client.get(PRICE), 502, "unavailable")


@pytest.mark.parametrize(
    "path",
    [
        "/metrics",
        "/api/../metrics",
        "/api/%2e%2e/metrics",
        "//metrics",
        "/room-events/prune",
        "/udf/../room-events/prune",
        "/docs/../metrics",
        "/socket.io/../metrics",
    ],
)
async def test_no_spelling_of_a_path_reaches_what_is_internal(
    gateway: StubSibling, nginx: RunningNginx, path: str
) -> None:
    for method in ("GET", "POST"):
        status = await asyncio.to_thread(raw_status, nginx.url, f"{method} {path} HTTP/1.1")
        assert status in {200, 400, 404, 405}
    assert gateway.received == []


async def test_who_asks_too_much_is_told_to_wait_and_others_are_not(
    gateway: StubSibling, strict_nginx: RunningNginx
) -> None:
    async with client_from(TRUSTED, strict_nginx) as client:
        answers = [await client.get(PRICE) for _ in range(20)]
        assert [one.status_code for one in answers[:REQUESTS]] == [200] * REQUESTS
        refused = [one for one in answers if one.status_code != 200]
        assert len(gateway.received) == len(answers) - len(refused) < len(answers)
        assert_refused(refused[0], 429, "too_many_requests")
        assert refused[0].headers["retry-after"] == "1"
        assert {(await client.get(path)).status_code for path in ["/"] * 20} == {200}
        other = await client.get(PRICE, headers={"X-Forwarded-For": "10.0.0.8"})
        assert other.status_code == 200
    async with client_from(STRANGER, strict_nginx) as stranger:
        forged = [
            await stranger.get(PRICE, headers={"X-Forwarded-For": f"10.0.1.{number}"})
            for number in range(20)
        ]
        assert 429 in {one.status_code for one in forged}


async def test_one_client_holds_only_so_many_sockets(
    gateway: StubSibling, strict_nginx: RunningNginx
) -> None:
    held, released = asyncio.Semaphore(0), asyncio.Event()

    async def hold(_request: web.Request) -> web.Response:
        held.release()
        await released.wait()
        return web.Response(text="6")

    gateway.answers["/socket.io/"] = hold
    async with client_from(TRUSTED, strict_nginx) as client, asyncio.TaskGroup() as polls:
        waiting = [polls.create_task(client.get(POLL)) for _ in range(SOCKETS)]
        for _ in waiting:
            await held.acquire()
        assert_refused(await client.get(POLL), 429, "too_many_requests")
        other = polls.create_task(client.get(POLL, headers={"X-Forwarded-For": "10.0.0.9"}))
        await held.acquire()
        released.set()
    assert [one.result().status_code for one in (*waiting, other)] == [200] * (SOCKETS + 1)


async def test_by_default_a_busy_client_of_this_machine_meets_no_limit(
    gateway: StubSibling, client: httpx.AsyncClient
) -> None:
    for _ in range(3):
        answers = await asyncio.gather(*(client.get(PRICE) for _ in range(100)))
        assert {one.status_code for one in answers} == {200}
    assert len(gateway.received) == 300


async def test_what_was_refused_stands_in_the_log_by_its_id(
    gateway: StubSibling, nginx: RunningNginx, client: httpx.AsyncClient
) -> None:
    await client.get(PRICE, headers={"X-Request-ID": "logged-0002", "Authorization": "Bearer s3c"})
    line = logged_access(nginx.accesses, "logged-0002")
    assert line["gateway"] == gateway.url.removeprefix("http://")
    assert "s3c" not in nginx.accesses.read_text()
