"""What a model sees of one bar: its features, and whether they may be believed."""

from collections.abc import Collection
from dataclasses import astuple, dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ml_service.registry.serving_model import AbstainReason
from service_kit.candle_windows import CandleWindow
from trading_core.features.feature_set import FeatureSet
from trading_core.features.feature_table import feature_table
from trading_core.features.specification import IndicatorValues, spec16
from trading_core.time_range import TimeRange

BarReason = Literal["not_warm", "outage"]
Reason = AbstainReason | BarReason


@dataclass(frozen=True, slots=True)
class SeenBar:
    names: tuple[str, ...]
    features: NDArray[np.float64]
    """One row; NaN where it is not warm."""
    flaw: BarReason | None
    """Why no model may answer for it."""

    def by_name(self) -> dict[str, float]:
        """Empty where one of them is not warm."""
        if np.isnan(self.features).any():
            return {}
        return dict(zip(self.names, self.features.tolist(), strict=True))


def see_bar(feature_set: FeatureSet, window: CandleWindow) -> SeenBar:
    """The last bar of a window, by the very function that training uses."""
    candles = window.candles
    opened_ms = candles.last_open_ms
    table = feature_table(feature_set, candles, opened_ms, window.first_available_ms)
    row = table.values[-1]
    look_back = TimeRange(
        opened_ms - feature_set.look_back_bars * candles.timeframe.duration_ms,
        candles.closed_until_ms,
    )
    flaw: BarReason | None = None
    if np.isnan(row).any():
        flaw = "not_warm"
    elif _overlaps(look_back, window.outages):
        flaw = "outage"
    return SeenBar(feature_set.names, row, flaw)


def see_given(feature_set: FeatureSet, values: IndicatorValues, close: float) -> SeenBar:
    """Of indicators that were brought along; `feature_set` is spec16."""
    row = np.array(astuple(spec16(values, close)))
    return SeenBar(feature_set.names, row, None)


def _overlaps(stretch: TimeRange, outages: Collection[TimeRange]) -> bool:
    return any(stretch.overlap(one) for one in outages)
