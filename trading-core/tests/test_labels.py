from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trading_core.candles import Candles
from trading_core.labels import (
    DOWN,
    NEUTRAL,
    SPANS_MISSING,
    UNKNOWN,
    UP,
    classes,
    label_table,
    labels,
)
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe


def test_labels_say_where_the_close_stands_five_bars_later() -> None:
    close = np.array([100, 100, 100, 100, 100, 101, 99, 100.4, 100.0, 99.6])
    assert labels(close).tolist() == [UP, DOWN, NEUTRAL, NEUTRAL, NEUTRAL]


def test_a_bar_whose_future_is_not_known_has_no_label() -> None:
    assert len(labels(np.full(5, 100.0))) == 0
    assert len(labels(np.full(8, 100.0))) == 3


def test_a_move_of_exactly_the_threshold_is_neutral() -> None:
    assert labels(np.array([128.0, 192.0]), 1, 0.5).tolist() == [NEUTRAL]
    assert labels(np.array([128.0, 64.0]), 1, 0.5).tolist() == [NEUTRAL]


@pytest.fixture(scope="module")
def hours() -> Callable[[Sequence[int], Sequence[float]], Candles]:
    """Flat hourly bars at the hours given, with the closes given."""

    def build(opened: Sequence[int], closes: Sequence[float]) -> Candles:
        rows = [
            (hour * 3_600_000, price, price, price, price, 1.0)
            for hour, price in zip(opened, closes, strict=True)
        ]
        return Candles.from_rows(Symbol("ETH", "USDT"), Timeframe.H1, rows)

    return build


def test_the_last_bars_labels_are_not_known_yet(
    hours: Callable[[Sequence[int], Sequence[float]], Candles],
) -> None:
    candles = hours(range(5), [100, 101, 100, 99, 99])
    assert label_table(candles, 2).tolist() == [NEUTRAL, DOWN, DOWN, UNKNOWN, UNKNOWN]


def test_a_label_whose_stretch_lacks_a_bar_is_none_and_told_apart(
    hours: Callable[[Sequence[int], Sequence[float]], Candles],
) -> None:
    candles = hours([0, 1, 2, 4, 5, 6], [100, 101, 102, 103, 104, 105])
    spans = SPANS_MISSING
    assert label_table(candles, 2).tolist() == [UP, spans, spans, UP, UNKNOWN, UNKNOWN]


def test_a_label_that_the_newest_bars_cannot_decide_is_unknown_across_a_gap_too(
    hours: Callable[[Sequence[int], Sequence[float]], Candles],
) -> None:
    candles = hours([0, 1, 3], [100, 101, 102])
    assert label_table(candles, 3).tolist() == [SPANS_MISSING, UNKNOWN, UNKNOWN]
    assert label_table(candles, 10).tolist() == [UNKNOWN] * 3


def test_no_candles_have_no_labels() -> None:
    assert len(label_table(Candles.empty(Symbol("ETH", "USDT"), Timeframe.H1))) == 0


@given(
    gone=st.sets(st.integers(0, 40), max_size=20),
    ahead=st.integers(1, 8),
    cut=st.integers(1, 41),
)
def test_a_label_once_known_never_changes(
    hours: Callable[[Sequence[int], Sequence[float]], Candles],
    gone: set[int],
    ahead: int,
    cut: int,
) -> None:
    opened = sorted(set(range(41)) - gone)
    candles = hours(opened, (100 + np.sin(opened)).tolist())
    whole, part = label_table(candles, ahead), label_table(candles[:cut], ahead)
    known = part != UNKNOWN
    assert part[known].tolist() == whole[: len(part)][known].tolist()


def test_classes_count_from_down_to_up() -> None:
    assert classes(np.array([DOWN, NEUTRAL, UP], dtype=np.int8)).tolist() == [0, 1, 2]
