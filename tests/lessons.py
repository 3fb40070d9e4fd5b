"""Small things to learn from: features whose worth is known, of seeded markets."""

import numpy as np

from seeded_market import seeded_market

from ml_service.learning.dataset import TrainingData
from trading_core.candles import Candles
from trading_core.features.feature_set import FeatureSet
from trading_core.indicators.values import FloatArray
from trading_core.labels import LOOK_AHEAD_BARS

WARM_AFTER = 24


def lesson_data(bars: int, seed: int = 7) -> TrainingData:
    return whole_history(seeded_market(bars, seed))


def whole_history(candles: Candles) -> TrainingData:
    """Without an outage, from the first bar that the exchange has."""
    return TrainingData(candles, (), candles.first_open_ms)


def _range_shares(candles: Candles, since_ms: int, first_available_ms: int) -> FloatArray:
    """Mean range of the last hours, and of the last day: what is known of restlessness."""
    del first_available_ms
    shares = (candles.high - candles.low) / candles.close
    known = np.column_stack([_trailing_mean(shares, bars) for bars in (3, WARM_AFTER)])
    return known[np.searchsorted(candles.open_time_ms, since_ms) :]


def _with_future(candles: Candles, since_ms: int, first_available_ms: int) -> FloatArray:
    """The same, and the very change that is to be foretold."""
    known = _range_shares(candles, since_ms, first_available_ms)
    ahead = np.full(len(candles), np.nan)
    ahead[:-LOOK_AHEAD_BARS] = candles.close[LOOK_AHEAD_BARS:] / candles.close[:-LOOK_AHEAD_BARS]
    return np.column_stack([known, ahead[len(candles) - len(known) :]])


def _trailing_mean(values: FloatArray, bars: int) -> FloatArray:
    sums = np.concatenate(([0.0], np.cumsum(values)))
    means = np.full(len(values), np.nan)
    means[bars - 1 :] = (sums[bars:] - sums[:-bars]) / bars
    return means


HONEST = FeatureSet(
    name="spec16",
    version=1,
    names=("range_3", "range_24"),
    look_back_bars=WARM_AFTER,
    compute=_range_shares,
)
"""Under the name of the set that is always trained."""

LEAKING = FeatureSet(
    name="leaking",
    version=1,
    names=("range_3", "range_24", "change_ahead"),
    look_back_bars=WARM_AFTER,
    compute=_with_future,
)
