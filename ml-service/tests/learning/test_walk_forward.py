from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lessons import HONEST, lesson_data
from ml_service.learning.choose import effort
from ml_service.learning.dataset import Dataset, LabelRule, build_dataset
from ml_service.learning.stretches import LEAST_ROWS, LEAST_UNTOUCHED, gap_rows
from ml_service.learning.walk_forward import Fold, folds


@given(rows=st.integers(LEAST_ROWS - LEAST_UNTOUCHED, 60_000), look_ahead=st.integers(1, 5))
def test_no_training_label_reaches_into_the_test(rows: int, look_ahead: int) -> None:
    gap, tries = gap_rows(look_ahead), effort(rows)
    told = list(folds(rows - gap, gap, tries.folds, tries.first_share))
    assert len(told) == tries.folds
    assert told[-1].test.stop == rows - gap
    for fold in told:
        assert fold.past.stop - 1 + look_ahead < fold.test.start - look_ahead
        assert fold.parts.calibration.stop <= fold.past.stop
    for before, after in pairwise(told):
        assert before.test.stop == after.test.start


def test_a_memory_of_the_newest_label_pays_only_where_folds_are_not_purged() -> None:
    rows = build_dataset(lesson_data(2_000), HONEST, LabelRule())
    leaking = [_hits(rows, fold) for fold in _short_folds(len(rows), gap=0)]
    purged = [_hits(rows, fold) for fold in _short_folds(len(rows), gap=gap_rows(5))]
    assert np.mean(leaking) > np.mean(purged) + 0.1


def _short_folds(rows: int, gap: int) -> list[Fold]:
    """Tests of two bars, whose labels are nearly those of the bars before them."""
    return list(folds(rows, gap, count=500, first_share=0.5))


def _hits(rows: Dataset, fold: Fold) -> float:
    """Of always naming the newest label that the past has."""
    return float(np.mean(rows.classes[fold.test] == rows.classes[fold.past][-1]))
