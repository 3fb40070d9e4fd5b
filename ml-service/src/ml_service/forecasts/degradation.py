"""When a serving model's live forecasts, or what it sees, speak against what was proven of it."""

from typing import Final

from ml_service.forecasts.drift import Drift
from ml_service.forecasts.live_performance import LivePerformance

LEAST_SCORED: Final = 100
"""Below it no skill is called degraded, however bad it looks."""


def degradation(live: LivePerformance, drift: Drift | None) -> str | None:
    """Why, for people; None where nothing speaks against the model."""
    reasons = (_worse_than_prior(live), drift and _drifted(drift))
    return "; ".join(reason for reason in reasons if reason) or None


def _worse_than_prior(live: LivePerformance) -> str | None:
    figures = live.figures
    if figures is None or live.scored < LEAST_SCORED or figures.skill_upper_bound >= 0:
        return None
    found = figures.of_bars
    return (
        f"its last {live.scored} forecasts were worse than the prior: "
        f"log-loss {found.log_loss:.4f} against {found.prior_log_loss:.4f}, "
        f"a skill of {found.skill:.1%} that is below 0 with 95 % confidence"
    )


def _drifted(drift: Drift) -> str | None:
    if not drift.is_unusual:
        return None
    return (
        f"what it sees has drifted from what it was fitted on: a PSI of {drift.weighted_psi:.2f} "
        f"over the last {drift.bars} bars, where 99 of 100 such windows of its fit stretch "
        f"stayed below {drift.usual_weighted_psi:.2f}"
    )
