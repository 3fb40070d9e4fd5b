"""How each closed candle reached us, given since when its series has been watched."""

from typing import Protocol

from market_service.candle_origin import candle_origin
from market_service.candle_store import SeenCandle
from market_service.coverage_store import Coverage
from market_service.exact_candle import ExactCandle
from market_service.exchange_time import ExchangeTime
from service_kit.clock import Clock
from service_kit.series import Series


class CoverageSource(Protocol):
    async def begin(self, series: Series, now_ms: int) -> Coverage: ...


class Witness:
    """Says of a closed candle how it reached us."""

    def __init__(self, coverage: CoverageSource, time: ExchangeTime, clock: Clock) -> None:
        self._coverage = coverage
        self._time = time
        self._clock = clock
        self._live_since_ms: dict[Series, int] = {}

    async def sighting(self, candle: ExactCandle, seen_at_ms: int) -> SeenCandle:
        """Raises StoreUnavailableError."""
        origin = candle_origin(
            closed_at_ms=candle.closes_at_ms,
            stored_at_ms=self._time.now_ms(),
            live_since_ms=await self._since(candle.series),
            speed=self._clock.speed,
        )
        return SeenCandle(candle, origin, seen_at_ms)

    async def _since(self, series: Series) -> int:
        if series not in self._live_since_ms:
            coverage = await self._coverage.begin(series, self._time.now_ms())
            self._live_since_ms[series] = coverage.live_since_ms
        return self._live_since_ms[series]
