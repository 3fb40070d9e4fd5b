"""Stored indicators as the public contract spells them."""

import uuid
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from service_kit.series import Series
from service_kit.utc_text import utc_text
from trading_core.indicators.values import INDICATORS, IndicatorSnapshot

INDICATORS_ID_NAMESPACE: Final = uuid.uuid5(
    uuid.NAMESPACE_URL, "urn:eth-trading-platform:indicators"
)
CONTRACT_NAMES: Final = {
    "rsi": "rsi",
    "macd": "macd",
    "macd_signal": "macdSignal",
    "macd_histogram": "macdHistogram",
    "ema_9": "ema9",
    "ema_21": "ema21",
    "ema_50": "ema50",
    "ema_200": "ema200",
    "vwap": "vwap",
    "atr": "atr",
    "bollinger_upper": "bollingerUpper",
    "bollinger_middle": "bollingerMiddle",
    "bollinger_lower": "bollingerLower",
}
"""Of each indicator, by its name in tables."""


@dataclass(frozen=True, slots=True)
class StoredIndicators:
    snapshot: IndicatorSnapshot
    created_at_ms: int
    """Wall time."""


def indicator_row(series: Series, stored: StoredIndicators) -> dict[str, Any]:  # Any: JSON
    symbol, timeframe = series.key
    opened_at_ms = stored.snapshot.opened_at_ms
    values = {CONTRACT_NAMES[name]: _text(getattr(stored.snapshot, name)) for name in INDICATORS}
    return {
        "id": str(uuid.uuid5(INDICATORS_ID_NAMESPACE, f"{symbol}/{timeframe}/{opened_at_ms}")),
        "symbol": symbol,
        "timeframe": timeframe,
        "timestamp": opened_at_ms,
        **values,
        "createdAt": utc_text(stored.created_at_ms),
    }


def _text(value: float | None) -> str | None:
    """The shortest plain decimal that reads back as the same float."""
    return None if value is None else np.format_float_positional(value, trim="-")
