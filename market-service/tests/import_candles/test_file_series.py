"""Which market and timeframe a name says."""

import pytest

from market_service.import_candles.errors import FileRefusedError
from market_service.import_candles.file_series import file_series
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

ETH, BTC = Symbol("ETH", "USDT"), Symbol("BTC", "USDT")


@pytest.mark.parametrize(
    "name", ["ETHUSDT-1h-2024-01.zip", "ETHUSDT-1h.csv", "ethusdt-1h-2017-2024.parquet"]
)
def test_a_name_says_market_and_timeframe(name: str) -> None:
    assert file_series(name, None, None).key == ("ETHUSDT", "1h")


def test_options_say_what_a_name_does_not() -> None:
    assert file_series("my candles.csv", ETH, Timeframe.M5).key == ("ETHUSDT", "5m")
    assert file_series("ETHUSDT-1h.csv", ETH, Timeframe.H1).key == ("ETHUSDT", "1h")
    assert file_series("BINANCE-1h.csv", BTC, None).key == ("BTCUSDT", "1h")


@pytest.mark.parametrize(
    ("name", "symbol", "timeframe", "said"),
    [
        ("candles.csv", None, None, "give --symbol and --timeframe"),
        ("candles.csv", ETH, None, "give --symbol and --timeframe"),
        ("ETHUSDT-1h.csv", BTC, None, "the name ETHUSDT-1h.csv says ETHUSDT, not BTCUSDT"),
        ("ETHUSDT-1h.csv", None, Timeframe.M1, "says 1h, not 1m"),
        ("ETHUSDT-3m-2024.csv", None, None, "its name says 3m, which is none of our timeframes"),
        ("ETHUSDT-1mo-2024.csv", None, None, "its name says 1mo"),
    ],
)
def test_contradictions_and_guesses_are_refused(
    name: str, symbol: Symbol | None, timeframe: Timeframe | None, said: str
) -> None:
    with pytest.raises(FileRefusedError) as refused:
        file_series(name, symbol, timeframe)
    assert said in refused.value.sentence
