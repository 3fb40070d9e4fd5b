from dataclasses import replace

import numpy as np
import pytest

from candle_history import without_bars
from lessons import HONEST, LEAKING, WARM_AFTER, lesson_data, whole_history
from ml_service.learning.dataset import LabelRule, TrainingData, build_dataset, share_times
from ml_service.learning.errors import CandlesMissingError
from seeded_market import seeded_market
from trading_core.time_range import TimeRange
from trading_core.timeframe import WINDOW_BARS

HOUR_MS = 3_600_000
BARS = 200


def test_every_bar_is_a_row_or_counted_once() -> None:
    rows = build_dataset(lesson_data(BARS), HONEST, LabelRule())
    assert rows.dropped == {
        "window_not_stored": 0,
        "not_warm": WARM_AFTER - 1,
        "window_spans_outage": 0,
        "label_not_known_yet": 5,
        "label_spans_outage": 0,
    }
    assert len(rows) + sum(rows.dropped.values()) == BARS
    assert np.isfinite(rows.features).all()


def test_classes_say_where_the_close_stands_at_the_horizon() -> None:
    data = lesson_data(BARS)
    rows = build_dataset(data, HONEST, LabelRule(look_ahead_bars=3, threshold=0.004))
    close = data.candles.close
    first = WARM_AFTER - 1
    for row in (0, 57, len(rows) - 1):
        change = close[first + row + 3] / close[first + row] - 1
        assert rows.classes[row] == 1 + (change > 0.004) - (change < -0.004)


def test_bars_near_an_outage_are_left_out_and_told_apart() -> None:
    candles = seeded_market(BARS)
    missing = TimeRange(int(candles.open_time_ms[100]), int(candles.open_time_ms[102]))
    data = TrainingData(without_bars(candles, [100, 101]), (missing,), candles.first_open_ms)
    rows = build_dataset(data, HONEST, LabelRule())
    assert rows.dropped["window_spans_outage"] == WARM_AFTER
    assert rows.dropped["label_spans_outage"] == 5
    kept = set(((rows.open_time_ms - candles.first_open_ms) // HOUR_MS).tolist())
    assert kept.isdisjoint(range(95, 102 + WARM_AFTER))
    assert {94, 102 + WARM_AFTER} <= kept


def test_a_hole_is_refused_and_named() -> None:
    holed = whole_history(without_bars(seeded_market(BARS), [100, 101]))
    with pytest.raises(CandlesMissingError, match="2020-09-17 16:00 to 2020-09-17 18:00") as told:
        build_dataset(holed, HONEST, LabelRule())
    assert "let them be collected" in told.value.sentence


def test_bars_whose_window_is_not_stored_are_left_out() -> None:
    candles = seeded_market(2 * WINDOW_BARS + 100)
    data = replace(whole_history(candles), first_available_ms=candles.first_open_ms - HOUR_MS)
    rows = build_dataset(data, HONEST, LabelRule())
    first_ms = int(rows.open_time_ms[0])
    assert candles.timeframe.window_start(first_ms) >= candles.first_open_ms
    assert candles.timeframe.window_start(first_ms - HOUR_MS) < candles.first_open_ms
    assert rows.dropped["window_not_stored"] == (first_ms - candles.first_open_ms) // HOUR_MS


def test_the_newest_rows_count_only_what_was_left_out_among_them() -> None:
    rows = build_dataset(lesson_data(BARS), HONEST, LabelRule(), newest_rows=50)
    assert len(rows) == 50
    assert rows.dropped["not_warm"] == 0
    assert rows.dropped["label_not_known_yet"] == 5


def test_datasets_that_are_compared_have_the_same_bars() -> None:
    data = lesson_data(BARS)
    longer = replace(HONEST, name="longer", look_back_bars=90)
    outage = TimeRange(data.candles.first_open_ms, data.candles.first_open_ms + 60_000)
    data = replace(data, outages=(outage,))
    built = [build_dataset(data, one, LabelRule()) for one in (HONEST, LEAKING, longer)]
    shared = share_times(built, "not_in_every_feature_set")
    assert len({one.open_time_ms.tobytes() for one in shared}) == 1
    assert shared[0].dropped["not_in_every_feature_set"] == 90 + 1 - WARM_AFTER - 1


def test_no_candles_make_no_rows() -> None:
    empty = seeded_market(10)[:0]
    assert len(build_dataset(TrainingData(empty, (), 0), HONEST, LabelRule())) == 0
