"""The sentence of every family for one bar."""

from collections.abc import Sequence

from trading_core.decision.engine import Engine
from trading_core.decision.evidence.ml import ml_sentence
from trading_core.decision.evidence.momentum import momentum_sentence
from trading_core.decision.evidence.patterns import patterns_sentence
from trading_core.decision.evidence.trend import trend_sentence
from trading_core.decision.evidence.volatility import volatility_sentence
from trading_core.decision.evidence.volume import volume_sentence
from trading_core.decision.inputs import BarInputs
from trading_core.timeframe import Timeframe


def sentences(
    engine: Engine, timeframe: Timeframe, bar: BarInputs, points: Sequence[float]
) -> tuple[str, ...]:
    """In the order of `Family`, as `points` are."""
    *others, volume = points
    return (
        trend_sentence(bar),
        momentum_sentence(bar),
        volatility_sentence(bar),
        patterns_sentence(engine.pattern_memory_bars, timeframe, bar),
        ml_sentence(bar),
        volume_sentence(bar, volume, sum(others)),
    )
