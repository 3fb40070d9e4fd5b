from collections.abc import Callable

import numpy as np
import pytest

from trading_core.candles import Candles
from trading_core.features.catalogue import FEATURE_SETS
from trading_core.features.feature_set import FeatureSet
from trading_core.features.feature_table import feature_table

Recording = Callable[[str], Candles]


@pytest.mark.parametrize("feature_set", FEATURE_SETS.values(), ids=FEATURE_SETS)
@pytest.mark.parametrize("name", ["ETHUSDT-1h-2017-2024", "ETHUSDT-1m-2023-03"])
def test_history_equals_the_single_bar_bit_for_bit(
    recording: Recording, name: str, feature_set: FeatureSet
) -> None:
    candles = recording(name)
    first_ms = candles.first_open_ms
    table = feature_table(feature_set, candles, 0, first_ms)
    assert len(table) == len(candles)
    for row in np.random.default_rng(19).integers(0, len(candles), 40).tolist():
        opened_ms = int(candles.open_time_ms[row])
        window = candles.between(candles.timeframe.window_start(opened_ms, first_ms), opened_ms + 1)
        single = feature_table(feature_set, window, opened_ms, first_ms)
        assert single.open_time_ms.tolist() == [opened_ms]
        assert single.values.tobytes() == table.values[row].tobytes()
