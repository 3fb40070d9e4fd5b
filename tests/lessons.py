"""Small things to learn from: features whose worth is known, of seeded markets."""

import numpy as np

from candle_history import random_walk
from ml_service.learning.dataset import TrainingData
from seeded_market import ETH, seeded_market
from service_kit.series import Series
from trading_core.candles import Candles
from trading_core.features.feature_set import FeatureSet
from trading_core.indicators.values import FloatArray
from trading_core.labels import LOOK_AHEAD_BARS
from trading_core.timeframe import Timeframe

WARM_AFTER = 24


def lesson_data(bars: int, seed: int = 7) -> TrainingData:
    return whole_history(seeded_market(bars, seed))


def whole_history(candles: Candles) -> TrainingData:
    """Without an outage, from the first bar that the exchange has."""
    return TrainingData(candles, (), candles.first_open_ms)


def coin_tosses(bars: int, seed: int) -> TrainingData:
    """Neither where the price goes nor how far can be foretold; for a threshold of 0.1 %."""
    return whole_history(random_walk(Series(ETH, Timeframe.H1), 0, bars, seed))


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


def _trailing_changes(candles: Candles, since_ms: int, first_available_ms: int) -> FloatArray:
    known = _range_shares(candles, since_ms, first_available_ms)
    behind = np.full(len(candles), np.nan)
    behind[LOOK_AHEAD_BARS:] = candles.close[LOOK_AHEAD_BARS:] / candles.close[:-LOOK_AHEAD_BARS]
    return np.column_stack([known, behind[len(candles) - len(known) :]])


def _moved_by_the_horizon(candles: Candles, since_ms: int, first_available_ms: int) -> FloatArray:
    """The features of the bar at which the label is known: labels and rows out of step."""
    known = _trailing_changes(candles, since_ms, first_available_ms)
    moved = np.full(known.shape, np.nan)
    moved[:-LOOK_AHEAD_BARS] = known[LOOK_AHEAD_BARS:]
    return moved


def _trailing_mean(values: FloatArray, bars: int) -> FloatArray:
    sums = np.concatenate(([0.0], np.cumsum(values)))
    means = np.full(len(values), np.nan)
    means[bars - 1 :] = (sums[bars:] - sums[:-bars]) / bars
    return means


_CHANGES = ("range_3", "range_24", "change_5")

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

TRAILING = FeatureSet(
    name="spec16",
    version=1,
    names=_CHANGES,
    look_back_bars=WARM_AFTER,
    compute=_trailing_changes,
)
SHIFTED = FeatureSet(
    name="spec16",
    version=1,
    names=_CHANGES,
    look_back_bars=WARM_AFTER,
    compute=_moved_by_the_horizon,
)
