"""The part of a signal's published `reasoning` that says what was observed."""

from trading_core.decision.inputs import BarInputs
from trading_core.decision.prediction import Prediction
from trading_core.frozen_json import JsonObject
from trading_core.indicators.values import INDICATORS
from trading_core.patterns.sightings import PatternSighting
from trading_core.volume import VolumeAnalysis

_INDICATOR_KEYS = {
    name: "".join(part if i == 0 else part.capitalize() for i, part in enumerate(name.split("_")))
    for name in INDICATORS
}
"""`macd_signal` is published as `macdSignal`, `ema_9` as `ema9`."""


def observed(inputs: BarInputs) -> JsonObject:
    """What the sources said at the bar; null, or nothing listed, where one was absent."""
    return {
        "indicators": _indicators(inputs),
        "patterns": [_pattern(sighting) for sighting in inputs.patterns or ()],
        "mlPrediction": None if inputs.prediction is None else _prediction(inputs.prediction),
        "volumeAnalysis": None if inputs.volume is None else _volume(inputs.volume),
        "absent": {family.value: reason for family, reason in inputs.absences.items()},
    }


def _indicators(inputs: BarInputs) -> JsonObject:
    return {key: getattr(inputs.indicators, name) for name, key in _INDICATOR_KEYS.items()}


def _pattern(sighting: PatternSighting) -> JsonObject:
    return {
        "type": sighting.pattern_type.value,
        "signal": sighting.pattern_type.direction.value,
        "strength": sighting.strength,
        "timestamp": sighting.opened_at_ms,
    }


def _prediction(prediction: Prediction) -> JsonObject:
    return {
        "direction": prediction.direction.value,
        "probability": prediction.probability,
        "abstained": prediction.abstained,
        "reason": prediction.reason,
    }


def _volume(volume: VolumeAnalysis) -> JsonObject:
    return {
        "avgVolume": volume.average,
        "currentVolume": volume.current,
        "volumeRatio": volume.ratio,
        "analysis": volume.verdict,
    }
