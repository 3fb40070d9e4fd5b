"""The leader's background work: holes, doubts, a page of history each, revisions; and again.

Holes come first in every round, so that a long backfill never delays what is needed now. A round
ends with the first trouble; the series that had it comes last in the next one.
"""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final

from market_service.candle_store import Bar
from market_service.collect_candles import CandleCollector
from market_service.errors import ExchangeError, PermanentExchangeError, RateLimitedError
from service_kit.errors import StoreUnavailableError
from service_kit.logging import get_logger
from service_kit.series import Series
from trading_core.timeframe import Timeframe

log = get_logger(__name__)

SWEEP_SECONDS: Final = 5.0
RETRY_SECONDS: Final = 1.0
SETTLED_SECONDS: Final = 1.2
"""Just longer than it takes until a bar that has closed by now counts as settled."""
REVISED_BARS: Final = 999
"""Read again after each start and reconnection: nobody watched."""
REVISE_SECONDS: Final = 60.0
LATELY_REVISED_BARS: Final = 240
"""Read again every so often: the exchange need not say on the stream that it revised a candle."""


class Upkeep:
    def __init__(
        self,
        collector: CandleCollector,
        series: Sequence[Series],
        backfill_bars: Mapping[Timeframe, int | None],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._collector = collector
        self._series = deque(series)
        self._backfill_bars = backfill_bars
        self._monotonic = monotonic
        self._unfinished = set(series)
        self._unrevised = dict.fromkeys(series, REVISED_BARS)
        self._revise_at = monotonic() + REVISE_SECONDS
        self._doubted: set[Bar] = set()
        self._wake = asyncio.Event()

    def connected(self) -> None:
        """The stream is there (again): heal what it missed as soon as that is settled."""
        self._unrevised = dict.fromkeys(self._series, REVISED_BARS)
        self._wake_when_settled()

    def doubt(self, bar: Bar) -> None:
        """Which values hold for this bar is to be asked over REST."""
        self._doubted.add(bar)
        self._wake_when_settled()

    async def run(self) -> None:
        while True:
            self._wake.clear()
            pause_seconds = await self.round()
            try:
                async with asyncio.timeout(pause_seconds):
                    await self._wake.wait()
            except TimeoutError:
                continue

    async def round(self) -> float:
        """Returns how long nothing needs to be done, in wall seconds."""
        try:
            await self._each(self._heal)
            await self._settle_doubts()
            await self._each(self._backfill)
            await self._each(self._look_for_revisions)
        except RateLimitedError as error:
            return float(error.wait_seconds)
        except (ExchangeError, StoreUnavailableError) as error:
            log.warning("collect_delayed", reason=error.message)
            return RETRY_SECONDS
        return 0.0 if self._unfinished else SWEEP_SECONDS

    def _wake_when_settled(self) -> None:
        asyncio.get_running_loop().call_later(SETTLED_SECONDS, self._wake.set)

    async def _each(self, work: Callable[[Series], Awaitable[None]]) -> None:
        for series in tuple(self._series):
            try:
                await work(series)
            except PermanentExchangeError as error:
                _log_refused(series, error)
            except ExchangeError:
                self._series.remove(series)
                self._series.append(series)
                raise

    async def _heal(self, series: Series) -> None:
        await self._collector.collect(series)

    async def _settle_doubts(self) -> None:
        for bar in tuple(self._doubted):
            if await self._collector.read_again(bar):
                self._doubted.discard(bar)

    async def _backfill(self, series: Series) -> None:
        if series not in self._unfinished:
            return
        wanted = self._backfill_bars.get(series.timeframe)
        try:
            remaining = await self._collector.backfill_page(series, wanted)
        except PermanentExchangeError:
            self._unfinished.discard(series)
            raise
        if not remaining:
            self._unfinished.discard(series)

    async def _look_for_revisions(self, series: Series) -> None:
        if self._monotonic() >= self._revise_at:
            self._revise_at = self._monotonic() + REVISE_SECONDS
            self._unrevised = dict.fromkeys(self._series, LATELY_REVISED_BARS) | self._unrevised
        if series in self._unrevised and not self._unfinished:
            await self._collector.fetch_newest(series, self._unrevised[series])
            self._unrevised.pop(series, None)


def _log_refused(series: Series, error: PermanentExchangeError) -> None:
    symbol, timeframe = series.key
    log.error("exchange_refused", symbol=symbol, timeframe=timeframe, reason=error.message)
