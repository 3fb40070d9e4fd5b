"""The indicators of every bar of a stretch whose window is whole."""

import asyncio
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from service_kit.candle_windows import CandleWindows
from service_kit.series import Series
from trading_core.indicators.series import indicator_series
from trading_core.indicators.values import IndicatorSeries
from trading_core.time_range import TimeRange


@dataclass(frozen=True, slots=True)
class ComputedHistory:
    indicators: IndicatorSeries
    left_out: int
    """Bars with a hole in their window."""


async def compute_history(
    windows: CandleWindows, series: Series, span: TimeRange
) -> ComputedHistory:
    """Of the bars that open in the span.

    Raises StoreUnavailableError.
    """
    window = await windows.available(series.symbol, series.timeframe, span.start_ms, span.end_ms)
    computed = await asyncio.to_thread(
        indicator_series, window.candles, span.start_ms, window.first_available_ms
    )
    whole = window.is_whole_at(computed.open_time_ms)
    return ComputedHistory(_chosen(computed, whole), int(np.count_nonzero(~whole)))


def _chosen(computed: IndicatorSeries, rows: NDArray[np.bool_]) -> IndicatorSeries:
    return IndicatorSeries(**{f.name: getattr(computed, f.name)[rows] for f in fields(computed)})
