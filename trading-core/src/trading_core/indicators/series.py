"""Every indicator over history, block by block, so that it equals the single bar exactly."""

from typing import Final

import numpy as np

from trading_core.blocks import Block, blocks
from trading_core.candles import Candles
from trading_core.indicators.catalogue import CATALOGUE
from trading_core.indicators.indicator import Indicator, Stretch
from trading_core.indicators.values import INDICATORS, FloatArray, IndicatorSeries

_OVERFLOW_FREE: Final = 1e100
"""Prices and volumes below it give no infinity, squared and summed over a window."""


def indicator_series(
    candles: Candles, since_ms: int, first_available_ms: int = 0
) -> IndicatorSeries:
    """Every indicator at each bar that opens at or after `since_ms`; NaN where it is not warm.

    The candles have to reach back to `timeframe.window_start(since_ms, first_available_ms)`
    without a hole; minutes that the exchange never had may be missing.
    """
    found = tuple(blocks(candles, since_ms, first_available_ms))
    first = found[0].kept.start if found else len(candles)
    table = np.empty((len(INDICATORS), len(candles) - first))
    columns = dict(zip(INDICATORS, table, strict=True))
    for indicator in CATALOGUE:
        into = [columns[name] for name in indicator.names]
        for block in found:
            rows = slice(block.kept.start - first, block.kept.stop - first)
            values = _values_in(candles, block, indicator, first_available_ms)
            for column, kept in zip(into, values, strict=True):
                column[rows] = kept
    if found:
        _clear_overflow(table, candles[found[0].window.start :])
    return IndicatorSeries(open_time_ms=candles.open_time_ms[first:], **columns)


def _values_in(
    candles: Candles, block: Block, indicator: Indicator, first_available_ms: int
) -> list[FloatArray]:
    """The indicator's columns over the rows that the block keeps."""
    start = max(block.window.start, block.opening - indicator.memory_bars)
    stretch = Stretch(candles, slice(start, block.window.stop), first_available_ms)
    kept = [column[block.kept.start - start :] for column in indicator.compute(stretch)]
    cold = indicator.warm_bars - 1 - (block.kept.start - block.window.start)
    if cold > 0:
        for column in kept:
            column[:cold] = np.nan
    return kept


def _clear_overflow(table: FloatArray, candles: Candles) -> None:
    if max(candles.high.max(), candles.volume.max()) >= _OVERFLOW_FREE:
        table[np.isinf(table)] = np.nan
