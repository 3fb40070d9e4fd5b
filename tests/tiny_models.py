"""Models of a few trees, trained in milliseconds: real ones, only not good."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import xgboost

from candle_history import random_walk
from ml_service.registry.model_card import ModelCard
from model_cards import model_card
from service_kit.series import Series
from trading_core.candles import Candles
from trading_core.features.catalogue import FEATURE_SETS
from trading_core.features.feature_table import feature_table
from trading_core.labels import LOOK_AHEAD_BARS, classes, labels
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

PARAMETERS = {
    "objective": "multi:softprob",
    "num_class": 3,
    "max_depth": 3,
    "eta": 0.3,
    "tree_method": "hist",
    "nthread": 1,
}


@dataclass(frozen=True, slots=True)
class TinyModel:
    trees: bytes
    card: ModelCard


def tiny_model(
    feature_set: str = "spec16",
    *,
    seed: int = 7,
    **card: Any,  # noqa: ANN401 - as `model_card` takes them
) -> TinyModel:
    """Of a random walk of its own."""
    trees = _trees(feature_set, seed)
    return TinyModel(trees, model_card(feature_set, trees, **card))


@cache
def _trees(feature_set: str, seed: int) -> bytes:
    candles = _candles(seed)
    known = FEATURE_SETS[feature_set]
    table = feature_table(known, candles, candles.first_open_ms, candles.first_open_ms)
    found = classes(labels(candles.close, LOOK_AHEAD_BARS, threshold=0.001))
    values = table.values[: len(found)]
    warm = np.isfinite(values).all(axis=1)
    matrix = xgboost.DMatrix(values[warm], found[warm], nthread=1)
    booster = xgboost.train({**PARAMETERS, "seed": seed}, matrix, num_boost_round=8)
    return bytes(booster.save_raw("ubj"))


def _candles(seed: int) -> Candles:
    series = Series(Symbol("ETH", "USDT"), Timeframe.H1)
    return random_walk(series, 240 * 2_000 * series.bar_ms, 1_200, seed)
