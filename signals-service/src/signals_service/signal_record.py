"""A row of `signals` as asyncpg gives and takes it."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

import orjson

from signals_service.signal_row import JsonObject, SignalLevels, SignalRow
from trading_core.decision.sides import SignalType
from trading_core.signal_state import SignalOrigin, SignalStatus
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

SIGNAL_COLUMNS: Final = """
    id, symbol, timeframe::text, timestamp, engine_version, signal_type::text, status::text,
    origin::text, continues, score, confidence, calibrated, confidence_map_id, model_id,
    entry_price, entry_zone_min, entry_zone_max, stop_loss, take_profit_1, take_profit_2,
    take_profit_3, risk_reward_ratio, reasoning::text, inputs::text, decided_at_ms, created_at,
    followed_until_ms, progress::text, closed_at_ms, exit_price, profit_loss_percent, outcome::text
"""
"""What `signal_values` fills."""
SELECT_SIGNAL: Final = f"""
    SELECT {SIGNAL_COLUMNS},
        (SELECT (definition->'risk'->>'fee_per_side')::float8 FROM engines
         WHERE version = engine_version) AS fee_per_side
"""  # noqa: S608 - constants of this file
"""To be followed by `FROM signals`, or by more columns; what `read_signal` needs."""


def read_signal(record: Mapping[str, Any]) -> SignalRow:  # Any: an asyncpg record's values
    return SignalRow(
        id=record["id"],
        symbol=Symbol.parse(record["symbol"]),
        timeframe=Timeframe(record["timeframe"]),
        timestamp=record["timestamp"],
        engine_version=record["engine_version"],
        fee_per_side=record["fee_per_side"],
        signal_type=SignalType(record["signal_type"]),
        status=SignalStatus(record["status"]),
        origin=SignalOrigin(record["origin"]),
        continues=record["continues"],
        score=record["score"],
        confidence=record["confidence"],
        calibrated=record["calibrated"],
        confidence_map_id=record["confidence_map_id"],
        model_id=record["model_id"],
        entry_price=record["entry_price"],
        levels=_read_levels(record),
        reasoning=orjson.loads(record["reasoning"]),
        inputs=orjson.loads(record["inputs"]),
        decided_at_ms=record["decided_at_ms"],
        created_at=record["created_at"],
        followed_until_ms=record["followed_until_ms"],
        progress=_read_json(record["progress"]),
        closed_at_ms=record["closed_at_ms"],
        exit_price=record["exit_price"],
        profit_loss_percent=record["profit_loss_percent"],
        outcome=_read_json(record["outcome"]),
    )


def signal_values(row: SignalRow) -> tuple[Any, ...]:  # Any: a column's type
    """What `INSERT_SIGNAL` takes."""
    levels = row.levels
    return (
        row.id,
        row.symbol.compact,
        row.timeframe.value,
        row.timestamp,
        row.engine_version,
        row.signal_type.value,
        row.status.value,
        row.origin.value,
        row.continues,
        row.score,
        row.confidence,
        row.calibrated,
        row.confidence_map_id,
        row.model_id,
        row.entry_price,
        *(getattr(levels, name, None) for name in (*_LEVEL_PRICES, "risk_reward_ratio")),
        write_json(row.reasoning),
        write_json(row.inputs),
        row.decided_at_ms,
        row.created_at,
        row.followed_until_ms,
        write_json(row.progress),
        row.closed_at_ms,
        row.exit_price,
        row.profit_loss_percent,
        write_json(row.outcome),
    )


def write_json(json: JsonObject | None) -> str | None:
    """Text for a JSONB column; floats as their shortest text, so that they come back bit-equal."""
    return None if json is None else orjson.dumps(json).decode()


def _read_levels(record: Mapping[str, Any]) -> SignalLevels | None:
    if record["stop_loss"] is None:
        return None
    prices: dict[str, Decimal] = {name: record[name] for name in _LEVEL_PRICES}
    return SignalLevels(**prices, risk_reward_ratio=record["risk_reward_ratio"])


def _read_json(text: str | None) -> JsonObject | None:
    return None if text is None else orjson.loads(text)


_LEVEL_PRICES: Final = (
    "entry_zone_min",
    "entry_zone_max",
    "stop_loss",
    "take_profit_1",
    "take_profit_2",
    "take_profit_3",
)
INSERT_SIGNAL: Final = """
    INSERT INTO signals (
        id, symbol, timeframe, timestamp, engine_version, signal_type, status, origin, continues,
        score, confidence, calibrated, confidence_map_id, model_id, entry_price, entry_zone_min,
        entry_zone_max, stop_loss, take_profit_1, take_profit_2, take_profit_3, risk_reward_ratio,
        reasoning, inputs, decided_at_ms, created_at, followed_until_ms, progress, closed_at_ms,
        exit_price, profit_loss_percent, outcome
    )
    VALUES (
        $1, $2, $3::text::timeframe, $4, $5, $6::text::signal_type, $7::text::signal_status,
        $8::text::signal_origin, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
        $22, $23::text::jsonb, $24::text::jsonb, $25, $26, $27, $28::text::jsonb, $29, $30, $31,
        $32::text::jsonb
    )
    ON CONFLICT DO NOTHING
    RETURNING id
"""
"""No row comes back where the candle has a decision by the same engine already."""
