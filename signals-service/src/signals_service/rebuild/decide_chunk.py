"""The decisions of a chunk of history: pure, the same calls as for one bar, a chunk at once."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Final

import numpy as np

from service_kit.candle_windows import CandleWindow
from service_kit.series import Series
from signals_service.decide_bar import MapsBySide, Moment, signal_of, verdict_of
from signals_service.gathered_inputs import Feed, GatheredInputs
from signals_service.signal_row import SignalRow
from trading_core.decision.decide import DecisionSeries, decide_history
from trading_core.decision.engine import Engine
from trading_core.decision.inputs import DecisionInputs
from trading_core.decision.prediction import PredictedDirection, Prediction, PredictionSeries
from trading_core.indicators.series import indicator_series
from trading_core.patterns.scan import scan
from trading_core.signal_state import SignalOrigin
from trading_core.time_range import TimeRange
from trading_core.volume import AVERAGE_BARS, VolumeSeries, volume_series

NO_MODEL: Final = Prediction(
    p_up=1 / 3,
    p_neutral=1 / 3,
    p_down=1 / 3,
    direction=PredictedDirection.NEUTRAL,
    probability=1 / 3,
    model_id=None,
    abstained=True,
    reason="no_model",
)
"""History is rebuilt without a model: one fitted later would have seen what came of it."""


def decide_chunk(
    engine: Engine, series: Series, window: CandleWindow, since_ms: int
) -> DecisionSeries:
    """A row for each bar of the window that opens at or after `since_ms`, all of one chunk."""
    candles, first_ms = window.candles, window.first_available_ms
    first_row = int(np.searchsorted(candles.open_time_ms, since_ms))
    memory_ms = engine.pattern_memory_bars * series.bar_ms
    count = len(candles) - first_row
    inputs = DecisionInputs(
        indicators=indicator_series(candles, since_ms, first_ms),
        close=candles.close[first_row:],
        patterns=scan(candles, since_ms - memory_ms, first_ms).sightings(),
        volume=_volumes(window, first_row),
        predictions=PredictionSeries.of([NO_MODEL] * count),
    )
    return decide_history(engine, series.timeframe, inputs)


def chunk_signals(
    series: Series,
    window: CandleWindow,
    decisions: DecisionSeries,
    wanted: Collection[int],
    maps: MapsBySide,
    feed: Feed,
    created_at: datetime,
) -> list[SignalRow]:
    """The rows of the bars that open at the `wanted` times, ascending, as they are decided."""
    before = len(window.candles) - len(decisions)
    rows = []
    for at in range(len(decisions)):
        if int(window.candles.open_time_ms[before + at]) not in wanted:
            continue
        decision = decisions.decision_at(at)
        gathered = GatheredInputs(decision.inputs, _window_of(window, before + at), absent={})
        closed_ms = decision.inputs.opened_at_ms + series.bar_ms
        moment = Moment(
            decided_at_ms=closed_ms, created_at=created_at, origin=SignalOrigin.HISTORICAL
        )
        verdict = verdict_of(decision, maps)
        rows.append(signal_of(decisions.engine, series, gathered, verdict, moment, feed))
    return rows


def _window_of(window: CandleWindow, row: int) -> CandleWindow:
    """What the live service would have read for that one bar."""
    candles = window.candles[: row + 1]
    span = TimeRange(candles.first_open_ms, candles.closed_until_ms)
    known = tuple(gone for gone in window.outages if gone.overlap(span))
    return replace(window, candles=candles, outages=known)


def _volumes(window: CandleWindow, first_row: int) -> VolumeSeries:
    start = max(0, first_row - AVERAGE_BARS + 1)
    found = volume_series(window.candles.volume[start:])
    kept = slice(first_row - start, None)
    return VolumeSeries(found.average[kept], found.current[kept], found.ratio[kept])
