"""The features of every bar: what training, batch and single prediction all call."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trading_core.candles import Candles
from trading_core.features.feature_set import FeatureSet
from trading_core.indicators.values import FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class FeatureTable:
    """A row a bar, a column a feature; finite, or NaN where a feature is not warm or defined."""

    open_time_ms: NDArray[np.int64]
    values: FloatArray

    def __len__(self) -> int:
        return len(self.open_time_ms)

    @property
    def warm(self) -> NDArray[np.bool_]:
        """The rows that have every feature."""
        return np.asarray(np.isfinite(self.values).all(axis=1))


def feature_table(
    feature_set: FeatureSet, candles: Candles, since_ms: int, first_available_ms: int = 0
) -> FeatureTable:
    """The features of each bar that opens at or after `since_ms` and `first_available_ms`.

    The candles have to reach back to `timeframe.window_start(since_ms, first_available_ms)`
    without a hole; bars that the exchange never had may be missing. A row is the same, bit for
    bit, wherever one begins to ask and whatever comes after it.
    """
    first_ms = max(since_ms, first_available_ms)
    asked = candles.open_time_ms[np.searchsorted(candles.open_time_ms, first_ms) :]
    with np.errstate(all="ignore"):
        values = feature_set.compute(candles, since_ms, first_available_ms)
    values[~np.isfinite(values)] = np.nan
    return FeatureTable(asked, values)
