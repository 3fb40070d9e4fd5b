import numpy as np
import pytest

from service_kit.bar_ranges import Opens, ranges_among, span_of, unbroken_ranges
from trading_core.time_range import TimeRange


def opens(*values: int) -> Opens:
    return np.array(values, dtype=np.int64)


@pytest.mark.parametrize(
    ("bars", "ranges"),
    [
        ((), []),
        ((20,), [(20, 30)]),
        ((0, 10, 20), [(0, 30)]),
        ((0, 10, 30, 50, 60), [(0, 20), (30, 40), (50, 70)]),
    ],
)
def test_unbroken_ranges_hold_their_bars_and_nothing_else(
    bars: tuple[int, ...], ranges: list[tuple[int, int]]
) -> None:
    assert unbroken_ranges(opens(*bars), 10) == tuple(TimeRange(*one) for one in ranges)


@pytest.mark.parametrize(
    ("chosen", "ranges"),
    [
        ((), []),
        ((30,), [(30, 40)]),
        ((10, 30, 40), [(10, 50)]),
        ((0, 10, 40, 70), [(0, 20), (40, 80)]),
        ((0, 70), [(0, 10), (70, 80)]),
    ],
)
def test_ranges_among_others_run_on_where_there_is_no_bar(
    chosen: tuple[int, ...], ranges: list[tuple[int, int]]
) -> None:
    among = ranges_among(opens(*chosen), opens(0, 10, 30, 40, 70), 10)
    assert among == tuple(TimeRange(*one) for one in ranges)


def test_a_span_reaches_from_the_first_open_to_the_last_close() -> None:
    assert span_of(opens(20, 50), 10) == TimeRange(20, 60)
