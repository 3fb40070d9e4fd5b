"""How far every series has come, and what it waits for: for operators."""

from collections.abc import Sequence

from service_kit.clock import Clock
from signals_service.cursor_store import CursorStore, SeriesProgress
from signals_service.signal_row import JsonObject
from trading_core.symbol import Symbol


class StatusBoard:
    def __init__(
        self, cursors: CursorStore, engine_version: str, symbols: Sequence[Symbol], clock: Clock
    ) -> None:
        self._cursors = cursors
        self._version = engine_version
        self._symbols = symbols
        self._clock = clock

    async def read(self) -> JsonObject:
        """Raises StoreUnavailableError."""
        progress = await self._cursors.progress(self._symbols)
        wall_ms = self._clock.wall_ms()
        return {
            "engineVersion": self._version,
            "series": [_report(one, wall_ms) for one in progress],
        }


def _report(one: SeriesProgress, wall_ms: int) -> JsonObject:
    symbol, timeframe = one.series.key
    since_ms = one.waiting_since_ms
    return {
        "symbol": symbol,
        "timeframe": timeframe,
        "decidedUntil": one.decided_until_ms,
        "lastDecided": one.last_decided_ms,
        "undecided": one.undecided,
        "skipped": one.skipped,
        "waitingFor": one.waiting_for,
        "waitingSeconds": None if since_ms is None else max(0, wall_ms - since_ms) / 1000,
    }
