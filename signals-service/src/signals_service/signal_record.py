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
"""To be selected from `signals`; what `read_signal` needs."""


def read_signal(record: Mapping[str, Any]) -> SignalRow:  # Any: an asyncpg record's values
    return SignalRow(
        id=record["id"],
        symbol=Symbol.parse(record["symbol"]),
        timeframe=Timeframe(record["timeframe"]),
        timestamp=record["timestamp"],
        engine_version=record["engine_version"],
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
