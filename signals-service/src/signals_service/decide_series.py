"""Decide the candles of one series one after the other, by its cursor; nobody else's wait for it.

What is missing is waited for, and given up only when it was missing for long enough. Of several
replicas one decides a candle: who comes second finds the cursor moved, and from then on lets the
other go first for a moment, so that replicas share the series between them.
"""

import asyncio
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from service_kit.clock import Clock
from service_kit.errors import StoreUnavailableError
from service_kit.logging import get_logger
from service_kit.series import Series
from signals_service.announce_decisions import DecisionAnnouncer
from signals_service.cursor_store import CursorState, CursorStore, UndecidedCandle
from signals_service.decide_candle import CandleDecider
from signals_service.engine_store import EngineStore
from signals_service.errors import InputMissingError
from signals_service.signal_store import SignalStore
from signals_service.signals_metrics import SignalsMetrics

log = get_logger(__name__)

SWEEP_SECONDS: Final = 5.0
RETRY_SECONDS: Final = 1.0
STAND_BY_SECONDS: Final = 0.3


class Step(Enum):
    DECIDED = auto()
    SKIPPED = auto()
    """Given up."""
    WAITING = auto()
    """A required input is missing."""
    OVERTAKEN = auto()
    """Another replica was first."""
    IDLE = auto()
    """There is no undecided candle."""


PAUSES: Final = {
    Step.WAITING: RETRY_SECONDS,
    Step.OVERTAKEN: STAND_BY_SECONDS,
    Step.IDLE: SWEEP_SECONDS,
}


@dataclass(frozen=True, slots=True)
class Desk:
    """What deciding a series takes; the same for all of them."""

    decider: CandleDecider
    engines: EngineStore
    cursors: CursorStore
    signals: SignalStore
    announcer: DecisionAnnouncer
    clock: Clock
    metrics: SignalsMetrics
    skip_after_seconds: float
    started_at_ms: int
    """Wall time: what was missing before we could ask for it does not count."""


class SeriesDecider:
    def __init__(self, series: Series, desk: Desk) -> None:
        self._series = series
        self._desk = desk
        self._woken = asyncio.Event()
        self._turn = asyncio.Lock()
        self._stands_by = False
        self._store_is_away = False
        self.missing: InputMissingError | None = None
        """What the next candle waits for, as of the last step."""
        desk.metrics.watch(series)

    def wake(self) -> None:
        """A candle has closed."""
        self._woken.set()

    async def run(self) -> None:
        """For ever."""
        while True:
            self._woken.clear()
            try:
                pause_seconds = PAUSES[await self.catch_up()]
                self._store_is_away = False
            except StoreUnavailableError as error:
                self._log_store_away(error)
                pause_seconds = RETRY_SECONDS
            await self._rest(pause_seconds)

    async def catch_up(self) -> Step:
        """Decide as far as there are candles; returns why it ended.

        Raises StoreUnavailableError.
        """
        while True:
            step = await self.step()
            if step not in {Step.DECIDED, Step.SKIPPED}:
                return step

    async def step(self) -> Step:
        """The next undecided candle. Raises StoreUnavailableError."""
        async with self._turn:
            self.missing = None
            step = await self._next()
        self._desk.metrics.waiting.labels(*self._series.key).set(step is Step.WAITING)
        self._stands_by = step is Step.OVERTAKEN or (self._stands_by and step is not Step.DECIDED)
        return step

    async def _next(self) -> Step:
        state = await self._state()
        if state is None or state.next_candle is None:
            return Step.IDLE
        with self._desk.metrics.attempt(self._series.timeframe):
            return await self._decide(state, state.next_candle)

    async def _state(self) -> CursorState | None:
        state = await self._desk.cursors.read(self._series)
        if state is not None:
            return state
        await self._desk.engines.keep(self._desk.decider.engine)
        await self._desk.cursors.begin(self._series)
        return await self._desk.cursors.read(self._series)

    async def _decide(self, state: CursorState, candle: UndecidedCandle) -> Step:
        desk = self._desk
        try:
            row = await desk.decider.decide(self._series, candle)
        except InputMissingError as missing:
            self.missing = missing
            return await self._wait(state, candle, missing.reason)
        with desk.metrics.hop("store"):
            stored = await desk.signals.decide(row, state.decided_until_ms)
        if stored is None:
            return Step.OVERTAKEN
        if state.waiting_for is not None:
            symbol, timeframe = self._series.key
            log.info("decisions_go_on", symbol=symbol, timeframe=timeframe)
        await desk.announcer.announce(stored)
        return Step.DECIDED

    async def _wait(self, state: CursorState, candle: UndecidedCandle, reason: str) -> Step:
        desk, now_ms = self._desk, self._desk.clock.wall_ms()
        since_ms = now_ms if state.waiting_since_ms is None else state.waiting_since_ms
        missing_since_ms = max(since_ms, candle.stored_at_ms, desk.started_at_ms)
        if now_ms - missing_since_ms >= desk.skip_after_seconds * 1000:
            return await self._skip(state, candle, reason)
        if reason != state.waiting_for:
            await desk.cursors.wait(self._series, state.decided_until_ms, now_ms, reason)
            self._log("decision_waits", candle, reason)
            desk.metrics.waits.labels(*self._series.key).inc()
        return Step.WAITING

    async def _skip(self, state: CursorState, candle: UndecidedCandle, reason: str) -> Step:
        desk = self._desk
        now_ms = desk.clock.now_ms()
        if not await desk.cursors.skip(self._series, state, candle.timestamp, reason, now_ms):
            return Step.OVERTAKEN
        self._log("candle_skipped", candle, reason)
        desk.metrics.skipped.labels(*self._series.key).inc()
        return Step.SKIPPED

    async def _rest(self, seconds: float) -> None:
        """Until a candle closes, at most so long."""
        try:
            async with asyncio.timeout(seconds):
                await self._woken.wait()
        except TimeoutError:
            return
        if self._stands_by:
            await asyncio.sleep(STAND_BY_SECONDS)

    def _log(self, event: str, candle: UndecidedCandle, reason: str) -> None:
        symbol, timeframe = self._series.key
        log.warning(
            event, symbol=symbol, timeframe=timeframe, open_ms=candle.timestamp, reason=reason
        )

    def _log_store_away(self, error: StoreUnavailableError) -> None:
        if not self._store_is_away:
            symbol, timeframe = self._series.key
            log.warning(
                "decisions_stopped", symbol=symbol, timeframe=timeframe, reason=error.message
            )
        self._store_is_away = True
