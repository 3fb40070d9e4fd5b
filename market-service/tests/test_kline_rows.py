import pytest

from market_service.errors import TransientExchangeError
from market_service.kline_rows import read_klines
from service_kit.series import Series
from trading_core.symbol import Symbol
from trading_core.timeframe import MINUTE_MS, Timeframe

SERIES = Series(Symbol("ETH", "USDT"), Timeframe.M1)
START_MS = 1_722_807_000_000


def row(bar: int, **changes: object) -> list[object]:
    open_ms = START_MS + bar * MINUTE_MS
    fields: dict[str, object] = {
        "open_ms": open_ms, "o": "10", "h": "12", "l": "9", "c": "11", "v": "3",
        "last_ms": open_ms + MINUTE_MS - 1, "q": "33", "n": 5, "V": "1", "Q": "11", "unused": "0",
    }  # fmt: skip
    return list((fields | changes).values())


def test_good_rows_all_pass() -> None:
    answer = read_klines(SERIES, START_MS, [row(0), row(1), row(3)])
    opens = [candle.open_ms for candle in answer.candles]
    assert opens == [START_MS, START_MS + MINUTE_MS, START_MS + 3 * MINUTE_MS]
    assert answer.rejected == 0


@pytest.mark.parametrize(
    "broken",
    [
        row(1, h="8"),
        row(1, v="NaN"),
        row(1, last_ms=0),
        row(1)[:6],
        row(0),
        row(-1),
        "12345678",
        None,
        {},
        [[]] * 12,
    ],
)
def test_a_broken_early_or_repeated_row_is_left_out_and_counted(broken: object) -> None:
    answer = read_klines(SERIES, START_MS, [row(0), broken, row(2)])
    assert [candle.open_ms for candle in answer.candles] == [START_MS, START_MS + 2 * MINUTE_MS]
    assert answer.rejected == 1


def test_nothing_is_an_answer() -> None:
    assert read_klines(SERIES, START_MS, []).candles == ()


@pytest.mark.parametrize("rows", [None, {}, "<html>", {"code": 0}, list("<html>"), [[1]]])
def test_what_holds_no_candle_at_all_is_asked_for_again(rows: object) -> None:
    with pytest.raises(TransientExchangeError):
        read_klines(SERIES, START_MS, rows)
