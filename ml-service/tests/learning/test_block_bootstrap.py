import numpy as np
import pytest

from ml_service.learning.block_bootstrap import block_bars, resampled_ratios


def test_a_block_is_never_shorter_than_twice_the_overlap_of_labels() -> None:
    assert block_bars(50, 5) == 10
    assert block_bars(500, 24) == 48
    assert block_bars(27_000, 5) == 30
    assert block_bars(7, 5) == 7


def test_the_same_numbers_give_the_same_resamples() -> None:
    values = np.random.default_rng(1).normal(size=300)
    first, again = (resampled_ratios(values, np.ones(300), 10) for _ in range(2))
    assert first.tobytes() == again.tobytes()


def test_resamples_spread_as_the_mean_of_independent_values_does() -> None:
    values = np.random.default_rng(2).normal(size=2_000)
    found = resampled_ratios(values, np.ones(2_000), 12)
    assert np.std(found) == pytest.approx(1 / np.sqrt(2_000), rel=0.15)
    assert np.mean(found) == pytest.approx(values.mean(), abs=0.004)


def test_values_that_hang_together_are_less_sure() -> None:
    values = np.repeat(np.random.default_rng(3).normal(size=200), 10)
    alone = resampled_ratios(values, np.ones(2_000), 1)
    together = resampled_ratios(values, np.ones(2_000), 20)
    assert np.std(together) > 2 * np.std(alone)
