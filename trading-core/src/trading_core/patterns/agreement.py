"""How often each pattern fires, beside TA-Lib's function of the same name.

TA-Lib's candles are a second opinion on the arithmetic, not the rule: where its definition is
another one the two differ, and the counts say by which part of the rule.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import talib

from trading_core.candles import Candles
from trading_core.patterns.anatomy import LOOKBACK_BARS, Anatomy, Mask
from trading_core.patterns.catalogue import CATALOGUE
from trading_core.patterns.find import is_in_place, is_unbroken
from trading_core.patterns.pattern_type import PatternType
from trading_core.patterns.scan import scan
from trading_core.timeframe import HOUR_MS

TALIB_FUNCTIONS: Final = {
    PatternType.DOJI: "CDLDOJI",
    PatternType.HAMMER: "CDLHAMMER",
    PatternType.INVERTED_HAMMER: "CDLINVERTEDHAMMER",
    PatternType.SHOOTING_STAR: "CDLSHOOTINGSTAR",
    PatternType.BULLISH_ENGULFING: "CDLENGULFING",
    PatternType.BEARISH_ENGULFING: "CDLENGULFING",
    PatternType.MORNING_STAR: "CDLMORNINGSTAR",
    PatternType.EVENING_STAR: "CDLEVENINGSTAR",
    PatternType.THREE_WHITE_SOLDIERS: "CDL3WHITESOLDIERS",
    PatternType.THREE_BLACK_CROWS: "CDL3BLACKCROWS",
}

HOURS_A_YEAR: Final = 8_766


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Counts of bars; those without a context are left out."""

    pattern_type: PatternType
    both: int
    only_ours: int
    only_theirs_out_of_place: int
    """Without the trend that the pattern needs, on a bar too short, or across an outage."""
    only_theirs_shaped_otherwise: int
    """In place, but our shape is another."""
    bars: int

    @property
    def ours(self) -> int:
        return self.both + self.only_ours

    @property
    def theirs(self) -> int:
        return self.both + self.only_theirs_out_of_place + self.only_theirs_shaped_otherwise

    def per_year(self, count: int, bar_ms: int) -> float:
        """The count for a year of bars, of 8,766 hours."""
        return count / self.bars * HOURS_A_YEAR * HOUR_MS / bar_ms


def compare_with_talib(candles: Candles) -> tuple[Agreement, ...]:
    """In the catalogue's order. Of more than `LOOKBACK_BARS` candles."""
    series = scan(candles, candles.first_open_ms)
    anatomy = Anatomy.of(candles)
    return tuple(
        _agreement(candles, anatomy, kind, series.strengths[kind][LOOKBACK_BARS:] > 0)
        for kind in CATALOGUE
    )


def talib_finds(candles: Candles, kind: PatternType) -> Mask:
    """At each bar, by TA-Lib's own defaults."""
    function = getattr(talib, TALIB_FUNCTIONS[kind])
    found = function(candles.open, candles.high, candles.low, candles.close)
    mask: Mask = found * (kind.direction.sign or 1) > 0
    return mask


def _agreement(candles: Candles, anatomy: Anatomy, kind: PatternType, ours: Mask) -> Agreement:
    theirs = talib_finds(candles, kind)[LOOKBACK_BARS:]
    only_theirs = np.flatnonzero(theirs & ~ours)
    kinds = np.full(len(only_theirs), list(CATALOGUE).index(kind))
    in_place = is_in_place(anatomy, kinds, only_theirs) & is_unbroken(candles, kinds, only_theirs)
    return Agreement(
        pattern_type=kind,
        both=int((ours & theirs).sum()),
        only_ours=int((ours & ~theirs).sum()),
        only_theirs_out_of_place=int((~in_place).sum()),
        only_theirs_shaped_otherwise=int(in_place.sum()),
        bars=len(ours),
    )
