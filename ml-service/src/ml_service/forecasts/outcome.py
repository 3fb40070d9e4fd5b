"""What came of a forecast: the class of its bar, by the function that labels training data."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from trading_core.candles import Candles
from trading_core.labels import classes, labels
from trading_core.time_range import TimeRange, without


@dataclass(frozen=True, slots=True)
class DueForecast:
    bar_open_ms: int
    model_id: str
    horizon_ms: int
    """Close of the bar that decides it."""
    look_ahead_bars: int
    threshold: float
    """As the model was trained; a share of the close."""


class Unscorable(StrEnum):
    """Why no outcome will ever be known."""

    OUTAGE = "outage"
    """The exchange lacks a bar between the forecast's and the one that decides it."""


def outcome_of(
    forecast: DueForecast, candles: Candles, outages: Sequence[TimeRange]
) -> int | Unscorable | None:
    """0 down, 1 neutral, 2 up; None while a candle is missing that the exchange has."""
    stretch = TimeRange(forecast.bar_open_ms, forecast.horizon_ms)
    missing = candles.gaps(stretch)
    if without(missing, outages):
        return None
    if missing:
        return Unscorable.OUTAGE
    close = candles.between(stretch.start_ms, stretch.end_ms).close
    (came,) = classes(labels(close, forecast.look_ahead_bars, forecast.threshold))
    return int(came)
