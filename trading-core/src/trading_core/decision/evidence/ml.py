"""ML: how much more likely the model holds a rise than a fall, when it has skill."""

from typing import Final

import numpy as np

from trading_core.decision.evidence.ramp import FloatArray, evidence
from trading_core.decision.family import Family
from trading_core.decision.inputs import BarInputs, DecisionInputs

NO_MODEL: Final = "no_model"


def ml_value(inputs: DecisionInputs) -> FloatArray:
    if inputs.predictions is None:
        return np.zeros(len(inputs), dtype=np.float64)
    return evidence(inputs.predictions.lean)


def ml_sentence(bar: BarInputs) -> str:
    prediction = bar.prediction
    if prediction is None:
        return f"the prediction is absent: {bar.why_absent(Family.ML)}"
    if prediction.abstained:
        return _silence(prediction.reason or "no reason given")
    said = f"the model gives a rise {prediction.p_up:.0%}, a fall {prediction.p_down:.0%}"
    return f"{said}, but it has degraded" if prediction.degraded else said


def _silence(reason: str) -> str:
    # Signals are stored that say it so, and a replay compares every word.
    if reason == NO_MODEL:
        return f"no edge: the model abstains ({reason})"
    return f"rules only: no edge, the model abstains ({reason})"
