"""Every indicator there is: the one table that adding one touches, beside `values`."""

from typing import Final

from trading_core.indicators.atr import ATR
from trading_core.indicators.bollinger import BOLLINGER
from trading_core.indicators.ema import EMAS
from trading_core.indicators.indicator import Indicator
from trading_core.indicators.macd import MACD
from trading_core.indicators.rsi import RSI
from trading_core.indicators.vwap import VWAP

CATALOGUE: Final[tuple[Indicator, ...]] = (RSI, MACD, *EMAS, VWAP, ATR, BOLLINGER)
