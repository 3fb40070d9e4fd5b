"""What holds for every market: drawn by hypothesis on a grid of quarters, so that all is exact."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trading_core.candles import Candles
from trading_core.patterns import scan as scanning
from trading_core.patterns.anatomy import LOOKBACK_BARS
from trading_core.patterns.pattern_type import PatternType
from trading_core.patterns.scan import scan, sightings_until
from trading_core.patterns.sightings import PatternSeries
from trading_core.symbol import Symbol
from trading_core.timeframe import MINUTE_MS, Timeframe

MIRROR_IMAGES = {
    PatternType.DOJI: PatternType.DOJI,
    PatternType.HAMMER: PatternType.SHOOTING_STAR,
    PatternType.BULLISH_ENGULFING: PatternType.BEARISH_ENGULFING,
    PatternType.MORNING_STAR: PatternType.EVENING_STAR,
    PatternType.THREE_WHITE_SOLDIERS: PatternType.THREE_BLACK_CROWS,
}

SEEDS = st.integers(0, 2**32 - 1)
LENGTHS = st.integers(LOOKBACK_BARS - 2, 400)


def market(seed: int, bars: int) -> Candles:
    """A walk in quarters, gaps, flat bars and quiet minutes included."""
    random = np.random.default_rng(seed)
    body = random.integers(-8, 9, bars) * random.integers(0, 2, bars)
    gap = random.integers(-1, 2, bars) * random.integers(0, 2, bars)
    close = np.cumsum(body + gap)
    open_ = close - body
    shadows = random.integers(0, 9, (2, bars)) * random.integers(0, 2, (2, bars))
    columns = {
        "timestamp": np.arange(bars) * MINUTE_MS,
        "open": open_,
        "high": np.maximum(open_, close) + shadows[0],
        "low": np.minimum(open_, close) - shadows[1],
        "close": close,
    }
    prices = {name: 8192 + values / 4 for name, values in columns.items() if name != "timestamp"}
    volume = random.integers(0, 400, bars)
    return Candles.from_columns(
        Symbol("ETH", "USDT"), Timeframe.M1, {**columns, **prices, "volume": volume}
    )


def upside_down(candles: Candles) -> Candles:
    over = 16_384
    return replace(
        candles,
        open=over - candles.open,
        high=over - candles.low,
        low=over - candles.high,
        close=over - candles.close,
    )


def table(series: PatternSeries) -> np.ndarray:
    return np.vstack([series.strengths[kind] for kind in PatternType])


@given(SEEDS, LENGTHS)
@settings(max_examples=25)
def test_a_strength_is_at_most_100_and_nothing_is_seen_without_a_context(
    seed: int, bars: int
) -> None:
    found = table(scan(market(seed, bars), 0))
    assert found.dtype == np.uint8
    assert found.shape == (len(PatternType), bars)
    assert found.max(initial=0) <= 100
    assert not found[:, :LOOKBACK_BARS].any()


@given(SEEDS, LENGTHS, st.integers(-20, 20), st.integers(-20, 20))
@settings(max_examples=25)
def test_neither_the_currency_nor_the_lot_changes_a_pattern(
    seed: int, bars: int, price_power: int, volume_power: int
) -> None:
    candles = market(seed, bars)
    scaled = replace(
        candles,
        **{name: getattr(candles, name) * 2.0**price_power for name in ("open", "high", "low")},
        close=candles.close * 2.0**price_power,
        volume=candles.volume * 2.0**volume_power,
    )
    assert np.array_equal(table(scan(candles, 0)), table(scan(scaled, 0)))


@given(SEEDS, LENGTHS)
@settings(max_examples=25)
def test_upside_down_the_bulls_are_bears(seed: int, bars: int) -> None:
    upright = scan(market(seed, bars), 0).strengths
    turned = scan(upside_down(market(seed, bars)), 0).strengths
    for bullish, bearish in MIRROR_IMAGES.items():
        assert np.array_equal(upright[bullish], turned[bearish])
        assert np.array_equal(upright[bearish], turned[bullish])


@given(SEEDS)
@settings(max_examples=25)
def test_a_doji_never_engulfs_and_never_marches(seed: int) -> None:
    found = scan(market(seed, 400), 0).strengths
    for kind in (
        PatternType.BULLISH_ENGULFING,
        PatternType.BEARISH_ENGULFING,
        PatternType.THREE_WHITE_SOLDIERS,
        PatternType.THREE_BLACK_CROWS,
    ):
        assert not (found[PatternType.DOJI].astype(bool) & found[kind].astype(bool)).any()


@given(SEEDS)
@settings(max_examples=25)
def test_a_pattern_and_its_mirror_image_exclude_each_other(seed: int) -> None:
    found = scan(market(seed, 400), 0).strengths
    for bullish, bearish in MIRROR_IMAGES.items():
        if bullish is not bearish:
            assert not (found[bullish].astype(bool) & found[bearish].astype(bool)).any()


@given(SEEDS, LENGTHS, st.data())
@settings(max_examples=25)
def test_later_candles_change_no_earlier_pattern(seed: int, bars: int, data: st.DataObject) -> None:
    candles = market(seed, bars)
    cut = data.draw(st.integers(0, bars))
    whole = table(scan(candles, 0))
    assert np.array_equal(table(scan(candles[:cut], 0)), whole[:, :cut])


@given(SEEDS, st.data())
@settings(max_examples=25)
def test_the_newest_bars_alone_are_as_in_the_whole(seed: int, data: st.DataObject) -> None:
    candles = market(seed, 300)
    end, bars = data.draw(st.integers(1, 300)), data.draw(st.integers(1, 30))
    whole = scan(candles, 0).sightings()
    since_ms, until_ms = (end - bars) * MINUTE_MS, end * MINUTE_MS
    expected = [one for one in whole if since_ms <= one.opened_at_ms < until_ms]
    assert sightings_until(candles[:end], bars) == expected


@given(SEEDS, st.integers(5, 90))
@settings(max_examples=10)
def test_where_a_chunk_ends_changes_nothing(seed: int, chunk_bars: int) -> None:
    candles = market(seed, 200)
    whole = table(scan(candles, 0))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scanning, "CHUNK_BARS", chunk_bars)
        assert np.array_equal(table(scan(candles, 0)), whole)
