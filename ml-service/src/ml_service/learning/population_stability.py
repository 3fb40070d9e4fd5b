"""How far a sample lies from what a model was fitted on, feature by feature: the PSI.

PSI = Σ (a − e)·ln(a / e) over the bins, where a is the sample's share and e the reference's. A bin
without any bar counts as half a bar, so that the logarithm exists.

For independent observations less than 0.1 is called no change and 0.25 or more a large one
(Siddiqi, Credit Risk Scorecards, 2006). Bars are not independent: volatility hardly moves for
weeks, so that 250 bars in a row out of the fit stretch itself commonly have a PSI above 1. What is
unusual is therefore measured: `usual_drift`.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ml_service.registry.model_card import FeatureBins, UsualDrift

FloatArray = NDArray[np.float64]

WINDOW_BARS: Final = 250
"""In a row: what drift is judged by."""
MOST_WINDOWS: Final = 400
UNUSUAL_QUANTILE: Final = 0.99


def bin_shares(values: FloatArray, edges: tuple[float, ...]) -> FloatArray:
    """Of one feature; a value on an edge belongs to the bin above it."""
    counts = np.bincount(_bins(values, edges), minlength=len(edges) + 1)
    return counts.astype(np.float64) / len(values)


def stability_index(shares: FloatArray, expected: tuple[float, ...], bars: int) -> FloatArray:
    """The PSI of so many bars; `shares` end with the axis of the bins, which is summed over."""
    least = 0.5 / bars
    actual = np.maximum(shares, least)
    reference = np.maximum(np.array(expected, dtype=np.float64), least)
    found: FloatArray = np.sum((actual - reference) * np.log(actual / reference), axis=-1)
    return found


def weighted_mean(psi: Mapping[str, FloatArray], importance: Mapping[str, float]) -> FloatArray:
    """Of the features as much as each of them matters to the model."""
    weights = [importance.get(name, 0.0) for name in psi]
    if sum(weights) <= 0:
        weights = [1.0] * len(weights)
    found: FloatArray = np.average(np.array(list(psi.values())), axis=0, weights=weights)
    return found


def usual_drift(
    features: FloatArray, bins: Mapping[str, FeatureBins], importance: Mapping[str, float]
) -> UsualDrift | None:
    """Of windows of the fit stretch against all of it; `bins` in the order of the columns.

    None where there are not bars for a second window.
    """
    spare = len(features) - WINDOW_BARS
    if spare < 1:
        return None
    starts = np.arange(0, spare + 1, max(1, spare // MOST_WINDOWS))
    psi = {
        name: stability_index(_window_shares(column, one.edges, starts), one.shares, WINDOW_BARS)
        for (name, one), column in zip(bins.items(), features.T, strict=True)
    }
    return UsualDrift(
        bars=WINDOW_BARS,
        psi={name: _unusual(found) for name, found in psi.items()},
        weighted_psi=_unusual(weighted_mean(psi, importance)),
    )


def _bins(values: FloatArray, edges: tuple[float, ...]) -> NDArray[np.int64]:
    return np.searchsorted(np.array(edges, dtype=np.float64), values, side="right")


def _window_shares(
    values: FloatArray, edges: tuple[float, ...], starts: NDArray[np.int64]
) -> FloatArray:
    """(windows, bins)."""
    told = np.eye(len(edges) + 1, dtype=np.int64)[_bins(values, edges)]
    until = np.vstack([np.zeros(len(edges) + 1, dtype=np.int64), np.cumsum(told, axis=0)])
    shares: FloatArray = (until[starts + WINDOW_BARS] - until[starts]) / WINDOW_BARS
    return shares


def _unusual(psi: FloatArray) -> float:
    return float(np.quantile(psi, UNUSUAL_QUANTILE))
