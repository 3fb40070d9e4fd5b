"""What a scorecard is made of, read from `signals`."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson

from service_kit.database import Database, driver_connection
from service_kit.series import Series
from signals_service.signal_outcome import read_outcome
from trading_core.decision.confidence import Confidence
from trading_core.decision.sides import Side
from trading_core.scorecard.score import ScoredSignal
from trading_core.signal_state import SignalOrigin
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe


@dataclass(frozen=True, slots=True)
class Asked:
    """Which signals a scorecard is about: of candles that open at or after `since_ms`."""

    symbols: tuple[Symbol, ...]
    timeframes: tuple[Timeframe, ...]
    since_ms: int
    engine_version: str
    """Of rebuilt ones: the same history rebuilt by two engines would count twice."""


@dataclass(frozen=True, slots=True)
class LeftSignal:
    """A signal with an outcome, and whose it is."""

    series: Series
    origin: SignalOrigin
    engine_version: str
    confidence: Confidence
    scored: ScoredSignal


@dataclass(frozen=True, slots=True)
class Counts:
    """Signals of one origin. A HOLD and what continues another signal have no outcome."""

    active: int
    """BUY and SELL that are still followed to their exit."""
    closed: int
    expired: int
    ambiguous: int
    continuing: int
    hold: int
    decided: int
    """All of them."""


@dataclass(frozen=True, slots=True)
class SignalFacts:
    left: Sequence[LeftSignal]
    counts: dict[SignalOrigin, Counts]


class PerformanceStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def outcomes(self) -> int:
        """How many there are; another number means other figures. Raises StoreUnavailableError."""
        async with driver_connection(self._database) as connection:
            found: int = await connection.fetchval(_OUTCOMES)
        return found

    async def read(self, asked: Asked) -> SignalFacts:
        """At one moment. Raises StoreUnavailableError."""
        values = (
            [symbol.compact for symbol in asked.symbols],
            [timeframe.value for timeframe in asked.timeframes],
            asked.since_ms,
            asked.engine_version,
        )
        async with (
            driver_connection(self._database) as connection,
            connection.transaction(isolation="repeatable_read", readonly=True),
        ):
            left = await connection.fetch(_LEFT, *values)
            counts = await connection.fetch(_COUNTS, *values)
        return SignalFacts(
            await _all_left(left),
            {SignalOrigin(origin): Counts(*figures) for origin, *figures in counts},
        )

    async def left(self, symbol: Symbol, origin: SignalOrigin, since_ms: int) -> list[LeftSignal]:
        """Of every timeframe and engine, in the order of their candles.

        Raises StoreUnavailableError.
        """
        async with driver_connection(self._database) as connection:
            rows = await connection.fetch(_LEFT_OF, symbol.compact, origin.value, since_ms)
        return await _all_left(rows)


async def _all_left(rows: Sequence[Any]) -> list[LeftSignal]:  # Any: asyncpg ships no types
    """In a thread: there may be tens of thousands, and decisions do not wait for them."""
    return await asyncio.to_thread(lambda: [_left(row) for row in rows])


def _left(row: Any) -> LeftSignal:  # noqa: ANN401 - asyncpg ships no types
    symbol, timeframe, origin, version, percent, calibrated, side, timestamp, outcome = row
    series = Series(Symbol.parse(symbol), Timeframe(timeframe))
    entered_at_ms = timestamp + series.bar_ms
    scored = ScoredSignal(Side(side), entered_at_ms, read_outcome(orjson.loads(outcome)))
    confidence = Confidence(percent, calibrated)
    return LeftSignal(series, SignalOrigin(origin), version, confidence, scored)


_ASKED: Final = """
    symbol = ANY($1) AND timeframe = ANY($2::text[]::timeframe[]) AND timestamp >= $3
    AND (origin <> 'historical' OR engine_version = $4)
"""
_COLUMNS: Final = """
    symbol, timeframe::text, origin::text, engine_version, confidence, calibrated,
    signal_type::text, timestamp, outcome::text
"""
_LEFT: Final = f"""
    SELECT {_COLUMNS} FROM signals WHERE {_ASKED} AND outcome IS NOT NULL
    ORDER BY timestamp, symbol, timeframe
"""  # noqa: S608 - constants of this file
_LEFT_OF: Final = f"""
    SELECT {_COLUMNS} FROM signals
    WHERE symbol = $1 AND origin = $2::text::signal_origin AND timestamp >= $3
      AND outcome IS NOT NULL
    ORDER BY timestamp, timeframe, engine_version
"""  # noqa: S608 - constants of this file
_OUTCOMES: Final = "SELECT count(*) FROM signals WHERE outcome IS NOT NULL"
_SCORED: Final = "signal_type <> 'HOLD' AND continues IS NULL"
_COUNTS: Final = f"""
    SELECT origin::text,
        count(*) FILTER (WHERE {_SCORED} AND status = 'active'),
        count(*) FILTER (WHERE {_SCORED} AND status = 'closed'),
        count(*) FILTER (WHERE {_SCORED} AND status = 'expired'),
        count(*) FILTER (WHERE (outcome->>'ambiguous')::boolean),
        count(*) FILTER (WHERE continues IS NOT NULL),
        count(*) FILTER (WHERE signal_type = 'HOLD'),
        count(*)
    FROM signals WHERE {_ASKED} GROUP BY origin
"""  # noqa: S608 - constants of this file
