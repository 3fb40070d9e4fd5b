from candle_history import random_walk, without_bars
from signal_rows import ETH_5M
from signals_service.unbroken_candles import UnbrokenCandles

BAR_MS = ETH_5M.bar_ms
STORED = without_bars(random_walk(ETH_5M, 0, 30), slice(10, 12))
BROKEN = UnbrokenCandles(STORED, STORED.gaps())


def opens(time_ms: int, candles: UnbrokenCandles = BROKEN) -> list[int]:
    return [open_ms // BAR_MS for open_ms in candles.after(time_ms).open_time_ms.tolist()]


def test_candles_end_at_the_first_hole_after_the_moment() -> None:
    assert opens(4 * BAR_MS) == list(range(4, 10))


def test_what_comes_after_the_hole_is_whole() -> None:
    assert opens(12 * BAR_MS) == list(range(12, 30))


def test_at_the_hole_there_is_nothing_to_go_on_with() -> None:
    assert opens(10 * BAR_MS) == []
    assert opens(11 * BAR_MS) == []


def test_an_outage_is_no_hole() -> None:
    assert opens(9 * BAR_MS, UnbrokenCandles(STORED, ())) == [9, *range(12, 30)]
