"""What is said of one bar: a model's probabilities and why, or the prior and why no more."""

from collections.abc import Mapping
from dataclasses import dataclass

from ml_service.directions import DIRECTIONS, Direction
from ml_service.learning.calibrator import Triple
from ml_service.registry.serving_model import NobodyServes, ServingModel
from ml_service.seen_bar import Reason, SeenBar
from ml_service.top_contributions import top_contributions


@dataclass(frozen=True, slots=True)
class Statement:
    probabilities: Triple
    direction: Direction
    contributions: Mapping[str, float] | None
    model_id: str | None
    """None when abstaining."""
    abstains_for: Reason | None

    @property
    def probability(self) -> float:
        """Of the direction."""
        return self.probabilities[DIRECTIONS.index(self.direction)]


def state(serving: ServingModel | NobodyServes, bar: SeenBar, prior: Triple) -> Statement:
    """Abstaining answers the prior."""
    if isinstance(serving, NobodyServes):
        return _abstain(prior, serving.reason)
    if bar.flaw is not None:
        return _abstain(prior, bar.flaw)
    said = serving.loaded.predict(bar.features)
    contributions = top_contributions(said.contributions)
    direction = DIRECTIONS[said.class_index]
    return Statement(said.probabilities, direction, contributions, serving.card.model_id, None)


def _abstain(prior: Triple, reason: Reason) -> Statement:
    return Statement(prior, "neutral", None, None, reason)
