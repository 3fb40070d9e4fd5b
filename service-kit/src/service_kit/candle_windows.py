"""The candles that a value is computed from, whole or not at all; for every service that computes.

The window rule says which (`Timeframe.window_start`). A hole in them is an error that names it:
nothing is computed across one. What the exchange never had is an outage, and no hole.

The newest window of each series stays in memory. One statement reads what has come since and,
in the same moment, which versions the database has of the rest; where those are others than the
ones in memory, all of it is read again. So an answer is always what the database holds.
"""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from service_kit.candle_window_queries import SeenCandles, StretchRead, read_stretch
from service_kit.database import Database
from service_kit.errors import CandlesMissingError
from service_kit.series import Series
from trading_core.candles import Candles
from trading_core.symbol import Symbol
from trading_core.time_range import TimeRange, without
from trading_core.timeframe import WINDOW_BARS, Timeframe

KEPT_BARS: Final = 2 * WINDOW_BARS
"""The longest window of a single bar."""
KEPT_SERIES: Final = 64
"""About 16 MB, with all of them full."""


@dataclass(frozen=True, slots=True)
class CandleWindow:
    candles: Candles
    first_available_ms: int
    """Open of the exchange's first bar; 0 while unknown."""
    as_of_ms: int
    """When the newest of these versions was first seen: reading as of then gives them again."""
    outages: tuple[TimeRange, ...]
    """Inside the window, uncut."""
    holes: tuple[TimeRange, ...] = ()
    """Only `CandleWindows.available` answers any."""

    def fingerprint(self) -> dict[str, int | str]:
        """Which candles these are, in which versions: `fromMs`, `untilMs`, `hash`."""
        candles = self.candles
        span = {"fromMs": candles.first_open_ms, "untilMs": candles.closed_until_ms}
        return {**span, "hash": candles.content_hash()}

    def is_whole_at(self, opens_ms: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Of bars: whether no hole lies in the window of each."""
        whole = np.ones(len(opens_ms), dtype=np.bool_)
        for hole in self.holes:
            shadow_end_ms = _shadow_end(self.candles.timeframe, hole)
            whole &= (opens_ms < hole.start_ms) | (opens_ms >= shadow_end_ms)
        return whole


class CandleWindows:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._kept: OrderedDict[Series, SeenCandles] = OrderedDict()

    async def at(self, symbol: Symbol, timeframe: Timeframe, bar_open_ms: int) -> CandleWindow:
        """The window of one bar, which is its last candle.

        Raises:
            CandlesMissingError: a candle of the window is neither stored nor a recorded outage,
                or the bar itself is not stored.
            StoreUnavailableError: the database is away.

        """
        bar = TimeRange(bar_open_ms, bar_open_ms + timeframe.duration_ms)
        window = await self.over(symbol, timeframe, bar.start_ms, bar.end_ms)
        if len(window.candles) == 0 or window.candles.last_open_ms != bar_open_ms:
            raise CandlesMissingError(symbol, timeframe, (bar,))
        return window

    async def over(
        self, symbol: Symbol, timeframe: Timeframe, since_ms: int, until_ms: int
    ) -> CandleWindow:
        """The bars that open in [since_ms, until_ms), and before them the window of the first.

        Raises as `at` does, but that the bars themselves may be an outage's.
        """
        window = await self.available(symbol, timeframe, since_ms, until_ms)
        if window.holes:
            raise CandlesMissingError(symbol, timeframe, window.holes)
        return window

    async def available(
        self, symbol: Symbol, timeframe: Timeframe, since_ms: int, until_ms: int
    ) -> CandleWindow:
        """The same with what there is, and the holes in it.

        Raises:
            StoreUnavailableError: the database is away.

        """
        series = Series(symbol, timeframe)
        wanted = TimeRange(timeframe.window_start(since_ms), until_ms)
        seen, read = await self._read(series, wanted)
        return _window(seen, read, wanted)

    async def _read(self, series: Series, wanted: TimeRange) -> tuple[SeenCandles, StretchRead]:
        kept = self._kept.get(series)
        if kept is not None:
            reused = await self._read_newer(series, wanted, kept)
            if reused is not None:
                return reused
        read = await read_stretch(self._database, series, wanted, wanted.start_ms)
        self._keep(series, read.fresh)
        return read.fresh, read

    async def _read_newer(
        self, series: Series, wanted: TimeRange, kept: SeenCandles
    ) -> tuple[SeenCandles, StretchRead] | None:
        """None where what is kept is not the beginning of what is wanted, as it is now."""
        fresh_from_ms = min(kept.candles.closed_until_ms, wanted.end_ms)
        known_ms = fresh_from_ms - wanted.start_ms
        if not 0 < known_ms <= KEPT_BARS * series.bar_ms:
            return None
        read = await read_stretch(self._database, series, wanted, fresh_from_ms)
        start_ms = max(wanted.start_ms, read.first_available_ms)
        known = kept.between(start_ms, fresh_from_ms)
        if known.versions != read.known_versions:
            return None
        seen = known.followed_by(read.fresh)
        if len(read.fresh.candles):
            self._keep(series, seen)
        return seen, read

    def _keep(self, series: Series, seen: SeenCandles) -> None:
        """Unless what is kept reaches further, which is what the next bar will want."""
        before = self._kept.get(series)
        if len(seen.candles) == 0 or (before and _reaches_further(before, seen)):
            return
        self._kept[series] = seen.newest(KEPT_BARS)
        self._kept.move_to_end(series)
        if len(self._kept) > KEPT_SERIES:
            self._kept.popitem(last=False)


def _reaches_further(one: SeenCandles, other: SeenCandles) -> bool:
    return one.candles.closed_until_ms > other.candles.closed_until_ms


def _window(seen: SeenCandles, read: StretchRead, wanted: TimeRange) -> CandleWindow:
    start_ms = max(wanted.start_ms, read.first_available_ms)
    return CandleWindow(
        seen.candles,
        read.first_available_ms,
        as_of_ms=int(seen.seen_at_ms.max(initial=0)),
        outages=read.outages,
        holes=_holes(seen.candles, start_ms, wanted.end_ms, read.outages),
    )


def _holes(
    candles: Candles, start_ms: int, end_ms: int, outages: tuple[TimeRange, ...]
) -> tuple[TimeRange, ...]:
    if start_ms >= end_ms:
        return ()
    return without(candles.gaps(TimeRange(start_ms, end_ms)), outages)


def _shadow_end(timeframe: Timeframe, hole: TimeRange) -> int:
    """Open of the first bar whose window begins after the hole."""
    block_ms = WINDOW_BARS * timeframe.duration_ms
    opening_ms = hole.end_ms // block_ms * block_ms
    while timeframe.window_start(opening_ms) < hole.end_ms:
        opening_ms += block_ms
    return opening_ms
