import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ml_service.learning.calibrator import LEAST_PROBABILITY, at, calibrated, softmax
from ml_service.registry.model_card import CalibratorRecord

MARGIN = st.floats(-80, 80)
MARGINS = st.tuples(MARGIN, MARGIN, MARGIN)
STEP = ((0.2, 0.0), (0.4, 0.0), (0.5, 1.0))
RECORDS = [
    CalibratorRecord(kind="temperature", temperature=0.7, curves=None),
    CalibratorRecord(kind="isotonic", temperature=None, curves=(STEP, STEP, STEP)),
]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.kind)
@given(margins=MARGINS)
def test_probabilities_add_up_and_none_is_nothing(
    record: CalibratorRecord, margins: tuple[float, float, float]
) -> None:
    found = calibrated(record, margins)
    assert math.fsum(found) == pytest.approx(1, abs=1e-12)
    assert min(found) > LEAST_PROBABILITY / 4


@given(margins=MARGINS, temperature=st.floats(0.1, 50))
def test_a_temperature_keeps_the_order_of_the_classes(
    margins: tuple[float, float, float], temperature: float
) -> None:
    raw = softmax([one / temperature for one in margins])
    assert raw[margins.index(max(margins))] == max(raw)
    assert raw[margins.index(min(margins))] == min(raw)


@given(low=st.floats(0, 1), high=st.floats(0, 1))
def test_a_curve_that_rises_never_falls(low: float, high: float) -> None:
    low, high = sorted((low, high))
    assert at(low, STEP) <= at(high, STEP)


def test_a_curve_is_level_outside_its_points_and_straight_between_them() -> None:
    assert [at(x, STEP) for x in (0.0, 0.3, 0.45, 0.5, 0.9)] == pytest.approx([0, 0, 0.5, 1, 1])


def test_a_record_without_numbers_is_refused() -> None:
    with pytest.raises(ValueError, match="neither temperature nor curves"):
        calibrated(CalibratorRecord(kind="none", temperature=None, curves=None), (0, 0, 0))
