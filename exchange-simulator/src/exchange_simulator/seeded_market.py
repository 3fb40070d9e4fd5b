"""A simulated market: endless, and the same for the same seed however it is asked."""

from dataclasses import dataclass

from exchange_simulator.aggregate import aggregate
from exchange_simulator.bars import Bar, Bars
from exchange_simulator.daily_path import GENESIS_MS
from exchange_simulator.hourly_path import BLOCK_MS, hourly_block
from exchange_simulator.market import Increments
from exchange_simulator.market_character import market_character
from exchange_simulator.minute_path import minutes_of_day
from trading_core.symbol import Symbol
from trading_core.timeframe import DAY_MS, Timeframe


@dataclass(frozen=True, slots=True)
class SeededMarket:
    """Implements `market.Market`. Minutes are made only when asked for; coarser bars need none."""

    seed: int
    symbols: tuple[Symbol, ...]

    def at(self, now_ms: int) -> "SeededMarket":
        del now_ms
        return self

    def increments(self, symbol: Symbol) -> Increments:
        return market_character(symbol).increments

    def oldest(
        self, symbol: Symbol, timeframe: Timeframe, first_ms: int, end_ms: int, count: int
    ) -> Bars:
        duration_ms = timeframe.duration_ms
        first_open_ms = -(-max(first_ms, GENESIS_MS) // duration_ms) * duration_ms
        counted_ms = first_open_ms + count * duration_ms
        return self._bars(symbol, timeframe, first_open_ms, min(end_ms, counted_ms))

    def newest(self, symbol: Symbol, timeframe: Timeframe, end_ms: int, count: int) -> Bars:
        end_open_ms = -(-end_ms // timeframe.duration_ms) * timeframe.duration_ms
        first_ms = max(GENESIS_MS, end_open_ms - count * timeframe.duration_ms)
        return self._bars(symbol, timeframe, first_ms, end_ms)

    def tiles(self, symbol: Symbol, first_ms: int, end_ms: int) -> Bars:
        return self._minutes(symbol, first_ms, end_ms - Timeframe.M1.duration_ms + 1)

    def finest_timeframe(self, symbol: Symbol, time_ms: int) -> Timeframe | None:
        del symbol
        return Timeframe.M1 if time_ms >= GENESIS_MS else None

    def finest_bar(self, symbol: Symbol, time_ms: int) -> Bar | None:
        if time_ms < GENESIS_MS:
            return None
        open_ms = Timeframe.M1.bar_open(time_ms)
        return self._minutes(symbol, open_ms, open_ms + 1).bar(0)

    def _bars(self, symbol: Symbol, timeframe: Timeframe, first_ms: int, end_ms: int) -> Bars:
        """Bars that open in [first_ms, end_ms), both on or after the genesis; whole ones."""
        if first_ms >= end_ms:
            return Bars.empty()
        until_ms = timeframe.next_close(end_ms - 1)
        if timeframe.duration_ms < Timeframe.H1.duration_ms:
            return aggregate(self._minutes(symbol, first_ms, until_ms), timeframe)
        return aggregate(self._hours(symbol, first_ms, until_ms), timeframe)

    def _hours(self, symbol: Symbol, first_ms: int, end_ms: int) -> Bars:
        blocks = range((first_ms - GENESIS_MS) // BLOCK_MS, -(-(end_ms - GENESIS_MS) // BLOCK_MS))
        parts = [hourly_block(self.seed, symbol, n).between(first_ms, end_ms) for n in blocks]
        return Bars.joined(parts)

    def _minutes(self, symbol: Symbol, first_ms: int, end_ms: int) -> Bars:
        first_ms = max(first_ms, GENESIS_MS)
        days = range((first_ms - GENESIS_MS) // DAY_MS, -(-(end_ms - GENESIS_MS) // DAY_MS))
        parts = [minutes_of_day(self.seed, symbol, day).between(first_ms, end_ms) for day in days]
        return Bars.joined(parts)
