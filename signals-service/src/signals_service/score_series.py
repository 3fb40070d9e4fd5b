"""The scorecard of one series: its signals beside what its market would have given anyway."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from service_kit.candle_windows import CandleWindow, CandleWindows
from service_kit.database import Database
from service_kit.series import Series
from signals_service.finer_candles import finer_candles
from trading_core.candles import Candles
from trading_core.decision.engine import Engine
from trading_core.indicators.series import indicator_series
from trading_core.scorecard.random_entries import Market
from trading_core.scorecard.score import ScoredSignal
from trading_core.scorecard.scorecard import GroupScore, scorecard
from trading_core.time_range import TimeRange

MOST_FINER_BARS: Final = 100_000
"""Beyond it, random entries are followed on coarser candles than the signals were.

Then a few more of them are stopped in a bar that held the target too: about one in a hundred at 1h.
"""


class SeriesScorer:
    """Every method raises StoreUnavailableError."""

    def __init__(self, database: Database, engine: Engine) -> None:
        self._database = database
        self._engine = engine
        self._windows = CandleWindows(database)

    async def score(
        self, series: Series, groups: Mapping[str, Sequence[ScoredSignal]]
    ) -> dict[str, GroupScore]:
        """Each group by itself; there is at least one signal."""
        within = self._period(series, [one for group in groups.values() for one in group])
        window = await self._windows.available(
            series.symbol, series.timeframe, within.start_ms, within.end_ms
        )
        finer = await finer_candles(self._database, series, within, MOST_FINER_BARS)
        return await asyncio.to_thread(self._score, series, within, window, finer, groups)

    def _period(self, series: Series, signals: Sequence[ScoredSignal]) -> TimeRange:
        """Of the candles: from the first signal's to where the last may have been held."""
        entered_ms = [signal.entered_at_ms for signal in signals]
        held_bars = self._engine.horizon(series.timeframe) + 1
        return TimeRange(
            min(entered_ms) - series.bar_ms, max(entered_ms) + held_bars * series.bar_ms
        )

    def _score(
        self,
        series: Series,
        within: TimeRange,
        window: CandleWindow,
        finer: tuple[Candles, ...],
        groups: Mapping[str, Sequence[ScoredSignal]],
    ) -> dict[str, GroupScore]:
        market = Market(
            candles=window.candles,
            atr=_atr(window, within.start_ms),
            rules=self._engine.risk,
            finer=finer,
            horizon_bars=self._engine.horizon(series.timeframe),
        )
        return scorecard(groups, market)


def _atr(window: CandleWindow, since_ms: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """One a candle; NaN before `since_ms`, and where a hole lies in the candle's window."""
    known = indicator_series(window.candles, since_ms, window.first_available_ms)
    atr = np.full(len(window.candles), np.nan)
    atr[len(atr) - len(known) :] = np.where(
        window.is_whole_at(known.open_time_ms), known.atr, np.nan
    )
    return atr
