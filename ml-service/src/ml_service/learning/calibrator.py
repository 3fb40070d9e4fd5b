"""From a model's margins to probabilities that come true as often as they say.

Row by row with Python's own `math`, so that one bar alone and a batch agree to the last bit.
"""

import math
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from ml_service.registry.model_card import CalibratorRecord

Triple = tuple[float, float, float]
"""Down, neutral, up."""
Curve = Sequence[tuple[float, float]]

LEAST_PROBABILITY: Final = 1e-4
"""Nothing is ever called less likely, so that no surprise costs an infinite loss."""


def calibrated(record: CalibratorRecord, margins: Sequence[float]) -> Triple:
    """Probabilities that add up to 1, none below about a third of `LEAST_PROBABILITY`."""
    if record.temperature is not None:
        cooled = (m / record.temperature + o for m, o in zip(margins, record.offsets, strict=True))
        return _normalised(softmax(tuple(cooled)))
    if record.curves is None:
        raise ValueError(f"a calibrator of kind {record.kind!r} has neither temperature nor curves")
    raw = softmax(margins)
    down, neutral, up = (at(x, curve) for x, curve in zip(raw, record.curves, strict=True))
    return _normalised((down, neutral, up))


def softmax(margins: Sequence[float]) -> Triple:
    """Finite for every finite margin."""
    highest = max(margins)
    down, neutral, up = (math.exp(one - highest) for one in margins)
    total = down + neutral + up
    return down / total, neutral / total, up / total


def at(x: float, curve: Curve) -> float:
    """On the straight lines that join the points; level before the first and after the last."""
    after = bisect_right(curve, x, key=_x)
    if after == 0:
        return curve[0][1]
    if after == len(curve):
        return curve[-1][1]
    (x0, y0), (x1, y1) = curve[after - 1], curve[after]
    return y0 + (y1 - y0) * ((x - x0) / (x1 - x0))


def _x(point: tuple[float, float]) -> float:
    return point[0]


def _normalised(raw: Triple) -> Triple:
    down, neutral, up = (max(one, LEAST_PROBABILITY) for one in raw)
    total = down + neutral + up
    return down / total, neutral / total, up / total
