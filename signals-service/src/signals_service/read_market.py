"""The market of a series over the time of some signals, for the baselines beside them."""

import asyncio
from collections.abc import Sequence
from typing import Final

import numpy as np

from service_kit.candle_windows import CandleWindow, CandleWindows
from service_kit.database import Database
from service_kit.series import Series
from signals_service.finer_candles import finer_candles
from trading_core.candles import Candles
from trading_core.decision.engine import Engine
from trading_core.indicators.series import indicator_series
from trading_core.scorecard.market import Market
from trading_core.scorecard.score import ScoredSignal
from trading_core.time_range import TimeRange

MOST_FINER_BARS: Final = 100_000
"""Beyond it, random entries are followed on coarser candles than the signals were.

Then a few more of them are stopped in a bar that held the target too: about one in a hundred at 1h.
"""


class MarketReader:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._windows = CandleWindows(database)

    async def read(self, series: Series, signals: Sequence[ScoredSignal], engine: Engine) -> Market:
        """Of at least one signal, by the levels and the horizon of the engine.

        Raises StoreUnavailableError.
        """
        horizon_bars = engine.horizon(series.timeframe)
        within = _period(series, signals, horizon_bars)
        window = await self._windows.available(
            series.symbol, series.timeframe, within.start_ms, within.end_ms
        )
        finer = await finer_candles(self._database, series, within, MOST_FINER_BARS)
        return await asyncio.to_thread(
            _market, window, within.start_ms, finer, engine, horizon_bars
        )


def _period(series: Series, signals: Sequence[ScoredSignal], horizon_bars: int) -> TimeRange:
    """Of the candles: from the first signal's to where the last may have been held."""
    entered_ms = [signal.entered_at_ms for signal in signals]
    held_ms = (horizon_bars + 1) * series.bar_ms
    return TimeRange(min(entered_ms) - series.bar_ms, max(entered_ms) + held_ms)


def _market(
    window: CandleWindow,
    since_ms: int,
    finer: tuple[Candles, ...],
    engine: Engine,
    horizon_bars: int,
) -> Market:
    return Market(
        candles=window.candles,
        atr=_atr(window, since_ms),
        rules=engine.risk,
        finer=finer,
        horizon_bars=horizon_bars,
    )


def _atr(window: CandleWindow, since_ms: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """One a candle; NaN before `since_ms`, and where a hole lies in the candle's window."""
    known = indicator_series(window.candles, since_ms, window.first_available_ms)
    atr = np.full(len(window.candles), np.nan)
    atr[len(atr) - len(known) :] = np.where(
        window.is_whole_at(known.open_time_ms), known.atr, np.nan
    )
    return atr
