"""A closed bar's volume against the average of its window: one bar, or every bar of history."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Final

import numpy as np
from numpy.typing import NDArray

AVERAGE_BARS: Final = 24
"""The window over history and for decisions, the judged bar included."""
SPIKE_RATIO: Final = 1.5
LOW_RATIO: Final = 0.5


@dataclass(frozen=True, slots=True)
class VolumeAnalysis:
    """Volumes are in the base asset."""

    average: float
    current: float
    ratio: float
    verdict: str


@dataclass(frozen=True, slots=True, eq=False)
class VolumeSeries:
    """Every bar's volume against its window: arrays of one length."""

    average: NDArray[np.float64]
    current: NDArray[np.float64]
    ratio: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.ratio)

    def __getitem__(self, rows: slice) -> "VolumeSeries":
        return VolumeSeries(self.average[rows], self.current[rows], self.ratio[rows])

    def at(self, row: int) -> VolumeAnalysis:
        ratio = float(self.ratio[row])
        return VolumeAnalysis(
            float(self.average[row]), float(self.current[row]), ratio, _verdict(ratio)
        )

    @classmethod
    def of(cls, analysis: VolumeAnalysis) -> "VolumeSeries":
        """One bar as a series."""
        numbers = (analysis.average, analysis.current, analysis.ratio)
        return cls(*(np.array([number], dtype=np.float64) for number in numbers))


def analyse_volume(volumes: Sequence[float]) -> VolumeAnalysis:
    """Judge the last of at least one volume, oldest first; it is part of the average itself.

    Where nothing was traded at all, the ratio is 1.
    """
    average, current = fmean(volumes), volumes[-1]
    ratio = current / average if average else 1.0
    return VolumeAnalysis(average, current, ratio, _verdict(ratio))


def volume_series(volumes: NDArray[np.float64], bars: int = AVERAGE_BARS) -> VolumeSeries:
    """What `analyse_volume` finds at each bar, from its last `bars` volumes or what there is.

    The mean is correctly rounded whatever the order (`math.fsum`), hence equal bit for bit.
    """
    numbers = volumes.tolist()
    average = np.array(
        [fmean(numbers[max(0, end - bars) : end]) for end in range(1, len(numbers) + 1)],
        dtype=np.float64,
    )
    ratio = np.divide(volumes, average, out=np.ones_like(average), where=average != 0)
    return VolumeSeries(average, np.array(volumes, dtype=np.float64), ratio)


def _verdict(ratio: float) -> str:
    if ratio > SPIKE_RATIO:
        return "High volume spike detected"
    if ratio < LOW_RATIO:
        return "Low volume detected"
    return "Normal volume"
