"""The specification's 16 features of a closed bar, `spec16`: of one bar, or over history."""

from dataclasses import dataclass, fields
from typing import Final, Protocol, TypeVar

import numpy as np

from trading_core.candles import Candles
from trading_core.features.feature_set import FeatureSet
from trading_core.indicators.series import indicator_series
from trading_core.indicators.values import FloatArray, IndicatorSnapshot

RSI_MIDDLE: Final = 50.0
SLOWEST_EMA_BARS: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorValues:
    """The eight indicators that the features are made of; prices in the quote asset."""

    rsi: float
    macd: float
    macd_signal: float
    ema_9: float
    ema_21: float
    ema_50: float
    atr: float
    vwap: float

    @classmethod
    def of(cls, snapshot: IndicatorSnapshot) -> "IndicatorValues | None":
        """None where one of them is not warm."""
        values = {one.name: getattr(snapshot, one.name) for one in fields(cls)}
        return None if None in values.values() else cls(**values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec16:
    """In the specification's order; "price" is the candle's close. Ratios are of 1."""

    rsi: float
    rsi_normalized: float
    """(rsi − 50) / 50: −1…1."""
    macd: float
    macd_signal: float
    macd_histogram: float
    ema_9: float
    ema_21: float
    ema_50: float
    ema_9_50_ratio: float
    ema_trend_strength: float
    """(EMA 9 − EMA 50) / EMA 50 × 100: percent."""
    vwap: float
    atr: float
    atr_price_ratio: float
    price_ema_9_ratio: float
    price_ema_21_ratio: float
    price_vwap_ratio: float


def spec16(values: IndicatorValues, close: float) -> Spec16:
    """The features of one bar; prices have to be positive."""
    return Spec16(**_features(values, close))


Number = TypeVar("Number", float, FloatArray)
Number_co = TypeVar("Number_co", float, FloatArray, covariant=True)


class _Indicators(Protocol[Number_co]):
    """`IndicatorValues` has a number each, `IndicatorSeries` a column."""

    @property
    def rsi(self) -> Number_co: ...
    @property
    def macd(self) -> Number_co: ...
    @property
    def macd_signal(self) -> Number_co: ...
    @property
    def ema_9(self) -> Number_co: ...
    @property
    def ema_21(self) -> Number_co: ...
    @property
    def ema_50(self) -> Number_co: ...
    @property
    def atr(self) -> Number_co: ...
    @property
    def vwap(self) -> Number_co: ...


def _features(values: _Indicators[Number], close: Number) -> dict[str, Number]:
    """Numbers and columns alike: the operations are the same, to the last bit."""
    return {
        "rsi": values.rsi,
        "rsi_normalized": (values.rsi - RSI_MIDDLE) / RSI_MIDDLE,
        "macd": values.macd,
        "macd_signal": values.macd_signal,
        "macd_histogram": values.macd - values.macd_signal,
        "ema_9": values.ema_9,
        "ema_21": values.ema_21,
        "ema_50": values.ema_50,
        "ema_9_50_ratio": values.ema_9 / values.ema_50,
        "ema_trend_strength": (values.ema_9 - values.ema_50) / values.ema_50 * 100,
        "vwap": values.vwap,
        "atr": values.atr,
        "atr_price_ratio": values.atr / close,
        "price_ema_9_ratio": close / values.ema_9,
        "price_ema_21_ratio": close / values.ema_21,
        "price_vwap_ratio": close / values.vwap,
    }


def _compute(candles: Candles, since_ms: int, first_available_ms: int) -> FloatArray:
    series = indicator_series(candles, since_ms, first_available_ms)
    features = _features(series, candles.close[len(candles) - len(series) :])
    return np.column_stack([features[name] for name in SPEC16.names])


SPEC16: Final = FeatureSet(
    name="spec16",
    version=1,
    names=tuple(one.name for one in fields(Spec16)),
    look_back_bars=SLOWEST_EMA_BARS,
    compute=_compute,
)
