"""Coarser bars out of finer ones, and a plain word about each that is not whole."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trading_core.candles import Candles
from trading_core.errors import InvalidResamplingError
from trading_core.time_range import TimeRange, without
from trading_core.timeframe import Timeframe


@dataclass(frozen=True, slots=True)
class IncompleteBar:
    """A coarser bar and the stretches of source bars that it lacks."""

    open_time_ms: int
    missing: tuple[TimeRange, ...]


@dataclass(frozen=True, slots=True)
class Resampled:
    """Every coarser bar that can be built, and what is to be known of those that are not whole.

    A bar that lies wholly in an outage appears nowhere: the exchange has none either.
    """

    candles: Candles
    built_across_outages: tuple[IncompleteBar, ...]
    """In `candles`, from what the exchange has; `missing` is the outage within the bar."""
    not_built: tuple[IncompleteBar, ...]
    """Not in `candles`: source bars that the exchange may have are `missing`."""


def resample(
    source: Candles,
    timeframe: Timeframe,
    *,
    complete_until_ms: int,
    outages: Sequence[TimeRange] = (),
) -> Resampled:
    """Build the bars of a coarser timeframe from the first source bar's on.

    `timeframe` is a multiple of the source's. Up to `complete_until_ms` every source bar is
    closed and was asked for; later ones take no part, and no bar that closes later is built.
    `outages` are ranges of time in which the exchange never had source bars: to build the very
    first bar of a market, give the time before its listing too.

    Prices are exact. Volumes are float64 sums in time order: within n·2⁻⁵³ of the exact sum
    relatively, n source bars a bar (1.6e-13 for a day of minutes).

    Raises InvalidResamplingError when the timeframe is not a multiple of the source's.
    """
    if timeframe.duration_ms % source.timeframe.duration_ms:
        raise InvalidResamplingError(f"{source.timeframe} bars do not build {timeframe} bars")
    whole = _whole_bars(source, timeframe, complete_until_ms)
    if whole is None:
        return Resampled(Candles.empty(source.symbol, timeframe), (), ())
    finer = source.between(whole.start_ms, whole.end_ms)
    gaps = finer.gaps(whole)
    holes = without(gaps, outages)
    not_built = _by_bar(holes, timeframe)
    built = _aggregate(
        finer, timeframe, np.array([bar.open_time_ms for bar in not_built], np.int64)
    )
    silent = without(gaps, holes)
    across = (bar for bar in _by_bar(silent, timeframe) if _contains(built, bar.open_time_ms))
    return Resampled(built, tuple(across), not_built)


def _whole_bars(source: Candles, timeframe: Timeframe, complete_until_ms: int) -> TimeRange | None:
    if len(source) == 0:
        return None
    start_ms = timeframe.bar_open(source.first_open_ms)
    end_ms = timeframe.bar_open(complete_until_ms)
    return TimeRange(start_ms, end_ms) if start_ms < end_ms else None


def _by_bar(stretches: Sequence[TimeRange], timeframe: Timeframe) -> tuple[IncompleteBar, ...]:
    missing: dict[int, list[TimeRange]] = {}
    for piece in _cut_at_bars(stretches, timeframe):
        missing.setdefault(timeframe.bar_open(piece.start_ms), []).append(piece)
    return tuple(IncompleteBar(opened, tuple(pieces)) for opened, pieces in missing.items())


def _cut_at_bars(stretches: Sequence[TimeRange], timeframe: Timeframe) -> Iterator[TimeRange]:
    for stretch in stretches:
        start_ms = stretch.start_ms
        while start_ms < stretch.end_ms:
            end_ms = min(timeframe.next_close(start_ms), stretch.end_ms)
            yield TimeRange(start_ms, end_ms)
            start_ms = end_ms


def _aggregate(finer: Candles, timeframe: Timeframe, excluded: NDArray[np.int64]) -> Candles:
    bar_opens = finer.open_time_ms - finer.open_time_ms % timeframe.duration_ms
    kept = ~np.isin(bar_opens, excluded)
    opens, firsts = np.unique(bar_opens[kept], return_index=True)
    if len(opens) == 0:
        return Candles.empty(finer.symbol, timeframe)
    lasts = np.append(firsts[1:], kept.sum()) - 1
    return Candles(
        finer.symbol,
        timeframe,
        open_time_ms=opens,
        open=finer.open[kept][firsts],
        high=np.maximum.reduceat(finer.high[kept], firsts),
        low=np.minimum.reduceat(finer.low[kept], firsts),
        close=finer.close[kept][lasts],
        volume=np.add.reduceat(finer.volume[kept], firsts),
    )


def _contains(candles: Candles, open_time_ms: int) -> bool:
    return len(candles.between(open_time_ms, open_time_ms + 1)) == 1
