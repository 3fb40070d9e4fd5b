"""What a scan for patterns found: at one bar, or over history."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trading_core.patterns.pattern_type import PatternType


@dataclass(frozen=True, slots=True)
class PatternSighting:
    """A pattern that was complete at the bar which opens at `opened_at_ms`."""

    opened_at_ms: int
    pattern_type: PatternType
    strength: int
    """1…100."""


@dataclass(frozen=True, slots=True, eq=False)
class PatternSeries:
    """Every pattern over history: strengths of one length, 0 where the pattern is not there."""

    open_time_ms: NDArray[np.int64]
    strengths: Mapping[PatternType, NDArray[np.uint8]]

    def __len__(self) -> int:
        return len(self.open_time_ms)

    def sightings(self) -> list[PatternSighting]:
        """By time, then in the order of `PatternType`."""
        found = [
            PatternSighting(int(self.open_time_ms[row]), kind, int(self.strengths[kind][row]))
            for kind in PatternType
            for row in np.flatnonzero(self.strengths[kind])
        ]
        return sorted(found, key=lambda one: one.opened_at_ms)
