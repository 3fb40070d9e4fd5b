"""Features that mean the same at every price: the set `scale_free`."""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from trading_core.blocks import blocks
from trading_core.candles import Candles
from trading_core.features.bars import Bars
from trading_core.features.distances import DISTANCES
from trading_core.features.feature import Feature
from trading_core.features.feature_set import FeatureSet
from trading_core.features.higher_timeframe import HIGHER_TIMEFRAME
from trading_core.features.returns import RETURNS
from trading_core.features.time_of_week import TIME_OF_WEEK
from trading_core.features.volatility import VOLATILITY
from trading_core.indicators.series import indicator_series
from trading_core.indicators.values import FloatArray

GROUPS: Final[Mapping[str, tuple[Feature, ...]]] = {
    "returns": RETURNS,
    "volatility": VOLATILITY,
    "distances": DISTANCES,
    "higher timeframe": HIGHER_TIMEFRAME,
    "time of week": TIME_OF_WEEK,
}


def feature_set_of(name: str, version: int, features: Sequence[Feature]) -> FeatureSet:
    """Computed block by block, from as many bars before a block's kept ones as any looks back."""
    look_back_bars = max(one.look_back_bars for one in features)

    def compute(candles: Candles, since_ms: int, first_available_ms: int) -> FloatArray:
        indicators = indicator_series(candles, since_ms, first_available_ms)
        first = len(candles) - len(indicators)
        table = np.empty((len(indicators), len(features)))
        for block in blocks(candles, since_ms, first_available_ms):
            start = max(block.window.start, block.kept.start - look_back_bars)
            rows = slice(block.kept.start - first, block.kept.stop - first)
            seen = Bars.of(candles[start : block.window.stop], indicators, rows)
            for column, feature in enumerate(features):
                table[rows, column] = feature.compute(seen)[block.kept.start - start :]
        return table

    return FeatureSet(
        name=name,
        version=version,
        names=tuple(one.name for one in features),
        look_back_bars=look_back_bars,
        compute=compute,
    )


SCALE_FREE: Final = feature_set_of(
    "scale_free", 1, tuple(one for group in GROUPS.values() for one in group)
)
