"""Which minutes never were, and which were told twice: a pure function of what was armed."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from exchange_simulator.bars import Bar
from exchange_simulator.faults.arming import Arming
from exchange_simulator.faults.fault import Fault
from exchange_simulator.faults.market_kinds import CORRECTING, RevisedEntry
from exchange_simulator.market import Increments
from exchange_simulator.random_source import coin, random_source
from trading_core.symbol import Symbol
from trading_core.timeframe import MINUTE_MS

REVISED_AFTER_WALL_MS: Final = 2_000
"""Between a candle's close and the moment from which it is told otherwise."""

MOST_STEPS: Final = 20
MOST_LOTS: Final = 50


@dataclass(frozen=True, slots=True)
class Correction:
    """Of the minutes that close in (after_ms, until_ms], in event time."""

    fault: Fault
    after_ms: int
    until_ms: int
    delay_ms: int
    """Event time between a minute's close and its revision; 0 for an outage."""

    @property
    def is_outage(self) -> bool:
        return not isinstance(self.fault.entry, RevisedEntry)

    def reaches(self, symbol: Symbol, first_ms: int, end_ms: int) -> bool:
        """Whether minutes that lie within [first_ms, end_ms] may be touched."""
        near = self.after_ms < end_ms and first_ms < self.until_ms
        return near and self.fault.concerns(symbol, None)

    def touches(self, symbol: Symbol, open_ms: int, now_ms: int) -> bool:
        """Whether this minute is gone, or is told otherwise by now."""
        close_ms = open_ms + MINUTE_MS
        within = self.after_ms < close_ms <= self.until_ms
        if not (within and self.fault.concerns(symbol, None)):
            return False
        if self.is_outage:
            return True
        told = close_ms + self.delay_ms <= now_ms
        return told and draw(self.fault.seed, self.fault.index, symbol, open_ms).revised


@dataclass(frozen=True, slots=True)
class Draw:
    """What the seed says of one minute."""

    revised: bool
    announced: bool
    steps: int
    """By how many price steps its close moves; never 0."""

    lots: int

    def applied(self, bar: Bar, increments: Increments) -> Bar:
        """The minute as it is told later: another close and more volume."""
        close = bar.close + self.steps * increments.price
        if close <= 0:
            close = bar.close - self.steps * increments.price
        return Bar(
            open_ms=bar.open_ms,
            open=bar.open,
            high=max(bar.high, close),
            low=min(bar.low, close),
            close=close,
            volume=bar.volume + self.lots * increments.volume,
        )


@lru_cache(maxsize=65_536)
def draw(seed: int, index: int, symbol: Symbol, open_ms: int) -> Draw:
    """About half of the minutes are revised, and about half of those announced."""
    source = random_source(seed, "revision", index, symbol, open_ms)
    steps = int(source.integers(1, MOST_STEPS + 1))
    revised, announced, up = (coin(source) for _ in range(3))
    lots = int(source.integers(1, MOST_LOTS + 1))
    return Draw(revised, announced, steps if up else -steps, lots)


def corrections_of(armings: Iterable[Arming]) -> tuple[Correction, ...]:
    """Those that have any time at all, in the order in which they were armed."""
    every = (
        _correction(fault, arming)
        for arming in armings
        for fault in arming.faults
        if fault.kind in CORRECTING
    )
    return tuple(one for one in every if one.after_ms < one.until_ms)


def _correction(fault: Fault, arming: Arming) -> Correction:
    after_ms = max(arming.clock.at(fault.begins_ms), arming.told_from_ms)
    until_ms = arming.clock.at(fault.ends_ms or fault.begins_ms)
    if arming.told_until_ms is not None:
        until_ms = min(until_ms, arming.told_until_ms)
    delayed = isinstance(fault.entry, RevisedEntry)
    delay_ms = round(REVISED_AFTER_WALL_MS * arming.clock.speed) if delayed else 0
    return Correction(fault, after_ms, until_ms, delay_ms)
