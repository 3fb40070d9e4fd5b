"""What was counted of a series, as the database was at one moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from market_service.find_gaps import bar_count
from trading_core.candle_origin import CandleOrigin
from trading_core.time_range import TimeRange
from trading_core.timeframe import Timeframe

Figures = tuple[Decimal, ...]
"""Open, high, low, close, volume."""


@dataclass(frozen=True, slots=True)
class Delays:
    """Wall milliseconds from a bar's close until it was stored, nearest ranks; None of none."""

    count: int = 0
    p50_ms: int | None = None
    p95_ms: int | None = None
    p99_ms: int | None = None
    max_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Revision:
    """A version that another one took the place of."""

    open_ms: int
    replaced_at_ms: int
    """Event time at which the other one was seen."""
    before: Figures
    after: Figures


@dataclass(frozen=True, slots=True)
class Counted:
    timeframe: Timeframe
    within: TimeRange
    """Whole bars."""
    origins: Mapping[CandleOrigin, int]
    outages: tuple[TimeRange, ...] = ()
    """The parts of them within, ascending."""
    holes: tuple[TimeRange, ...] = ()
    """Ascending."""
    revisions: int = 0
    newest_revisions: tuple[Revision, ...] = ()

    @property
    def stored(self) -> int:
        return sum(self.origins.values())

    @property
    def outage_bars(self) -> int:
        return bar_count(self.outages, self.timeframe)

    @property
    def expected(self) -> int:
        """What the exchange has."""
        return bar_count([self.within], self.timeframe) - self.outage_bars

    @property
    def missing(self) -> int:
        return max(0, self.expected - self.stored)
