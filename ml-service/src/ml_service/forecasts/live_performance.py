"""How good forecasts were that were made before their outcome was known; pure.

Everything is measured against the model's own prior, which is what abstaining would have said.
"""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from ml_service.forecasts.forecast_queries import ScoredForecasts
from ml_service.learning.block_bootstrap import block_bars, resampled_ratios
from ml_service.learning.evaluation import Figures
from ml_service.learning.figures import Answers, figures, log_losses
from ml_service.registry.model_card import ModelCard

LEAST_SCORED: Final = 50
"""Below it no figure is given."""

Verdict = Literal["too_few", "better_than_prior", "worse_than_prior", "undecided"]


@dataclass(frozen=True, slots=True)
class LiveFigures:
    of_bars: Figures
    skill_upper_bound: float
    """One-sided 95 % bound: below 0, the model is worse than its prior."""


@dataclass(frozen=True, slots=True)
class LivePerformance:
    scored: int
    abstained: int
    """Bars with an outcome of which it said nothing."""
    figures: LiveFigures | None
    """None where too few were scored."""

    @property
    def verdict(self) -> Verdict:
        if self.figures is None:
            return "too_few"
        if self.figures.of_bars.skill_low > 0:
            return "better_than_prior"
        return "worse_than_prior" if self.figures.of_bars.skill_high < 0 else "undecided"


def live_performance(scored: ScoredForecasts, card: ModelCard) -> LivePerformance:
    """Of forecasts by the card's model."""
    count = len(scored.classes)
    found = _figures(scored, card) if count >= LEAST_SCORED else None
    return LivePerformance(count, scored.abstained, found)


def _figures(scored: ScoredForecasts, card: ModelCard) -> LiveFigures:
    priors = np.tile(np.array(card.prior), (len(scored.classes), 1))
    told = Answers(scored.open_time_ms, scored.probabilities, priors, scored.classes)
    of_bars = figures(told, card.timeframe.duration_ms, card.look_ahead_bars)
    return LiveFigures(of_bars, _upper_bound(told, card.look_ahead_bars))


def _upper_bound(told: Answers, look_ahead_bars: int) -> float:
    losses = log_losses(told.probabilities, told.classes)
    prior_losses = log_losses(told.priors, told.classes)
    block = block_bars(len(losses), look_ahead_bars)
    skills = resampled_ratios(prior_losses - losses, prior_losses, block)
    return float(np.quantile(skills, 0.95))
