"""What has to hold wherever the platform runs, for whoever deployed it."""

import itertools
import os
import re
from typing import Any

import httpx
import pytest
import socketio

from running_stack import wait_for

Json = Any  # Any: JSON
HEARD_WITHIN_SECONDS = 20
ETH = {"symbol": "ETH/USDT", "timeframe": "1m"}

only_where_protected = pytest.mark.skipif(
    not os.environ.get("PLATFORM_PROTECTED"),
    reason="PLATFORM_PROTECTED is not set: this platform is not said to ask for the admin token",
)


def data(platform: httpx.Client, path: str, **parameters: str | int) -> Json:
    answer = platform.get(path, params=parameters)
    assert answer.status_code == 200, answer.text[:300]
    return answer.json()["data"]


def test_the_front_door_answers(platform: httpx.Client) -> None:
    assert platform.get("/health").json()["status"] == "ok"


def test_every_part_is_ready(platform: httpx.Client) -> None:
    def not_ready() -> list[str] | None:
        parts = data(platform, "/api/status")["services"]
        missing = [f"{one['name']}: {one['state']}" for one in parts if one["state"] != "ready"]
        return missing or ["none"]

    wait_for(lambda: not_ready() == ["none"], seconds=60, what="every part to be ready")


def test_the_page_and_all_that_it_names_is_served(platform: httpx.Client) -> None:
    page = platform.get("/signals")
    assert "default-src 'self'" in page.headers["content-security-policy"]
    named = re.findall(r'(?:src|href)="(/assets/[^"]+)"', page.text)
    assert named, page.text[:300]
    for asset in named:
        assert "immutable" in platform.get(asset).headers["cache-control"], asset


def test_what_is_for_operators_is_not_served(platform: httpx.Client) -> None:
    for path in ("/metrics", "/livez", "/readyz"):
        assert platform.get(path).status_code == 404, path


def test_the_price_is_a_fresh_one(platform: httpx.Client) -> None:
    price = data(platform, "/api/market/price", symbol="ETH/USDT")
    assert price["price"] > 0
    assert not price["stale"], price


def test_the_newest_hours_are_whole(platform: httpx.Client) -> None:
    """Without a hole, but for what the exchange itself never had."""
    found = data(platform, "/api/market/candles", symbol="ETH/USDT", timeframe="1h", limit=100)
    opened_ms = [candle[0] for candle in found["candles"]]
    steps = {later - earlier for earlier, later in itertools.pairwise(opened_ms)}
    series = data(platform, "/api/status")["series"]
    hours = next(one["candles"] for one in series if one["timeframe"] == "1h")
    assert opened_ms
    assert hours["holes"]["bars"] == 0
    assert steps == {3_600_000} or hours["outages"]["bars"] > 0


def test_signals_are_decided(platform: httpx.Client) -> None:
    def decided() -> Json:
        return data(platform, "/api/signals/history", symbol="ETH/USDT", timeframe="1m")["signals"]

    assert wait_for(decided, seconds=90, what="a decided minute")[0]["reasoning"]


@pytest.mark.parametrize("transport", ["websocket", "polling"])
def test_prices_come_over_a_socket(address: str, transport: str) -> None:
    with socketio.SimpleClient() as client:
        client.connect(address, transports=[transport])
        assert client.call("subscribe", ETH)["ok"]
        heard = (client.receive(timeout=HEARD_WITHIN_SECONDS) for _ in itertools.count())
        name, said = next(event for event in heard if event[0] == "price_update")
    assert said["price"] > 0, name


def test_a_foreign_page_may_change_nothing(platform: httpx.Client) -> None:
    foreign = {"Origin": "https://elsewhere.example"}
    asked = platform.post("/api/signals/generate", json=ETH, headers=foreign)
    assert asked.status_code == 403


@only_where_protected
@pytest.mark.parametrize("path", ["/api/ml/train", "/api/market/fetch"])
def test_what_costs_asks_for_the_admin_token(platform: httpx.Client, path: str) -> None:
    assert platform.post(path, json=ETH).status_code == 401
