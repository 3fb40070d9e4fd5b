"""Morning and evening star, three white soldiers, three black crows.

- **Morning star**: after a decline; a long falling candle; a star whose body is at most
  `STAR_BODY` of it and opens no higher than it closed; a rising candle with a longer body than
  the star, that closes at or above the middle of the first body. The textbook's two gaps are
  not asked for.
- **Evening star**: the same upside down, after a rise.
- **Three white soldiers**: not after a rise already; three long rising candles, each closing
  higher than the last, each opening inside the body before it, each with an upper shadow of at
  most `CLOSING_SHADOW` of its body.
- **Three black crows**: the same upside down, not after a decline already.

A long candle has a body longer than the average of the 16 before it and is no doji; "no higher
than" and "inside" allow `JOIN` (see `two_candles`).
"""

from typing import Final

from trading_core.patterns.anatomy import CandleParts, Drawn, Floats, Mask, Rows
from trading_core.patterns.pattern import AFTER_A_DECLINE, NOT_AFTER_A_RISE, Pattern
from trading_core.patterns.pattern_type import PatternType
from trading_core.patterns.strength import share

STAR_BODY: Final = 0.3
"""The star's body, of the first candle's."""
PENETRATION: Final = 0.5
"""How much of the first body the third candle takes back."""
SHORT_MARCH: Final = 3.0
LONG_MARCH: Final = 9.0
"""Three soldiers' whole way that makes them weak and strong, in average bodies."""


def is_star(candles: Drawn) -> Mask:
    first, star, third = candles
    return (
        first.falls
        & first.long
        & star.opens_low
        & third.rises
        & (star.body <= STAR_BODY * first.body)
        & (third.body > star.body)
        & (third.close - first.close >= PENETRATION * first.body)
    )


def star_geometry(candles: Drawn, rows: Rows) -> Floats:
    """1 when the whole first body was taken back."""
    first, _, third = candles
    body = first.body[rows]
    return share(third.close[rows] - first.close[rows], PENETRATION * body, body)


def is_three_soldiers(candles: Drawn) -> Mask:
    first, second, third = candles
    return (
        _is_soldier(first)
        & _is_soldier(second)
        & _is_soldier(third)
        & second.climbs
        & second.opens_low
        & third.climbs
        & third.opens_low
    )


def _is_soldier(candle: CandleParts) -> Mask:
    return candle.rises & candle.long & candle.closes_high


def march_geometry(candles: Drawn, rows: Rows) -> Floats:
    """From `SHORT_MARCH` to `LONG_MARCH`, open of the first to close of the third."""
    first, _, third = candles
    average = first.average_body[rows]
    way = third.close[rows] - first.open[rows]
    return share(way, SHORT_MARCH * average, LONG_MARCH * average)


THREE_CANDLES: Final = (
    Pattern(
        pattern_type=PatternType.MORNING_STAR,
        candles=3,
        needed_drop=AFTER_A_DECLINE,
        is_shaped=is_star,
        geometry=star_geometry,
        description="After a decline a long falling candle, a pause, and a rise that took back "
        "at least half of it.",
        rule="After a decline, a long falling body, then one of at most 30 % of it that opens no "
        "higher than it closed, then a rising one that closes above its middle.",
    ),
    Pattern(
        pattern_type=PatternType.EVENING_STAR,
        candles=3,
        needed_drop=AFTER_A_DECLINE,
        is_shaped=is_star,
        geometry=star_geometry,
        description="After a rise a long rising candle, a pause, and a fall that gave back at "
        "least half of it.",
        rule="After a rise, a long rising body, then one of at most 30 % of it that opens no "
        "lower than it closed, then a falling one that closes below its middle.",
    ),
    Pattern(
        pattern_type=PatternType.THREE_WHITE_SOLDIERS,
        candles=3,
        needed_drop=NOT_AFTER_A_RISE,
        is_shaped=is_three_soldiers,
        geometry=march_geometry,
        description="Three long rising candles in a row, each closing near its high: buyers "
        "have taken over.",
        rule="Not after a rise already, three long rising bodies, each opening inside the one "
        "before, closing higher, with an upper shadow of at most 30 % of its body.",
    ),
    Pattern(
        pattern_type=PatternType.THREE_BLACK_CROWS,
        candles=3,
        needed_drop=NOT_AFTER_A_RISE,
        is_shaped=is_three_soldiers,
        geometry=march_geometry,
        description="Three long falling candles in a row, each closing near its low: sellers "
        "have taken over.",
        rule="Not after a decline already, three long falling bodies, each opening inside the one "
        "before, closing lower, with a lower shadow of at most 30 % of its body.",
    ),
)
