import numpy as np
import pytest

from ml_service.class_prior import class_prior


def test_without_any_label_all_three_are_alike() -> None:
    prior = class_prior(np.full(5, 100.0))
    assert (prior.up, prior.neutral, prior.down) == pytest.approx((1 / 3, 1 / 3, 1 / 3))


def test_the_prior_counts_labels_and_adds_up_to_one() -> None:
    rising = class_prior(100 * 1.01 ** np.arange(15.0))
    assert (rising.up, rising.neutral, rising.down) == pytest.approx((11 / 13, 1 / 13, 1 / 13))
    assert rising.up + rising.neutral + rising.down == pytest.approx(1)
