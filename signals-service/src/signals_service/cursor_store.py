"""How far the decisions of a series have come: `decision_cursors` and `signal_skips`.

The cursor only moves together with a signal (`signal_store`) or a skip row. Whoever moves it holds
its row lock and says where it stood, so of two replicas one decides and the other finds it moved.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from service_kit.database import Database, driver_connection
from service_kit.series import Series
from trading_core.candle_origin import CandleOrigin
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

STRAGGLERS_AT_ONCE: Final = 1_000


@dataclass(frozen=True, slots=True)
class UndecidedCandle:
    timestamp: int
    origin: CandleOrigin
    stored_at_ms: int
    """Wall time at which it came to us."""


@dataclass(frozen=True, slots=True)
class CursorState:
    decided_until_ms: int
    waiting_since_ms: int | None
    """Wall time."""
    waiting_for: str | None
    next_candle: UndecidedCandle | None


@dataclass(frozen=True, slots=True)
class SeriesProgress:
    """One series as operators see it."""

    series: Series
    decided_until_ms: int
    waiting_since_ms: int | None
    waiting_for: str | None
    undecided: int
    """Live and healed candles that the cursor has not reached."""
    skipped: int
    last_decided_ms: int | None
    """Open of the newest decided candle."""


class CursorStore:
    """Every method raises StoreUnavailableError."""

    def __init__(self, database: Database, engine_version: str) -> None:
        self._database = database
        self._version = engine_version

    async def begin(self, series: Series) -> None:
        """Let the series have its cursor, once it is known since when it is watched.

        It starts where the last engine's stood, and for the first engine with the first bar that
        closed while we watched.
        """
        async with driver_connection(self._database) as connection:
            await connection.execute(_BEGIN, *series.key, self._version, series.bar_ms)

    async def read(self, series: Series) -> CursorState | None:
        """None for a series without a cursor."""
        async with driver_connection(self._database) as connection:
            row = await connection.fetchrow(_READ, *series.key, self._version)
        return None if row is None else _state(row)

    async def wait(self, series: Series, cursor_ms: int, since_ms: int, reason: str) -> None:
        """Say what is missing, unless the cursor has moved on from `cursor_ms`.

        The first time (wall ms) stands until something is decided.
        """
        values = (*series.key, self._version, cursor_ms, since_ms, reason)
        async with driver_connection(self._database) as connection:
            await connection.execute(_WAIT, *values)

    async def skip(
        self, series: Series, state: CursorState, timestamp: int, missing: str, now_ms: int
    ) -> bool:
        """Give the next candle up and go on; what is missing is still waited for.

        False when another replica has moved the cursor, or is about to.
        """
        key = (*series.key, self._version)
        async with driver_connection(self._database) as connection, connection.transaction():
            after_ms = timestamp + series.bar_ms
            if not await move_cursor(
                connection, series, self._version, state.decided_until_ms, after_ms
            ):
                return False
            await connection.execute(_SKIP, *key, timestamp, missing, now_ms)
            await connection.execute(_WAIT, *key, after_ms, state.waiting_since_ms, missing)
        return True

    async def skip_straggler(
        self, series: Series, timestamp: int, missing: str, now_ms: int
    ) -> bool:
        """False when another replica has decided or skipped it meanwhile."""
        values = (*series.key, self._version, timestamp, missing, now_ms)
        async with driver_connection(self._database) as connection, connection.transaction():
            if not await take_straggler(connection, series, self._version, timestamp):
                return False
            await connection.execute(_SKIP, *values)
        return True

    async def stragglers(self, series: Series, since_ms: int) -> list[UndecidedCandle]:
        """Live and healed candles behind the cursor that were neither decided nor skipped."""
        values = (*series.key, self._version, since_ms, STRAGGLERS_AT_ONCE)
        async with driver_connection(self._database) as connection:
            return list(map(_candle, await connection.fetch(_STRAGGLERS, *values)))

    async def progress(self, symbols: Sequence[Symbol]) -> list[SeriesProgress]:
        names = [symbol.compact for symbol in symbols]
        async with driver_connection(self._database) as connection:
            rows = await connection.fetch(_PROGRESS, names, self._version)
        return [
            SeriesProgress(Series(Symbol.parse(symbol), Timeframe(timeframe)), *figures)
            for symbol, timeframe, *figures in rows
        ]


async def move_cursor(
    connection: Any,  # noqa: ANN401 - asyncpg ships no types
    series: Series,
    engine_version: str,
    from_ms: int,
    to_ms: int,
) -> bool:
    """In the caller's transaction, which so has the series to itself; nothing is waited for then.

    False when it does not stand at `from_ms`, or another transaction has it.
    """
    values = (*series.key, engine_version, from_ms, to_ms)
    return await connection.fetchval(_MOVE, *values) is not None


async def take_straggler(
    connection: Any,  # noqa: ANN401 - asyncpg ships no types
    series: Series,
    engine_version: str,
    timestamp: int,
) -> bool:
    """In the caller's transaction, which so has the candle to itself; another one is waited for.

    False when it is decided or skipped. The cursor is left to the candles that come next.
    """
    key = (*series.key, engine_version, timestamp)
    await connection.execute(_LOCK_STRAGGLER, " ".join(map(str, ("straggler", *key))))
    # A statement of its own: it sees what the transaction that was waited for has stored.
    undecided: bool = await connection.fetchval(_UNDECIDED, *key)
    return undecided


def _state(row: Any) -> CursorState:  # noqa: ANN401 - asyncpg ships no types
    candle = None if row["timestamp"] is None else _candle(row)
    return CursorState(row["decided_until_ms"], row["waiting_since_ms"], row["waiting_for"], candle)


def _candle(row: Any) -> UndecidedCandle:  # noqa: ANN401 - asyncpg ships no types
    return UndecidedCandle(row["timestamp"], CandleOrigin(row["origin"]), row["stored_at_ms"])


_KEY: Final = "symbol = $1 AND timeframe = $2::text::timeframe"
_ROW: Final = f"{_KEY} AND engine_version = $3"
_CANDLE: Final = """
    timestamp, origin::text, (extract(epoch FROM created_at) * 1000)::bigint AS stored_at_ms
"""
_BEGIN: Final = f"""
    INSERT INTO decision_cursors (symbol, timeframe, engine_version, decided_until_ms)
    SELECT $1, $2::text::timeframe, $3, start_ms FROM (
        SELECT coalesce(
            (SELECT max(decided_until_ms) FROM decision_cursors WHERE {_KEY}),
            (SELECT live_since_ms - live_since_ms % $4::bigint FROM feed_coverage WHERE {_KEY})
        ) AS start_ms
    ) AS known
    WHERE start_ms IS NOT NULL
    ON CONFLICT DO NOTHING
"""  # noqa: S608 - constants of this file
_READ: Final = f"""
    SELECT cursors.decided_until_ms, waiting_since_ms, waiting_for, candle.*
    FROM (SELECT * FROM decision_cursors WHERE {_ROW}) AS cursors
    LEFT JOIN LATERAL (
        SELECT {_CANDLE} FROM ohlcv_data
        WHERE {_KEY} AND timestamp >= cursors.decided_until_ms AND origin IN ('live', 'healed')
        ORDER BY timestamp LIMIT 1
    ) AS candle ON true
"""  # noqa: S608 - constants of this file
_WAIT: Final = f"""
    UPDATE decision_cursors
    SET waiting_since_ms = coalesce(waiting_since_ms, $5), waiting_for = $6
    WHERE {_ROW} AND decided_until_ms = $4
"""  # noqa: S608 - constants of this file
_MOVE: Final = f"""
    WITH taken AS (
        SELECT 1 FROM decision_cursors WHERE {_ROW} AND decided_until_ms = $4
        FOR UPDATE SKIP LOCKED
    )
    UPDATE decision_cursors
    SET decided_until_ms = $5, waiting_since_ms = NULL, waiting_for = NULL
    FROM taken WHERE {_ROW}
    RETURNING 1
"""  # noqa: S608 - constants of this file
_SKIP: Final = """
    INSERT INTO signal_skips (
        symbol, timeframe, engine_version, timestamp, missing, skipped_at_ms
    )
    VALUES ($1, $2::text::timeframe, $3, $4, $5, $6)
    ON CONFLICT DO NOTHING
"""
_LOCK_STRAGGLER: Final = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))"


def _undecided(timestamp: str) -> str:
    """Neither decided nor skipped; a row of a rebuild by another engine is no decision of ours."""
    return f"""
      NOT EXISTS (
          SELECT FROM signals AS decided
          WHERE {_KEY} AND decided.timestamp = {timestamp}
            AND (decided.engine_version = $3 OR decided.origin <> 'historical')
      )
      AND NOT EXISTS (
          SELECT FROM signal_skips AS skipped
          WHERE {_KEY} AND skipped.timestamp = {timestamp}
      )
    """  # noqa: S608 - constants of this file


_UNDECIDED: Final = f"SELECT {_undecided('$4')}"
_STRAGGLERS: Final = f"""
    SELECT {_CANDLE} FROM ohlcv_data AS candle
    WHERE {_KEY} AND origin IN ('live', 'healed')
      AND timestamp >= greatest($4, (
          SELECT live_since_ms FROM feed_coverage WHERE {_KEY}
      ) - 86400000)
      AND timestamp < (SELECT decided_until_ms FROM decision_cursors WHERE {_ROW})
      AND {_undecided("candle.timestamp")}
    ORDER BY timestamp LIMIT $5
"""  # noqa: S608 - constants of this file
_PROGRESS: Final = """
    SELECT cursors.symbol, cursors.timeframe::text, decided_until_ms, waiting_since_ms, waiting_for,
        (
            SELECT count(*) FROM ohlcv_data AS candle
            WHERE candle.symbol = cursors.symbol AND candle.timeframe = cursors.timeframe
              AND candle.timestamp >= decided_until_ms AND candle.origin IN ('live', 'healed')
        ),
        (
            SELECT count(*) FROM signal_skips AS skipped
            WHERE skipped.symbol = cursors.symbol AND skipped.timeframe = cursors.timeframe
              AND skipped.engine_version = cursors.engine_version
        ),
        (
            SELECT max(timestamp) FROM signals AS decided
            WHERE decided.symbol = cursors.symbol AND decided.timeframe = cursors.timeframe
              AND decided.engine_version = cursors.engine_version AND origin <> 'historical'
        )
    FROM decision_cursors AS cursors
    WHERE cursors.symbol = ANY($1) AND cursors.engine_version = $2
    ORDER BY cursors.symbol, cursors.timeframe
"""
