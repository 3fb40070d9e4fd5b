"""Every pattern there is, in the order of `PatternType`."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from trading_core.patterns.one_candle import ONE_CANDLE
from trading_core.patterns.pattern import Pattern
from trading_core.patterns.pattern_type import PatternType
from trading_core.patterns.three_candles import THREE_CANDLES
from trading_core.patterns.two_candles import TWO_CANDLES

CATALOGUE: Final[Mapping[PatternType, Pattern]] = MappingProxyType(
    {pattern.pattern_type: pattern for pattern in (*ONE_CANDLE, *TWO_CANDLES, *THREE_CANDLES)}
)
