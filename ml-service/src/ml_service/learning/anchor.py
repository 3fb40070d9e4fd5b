"""What a model says where it knows nothing: the shares of the classes that it was fitted on."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ml_service.learning.calibrator import Triple
from ml_service.learning.figures import class_shares

ClassWeights = tuple[float, float, float]
EVEN: ClassWeights = (1.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Anchor:
    """Log-odds of the classes."""

    weighted: Triple
    """As heavy as the fit had them: where its margins start."""
    true: Triple
    """As often as they came: where its probabilities should start."""


def anchor(classes: NDArray[np.int64], weights: ClassWeights | None) -> Anchor:
    shares = np.array(class_shares(classes))
    heavy = shares * np.array(weights or EVEN)
    return Anchor(_log(heavy / heavy.sum()), _log(shares))


def _log(shares: NDArray[np.float64]) -> Triple:
    down, neutral, up = np.log(shares).tolist()
    return down, neutral, up
