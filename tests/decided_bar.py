"""Inputs of one closed bar, for tests that decide it."""

from dataclasses import replace
from datetime import UTC, datetime

from candle_history import random_walk
from service_kit.candle_windows import CandleWindow
from service_kit.series import Series
from signals_service.decide_bar import MapsBySide, Moment, decide_bar
from signals_service.gathered_inputs import FAMILIES, Feed, GatheredInputs, Source
from signals_service.signal_row import SignalRow
from trading_core.decision.engine import DEFAULT_ENGINE
from trading_core.decision.inputs import BarInputs
from trading_core.decision.prediction import PredictedDirection, Prediction
from trading_core.indicators.snapshot import indicator_snapshot
from trading_core.patterns.scan import sightings_until
from trading_core.signal_state import SignalOrigin
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe
from trading_core.volume import AVERAGE_BARS, analyse_volume

HOURS = Series(Symbol("ETH", "USDT"), Timeframe.H1)
FIRST_MS = 1_721_000_000_000 // HOURS.bar_ms * HOURS.bar_ms
FEED = Feed("replay", "test")
NOW = datetime(2024, 8, 5, tzinfo=UTC)
SURE_UP = Prediction(
    p_up=0.8,
    p_neutral=0.1,
    p_down=0.1,
    direction=PredictedDirection.UP,
    probability=0.8,
    model_id="model-1",
    abstained=False,
    reason=None,
)


def window(bars: int = 300, seed: int = 1) -> CandleWindow:
    candles = random_walk(HOURS, FIRST_MS, bars, seed)
    return CandleWindow(candles, FIRST_MS, candles.closed_until_ms, ())


def gathered(seen: CandleWindow, absent: dict[Source, str] | None = None) -> GatheredInputs:
    """What the siblings would say, without those that are absent."""
    candles, missing = seen.candles, absent or {}
    sightings = sightings_until(candles, DEFAULT_ENGINE.pattern_memory_bars, FIRST_MS)
    volume = analyse_volume(candles.volume[-AVERAGE_BARS:].tolist())
    bar = BarInputs(
        opened_at_ms=candles.last_open_ms,
        close=float(candles.close[-1]),
        indicators=indicator_snapshot(candles, FIRST_MS),
        patterns=None if Source.PATTERNS in missing else tuple(sightings),
        volume=None if Source.VOLUME in missing else volume,
        prediction=None if Source.PREDICTION in missing else SURE_UP,
        absent={FAMILIES[source]: reason for source, reason in missing.items()},
    )
    return GatheredInputs(bar, seen, missing)


def leaning_up(inputs: GatheredInputs) -> GatheredInputs:
    """Indicators that all speak for a rise."""
    close, snapshot = inputs.bar.close, inputs.bar.indicators
    rising = replace(
        snapshot,
        rsi=75.0,
        macd=12.0,
        macd_signal=2.0,
        macd_histogram=10.0,
        ema_9=close - 10,
        ema_21=close - 40,
        ema_50=close - 80,
        ema_200=close - 300,
        vwap=close - 60,
        atr=20.0,
        bollinger_upper=close + 30,
        bollinger_middle=close - 20,
        bollinger_lower=close - 70,
    )
    return replace(inputs, bar=replace(inputs.bar, indicators=rising))


def decided(
    inputs: GatheredInputs,
    maps: MapsBySide | None = None,
    origin: SignalOrigin = SignalOrigin.LIVE,
) -> SignalRow:
    decided_at_ms = inputs.bar.opened_at_ms + HOURS.bar_ms + 700
    moment = Moment(decided_at_ms=decided_at_ms, created_at=NOW, origin=origin)
    return decide_bar(DEFAULT_ENGINE, HOURS, inputs, maps or {}, moment, FEED)
