"""What is computed at a bar never changes with what comes after: 10,000 recorded bars, cut."""

from collections.abc import Callable

import numpy as np
import pytest

from trading_core.candles import Candles
from trading_core.decision.decide import DecisionSeries, decide_history
from trading_core.decision.engine import DEFAULT_ENGINE
from trading_core.decision.inputs import DecisionInputs
from trading_core.indicators.series import indicator_series
from trading_core.indicators.values import INDICATORS
from trading_core.patterns.scan import scan
from trading_core.volume import AVERAGE_BARS, volume_series

BARS = 10_000
WINDOW = 4_000
CUTS = 30
COMPARED = 500
"""Bars before each cut; the earlier ones are compared by other cuts."""


def decided(candles: Candles, since_ms: int) -> DecisionSeries:
    asked = candles.between(since_ms, candles.closed_until_ms)
    first = len(candles) - len(asked)
    heard = max(0, first - AVERAGE_BARS + 1)
    inputs = DecisionInputs(
        indicators=indicator_series(candles, since_ms),
        close=asked.close,
        patterns=scan(candles, since_ms).sightings(),
        volume=volume_series(candles.volume[heard:])[first - heard :],
        predictions=None,
    )
    return decide_history(DEFAULT_ENGINE, candles.timeframe, inputs)


@pytest.fixture(scope="module")
def cuts() -> list[int]:
    random = np.random.default_rng(2024)
    return sorted(random.integers(WINDOW + COMPARED, WINDOW + BARS, CUTS).tolist())


@pytest.mark.parametrize("name", ["ETHUSDT-1h-2017-2024", "ETHUSDT-1m-2024-07"])
def test_no_value_changes_with_what_comes_after(
    recording: Callable[[str], Candles], cuts: list[int], name: str
) -> None:
    candles = recording(name)[-(WINDOW + BARS) :]
    since_ms = int(candles.open_time_ms[WINDOW])
    whole = decided(candles, since_ms)
    for cut in cuts:
        known = candles[:cut]
        compared_since_ms = int(candles.open_time_ms[cut - COMPARED])
        then = decided(known, compared_since_ms)
        rows = slice(cut - COMPARED - WINDOW, cut - WINDOW)
        for indicator in INDICATORS:
            now_values = getattr(whole.inputs.indicators, indicator)[rows]
            assert now_values.tobytes() == getattr(then.inputs.indicators, indicator).tobytes()
        # A pattern before the first compared bar still counts for the bars after it.
        settled = slice(DEFAULT_ENGINE.pattern_memory_bars, None)
        assert whole.scores.score[rows][settled].tobytes() == then.scores.score[settled].tobytes()
        assert whole.sign[rows][settled].tobytes() == then.sign[settled].tobytes()
