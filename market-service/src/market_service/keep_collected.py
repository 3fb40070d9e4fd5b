"""The leader's background work: holes healed, then one page of history for each series, again.

Holes come first in every round, so that a long backfill never delays what is needed now.
"""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Final

from market_service.collect_candles import CandleCollector
from market_service.errors import ExchangeError, PermanentExchangeError, RateLimitedError
from service_kit.errors import StoreUnavailableError
from service_kit.logging import get_logger
from service_kit.series import Series
from trading_core.timeframe import Timeframe

log = get_logger(__name__)

SWEEP_SECONDS: Final = 5.0
RETRY_SECONDS: Final = 2.0
AFTER_CONNECT_SECONDS: Final = 1.2
"""Just longer than it takes until a bar that closed before the connection counts as settled."""
NEWEST_BARS: Final = 999


class Upkeep:
    def __init__(
        self,
        collector: CandleCollector,
        series: Sequence[Series],
        backfill_bars: Mapping[Timeframe, int | None],
    ) -> None:
        self._collector = collector
        self._series = series
        self._backfill_bars = backfill_bars
        self._unfinished = list(series)
        self._unrevised = list(series)
        self._wake = asyncio.Event()

    def connected(self) -> None:
        """The stream is there (again): heal what it missed as soon as that is settled."""
        asyncio.get_running_loop().call_later(AFTER_CONNECT_SECONDS, self._wake.set)

    async def run(self) -> None:
        while True:
            self._wake.clear()
            pause_seconds = await self._round()
            try:
                async with asyncio.timeout(pause_seconds):
                    await self._wake.wait()
            except TimeoutError:
                continue

    async def _round(self) -> float:
        """Returns how long nothing needs to be done, in wall seconds."""
        try:
            await self._heal()
            await self._backfill()
            await self._look_for_revisions()
        except RateLimitedError as error:
            return float(error.wait_seconds)
        except (ExchangeError, StoreUnavailableError) as error:
            log.warning("collect_delayed", reason=error.message)
            return RETRY_SECONDS
        return 0.0 if self._unfinished else SWEEP_SECONDS

    async def _heal(self) -> None:
        for series in self._series:
            try:
                await self._collector.collect(series)
            except PermanentExchangeError as error:
                _log_refused(series, error)

    async def _look_for_revisions(self) -> None:
        """Once after each start: candles that the exchange revised while nobody watched."""
        while self._unrevised and not self._unfinished:
            series = self._unrevised[-1]
            try:
                await self._collector.fetch_newest(series, NEWEST_BARS)
            except PermanentExchangeError as error:
                _log_refused(series, error)
            self._unrevised.pop()

    async def _backfill(self) -> None:
        for series in tuple(self._unfinished):
            wanted = self._backfill_bars.get(series.timeframe)
            try:
                remaining = await self._collector.backfill_page(series, wanted)
            except PermanentExchangeError as error:
                _log_refused(series, error)
                remaining = 0
            if not remaining:
                self._unfinished.remove(series)


def _log_refused(series: Series, error: PermanentExchangeError) -> None:
    symbol, timeframe = series.key
    log.error("exchange_refused", symbol=symbol, timeframe=timeframe, reason=error.message)
