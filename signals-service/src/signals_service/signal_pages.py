"""Stored signals as JSON bytes: one with all that is known of it, or a page of many."""

from uuid import UUID

import orjson

from service_kit.errors import NotFoundError
from service_kit.series import Series
from signals_service.history_cursor import HistoryCursor
from signals_service.replay_signal import SignalReplayer
from signals_service.signal_payload import signal_payload
from signals_service.signal_queries import HistoryPage, SignalQueries
from signals_service.signal_row import JsonObject, SignalRow


class SignalPages:
    """Every method raises StoreUnavailableError."""

    def __init__(self, queries: SignalQueries, replayer: SignalReplayer) -> None:
        self._queries = queries
        self._replayer = replayer

    async def history(self, series: Series, page: HistoryPage) -> bytes:
        rows = await self._queries.history(series, page)
        symbol, timeframe = series.key
        answer = {
            "symbol": symbol,
            "timeframe": timeframe,
            "count": len(rows),
            "signals": [signal_payload(row) for row in rows],
            "nextCursor": _cursor_after(rows) if len(rows) == page.limit else None,
        }
        return orjson.dumps(answer)

    async def details(self, signal_id: UUID) -> bytes:
        """Raises NotFoundError."""
        row = await self._row(signal_id)
        events = await self._queries.events(signal_id)
        answer = {
            **signal_payload(row),
            "decidedAtMs": row.decided_at_ms,
            "followedUntilMs": row.followed_until_ms,
            "inputs": row.inputs,
            "progress": row.progress,
            "events": [
                {"number": e.number, "kind": e.kind, "atMs": e.at_ms, "payload": e.payload}
                for e in events
            ],
        }
        return orjson.dumps(answer)

    async def replay(self, signal_id: UUID) -> JsonObject:
        """Raises NotFoundError."""
        replay = await self._replayer.replay(await self._row(signal_id))
        return {
            "equal": replay.equal,
            "differences": [
                {"field": one.field, "stored": one.stored, "recomputed": one.recomputed}
                for one in replay.differences
            ],
            "recomputed": replay.recomputed,
        }

    async def _row(self, signal_id: UUID) -> SignalRow:
        row = await self._queries.by_id(signal_id)
        if row is None:
            raise NotFoundError(f"there is no signal {signal_id}")
        return row


def _cursor_after(rows: list[SignalRow]) -> str:
    return HistoryCursor(rows[-1].timestamp, rows[-1].engine_version).encode()
