"""A candle exactly as the exchange spelt it: decimals, never floats."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from market_service.errors import InvalidCandleError
from market_service.fault_kind import FaultKind
from service_kit.series import Series

LARGEST_TIME_MS: Final = 2**53

# What NUMERIC(20,8) and NUMERIC(28,8) hold without rounding; neither NaN, nor a sign, nor 1e400.
_PRICE: Final = re.compile(r"[0-9]{1,12}(\.[0-9]{1,8})?")
_VOLUME: Final = re.compile(r"[0-9]{1,20}(\.[0-9]{1,8})?")


@dataclass(frozen=True, slots=True)
class ExactCandle:
    series: Series
    open_ms: int
    open: Decimal
    high: Decimal
    low: Decimal
    close: Decimal
    volume: Decimal
    """In the base asset."""

    @property
    def closes_at_ms(self) -> int:
        return self.open_ms + self.series.bar_ms

    def row(self) -> tuple[int, float, float, float, float, float]:
        """A CCXT row: open ms, open, high, low, close, volume."""
        o, h, low, c, v = map(float, (self.open, self.high, self.low, self.close, self.volume))
        return self.open_ms, o, h, low, c, v


def read_candle(
    series: Series, open_ms: object, last_ms: object, figures: Sequence[object]
) -> ExactCandle:
    """Check what the exchange sent for one bar.

    Args:
        series: the market and timeframe it belongs to.
        open_ms: the bar's open time.
        last_ms: the bar's last millisecond, as the exchange counts: one before the next open.
        figures: open, high, low, close and volume, as decimal strings.

    Raises:
        InvalidCandleError: `bad_time`, `bad_number` or `bad_range`.

    """
    opened = _read_times(series, open_ms, last_ms)
    if len(figures) != 5:  # noqa: PLR2004 - open, high, low, close, volume
        raise InvalidCandleError(FaultKind.BAD_NUMBER)
    *prices, volume = figures
    o, h, low, c = (read_price(price) for price in prices)
    if not 0 < low <= min(o, c) <= max(o, c) <= h:
        raise InvalidCandleError(FaultKind.BAD_RANGE)
    return ExactCandle(series, opened, o, h, low, c, read_volume(volume))


def read_price(text: object) -> Decimal:
    """Raises InvalidCandleError."""
    return _read_decimal(text, _PRICE)


def read_volume(text: object) -> Decimal:
    """Raises InvalidCandleError."""
    return _read_decimal(text, _VOLUME)


def read_time_ms(value: object) -> int:
    """Raises InvalidCandleError."""
    if type(value) is not int or not 0 <= value <= LARGEST_TIME_MS:
        raise InvalidCandleError(FaultKind.BAD_TIME)
    return value


def _read_times(series: Series, open_ms: object, last_ms: object) -> int:
    opened = read_time_ms(open_ms)
    if not series.timeframe.is_aligned(opened) or last_ms != opened + series.bar_ms - 1:
        raise InvalidCandleError(FaultKind.BAD_TIME)
    return opened


def _read_decimal(text: object, allowed: re.Pattern[str]) -> Decimal:
    if not isinstance(text, str) or not allowed.fullmatch(text):
        raise InvalidCandleError(FaultKind.BAD_NUMBER)
    return Decimal(text)
