"""Rebuild one series, chunk after chunk, oldest first."""

import asyncio
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import Final
from uuid import UUID

import numpy as np

from service_kit.candle_windows import CandleWindow, CandleWindows
from service_kit.database import Database
from service_kit.series import Series
from signals_service.confidence_map_store import ConfidenceMapStore
from signals_service.confidence_maps import ConfidenceMaps
from signals_service.engine_store import EngineStore
from signals_service.gathered_inputs import Feed
from signals_service.rebuild.chunks import chunk_start, chunks
from signals_service.rebuild.decide_chunk import chunk_signals, decide_chunk
from signals_service.rebuild.follow_history import HistoryFollower
from signals_service.rebuild.lifecycle import Life, NextDecision, live_through
from signals_service.rebuild.rebuild_store import ChunkBars, RebuildStore
from signals_service.rebuild.report import Report, Tell
from signals_service.signal_outcome import outcome_events, position_of, progressed
from signals_service.signal_row import SignalRow, signal_id
from trading_core.decision.confidence import ConfidenceMap
from trading_core.decision.engine import Engine
from trading_core.decision.sides import Side
from trading_core.outcomes.progress import Progress
from trading_core.time_range import TimeRange

END_OF_TIME_MS: Final = 2**53


@dataclass(frozen=True, slots=True)
class Rebuild:
    """What is rebuilt, by what, and from where."""

    series: Series
    engine: Engine
    feed: Feed
    since_ms: int = 0
    until_ms: int = END_OF_TIME_MS
    """Bars that open in [since, until)."""


async def rebuild_series(database: Database, rebuild: Rebuild, tell: Tell) -> None:
    """Raises ConflictError, where it is being done already, and StoreUnavailableError.

    What was stored by then stays.
    """
    store = RebuildStore(database, rebuild.series, rebuild.engine.version)
    async with store.alone():
        await _Rebuilder(database, rebuild, store, tell).run()


class _Rebuilder:
    def __init__(
        self, database: Database, rebuild: Rebuild, store: RebuildStore, tell: Tell
    ) -> None:
        self._rebuild = rebuild
        self._series, self._engine = rebuild.series, rebuild.engine
        self._store = store
        self._tell = tell
        self._engines = EngineStore(database)
        self._windows = CandleWindows(database)
        self._maps = ConfidenceMaps(ConfidenceMapStore(database))
        self._follower = HistoryFollower(database, rebuild.series)
        self._created_at = datetime.now(UTC)

    async def run(self) -> None:
        await self._engines.keep(self._engine)
        asked = (self._rebuild.since_ms, self._rebuild.until_ms)
        history, total = await self._store.history(*asked)
        report = Report(self._series, total, self._tell)
        report.finished = await self._follow_unfinished()
        for chunk in chunks(self._series.timeframe, history) if history else ():
            await self._chunk(chunk, report)
        await self._store.finish()
        report.done()

    async def _follow_unfinished(self) -> int:
        """Rebuilt signals that ended with the candles, now that there may be more of them."""
        rows = await self._store.unfinished()
        before = [Progress.from_json(row.progress or {}) for row in rows]
        after = await self._follower.follow(before)
        moved = [
            (row, progressed(row, progress))
            for row, old, progress in zip(rows, before, after, strict=True)
            if progress != old
        ]
        events = [event for pair in moved for event in outcome_events(*pair)]
        await self._store.update([now for _, now in moved], events)
        return len(moved)

    async def _chunk(self, chunk: TimeRange, report: Report) -> None:
        bars = await self._store.bars(chunk)
        if not bars.undecided:
            return
        within = TimeRange(bars.undecided[0], bars.undecided[-1] + self._series.bar_ms)
        key = (self._series.symbol, self._series.timeframe)
        window = await self._windows.available(*key, within.start_ms, within.end_ms)
        report.missed(window.holes)
        wanted = _computable(bars, window)
        lives = await self._lives(bars, wanted, window, report) if wanted else []
        await self._store.save(lives)
        report.chunk([life.row for life in lives], len(bars.undecided))

    async def _lives(
        self, bars: ChunkBars, wanted: Sequence[int], window: CandleWindow, report: Report
    ) -> list[Life]:
        maps = await self._maps_at(chunk_start(self._series.timeframe, wanted[0]), report)
        rows = await asyncio.to_thread(self._decide, window, wanted, maps)
        followed = await self._follow(rows)
        horizon_ms = self._engine.horizon(self._series.timeframe) * self._series.bar_ms
        open_before = await self._store.open_positions(
            wanted[0] - horizon_ms - self._series.bar_ms, wanted[0]
        )
        following = self._next_decisions(wanted, bars.decided)
        return list(live_through(rows, followed, open_before, following))

    async def _maps_at(self, chunk_ms: int, report: Report) -> Mapping[Side, ConfidenceMap]:
        """Fitted from what had closed before the chunk; its bars use the newest of that time."""
        timeframe, version = self._series.timeframe, self._engine.version
        for side in Side:
            fitted = await self._maps.refit(side, timeframe, self._engine, chunk_ms)
            report.maps += fitted is not None
        return await self._maps.at(timeframe, version, chunk_ms)

    def _decide(
        self, window: CandleWindow, wanted: Sequence[int], maps: Mapping[Side, ConfidenceMap]
    ) -> list[SignalRow]:
        decisions = decide_chunk(self._engine, self._series, window, wanted[0])
        return chunk_signals(
            self._series,
            window,
            decisions,
            frozenset(wanted),
            maps,
            self._rebuild.feed,
            self._created_at,
        )

    async def _follow(self, rows: Sequence[SignalRow]) -> dict[UUID, Progress]:
        """Every BUY and SELL as if it had a position of its own."""
        sided = [row for row in rows if row.side is not None]
        started = [Progress.start(position_of(row, self._engine)) for row in sided]
        followed = await self._follower.follow(started)
        return {row.id: progress for row, progress in zip(sided, followed, strict=True)}

    def _next_decisions(
        self, wanted: Sequence[int], decided: Sequence[int]
    ) -> dict[int, NextDecision]:
        """By the bar before; where that is in the table already, the store knows when it was."""
        found = {}
        for bar_ms, next_ms in pairwise(wanted):
            if bisect_left(decided, bar_ms) == bisect_left(decided, next_ms):
                known_as = signal_id(
                    self._series.symbol, self._series.timeframe, next_ms, self._engine.version
                )
                found[bar_ms] = NextDecision(known_as, next_ms + self._series.bar_ms)
        return found


def _computable(bars: ChunkBars, window: CandleWindow) -> list[int]:
    opens_ms = np.array(bars.undecided, dtype=np.int64)
    whole: list[int] = opens_ms[window.is_whole_at(opens_ms)].tolist()
    return whole
