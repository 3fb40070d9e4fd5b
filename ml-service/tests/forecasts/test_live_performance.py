import math

import numpy as np
import pytest

from forecasting_card import PRIOR, forecasting_card
from ml_service.forecasts.degradation import degradation
from ml_service.forecasts.drift import Drift
from ml_service.forecasts.forecast_queries import ScoredForecasts
from ml_service.forecasts.live_performance import LiveFigures, LivePerformance, live_performance
from trading_core.timeframe import HOUR_MS

Triple = tuple[float, float, float]
CARD = forecasting_card()
SURE_UP = (0.1, 0.1, 0.8)


def said(probabilities: Triple, came: str, abstained: int = 0) -> ScoredForecasts:
    """The same of every bar; what came as a row of d, n and u."""
    classes = np.array(["dnu".index(one) for one in came], dtype=np.int64)
    return ScoredForecasts(
        CARD.model_id,
        HOUR_MS * np.arange(len(classes)),
        np.tile(np.array(probabilities), (len(classes), 1)),
        classes,
        abstained,
    )


def figures_of(scored: ScoredForecasts) -> LiveFigures:
    found = live_performance(scored, CARD).figures
    assert found is not None
    return found


def test_the_figures_are_those_computed_by_hand() -> None:
    found = figures_of(said(SURE_UP, "uuuun" * 12)).of_bars
    log_loss = -(4 * math.log(0.8) + math.log(0.1)) / 5
    prior_log_loss = -(4 * math.log(0.3) + math.log(0.4)) / 5
    assert PRIOR == (0.3, 0.4, 0.3)
    assert found.bars == 60
    assert found.log_loss == pytest.approx(log_loss)
    assert found.prior_log_loss == pytest.approx(prior_log_loss)
    assert found.skill == pytest.approx(1 - log_loss / prior_log_loss)
    # (0.1² + 0.1² + 0.2²) where up came, (0.1² + 0.9² + 0.8²) where neutral did.
    assert found.brier == pytest.approx((4 * 0.06 + 1.46) / 5)
    assert found.prior_brier == pytest.approx((4 * (0.09 + 0.16 + 0.49) + 0.09 + 0.36 + 0.09) / 5)
    assert (found.accuracy, found.majority_rate) == (0.8, 0.8)
    (only,) = found.reliability
    assert (only.count, only.hit_rate) == (60, 0.8)
    assert found.expected_calibration_error == pytest.approx(0)
    assert (found.from_ms, found.until_ms) == (0, 60 * HOUR_MS)


def test_under_fifty_scored_bars_no_figure_is_given() -> None:
    few = live_performance(said(SURE_UP, "u" * 49, abstained=7), CARD)
    assert few == LivePerformance(scored=49, abstained=7, figures=None)
    assert few.verdict == "too_few"
    assert live_performance(said(SURE_UP, "u" * 50), CARD).figures is not None


@pytest.mark.parametrize(
    ("came", "verdict"),
    [
        ("u" * 100, "better_than_prior"),
        ("d" * 100, "worse_than_prior"),
        ("u" * 50 + "n" * 50, "undecided"),
    ],
)
def test_the_verdict_is_that_of_the_interval(came: str, verdict: str) -> None:
    assert live_performance(said((0.25, 0.25, 0.5), came), CARD).verdict == verdict


def test_the_upper_bound_lies_inside_the_interval() -> None:
    rng = np.random.default_rng(5)
    found = figures_of(said(SURE_UP, "".join(rng.choice(list("dnu"), 300))))
    assert found.of_bars.skill < found.skill_upper_bound < found.of_bars.skill_high


def test_a_model_that_says_its_prior_has_neither_skill_nor_degraded() -> None:
    live = live_performance(said(PRIOR, "dnu" * 50), CARD)
    assert live.figures is not None
    assert live.figures.of_bars.skill == 0
    assert degradation(live, None) is None


def test_live_skill_that_is_surely_below_the_priors_is_degraded() -> None:
    reason = degradation(live_performance(said(SURE_UP, "d" * 100), CARD), None)
    assert reason is not None
    assert reason.startswith("its last 100 forecasts were worse than the prior: log-loss 2.3026")


def test_under_a_hundred_scored_bars_nothing_is_called_degraded() -> None:
    assert degradation(live_performance(said(SURE_UP, "d" * 99), CARD), None) is None


@pytest.mark.parametrize(("usual", "degraded"), [(0.9, True), (1.4, False), (None, False)])
def test_drift_degrades_only_beyond_what_was_usual_in_training(
    usual: float | None, *, degraded: bool
) -> None:
    drift = Drift(
        bars=250,
        features=(),
        max_psi=3.0,
        mean_psi=1.0,
        weighted_psi=1.25,
        extent="large",
        usual_weighted_psi=usual,
    )
    reason = degradation(LivePerformance(0, 0, None), drift)
    assert (reason is not None) is degraded
    assert reason is None or "a PSI of 1.25 over the last 250 bars" in reason
