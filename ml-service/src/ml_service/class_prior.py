"""How often each label came lately: what is known where no model knows more."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trading_core.labels import DOWN, NEUTRAL, UP, labels


@dataclass(frozen=True, slots=True)
class ClassPrior:
    """Shares that add up to 1."""

    up: float
    neutral: float
    down: float


def class_prior(close: NDArray[np.float64]) -> ClassPrior:
    """Of the labels that these closes already have.

    One of each is added (Laplace's rule), so that nothing is impossible, and so that without any
    label all three are alike.
    """
    found = labels(close)
    up, neutral, down = (
        (int(np.count_nonzero(found == label)) + 1) / (len(found) + 3)
        for label in (UP, NEUTRAL, DOWN)
    )
    return ClassPrior(up, neutral, down)
