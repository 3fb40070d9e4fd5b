"""A model in memory, ready to answer: trees, calibrator and explanation."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self

from ml_service.learning.calibrator import Triple, calibrated
from ml_service.learning.errors import ContributionsDifferError
from ml_service.learning.forest import Forest
from ml_service.registry.model_card import ModelCard
from trading_core.indicators.values import FloatArray

BIAS: Final = "bias"
"""What the model says of any bar before it looks at a feature."""
SUM_TOLERANCE: Final = 1e-5
"""Relative; absolute for margins below 1, in log-odds."""


@dataclass(frozen=True, slots=True)
class Said:
    """Of one bar."""

    probabilities: Triple
    """Calibrated: down, neutral, up."""
    class_index: int
    """The likeliest; the first of equals."""
    margins: Triple
    """Log-odds before calibration."""
    contributions: Mapping[str, float]
    """How each feature moved the margin of that class, and the `bias` that it started from."""


@dataclass(frozen=True, slots=True, eq=False)
class LoadedModel:
    card: ModelCard
    forest: Forest

    @classmethod
    def of(cls, trees: bytes, card: ModelCard) -> Self:
        """Raises ValueError where the trees cannot be read, or are not of the card's shape."""
        return cls(card, Forest.of(trees, len(card.feature_names)))

    def probabilities(self, features: FloatArray) -> list[Triple]:
        """Calibrated, of each row; equal to `predict` of the row alone, bit for bit."""
        record = self.card.calibrator
        return [calibrated(record, row) for row in self.forest.margins(features).tolist()]

    def predict(self, features: FloatArray) -> Said:
        """Of one row of finite features, in the order of the card's names.

        Raises ContributionsDifferError where they do not add up to the margin to `SUM_TOLERANCE`.
        """
        found, shares = self.forest.explained(features.reshape(1, -1))
        down, neutral, up = found[0].tolist()
        probabilities = calibrated(self.card.calibrator, (down, neutral, up))
        likeliest = probabilities.index(max(probabilities))
        contributions = self._named(shares[0, likeliest].tolist(), float(found[0, likeliest]))
        return Said(probabilities, likeliest, (down, neutral, up), contributions)

    def _named(self, shares: list[float], margin: float) -> dict[str, float]:
        total = math.fsum(shares)
        if not math.isclose(total, margin, rel_tol=SUM_TOLERANCE, abs_tol=SUM_TOLERANCE):
            raise ContributionsDifferError(
                f"contributions of {self.card.model_id} add up to {total}, its margin is {margin}"
            )
        return dict(zip((*self.card.feature_names, BIAS), shares, strict=True))
