import numpy as np
import pytest

from candle_history import random_walk
from ml_service.seen_bar import see_bar
from service_kit.candle_windows import CandleWindow
from service_kit.series import Series
from trading_core.features.feature_table import feature_table
from trading_core.features.specification import SPEC16
from trading_core.symbol import Symbol
from trading_core.time_range import TimeRange
from trading_core.timeframe import Timeframe

SERIES = Series(Symbol("ETH", "USDT"), Timeframe.H1)
HOUR_MS = SERIES.bar_ms
FIRST_MS = 240 * 2_000 * HOUR_MS
CANDLES = random_walk(SERIES, FIRST_MS, 600)


def window(bars: int, *outages: TimeRange) -> CandleWindow:
    return CandleWindow(CANDLES[:bars], FIRST_MS, as_of_ms=0, outages=outages)


def test_one_bar_alone_has_the_features_of_the_batch_bit_for_bit() -> None:
    batch = feature_table(SPEC16, CANDLES, FIRST_MS, FIRST_MS).values
    for bars in (400, 401, 500, 600):
        alone = see_bar(SPEC16, window(bars))
        assert alone.features.tobytes() == batch[bars - 1].tobytes()
        assert list(alone.by_name()) == list(SPEC16.names)


def test_what_is_not_warm_is_named_and_no_nan_is_told() -> None:
    young = see_bar(SPEC16, window(20))
    assert young.flaw == "not_warm"
    assert np.isnan(young.features).any()
    assert young.by_name() == {}


@pytest.mark.parametrize(("bars_ago", "flaw"), [(1, "outage"), (SPEC16.look_back_bars + 1, None)])
def test_an_outage_counts_within_the_look_back_only(bars_ago: int, flaw: str | None) -> None:
    start_ms = CANDLES.last_open_ms - bars_ago * HOUR_MS
    outage = TimeRange(start_ms, start_ms + HOUR_MS)
    assert see_bar(SPEC16, window(600, outage)).flaw == flaw
