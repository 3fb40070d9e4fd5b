"""Hour of the day and day of the week, UTC, at the bar's close: points on a circle."""

import math
from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from trading_core.features.bars import Bars
from trading_core.features.feature import Feature
from trading_core.timeframe import DAY_MS, HOUR_MS

HOURS: Final = 24
WEEKDAYS: Final = 7
_EPOCH_WEEKDAY: Final = 3
"""1 January 1970 was a Thursday; Monday is 0."""


def _hour(seen: Bars) -> NDArray[np.int64]:
    return seen.close_time_ms // HOUR_MS % HOURS


def _weekday(seen: Bars) -> NDArray[np.int64]:
    return (seen.close_time_ms // DAY_MS + _EPOCH_WEEKDAY) % WEEKDAYS


def _on_circle(
    name: str, places: int, place: Callable[[Bars], NDArray[np.int64]]
) -> tuple[Feature, Feature]:
    angles = [math.tau * one / places for one in range(places)]
    sines = np.array([math.sin(angle) for angle in angles])
    cosines = np.array([math.cos(angle) for angle in angles])
    return (
        Feature(f"{name}_sine", 0, lambda seen: sines[place(seen)]),
        Feature(f"{name}_cosine", 0, lambda seen: cosines[place(seen)]),
    )


TIME_OF_WEEK: Final = (
    *_on_circle("hour", HOURS, _hour),
    *_on_circle("weekday", WEEKDAYS, _weekday),
)
