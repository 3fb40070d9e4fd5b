"""The only place that writes `ohlcv_data` and `ohlcv_revisions`.

An equal row changes nothing. A row that differs replaces the stored one, whose version goes to
`ohlcv_revisions` in the same transaction, with when it was seen and when it was replaced; the
candle keeps the origin of its first version. A bar inside a recorded outage ends that outage.
What closed since we watch is said to its room in the same transaction; backfill and revisions are
not.
"""

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

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
        if not latest:
            return []
        records = [_record(seen) for seen in latest.values()]
        async with driver_connection(self._engine) as connection, connection.transaction():
            await connection.execute(_LOCK, sorted({f"{r[0]}/{r[1]}" for r in records}))
            stored = [_stored(row) for row in await _merge(connection, records)]
            told = sorted((row for row in stored if row.is_told), key=lambda row: row.open_ms)
            await append_room_events(
                connection,
                [_message(row, latest[row.series, row.open_ms].candle) for row in told],
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
        await self._connection.execute(_CREATE_INCOMING)
        records = map(_record, candles)
        await self._connection.copy_records_to_table(
            "incoming_candles", records=records, columns=_COLUMNS, timeout=FILE_SECONDS
        )
        await self._connection.execute("ANALYZE incoming_candles", timeout=FILE_SECONDS)

    async def differences(self, limit: int) -> tuple[int, list[Difference]]:
        """How many bars are stored with other values, and the first. No other writer from here."""
        symbol, timeframe = self._series.key
        await self._connection.execute(_LOCK, [f"{symbol}/{timeframe}"], timeout=FILE_SECONDS)
        rows = await self._connection.fetch(_DIFFERENCES, limit, timeout=FILE_SECONDS)
        count = rows[0][0] if rows else 0
        return count, [Difference(row[1], tuple(row[2]), tuple(row[3])) for row in rows]

    async def store(self) -> SavedFile:
        row = await self._connection.fetchrow(_MERGE_FILE, timeout=FILE_SECONDS)
        return SavedFile(*row)


def _key(candle: ExactCandle) -> tuple[Series, int]:
    return candle.series, candle.open_ms


_Record = tuple[Any, ...]  # Any: one row in the order of _COLUMNS


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
        return list(await connection.fetch(_MERGE_ARRAYS, *zip(*records, strict=True)))
    await connection.execute(_CREATE_INCOMING)
    await connection.copy_records_to_table("incoming_candles", records=records, columns=_COLUMNS)
    return list(await connection.fetch(_MERGE_COPIED))


_COLUMNS: Final = (
    "symbol", "timeframe", "timestamp", "open", "high", "low", "close", "volume", "origin",
    "seen_at_ms",
)  # fmt: skip

# Two writers of one series must not both keep the same version, nor lose one between them.
_LOCK: Final = """
    SELECT pg_advisory_xact_lock(hashtextextended(name, 0)) FROM unnest($1::text[]) AS name
"""
_CREATE_INCOMING: Final = """
    CREATE TEMPORARY TABLE IF NOT EXISTS incoming_candles (
        symbol text, timeframe text, timestamp bigint, open numeric, high numeric, low numeric,
        close numeric, volume numeric, origin text, seen_at_ms bigint
    ) ON COMMIT DELETE ROWS
"""
_ARRAYS: Final = """
    unnest(
        $1::text[], $2::text[], $3::bigint[], $4::numeric[], $5::numeric[], $6::numeric[],
        $7::numeric[], $8::numeric[], $9::text[], $10::bigint[]
    ) AS incoming_candles (
        symbol, timeframe, timestamp, open, high, low, close, volume, origin, seen_at_ms
    )
"""
# A version is the current one in [seen_at_ms, replaced_at_ms): no two of a candle may overlap,
# not even while the clock stands still.
_MERGE: Final = """
    WITH incoming AS (
        SELECT symbol, timeframe::timeframe AS timeframe, timestamp, open, high, low, close,
               volume, origin::candle_origin AS origin, seen_at_ms
        FROM {source}
    ), replaced AS (
        INSERT INTO ohlcv_revisions (
            symbol, timeframe, timestamp, open, high, low, close, volume, origin, seen_at_ms,
            replaced_at_ms
        )
        SELECT old.symbol, old.timeframe, old.timestamp, old.open, old.high, old.low, old.close,
               old.volume, old.origin, old.seen_at_ms, greatest(new.seen_at_ms, old.seen_at_ms + 1)
        FROM ohlcv_data AS old JOIN incoming AS new USING (symbol, timeframe, timestamp)
        WHERE (old.open, old.high, old.low, old.close, old.volume)
              IS DISTINCT FROM (new.open, new.high, new.low, new.close, new.volume)
    ), stored AS (
        INSERT INTO ohlcv_data AS kept (
            symbol, timeframe, timestamp, open, high, low, close, volume, origin, seen_at_ms
        )
        SELECT * FROM incoming ORDER BY symbol, timeframe, timestamp
        ON CONFLICT (symbol, timeframe, timestamp) DO UPDATE SET
            open = excluded.open, high = excluded.high, low = excluded.low,
            close = excluded.close, volume = excluded.volume,
            seen_at_ms = greatest(excluded.seen_at_ms, kept.seen_at_ms + 1), updated_at = now()
        WHERE (kept.open, kept.high, kept.low, kept.close, kept.volume) IS DISTINCT FROM
              (excluded.open, excluded.high, excluded.low, excluded.close, excluded.volume)
        RETURNING symbol, timeframe, timestamp, origin, kept.xmax = 0 AS is_new
    ), filled AS (
        DELETE FROM outages USING stored
        WHERE stored.is_new
          AND outages.symbol = stored.symbol AND outages.timeframe = stored.timeframe
          AND stored.timestamp >= outages.start_ms AND stored.timestamp < outages.end_ms
    )
    SELECT {answer} FROM stored
"""
_STORED: Final = "symbol, timeframe::text, timestamp, origin::text, is_new"
_COUNTS: Final = "count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new)"
_MERGE_ARRAYS: Final = _MERGE.format(source=_ARRAYS, answer=_STORED)
_MERGE_COPIED: Final = _MERGE.format(source="incoming_candles", answer=_STORED)
_MERGE_FILE: Final = _MERGE.format(source="incoming_candles", answer=_COUNTS)
_DIFFERENCES: Final = """
    SELECT count(*) OVER (), new.timestamp,
           ARRAY[trim_scale(old.open), trim_scale(old.high), trim_scale(old.low),
                 trim_scale(old.close), trim_scale(old.volume)]::text[],
           ARRAY[trim_scale(new.open), trim_scale(new.high), trim_scale(new.low),
                 trim_scale(new.close), trim_scale(new.volume)]::text[]
    FROM incoming_candles AS new
    JOIN ohlcv_data AS old ON old.symbol = new.symbol
         AND old.timeframe = new.timeframe::timeframe AND old.timestamp = new.timestamp
    WHERE (old.open, old.high, old.low, old.close, old.volume)
          IS DISTINCT FROM (new.open, new.high, new.low, new.close, new.volume)
    ORDER BY new.timestamp LIMIT $1
"""
