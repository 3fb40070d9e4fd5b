from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market_service.errors import InvalidCandleError
from market_service.exact_candle import ExactCandle, read_candle
from service_kit.series import Series
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

SERIES = Series(Symbol("ETH", "USDT"), Timeframe.M1)
OPEN_MS = 1_722_807_000_000
LAST_MS = OPEN_MS + 59_999
FIGURES = ("2500.01", "2510.50000000", "2499.9", "2505", "12.34560000")


def read(*figures: object, open_ms: object = OPEN_MS, last_ms: object = LAST_MS) -> ExactCandle:
    return read_candle(SERIES, open_ms, last_ms, figures or FIGURES)


def test_decimals_stay_what_the_exchange_wrote() -> None:
    candle = read()
    assert candle.open == Decimal("2500.01")
    assert candle.volume == Decimal("12.3456")
    assert candle.closes_at_ms == OPEN_MS + 60_000
    assert candle.row() == (OPEN_MS, 2500.01, 2510.5, 2499.9, 2505.0, 12.3456)


@pytest.mark.parametrize(
    "figure",
    ["NaN", "Infinity", "1e400", "-1", "+1", "", " 1", "1.", ".5", "1,5", "٣", "1.123456789",
     "1234567890123", 2500.0, 2500, None, True, ["1"]],
)  # fmt: skip
def test_what_is_no_plain_decimal_is_refused(figure: object) -> None:
    with pytest.raises(InvalidCandleError, match="bad_number"):
        read(figure, figure, figure, figure, "1")


@pytest.mark.parametrize(
    "prices",
    [
        ("10", "9", "8", "9"),
        ("10", "11", "10.5", "11"),
        ("10", "11", "9", "8"),
        ("10", "11", "9", "12"),
        ("0", "1", "0", "1"),
    ],
)
def test_prices_outside_their_range_are_refused(prices: tuple[str, ...]) -> None:
    with pytest.raises(InvalidCandleError, match="bad_range"):
        read(*prices, "1")


@pytest.mark.parametrize(
    ("open_ms", "last_ms"),
    [
        (OPEN_MS + 1, LAST_MS + 1),
        (OPEN_MS, LAST_MS + 1),
        (OPEN_MS, LAST_MS + 60_000),
        (-60_000, -1),
        (str(OPEN_MS), LAST_MS),
        (float(OPEN_MS), LAST_MS),
        (True, LAST_MS),
        (None, None),
        (2**60 * 60_000, 2**60 * 60_000 + 59_999),
    ],
)
def test_times_off_the_grid_are_refused(open_ms: object, last_ms: object) -> None:
    with pytest.raises(InvalidCandleError, match="bad_time"):
        read(open_ms=open_ms, last_ms=last_ms)


def test_a_missing_figure_is_refused() -> None:
    with pytest.raises(InvalidCandleError, match="bad_number"):
        read("1", "1", "1", "1")


PRICES = st.decimals(min_value=Decimal("0.00000001"), max_value=Decimal(999_999_999), places=8)


@given(prices=st.lists(PRICES, min_size=4, max_size=4), volume=PRICES)
def test_every_consistent_candle_passes_unchanged(prices: list[Decimal], volume: Decimal) -> None:
    low, o, c, high = sorted(prices)
    candle = read(*(f"{figure:f}" for figure in (o, high, low, c, volume)))
    assert (candle.open, candle.high, candle.low, candle.close) == (o, high, low, c)
    assert candle.volume == volume
