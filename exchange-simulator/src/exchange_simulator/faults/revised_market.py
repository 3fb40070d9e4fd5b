"""A market as the exchange tells it: without the minutes of outages, with its revisions.

Coarser bars that contain a touched minute are built anew from the minutes that are left.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from exchange_simulator.aggregate import aggregate
from exchange_simulator.bars import Bar, Bars
from exchange_simulator.faults.corrections import Correction, draw
from exchange_simulator.market import Increments, Market
from trading_core.symbol import Symbol
from trading_core.timeframe import MINUTE_MS, Timeframe

EVER_MS: Final = 2**62
"""A time after every revision."""


@dataclass(frozen=True, slots=True)
class RevisedMarket:
    """Implements `market.Market`; as it is told at `now_ms`."""

    market: Market
    corrections: Callable[[], tuple[Correction, ...]]
    now_ms: int = EVER_MS

    @property
    def symbols(self) -> tuple[Symbol, ...]:
        return self.market.symbols

    def at(self, now_ms: int) -> "RevisedMarket":
        corrections = self.corrections()
        return replace(self, corrections=lambda: corrections, now_ms=now_ms)

    def increments(self, symbol: Symbol) -> Increments:
        return self.market.increments(symbol)

    def oldest(
        self, symbol: Symbol, timeframe: Timeframe, first_ms: int, end_ms: int, count: int
    ) -> Bars:
        parts: list[Bars] = []
        while count > 0:
            bars = self.market.oldest(symbol, timeframe, first_ms, end_ms, count)
            if not len(bars):
                break
            parts.append(self._corrected(symbol, timeframe, bars))
            count -= len(parts[-1])
            first_ms = int(bars.open_ms[-1]) + 1
        return Bars.joined(parts)

    def newest(self, symbol: Symbol, timeframe: Timeframe, end_ms: int, count: int) -> Bars:
        parts: list[Bars] = []
        while count > 0:
            bars = self.market.newest(symbol, timeframe, end_ms, count)
            if not len(bars):
                break
            parts.insert(0, self._corrected(symbol, timeframe, bars))
            count -= len(parts[0])
            end_ms = int(bars.open_ms[0])
        return Bars.joined(parts)

    def tiles(self, symbol: Symbol, first_ms: int, end_ms: int) -> Bars:
        return self._corrected_minutes(symbol, self.market.tiles(symbol, first_ms, end_ms))

    def finest_timeframe(self, symbol: Symbol, time_ms: int) -> Timeframe | None:
        return self.market.finest_timeframe(symbol, time_ms)

    def finest_bar(self, symbol: Symbol, time_ms: int) -> Bar | None:
        bar = self.market.finest_bar(symbol, time_ms)
        if bar is None:
            return None
        corrected = self._corrected_minutes(symbol, Bars.single(bar))
        return corrected.bar(0) if len(corrected) else None

    def _corrected(self, symbol: Symbol, timeframe: Timeframe, bars: Bars) -> Bars:
        if timeframe is Timeframe.M1:
            return self._corrected_minutes(symbol, bars)
        touched = {
            timeframe.bar_open(open_ms)
            for correction in self._reaching(symbol, bars, timeframe.duration_ms)
            for open_ms in self._touched_minutes(symbol, correction, bars, timeframe)
        }
        rows = np.flatnonzero(np.isin(bars.open_ms, list(touched)))
        return self._rebuilt(symbol, timeframe, bars, rows.tolist()) if len(rows) else bars

    def _rebuilt(self, symbol: Symbol, timeframe: Timeframe, bars: Bars, rows: list[int]) -> Bars:
        """The bars with those in these rows built from what is told of their minutes."""
        parts, done = [], 0
        for row in rows:
            open_ms = int(bars.open_ms[row])
            left = self.tiles(symbol, open_ms, open_ms + timeframe.duration_ms)
            parts += [bars.part(done, row), aggregate(left, timeframe)]
            done = row + 1
        return Bars.joined([*parts, bars.part(done, len(bars))])

    def _touched_minutes(
        self, symbol: Symbol, correction: Correction, bars: Bars, timeframe: Timeframe
    ) -> Iterator[int]:
        """Open times of the minutes that are told otherwise now than the market has them."""
        first_ms = max(correction.after_ms - MINUTE_MS + 1, int(bars.open_ms[0]))
        last_ms = int(bars.open_ms[-1]) + timeframe.duration_ms
        end_ms = min(correction.until_ms - MINUTE_MS + 1, last_ms)
        count = max(0, (end_ms - first_ms) // MINUTE_MS + 1)
        minutes = self.market.oldest(symbol, Timeframe.M1, first_ms, end_ms, count)
        return (t for t in minutes.open_ms.tolist() if correction.touches(symbol, t, self.now_ms))

    def _corrected_minutes(self, symbol: Symbol, bars: Bars) -> Bars:
        """Finest bars, of which the minutes are corrected."""
        for correction in self._reaching(symbol, bars, MINUTE_MS):
            rows = [
                row
                for row in _rows_within(bars, correction)
                if correction.touches(symbol, int(bars.open_ms[row]), self.now_ms)
                and self.market.finest_timeframe(symbol, int(bars.open_ms[row])) is Timeframe.M1
            ]
            if correction.is_outage:
                bars = bars.chosen(np.delete(np.arange(len(bars)), rows))
            else:
                bars = self._revised(symbol, bars, rows, correction)
        return bars

    def _revised(self, symbol: Symbol, bars: Bars, rows: list[int], correction: Correction) -> Bars:
        if not rows:
            return bars
        copy = bars.chosen(np.arange(len(bars)))
        increments, fault = self.increments(symbol), correction.fault
        for row in rows:
            bar = bars.bar(row)
            told = draw(fault.seed, fault.index, symbol, bar.open_ms).applied(bar, increments)
            copy.high[row], copy.low[row] = told.high, told.low
            copy.close[row], copy.volume[row] = told.close, told.volume
        return copy

    def _reaching(self, symbol: Symbol, bars: Bars, duration_ms: int) -> list[Correction]:
        """Corrections of minutes that lie within these bars."""
        if not len(bars):
            return []
        first_ms, last_ms = int(bars.open_ms[0]), int(bars.open_ms[-1]) + duration_ms
        return [one for one in self.corrections() if one.reaches(symbol, first_ms, last_ms)]


def _rows_within(bars: Bars, correction: Correction) -> range:
    """Rows of the minutes that close in the correction's time."""
    closes = bars.open_ms + MINUTE_MS
    first, end = np.searchsorted(closes, (correction.after_ms, correction.until_ms), side="right")
    return range(int(first), int(end))
