"""Volume: strengthens or weakens what the five families say together, never turns it."""

import numpy as np

from trading_core.decision.engine import VolumeRules
from trading_core.decision.evidence.ramp import FloatArray, evidence, ramp, rise
from trading_core.decision.family import Family
from trading_core.decision.inputs import BarInputs, DecisionInputs


def volume_value(rules: VolumeRules, inputs: DecisionInputs, others: FloatArray) -> FloatArray:
    """The ratio's say (−1 weak … 1 strong) × ramp of the others' sum of points.

    So it has the sign of that sum where volume is above its average, the opposite one below, and
    vanishes with the sum: its points are smaller than the sum.
    """
    if inputs.volume is None:
        return np.zeros(len(inputs), dtype=np.float64)
    ratio = inputs.volume.ratio
    confirming = rise(ratio, 1.0, rules.strong_ratio) - rise(ratio, 1.0, rules.weak_ratio)
    return evidence(confirming * ramp(others, rules.full_sum))


def volume_sentence(bar: BarInputs, points: float, others: float) -> str:
    if bar.volume is None:
        return f"volume is absent: {bar.why_absent(Family.VOLUME)}"
    return f"volume at {bar.volume.ratio:.2f} × its average {_effect(points * others)} the others"


def _effect(agreement: float) -> str:
    if agreement == 0:
        return "adds nothing to"
    return "confirms" if agreement > 0 else "weakens"
