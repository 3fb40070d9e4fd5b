from collections.abc import Callable

import numpy as np

from trading_core.candles import Candles
from trading_core.patterns.anatomy import LOOKBACK_BARS
from trading_core.patterns.catalogue import CATALOGUE
from trading_core.patterns.pattern_type import PatternType
from trading_core.patterns.scan import scan, sightings_until
from trading_core.symbol import Symbol
from trading_core.timeframe import HOUR_MS, Timeframe

Draw = Callable[..., Candles]
ENGULFING = [(0.0, 0.5, -1.5, -1.0), (-1.0, 0.75, -1.5, 0.5)]


def without_bar(candles: Candles, row: int) -> Candles:
    """As if the exchange had been down for the bar that would come before this row."""
    columns = {name: getattr(candles, name) for name in ("open", "high", "low", "close", "volume")}
    times = candles.open_time_ms + HOUR_MS * (np.arange(len(candles)) >= row)
    return Candles.from_columns(candles.symbol, candles.timeframe, {"timestamp": times, **columns})


def test_the_catalogue_has_every_pattern_in_order_with_a_sentence_and_a_rule() -> None:
    assert list(CATALOGUE) == list(PatternType)
    for pattern in CATALOGUE.values():
        assert pattern.description.endswith(".")
        assert pattern.rule.endswith(".")


def test_a_pattern_is_reported_at_the_bar_that_completes_it(draw: Draw) -> None:
    (sighting,) = sightings_until(draw(ENGULFING), 3)
    assert sighting.pattern_type is PatternType.BULLISH_ENGULFING
    assert sighting.opened_at_ms == (LOOKBACK_BARS + 1) * HOUR_MS


def test_an_outage_inside_a_pattern_breaks_it(draw: Draw) -> None:
    candles = draw(ENGULFING)
    assert sightings_until(without_bar(candles, len(candles) - 1), 1) == []


def test_an_outage_before_a_pattern_does_not(draw: Draw) -> None:
    candles = draw(ENGULFING)
    broken = without_bar(candles, len(candles) - 2)
    (before,), (after,) = sightings_until(candles, 1), sightings_until(broken, 1)
    assert after.strength == before.strength


def test_a_scan_covers_the_bars_since_the_time_given(draw: Draw) -> None:
    candles = draw(ENGULFING)
    series = scan(candles, candles.last_open_ms)
    assert series.open_time_ms.tolist() == [candles.last_open_ms]
    assert series.strengths[PatternType.BULLISH_ENGULFING][0] > 0


def test_bars_before_the_first_available_one_are_not_looked_at(draw: Draw) -> None:
    candles = draw(ENGULFING)
    at_the_edge = candles.last_open_ms - LOOKBACK_BARS * HOUR_MS
    assert len(sightings_until(candles, 1, at_the_edge)) == 1
    assert sightings_until(candles, 1, at_the_edge + HOUR_MS) == []


def test_nothing_is_seen_in_nothing() -> None:
    empty = Candles.empty(Symbol("ETH", "USDT"), Timeframe.H1)
    assert len(scan(empty, 0)) == 0
    assert sightings_until(empty, 10) == []


def test_no_bars_asked_for_are_none_answered(draw: Draw) -> None:
    assert sightings_until(draw(ENGULFING), 0) == []
