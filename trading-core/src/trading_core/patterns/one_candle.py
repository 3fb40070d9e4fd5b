"""Doji, hammer, inverted hammer, shooting star: the patterns of a single bar.

- **Doji**: the body is at most a tenth of the range. Nothing is asked of the trend.
- **Hammer**: after a decline; the lower shadow is at least twice the body, the upper one at
  most a tenth of the range. The body may be a doji's: a dragonfly is both.
- **Inverted hammer**: a hammer with its shadows exchanged, also after a decline.
- **Shooting star**: a hammer upside down: the shape of an inverted hammer, after a rise.

Every pattern also needs a last bar of more than half the usual range (see `find`): a shape a
tick or two high says nothing.
"""

from typing import Final

from trading_core.patterns.anatomy import DOJI_BODY, Drawn, Floats, Mask, Rows
from trading_core.patterns.pattern import AFTER_A_DECLINE, AFTER_ANYTHING, Pattern
from trading_core.patterns.pattern_type import PatternType
from trading_core.patterns.strength import share

LONG_SHADOW: Final = 2.0
"""In bodies."""
SHORT_SHADOW: Final = DOJI_BODY
"""Of the range; the same tenth as a doji's body."""
SHORTEST_LONG_SHADOW: Final = (1 - SHORT_SHADOW) * LONG_SHADOW / (1 + LONG_SHADOW)
"""What the two tolerances leave at least for the long shadow, of the range: 0.6."""


def is_doji(candles: Drawn) -> Mask:
    *_, candle = candles
    return candle.doji


def doji_geometry(candles: Drawn, rows: Rows) -> Floats:
    """1 when open equals close."""
    *_, candle = candles
    limit = DOJI_BODY * candle.range[rows]
    return share(limit - candle.body[rows], 0.0, limit)


def is_hammer(candles: Drawn) -> Mask:
    *_, candle = candles
    return (candle.lower >= LONG_SHADOW * candle.body) & (
        candle.upper <= SHORT_SHADOW * candle.range
    )


def hammer_geometry(candles: Drawn, rows: Rows) -> Floats:
    """1 when the bar is nothing but its lower shadow."""
    *_, candle = candles
    return _shadow_share(candle.lower[rows], candle.range[rows])


def is_inverted_hammer(candles: Drawn) -> Mask:
    *_, candle = candles
    return (candle.upper >= LONG_SHADOW * candle.body) & (
        candle.lower <= SHORT_SHADOW * candle.range
    )


def inverted_hammer_geometry(candles: Drawn, rows: Rows) -> Floats:
    """1 when the bar is nothing but its upper shadow."""
    *_, candle = candles
    return _shadow_share(candle.upper[rows], candle.range[rows])


def _shadow_share(shadow: Floats, full_range: Floats) -> Floats:
    return share(shadow, SHORTEST_LONG_SHADOW * full_range, full_range)


ONE_CANDLE: Final = (
    Pattern(
        pattern_type=PatternType.DOJI,
        candles=1,
        needed_drop=AFTER_ANYTHING,
        is_shaped=is_doji,
        geometry=doji_geometry,
        description="Open and close are as good as equal: buyers and sellers are in balance.",
        rule="The body is at most 10 % of the range.",
    ),
    Pattern(
        pattern_type=PatternType.HAMMER,
        candles=1,
        needed_drop=AFTER_A_DECLINE,
        is_shaped=is_hammer,
        geometry=hammer_geometry,
        description="After a decline sellers pushed the price far down and lost it all again.",
        rule="After a decline, the lower shadow is at least twice the body and the upper shadow "
        "at most 10 % of the range.",
    ),
    Pattern(
        pattern_type=PatternType.INVERTED_HAMMER,
        candles=1,
        needed_drop=AFTER_A_DECLINE,
        is_shaped=is_inverted_hammer,
        geometry=inverted_hammer_geometry,
        description="After a decline buyers tried the upside for the first time.",
        rule="After a decline, the upper shadow is at least twice the body and the lower shadow "
        "at most 10 % of the range.",
    ),
    Pattern(
        pattern_type=PatternType.SHOOTING_STAR,
        candles=1,
        needed_drop=AFTER_A_DECLINE,
        is_shaped=is_hammer,
        geometry=hammer_geometry,
        description="After a rise buyers pushed the price far up and lost it all again.",
        rule="After a rise, the upper shadow is at least twice the body and the lower shadow "
        "at most 10 % of the range.",
    ),
)
