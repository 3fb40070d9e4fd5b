"""A web page elsewhere cannot use a local platform, and bad input breaks nothing."""

import httpx
import pytest
import socketio

from running_stack import RunningStack

pytestmark = pytest.mark.e2e

FOREIGN = "https://evil.example"


def test_a_foreign_host_is_refused(replay: RunningStack) -> None:
    answer = httpx.get(f"{replay.url}/api/market/price", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert answer.json()["success"] is False


def test_a_foreign_origin_may_not_change_anything(replay: RunningStack) -> None:
    answer = httpx.post(f"{replay.url}/api/market/fetch", headers={"Origin": FOREIGN})
    assert answer.status_code == 403
    assert answer.json()["success"] is False


def test_a_foreign_origin_gets_no_socket(replay: RunningStack) -> None:
    with pytest.raises(socketio.exceptions.ConnectionError):
        socketio.SimpleClient().connect(
            replay.url, headers={"Origin": FOREIGN}, transports=["websocket"]
        )


def test_our_own_page_gets_a_socket(replay: RunningStack) -> None:
    with socketio.SimpleClient() as client:
        client.connect(replay.url, headers={"Origin": replay.url}, transports=["websocket"])
        assert client.call("subscribe", {"symbol": "ETHUSDT", "timeframe": "1m"}) == {
            "ok": True,
            "room": "ETH/USDT_1m",
        }


def test_metrics_are_not_public(replay: RunningStack) -> None:
    answer = httpx.get(f"{replay.url}/metrics")
    assert "http_requests_total" not in answer.text


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
        "/api/market/../../collect",
        "/api/market/%2e%2e/%2e%2e/status",
        "/api/nowhere",
        "/api/market/price?symbol=DOGEUSDT",
    ],
)
def test_bad_input_is_refused_in_the_envelope(replay: RunningStack, path: str) -> None:
    answer = httpx.get(replay.url + path)
    assert answer.status_code in {400, 404}
    assert answer.json()["success"] is False
    assert answer.json()["error"]["message"]


@pytest.mark.parametrize(
    "payload",
    [
        None,
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
    replay: RunningStack, payload: object
) -> None:
    with socketio.SimpleClient() as client:
        client.connect(replay.url, transports=["websocket"])
        for event in ("subscribe", "unsubscribe"):
            answer = client.call(event, payload, timeout=5)
            assert answer["ok"] is False
            assert answer["error"]
        assert client.call("subscribe", {}, timeout=5)["ok"] is True
