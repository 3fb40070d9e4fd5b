"""Whether the newest bar has all the candles that it is computed from.

A stack whose clock started earlier would close its first bars while their windows are still being
fetched, and decide them late.
"""

import time
from collections.abc import Callable, Iterable
from typing import Final, Protocol

from market_service.coverage_store import Coverage
from service_kit.clock import Clock
from service_kit.series import Series

GIVE_UP_SECONDS: Final = 60.0
"""An exchange that is away does not keep the platform from starting: it is waited for later."""


class CoverageBook(Protocol):
    async def begin(self, series: Series, now_ms: int) -> Coverage: ...


class HistoryReady:
    def __init__(
        self,
        coverage: CoverageBook,
        clock: Clock,
        series: Iterable[Series],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._coverage = coverage
        self._clock = clock
        self._pending = list(series)
        self._monotonic = monotonic
        self._give_up_at = monotonic() + GIVE_UP_SECONDS

    async def check(self) -> str | None:
        """What is still being fetched; None once all was there, or it took too long."""
        if self._monotonic() > self._give_up_at:
            return None
        while self._pending:
            series = self._pending[0]
            if not await self._is_whole(series):
                return f"fetching the history of {' '.join(series.key)}"
            self._pending = [one for one in self._pending if one != series]
        return None

    async def _is_whole(self, series: Series) -> bool:
        now_ms = self._clock.now_ms()
        coverage = await self._coverage.begin(series, now_ms)
        newest_ms = series.timeframe.last_closed_open(now_ms)
        needed_ms = series.timeframe.window_start(newest_ms, coverage.first_available_ms or 0)
        return coverage.backfilled_from_ms <= needed_ms
