"""Look for every pattern, over history or at the newest bars: the same values bit for bit."""

from typing import Final

import numpy as np

from trading_core.candles import Candles
from trading_core.patterns.anatomy import LOOKBACK_BARS
from trading_core.patterns.catalogue import CATALOGUE
from trading_core.patterns.find import find
from trading_core.patterns.sightings import PatternSeries, PatternSighting

CHUNK_BARS: Final = 32_768
"""Few enough for the processor's cache, enough to make each call worth while."""


def scan(candles: Candles, since_ms: int, first_available_ms: int = 0) -> PatternSeries:
    """All patterns at the bars that open at or after `since_ms`.

    `LOOKBACK_BARS` bars before `since_ms` have to be among the candles, as far as the exchange
    has them. Bars before `first_available_ms` are not looked at; the `LOOKBACK_BARS` after it
    have nothing to be compared with, and so no pattern.
    """
    available, asked = np.searchsorted(candles.open_time_ms, (first_available_ms, since_ms))
    first = int(max(available, asked))
    times = candles.open_time_ms[first:]
    strengths = np.zeros((len(CATALOGUE), len(times)), dtype=np.uint8)
    for start in range(max(first, int(available) + LOOKBACK_BARS), len(candles), CHUNK_BARS):
        stretch = candles[start - LOOKBACK_BARS : start + CHUNK_BARS]
        found = find(stretch)
        strengths[found.kinds, found.rows + (start - first)] = found.strengths
    return PatternSeries(times, dict(zip(CATALOGUE, strengths, strict=True)))


def sightings_until(
    candles: Candles, bars: int, first_available_ms: int = 0
) -> list[PatternSighting]:
    """What a scan finds at the last so many bars, by time.

    `LOOKBACK_BARS` bars before those have to be among the candles, as far as they exist.
    """
    first = max(len(candles) - bars, 0)
    if first >= len(candles):
        return []
    recent = candles[max(first - LOOKBACK_BARS, 0) :]
    return scan(recent, int(candles.open_time_ms[first]), first_available_ms).sightings()
