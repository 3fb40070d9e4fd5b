"""Candles that came when the cursor had already walked past: decided too, nearly always late."""

import asyncio
from typing import Final

from service_kit.errors import StoreUnavailableError
from service_kit.logging import get_logger
from service_kit.series import Series
from signals_service.cursor_store import STRAGGLERS_AT_ONCE, UndecidedCandle
from signals_service.decide_series import Desk
from signals_service.errors import InputMissingError
from trading_core.timeframe import WINDOW_BARS

log = get_logger(__name__)

LOOK_SECONDS: Final = 60.0
LOOK_BACK_BARS: Final = 2 * WINDOW_BARS
"""After the first look, which goes back to the beginning."""


class StragglerDecider:
    """Of one series."""

    def __init__(self, series: Series, desk: Desk) -> None:
        self._series = series
        self._desk = desk
        self._first_tried_ms: dict[int, int] = {}
        """Wall time by candle, of those that an input was missing for."""

    async def run(self) -> None:
        """For ever."""
        looked_at_all = False
        while True:
            try:
                found = await self.decide_all(self._look_back_ms() if looked_at_all else 0)
                looked_at_all = looked_at_all or found < STRAGGLERS_AT_ONCE
            except StoreUnavailableError as error:
                log.debug("stragglers_not_looked_for", reason=error.message)
            await asyncio.sleep(LOOK_SECONDS)

    async def decide_all(self, since_ms: int) -> int:
        """The oldest that open from there on; how many were found. Raises StoreUnavailableError."""
        found = await self._desk.cursors.stragglers(self._series, since_ms)
        for candle in found:
            with self._desk.metrics.attempt(self._series.timeframe):
                await self._decide(candle)
        still_there = {candle.timestamp for candle in found}
        for timestamp in self._first_tried_ms.keys() - still_there:
            del self._first_tried_ms[timestamp]
        return len(found)

    async def _decide(self, candle: UndecidedCandle) -> None:
        try:
            row = await self._desk.decider.decide(self._series, candle)
        except InputMissingError as missing:
            await self._wait(candle, missing.reason)
            return
        stored = await self._desk.signals.decide_straggler(row)
        if stored is not None:
            await self._desk.announcer.announce(stored)

    async def _wait(self, candle: UndecidedCandle, reason: str) -> None:
        desk, now_ms = self._desk, self._desk.clock.wall_ms()
        symbol, timeframe = self._series.key
        fields = {"symbol": symbol, "timeframe": timeframe, "open_ms": candle.timestamp}
        if candle.timestamp not in self._first_tried_ms:
            log.warning("straggler_waits", **fields, reason=reason)
        tried_ms = self._first_tried_ms.setdefault(candle.timestamp, now_ms)
        if now_ms - tried_ms >= desk.skip_after_seconds * 1000:
            event_ms = desk.clock.now_ms()
            key = (self._series, candle.timestamp)
            if not await desk.cursors.skip_straggler(*key, reason, event_ms):
                return  # another replica was first
            log.warning("candle_skipped", **fields, reason=reason)
            desk.metrics.skipped.labels(symbol, timeframe).inc()

    def _look_back_ms(self) -> int:
        now_ms = self._desk.clock.now_ms()
        return now_ms - LOOK_BACK_BARS * self._series.bar_ms
