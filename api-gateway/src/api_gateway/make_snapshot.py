"""A picture of a room as it is now, for who cannot be told what was missed."""

import asyncio
from typing import Any, Final, Protocol

from api_gateway.socket_messages import Payload
from service_kit import candle_queries
from service_kit.candle_queries import CandleRow, Page
from service_kit.database import Database, pooled_connection
from service_kit.errors import ServiceError
from service_kit.room import Room

SIBLING_SECONDS: Final = 2.0
"""What a sibling does not say within this is named as absent."""


class Asking(Protocol):
    async def get(
        self, path: str, answer: type[object], params: dict[str, str | int] | None = None
    ) -> object:
        """Raises ServiceError."""


class ReadingCandles(Protocol):
    async def newest(self, room: Room) -> CandleRow | None:
        """Raises StoreUnavailableError."""


class NewestCandles:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def newest(self, room: Room) -> CandleRow | None:
        async with pooled_connection(self._database) as connection:
            rows = await candle_queries.candle_rows(
                connection, room.symbol, room.timeframe, Page(limit=1)
            )
        return rows[0] if rows else None


class MakeSnapshot:
    def __init__(self, candles: ReadingCandles, analysis: Asking, signals: Asking) -> None:
        self._candles = candles
        self._analysis = analysis
        self._signals = signals
        self._made: dict[tuple[str, str, int], asyncio.Task[Payload]] = {}

    async def of(self, room: Room, epoch: str, seq: int) -> Payload:
        """What a room would know that was told all up to `seq`, or something newer.

        Sockets that ask for the same get the same: it is made once while it is being made.
        """
        key = (room.name, epoch, seq)
        task = self._made.get(key)
        if task is None:
            task = self._made[key] = asyncio.create_task(self._make(room))
            task.add_done_callback(lambda _done: self._made.pop(key, None))
        return {"room": room.name, "epoch": epoch, "seq": seq, **await asyncio.shield(task)}

    async def _make(self, room: Room) -> Payload:
        params: dict[str, str | int] = {
            "symbol": room.symbol.compact,
            "timeframe": room.timeframe.value,
        }
        signal, analysis, candle = await asyncio.gather(
            self._signals.get("/api/signals/latest", object, params=params),
            self._analysis.get("/api/analysis/indicators", object, params=params),
            self._candles.newest(room),
            return_exceptions=True,
        )
        parts = {"signal": signal, "indicators": _indicators(analysis), "candle": candle}
        absent = [name for name, part in parts.items() if isinstance(part, ServiceError)]
        for part in parts.values():
            if isinstance(part, BaseException) and not isinstance(part, ServiceError):
                raise part
        return {name: None if name in absent else part for name, part in parts.items()} | {
            "absent": absent
        }


def _indicators(answer: object) -> Any:  # noqa: ANN401 - the sibling's JSON, or its error
    return answer.get("indicators") if isinstance(answer, dict) else answer
