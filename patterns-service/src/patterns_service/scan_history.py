"""The patterns of every bar of a stretch whose window is whole."""

import asyncio
from dataclasses import dataclass

import numpy as np

from patterns_service.patterns_store import Scan
from service_kit.bar_ranges import unbroken_ranges
from service_kit.candle_windows import CandleWindow, CandleWindows
from service_kit.series import Series
from trading_core.patterns.scan import scan
from trading_core.patterns.sightings import PatternSeries
from trading_core.time_range import TimeRange


@dataclass(frozen=True, slots=True)
class ScannedHistory:
    scan: Scan
    bars: int
    left_out: int
    """Bars with a hole in their window."""


async def scan_history(windows: CandleWindows, series: Series, span: TimeRange) -> ScannedHistory:
    """Of the bars that open in the span.

    Raises StoreUnavailableError.
    """
    window = await windows.available(series.symbol, series.timeframe, span.start_ms, span.end_ms)
    return await asyncio.to_thread(_scanned, window, span.start_ms)


def _scanned(window: CandleWindow, since_ms: int) -> ScannedHistory:
    found = scan(window.candles, since_ms, window.first_available_ms)
    whole = window.is_whole_at(found.open_time_ms)
    opens_ms = found.open_time_ms[whole]
    strengths = {kind: column[whole] for kind, column in found.strengths.items()}
    sightings = PatternSeries(opens_ms, strengths).sightings()
    bars = unbroken_ranges(opens_ms, window.candles.timeframe.duration_ms)
    left_out = int(np.count_nonzero(~whole))
    return ScannedHistory(Scan(bars, tuple(sightings)), len(opens_ms), left_out)
