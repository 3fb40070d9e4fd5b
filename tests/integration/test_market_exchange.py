"""The REST adapter, ccxt and all, against an exchange on a real socket that answers as told."""

import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from decimal import Decimal

import pytest
from aiohttp import web
from prometheus_client import CollectorRegistry

from market_service.errors import (
    HostRefusedError,
    PermanentExchangeError,
    RateLimitedError,
    TransientExchangeError,
)
from market_service.exchange_rest import ExchangeRest
from market_service.fault_log import FaultLog
from market_service.market_metrics import MarketMetrics
from service_kit.clock import Clock
from service_kit.series import Series
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

pytestmark = pytest.mark.integration

SERIES = Series(Symbol("ETH", "USDT"), Timeframe.M1)
WALL_MS = 5_000_000
ROW = [60_000, "0.10000001", "1.2", "0.1", "1.0", "33.00000001", 119_999, "1", 1, "1", "1", "0"]


@dataclass
class FakeBudget:
    spent: int = 0
    learned: list[int] = field(default_factory=list)
    blocked_until_ms: int | None = None

    async def spend(self, weight: int) -> int:
        self.spent += weight
        return self.spent

    async def learn(self, used_weight: int) -> None:
        self.learned.append(used_weight)

    async def block(self, until_ms: int) -> None:
        self.blocked_until_ms = until_ms


@dataclass
class FakeExchange:
    """Gives the answers it is told to give, the last one again and again."""

    answers: list[web.Response] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    url: str = ""

    async def answer(self, request: web.Request) -> web.Response:
        self.asked.append(request.path_qs)
        told = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return web.Response(status=told.status, body=told.body, headers=told.headers)


@pytest.fixture
async def exchanges() -> AsyncIterator[list[FakeExchange]]:
    """Two hosts of one exchange."""
    fakes, runners = [FakeExchange(), FakeExchange()], []
    for fake in fakes:
        app = web.Application()
        app.router.add_get("/{path:.*}", fake.answer)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        fake.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        runners.append(runner)
    yield fakes
    for runner in runners:
        await runner.cleanup()


@pytest.fixture
def budget() -> FakeBudget:
    return FakeBudget()


def exchange_rest(hosts: tuple[str, ...], budget: FakeBudget) -> ExchangeRest:
    clock, metrics = Clock(wall=lambda: WALL_MS), MarketMetrics(CollectorRegistry())
    return ExchangeRest(hosts, budget, clock, metrics, FaultLog(clock, metrics.faults))


@pytest.fixture
async def rest(exchanges: list[FakeExchange], budget: FakeBudget) -> AsyncIterator[ExchangeRest]:
    hosts = tuple(fake.url for fake in exchanges)
    rest = exchange_rest(hosts, budget)
    yield rest
    await rest.close()


def json(content: object, status: int = 200, **headers: str) -> web.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return web.json_response(content, status=status, headers=named)


async def test_prices_arrive_to_the_last_decimal(
    rest: ExchangeRest, exchanges: list[FakeExchange], budget: FakeBudget
) -> None:
    exchanges[0].answers = [json([ROW], X_MBX_USED_WEIGHT_1M="77")]
    answer = await rest.klines(SERIES, 60_000, 1_000)
    assert answer.candles[0].open == Decimal("0.10000001")
    assert answer.candles[0].volume == Decimal("33.00000001")
    assert exchanges[0].asked == [
        "/api/v3/klines?symbol=ETHUSDT&interval=1m&startTime=60000&limit=1000"
    ]
    assert (budget.spent, budget.learned) == (2, [77])


@pytest.mark.parametrize("status", [429, 418, 403])
async def test_retry_after_blocks_everybody_until_then(
    rest: ExchangeRest, exchanges: list[FakeExchange], budget: FakeBudget, status: int
) -> None:
    exchanges[0].answers = [json({"code": -1003, "msg": "no"}, status, Retry_After="30")]
    with pytest.raises(RateLimitedError):
        await rest.server_time_ms()
    assert budget.blocked_until_ms == WALL_MS + 30_000
    assert len(exchanges[0].asked) == 1


async def test_a_host_that_refuses_us_is_left_for_the_next(
    rest: ExchangeRest, exchanges: list[FakeExchange]
) -> None:
    exchanges[0].answers = [json({"code": 0, "msg": "restricted location"}, 451)]
    exchanges[1].answers = [json({"serverTime": 7})]
    assert await rest.server_time_ms() == 7
    assert await rest.server_time_ms() == 7
    assert (len(exchanges[0].asked), len(exchanges[1].asked)) == (1, 2)


async def test_a_host_that_is_away_is_left_for_the_next(
    exchanges: list[FakeExchange], budget: FakeBudget
) -> None:
    exchanges[0].answers = [json({"serverTime": 7})]
    hosts = ("http://127.0.0.1:9", exchanges[0].url)
    rest = exchange_rest(hosts, budget)
    assert await rest.server_time_ms() == 7
    await rest.close()


async def test_hosts_that_all_refuse_us_are_an_error(
    rest: ExchangeRest, exchanges: list[FakeExchange]
) -> None:
    for fake in exchanges:
        fake.answers = [web.Response(status=403, text="<html>firewall</html>")]
    with pytest.raises(HostRefusedError):
        await rest.server_time_ms()


@pytest.mark.parametrize(
    "trouble",
    [
        web.Response(status=200, text="<html>maintenance</html>"),
        web.Response(status=200, text='[[60000,"0.1'),
        web.Response(status=502, text="bad gateway"),
        json({"code": -1001, "msg": "disconnected"}, 400),
        json([ROW[:3]]),
        json({}),
    ],
)
async def test_trouble_is_tried_again_and_never_taken_for_candles(
    rest: ExchangeRest, exchanges: list[FakeExchange], trouble: web.Response
) -> None:
    exchanges[0].answers = [trouble, json([ROW])]
    try:
        answer = await rest.klines(SERIES, 0, 1)
    except TransientExchangeError:
        answer = await rest.klines(SERIES, 0, 1)
    assert len(answer.candles) == 1


async def test_a_wrong_question_is_not_asked_again(
    rest: ExchangeRest, exchanges: list[FakeExchange]
) -> None:
    exchanges[0].answers = [json({"code": -1121, "msg": "Invalid symbol."}, 400)]
    with pytest.raises(PermanentExchangeError):
        await rest.klines(SERIES, 0, 1)
    assert len(exchanges[0].asked) == 1


async def test_an_exchange_that_is_away_is_transient(budget: FakeBudget) -> None:
    rest = exchange_rest(("http://127.0.0.1:9",), budget)
    with pytest.raises(TransientExchangeError):
        await rest.server_time_ms()
    await rest.close()


def test_only_binance_is_loaded_of_ccxt_and_the_rest_stays_importable() -> None:
    program = """
import sys
from market_service.ccxt_binance import load_binance
found = load_binance()
assert len([name for name in sys.modules if name.startswith("ccxt.")]) < 40, "all of ccxt"
import ccxt.async_support, ccxt
assert ccxt.async_support.binance is found.client
assert ccxt.BaseError is found.error
"""
    subprocess.run([sys.executable, "-c", program], check=True)
