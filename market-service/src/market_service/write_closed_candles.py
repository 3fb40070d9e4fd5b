"""Closed candles of the stream into the table: batched, and kept while the database is away."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from typing import Final, Protocol

from market_service.announce_stored import Announce
from market_service.candle_store import Added, Bar, SeenCandle
from market_service.exact_candle import ExactCandle
from market_service.exchange_time import ExchangeTime
from market_service.market_metrics import MarketMetrics
from market_service.trace_candles import CandleTraces
from market_service.witness import Witness
from service_kit.errors import StoreUnavailableError
from service_kit.logging import get_logger

log = get_logger(__name__)

MOST_WAITING: Final = 100_000
"""Beyond that the oldest are given up; as holes they are healed later."""
MOST_AT_ONCE: Final = 1_000
RETRY_SECONDS: Final = 0.5


class CandleSink(Protocol):
    async def add(self, candles: Sequence[SeenCandle]) -> Added: ...


class ClosedCandleWriter:
    """`offer` never waits; a crash loses what waits here, and the holes are healed."""

    def __init__(
        self,
        candles: CandleSink,
        witness: Witness,
        time: ExchangeTime,
        announce: Announce,
        doubt: Callable[[Bar], None],
        metrics: MarketMetrics,
        traces: CandleTraces,
    ) -> None:
        """`doubt` is told of bars whose closing frames contradict what is known of them."""
        self._candles = candles
        self._witness = witness
        self._time = time
        self._announce = announce
        self._doubt = doubt
        self._metrics = metrics
        self._traces = traces
        self._waiting: deque[tuple[ExactCandle, int]] = deque()
        self._offered = asyncio.Event()

    def offer(self, candle: ExactCandle) -> None:
        if len(self._waiting) >= MOST_WAITING:
            lost, _seen_ms = self._waiting.popleft()
            self._traces.end([lost])
            self._metrics.overflowed.inc()
        self._traces.closed(candle)
        self._waiting.append((candle, self._time.now_ms()))
        self._offered.set()

    async def run(self) -> None:
        while True:
            await self._offered.wait()
            self._offered.clear()
            while not await self._try_to_write():  # noqa: ASYNC110 - no event says it is back
                await asyncio.sleep(RETRY_SECONDS)

    async def _try_to_write(self) -> bool:
        try:
            await self.write()
        except StoreUnavailableError as error:
            log.warning("candles_wait", count=len(self._waiting), reason=error.message)
            return False
        return True

    async def write(self) -> None:
        """Write all that waits. Raises StoreUnavailableError; then the rest still waits."""
        while self._waiting:
            batch = [self._waiting.popleft() for _ in range(min(len(self._waiting), MOST_AT_ONCE))]
            closed = [candle for candle, _seen_ms in batch]
            try:
                with self._traces.storing(closed):
                    sightings = [await self._witness.sighting(*seen) for seen in batch]
                    added = await self._candles.add(sightings)
            except (StoreUnavailableError, asyncio.CancelledError):
                self._waiting.extendleft(reversed(batch))
                raise
            finally:
                self._metrics.unwritten.set(len(self._waiting))
            for bar in added.doubted:
                self._doubt(bar)
            await self._announce(added.stored)
            self._traces.end(closed)
