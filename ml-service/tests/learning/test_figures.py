import math
from collections.abc import Sequence

import numpy as np
import pytest
from sklearn.metrics import balanced_accuracy_score, confusion_matrix, log_loss

from ml_service.learning.calibrator import Triple
from ml_service.learning.evaluation import Figures
from ml_service.learning.figures import answers, class_shares, figures, joined

PRIOR = (0.25, 0.5, 0.25)
HOUR_MS = 3_600_000


def measured(said: Sequence[Triple], classes: Sequence[int]) -> Figures:
    times = np.arange(len(classes)) * HOUR_MS
    return figures(answers(times, said, PRIOR, np.array(classes)), HOUR_MS, 5)


def test_the_prior_itself_has_no_skill() -> None:
    found = measured([PRIOR] * 400, [0, 1, 1, 2] * 100)
    assert found.skill == 0
    assert found.skill_lower_bound == found.skill_high == 0
    assert found.log_loss == found.prior_log_loss
    assert found.own_prior_log_loss == pytest.approx(1.5 * math.log(2))
    assert found.expected_calibration_error == 0
    assert found.accuracy == found.majority_rate == 0.5
    assert found.balanced_accuracy == pytest.approx(1 / 3)
    assert found.brier == found.prior_brier == pytest.approx(0.625)


def test_figures_agree_with_scikit_learn() -> None:
    random = np.random.default_rng(5)
    classes = random.integers(0, 3, 500)
    raw = random.dirichlet([2, 3, 2], 500)
    down, neutral, up = raw.T.tolist()
    found = measured(list(zip(down, neutral, up, strict=True)), classes.tolist())
    named = raw.argmax(axis=1)
    assert found.log_loss == pytest.approx(log_loss(classes, raw))
    assert found.balanced_accuracy == pytest.approx(balanced_accuracy_score(classes, named))
    assert np.array(found.confusion).tolist() == confusion_matrix(classes, named).tolist()
    assert sum(one.count for one in found.reliability) == 500
    assert found.skill_low < found.skill < found.skill_high
    assert found.skill_lower_bound > found.skill_low - 0.2


def test_knowing_better_than_the_prior_is_skill_and_its_bound_says_so() -> None:
    sure = {0: (0.6, 0.3, 0.1), 1: (0.2, 0.6, 0.2), 2: (0.1, 0.3, 0.6)}
    classes = [0, 1, 1, 2] * 100
    found = measured([sure[one] for one in classes], classes)
    assert found.skill == pytest.approx(1 - math.log(1 / 0.6) / (1.5 * math.log(2)))
    assert found.skill_lower_bound > 0
    assert found.accuracy == found.balanced_accuracy == 1
    (only,) = found.reliability
    assert (only.count, only.hit_rate) == (400, 1)
    assert found.expected_calibration_error == pytest.approx(0.4)


def test_a_class_that_never_came_counts_in_no_mean() -> None:
    found = measured([(0.6, 0.3, 0.1)] * 60, [0, 0, 1] * 20)
    assert found.balanced_accuracy == pytest.approx(0.5)
    assert found.class_shares == pytest.approx((2 / 3, 1 / 3, 0))


def test_stretches_that_are_joined_keep_their_own_priors() -> None:
    first = answers(np.arange(50) * HOUR_MS, [PRIOR] * 50, PRIOR, np.ones(50, dtype=np.int64))
    other = (0.1, 0.8, 0.1)
    after = answers(np.arange(50, 100) * HOUR_MS, [other] * 50, other, first.classes)
    found = figures(joined([first, after]), HOUR_MS, 5)
    assert found.prior_log_loss == pytest.approx((math.log(2) - math.log(0.8)) / 2)
    assert (found.from_ms, found.until_ms, found.bars) == (0, 100 * HOUR_MS, 100)


def test_no_class_is_impossible_however_few_bars_there_are() -> None:
    assert class_shares(np.array([1])) == (0.25, 0.5, 0.25)
