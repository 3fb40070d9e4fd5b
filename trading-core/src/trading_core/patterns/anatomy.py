"""What candles are made of, and what came before them: computed once for all patterns.

Every array is over the bars of one stretch. All sums are of 16 or 8 neighbours, added
element-wise in one fixed order, so that a value never depends on where a computation began.
"""

from dataclasses import dataclass, fields
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from trading_core.candles import Candles
from trading_core.patterns.pattern_type import Direction

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Rows = NDArray[np.intp]

CONTEXT_BARS: Final = 16
"""What is usual is the mean of this many bars before a candle."""
TREND_BARS: Final = 8
"""The trend is judged over this many bars before a candle."""
LONGEST_PATTERN: Final = 3
LOOKBACK_BARS: Final = CONTEXT_BARS + LONGEST_PATTERN - 1
"""Bars that must lie before a bar for any pattern to be seen at it."""

DOJI_BODY: Final = 0.1
"""A body of at most this share of the range is none: open and close are as good as equal."""
JOIN: Final = 0.1
"""An open is at the close before it up to this share of the average range away from it."""
CLOSING_SHADOW: Final = 0.3
"""A candle closes at its end if the shadow beyond is at most this share of its body."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CandleParts:
    """One candle of a pattern, for each bar that the pattern may end at. In quote units."""

    open: Floats
    close: Floats
    body: Floats
    """|close - open|."""
    range: Floats
    """high - low."""
    upper: Floats
    """high - max(open, close)."""
    lower: Floats
    """min(open, close) - low."""

    average_body: Floats
    """Of the `CONTEXT_BARS` bars before this one."""

    rises: Mask
    falls: Mask
    doji: Mask
    """The body is at most `DOJI_BODY` of the range."""
    long: Mask
    """The body is longer than the average one, and the bar is no doji."""
    opens_low: Mask
    """At the close before it (see `JOIN`) or below."""
    opens_high: Mask
    closes_high: Mask
    """The upper shadow is at most `CLOSING_SHADOW` of the body."""
    closes_low: Mask
    climbs: Mask
    """Closes above the close before it, opens at or above the open before it."""
    sinks: Mask

    def part(self, rows: slice) -> "CandleParts":
        return CandleParts(**{name: getattr(self, name)[rows] for name in _FIELDS})

    def upside_down(self) -> "CandleParts":
        """With the price axis turned over, exactly: floats are symmetric about zero."""
        return CandleParts(
            open=-self.open,
            close=-self.close,
            body=self.body,
            range=self.range,
            upper=self.lower,
            lower=self.upper,
            average_body=self.average_body,
            rises=self.falls,
            falls=self.rises,
            doji=self.doji,
            long=self.long,
            opens_low=self.opens_high,
            opens_high=self.opens_low,
            closes_high=self.closes_low,
            closes_low=self.closes_high,
            climbs=self.sinks,
            sinks=self.climbs,
        )


Drawn = tuple[CandleParts, ...]
"""The last `LONGEST_PATTERN` candles, the oldest first."""

_FIELDS: Final = tuple(field.name for field in fields(CandleParts))


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What came before each candle: the `CONTEXT_BARS` bars that end just before it."""

    average_range: Floats
    average_volume: Floats
    drop: Floats
    """Mean of the last `TREND_BARS` closes, less the last of them: positive after a decline."""


@dataclass(frozen=True, slots=True)
class Anatomy:
    """A stretch of bars, all but the first `LOOKBACK_BARS` of which a pattern may end at."""

    past: Past
    """Of every candle: row 0 is the oldest that a pattern may begin with."""
    _upright: Drawn
    _upside_down: Drawn

    @classmethod
    def of(cls, stretch: Candles) -> Self:
        """Of more than `LOOKBACK_BARS` candles."""
        past = _past(stretch)
        parts = _parts(stretch, past.average_range)
        return cls(past, _by_age(parts), _by_age(parts.upside_down()))

    def candles(self, direction: Direction) -> Drawn:
        """As a pattern of that direction sees them.

        A bearish one sees them upside down: its rule is its bullish twin's.
        """
        return self._upside_down if direction is Direction.BEARISH else self._upright


def _by_age(parts: CandleParts) -> Drawn:
    later = LONGEST_PATTERN - 1
    bars = len(parts.open) - later
    return tuple(parts.part(slice(first, first + bars)) for first in range(LONGEST_PATTERN))


def _past(stretch: Candles) -> Past:
    own, last = slice(CONTEXT_BARS - TREND_BARS, -1), slice(CONTEXT_BARS - 1, -1)
    return Past(
        average_range=_mean_of_16_before(stretch.high - stretch.low),
        average_volume=_mean_of_16_before(stretch.volume),
        drop=_sums_of_8(stretch.close[own]) * (1 / TREND_BARS) - stretch.close[last],
    )


def _parts(stretch: Candles, average_range: Floats) -> CandleParts:
    """Of every bar that has a past: all but the first `CONTEXT_BARS`."""
    own, before = slice(CONTEXT_BARS, None), slice(CONTEXT_BARS - 1, -1)
    opens, closes = stretch.open[own], stretch.close[own]
    highs, lows = stretch.high[own], stretch.low[own]
    last_open, last_close = stretch.open[before], stretch.close[before]
    bodies = np.abs(stretch.close - stretch.open)
    body, average_body = bodies[own], _mean_of_16_before(bodies)
    full = highs - lows
    upper, lower = highs - np.maximum(opens, closes), np.minimum(opens, closes) - lows
    join, closing_shadow = JOIN * average_range, CLOSING_SHADOW * body
    doji = body <= DOJI_BODY * full
    return CandleParts(
        open=opens,
        close=closes,
        body=body,
        range=full,
        upper=upper,
        lower=lower,
        average_body=average_body,
        rises=closes > opens,
        falls=closes < opens,
        doji=doji,
        long=(body > average_body) & ~doji,
        opens_low=opens <= last_close + join,
        opens_high=opens >= last_close - join,
        closes_high=upper <= closing_shadow,
        closes_low=lower <= closing_shadow,
        climbs=(closes > last_close) & (opens >= last_open),
        sinks=(closes < last_close) & (opens <= last_open),
    )


def _mean_of_16_before(values: Floats) -> Floats:
    """For every bar that has so many before it."""
    eights = _sums_of_8(values[:-1])
    return (eights[8:] + eights[:-8]) * (1 / CONTEXT_BARS)


def _sums_of_8(values: Floats) -> Floats:
    pairs = values[1:] + values[:-1]
    fours = pairs[2:] + pairs[:-2]
    return fours[4:] + fours[:-4]
