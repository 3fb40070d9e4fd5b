"""The newest closed bar's volume against the average of its window."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Final

SPIKE_RATIO: Final = 1.5
LOW_RATIO: Final = 0.5


@dataclass(frozen=True, slots=True)
class VolumeAnalysis:
    average: float
    current: float
    ratio: float
    verdict: str


def analyse_volume(volumes: Sequence[float]) -> VolumeAnalysis:
    """Judge the last of at least one volume, oldest first; it is part of the average itself.

    Where nothing was traded at all, the ratio is 1.
    """
    average, current = fmean(volumes), volumes[-1]
    ratio = current / average if average else 1.0
    return VolumeAnalysis(average, current, ratio, _verdict(ratio))


def _verdict(ratio: float) -> str:
    if ratio > SPIKE_RATIO:
        return "High volume spike detected"
    if ratio < LOW_RATIO:
        return "Low volume detected"
    return "Normal volume"
