"""ML: how much more likely the model holds a rise than a fall, when it has skill."""

import numpy as np

from trading_core.decision.evidence.ramp import FloatArray, evidence
from trading_core.decision.family import Family
from trading_core.decision.inputs import BarInputs, DecisionInputs


def ml_value(inputs: DecisionInputs) -> FloatArray:
    if inputs.predictions is None:
        return np.zeros(len(inputs), dtype=np.float64)
    return evidence(inputs.predictions.lean)


def ml_sentence(bar: BarInputs) -> str:
    prediction = bar.prediction
    if prediction is None:
        return f"the prediction is absent: {bar.why_absent(Family.ML)}"
    if prediction.abstained:
        return f"no edge: the model abstains ({prediction.reason or 'no reason given'})"
    return f"the model gives a rise {prediction.p_up:.0%}, a fall {prediction.p_down:.0%}"
