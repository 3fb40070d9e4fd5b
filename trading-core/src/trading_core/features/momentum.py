"""RSI and MACD, the latter in ATR."""

from typing import Final

from trading_core.features.feature import Feature

MOMENTUM: Final = (
    Feature("rsi", 0, lambda seen: seen.rsi),
    Feature("macd_in_atr", 0, lambda seen: seen.macd / seen.atr),
    Feature("macd_histogram_in_atr", 0, lambda seen: (seen.macd - seen.macd_signal) / seen.atr),
)
