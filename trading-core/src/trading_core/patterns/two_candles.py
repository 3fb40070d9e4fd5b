"""Bullish and bearish engulfing: a body that wraps the one before it.

- **Bullish engulfing**: after a decline; the first candle falls, the second rises, neither is a
  doji; the second body is longer than the average one, starts no higher than the first closed
  and ends above the first's open.
- **Bearish engulfing**: the same upside down, after a rise.

"No higher than" allows `JOIN`: in a market that never closes a bar opens where the last one
closed, on either side of it by chance.
"""

from typing import Final

from trading_core.patterns.anatomy import Drawn, Floats, Mask, Rows
from trading_core.patterns.pattern import AFTER_A_DECLINE, Pattern
from trading_core.patterns.pattern_type import PatternType
from trading_core.patterns.strength import share

FULL_BODY: Final = 3.0
"""In average bodies: an engulfing candle could not well be stronger."""


def is_engulfing(candles: Drawn) -> Mask:
    *_, first, second = candles
    return (
        first.falls
        & ~first.doji
        & second.rises
        & second.long
        & second.opens_low
        & (second.close > first.open)
    )


def engulfing_geometry(candles: Drawn, rows: Rows) -> Floats:
    """From an average body to `FULL_BODY` of them."""
    *_, second = candles
    average = second.average_body[rows]
    return share(second.body[rows], average, FULL_BODY * average)


TWO_CANDLES: Final = (
    Pattern(
        pattern_type=PatternType.BULLISH_ENGULFING,
        candles=2,
        needed_drop=AFTER_A_DECLINE,
        is_shaped=is_engulfing,
        geometry=engulfing_geometry,
        description="After a decline one rising candle took back more than the whole of the "
        "falling one before it.",
        rule="After a decline, a falling body is wrapped by a rising one that is longer than "
        "average; neither is a doji.",
    ),
    Pattern(
        pattern_type=PatternType.BEARISH_ENGULFING,
        candles=2,
        needed_drop=AFTER_A_DECLINE,
        is_shaped=is_engulfing,
        geometry=engulfing_geometry,
        description="After a rise one falling candle gave back more than the whole of the "
        "rising one before it.",
        rule="After a rise, a rising body is wrapped by a falling one that is longer than "
        "average; neither is a doji.",
    ),
)
