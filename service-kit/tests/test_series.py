import pytest

from service_kit.errors import BadRequestError, NotFoundError
from service_kit.series import Series, watched_series
from trading_core.errors import InvalidSymbolError
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

ETH = Symbol("ETH", "USDT")


@pytest.mark.parametrize("text", ["ETH/USDT", "ETHUSDT"])
def test_a_watched_market_is_found_in_both_spellings(text: str) -> None:
    series = watched_series((ETH,), text, Timeframe.M5)
    assert (series, series.key, series.bar_ms) == (
        Series(ETH, Timeframe.M5), ("ETHUSDT", "5m"), 300_000
    )  # fmt: skip


def test_others_are_not() -> None:
    with pytest.raises(NotFoundError, match="BTC/USDT is not watched here"):
        watched_series((ETH,), "BTCUSDT", Timeframe.M5)
    with pytest.raises(InvalidSymbolError):
        watched_series((ETH,), "nonsense", Timeframe.M5)


def test_a_bar_opens_on_the_grid() -> None:
    series = Series(ETH, Timeframe.M5)
    assert series.checked_bar(600_000) == 600_000
    with pytest.raises(BadRequestError, match="no 5m bar opens at 600001"):
        series.checked_bar(600_001)
