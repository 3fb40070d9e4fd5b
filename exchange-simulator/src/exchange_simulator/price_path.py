"""How the price moves inside a candle: from its open over both extremes to its close.

The path is a function of the candle alone. At every moment the bar so far is consistent: its high
and low are those of the path walked until then, and at the end it is exactly the candle.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from exchange_simulator.bars import Bar
from exchange_simulator.fixed_point import IntColumn
from exchange_simulator.market import Increments

NODES: Final = 24
"""The path is straight between this many evenly spaced moments."""

ROUGHNESS: Final = 0.08
"""Standard deviation of a node around the straight way, as a share of the bar's range."""


@dataclass(frozen=True, slots=True)
class PricePath:
    bar: Bar
    increments: Increments
    nodes: IntColumn

    def until(self, progress: float) -> Bar:
        """The bar as it stands when a share of its time, 0 to 1, has passed."""
        if progress >= 1:
            return self.bar
        passed = int(progress * NODES)
        price = self._price(progress * NODES)
        walked = self.nodes[: passed + 1]
        return Bar(
            open_ms=self.bar.open_ms,
            open=self.bar.open,
            high=max(int(walked.max()), price),
            low=min(int(walked.min()), price),
            close=price,
            volume=_floor(self.bar.volume * progress, self.increments.volume),
        )

    def _price(self, position: float) -> int:
        before, after = self.nodes[int(position)], self.nodes[int(position) + 1]
        exact = float(before) + float(after - before) * (position % 1)
        return round(exact / self.increments.price) * self.increments.price


@lru_cache(maxsize=256)
def price_path(bar: Bar, increments: Increments) -> PricePath:
    """A rising bar makes its low first, a falling one its high."""
    random = np.random.Generator(np.random.Philox(key=bar.open_ms))
    first = int(random.integers(2, NODES // 2))
    second = int(random.integers(NODES // 2 + 1, NODES - 1))
    rising = bar.close >= bar.open
    extremes = (bar.low, bar.high) if rising else (bar.high, bar.low)
    fixed_at, fixed = (0, first, second, NODES), (bar.open, *extremes, bar.close)
    straight = np.interp(np.arange(NODES + 1), fixed_at, fixed)
    rough = straight + random.normal(0, ROUGHNESS * (bar.high - bar.low), NODES + 1)
    steps = np.rint(np.clip(rough, bar.low, bar.high) / increments.price)
    nodes = steps.astype(np.int64) * increments.price
    nodes[list(fixed_at)] = fixed
    return PricePath(bar, increments, nodes)


def _floor(value: float, step: int) -> int:
    return int(value) // step * step
