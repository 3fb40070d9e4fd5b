"""What weighed most in a prediction, so that what is shown still adds up to the margin."""

import math
from collections.abc import Mapping
from typing import Final

SHOWN: Final = 6
BIAS: Final = "bias"
REST: Final = "rest"


def top_contributions(contributions: Mapping[str, float]) -> dict[str, float]:
    """The weightiest features first, then `bias`, then the `rest` of the features as one.

    In log-odds of the class that is named; `contributions` holds every feature and `bias`.
    """
    features = [(name, value) for name, value in contributions.items() if name != BIAS]
    ranked = sorted(features, key=lambda one: -abs(one[1]))
    shown = dict(ranked[:SHOWN])
    rest = math.fsum(value for _, value in ranked[SHOWN:])
    return {**shown, BIAS: contributions[BIAS], REST: rest}
