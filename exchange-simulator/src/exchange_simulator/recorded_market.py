"""A market that is played from recordings."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from exchange_simulator.bars import Bar, Bars
from exchange_simulator.combine import combine
from exchange_simulator.errors import CombinationError, StartError
from exchange_simulator.fixed_point import decimal_step
from exchange_simulator.market import CENT, Increments
from exchange_simulator.recording import Recording
from exchange_simulator.stretch import Stretch, stretches_of
from exchange_simulator.utc_text import utc_text
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe


@dataclass(frozen=True, slots=True)
class RecordedSymbol:
    """One symbol's stretches, finest first, and its table of bars for each timeframe."""

    stretches: tuple[Stretch, ...]
    tables: Mapping[Timeframe, Bars]
    increments: Increments

    def stretch_at(self, time_ms: int) -> Stretch | None:
        """The finest one that reaches this time; at the very end of one still that one."""
        reaching = (s for s in self.stretches if s.start_ms <= time_ms <= s.end_ms)
        return next(reaching, None)


@dataclass(frozen=True, slots=True)
class RecordedMarket:
    """Implements `market.Market`."""

    recorded: Mapping[Symbol, RecordedSymbol]

    @classmethod
    def of(cls, recordings: Sequence[Recording], wanted: Iterable[Symbol]) -> Self:
        """Raises: CombinationError: a wanted symbol has no recording, or recordings disagree."""
        return cls({symbol: _recorded(symbol, recordings) for symbol in wanted})

    @property
    def symbols(self) -> tuple[Symbol, ...]:
        return tuple(self.recorded)

    def at(self, now_ms: int) -> "RecordedMarket":
        del now_ms
        return self

    def increments(self, symbol: Symbol) -> Increments:
        return self.recorded[symbol].increments

    def oldest(
        self, symbol: Symbol, timeframe: Timeframe, first_ms: int, end_ms: int, count: int
    ) -> Bars:
        return self.recorded[symbol].tables[timeframe].between(first_ms, end_ms).part(0, count)

    def newest(self, symbol: Symbol, timeframe: Timeframe, end_ms: int, count: int) -> Bars:
        before = self.recorded[symbol].tables[timeframe].between(0, end_ms)
        return before.part(max(0, len(before) - count), len(before))

    def tiles(self, symbol: Symbol, first_ms: int, end_ms: int) -> Bars:
        """Walks back from the end, finest stretch first, as far as each one reaches."""
        parts: list[Bars] = []
        for stretch in self.recorded[symbol].stretches:
            covered = stretch.whole_bars(first_ms, end_ms)
            if len(covered):
                parts.insert(0, covered)
                end_ms = int(covered.open_ms[0])
        return Bars.joined(parts)

    def finest_timeframe(self, symbol: Symbol, time_ms: int) -> Timeframe | None:
        stretch = self.recorded[symbol].stretch_at(time_ms)
        return stretch.timeframe if stretch else None

    def finest_bar(self, symbol: Symbol, time_ms: int) -> Bar | None:
        stretch = self.recorded[symbol].stretch_at(time_ms)
        if stretch is None:
            return None
        open_ms = stretch.timeframe.bar_open(time_ms)
        found = stretch.bars.between(open_ms, open_ms + 1)
        return found.bar(0) if len(found) else None


def playable_until(market: RecordedMarket, start_ms: int) -> int:
    """Where a market that starts here ends: with the first of the finest stretches that play then.

    Raises:
        StartError: no stretch of the finest timeframe contains the start.

    """
    finest = finest_stretches(market)
    ends = [s.end_ms for s in finest if s.start_ms <= start_ms <= s.end_ms]
    if not ends:
        covered = ", ".join(f"{utc_text(s.start_ms)} to {utc_text(s.end_ms)}" for s in finest)
        raise StartError(
            f"the start {utc_text(start_ms)} lies outside the "
            f"{finest[0].timeframe} recordings ({covered})"
        )
    return min(ends)


def default_start(market: RecordedMarket) -> int:
    """The middle of the last of the finest stretches, so that there is history to draw."""
    last = max(finest_stretches(market), key=lambda stretch: stretch.end_ms)
    return last.timeframe.bar_open((last.start_ms + last.end_ms) // 2)


def finest_stretches(market: RecordedMarket) -> tuple[Stretch, ...]:
    """The stretches of the finest timeframe that any symbol has."""
    every = [stretch for one in market.recorded.values() for stretch in one.stretches]
    shortest_ms = min(stretch.timeframe.duration_ms for stretch in every)
    return tuple(s for s in every if s.timeframe.duration_ms == shortest_ms)


def _recorded(symbol: Symbol, recordings: Sequence[Recording]) -> RecordedSymbol:
    own = [recording for recording in recordings if recording.symbol == symbol]
    if not own:
        raise CombinationError(f"no recording is of {symbol.slashed}")
    stretches = stretches_of(own)
    tables = combine(stretches)
    prices = tuple(
        column for s in stretches for column in (s.bars.open, s.bars.high, s.bars.low, s.bars.close)
    )
    increments = Increments(
        price=decimal_step(prices, largest=CENT.price),
        volume=decimal_step(tuple(s.bars.volume for s in stretches), largest=CENT.volume),
    )
    return RecordedSymbol(stretches, tables, increments)
