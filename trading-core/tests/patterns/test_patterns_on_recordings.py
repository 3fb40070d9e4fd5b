"""On real candles: how often each pattern fires, and where TA-Lib's candles differ and why.

`pytest -s` shows the table; `benchmarks/patterns.py --agreement` makes it for any recording.
"""

from collections import defaultdict
from collections.abc import Callable

import numpy as np
import pytest

from trading_core.candles import Candles
from trading_core.patterns.agreement import Agreement, compare_with_talib, talib_finds
from trading_core.patterns.anatomy import LOOKBACK_BARS
from trading_core.patterns.pattern_type import PatternType
from trading_core.patterns.scan import scan, sightings_until
from trading_core.patterns.sightings import PatternSighting
from trading_core.timeframe import HOUR_MS

Recording = Callable[[str], Candles]

SIGHTINGS_AN_HOUR_YEAR = {
    PatternType.DOJI: (600, 1100),
    PatternType.HAMMER: (60, 140),
    PatternType.INVERTED_HAMMER: (20, 70),
    PatternType.SHOOTING_STAR: (45, 110),
    PatternType.BULLISH_ENGULFING: (90, 180),
    PatternType.BEARISH_ENGULFING: (90, 180),
    PatternType.MORNING_STAR: (15, 50),
    PatternType.EVENING_STAR: (15, 50),
    PatternType.THREE_WHITE_SOLDIERS: (3, 20),
    PatternType.THREE_BLACK_CROWS: (1, 15),
}
"""From once in a few months to twice a day: none is dead, none is noise."""


GAP_BEFORE = {
    PatternType.INVERTED_HAMMER: 0,
    PatternType.SHOOTING_STAR: 0,
    PatternType.MORNING_STAR: 1,
    PatternType.EVENING_STAR: 1,
}
"""How many bars before the pattern's last TA-Lib looks for a gap."""


@pytest.fixture(scope="module")
def hours(recording: Recording) -> Candles:
    return recording("ETHUSDT-1h-2017-2024")


@pytest.fixture(scope="module")
def agreements(hours: Candles) -> dict[PatternType, Agreement]:
    return {one.pattern_type: one for one in compare_with_talib(hours)}


def test_each_pattern_fires_often_enough_to_matter_and_rarely_enough_to_mean_something(
    agreements: dict[PatternType, Agreement],
) -> None:
    for kind, agreement in agreements.items():
        yearly = agreement.per_year(agreement.ours, HOUR_MS)
        print(f"{kind:22}{yearly:8.1f} an hour-year, {agreement}")  # noqa: T201 - the report
        fewest, most = SIGHTINGS_AN_HOUR_YEAR[kind]
        assert fewest <= yearly <= most, kind


def test_where_the_rules_are_the_same_so_are_the_findings(hours: Candles) -> None:
    """An engulfing that opens at or beyond the close before it is TA-Lib's, without exception."""
    ours = scan(hours, 0).strengths
    beyond = hours.open[1:] - hours.close[:-1]
    for kind in (PatternType.BULLISH_ENGULFING, PatternType.BEARISH_ENGULFING):
        unjoined = (ours[kind][1:] > 0) & (beyond * kind.direction.sign <= 0)
        assert unjoined.sum() > 500
        assert talib_finds(hours, kind)[1:][unjoined].all()


def test_a_doji_on_a_bar_shorter_than_usual_is_a_doji_to_talib(hours: Candles) -> None:
    """Its yardstick is the mean range of ten bars before, ours is the bar's own range."""
    ours = scan(hours, 0).strengths[PatternType.DOJI] > 0
    ranges = hours.high - hours.low
    short = ours & (ranges < _mean_range_before(hours, 10) * (1 - 1e-9))
    assert short.sum() > 1000
    assert talib_finds(hours, PatternType.DOJI)[short].all()


def test_most_hammers_that_only_we_see_lie_above_the_low_before_them(hours: Candles) -> None:
    """TA-Lib asks for a body near or below that low instead of a trend."""
    ours = scan(hours, 0).strengths[PatternType.HAMMER] > 0
    only_ours = (ours & ~talib_finds(hours, PatternType.HAMMER))[1:]
    above = np.minimum(hours.open, hours.close)[1:] > hours.low[:-1]
    assert (only_ours & above).sum() > 0.75 * only_ours.sum()


def test_what_talib_lacks_of_inverted_hammers_and_stars_is_the_gap(hours: Candles) -> None:
    """It asks for one between two bodies, which a market that never closes hardly ever leaves."""
    ours = scan(hours, 0).strengths
    for kind, later in GAP_BEFORE.items():
        gapped, theirs = _has_gap(hours, kind, later), talib_finds(hours, kind)
        only_ours = (ours[kind] > 0) & ~theirs
        assert not (theirs & ~gapped).any(), kind
        assert (only_ours & ~gapped).sum() > 0.95 * only_ours.sum(), kind


def test_most_of_what_only_talib_finds_lacks_the_trend_or_the_size(
    agreements: dict[PatternType, Agreement],
) -> None:
    marching = {PatternType.THREE_WHITE_SOLDIERS, PatternType.THREE_BLACK_CROWS}
    for kind in set(PatternType) - marching:
        found = agreements[kind]
        only_theirs = found.only_theirs_out_of_place + found.only_theirs_shaped_otherwise
        assert found.only_theirs_out_of_place > 0.55 * only_theirs, kind


def test_what_talib_lacks_of_soldiers_and_crows_have_a_shadow(hours: Candles) -> None:
    """It allows a tenth of the mean range of the ten bars before, on each of the three."""
    ours = scan(hours, 0).strengths
    allowed = _mean_range_before(hours, 10) / 10
    shadows = {
        PatternType.THREE_WHITE_SOLDIERS: hours.high - np.maximum(hours.open, hours.close),
        PatternType.THREE_BLACK_CROWS: np.minimum(hours.open, hours.close) - hours.low,
    }
    for kind, shadow in shadows.items():
        long = shadow >= allowed
        any_of_three = long[2:] | long[1:-1] | long[:-2]
        only_ours = ((ours[kind] > 0) & ~talib_finds(hours, kind))[2:]
        assert (only_ours & any_of_three).sum() > 0.9 * only_ours.sum(), kind


def test_every_single_bar_of_a_stretch_is_as_in_the_batch(hours: Candles) -> None:
    batch: defaultdict[int, list[PatternSighting]] = defaultdict(list)
    for one in scan(hours, 0).sightings():
        batch[one.opened_at_ms].append(one)
    assert hours[4_100:4_300].gaps(), "the stretch is meant to hold an outage"
    for end in range(4_101, 4_301):
        opened_ms = int(hours.open_time_ms[end - 1])
        recent = hours[end - LOOKBACK_BARS - 1 : end]
        assert sightings_until(recent, 1) == batch[opened_ms]


def test_no_cut_of_the_minutes_changes_what_came_before(recording: Recording) -> None:
    minutes = recording("ETHUSDT-1m-2023-03")
    whole = scan(minutes, 0)
    for cut in (17, 18, 19, 11_000, 12_345, 60_000):
        part = scan(minutes[:cut], 0)
        for kind in PatternType:
            assert np.array_equal(part.strengths[kind], whole.strengths[kind][:cut])


def _has_gap(candles: Candles, kind: PatternType, later: int) -> np.ndarray:
    """Below the body before where a rise is to come, above it where a fall is."""
    sign = kind.direction.sign
    open_, close = candles.open * sign, candles.close * sign
    gapped = np.zeros(len(candles), dtype=bool)
    gapped[1:] = np.maximum(open_, close)[1:] < np.minimum(open_, close)[:-1]
    return np.concatenate((np.zeros(later, dtype=bool), gapped[: len(gapped) - later]))


def _mean_range_before(candles: Candles, bars: int) -> np.ndarray:
    """Infinite where there are not so many bars before."""
    ranges = candles.high - candles.low
    means = np.full(len(ranges), np.inf)
    means[bars:] = np.convolve(ranges, np.ones(bars) / bars, mode="valid")[:-1]
    return means
