import numpy as np
import pytest

from forecasting_card import DECILES, forecasting_card
from ml_service.forecasts.drift import drift
from ml_service.learning.population_stability import WINDOW_BARS, stability_index, usual_drift
from ml_service.registry.model_card import UsualDrift

EVEN = np.tile((np.arange(10) + 0.5) / 10, WINDOW_BARS // 10)
"""As often in each decile."""
LOW = EVEN / 2
"""Twice as often in the lower five, never in the others."""


def test_the_same_distribution_has_not_drifted() -> None:
    found = drift(np.column_stack([EVEN, EVEN]), forecasting_card())
    assert found is not None
    assert (found.max_psi, found.mean_psi, found.weighted_psi) == (0, 0, 0)
    assert found.extent == "small"


def test_a_shifted_feature_is_named_with_a_large_psi() -> None:
    found = drift(np.column_stack([EVEN, LOW]), forecasting_card())
    assert found is not None
    # Five bins hold 0.2 instead of 0.1, five hold half a bar of 250 instead of 0.1.
    none = 0.5 / 250
    expected = 5 * (0.1 * np.log(2)) + 5 * (none - 0.1) * np.log(none / 0.1)
    assert [one.name for one in found.features] == ["wild", "calm"]
    assert found.features[0].psi == pytest.approx(expected)
    assert found.features[0].extent == "large"
    assert found.max_psi == pytest.approx(expected)
    assert found.mean_psi == pytest.approx(expected / 2)
    assert found.weighted_psi == pytest.approx(expected * 3 / 4)


def test_only_the_newest_window_counts() -> None:
    rows = np.concatenate([LOW, EVEN])
    found = drift(np.column_stack([rows, rows]), forecasting_card())
    assert found is not None
    assert found.max_psi == 0


def test_less_than_a_window_is_too_few() -> None:
    assert drift(np.column_stack([EVEN, EVEN])[1:], forecasting_card()) is None


@pytest.mark.parametrize(("usual", "unusual"), [(0.0, True), (1.5, True), (4.0, False)])
def test_drift_is_unusual_only_beyond_what_training_had_itself(
    usual: float, *, unusual: bool
) -> None:
    known = UsualDrift(bars=WINDOW_BARS, psi={"calm": 1.0, "wild": usual}, weighted_psi=usual)
    found = drift(np.column_stack([LOW, LOW]), forecasting_card(usual_drift=known))
    assert found is not None
    assert found.is_unusual is unusual
    assert found.features[0].usual_psi == usual


def test_a_small_drift_is_never_unusual() -> None:
    known = UsualDrift(bars=WINDOW_BARS, psi={}, weighted_psi=0.0)
    found = drift(np.column_stack([EVEN, EVEN]), forecasting_card(usual_drift=known))
    assert found is not None
    assert not found.is_unusual


def test_windows_that_are_all_alike_make_any_drift_unusual() -> None:
    bins = {"calm": DECILES, "wild": DECILES}
    rows = np.column_stack([np.tile(EVEN, 4), np.tile(EVEN, 4)])
    assert usual_drift(rows, bins, {"calm": 1.0}) == UsualDrift(
        bars=WINDOW_BARS, psi={"calm": 0.0, "wild": 0.0}, weighted_psi=0.0
    )


def test_training_that_stayed_low_for_weeks_makes_that_usual() -> None:
    rows = np.concatenate([LOW, LOW, 0.5 + LOW, 0.5 + LOW])[:, None]
    found = usual_drift(rows, {"calm": DECILES}, {"calm": 1.0})
    assert found is not None
    alone = stability_index(np.array([0.2] * 5 + [0.0] * 5), DECILES.shares, WINDOW_BARS)
    assert found.psi["calm"] == pytest.approx(float(alone))


def test_one_window_of_training_says_nothing_of_what_is_usual() -> None:
    assert usual_drift(EVEN[:, None], {"calm": DECILES}, {}) is None
