"""What the model said: at one bar, or over history."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from trading_core.errors import InvalidDecisionError


class PredictedDirection(StrEnum):
    UP = "up"
    NEUTRAL = "neutral"
    DOWN = "down"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """Calibrated probabilities; where the model abstains, the class prior, which says nothing.

    Raises InvalidDecisionError where the three are not shares of 1.
    """

    p_up: float
    p_neutral: float
    p_down: float
    direction: PredictedDirection
    probability: float
    model_id: str | None
    abstained: bool
    reason: str | None
    """Why it abstained: `no_model`, `no_skill` …"""
    degraded: bool = False
    """Whether what it said lately, or what it saw, speaks against it; see ml-service."""

    def __post_init__(self) -> None:
        shares = (self.p_up, self.p_neutral, self.p_down)
        if min(shares) < 0 or not math.isclose(math.fsum(shares), 1.0, abs_tol=1e-6):
            raise InvalidDecisionError(f"the probabilities {shares} do not add up to 1")


@dataclass(frozen=True, slots=True, eq=False)
class PredictionSeries:
    """One prediction a bar, None where there was none."""

    predictions: Sequence[Prediction | None]
    lean: NDArray[np.float64]
    """p_up − p_down; NaN where the model abstained or did not answer."""

    @classmethod
    def of(cls, predictions: Sequence[Prediction | None]) -> "PredictionSeries":
        lean = [
            one.p_up - one.p_down if one and not one.abstained else math.nan for one in predictions
        ]
        return cls(predictions, np.array(lean, dtype=np.float64))

    def __len__(self) -> int:
        return len(self.predictions)
