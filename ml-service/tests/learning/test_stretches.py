import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ml_service.learning.errors import ClassMissingError, TooLittleDataError
from ml_service.learning.stretches import (
    LEAST_ROWS,
    first_untouched,
    gap_rows,
    parts,
    refuse_missing_classes,
)

HOUR_MS = 3_600_000


@given(rows=st.integers(LEAST_ROWS, 60_000), look_ahead=st.integers(1, 10))
def test_no_label_of_a_stretch_reaches_into_the_next(rows: int, look_ahead: int) -> None:
    gap = gap_rows(look_ahead)
    untouched = first_untouched(np.arange(rows) * HOUR_MS, gap, None)
    found = parts(untouched, gap)
    edges = [
        (found.fit, found.early_stopping.start),
        (found.early_stopping, found.calibration.start),
        (found.calibration, untouched),
    ]
    for stretch, after in edges:
        assert 0 <= stretch.start < stretch.stop
        assert stretch.stop - 1 + look_ahead < after - look_ahead


def test_the_last_eighth_is_untouched_unless_a_time_is_given() -> None:
    times = np.arange(8_000) * HOUR_MS
    assert first_untouched(times, 10, None) == 7_000
    assert first_untouched(times, 10, 6_000 * HOUR_MS - 1) == 6_000


def test_too_few_bars_are_refused_with_a_remedy() -> None:
    with pytest.raises(TooLittleDataError, match=r"299 labelled bars.*collect more history"):
        first_untouched(np.arange(299) * HOUR_MS, 10, None)


@pytest.mark.parametrize(("from_row", "remedy"), [(990, "begin earlier"), (100, "begin later")])
def test_an_untouched_stretch_that_leaves_too_little_is_refused(from_row: int, remedy: str) -> None:
    with pytest.raises(TooLittleDataError, match=remedy):
        first_untouched(np.arange(1_000) * HOUR_MS, 10, from_row * HOUR_MS)


def test_a_long_horizon_that_leaves_nothing_to_fit_on_is_refused() -> None:
    with pytest.raises(TooLittleDataError, match="too few to fit on"):
        parts(LEAST_ROWS, gap_rows(50))


def test_a_class_that_never_came_is_refused_by_name() -> None:
    classes = np.tile([0, 1, 1], 200)
    with pytest.raises(ClassMissingError, match=r"is labelled up.*lower the threshold"):
        refuse_missing_classes(classes, parts(600, 10))


@given(rows=st.integers(LEAST_ROWS, 5_000), look_ahead=st.integers(1, 60))
def test_what_is_compared_in_calibration_is_never_empty(rows: int, look_ahead: int) -> None:
    gap = gap_rows(look_ahead)
    try:
        calibration = parts(rows, gap).calibration
    except TooLittleDataError:
        return
    assert calibration.stop - calibration.start >= 3 * gap
