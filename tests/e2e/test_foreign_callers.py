"""A web page elsewhere cannot use a local platform, and bad input breaks nothing."""

from socket import create_connection

import httpx
import pytest
import socketio
from websockets import InvalidStatus, Origin
from websockets.sync.client import connect

from running_stack import RunningStack

pytestmark = pytest.mark.e2e

FOREIGN = "https://evil.example"


@pytest.mark.parametrize("path", ["/", "/api/market/price", "/socket.io/?EIO=4&transport=polling"])
def test_a_foreign_host_is_refused(stack: RunningStack, path: str) -> None:
    answer = httpx.get(stack.url + path, headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert answer.json()["success"] is False


def test_a_foreign_origin_may_not_change_anything(stack: RunningStack) -> None:
    answer = httpx.post(f"{stack.url}/api/market/fetch", headers={"Origin": FOREIGN})
    assert answer.status_code == 403
    assert answer.json()["success"] is False


HANDSHAKE = "/socket.io/?EIO=4&transport="


def test_a_foreign_origin_gets_no_socket(stack: RunningStack) -> None:
    with pytest.raises(InvalidStatus, match="403"):
        connect(stack.url.replace("http", "ws") + HANDSHAKE + "websocket", origin=Origin(FOREIGN))
    polled = httpx.get(f"{stack.url}{HANDSHAKE}polling", headers={"Origin": FOREIGN})
    assert polled.status_code == 403


def test_our_own_page_gets_a_socket(stack: RunningStack) -> None:
    url = stack.url.replace("http", "ws") + HANDSHAKE + "websocket"
    with connect(url, origin=Origin(stack.url)) as socket:
        assert str(socket.recv(timeout=5)).startswith("0{")


@pytest.mark.parametrize("path", ["/metrics", "/livez", "/readyz"])
def test_what_operators_ask_for_is_not_public(stack: RunningStack, path: str) -> None:
    assert httpx.get(stack.url + path).status_code == 404


def test_no_answer_names_an_address_behind_the_front_door(stack: RunningStack) -> None:
    answer = httpx.get(f"{stack.url}/api/market/price/")
    assert answer.status_code == 404
    assert "location" not in answer.headers


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/api/market/price?symbol=" + "x" * 30_000, b"", 414),
        ("POST", "/api/market/fetch", b"x" * 2_000_000, 413),
        ("GET", "/api/market/%00", b"", 400),
        ("FOO", "/api/market/price", b"", 405),
    ],
)
def test_what_the_front_door_refuses_wears_the_envelope(
    stack: RunningStack, method: str, path: str, body: bytes, status: int
) -> None:
    answer = httpx.request(method, stack.url + path, content=body)
    assert (answer.status_code, answer.json()["success"]) == (status, False)


@pytest.mark.parametrize(
    "path",
    [
        "/api/market/price?symbol=%00",
        "/api/market/price?symbol=ETH-USDT",
        "/api/market/ohlcv?timeframe=2h",
        "/api/market/ohlcv?limit=0",
        "/api/market/ohlcv?limit=501",
        "/api/market/ohlcv?limit=9999999999999999999999",
        "/api/market/ohlcv?limit=NaN",
        "/api/market/candles?since=-1",
        "/api/market/candles?since=1e400",
        "/api/market/candles?until=soon",
        "/api/market/candles?limit=5001",
        "/api/market/volume?candles=0",
        "/api/market/volume?candles=%F0%9F%98%80",
        "/api/nowhere",
        "/api/market/price?symbol=DOGEUSDT",
    ],
)
def test_bad_input_is_refused_in_the_envelope(stack: RunningStack, path: str) -> None:
    answer = httpx.get(stack.url + path)
    assert answer.status_code in {400, 404}
    assert answer.json()["success"] is False
    assert answer.json()["error"]["message"]


@pytest.mark.parametrize("path", ["/api/market/../../status", "/api/market/%2e%2e/%2e%2e/status"])
def test_no_path_climbs_out_to_an_internal_route(stack: RunningStack, path: str) -> None:
    with create_connection(("127.0.0.1", stack.port), timeout=5) as raw:
        raw.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: raw.recv(65536), b""))
    assert b"framesDropped" not in answer


@pytest.mark.parametrize(
    "payload",
    [
        7,
        "ETH/USDT",
        [],
        {"symbol": 5},
        {"symbol": "ETH-USDT"},
        {"symbol": "DOGE/USDT"},
        {"symbol": "ETH/USDT", "timeframe": "2h"},
        {"symbol": "\x00"},
        {"timeframe": {"a": 1}},
    ],
)
def test_a_bad_event_is_answered_and_the_socket_lives_on(
    stack: RunningStack, payload: object
) -> None:
    with socketio.SimpleClient() as client:
        client.connect(stack.url, transports=["websocket"])
        for event in ("subscribe", "unsubscribe"):
            answer = client.call(event, payload, timeout=5)
            assert answer["ok"] is False
            assert answer["error"]
        assert client.call("subscribe", {}, timeout=5)["ok"] is True
