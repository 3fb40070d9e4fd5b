"""The candle itself: body and shadows as shares of its range, and its range in ATR."""

from typing import Final

import numpy as np

from trading_core.features.feature import Feature

CANDLE_SHAPE: Final = (
    Feature("body", 0, lambda seen: (seen.close - seen.open) / (seen.high - seen.low)),
    Feature(
        "upper_shadow",
        0,
        lambda seen: (seen.high - np.maximum(seen.open, seen.close)) / (seen.high - seen.low),
    ),
    Feature(
        "lower_shadow",
        0,
        lambda seen: (np.minimum(seen.open, seen.close) - seen.low) / (seen.high - seen.low),
    ),
    Feature("range_in_atr", 0, lambda seen: (seen.high - seen.low) / seen.atr),
)
