"""What the newest closed bars of higher timeframes say: 4 and 24 of a market's bars as one.

Higher bars lie on the absolute grid. One counts from the close of its last bar on. The first of
a stretch is not used: it may have begun before.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from trading_core.features.bars import Bars
from trading_core.features.feature import Feature
from trading_core.features.trailing import lagged, trailing_mean
from trading_core.indicators.values import FloatArray

BARS_IN_ONE: Final = (4, 24)
MEAN_BARS: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class HigherBars:
    """Whole higher bars, oldest first, and which of them each bar knows."""

    high: FloatArray
    low: FloatArray
    close: FloatArray
    newest: NDArray[np.int64]
    """For each bar the row of the newest one that has closed by its close; negative: none."""

    @classmethod
    def of(cls, seen: Bars, bars_in_one: int) -> "HigherBars":
        span_ms = bars_in_one * seen.step_ms
        place = seen.open_time_ms // span_ms
        begins = np.diff(place, prepend=place[:1]) != 0
        firsts = np.flatnonzero(begins)
        closes_one = (seen.open_time_ms + seen.step_ms) % span_ms == 0
        lasts = np.append(firsts[1:], len(place)) - 1
        return cls(
            high=np.maximum.reduceat(seen.high, firsts) if len(firsts) else np.empty(0),
            low=np.minimum.reduceat(seen.low, firsts) if len(firsts) else np.empty(0),
            close=seen.close[lasts[: len(firsts)]],
            newest=np.cumsum(begins) - 1 - ~closes_one,
        )

    def known(self, values: FloatArray) -> FloatArray:
        """For each bar, the value of the newest closed higher bar."""
        with_none = np.append(values, np.nan)
        return with_none[np.where(self.newest < 0, len(values), self.newest)]


def _features(bars_in_one: int) -> tuple[Feature, ...]:
    def change(seen: Bars) -> FloatArray:
        higher = HigherBars.of(seen, bars_in_one)
        return higher.known(higher.close / lagged(higher.close, 1) - 1)

    def move_since(seen: Bars) -> FloatArray:
        higher = HigherBars.of(seen, bars_in_one)
        return seen.close / higher.known(higher.close) - 1

    def mean_range(seen: Bars) -> FloatArray:
        higher = HigherBars.of(seen, bars_in_one)
        return higher.known(trailing_mean((higher.high - higher.low) / higher.close, MEAN_BARS))

    def last_range(seen: Bars) -> FloatArray:
        higher = HigherBars.of(seen, bars_in_one)
        return higher.known((higher.high - higher.low) / higher.close)

    def position(seen: Bars) -> FloatArray:
        higher = HigherBars.of(seen, bars_in_one)
        low = higher.known(higher.low)
        return (seen.close - low) / (higher.known(higher.high) - low)

    def trend(seen: Bars) -> FloatArray:
        higher = HigherBars.of(seen, bars_in_one)
        return higher.known(higher.close / trailing_mean(higher.close, MEAN_BARS) - 1)

    return (
        Feature(f"higher_{bars_in_one}_return", 3 * bars_in_one, change),
        Feature(f"higher_{bars_in_one}_move_since", 2 * bars_in_one, move_since),
        Feature(f"higher_{bars_in_one}_range", 2 * bars_in_one, last_range),
        Feature(f"higher_{bars_in_one}_mean_range", (MEAN_BARS + 1) * bars_in_one, mean_range),
        Feature(f"higher_{bars_in_one}_position", 2 * bars_in_one, position),
        Feature(f"higher_{bars_in_one}_trend", (MEAN_BARS + 1) * bars_in_one, trend),
    )


HIGHER_BARS: Final = tuple(one for bars in BARS_IN_ONE for one in _features(bars))
