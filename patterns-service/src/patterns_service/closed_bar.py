"""Scan one closed bar for patterns, store what is found, and say what the last bars showed."""

from typing import Any

from patterns_service.patterns_metrics import PatternsMetrics
from patterns_service.patterns_store import PatternsStore, Scan
from service_kit.candle_windows import CandleWindow, CandleWindows
from service_kit.errors import CandlesMissingError
from service_kit.series import Series
from trading_core.patterns.scan import sightings_until
from trading_core.patterns.sightings import PatternSighting
from trading_core.time_range import TimeRange


class ClosedBars:
    def __init__(
        self, windows: CandleWindows, store: PatternsStore, metrics: PatternsMetrics
    ) -> None:
        self._windows = windows
        self._store = store
        self._metrics = metrics

    async def close(self, series: Series, bar_open_ms: int, bars: int) -> dict[str, Any]:
        """What the candles of the last `bars` bars say now; only the newest of them is stored.

        Raises as `CandleWindows.at` does.
        """
        window = await self._window(series, bar_open_ms)
        sightings = sightings_until(window.candles, bars, window.first_available_ms)
        newest = tuple(one for one in sightings if one.opened_at_ms == bar_open_ms)
        bar = TimeRange(bar_open_ms, bar_open_ms + series.bar_ms)
        await self._store.save(series, Scan((bar,), newest))
        self._metrics.scanned.labels(series.timeframe).inc()
        return _answer(series, bar_open_ms, window, sightings)

    async def _window(self, series: Series, bar_open_ms: int) -> CandleWindow:
        try:
            return await self._windows.at(series.symbol, series.timeframe, bar_open_ms)
        except CandlesMissingError:
            self._metrics.held_up.labels(series.timeframe).inc()
            raise


def _answer(
    series: Series, bar_open_ms: int, window: CandleWindow, sightings: list[PatternSighting]
) -> dict[str, Any]:  # Any: JSON
    symbol, timeframe = series.key
    return {
        "symbol": symbol,
        "timeframe": timeframe,
        "timestamp": bar_open_ms,
        "candles": window.fingerprint(),
        "patterns": [
            {
                "timestamp": one.opened_at_ms,
                "patternType": one.pattern_type.value,
                "strength": one.strength,
            }
            for one in sightings
        ],
    }
