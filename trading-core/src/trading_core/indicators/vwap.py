"""VWAP: the volume-weighted average price of the session so far, or of the last bars."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from trading_core.candles import Candles
from trading_core.indicators.indicator import Indicator, Stretch
from trading_core.indicators.values import FloatArray
from trading_core.timeframe import DAY_MS, Timeframe

_LONGEST_DAY_BARS: Final = DAY_MS // Timeframe.M1.duration_ms


def typical_price(candles: Candles) -> FloatArray:
    """(high + low + close) / 3, in the quote asset."""
    return (candles.high + candles.low + candles.close) / 3.0


def session_vwap(candles: Candles, first_available_ms: int = 0) -> FloatArray:
    """Σ typical price · volume / Σ volume over the UTC day, up to and with each bar.

    The sums start anew at the day's first bar, so they are the same wherever the candles start.
    NaN as long as the day has had no volume, and for the whole of a first day that the candles
    enter after midnight, unless they start where the market did: who knows what came before.
    A later day may well begin late, or lack bars: those are an outage's, and nobody has them.
    """
    vwap = np.full(len(candles), np.nan)
    cut_off = _cut_off_rows(candles, first_available_ms)
    if cut_off < len(candles):
        with np.errstate(all="ignore"):
            vwap[cut_off:] = _vwap_by_day(candles[cut_off:])
    return vwap


def rolling_vwap(candles: Candles, bars: int) -> FloatArray:
    """Σ typical price · volume / Σ volume over the last `bars` bars, one or more.

    NaN until there are so many, and where they had no volume. Each sum adds its bars oldest
    first, a pass a bar: a running sum would depend on where it began.
    """
    vwap = np.full(len(candles), np.nan)
    value = np.zeros(max(0, len(candles) - bars + 1))
    volume = np.zeros_like(value)
    with np.errstate(all="ignore"):
        traded = typical_price(candles) * candles.volume
        for age in range(bars):
            value += traded[age : age + len(value)]
            volume += candles.volume[age : age + len(value)]
        vwap[len(candles) - len(value) :] = value / volume
    return vwap


def _vwap_by_day(candles: Candles) -> FloatArray:
    """Bars are laid out a day a row; a missing one is 0, which changes no sum by a bit.

    Volume is the real part, price · volume the imaginary one: they are summed apart, at once.
    """
    bars_a_day = DAY_MS // candles.timeframe.duration_ms
    places, size = _places_in_days(candles, bars_a_day)
    days = np.zeros(size, dtype=np.complex128)
    days.real[places] = candles.volume
    days.imag[places] = typical_price(candles) * candles.volume
    sums = days.reshape(-1, bars_a_day).cumsum(axis=1).ravel()[places]
    vwap: FloatArray = sums.imag / sums.real
    return vwap


def _places_in_days(candles: Candles, bars_a_day: int) -> tuple[slice | NDArray[np.int64], int]:
    """Where each bar lies in whole UTC days laid end to end, and how long those are."""
    step_ms = candles.timeframe.duration_ms
    first_midnight_ms = _midnight(candles.first_open_ms)
    first = (candles.first_open_ms - first_midnight_ms) // step_ms
    last = (candles.last_open_ms - first_midnight_ms) // step_ms
    size = (last // bars_a_day + 1) * bars_a_day
    if last - first == len(candles) - 1:
        return slice(first, last + 1), size
    return (candles.open_time_ms - first_midnight_ms) // step_ms, size


def _cut_off_rows(candles: Candles, first_available_ms: int) -> int:
    """How many bars, from the first, belong to a day of which earlier bars may be missing."""
    if len(candles) == 0:
        return 0
    entered_ms = candles.first_open_ms
    midnight_ms = _midnight(entered_ms)
    began_here = entered_ms - candles.timeframe.duration_ms < first_available_ms
    if entered_ms == midnight_ms or began_here:
        return 0
    return int(np.searchsorted(candles.open_time_ms, midnight_ms + DAY_MS))


def _midnight(time_ms: int) -> int:
    return time_ms // DAY_MS * DAY_MS


def _compute(stretch: Stretch) -> tuple[FloatArray, ...]:
    return (session_vwap(stretch.candles[stretch.rows], stretch.first_available_ms),)


VWAP: Final = Indicator(
    names=("vwap",),
    compute=_compute,
    warm_bars=1,
    memory_bars=_LONGEST_DAY_BARS,
)
