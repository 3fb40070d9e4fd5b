"""The only place that writes `ohlcv_data` and `ohlcv_revisions`.

An equal row changes nothing. A row over REST that differs replaces the stored one, whose version
goes to `ohlcv_revisions` in the same transaction, with when it was seen and when it was replaced;
the candle keeps the origin of its first version. A row of the stream replaces nothing: it may be
late, or broken in a way that still makes a candle, so it only casts doubt. A bar inside a recorded
outage ends that outage.
What closed since we watch is said to its room in the same transaction; backfill and revisions are
not.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

from market_service.candle_statements import (
    ADD,
    COLUMNS,
    CREATE_INCOMING,
    DIFFERENCES,
    LOCK,
    MERGE_ARRAYS,
    MERGE_COPIED,
    MERGE_FILE,
)
from market_service.exact_candle import ExactCandle
from service_kit.database import Database, driver_connection
from service_kit.events import CandleTick
from service_kit.room import Room
from service_kit.room_event_store import RoomEventKind, RoomMessage, append_room_events
from service_kit.series import Series
from trading_core.candle_origin import CandleOrigin
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

COPY_FROM_ROWS: Final = 100
"""Fewer travel as arrays in the statement itself; COPY pays from here on."""
FILE_SECONDS: Final = 3_600
"""How long a statement over a whole file's candles may take."""


Bar = tuple[Series, int]
"""A bar of a series, by its open time."""


@dataclass(frozen=True, slots=True)
class SeenCandle:
    """A closed candle with when (event time) and how it reached us."""

    candle: ExactCandle
    origin: CandleOrigin
    seen_at_ms: int


@dataclass(frozen=True, slots=True)
class StoredCandle:
    """A row that the database did not have like this."""

    series: Series
    open_ms: int
    origin: CandleOrigin
    is_new: bool
    """Else it replaced another version."""

    @property
    def room(self) -> Room:
        return Room(self.series.symbol, self.series.timeframe)

    @property
    def is_told(self) -> bool:
        """Whether its room is told of it."""
        return self.is_new and self.origin is not CandleOrigin.BACKFILL


@dataclass(frozen=True, slots=True)
class Added:
    """What came of closing frames; what is in neither was stored just like that."""

    stored: list[StoredCandle]
    doubted: frozenset[Bar]
    """Told with other values than are stored, or twice with different ones."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A bar that is stored with other values: open, high, low, close, volume, as decimals."""

    open_ms: int
    stored: tuple[str, ...]
    received: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SavedFile:
    new: int
    replaced: int


class CandleStore:
    def __init__(self, engine: Database) -> None:
        self._engine = engine

    async def save(self, candles: Sequence[SeenCandle]) -> list[StoredCandle]:
        """Store all in one transaction; of two versions in one call the later one wins.

        Returns what has changed. Raises StoreUnavailableError; then nothing has.
        """
        latest = {_key(seen.candle): seen for seen in candles}
        return await self._store(latest, _merge)

    async def add(self, candles: Sequence[SeenCandle]) -> Added:
        """Store in one transaction what is new; of two versions in one call the first one counts.

        Raises StoreUnavailableError; then nothing has changed.
        """
        first = {_key(seen.candle): seen for seen in reversed(candles)}
        rows = await self._store(first, _add)
        doubted = {_key(s.candle) for s in candles if s.candle != first[_key(s.candle)].candle}
        doubted |= {(row.series, row.open_ms) for row in rows if not row.is_new}
        return Added([row for row in rows if row.is_new], frozenset(doubted))

    async def _store(
        self, candles: Mapping[Bar, SeenCandle], store: "_Store"
    ) -> list[StoredCandle]:
        if not candles:
            return []
        records = [_record(seen) for seen in candles.values()]
        async with driver_connection(self._engine) as connection, connection.transaction():
            await connection.execute(LOCK, sorted({f"{r[0]}/{r[1]}" for r in records}))
            stored = [_stored(row) for row in await store(connection, records)]
            told = sorted((row for row in stored if row.is_told), key=lambda row: row.open_ms)
            await append_room_events(
                connection,
                [_message(row, candles[row.series, row.open_ms].candle) for row in told],
            )
        return stored

    @asynccontextmanager
    async def saving(self, series: Series) -> AsyncIterator["FileSaving"]:
        """One transaction for as many candles of one series as a file has; no room is told.

        Raises StoreUnavailableError; then, as after any other error within, nothing has changed.
        """
        async with driver_connection(self._engine) as connection, connection.transaction():
            yield FileSaving(connection, series)


class FileSaving:
    """`receive`, look at the `differences`, then `store`."""

    def __init__(self, connection: Any, series: Series) -> None:  # noqa: ANN401 - asyncpg
        self._connection = connection
        self._series = series

    async def receive(self, candles: Iterable[SeenCandle]) -> None:
        """Read them all, none into memory; no two of one bar. Other writers may go on meanwhile."""
        await self._connection.execute(CREATE_INCOMING)
        records = map(_record, candles)
        await self._connection.copy_records_to_table(
            "incoming_candles", records=records, columns=COLUMNS, timeout=FILE_SECONDS
        )
        await self._connection.execute("ANALYZE incoming_candles", timeout=FILE_SECONDS)

    async def differences(self, limit: int) -> tuple[int, list[Difference]]:
        """How many bars are stored with other values, and the first. No other writer from here."""
        symbol, timeframe = self._series.key
        await self._connection.execute(LOCK, [f"{symbol}/{timeframe}"], timeout=FILE_SECONDS)
        rows = await self._connection.fetch(DIFFERENCES, limit, timeout=FILE_SECONDS)
        count = rows[0][0] if rows else 0
        return count, [Difference(row[1], tuple(row[2]), tuple(row[3])) for row in rows]

    async def store(self) -> SavedFile:
        row = await self._connection.fetchrow(MERGE_FILE, timeout=FILE_SECONDS)
        return SavedFile(*row)


def _key(candle: ExactCandle) -> Bar:
    return candle.series, candle.open_ms


_Record = tuple[Any, ...]  # Any: one row in the order of COLUMNS
_Store = Callable[[Any, list[_Record]], Awaitable[list[Any]]]  # Any: asyncpg ships no types


def _record(seen: SeenCandle) -> _Record:
    c = seen.candle
    figures = (c.open, c.high, c.low, c.close, c.volume)
    return (*c.series.key, c.open_ms, *figures, seen.origin.value, seen.seen_at_ms)


def _stored(row: Any) -> StoredCandle:  # noqa: ANN401 - asyncpg ships no types
    symbol, timeframe, open_ms, origin, is_new = row
    series = Series(Symbol.parse(symbol), Timeframe(timeframe))
    return StoredCandle(series, open_ms, CandleOrigin(origin), is_new)


def _message(row: StoredCandle, candle: ExactCandle) -> RoomMessage:
    symbol, timeframe = row.series.symbol.compact, row.series.timeframe
    tick = CandleTick(symbol=symbol, timeframe=timeframe, candle=candle.row(), closed=True)
    payload = tick.model_dump(mode="json", by_alias=True)
    return RoomMessage(row.room, RoomEventKind.CANDLE_UPDATE, payload)


async def _merge(connection: Any, records: list[_Record]) -> list[Any]:  # noqa: ANN401 - asyncpg
    if len(records) < COPY_FROM_ROWS:
        return list(await connection.fetch(MERGE_ARRAYS, *zip(*records, strict=True)))
    await connection.execute(CREATE_INCOMING)
    await connection.copy_records_to_table("incoming_candles", records=records, columns=COLUMNS)
    return list(await connection.fetch(MERGE_COPIED))


async def _add(connection: Any, records: list[_Record]) -> list[Any]:  # noqa: ANN401 - asyncpg
    return list(await connection.fetch(ADD, *zip(*records, strict=True)))
