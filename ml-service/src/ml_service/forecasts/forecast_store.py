"""The only place that writes `predictions`: what was said of a bar, and what came."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from ml_service.forecast import Forecast
from ml_service.forecasts.outcome import DueForecast, Unscorable
from service_kit.database import Database, driver_connection
from service_kit.series import Series
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

AT_ONCE: Final = 2_000
"""Forecasts that are read together."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A forecast and the class that came (0 down, 1 neutral, 2 up), or why none ever will."""

    forecast: DueForecast
    outcome: int | Unscorable


class ForecastStore:
    """Every method raises StoreUnavailableError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, forecasts: Sequence[Forecast]) -> None:
        """The first of each bar and model; a later one changes nothing.

        Always in the same order, so that replicas which keep the same ones never wait in a ring.
        """
        async with driver_connection(self._database) as connection:
            await connection.executemany(_KEEP, sorted(map(_row, forecasts)))

    async def due_series(self, now_ms: int) -> tuple[Series, ...]:
        """Where the horizon of an open forecast has passed."""
        async with driver_connection(self._database) as connection:
            rows = await connection.fetch(_DUE_SERIES, now_ms)
        return tuple(Series(Symbol.parse(symbol), Timeframe(frame)) for symbol, frame in rows)

    async def due(self, series: Series, now_ms: int, after_ms: int) -> tuple[DueForecast, ...]:
        """The next of them, by bar, of bars that open after `after_ms`.

        All forecasts of a bar come together.
        """
        async with driver_connection(self._database) as connection:
            rows = await connection.fetch(_DUE, *series.key, now_ms, after_ms, AT_ONCE)
        return tuple(DueForecast(*row) for row in rows)

    async def settle(self, series: Series, settled: Sequence[Settled]) -> int:
        """How many; whoever comes second changes nothing."""
        columns = (
            [one.forecast.bar_open_ms for one in settled],
            [one.forecast.model_id for one in settled],
            [_class(one.outcome) for one in settled],
            [_reason(one.outcome) for one in settled],
        )
        async with driver_connection(self._database) as connection, connection.transaction():
            await connection.execute(_LOCK_SETTLING, "/".join(series.key))
            return len(await connection.fetch(_SETTLE, *series.key, *columns))


def _row(forecast: Forecast) -> tuple[Any, ...]:  # Any: a column's type
    return (
        *forecast.series.key,
        forecast.bar_open_ms,
        forecast.card.model_id,
        *forecast.probabilities,
        forecast.abstained,
        list(forecast.features),
        forecast.predicted_at_ms,
        forecast.horizon_ms,
    )


def _class(outcome: int | Unscorable) -> int | None:
    return None if isinstance(outcome, Unscorable) else outcome


def _reason(outcome: int | Unscorable) -> str | None:
    return outcome.value if isinstance(outcome, Unscorable) else None


_KEEP: Final = """
    INSERT INTO predictions (
        symbol, timeframe, timestamp, model_id, p_down, p_neutral, p_up, abstained, features,
        predicted_at_ms, horizon_ms
    )
    VALUES ($1, $2::text::timeframe, $3, $4, $5, $6, $7, $8, $9, $10, $11)
    ON CONFLICT DO NOTHING
"""
_OPEN: Final = "outcome IS NULL AND unscorable IS NULL"
_DUE_SERIES: Final = f"""
    SELECT DISTINCT symbol, timeframe::text FROM predictions
    WHERE {_OPEN} AND horizon_ms <= $1 ORDER BY 1, 2
"""  # noqa: S608 - constants of this file
_DUE: Final = f"""
    WITH due AS MATERIALIZED (
        SELECT timestamp, model_id, horizon_ms FROM predictions
        WHERE symbol = $1 AND timeframe = $2::text::timeframe
          AND {_OPEN} AND horizon_ms <= $3 AND timestamp > $4
        ORDER BY timestamp FETCH FIRST $5 ROWS WITH TIES
    ),
    rules AS MATERIALIZED (
        SELECT id, (card->>'look_ahead_bars')::int AS look_ahead_bars,
            (card->>'threshold')::float8 AS threshold
        FROM models WHERE id IN (SELECT model_id FROM due)
    )
    SELECT timestamp, model_id, horizon_ms, look_ahead_bars, threshold
    FROM due JOIN rules ON id = model_id ORDER BY timestamp, model_id
"""  # noqa: S608 - constants of this file
_SETTLE: Final = """
    UPDATE predictions SET outcome = new.outcome, unscorable = new.unscorable
    FROM unnest($3::bigint[], $4::text[], $5::smallint[], $6::text[])
        AS new (timestamp, model_id, outcome, unscorable)
    WHERE predictions.symbol = $1 AND predictions.timeframe = $2::text::timeframe
      AND predictions.timestamp = new.timestamp AND predictions.model_id = new.model_id
      AND predictions.outcome IS NULL AND predictions.unscorable IS NULL
    RETURNING predictions.timestamp
"""
_LOCK_SETTLING: Final = "SELECT pg_advisory_xact_lock(hashtextextended('settle ' || $1, 0))"
