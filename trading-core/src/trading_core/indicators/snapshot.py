"""Every indicator at one bar: the newest of the candles."""

from trading_core.candles import Candles
from trading_core.indicators.series import indicator_series
from trading_core.indicators.values import IndicatorSnapshot


def indicator_snapshot(candles: Candles, first_available_ms: int = 0) -> IndicatorSnapshot:
    """Every indicator at the last bar; None where it is not warm.

    Only the bar's window is looked at, so the candles may reach back further; they have to reach
    back to `timeframe.window_start(last_open_ms, first_available_ms)` without a hole.
    Raises InvalidCandlesError when there is no candle.
    """
    return indicator_series(candles, candles.last_open_ms, first_available_ms).at(-1)
