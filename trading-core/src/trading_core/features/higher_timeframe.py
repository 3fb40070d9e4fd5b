"""What the newest closed bars of a higher timeframe say: four of a market's bars are one."""

from collections.abc import Callable
from typing import Final

from trading_core.features.bars import HIGHER_SPAN, Bars
from trading_core.features.feature import Feature
from trading_core.features.higher_bars import HigherBars
from trading_core.features.place_in_range import place_in_range
from trading_core.features.trailing import lagged, trailing_mean
from trading_core.indicators.values import FloatArray

MEAN_BARS: Final = 6

Compute = Callable[[Bars, HigherBars], FloatArray]


def _change(_: Bars, higher: HigherBars) -> FloatArray:
    return higher.known(higher.close / lagged(higher.close, 1) - 1)


def _move_since(seen: Bars, higher: HigherBars) -> FloatArray:
    return seen.close / higher.known(higher.close) - 1


def _range(_: Bars, higher: HigherBars) -> FloatArray:
    return higher.known((higher.high - higher.low) / higher.close)


def _mean_range(_: Bars, higher: HigherBars) -> FloatArray:
    return higher.known(trailing_mean((higher.high - higher.low) / higher.close, MEAN_BARS))


def _position(seen: Bars, higher: HigherBars) -> FloatArray:
    return place_in_range(seen.close, higher.known(higher.low), higher.known(higher.high))


def _trend(_: Bars, higher: HigherBars) -> FloatArray:
    return higher.known(higher.close / trailing_mean(higher.close, MEAN_BARS) - 1)


_KINDS: Final[tuple[tuple[str, int, Compute], ...]] = (
    ("return", 2, _change),
    ("move_since", 1, _move_since),
    ("range", 1, _range),
    ("mean_range", MEAN_BARS, _mean_range),
    ("position", 1, _position),
    ("trend", MEAN_BARS, _trend),
)
"""Name, how many closed higher bars it needs, and how it is made of them."""


def higher_features(span: int, look: Callable[[Bars], HigherBars]) -> tuple[Feature, ...]:
    """The features of the timeframe that has one bar for `span` of the market's."""

    def feature(name: str, closed_bars: int, compute: Compute) -> Feature:
        """A higher bar that is still open may lie between: one more to look back over."""
        look_back_bars = (closed_bars + 1) * span
        return Feature(
            f"higher_{span}_{name}", look_back_bars, lambda seen: compute(seen, look(seen))
        )

    return tuple(feature(*kind) for kind in _KINDS)


HIGHER_TIMEFRAME: Final = higher_features(HIGHER_SPAN, lambda seen: seen.higher)
