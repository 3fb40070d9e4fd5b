"""From evidence to score: values times weights, added in the order of `Family`.

points = weight × value, score = (((((trend + momentum) + volatility) + patterns) + ml) + volume);
whoever adds the published points in that order gets the score, exactly.
"""

from dataclasses import dataclass
from functools import reduce
from operator import add

import numpy as np
from numpy.typing import NDArray

from trading_core.decision.engine import Engine
from trading_core.decision.evidence.ml import ml_value
from trading_core.decision.evidence.momentum import momentum_value
from trading_core.decision.evidence.patterns import patterns_value
from trading_core.decision.evidence.trend import trend_value
from trading_core.decision.evidence.volatility import volatility_value
from trading_core.decision.evidence.volume import volume_value
from trading_core.decision.inputs import DecisionInputs
from trading_core.timeframe import Timeframe


@dataclass(frozen=True, slots=True, eq=False)
class ScoreSeries:
    """`values` and `points` of shape (families, n) in the order of `Family`; `score` of n."""

    values: NDArray[np.float64]
    points: NDArray[np.float64]
    score: NDArray[np.float64]


def weigh(engine: Engine, timeframe: Timeframe, inputs: DecisionInputs) -> ScoreSeries:
    voices = (
        trend_value(engine.trend, inputs),
        momentum_value(engine.momentum, inputs),
        volatility_value(engine.volatility, inputs),
        patterns_value(engine.pattern_memory_bars, timeframe, inputs),
        ml_value(inputs),
    )
    *weights, volume_weight = engine.weights.in_order
    spoken = [weight * voice for weight, voice in zip(weights, voices, strict=True)]
    others = reduce(add, spoken)
    volume = volume_value(engine.volume, inputs, others)
    points = np.stack([*spoken, volume_weight * volume])
    return ScoreSeries(np.stack([*voices, volume]), points, others + points[-1])
