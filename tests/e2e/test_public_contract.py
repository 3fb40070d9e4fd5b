"""Every route and event of the public contract, as golden files made from it describe them."""

import json
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
import socketio

from running_stack import RunningStack, wait_for
from shapes import mismatches

pytestmark = pytest.mark.e2e

GOLDEN = Path(__file__).parent / "golden"
Json = Any  # Any: JSON


def _read(name: str) -> Json:
    return json.loads((GOLDEN / name).read_text())


SHAPES = _read("shapes.json")
CALLS = _read("rest.json")
EVENTS = _read("events.json")


def resolved(shape: Json) -> Json:
    """With every `@name` replaced by the shape of that name; the key `@` includes its keys."""
    if isinstance(shape, str) and shape.startswith("@"):
        return resolved(SHAPES[shape[1:]])
    if isinstance(shape, list):
        return [resolved(item) for item in shape]
    if isinstance(shape, dict):
        included = resolved(shape["@"]) if "@" in shape else {}
        return included | {key: resolved(value) for key, value in shape.items() if key != "@"}
    return shape


@pytest.fixture(scope="module")
def decided(stack: RunningStack) -> RunningStack:
    """With a decision made, so that there is a signal to show."""
    wait_for(
        lambda: stack.data("/api/signals/latest", symbol="ETHUSDT", timeframe="1m"),
        seconds=60,
        what="the first decision",
    )
    return stack


@pytest.mark.parametrize("golden", CALLS, ids=[one["call"] for one in CALLS])
def test_a_route_answers_as_the_contract_says(decided: RunningStack, golden: Json) -> None:
    method, path = golden["call"].split(" ", 1)
    answer = httpx.request(method, decided.url + path, json=golden.get("body"), timeout=60)
    assert answer.status_code == 200, answer.text[:300]
    body = answer.json()
    if golden.get("bare"):
        assert list(mismatches(body, resolved(golden["answer"]))) == []
        return
    assert body["success"] is True
    assert isinstance(body.get("message"), str) or not golden.get("message")
    assert list(mismatches(body["data"], resolved(golden["data"]))) == []
    _check_counts(body["data"], golden)


def _check_counts(data: Json, golden: Json) -> None:
    rows = next((value for value in data.values() if isinstance(value, list)), [])
    if "count" in golden:
        assert len(rows) == golden["count"]
    if "atMost" in golden:
        assert data["count"] == len(rows) <= golden["atMost"]


def test_a_signal_is_found_by_its_id_and_replays_bit_for_bit(decided: RunningStack) -> None:
    latest = decided.data("/api/signals/latest", symbol="ETHUSDT", timeframe="1m")
    found = decided.data(f"/api/signals/{latest['id']}")
    assert list(mismatches(found, resolved({"@": "@signal", "inputs": "object"}))) == []
    assert found["reasoning"] == latest["reasoning"]
    replay = httpx.post(f"{decided.url}/api/signals/{latest['id']}/replay", timeout=30)
    assert replay.json()["data"]["equal"] is True, replay.text[:500]


def test_every_event_of_the_contract_arrives_and_has_its_shape(decided: RunningStack) -> None:
    heard: dict[str, Json] = {}
    with socketio.SimpleClient() as client:
        client.connect(decided.url, transports=["websocket"])
        joined = client.call("subscribe", {"symbol": "ETH/USDT", "timeframe": "1m"}, timeout=5)
        shape = {"ok": "boolean", "room": "=ETH/USDT_1m", "epoch": "uuid", "seq": "integer"}
        assert list(mismatches(joined, shape)) == []
        deadline = time.monotonic() + 30
        while EVENTS.keys() - heard.keys() and time.monotonic() < deadline:
            event, payload = client.receive(timeout=30)
            heard[event] = payload
        left = client.call("unsubscribe", {"symbol": "ETHUSDT", "timeframe": "1m"}, timeout=5)
        assert (left["ok"], left["room"]) == (True, "ETH/USDT_1m")
    assert EVENTS.keys() - heard.keys() == set()
    wrong = {name: list(mismatches(heard[name], resolved(EVENTS[name]))) for name in EVENTS}
    assert {name: found for name, found in wrong.items() if found} == {}


LONG = "x" * 1_000_000
WRONG_VALUES = ("%00", "NaN", "9223372036854775808", "-1", "%F0%9F%98%80", "1e400", "DROP%20TABLE")
PARAMETERS = {
    "GET /api/analysis/indicators": ("symbol", "timeframe", "timestamp"),
    "GET /api/analysis/history": ("symbol", "timeframe", "since", "until", "limit"),
    "POST /api/analysis/calculate": ("symbol", "timeframe"),
    "POST /api/patterns/detect": ("symbol", "timeframe"),
    "GET /api/patterns/recent": ("symbol", "timeframe", "limit"),
    "GET /api/signals/latest": ("symbol", "timeframe"),
    "GET /api/signals/history": ("symbol", "timeframe", "limit", "cursor", "status", "signalType"),
    "GET /api/signals/performance": ("symbol", "timeframe", "since"),
    "GET /api/market/volume": ("symbol", "timeframe", "candles"),
    "GET /api/market/quality": ("symbol", "timeframe", "since"),
}
WRONG_CALLS = [
    f"{call}?{name}={value}"
    for call, names in PARAMETERS.items()
    for name in names
    for value in WRONG_VALUES
]
UNKNOWN = [f"{call}?symbol=DOGEUSDT" for call in PARAMETERS] + [
    "GET /api/signals/not-an-id",
    "GET /api/signals/00000000-0000-0000-0000-000000000000",
    "POST /api/signals/00000000-0000-0000-0000-000000000000/replay",
]


@pytest.mark.parametrize("call", [*WRONG_CALLS, *UNKNOWN])
def test_wrong_input_is_refused_in_the_envelope(decided: RunningStack, call: str) -> None:
    method, path = call.split(" ", 1)
    answer = httpx.request(method, decided.url + path, timeout=30)
    assert answer.status_code in {400, 404}, answer.text[:300]
    assert list(mismatches(answer.json()["error"], {"message": "text", "type": "text"})) == []


BODIES: tuple[Json, ...] = (
    None, 7, "text", [], {"symbol": 5}, {"symbol": "ETH-USDT"}, {"symbol": "DOGE/USDT"},
    {"symbol": "\x00"}, {"symbol": LONG[:500_000]}, {"timeframe": "2h"}, {"timeframe": 2**63},
    {"timeframe": None}, {"symbol": {"a": 1}, "timeframe": []},
)  # fmt: skip


@pytest.mark.parametrize("body", BODIES, ids=[str(body)[:40] for body in BODIES])
@pytest.mark.parametrize("path", ["/api/signals/generate", "/api/ml/predict"])
def test_a_wrong_body_is_refused(decided: RunningStack, path: str, body: Json) -> None:
    answer = httpx.post(decided.url + path, json=body, timeout=30)
    assert answer.status_code in {400, 404}, answer.text[:300]


@pytest.mark.parametrize("path", ["/api/signals/generate", "/api/ml/predict"])
@pytest.mark.parametrize("text", [b"", b"{", b"\xff\xfe", b"NaN", b'{"symbol": NaN}'])
def test_a_body_that_is_no_json_is_refused(decided: RunningStack, path: str, text: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    answer = httpx.post(decided.url + path, content=text, headers=headers, timeout=30)
    assert answer.status_code == 400, answer.text[:300]
