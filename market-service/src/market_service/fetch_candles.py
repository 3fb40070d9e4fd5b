"""Fetch one page of candles over REST: what of an answer is stored, and what it proves.

A page is asked for as "from its start on, so many bars and one more". The bar that follows proves
that the ones before it have closed, whatever our clocks say. What such an answer lacks before its
last closed bar the exchange itself does not have: the exchange named a later bar instead. That is
an outage, unless its end is so fresh that the exchange may still be catching up, or the answer held
rows that are no candles, or a second answer has what the first one lacked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from market_service.announce_stored import Announce
from market_service.candle_store import SeenCandle, StoredCandle
from market_service.exact_candle import ExactCandle
from market_service.exchange_time import ExchangeTime
from market_service.fault_kind import FaultKind
from market_service.fault_log import FaultLog
from market_service.find_gaps import bar_count, gaps_before_last
from market_service.kline_rows import KlineAnswer
from market_service.witness import Witness
from service_kit.logging import get_logger
from service_kit.series import Series
from trading_core.candle_origin import CandleOrigin
from trading_core.time_range import TimeRange, without

log = get_logger(__name__)

LARGEST_ANSWER: Final = 1_000
"""Bars that the exchange gives at once."""
OUTAGE_AFTER_MS: Final = 60_000
"""Wall time since the end of a gap before it counts as the exchange's own."""
AHEAD_MS: Final = 1_000
"""Wall time by which a bar may open before we think so."""


class KlineSource(Protocol):
    """Raises ExchangeError, StoreUnavailableError."""

    async def klines(self, series: Series, since_ms: int, limit: int) -> KlineAnswer: ...


class CandleSink(Protocol):
    async def save(self, candles: Sequence[SeenCandle]) -> list[StoredCandle]: ...


class OutageBook(Protocol):
    async def holes(self, series: Series, within: TimeRange) -> tuple[TimeRange, ...]: ...

    async def record_outages(
        self, series: Series, ranges: Sequence[TimeRange], now_ms: int
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class Fetched:
    """What one or several pages brought."""

    stored: int = 0
    healed: int = 0
    outages: int = 0
    """Bars newly known to be missing at the exchange itself."""

    def __add__(self, other: "Fetched") -> "Fetched":
        return Fetched(
            self.stored + other.stored, self.healed + other.healed, self.outages + other.outages
        )


class CandleFetcher:
    def __init__(
        self,
        exchange: KlineSource,
        candles: CandleSink,
        outages: OutageBook,
        witness: Witness,
        time: ExchangeTime,
        announce: Announce,
        faults: FaultLog,
    ) -> None:
        self._exchange = exchange
        self._candles = candles
        self._book = outages
        self._witness = witness
        self._time = time
        self._announce = announce
        self._faults = faults

    async def fetch(self, series: Series, page: TimeRange) -> Fetched:
        """At most `PAGE_BARS` bars. Raises ExchangeError, StoreUnavailableError."""
        stored, outages = await self._ask(series, page)
        if outages:  # one answer may lack what the exchange has
            more, again = await self._ask(series, page)
            stored += more
            outages = without(outages, without(outages, again))
            await self._record(series, outages)
        healed = sum(row.is_new and row.origin is CandleOrigin.HEALED for row in stored)
        new = sum(row.is_new for row in stored)
        return Fetched(new, healed, bar_count(outages, series.timeframe))

    async def _ask(
        self, series: Series, page: TimeRange
    ) -> tuple[list[StoredCandle], tuple[TimeRange, ...]]:
        """What the answer changed, and what it is the first to say that the exchange never had."""
        settled_ms = self._time.settled_ms()  # before the question: the answer can only be later
        bars = series.timeframe.bars_between(page.start_ms, page.end_ms)
        answer = await self._exchange.klines(series, page.start_ms, min(bars + 1, LARGEST_ANSWER))
        closed = self._closed(answer.candles, settled_ms)
        stored = await self._save(closed)
        outages = () if answer.rejected else await self._outages(series, page, closed)
        return stored, outages

    async def _record(self, series: Series, outages: tuple[TimeRange, ...]) -> None:
        await self._book.record_outages(series, outages, self._time.now_ms())
        self._faults.count(FaultKind.OUTAGE, len(outages))
        _log_outages(series, outages)

    def _closed(self, candles: Sequence[ExactCandle], settled_ms: int) -> Sequence[ExactCandle]:
        """Without those that may still be open, and those that cannot have begun."""
        begun = [c for c in candles if self._time.wall_ms_until(c.open_ms) <= AHEAD_MS]
        self._faults.count(FaultKind.FUTURE_CANDLE, len(candles) - len(begun))
        if begun and not self._time.is_long_past(begun[-1].closes_at_ms):
            begun.pop()
        return [candle for candle in begun if candle.closes_at_ms <= settled_ms]

    async def _save(self, closed: Sequence[ExactCandle]) -> list[StoredCandle]:
        seen_at_ms = self._time.now_ms()
        sightings = [await self._witness.sighting(candle, seen_at_ms) for candle in closed]
        stored = await self._candles.save(sightings)
        self._faults.count(FaultKind.REVISION, sum(not row.is_new for row in stored))
        self._faults.count(FaultKind.MISSED_CLOSE, sum(row.is_told for row in stored))
        await self._announce(stored)
        return stored

    async def _outages(
        self, series: Series, page: TimeRange, closed: Sequence[ExactCandle]
    ) -> tuple[TimeRange, ...]:
        opens = [candle.open_ms for candle in closed]
        gaps = gaps_before_last(page.start_ms, opens, series.timeframe)
        old = [g for g in gaps if self._time.wall_ms_since(g.end_ms) >= OUTAGE_AFTER_MS]
        return tuple([hole for gap in old for hole in await self._book.holes(series, gap)])


def _log_outages(series: Series, outages: Sequence[TimeRange]) -> None:
    symbol, timeframe = series.key
    for outage in outages:
        log.warning(
            "outage_recorded",
            symbol=symbol,
            timeframe=timeframe,
            start_ms=outage.start_ms,
            end_ms=outage.end_ms,
        )
