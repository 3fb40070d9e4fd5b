import asyncio
from collections.abc import Callable
from typing import Any, Protocol

import httpx
import pytest
from fastapi import FastAPI
from starlette.types import Receive, Scope, Send

from exchange_simulator.app import simulator_app
from exchange_simulator.faults.connections import WIRE
from exchange_simulator.faults.fault_desk import FaultDesk
from exchange_simulator.feed import Feed

KLINES = "/api/v3/klines?symbol=ETHUSDT&interval=1m&limit=20"

Armed = Callable[..., FaultDesk]


class Wall(Protocol):
    ms: float


class Wire:
    """A connection that notes what is done to it."""

    def __init__(self) -> None:
        self.done: list[str] = []

    def abort(self) -> None:
        self.done.append("abort")


class Client:
    """Asks an app in this process over a wire that can be cut."""

    def __init__(self, app: FastAPI) -> None:
        self.wire = Wire()

        async def wired(scope: Scope, receive: Receive, send: Send) -> None:
            scope["extensions"] = {WIRE: self.wire}
            await app(scope, receive, send)

        self._transport = httpx.ASGITransport(wired, client=("127.0.0.1", 50_000))

    def ask(self, path: str, method: str = "GET", **options: Any) -> httpx.Response:  # noqa: ANN401 - httpx's own
        async def asked() -> httpx.Response:
            async with httpx.AsyncClient(
                transport=self._transport, base_url="http://exchange"
            ) as client:
                return await client.request(method, path, **options)

        return asyncio.run(asked())

    def faults(self) -> list[dict[str, Any]]:  # Any: JSON
        found: list[dict[str, Any]] = self.ask("/control/faults").json()["faults"]
        return found


@pytest.fixture
def client(feed: Feed, armed: Armed, wall: Wall) -> Callable[..., Client]:
    def build(*faults: dict[str, object]) -> Client:
        wall.ms = 0
        return Client(simulator_app(feed, armed(*faults)))

    return build


def lasting(kind: str, **options: object) -> dict[str, object]:
    return {"kind": kind, "at": 1, "for": 10, **options}


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("html_answers", 200),
        ("truncated_json", 200),
        ("broken_json", 200),
        ("empty_answers", 200),
        ("firewall", 403),
        ("unavailable_here", 451),
    ],
)
def test_answers_are_replaced_only_in_their_time_and_weights_stay_right(
    client: Callable[..., Client], wall: Wall, kind: str, status: int
) -> None:
    exchange = client(lasting(kind))
    found = []
    for wall.ms in (0, 1_000, 10_999, 11_000):
        found.append(exchange.ask("/api/v3/exchangeInfo"))
    before, first, last, after = found
    sizes = [len(answer.content) for answer in (before, after)]
    assert sizes[0] == sizes[1]
    assert [answer.status_code for answer in found] == [200, status, status, 200]
    assert first.content != before.content
    assert last.content != before.content
    used = [answer.headers["X-MBX-USED-WEIGHT-1M"] for answer in found]
    assert used == ["20", "40", "60", "80"]
    assert exchange.faults()[0]["bites"] == 2


def test_wrong_rows_are_among_the_klines_and_nowhere_else(
    client: Callable[..., Client], wall: Wall
) -> None:
    exchange = client(lasting("duplicate_candles", timeframes=["1m"]))
    wall.ms = 1_000
    assert len(exchange.ask(KLINES).json()) == 20 + exchange.faults()[0]["bites"] > 20
    assert len(exchange.ask(KLINES.replace("1m", "5m")).json()) == 20
    assert exchange.ask("/api/v3/klines?symbol=ETHUSDT").json()["code"] == -1102
    assert exchange.ask("/api/v3/time").json().keys() == {"serverTime"}
    wall.ms = 11_000
    assert len(exchange.ask(KLINES).json()) == 20


@pytest.mark.parametrize(("kind", "status"), [("too_many_requests", 429), ("ban", 418)])
def test_who_comes_before_retry_after_is_refused_and_counted(
    client: Callable[..., Client], wall: Wall, kind: str, status: int
) -> None:
    exchange = client(lasting(kind, retry_after=4) | {"for": 2})
    found = []
    for wall.ms in (999, 1_000, 1_100, 4_999, 5_000):
        answer = exchange.ask("/api/v3/ping")
        found.append((answer.status_code, answer.headers.get("Retry-After")))
    assert found == [(200, None), (status, "4"), (status, "4"), (status, "1"), (200, None)]
    (fault,) = exchange.faults()
    assert (fault["bites"], fault["early"]) == (3, 1)


def test_who_comes_back_in_time_is_not_early_even_if_the_ban_goes_on(
    client: Callable[..., Client], wall: Wall
) -> None:
    exchange = client(lasting("ban", retry_after=3))
    for wall.ms in (1_000, 4_000, 7_000, 10_000, 13_000):
        answer = exchange.ask("/api/v3/ping")
    assert answer.status_code == 200
    assert (exchange.faults()[0]["early"], exchange.faults()[0]["bites"]) == (0, 4)


def test_a_request_may_be_cut_without_an_answer(client: Callable[..., Client], wall: Wall) -> None:
    exchange = client(lasting("refuse_rest"))
    exchange.ask("/api/v3/ping")
    assert exchange.wire.done == []
    wall.ms = 1_000
    exchange.ask("/api/v3/ping")
    assert exchange.wire.done == ["abort"]


def test_the_exchanges_words_follow_its_own_clock_and_the_ledger_the_right_one(
    client: Callable[..., Client], wall: Wall
) -> None:
    exchange = client(lasting("clock_skew", seconds=3))
    wall.ms = 2_000
    now_ms = exchange.ask("/control/feed").json()["nowMs"]
    assert exchange.ask("/api/v3/time").json()["serverTime"] == now_ms + 180_000
    told = [row[0] for row in exchange.ask(KLINES).json()]
    query = {"symbol": "ETHUSDT", "timeframe": "1m", "since": told[0]}
    ledger = [row[0] for row in exchange.ask("/control/ledger", params=query).json()]
    assert told[:-4] == ledger


def test_the_ledger_and_klines_tell_the_same_of_an_outage(
    client: Callable[..., Client], wall: Wall
) -> None:
    exchange = client(lasting("outage"), {"kind": "revised_candles", "at": 11, "for": 5})
    wall.ms = 25_000
    told = {row[0]: row[1:6] for row in exchange.ask(KLINES).json()}
    query = {"symbol": "ETHUSDT", "timeframe": "1m", "since": min(told)}
    ledger = {row[0]: row[1:] for row in exchange.ask("/control/ledger", params=query).json()}
    told.pop(max(told))
    assert told == ledger
    assert max(ledger) - min(ledger) == (len(ledger) + 10 - 1) * 60_000


def test_a_script_is_armed_and_disarmed_over_http(
    client: Callable[..., Client], wall: Wall
) -> None:
    exchange = client()
    wall.ms = 5_000
    script = {"seed": 1, "faults": [lasting("firewall")]}
    armed = exchange.ask("/control/faults", "POST", json=script).json()
    assert armed["armedAtMs"] == 5_000
    assert armed["faults"][0]["beginsAtMs"] == 6_000
    assert armed["faults"][0]["state"] == "waiting"
    assert exchange.ask("/control/faults", "DELETE").json()["faults"] == []


def test_a_web_page_cannot_arm_a_script(client: Callable[..., Client]) -> None:
    exchange = client(lasting("firewall"))
    origin = {"Origin": "http://elsewhere.example"}
    answer = exchange.ask("/control/faults", "DELETE", headers=origin)
    assert answer.status_code == 403
    assert [fault["kind"] for fault in exchange.faults()] == ["firewall"]


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"{", "a fault script is JSON"),
        (b'{"seed":1,"faults":[{"kind":"meteor","at":0}]}', "'meteor' is no kind of fault"),
        (
            b'{"seed":1,"faults":[{"kind":"outage","at":0,"for":1,"symbols":["BTCUSDT"]}]}',
            "BTCUSDT",
        ),
        (b" " * 1_000_001, "at most 1000000 bytes"),
    ],
)
def test_a_wrong_script_is_a_400_and_changes_nothing(
    client: Callable[..., Client], body: bytes, sentence: str
) -> None:
    exchange = client(lasting("firewall"))
    answer = exchange.ask("/control/faults", "POST", content=body)
    assert answer.status_code == 400
    assert sentence in answer.json()["error"]["message"]
    assert [fault["kind"] for fault in exchange.faults()] == ["firewall"]
