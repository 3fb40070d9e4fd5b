"""The exchange's REST interface through ccxt: exact strings, our errors, one budget.

ccxt's own endpoints are called below its parsers, which turn decimals into floats; its judgement
of answers is replaced by ours, which honours Retry-After; its throttle, which knows of no other
process, is off. One request is under way at a time: who is told to be quiet has nothing in the air.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, Protocol
from urllib.parse import urlsplit

import stamina

from market_service.ccxt_binance import load_binance
from market_service.errors import (
    ExchangeError,
    HostRefusedError,
    RateLimitedError,
    TransientExchangeError,
)
from market_service.exact_candle import LARGEST_TIME_MS
from market_service.fault_kind import FaultKind
from market_service.fault_log import FaultLog
from market_service.judge_answer import WEIGHT_HEADER, judge_answer, read_seconds
from market_service.kline_rows import KlineAnswer, read_klines
from market_service.market_metrics import OK, MarketMetrics
from service_kit.clock import Clock
from service_kit.logging import get_logger
from service_kit.series import Series
from service_kit.settings import LOOPBACK_HOSTS
from trading_core.timeframe import MINUTE_MS

log = get_logger(__name__)

TIMEOUT_MS: Final = 5_000
ATTEMPTS: Final = 3
KLINES_WEIGHT: Final = 2
TIME_WEIGHT: Final = 1
LEAVES_HOST: Final = frozenset(
    {FaultKind.REST_REFUSED, FaultKind.REST_UNREACHABLE, FaultKind.REST_TIMEOUT}
)
"""What another host may do better."""

# Each failure is counted and told by us; a line for each attempt would drown the others.
stamina.instrumentation.set_on_retry_hooks([])

_CCXT: Final = load_binance()
_CLIENT: Any = _CCXT.client  # Any: ccxt ships no types

_Call = Callable[[dict[str, Any]], Awaitable[Any]]  # Any: ccxt ships no types


class _Binance(_CLIENT):  # type: ignore[misc] # ccxt ships no types
    """ccxt's client with our judgement of its answers."""

    def __init__(self, clock: Clock, *, beyond_this_machine: bool) -> None:
        super().__init__(
            {
                "enableRateLimit": False,
                "timeout": TIMEOUT_MS,
                "aiohttp_trust_env": beyond_this_machine,  # proxies
                "options": {"include_OS_certificates": True},
            }
        )
        self.clock = clock
        self.used_weight: int | None = None
        """In this minute, as the exchange last counted it."""

    def handle_errors(
        self,
        code: int,
        _reason: str,
        _url: str,
        _method: str,
        headers: Mapping[str, str],
        _body: str,
        response: object,
        _request_headers: object,
        _request_body: object,
    ) -> None:
        lowered = {name.lower(): value for name, value in headers.items()}
        self.used_weight = read_seconds(lowered.get(WEIGHT_HEADER))
        failure = judge_answer(code, lowered, response, self.clock.wall_ms())
        if failure is not None:
            raise failure


class WeightBudget(Protocol):
    """Raises RateLimitedError, StoreUnavailableError."""

    async def spend(self, weight: int) -> int: ...
    async def learn(self, used_weight: int) -> None: ...
    async def block(self, until_ms: int) -> None: ...


class ExchangeRest:
    """Asks the hosts in turn: one that refuses us, or cannot be reached, is left for the next."""

    def __init__(
        self,
        hosts: tuple[str, ...],
        budget: WeightBudget,
        clock: Clock,
        metrics: MarketMetrics,
        faults: FaultLog,
    ) -> None:
        self._hosts = hosts
        self._host = 0
        self._budget = budget
        self._clock = clock
        self._metrics = metrics
        self._faults = faults
        self._one_at_a_time = asyncio.Lock()
        self._quiet_until_ms = 0
        self._spent_at_ms, self._spent = 0, 0
        metrics.weight_used.set_function(self._spent_in_this_minute)
        is_local = urlsplit(hosts[0]).hostname in LOOPBACK_HOSTS
        self._client = _Binance(clock, beyond_this_machine=not is_local)
        self._point_at(hosts[0])

    async def klines(self, series: Series, since_ms: int, limit: int) -> KlineAnswer:
        """The oldest `limit` (at most 1,000) bars that open at or after `since_ms`.

        Raises ExchangeError, StoreUnavailableError.
        """
        symbol, interval = series.key
        query = {"symbol": symbol, "interval": interval, "startTime": since_ms, "limit": limit}
        rows = await self._ask(self._client.public_get_klines, query, KLINES_WEIGHT)
        if rows == []:
            self._faults.count(FaultKind.REST_EMPTY, symbol=symbol, timeframe=interval)
        answer = read_klines(series, since_ms, rows)
        self._faults.count(
            FaultKind.REST_BAD_ROW, answer.rejected, symbol=symbol, timeframe=interval
        )
        return answer

    async def server_time_ms(self) -> int:
        """Raises ExchangeError, StoreUnavailableError."""
        answer = await self._ask(self._client.public_get_time, {}, TIME_WEIGHT)
        time_ms = answer.get("serverTime") if isinstance(answer, dict) else None
        if type(time_ms) is not int or not 0 <= time_ms <= LARGEST_TIME_MS:
            raise TransientExchangeError(
                "the exchange does not tell its time", FaultKind.REST_NOT_JSON
            )
        return time_ms

    async def close(self) -> None:
        await self._client.close()

    async def _ask(self, call: _Call, query: dict[str, Any], weight: int) -> Any:  # noqa: ANN401 - JSON
        async for attempt in stamina.retry_context(
            on=(TransientExchangeError, HostRefusedError),
            attempts=max(ATTEMPTS, len(self._hosts)),
            wait_initial=0.1,
            wait_max=2.0,
        ):
            with attempt:
                return await self._ask_once(call, query, weight)
        raise AssertionError("stamina either returns or raises")

    async def _ask_once(self, call: _Call, query: dict[str, Any], weight: int) -> Any:  # noqa: ANN401 - JSON
        async with self._one_at_a_time:
            self._keep_quiet()
            used = await self._budget.spend(weight)
            self._note_spent(used)
            try:
                answer = await self._answer(call, query)
            except RateLimitedError as error:
                await self._block(error)
                raise
        self._metrics.requests.labels(OK).inc()
        await self._learn(used)
        return answer

    async def _answer(self, call: _Call, query: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON
        """Raises ExchangeError; each is counted by its name."""
        try:
            return await _asked(call, query)
        except ExchangeError as error:
            self._faults.count(error.fault, reason=error.message)
            self._metrics.requests.labels(error.fault.value).inc()
            if error.fault in LEAVES_HOST:
                self._turn_to_next_host()
            raise

    def _keep_quiet(self) -> None:
        """Also while the database, which remembers it for all of us, is away."""
        wall_ms = self._clock.wall_ms()
        if wall_ms < self._quiet_until_ms:
            raise RateLimitedError(self._quiet_until_ms, wall_ms)

    async def _block(self, error: RateLimitedError) -> None:
        self._quiet_until_ms = max(self._quiet_until_ms, error.until_ms)
        log.warning("exchange_rate_limited", seconds=error.wait_seconds)
        await self._budget.block(error.until_ms)

    async def _learn(self, charged: int) -> None:
        told = self._client.used_weight
        if told is not None and told > charged:
            self._note_spent(told)
            await self._budget.learn(told)

    def _note_spent(self, weight: int) -> None:
        self._spent_at_ms, self._spent = self._clock.wall_ms(), weight

    def _spent_in_this_minute(self) -> int:
        """As of our last request: what others have spent since is not known."""
        is_this_minute = self._clock.wall_ms() // MINUTE_MS == self._spent_at_ms // MINUTE_MS
        return self._spent if is_this_minute else 0

    def _turn_to_next_host(self) -> None:
        if len(self._hosts) == 1:
            return
        left, self._host = self._host, (self._host + 1) % len(self._hosts)
        log.warning("exchange_host_left", host=self._hosts[left], next=self._hosts[self._host])
        self._point_at(self._hosts[self._host])

    def _point_at(self, host: str) -> None:
        self._client.urls["api"].update(
            public=f"{host}/api/v3", private=f"{host}/api/v3", v1=f"{host}/api/v1"
        )


async def _asked(call: _Call, query: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON
    """Raises ExchangeError, whatever the answer was."""
    try:
        return await call(query)
    except ExchangeError:
        raise
    except _CCXT.timeout as error:
        fault = FaultKind.REST_TIMEOUT
        raise TransientExchangeError("the exchange did not answer in time", fault) from error
    except _CCXT.error as error:
        fault = FaultKind.REST_UNREACHABLE
        raise TransientExchangeError("the exchange cannot be reached", fault) from error
    except Exception as error:
        # A hostile body breaks ccxt in ways of its own, such as arrays that are nested too deep.
        fault = FaultKind.REST_NOT_JSON
        raise TransientExchangeError("the exchange's answer cannot be read", fault) from error
