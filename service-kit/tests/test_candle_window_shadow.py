"""Which bars suffer from a hole: those whose window it lies in."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from service_kit.candle_windows import CandleWindow
from trading_core.candles import Candles
from trading_core.symbol import Symbol
from trading_core.time_range import TimeRange
from trading_core.timeframe import Timeframe

BAR_MS = Timeframe.M15.duration_ms
NOTHING = Candles.empty(Symbol("ETH", "USDT"), Timeframe.M15)
BARS = st.integers(0, 9_000)


@given(st.lists(st.tuples(BARS, st.integers(1, 3_000)), max_size=3), st.lists(BARS, max_size=50))
def test_a_bar_is_whole_where_no_hole_lies_between_its_windows_start_and_its_close(
    holes: list[tuple[int, int]], bars: list[int]
) -> None:
    ranges = tuple(TimeRange(at * BAR_MS, (at + length) * BAR_MS) for at, length in holes)
    window = CandleWindow(NOTHING, 0, 0, (), ranges)
    opens_ms = np.array([bar * BAR_MS for bar in bars], dtype=np.int64)
    expected = [
        not any(
            hole.overlap(TimeRange(Timeframe.M15.window_start(open_ms), open_ms + BAR_MS))
            for hole in ranges
        )
        for open_ms in opens_ms.tolist()
    ]
    assert window.is_whole_at(opens_ms).tolist() == expected
